import { inflateSync } from 'node:zlib'

/** A piece of text where it stands, in points from the lower left corner. Tests only: reads what `paper.ts` wrote, no more. */
export interface Piece {
  readonly page: number
  readonly x: number
  readonly y: number
  readonly text: string
}

/** Finds the text of a PDF by its own maps from glyphs to characters, as a screen reader or a search would. */
export function readPdf(bytes: Uint8Array): { readonly pieces: readonly Piece[]; readonly text: string; readonly source: string } {
  const source = Buffer.from(bytes).toString('latin1')
  const objects = new Map([...source.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map((match) => [match[1] ?? '', match[2] ?? '']))
  const stream = (id: string) => {
    const object = objects.get(id) ?? ''
    const start = object.indexOf('stream\n') + 7
    const raw = Buffer.from(object.slice(start, object.lastIndexOf('\nendstream')), 'latin1')
    return (object.includes('/FlateDecode') ? inflateSync(raw) : raw).toString('latin1')
  }
  const pages = [...objects].filter(([, object]) => /\/Type \/Page\b(?!s)/.test(object)).toSorted((a, b) => Number(a[0]) - Number(b[0]))
  const pieces = pages.flatMap(([, object], page) => {
    const resources = objects.get(/\/Resources (\d+) 0 R/.exec(object)?.[1] ?? '') ?? object
    const fonts = new Map([...(/\/Font <<([\s\S]*?)>>/.exec(resources)?.[1] ?? '').matchAll(/\/(F\d+) (\d+) 0 R/g)].map((match) => [match[1] ?? '', charactersOf(stream(/\/ToUnicode (\d+) 0 R/.exec(objects.get(match[2] ?? '') ?? '')?.[1] ?? ''))]))
    return piecesOf(stream(/\/Contents (\d+) 0 R/.exec(object)?.[1] ?? ''), fonts, page + 1)
  })
  return { pieces, text: pieces.map((piece) => piece.text).join('\n'), source }
}

function piecesOf(content: string, fonts: ReadonlyMap<string, readonly string[]>, page: number): Piece[] {
  const pieces: Piece[] = []
  let font: readonly string[] = []
  let at = { x: 0, y: 0 }
  for (const match of content.matchAll(/1 0 0 1 ([\d.]+) ([\d.]+) Tm|\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (match[1] !== undefined) at = { x: Number(match[1]), y: Number(match[2]) }
    if (match[3] !== undefined) font = fonts.get(match[3]) ?? []
    if (match[4] === undefined) continue
    const glyphs = [...match[4].matchAll(/<([0-9a-f]*)>/g)].flatMap((hex) => (hex[1] ?? '').match(/.{4}/g) ?? [])
    pieces.push({ page, ...at, text: glyphs.map((glyph) => font[parseInt(glyph, 16)] ?? '?').join('') })
  }
  return pieces
}

function charactersOf(map: string): string[] {
  const all: string[] = []
  for (const range of map.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g)) {
    const units = [...(range[2] ?? '').matchAll(/<([0-9a-f ]*)>/g)].map((unit) => (unit[1] ?? '').replaceAll(' ', ''))
    for (const [i, unit] of units.entries()) all[parseInt(range[1] ?? '', 16) + i] = String.fromCharCode(...(unit.match(/.{4}/g) ?? []).map((hex) => parseInt(hex, 16)))
  }
  return all
}
