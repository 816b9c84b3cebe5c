import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'

/**
 * Paper for what people take away: Letter size, tagged, with a title and a language, so that a screen reader
 * can follow it. The same content gives the same bytes. Fonts are split by script, so each character is set in
 * the first one that has it; what none has is set as a replacement mark and reported.
 */
export interface Paper {
  heading(level: 1 | 2, text: string): void
  paragraph(text: string, strong?: boolean): void
  /** Labels and values, one a line; empty values are left out. */
  pairs(rows: readonly (readonly [label: string, value: string])[]): void
  table(columns: readonly Column[], rows: readonly (readonly string[])[], totals?: readonly (readonly string[])[]): void
  gap(points?: number): void
  /** A drawing of a height in points, said in words for whoever cannot see it. */
  figure(says: string, height: number, draw: (pen: Pen) => void): void
  finish(): Promise<Printed>
}

/** Draws within its figure: x from 0 to `width`, y from 0 at the top to `height`, in points. */
export interface Pen {
  readonly width: number
  readonly height: number
  line(points: readonly (readonly [x: number, y: number])[], look?: { readonly dash?: readonly [number, number]; readonly weight?: number; readonly grey?: number }): void
  dot(x: number, y: number): void
  text(x: number, y: number, text: string): void
}

export interface Column {
  readonly title: string
  /** Share of the width. */
  readonly share: number
  readonly align?: 'right'
}

export interface Printed {
  readonly bytes: Uint8Array
  /** Characters that no font here has. A name with one of them has to be looked at before the page is used. */
  readonly unprintable: readonly string[]
}

const require = createRequire(import.meta.url)
const scripts = ['latin', 'latin-ext', 'greek', 'cyrillic', 'cyrillic-ext', 'vietnamese'] as const
const MARGIN = 54
const GUTTER = 8
const LEADING = 1.35
const FOOTER_SIZE = 8

type Weight = 400 | 700
interface Face {
  readonly size: number
  readonly weight: Weight
}
const body: Face = { size: 10, weight: 400 }
const strongBody: Face = { size: 10, weight: 700 }
const cell: Face = { size: 9, weight: 400 }
const strongCell: Face = { size: 9, weight: 700 }
const headings: Record<1 | 2, Face> = { 1: { size: 18, weight: 700 }, 2: { size: 12, weight: 700 } }

export function paper(title: string, on: string): Paper {
  const doc = new PDFDocument({
    size: 'LETTER', margin: MARGIN, pdfVersion: '1.7', tagged: true, lang: 'en-US', displayTitle: true, bufferPages: true,
    info: { Title: title, CreationDate: new Date(`${on}T12:00:00Z`), Producer: 'OpenKAP', Creator: 'OpenKAP' },
  })
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<void>((resolve) => doc.on('end', resolve))
  const root = doc.struct('Document')
  doc.addStructure(root)
  const sheet: Sheet = { doc, root, type: typesetter(doc), width: doc.page.width - 2 * MARGIN, y: MARGIN }
  return {
    heading: (level, text) => { sheet.y += level === 2 ? 10 : 0; block(sheet, `H${level}`, text, headings[level]); sheet.y += 4 },
    paragraph: (text, strong = false) => { block(sheet, 'P', text, strong ? strongBody : body); sheet.y += 4 },
    pairs: (rows) => { for (const [label, value] of rows) if (value.trim() !== '') block(sheet, 'P', `${label}: ${value}`, body) },
    table: (columns, rows, totals = []) => { table(sheet, columns, rows, totals); sheet.y += 4 },
    gap: (points = 8) => { sheet.y += points },
    figure: (says, height, draw) => { figure(sheet, says, height, draw); sheet.y += 6 },
    finish: async () => {
      root.end()
      footers(doc, title, sheet.type)
      doc.end()
      await ended
      return { bytes: new Uint8Array(Buffer.concat(chunks)), unprintable: [...sheet.type.unprintable].toSorted() }
    },
  }
}

interface Sheet {
  readonly doc: PDFKit.PDFDocument
  readonly root: PDFKit.PDFStructureElement
  readonly type: Typesetter
  readonly width: number
  /** Where the next line goes, in points from the top. */
  y: number
}

/** Goes on to a new page when so much height is not left on this one. */
function room(sheet: Sheet, height: number): void {
  if (sheet.y + height <= sheet.doc.page.height - MARGIN - FOOTER_SIZE * 2) return
  sheet.doc.addPage()
  sheet.y = MARGIN
}

function block(sheet: Sheet, tag: 'H1' | 'H2' | 'P', text: string, face: Face): void {
  const lines = sheet.type.wrap(text, face, sheet.width)
  room(sheet, lines.length * face.size * LEADING)
  tagged(sheet.doc, sheet.root, tag, () => { sheet.y = sheet.type.draw(lines, face, MARGIN, sheet.y, sheet.width) })
}

