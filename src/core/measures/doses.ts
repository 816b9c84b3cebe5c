import type { BookedVisit } from '../chart/kinds/aftercare.ts'
import type { DoseRoute } from '../chart/kinds/clearance.ts'
import type { Chart } from '../chart/chart.ts'
import { isDosing } from '../course/dosing-visit.ts'
import { dosesOf, type DosesNow } from '../session/doses.ts'
import { sessionEntries } from '../session/entries.ts'
import type { Instant } from '../shared/time.ts'
import { showMg } from '../shared/units.ts'

/** A session in which medicine was given. */
export interface DosedSession {
  readonly session: string
  readonly visit?: string
  /**
   * `maintenance` when the visit it belongs to is one; otherwise part of the course. `unknown` where a dose stands on
   * the chart and the start of its session does not: it is part of nothing that can be counted, and was given all the same.
   */
  readonly part: 'course' | 'maintenance' | 'unknown'
  /** When the session began, or by the dose alone when it was first given. */
  readonly startedAt: Instant
  /** The entries that say so. */
  readonly facts: readonly string[]
  /** The earliest and the latest moment that any record gives. */
  readonly firstDoseAt: Instant
  readonly lastDoseAt: Instant
  /** All steps of the session together; unknown while one of them stands in two records that nobody has resolved. */
  readonly doseUg: number | undefined
  readonly steps: number
  readonly route: DoseRoute
}

const read = new WeakMap<Chart, readonly DosedSession[]>()

/** Every session with a dose, oldest first; a dose without its session is one by itself. A step recorded twice counts as the one a person said stands, as in the room. One reading of a chart asks many times. */
export function dosedSessions(chart: Chart): readonly DosedSession[] {
  const known = read.get(chart)
  if (known) return known
  const sessions = readDosedSessions(chart)
  read.set(chart, sessions)
  return sessions
}

function readDosedSessions(chart: Chart): DosedSession[] {
  const types = new Map(standingVisits(chart).map((visit) => [visit.visit, visit.type]))
  const started = chart.all('session-started.v1').flatMap(({ id, at, body: { visit } }) => {
    const maintenance = visit !== undefined && types.get(visit) === 'maintenance'
    return dosed(dosesIn(chart, id), { session: id, ...(visit === undefined ? {} : { visit }), part: maintenance ? 'maintenance' : 'course', startedAt: at, facts: [id] })
  })
  return [...started, ...withoutSession(chart)].toSorted((a, b) => (a.firstDoseAt < b.firstDoseAt ? -1 : a.firstDoseAt > b.firstDoseAt ? 1 : 0))
}

/** Doses whose session nobody started on this chart, or that name none. */
function withoutSession(chart: Chart): DosedSession[] {
  const begun = new Set(chart.all('session-started.v1').map(({ id }) => id))
  const given = chart.all('dose-given.v1').filter(({ session }) => session === undefined || !begun.has(session))
  return [...new Set(given.map(({ id, session }) => session ?? id))].flatMap((session) => {
    const own = given.filter((dose) => (dose.session ?? dose.id) === session)
    return dosed(dosesOf(sessionEntries(own)), { session, part: 'unknown', startedAt: own[0]!.at, facts: own.map(({ id }) => id) })
  })
}

function dosed({ steps, totalUg, firstAt, lastAt }: DosesNow, known: Pick<DosedSession, 'session' | 'visit' | 'part' | 'startedAt' | 'facts'>): DosedSession[] {
  const first = steps[0]?.stands ?? steps[0]?.given[0]
  if (!first || firstAt === undefined || lastAt === undefined) return []
  return [{ ...known, firstDoseAt: firstAt, lastDoseAt: lastAt, doseUg: totalUg, steps: steps.length, route: first.body.route }]
}

/** The doses of one session by the room's own rule, with what reached the chart after its close: a dose that came late was still given. */
export const dosesIn = (chart: Chart, session: string): DosesNow =>
  dosesOf(sessionEntries([...chart.all('dose-given.v1'), ...chart.all('dose-conflict-resolved.v1'), ...chart.all('dose-ended.v1')].filter((entry) => entry.session === session)))

/** All sessions together, or unknown while one of them is. */
export function doseOfAll(sessions: readonly Pick<DosedSession, 'doseUg'>[]): number | undefined {
  let sum = 0
  for (const { doseUg } of sessions) {
    if (doseUg === undefined) return undefined
    sum += doseUg
  }
  return sum
}

/** An amount in words, and in words too where it is not known. */
export const showDose = (doseUg: number | undefined): string => (doseUg === undefined ? 'not known: a dose was recorded twice, and nobody has said which record stands' : showMg(doseUg))

/** The visits as they stand now: moved ones where they were moved to, cancelled ones left out. */
export function standingVisits(chart: Chart): BookedVisit[] {
  const visits = new Map<string, BookedVisit>()
  for (const entry of chart.entries) {
    if (entry.kind === 'visits-booked.v1' || entry.kind === 'therapy-continued.v1') for (const visit of entry.body.visits) visits.set(visit.visit, visit)
    if (entry.kind === 'visit-moved.v1') visits.set(entry.body.to.visit, entry.body.to)
  }
  for (const cancelled of chart.all('visit-cancelled.v1')) visits.delete(cancelled.body.visit)
  return [...visits.values()].toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : a.startsAt > b.startsAt ? 1 : 0))
}

/** Visits at which medicine is planned, leaving out those that were closed as missed. */
export function dosingVisits(chart: Chart): BookedVisit[] {
  const missed = new Set(chart.all('visit-closed.v1').filter((closed) => closed.body.outcome === 'missed').map((closed) => closed.body.visit))
  return standingVisits(chart).filter((visit) => isDosing(visit) && !missed.has(visit.visit))
}
