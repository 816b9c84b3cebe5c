import { fontFile } from './font-files.ts'

const scripts = ['latin', 'latin-ext', 'greek', 'cyrillic', 'cyrillic-ext', 'vietnamese'] as const

export type Weight = 400 | 700
export interface Face {
  readonly size: number
  readonly weight: Weight
}

export interface Typesetter {
  wrap(text: string, face: Face, width: number): string[]
  /** Draws lines from `y` down and says where the next would go. */
  draw(lines: readonly string[], face: Face, x: number, y: number, width: number, align?: 'right'): number
  readonly unprintable: ReadonlySet<string>
}

interface Glyphs {
  hasGlyphForCodePoint(codePoint: number): boolean
}

/** Sets text in the fonts that ship, split by script: each character in the first font that has it. What none has is reported. */
export function typesetter(doc: PDFKit.PDFDocument, leading: () => number): Typesetter {
  const unprintable = new Set<string>()
  const known = new Map<string, Glyphs>()
  const name = (script: string, weight: Weight) => `${script}-${weight}`
  for (const script of scripts) for (const weight of [400, 700] as const) {
    doc.registerFont(name(script, weight), fontFile(script, weight))
  }
  const glyphs = (font: string): Glyphs => {
    const seen = known.get(font)
    if (seen) return seen
    doc.font(font)
    const { font: found } = (doc as unknown as { _font: { font: Glyphs } })._font
    known.set(font, found)
    return found
  }
  const fontOf = (character: string, weight: Weight) => scripts.find((script) => glyphs(name(script, weight)).hasGlyphForCodePoint(character.codePointAt(0) ?? 0))
  /** Neighbors of one font together, so that shaping and kerning hold. */
  const runs = (text: string, weight: Weight) => {
    const found: { font: string; text: string }[] = []
    for (const character of text.normalize('NFC')) {
      const script = fontOf(character, weight)
      if (script === undefined) unprintable.add(character)
      const font = name(script ?? 'latin', weight)
      const last = found.at(-1)
      if (last?.font === font) last.text += script === undefined ? '\uFFFD' : character
      else found.push({ font, text: script === undefined ? '\uFFFD' : character })
    }
    return found
  }
  const widthOf = (text: string, face: Face) => runs(text, face.weight).reduce((sum, run) => sum + doc.font(run.font).fontSize(face.size).widthOfString(run.text), 0)
  return {
    unprintable,
    wrap: (text, face, width) => text.split('\n').flatMap((paragraph) => wrapLine(paragraph, width, (piece) => widthOf(piece, face))),
    draw: (lines, face, x, y, width, align) => {
      let at = y
      for (const line of lines) {
        let left = align === 'right' ? x + width - widthOf(line, face) : x
        for (const run of runs(line, face.weight)) {
          doc.font(run.font).fontSize(face.size).text(run.text, left, at, { lineBreak: false })
          left += doc.widthOfString(run.text)
        }
        at += face.size * leading()
      }
      return at
    },
  }
}

/** Breaks at blanks, and inside a word only when the word alone is wider than the line. */
function wrapLine(text: string, width: number, measure: (piece: string) => number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (measure(longer) <= width) { line = longer; continue }
    if (line !== '') lines.push(line)
    line = word
    while (measure(line) > width && line.length > 1) {
      const cut = fitting(line, width, measure)
      lines.push(line.slice(0, cut))
      line = line.slice(cut)
    }
  }
  return [...lines, line]
}

/** How much of a word that is too wide fits on the line, at least one character: found by halving, because measuring is what takes the time. */
function fitting(word: string, width: number, measure: (piece: string) => number): number {
  let [fits, tooWide] = [1, word.length]
  while (tooWide - fits > 1) {
    const half = Math.floor((fits + tooWide) / 2)
    if (measure(word.slice(0, half)) <= width) fits = half
    else tooWide = half
  }
  return fits
}