function table(sheet: Sheet, columns: readonly Column[], rows: readonly (readonly string[])[], totals: readonly (readonly string[])[]): void {
  const struct = sheet.doc.struct('Table')
  sheet.root.add(struct)
  row(sheet, struct, 'TH', columns, columns.map((column) => column.title), strongCell)
  rule(sheet)
  for (const texts of rows) row(sheet, struct, 'TD', columns, texts, cell)
  rule(sheet)
  for (const texts of totals) row(sheet, struct, 'TD', columns, texts, strongCell)
  struct.end()
}

function row(sheet: Sheet, table: PDFKit.PDFStructureElement, tag: 'TH' | 'TD', columns: readonly Column[], texts: readonly string[], face: Face): void {
  const shares = columns.reduce((sum, column) => sum + column.share, 0)
  const cells = columns.map((column, i) => {
    const width = (sheet.width * column.share) / shares
    return { column, width, lines: sheet.type.wrap(texts[i] ?? '', face, width - GUTTER) }
  })
  const height = Math.max(...cells.map((one) => one.lines.length)) * face.size * LEADING + 4
  room(sheet, height)
  const struct = sheet.doc.struct('TR')
  table.add(struct)
  let x = MARGIN
  for (const { column, width, lines } of cells) {
    const left = x
    tagged(sheet.doc, struct, tag, () => { sheet.type.draw(lines, face, left, sheet.y, width - GUTTER, column.align) }, tag === 'TH' ? 'Column' : undefined)
    x += width
  }
  struct.end()
  sheet.y += height
}

function figure(sheet: Sheet, says: string, height: number, draw: (pen: Pen) => void): void {
  room(sheet, height)
  const { doc, type, width, y: top } = sheet
  const pen: Pen = {
    width, height,
    line(points, { dash, weight = 1, grey = 0 } = {}) {
      const [first, ...rest] = points
      if (!first) return
      doc.save().lineWidth(weight).strokeColor(greyOf(grey))
      if (dash) doc.dash(dash[0], { space: dash[1] })
      doc.moveTo(MARGIN + first[0], top + first[1])
      for (const [x, y] of rest) doc.lineTo(MARGIN + x, top + y)
      doc.stroke().restore()
    },
    dot(x, y) { doc.save().circle(MARGIN + x, top + y, 1.6).fill('black').restore() },
    text(x, y, text) { type.draw([text], { size: 7, weight: 400 }, MARGIN + x, top + y, width) },
  }
  const struct = doc.struct('Figure', { alt: says })
  sheet.root.add(struct)
  struct.add(() => draw(pen))
  struct.end()
  sheet.y = top + height
}

/** 0 is black, 1 is paper. */
const greyOf = (grey: number) => { const part = Math.round(grey * 255).toString(16).padStart(2, '0'); return `#${part}${part}${part}` }

function rule(sheet: Sheet): void {
  sheet.doc.markContent('Artifact', { type: 'Layout' })
  sheet.doc.moveTo(MARGIN, sheet.y).lineTo(MARGIN + sheet.width, sheet.y).lineWidth(0.5).stroke()
  sheet.doc.endMarkedContent()
  sheet.y += 3
}

/** One element of the reading order with what it draws. Its content is drawn at once, since its parent is attached. */
function tagged(doc: PDFKit.PDFDocument, parent: PDFKit.PDFStructureElement, tag: string, draw: () => void, scope?: string): void {
  const struct = doc.struct(tag)
  if (scope !== undefined) (struct as unknown as { dictionary: { data: Record<string, unknown> } }).dictionary.data['A'] = { O: 'Table', Scope: scope }
  parent.add(struct)
  struct.add(draw)
  struct.end()
}

function footers(doc: PDFKit.PDFDocument, title: string, type: Typesetter): void {
  const pages = doc.bufferedPageRange().count
  for (let page = 0; page < pages; page += 1) {
    doc.switchToPage(page)
    doc.markContent('Artifact', { type: 'Pagination' })
    const face: Face = { size: FOOTER_SIZE, weight: 400 }
    type.draw([`${title} · page ${page + 1} of ${pages}`], face, MARGIN, doc.page.height - MARGIN, doc.page.width - 2 * MARGIN)
    doc.endMarkedContent()
  }
}

interface Typesetter {
  wrap(text: string, face: Face, width: number): string[]
  /** Draws lines from `y` down and says where the next would go. */
  draw(lines: readonly string[], face: Face, x: number, y: number, width: number, align?: 'right'): number
  readonly unprintable: ReadonlySet<string>
}

interface Glyphs {
  hasGlyphForCodePoint(codePoint: number): boolean
}

function typesetter(doc: PDFKit.PDFDocument): Typesetter {
  const unprintable = new Set<string>()
  const known = new Map<string, Glyphs>()
  const name = (script: string, weight: Weight) => `${script}-${weight}`
  for (const script of scripts) for (const weight of [400, 700] as const) {
    doc.registerFont(name(script, weight), require.resolve(`@fontsource/noto-sans/files/noto-sans-${script}-${weight}-normal.woff`))
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
        at += face.size * LEADING
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
      let cut = line.length - 1
      while (cut > 1 && measure(line.slice(0, cut)) > width) cut -= 1
      lines.push(line.slice(0, cut))
      line = line.slice(cut)
    }
  }
  return [...lines, line]
}
