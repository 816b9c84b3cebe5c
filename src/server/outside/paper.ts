import PDFDocument from 'pdfkit'
import { figure, picture } from './paper-figures.ts'
import { LOOKS, type Look } from './looks.ts'
import { typesetter, type Face, type Typesetter, type Weight } from './typesetter.ts'

/**
 * Paper for what people take away: Letter size, tagged, with a title and a language, so that a screen reader
 * can follow it. The same content gives the same bytes. Fonts are split by script, so each character is set in
 * the first one that has it; what none has is set as a replacement mark and reported.
 */
export interface Paper {
  /** Begins on a new page what is numbered by itself, under its own title. */
  section(title: string, look?: PaperLook): void
  heading(level: 1 | 2, text: string): void
  paragraph(text: string, strong?: boolean): void
  /** Set as small as what stands in a table. */
  small(text: string): void
  /** Labels and values, one a line; empty values are left out. */
  pairs(rows: readonly (readonly [label: string, value: string])[]): void
  table(columns: readonly Column[], rows: readonly (readonly string[])[], totals?: readonly (readonly string[])[]): void
  gap(points?: number): void
  /** Rows of boxes to write in by hand: each at least so many points high. What stands in a cell is small, at its top. */
  grid(columns: readonly Column[], rows: readonly (readonly string[])[], height: number): void
  /** Parts side by side, each in its share of the width; below each other where the tallest would not fit on a page. */
  beside(parts: readonly { readonly share: number; readonly draw: () => void }[]): void
  /** A square picture, so many points a side; one that cannot be set says so in its place. */
  picture(says: string, jpeg: Uint8Array, side: number): void
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
  /** How far the text stands in from the edge of its box, in points. */
  readonly inset?: number
}

export interface Printed {
  readonly bytes: Uint8Array
  readonly pages: number
  /** Characters that no font here has. A name with one of them has to be looked at before the page is used. */
  readonly unprintable: readonly string[]
}

const GUTTER = 8
const FOOTER_SIZE = 8

export type PaperSize = 'LETTER' | 'A4'
export type PaperLook = keyof typeof LOOKS

export function paper(title: string, on: string, { size = 'LETTER', look: named = 'letter', madeBy = 'OpenKAP' }: { readonly size?: PaperSize; readonly look?: PaperLook; /** Stands in the file, where whoever gets it can read it. */ readonly madeBy?: string } = {}): Paper {
  const face = (points: number, weight: Weight): Face => ({ size: points, weight })
  const doc = new PDFDocument({
    size, margin: LOOKS[named].margin, pdfVersion: '1.7', tagged: true, lang: 'en-US', displayTitle: true, bufferPages: true,
    info: { Title: title, CreationDate: new Date(`${on}T12:00:00Z`), Producer: madeBy, Creator: madeBy },
  })
  const chunks: Buffer[] = []
  doc.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<void>((resolve) => doc.on('end', resolve))
  const root = doc.struct('Document')
  doc.addStructure(root)
  const sheet: Sheet = { doc, root, type: typesetter(doc, () => sheet.look.leading), ...columnOf(doc, LOOKS[named]), measuring: false }
  const sections = [{ title, from: 0 }]
  const sized = (name: keyof Look['sizes'], weight: Weight = 400) => face(sheet.look.sizes[name], weight)
  const write = (tag: 'H1' | 'H2' | 'P', text: string, how: Face) => { block(sheet, tag, text, how); sheet.y += sheet.look.air.after }
  return {
    section: (name, next = named) => {
      if (sheet.started) doc.addPage()
      sections.splice(sheet.started ? sections.length : 0, sheet.started ? 0 : 1, { title: name, from: doc.bufferedPageRange().count - 1 })
      Object.assign(sheet, columnOf(doc, LOOKS[next]), { started: true })
    },
    heading: (level, text) => { sheet.y += level === 2 ? sheet.look.air.before : 0; write(`H${level}`, text, sized(level === 1 ? 'h1' : 'h2', 700)) },
    paragraph: (text, strong = false) => write('P', text, sized('body', strong ? 700 : 400)),
    small: (text) => write('P', text, sized('cell')),
    pairs: (rows) => { for (const [label, value] of rows) if (value.trim() !== '') block(sheet, 'P', `${label}: ${value}`, sized('body')) },
    table: (columns, rows, totals = []) => { table(sheet, columns, rows, totals); sheet.y += sheet.look.air.after },
    grid: (columns, rows, height) => { grid(sheet, columns, rows, height); sheet.y += sheet.look.air.after },
    beside: (parts) => beside(sheet, parts),
    gap: (points = 8) => { sheet.y += points },
    picture: (says, jpeg, side) => { if (!sheet.measuring) room(sheet, side); picture(sheet, says, jpeg, side) },
    figure: (says, height, draw) => { if (!sheet.measuring) room(sheet, height); figure(sheet, says, height, draw); sheet.y += 6 },
    finish: async () => {
      root.end()
      const pages = doc.bufferedPageRange().count
      sections.forEach(({ title: name, from }, place) => footers(sheet, name, from, sections[place + 1]?.from ?? pages))
      doc.end()
      await ended
      return { pages, bytes: new Uint8Array(Buffer.concat(chunks)), unprintable: [...sheet.type.unprintable].toSorted() }
    },
  }
}

