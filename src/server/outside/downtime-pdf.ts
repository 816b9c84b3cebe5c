import type { DowntimeSheet } from '../../core/session/downtime.ts'
import { paper, type Column, type Paper, type PaperLook, type PaperSize, type Printed } from './paper.ts'

export interface DowntimePrint {
  readonly size: PaperSize
  /** The calendar day of the print, for the document's own date. */
  readonly printedOn: string
  /** The moment whose facts stand here, as the wall clock of the practice shows it. */
  readonly asOf: string
  /** Photos that have arrived, by their digest. */
  readonly photos?: ReadonlyMap<string, Uint8Array>
  /** Why it is not to be used any more. */
  readonly replaced?: string
}

/**
 * Booked sessions, each on one page to write on, with everything that people need when nothing that runs on power answers.
 * What does not fit goes on to a second page, which says so; nothing is ever cut. A character that no font here has is
 * named at the top, so that somebody looks at it before the sheet is used.
 */
export async function downtimePdf(sheets: readonly DowntimeSheet[], print: DowntimePrint): Promise<Printed> {
  const page = paper(`Downtime sheets, ${print.printedOn}`, print.printedOn, { size: print.size, look: 'dense' })
  const unprintable = new Set<string>()
  for (const sheet of sheets) {
    const { look, missing } = await fitting(sheet, print)
    for (const character of missing) unprintable.add(character)
    draw(page, sheet, print, look, missing)
  }
  if (sheets.length === 0) page.paragraph('No medicine session is booked on this day for anybody you treat.')
  return { ...(await page.finish()), unprintable: [...unprintable].toSorted() }
}

/** A little smaller is better than a second page; where that does not suffice either, both are set to be read. */
async function fitting(sheet: DowntimeSheet, print: DowntimePrint): Promise<{ look: PaperLook; missing: readonly string[] }> {
  const alone = async (look: PaperLook, missing: readonly string[]) => {
    const page = paper('', print.printedOn, { size: print.size, look })
    draw(page, sheet, print, look, missing)
    return page.finish()
  }
  const first = await alone('dense', [])
  const missing = first.unprintable
  if (first.pages === 1 && missing.length === 0) return { look: 'dense', missing }
  if (missing.length > 0 && (await alone('dense', missing)).pages === 1) return { look: 'dense', missing }
  return { look: (await alone('denser', missing)).pages === 1 ? 'denser' : 'dense', missing }
}

function draw(page: Paper, sheet: DowntimeSheet, { asOf, replaced, photos }: DowntimePrint, look: PaperLook, unprintable: readonly string[]): void {
  page.section(`${sheet.patient} · ${sheet.title} · as of ${asOf}${replaced ? ' · REPLACED' : ''}`, look)
  const bytes = photos?.get(sheet.photo.sha256 ?? '')
  const head = () => {
    page.heading(1, `${sheet.patient} · ${sheet.title} · paper for when nothing answers`)
    if (replaced) page.paragraph(`DO NOT USE: ${replaced}`, true)
    page.paragraph(`As of ${asOf}. Ask the person their name and birth date, and compare with this sheet and its photo. What changed since stands only in the chart. Photo: ${photoSays(sheet, bytes, replaced)}.${unprintable.length > 0 ? ` SOME CHARACTERS CANNOT BE PRINTED HERE and stand as \uFFFD (${unprintable.length} of them): look at the chart and write by hand what is missing.` : ''}`, unprintable.length > 0)
    for (const [label, value] of sheet.who) page.paragraph(`${label}: ${value}`, label !== 'Medicines taken')
  }
  if (bytes) page.beside([{ share: 9, draw: head }, { share: 1, draw: () => page.picture(`Photo of ${sheet.patient}`, bytes, PHOTO) }])
  else head()
  lines(page, sheet.medicine)
  page.beside([{ share: 1, draw: () => lines(page, sheet.room) }, { share: 1, draw: () => lines(page, sheet.contacts) }])
  // Nobody writes on one that was replaced.
  const tight = replaced !== undefined || sheet.readings.rows.length > MANY
  readings(page, sheet, tight)
  doses(page, sheet, tight)
  thresholds(page, sheet)
  leaving(page, sheet)
  cards(page, sheet)
}

const photoSays = ({ photo }: DowntimeSheet, bytes: Uint8Array | undefined, replaced: string | undefined): string =>
  photo.sha256 === undefined || bytes ? photo.says.replace(/\.$/, '') : replaced ? 'not printed here' : 'on record, and it has not arrived'

/** As wide as its part of the page, in points. */
const PHOTO = 52

