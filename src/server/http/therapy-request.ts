import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import type { SeriesRule } from '../../core/chart/kinds/series-rule.ts'
import type { Wishes } from '../../core/contract/running.ts'
import { standingOf } from '../../core/course/fixed.ts'
import { mayPlan } from '../../core/course/next.ts'
import { standingVisits } from '../../core/measures/doses.ts'
import { sitsInOf } from '../../core/online/sits-in.ts'
import { plannedFrom } from '../../core/scheduling/booked.ts'
import { violations } from '../../core/scheduling/check.ts'
import type { FixedVisit, PlannedVisit, PlanRequest } from '../../core/scheduling/request.ts'
import { seriesOfVisit } from '../../core/scheduling/series-on-chart.ts'
import { asPlan, type SeriesRequest } from '../../core/scheduling/series.ts'
import { localDay, plusDaysOf } from '../../core/shared/local-day.ts'
import { MINUTE_MS, plusDays } from '../../core/shared/time.ts'
import { therapyRows } from '../../knowledge/therapy.ts'
import { timeOffRows } from '../../knowledge/time-off.ts'
import { heldVisits } from '../store/calendar.ts'
import { defaultProtocol } from './course.ts'
import type { Judged } from './judging.ts'
import { calendars, refuseFound, STEP_MIN, type Among } from './plan-request.ts'
import { Problem } from './problems.ts'
import type { Here } from './shell.ts'

/** How far a single hour of therapy may be moved. */
const FARTHEST_DAYS = 150

/** What a series is planned with. A plan of the course that is only held keeps its places, unless a visit of this patient moves: then it gives way, as ever. */
export async function therapyRequest(here: Here, judged: Judged, { leftOut = [], heldGivesWay = false, among }: { readonly leftOut?: readonly string[]; readonly heldGivesWay?: boolean; readonly among?: Among | undefined } = {}): Promise<SeriesRequest> {
  const held = await heldVisits(here, here.now, { chart: judged.row.chart })
  const read = await calendars(here, [...leftOut, ...(heldGivesWay ? held.map(({ visit }) => visit) : [])], among)
  const request = seriesRequest(judged, read, heldGivesWay ? [] : held, here.now)
  return { ...request, fixed: request.fixed.filter(({ visit }) => !leftOut.includes(visit)) }
}

/** The same from what was read already, for whoever books on by itself. What is held keeps its places. */
export function seriesRequest({ chart, zone, protocol = defaultProtocol }: Pick<Judged, 'chart' | 'zone'> & Partial<Pick<Judged, 'protocol'>>, read: Awaited<ReturnType<typeof calendars>>, held: readonly Omit<FixedVisit, 'state'>[], now: string): SeriesRequest {
  const sitsIn = sitsInOf(chart)?.body.state
  const waiting = held.map(({ visit, type, number, startsAt, endsAt }): FixedVisit => ({ visit, type, number, startsAt, endsAt, state: 'booked' }))
  return {
    zone, earliest: localDay(plusDays(now, 1), zone), ...(sitsIn === undefined ? {} : { sitsIn }), ...read,
    fixed: [...standingOf(chart, protocol, now, zone).fixed, ...waiting], stepMin: STEP_MIN, rows: therapyRows, timeOff: timeOffRows,
  }
}

/** Nobody books an hour for somebody who has died. */
export function refuseTherapyFor({ chart, zone }: Judged, now: string): void {
  const why = notBookable({ chart, zone }, now)
  if (why) throw new Problem('plan.refused', { list: [why] })
}
export function notBookable({ chart, zone }: Pick<Judged, 'chart' | 'zone'>, now: string): { code: string; says: string } | undefined {
  const may = mayPlan(chart, { minimumAgeYears: 0 }, now, zone)
  return !may.may && may.code === 'deceased' ? { code: may.code, says: may.says } : undefined
}

type AskedFor = Pick<SeriesRule, 'therapist' | 'online' | 'lengthMin' | 'roomFeatures'>

/** What an hour asks for, by its series, or by what stands where it has none. */
function askedFor({ chart }: Judged, visit: BookedVisit, now: string): AskedFor {
  const rule = seriesOfVisit(chart, visit.visit, now)?.series.rule
  const therapist = visit.people.find(({ role }) => role === 'therapist') ?? rule?.therapist
  if (!therapist) throw new Problem('plan.refused', { list: [{ code: 'therapist', says: 'Nobody is named as the therapist of this visit.' }] })
  return { therapist: { person: therapist.person, name: therapist.name }, online: visit.online, lengthMin: (Date.parse(visit.endsAt) - Date.parse(visit.startsAt)) / MINUTE_MS, roomFeatures: rule?.roomFeatures ?? [] }
}

/** One hour in somebody's hand, in the shape in which a visit of a course is moved: as if it were all there is, around everything else that stands. */
export async function therapyMovable(here: Here, judged: Judged, visit: BookedVisit, wishes: Wishes, among?: Among): Promise<{ readonly request: PlanRequest; readonly visits: readonly BookedVisit[]; readonly planned: readonly PlannedVisit[] }> {
  const asks = askedFor(judged, visit, here.now)
  const request = asPlan(await therapyRequest(here, judged, { leftOut: [visit.visit], heldGivesWay: true, among }), asks, plusDaysOf(localDay(here.now, judged.zone), FARTHEST_DAYS))
  const earliest = wishes.earliest > request.earliest ? wishes.earliest : request.earliest
  return { request: { ...request, earliest, wishes: { ...request.wishes, blackout: wishes.blackout } }, visits: [visit], planned: [{ ...plannedFrom(visit, request.protocol), number: 1 }] }
}

/** Hours about to be booked or moved, held against calendars, rooms and closings by the same check as a course: each kind of them together. */
export async function refuseTherapy(here: Here, judged: Judged, visits: readonly BookedVisit[], how: 'moved' | 'booked' = 'moved', rule?: SeriesRule): Promise<void> {
  const request = await therapyRequest(here, judged, { leftOut: visits.map(({ visit }) => visit), heldGivesWay: how === 'moved' })
  const last = visits.map(({ localStart }) => localStart.slice(0, 10)).toSorted().at(-1)!
  const groups = new Map<string, { readonly asks: AskedFor; readonly group: BookedVisit[] }>()
  for (const visit of visits) {
    const asks = { ...askedFor(judged, visit, here.now), ...(rule ? { roomFeatures: rule.roomFeatures } : {}) }
    const key = JSON.stringify(asks)
    groups.set(key, { asks, group: [...(groups.get(key)?.group ?? []), visit] })
  }
  refuseFound([...groups.values()].flatMap(({ asks, group }) => {
    const asked = asPlan(request, asks, last, group.length)
    return violations({ visits: group.map((visit, i) => ({ ...plannedFrom(visit, asked.protocol), number: i + 1 })) }, asked)
  }))
}

/** The visits that stand of a chart, by their ids. */
export const standingById = ({ chart }: Judged): ReadonlyMap<string, BookedVisit> => new Map(standingVisits(chart).map((visit) => [visit.visit, visit]))