const columnOf = (doc: PDFKit.PDFDocument, look: Look) => ({ look, left: look.margin, width: doc.page.width - 2 * look.margin, y: look.margin })

export interface Sheet {
  readonly doc: PDFKit.PDFDocument
  readonly root: PDFKit.PDFStructureElement
  look: Look
  readonly type: Typesetter
  /** The column that is being written: the whole width, or one of several beside each other. */
  left: number
  width: number
  /** Nothing is drawn, only added up. */
  measuring: boolean
  /** Whether a section was begun. */
  started?: boolean
  /** Where the next line goes, in points from the top. */
  y: number
}

const bottomOf = ({ doc, look }: Sheet) => doc.page.height - look.margin - FOOTER_SIZE * 2

/** Goes on to a new page when so much height is not left on this one. */
function room(sheet: Sheet, height: number): void {
  if (sheet.measuring || sheet.y + height <= bottomOf(sheet)) return
  newPage(sheet)
}

function newPage(sheet: Sheet): void {
  sheet.doc.addPage()
  sheet.y = sheet.look.margin
}

/** How many lines of a face fit on a page that is empty. */
const linesOfPage = (sheet: Sheet, face: Face): number => Math.floor((bottomOf(sheet) - sheet.look.margin) / (face.size * sheet.look.leading))

/** What is longer than a page goes on over several: nothing is ever set below the end of one. */
function block(sheet: Sheet, tag: 'H1' | 'H2' | 'P', text: string, face: Face): void {
  const all = sheet.type.wrap(text, face, sheet.width)
  const most = linesOfPage(sheet, face)
  for (let from = 0; from < all.length; from += most) {
    const lines = all.slice(from, from + most)
    const height = lines.length * face.size * sheet.look.leading
    room(sheet, height)
    if (sheet.measuring) sheet.y += height
    else tagged(sheet.doc, sheet.root, tag, () => { sheet.y = sheet.type.draw(lines, face, sheet.left, sheet.y, sheet.width) })
  }
}

function table(sheet: Sheet, columns: readonly Column[], rows: readonly (readonly string[])[], totals: readonly (readonly string[])[]): void {
  const { cell } = sheet.look.sizes
  const struct = structOf(sheet)
  row(sheet, struct, 'TH', columns, columns.map((column) => column.title), { size: cell, weight: 700 })
  rule(sheet)
  for (const texts of rows) row(sheet, struct, 'TD', columns, texts, { size: cell, weight: 400 })
  rule(sheet)
  for (const texts of totals) row(sheet, struct, 'TD', columns, texts, { size: cell, weight: 700 })
  struct?.end()
}

function structOf(sheet: Sheet): PDFKit.PDFStructureElement | undefined {
  if (sheet.measuring) return undefined
  const struct = sheet.doc.struct('Table')
  sheet.root.add(struct)
  return struct
}

