import { readChart, type Chart } from '../../core/chart/chart.ts'
import type { StoredEntry } from '../../core/chart/entry.ts'
import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import type { WaitingPerson } from '../../core/contract/joint.ts'
import { inCycle } from '../../core/course/cycle.ts'
import { standingOf } from '../../core/course/fixed.ts'
import { leftToBook } from '../../core/course/left-to-book.ts'
import { mayPlan, whyStopped } from '../../core/course/next.ts'
import { phaseOf, type Protocol } from '../../core/course/protocol.ts'
import { clearanceNow } from '../../core/eligibility/clearance.ts'
import { withReopening } from '../../core/eligibility/reopened.ts'
import { wishesOf } from '../../core/scheduling/first-visit.ts'
import type { FixedVisit } from '../../core/scheduling/request.ts'
import { sayTime } from '../../core/shared/local-day.ts'
import { daysBetween } from '../../core/shared/time.ts'
import { matching } from '../../knowledge/matching.ts'
import { editionInForce, type Edition } from '../rulebook.ts'
import { chartRows, type ChartRow } from '../store/charts.ts'
import { followedTo } from '../store/followed.ts'
import type { PlannedWishes } from '../store/planning-runs.ts'
import { practiceRow } from '../store/practice.ts'
import { besideCharts, type BesideChart } from '../store/beside-charts.ts'
import { reopeningRows } from './follow.ts'
import { defaultProtocol } from './course.ts'
import { entriesOf } from './home.ts'
import { courseOn, type Judged } from './judging.ts'
import type { Here } from './shell.ts'

/** Somebody who waits, with all that a plan is made from. */
export interface Waits extends Pick<Judged, 'row' | 'chart' | 'protocol' | 'zone' | 'clearance'> {
  readonly beside: BesideChart
  readonly shown: WaitingPerson
}

/** Everybody whose course goes on and is not booked to its end, longest wait first; of some charts only, where they are named. */
export async function waitingPeople(here: Here, only?: readonly string[]): Promise<Waits[]> {
  const { zone } = await practiceRow(here)
  const edition = await editionInForce(here, 'now')
  const rows = (await chartRows(here)).filter(({ chart, deceasedOn }) => deceasedOn === null && (only?.includes(chart) ?? true))
  const charts = rows.map(({ chart }) => chart)
  const [entries, beside] = [await entriesOf(here, charts), await besideCharts(here, charts, here.now)]
  const found: Waits[] = []
  for (const row of rows) {
    const one = await waitsFor(here, { row, entries: entries.get(row.chart) ?? [], beside: beside.get(row.chart)!, zone, edition })
    if (one) found.push(one)
  }
  return found.toSorted((a, b) => b.shown.waitedDays - a.shown.waitedDays || a.row.name.localeCompare(b.row.name))
}

interface Read { readonly row: ChartRow; readonly entries: readonly StoredEntry[]; readonly beside: BesideChart; readonly zone: string; readonly edition: Edition }

async function waitsFor(here: Here, { row, entries, beside, zone, edition }: Read): Promise<Waits | undefined> {
  const { protocol, unknownCourse } = courseOn(row, edition)
  const known = readChart(entries)
  const course = protocol ?? defaultProtocol
  if (whyStopped({ chart: known, protocol: course, facts: { now: here.now, zone }, cycle: inCycle(known) })) return undefined
  const chart = readChart(withReopening(entries, await followedTo(here.client, here.actor.practice, row.chart), reopeningRows(edition)))
  const clearance = clearanceNow(chart, edition.book.eligibility, here.now, edition.book.screening)
  const { fixed } = standingOf(chart, course, here.now, zone)
  const left = leftToBook(course, fixed, clearance.state === 'cleared').reduce((sum, one) => sum + one.left, 0)
  if (left === 0 || isAfterCourse(course, fixed)) return undefined
  const since = waitingSince(beside.askedAt, fixed)
  const blocked = blockedBy({ chart, protocol: course, named: protocol !== undefined, unknownCourse, refused: clearance.state === 'refused', beside }, here.now, zone)
  const shown = {
    chart: row.chart, name: row.name, course: protocol?.name ?? null, therapist: beside.therapist?.name ?? null, left, waitedDays: Math.max(0, Math.floor(daysBetween(since, here.now))), since,
    wishes: beside.preferences && { days: beside.preferences.days, partOfDay: beside.preferences.partOfDay, modality: beside.preferences.modality }, blocked, heldUntil: beside.heldUntil,
  }
  return { row, chart, protocol, zone, clearance, beside, shown }
}

/** What is left after the last dose are visits of its own time; nobody waits for a course any more. */
const isAfterCourse = (protocol: Protocol, fixed: readonly FixedVisit[]) => fixed.filter(({ type, state }) => type === 'medicine' && state === 'happened').length >= (phaseOf(protocol, 'medicine')?.count ?? Infinity)

/** Since they asked; once medicine has been given, since the last time. */
const waitingSince = (askedAt: string, fixed: readonly FixedVisit[]) => fixed.filter(({ type, state }) => type === 'medicine' && state === 'happened').reduce((since, { endsAt }) => (endsAt > since ? endsAt : since), askedAt)

interface Asked { readonly chart: Chart; readonly protocol: Protocol; readonly named: boolean; readonly unknownCourse: string | undefined; readonly refused: boolean; readonly beside: BesideChart }

function blockedBy({ chart, protocol, named, unknownCourse, refused, beside }: Asked, now: string, zone: string): WaitingPerson['blocked'] {
  const may = mayPlan(chart, protocol, now, zone)
  return [
    ...(may.may ? [] : [{ says: may.says, mend: 'chart' as const }]),
    ...(named ? [] : [{ says: unknownCourse ?? 'No course has been chosen yet.', mend: 'plan' as const }]),
    ...(beside.therapist ? [] : [{ says: 'Nobody on the care team is the therapist yet.', mend: 'team' as const }]),
    ...(beside.heldUntil ? [{ says: `Times are held for them until ${sayTime(beside.heldUntil, zone)}. They can be booked, or let go.`, mend: 'plan' as const }] : []),
    ...(refused ? [{ says: 'Medical clearance is not in place, and the clinicians say how it goes on.', mend: 'chart' as const }] : []),
  ]
}

/** What they named when they wrote, weighed and not asked for: somebody at the desk who knows better plans this person by themselves. */
export function plannedWishes({ beside: { preferences }, protocol }: Pick<Waits, 'beside' | 'protocol'>, earliest: string): PlannedWishes {
  if (!preferences) return { earliest, when: [], online: [] }
  const online = preferences.modality === 'online' ? (protocol?.phases ?? []).filter(({ place }) => place === 'either').map(({ type }): BookedVisit['type'] => type) : []
  return { earliest, when: wishesOf(preferences, matching.dayParts).map((wish) => ({ ...wish, strength: 'rather' })), online }
}
