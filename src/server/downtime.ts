import type { PoolClient } from 'pg'
import { readChart } from '../core/chart/chart.ts'
import { weeklyNow } from '../core/course/course.ts'
import { clearanceNow } from '../core/eligibility/clearance.ts'
import { withReopening } from '../core/eligibility/reopened.ts'
import { isDosing } from '../core/course/dosing-visit.ts'
import { downtimeSheet, type DowntimeSheet } from '../core/session/downtime.ts'
import { dayEnd, dayStart } from '../core/shared/local-day.ts'
import type { Day, Instant } from '../core/shared/time.ts'
import { emergencyCards } from '../knowledge/emergency.ts'
import { recoveryScores } from '../knowledge/recovery-scores.ts'
import { reopeningRows } from './http/follow.ts'
import type { PaperSize } from './outside/paper.ts'
import { editionInForce } from './rulebook.ts'
import { visitsBetween, type CalendarVisit } from './store/calendar.ts'
import { readEntries } from './store/charts.ts'
import { fileOf } from './store/files.ts'
import { followedTo } from './store/followed.ts'
import { practiceRow, type PracticeRow } from './store/practice.ts'

/** How a practice keeps its sheets: whether at all, on which paper, from which hour of the evening before, and how many days old ones stay. None of it is clinical. */
export interface DowntimeSettings {
  readonly kept: boolean
  readonly size: PaperSize
  readonly fromHour: number
  readonly keepDays: number
}

const wholeBetween = (value: unknown, least: number, most: number, otherwise: number) => (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : otherwise)

export const downtimeSettings = ({ settings }: Pick<PracticeRow, 'settings'>): DowntimeSettings => ({
  kept: settings['downtimeSheets'] !== 'off', size: settings['paperSize'] === 'a4' ? 'A4' : 'LETTER',
  fromHour: wholeBetween(settings['downtimeFromHour'], 0, 23, 17), keepDays: wholeBetween(settings['downtimeKeepDays'], 1, 90, 14),
})

export interface BookedSession {
  readonly chart: string
  readonly name: string
  readonly visit: CalendarVisit
}

/** The medicine sessions booked on a day, with whose they are. Read as a job: who may see which is for the caller to say. */
export async function sessionsOn(client: PoolClient, practice: string, day: Day, zone: string): Promise<BookedSession[]> {
  const visits = await visitsBetween({ client, actor: { practice } } as never, dayStart(day, zone), dayEnd(day, zone))
  const ofDay = visits.filter((visit) => isDosing(visit) && visit.startsAt >= dayStart(day, zone))
  return ofDay.flatMap((visit) => visit.patients.flatMap(({ chart, name }) => (chart ? [{ chart, name, visit }] : [])))
}

/** The sheet of one booked session from what the chart holds now. */
export async function sheetOf(client: PoolClient, practice: string, { chart, name, visit }: BookedSession, now: Instant): Promise<DowntimeSheet> {
  const asked = { client, actor: { practice } as never }
  const row = await practiceRow(asked)
  const edition = await editionInForce(asked)
  const read = readChart(withReopening(await readEntries(asked, chart), await followedTo(client, practice, chart), reopeningRows(edition)))
  const { eligibility, screening } = edition.book
  const { rows: prescribers } = await client.query<{ name: string }>(`select p.given_name || ' ' || p.family_name as name from app.care_team t join app.person p using (practice_id, person_id) where t.practice_id = $1 and t.chart_id = $2 and t.role = 'prescriber' and t.until is null order by 1`, [practice, chart])
  const text = (key: string) => (typeof row.settings[key] === 'string' ? row.settings[key] : '')
  return downtimeSheet(read, visit, {
    patient: name, practice: row.name, phone: text('phone'), emergencyNumbers: text('emergencyNumbers'), prescribers: prescribers.map((one) => one.name), book: edition.book, cards: emergencyCards, scores: Object.values(recoveryScores), edition: edition.name,
    clearance: clearanceNow(read, eligibility, now, screening),
    // A session is booked, so its medicine goes on whatever the course plans.
    weekly: weeklyNow(read, 0, edition.book, now, row.zone), zone: row.zone, shown: (at) => shownIn(row.zone, at), day: (day) => day,
  })
}

/** The photos that these sheets show, as far as they have arrived. */
export async function photosOf(client: PoolClient, practice: string, sheets: readonly { readonly chart: string; readonly sheet: Pick<DowntimeSheet, 'photo'> }[]): Promise<ReadonlyMap<string, Uint8Array>> {
  const photos = new Map<string, Uint8Array>()
  for (const { chart, sheet } of sheets) {
    const file = sheet.photo.sha256 && (await fileOf({ client, actor: { practice } as never }, chart, sheet.photo.sha256))
    if (file) photos.set(file.sha256, file.bytes)
  }
  return photos
}

export const shownIn = (zone: string, at: Instant): string => new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(new Date(at))