function row(sheet: Sheet, table: PDFKit.PDFStructureElement | undefined, tag: 'TH' | 'TD', columns: readonly Column[], texts: readonly string[], face: Face, least = 0): void {
  const shares = columns.reduce((sum, column) => sum + column.share, 0)
  const cells = columns.map((column, i) => {
    const width = (sheet.width * column.share) / shares
    return { column, width, lines: sheet.type.wrap(texts[i] ?? '', face, width - GUTTER) }
  })
  const most = Math.max(1, linesOfPage(sheet, face) - 1)
  const tallest = Math.max(...cells.map((one) => one.lines.length))
  for (let from = 0; from < tallest; from += most) {
    const part = cells.map((one) => ({ ...one, lines: one.lines.slice(from, from + most) }))
    const height = Math.max(least, Math.max(...part.map((one) => one.lines.length)) * face.size * sheet.look.leading + sheet.look.air.row + (least > 0 ? 1.4 : 0))
    room(sheet, height)
    if (!sheet.measuring && table) drawRow(sheet, table, tag, part, face)
    if (least > 0) box(sheet, part.map(({ width }) => width), height)
    sheet.y += height
  }
}

function drawRow(sheet: Sheet, table: PDFKit.PDFStructureElement, tag: 'TH' | 'TD', cells: readonly { column: Column; width: number; lines: readonly string[] }[], face: Face): void {
  const struct = sheet.doc.struct('TR')
  table.add(struct)
  let x = sheet.left
  for (const { column, width, lines } of cells) {
    const left = x
    tagged(sheet.doc, struct, tag, () => { sheet.type.draw(lines, face, left + (tag === 'TD' && column.inset ? column.inset : 0), sheet.y, width - GUTTER, column.align) }, tag === 'TH' ? 'Column' : undefined)
    x += width
  }
  struct.end()
}

/** Boxes to write in. Their lines are decoration, and no part of what is read out. */
function box(sheet: Sheet, widths: readonly number[], height: number): void {
  if (sheet.measuring) return
  const { doc, left, width, y } = sheet
  doc.markContent('Artifact', { type: 'Layout' })
  doc.save().lineWidth(0.4).strokeColor('#666666').rect(left, y - 1, width, height).stroke()
  let x = left
  for (const each of widths.slice(0, -1)) { x += each; doc.moveTo(x - 2, y - 1).lineTo(x - 2, y - 1 + height).stroke() }
  doc.restore()
  doc.endMarkedContent()
}

function grid(sheet: Sheet, columns: readonly Column[], rows: readonly (readonly string[])[], height: number): void {
  const { cell } = sheet.look.sizes
  const struct = structOf(sheet)
  const inset = columns.map((column) => ({ ...column, inset: 2 }))
  row(sheet, struct, 'TH', columns, columns.map((column) => column.title), { size: cell, weight: 700 })
  for (const texts of rows) row(sheet, struct, 'TD', inset, texts, { size: cell, weight: 400 }, height)
  struct?.end()
}

function beside(sheet: Sheet, parts: readonly { readonly share: number; readonly draw: () => void }[]): void {
  const { left, width } = sheet
  const shares = parts.reduce((sum, part) => sum + part.share, 0)
  const top = sheet.y
  const inColumns = (measuring: boolean): number => {
    const from = sheet.y
    let x = left
    let lowest = from
    sheet.measuring = measuring
    for (const { share, draw } of parts) {
      const whole = (width * share) / shares
      Object.assign(sheet, { left: x, width: whole - (x + whole < left + width - 1 ? GUTTER : 0), y: from })
      draw()
      lowest = Math.max(lowest, sheet.y)
      x += whole
    }
    Object.assign(sheet, { left, width, y: lowest, measuring: false })
    return lowest - from
  }
  const height = inColumns(true)
  sheet.y = top
  if (height > bottomOf(sheet) - sheet.look.margin) { for (const { draw } of parts) draw(); return }
  room(sheet, height)
  inColumns(false)
}

function rule(sheet: Sheet): void {
  if (sheet.measuring) { sheet.y += 3; return }
  sheet.doc.markContent('Artifact', { type: 'Layout' })
  sheet.doc.moveTo(sheet.left, sheet.y).lineTo(sheet.left + sheet.width, sheet.y).lineWidth(0.5).stroke()
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

/** The pages of one section, numbered by themselves. */
function footers({ doc, type, look }: Sheet, title: string, from: number, to: number): void {
  for (let page = from; page < to; page += 1) {
    doc.switchToPage(page)
    doc.markContent('Artifact', { type: 'Pagination' })
    const face: Face = { size: FOOTER_SIZE, weight: 400 }
    type.draw([`${title} · page ${page - from + 1} of ${to - from}`], face, look.margin, doc.page.height - look.margin, doc.page.width - 2 * look.margin)
    doc.endMarkedContent()
  }
}