const lines = (page: Paper, rows: readonly (readonly [string, string])[]) => { for (const [label, value] of rows) page.paragraph(`${label}: ${value}`) }

const readingColumns: readonly Column[] = [
  { title: 'Planned', share: 3.4 }, { title: 'Clock', share: 2.2 }, { title: 'BP', share: 3 }, { title: 'Pulse', share: 2 }, { title: 'Resp.', share: 2 }, { title: 'SpO2', share: 2 }, { title: 'O2?', share: 1.6 }, { title: 'MOAA/S', share: 2.7 }, { title: 'RASS', share: 2 }, { title: 'Orient.', share: 2.4 }, { title: 'Distress', share: 2.6 }, { title: 'What was seen, said and done', share: 10 }, { title: 'By', share: 2 },
]
const HAND = 12.2
const HAND_LESS = 10.4
const MANY = 11

function readings(page: Paper, { readings: { rows, says } }: DowntimeSheet, tight: boolean) {
  page.heading(2, `Readings. ${says}`)
  page.grid(readingColumns, rows.map((planned) => [planned]), tight ? HAND_LESS : HAND)
}

const GIVING = 'Doses: two people, two signatures'
const TALL = 17
const TALL_LESS = 14.4
const givingColumns: readonly Column[] = [
  { title: 'Dose', share: 4 }, { title: 'Prepared: mg, mL, lot, by', share: 6 }, { title: 'Read back by, signature', share: 6 }, { title: 'Given at', share: 2.4 }, { title: 'Where', share: 2.4 }, { title: 'Given by: signature', share: 5 }, { title: 'Ended at', share: 2.4 }, { title: 'Left over, witnessed by', share: 5 },
]

function doses(page: Paper, sheet: DowntimeSheet, tight: boolean) {
  const steps = sheet.doses.map((step) => [step])
  page.heading(2, GIVING)
  page.grid(givingColumns, steps, tight ? TALL_LESS : TALL)
  page.grid([{ title: `Side effects: what, 1 to 5, from, to, done. Expected: ${sheet.effects.join(', ').toLowerCase()}.`, share: 1 }], [['']], HAND)
}

function thresholds(page: Paper, sheet: DowntimeSheet) {
  page.heading(2, `When to look again, to call the prescriber, and to call 911. Rules ${sheet.edition}; P: a figure of our own, adopted here; S: a source`)
  page.table([{ title: 'What', share: 6.2 }, { title: 'Look again', share: 8.2 }, { title: 'Call the prescriber', share: 9.6 }, { title: 'Emergency', share: 14.5 }, { title: 'Source', share: 2.5 }],
    sheet.thresholds.map(({ name, levels, source }) => [name, levels.yellow, levels.orange, levels.red, source]))
}

function leaving(page: Paper, sheet: DowntimeSheet) {
  page.heading(2, 'Going home: every line, with the time and who saw it')
  const third = Math.ceil(sheet.discharge.length / 3)
  const some = (part: readonly string[]) => () => page.grid([{ title: 'Has to be so', share: 10 }, { title: 'At, by', share: 2.4 }], part.map((asks) => [asks]), 9)
  page.beside([0, 1, 2].map((place) => ({ share: 1, draw: some(sheet.discharge.slice(place * third, (place + 1) * third)) })))
  page.gap(3)
  const scores = sheet.scores.map(({ name, items }) => `${name} ${items.map((asks) => `${asks} __`).join(' ')} together __`).join('  ')
  page.paragraph(`2 best, 1, 0: ${scores}  Gait ______ Detached ______ Room air __ At ______ By ______`)
  page.paragraph('Monitor: ____________________   Prescriber or nurse: ____________________   Left at: ________   with: ____________________')
}

function cards(page: Paper, { cards: { shared, list } }: DowntimeSheet) {
  page.heading(2, `First steps.${shared.length > 0 ? ` ${shared.map((says, place) => `(${place + 1}) ${says}`).join(' ')}` : ''}`)
  const texts = list.map(({ title, steps }) => `${title.toUpperCase()}: ${steps.join(' ')}`)
  page.beside(evenly(texts, 3).map((part) => ({ share: 1, draw: () => { for (const text of part) page.small(text) } })))
}

/** In so many columns of about the same length, in order. */
function evenly(texts: readonly string[], columns: number): string[][] {
  const whole = texts.join('').length
  let before = 0
  const parts: string[][] = Array.from({ length: columns }, () => [])
  for (const text of texts) {
    parts[Math.min(columns - 1, Math.floor(((before + text.length / 2) / whole) * columns))]!.push(text)
    before += text.length
  }
  return parts
}
