import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { DowntimeSheet } from '../../core/session/downtime.ts'
import { canonical } from '../../core/shared/canonical.ts'
import { localClock, localDay, plusDaysOf } from '../../core/shared/local-day.ts'
import type { Day } from '../../core/shared/time.ts'
import { downtimeSettings, photosOf, sessionsOn, sheetOf, shownIn, type BookedSession, type DowntimeSettings } from '../downtime.ts'
import { asJob } from '../http/job.ts'
import type { Shell } from '../http/shell.ts'
import { downtimePdf } from '../outside/downtime-pdf.ts'
import { note } from '../store/charts.ts'
import { practiceRow } from '../store/practice.ts'

type Printing = Pick<Shell, 'database' | 'clock' | 'log' | 'dataDir'>

/** What a sheet was made of: to see whether it still holds, and to print it once more as one that does not. */
interface Kept {
  readonly sheet: DowntimeSheet
  readonly asOf: string
  readonly printedOn: Day
  /** Whether its photo had arrived: one that comes later is printed. */
  readonly pictured: boolean
}

/**
 * Makes the sheets of today's and tomorrow's medicine sessions ready, each as a file that can be printed when nothing
 * else answers: tomorrow's from the evening before, and again whenever what stands on one has changed. The older one is
 * kept as well, and says on its face that it is not to be used. Nothing is sent anywhere. Answers how many it made.
 */
export async function printDowntime(shell: Printing, practice: string): Promise<number> {
  if (!shell.dataDir) return 0
  const now = shell.clock.now()
  const found = await asJob(shell, practice, async (client) => {
    const row = await practiceRow({ client, actor: { practice } as never })
    const settings = downtimeSettings(row)
    const days = daysOf(now, row.zone, settings)
    const booked: { day: Day; one: BookedSession; chart: string; sheet: DowntimeSheet }[] = []
    for (const day of settings.kept ? days : []) for (const one of await sessionsOn(client, practice, day, row.zone)) booked.push({ day, one, chart: one.chart, sheet: await sheetOf(client, practice, one, now) })
    return { row, settings, days, booked, photos: await photosOf(client, practice, booked) }
  })
  const { row, settings, days } = found
  const folder = path.join(shell.dataDir, 'downtime', practice)
  removeOld(folder, localDay(now, row.zone), settings)
  if (!settings.kept) return 0
  const asOf = shownIn(row.zone, now)
  const made: string[] = []
  for (const { day, one, sheet } of found.booked) {
    if (await keep(path.join(folder, day), nameOf(one, row.zone), { sheet, asOf, printedOn: localDay(now, row.zone), pictured: found.photos.has(sheet.photo.sha256 ?? '') }, settings, found.photos)) made.push(one.chart)
  }
  for (const day of days) await retireOthers(path.join(folder, day), found.booked.filter((each) => each.day === day).map(({ one }) => nameOf(one, row.zone)), asOf, settings)
  if (made.length > 0) await asJob(shell, practice, async (client) => { for (const chart of made) await note({ client }, { at: now, action: 'downtime.prepared', outcome: 'done', chart }) }, true)
  return made.length
}

const daysOf = (now: string, zone: string, { fromHour }: DowntimeSettings): Day[] => {
  const today = localDay(now, zone)
  return Number(localClock(now, zone).slice(0, 2)) >= fromHour ? [today, plusDaysOf(today, 1)] : [today]
}

/** By the hour on the wall, so that the folder reads as the day does; and by the visit, never by a name. */
const nameOf = ({ visit, chart }: BookedSession, zone: string) => `${localClock(visit.startsAt, zone).replace(':', '')}-${visit.visit.slice(0, 8)}-${chart.slice(0, 8)}`

/** Writes the sheet where there is none of these facts, and marks the one before it. */
async function keep(folder: string, name: string, kept: Kept, { size }: DowntimeSettings, photos: ReadonlyMap<string, Uint8Array>): Promise<boolean> {
  const before = read(folder, name)
  if (before && before.pictured === kept.pictured && canonical(before.sheet) === canonical(kept.sheet)) return false
  if (before) await retire(folder, name, before, `a newer sheet, as of ${kept.asOf}, lies beside this one.`, size)
  const { bytes } = await downtimePdf([kept.sheet], { size, printedOn: kept.printedOn, asOf: kept.asOf, photos })
  write(path.join(folder, `${name}.pdf`), bytes)
  write(path.join(folder, `${name}.json`), JSON.stringify(kept))
  return true
}

/** A visit that was moved or cancelled since: its sheet says so. */
async function retireOthers(folder: string, names: readonly string[], asOf: string, { size }: DowntimeSettings): Promise<void> {
  if (!existsSync(folder)) return
  for (const file of readdirSync(folder)) {
    const name = file.slice(0, -'.json'.length)
    if (!file.endsWith('.json') || names.includes(name)) continue
    const before = read(folder, name)
    if (before) await retire(folder, name, before, `this session was moved or cancelled, as of ${asOf}.`, size)
    for (const end of ['.pdf', '.json']) rmSync(path.join(folder, `${name}${end}`), { force: true })
  }
}

async function retire(folder: string, name: string, before: Kept, replaced: string, size: DowntimeSettings['size']): Promise<void> {
  const { bytes } = await downtimePdf([before.sheet], { size, printedOn: before.printedOn, asOf: before.asOf, replaced })
  const old = path.join(folder, 'do-not-use')
  const number = existsSync(old) ? readdirSync(old).filter((file) => file.startsWith(name)).length + 1 : 1
  write(path.join(old, `${name}-${number}.pdf`), bytes)
}

/** What cannot be read was not kept: it is made anew. */
function read(folder: string, name: string): Kept | undefined {
  const [sheet, facts] = [path.join(folder, `${name}.pdf`), path.join(folder, `${name}.json`)]
  if (!existsSync(sheet) || !existsSync(facts)) return undefined
  try {
    return JSON.parse(readFileSync(facts, 'utf8')) as Kept
  } catch {
    return undefined
  }
}

/** Readable by this account alone, as everything that names a person; written beside its place and moved there. */
function write(file: string, content: Uint8Array | string): void {
  let missing = path.dirname(file)
  const made: string[] = []
  for (; !existsSync(missing); missing = path.dirname(missing)) made.push(missing)
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  for (const folder of made) chmodSync(folder, 0o700) // The umask of whoever started this must not decide.
  const half = `${file}.${process.pid}`
  writeFileSync(half, content, { mode: 0o600, flush: true })
  renameSync(half, file)
}

/** Sheets are copies for one day; the chart is the record. Turned off, none stays. */
function removeOld(folder: string, today: Day, { kept, keepDays }: DowntimeSettings): void {
  if (!existsSync(folder)) return
  const oldest = plusDaysOf(today, -keepDays)
  for (const day of readdirSync(folder)) if (/^\d{4}-\d\d-\d\d$/.test(day) && statSync(path.join(folder, day)).isDirectory() && (!kept || day < oldest)) rmSync(path.join(folder, day), { recursive: true, force: true })
}
