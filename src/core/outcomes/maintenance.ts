import type { Chart } from '../chart/chart.ts'
import { dosedSessions, type DosedSession } from '../measures/doses.ts'
import { instrumentOf, type Instruments } from '../measures/instrument.ts'
import type { OpenRisk } from '../measures/open-risks.ts'
import { daysBetween, plusDays, type Instant } from '../shared/time.ts'
import { courseOutcome, type CourseOutcome } from './course-outcome.ts'
import { scored } from './curve.ts'
import type { MaintenanceRow, OutcomeRows } from './rows.ts'

export interface MaintenanceRows {
  readonly outcomes: OutcomeRows
  readonly instruments: Instruments
  readonly zone: string
}

/** Something for a clinician to decide about. It books nothing, orders nothing and names no dose. */
export interface MaintenanceProposal {
  readonly propose: 'booster-review' | 'maintenance' | 'integration-offered' | 'watch' | 'not-evaluable'
  /** Days between doses to consider; null when no interval is proposed. */
  readonly intervalDays: number | null
  readonly because: readonly MaintenanceReason[]
  /** What to look at before more doses: due by the number of doses or the time since the first. */
  readonly reviewsDue: readonly string[]
  /** No further dose before this moment, whatever is proposed; null when the weekly limit does not bind. */
  readonly notBefore: Instant | null
  /** Entries that the proposal rests on. */
  readonly facts: readonly string[]
  /** A relapse or a warning nobody has decided about, and by when somebody does. It stands also where nothing can be proposed. */
  readonly trigger: { readonly what: 'relapse' | 'warning'; readonly at: Instant; readonly dueBy: Instant } | null
}

export type MaintenanceReason = 'relapse' | 'warning-rise' | 'warning-item' | 'stable' | 'not-yet-stable' | 'open-risk' | 'no-trigger' | CourseOutcome['missing'][number]

/**
 * What to put before the clinician after a course: a relapse asks for a booster review, an early warning
 * offers integration, and on maintenance the interval widens one step when stable and narrows one step on a
 * warning. While a risk path stands open nothing is proposed. Missing scores make it not evaluable.
 */
export function maintenanceProposal(chart: Chart, rows: MaintenanceRows, now: Instant, risks: readonly OpenRisk[] = []): MaintenanceProposal {
  const row = rows.outcomes.maintenance
  const instrument = instrumentOf(rows.instruments, row.instrument)
  const sessions = dosedSessions(chart)
  const standing = standingOf(chart)
  const limits = { reviewsDue: reviewsDue(chart, row, sessions, now), notBefore: notBefore(row, sessions, now) }
  if (!instrument) return { propose: 'not-evaluable', intervalDays: null, because: ['no-change-row'], facts: [], trigger: null, ...limits }
  const outcome = courseOutcome(chart, instrument, rows.outcomes, rows.zone)
  const around = { trigger: triggerOf(outcome, standing, rows.outcomes), ...limits }
  if (risks.length > 0) return { propose: 'not-evaluable', intervalDays: null, because: ['open-risk'], facts: risks.map((risk) => risk.opened), ...around }
  if (outcome.missing.length > 0) return { propose: 'not-evaluable', intervalDays: null, because: outcome.missing, facts: [], ...around }
  const facts = [outcome.baseline, outcome.latest].flatMap((point) => (point ? [point.entry] : []))
  return { ...choose(row, outcome, standing), facts, ...around }
}

interface Standing {
  /** The interval on which the person is; null when on none. */
  readonly intervalDays: number | null
  readonly since: Instant | null
  /** The last decision of any kind: what was known then is not proposed again. */
  readonly decidedAt: Instant | null
}

function standingOf(chart: Chart): Standing {
  const interval = chart.latest('maintenance-decided.v1', (entry) => entry.body.decision === 'maintenance' || entry.body.decision === 'not-now')
  const on = interval?.body.decision === 'maintenance' && interval.body.intervalDays !== undefined
  const signed = chart.latest('proposal-decided.v1')
  const accepted = signed?.body.decision === 'accepted' && signed.body.propose === 'maintenance' && (!interval || signed.at > interval.at) ? signed : undefined
  const decidedAt = [chart.latest('maintenance-decided.v1')?.at, signed?.at].flatMap((at) => at ?? []).toSorted().at(-1) ?? null
  if (accepted?.body.intervalDays !== undefined) return { intervalDays: accepted.body.intervalDays, since: accepted.at, decidedAt }
  return { intervalDays: on ? (interval.body.intervalDays ?? null) : null, since: on ? interval.at : null, decidedAt }
}

/** A relapse outranks a warning. What was known when somebody decided last is decided. */
function triggerOf(outcome: CourseOutcome, { decidedAt }: Standing, { care }: OutcomeRows): MaintenanceProposal['trigger'] {
  const isNew = (at: Instant) => decidedAt === null || at > decidedAt
  const { warning } = outcome
  const relapse = outcome.relapses.at(-1)
  if (relapse && isNew(relapse.confirmedAt)) return { what: 'relapse', at: relapse.confirmedAt, dueBy: plusDays(relapse.confirmedAt, care.decideWithinDays) }
  return warning && isNew(warning.at) ? { what: 'warning', at: warning.at, dueBy: warning.contactBy } : null
}

type Choice = Pick<MaintenanceProposal, 'propose' | 'intervalDays' | 'because'>

function choose(row: MaintenanceRow, outcome: CourseOutcome, standing: Standing): Choice {
  const isNew = (at: Instant) => standing.decidedAt === null || at > standing.decidedAt
  const current = standing.intervalDays
  const warned = outcome.warning && isNew(outcome.warning.at) ? outcome.warning.because : []
  const warnings = warned.map((why): MaintenanceReason => (why === 'rise' ? 'warning-rise' : 'warning-item'))
  const newest = outcome.relapses.at(-1)
  const relapsed = newest !== undefined && isNew(newest.confirmedAt)
  if (relapsed) return { propose: 'booster-review', intervalDays: stepFrom(row, current, -1), because: ['relapse', ...warnings] }
  if (warnings.length > 0 && current === null) return { propose: 'integration-offered', intervalDays: null, because: warnings }
  if (warnings.length > 0) return { propose: 'maintenance', intervalDays: stepFrom(row, current, -1), because: warnings }
  if (current === null || standing.since === null) return { propose: 'watch', intervalDays: null, because: ['no-trigger'] }
  return isStable(row, outcome, standing.since)
    ? { propose: 'maintenance', intervalDays: stepFrom(row, current, 1), because: ['stable'] }
    : { propose: 'maintenance', intervalDays: current, because: ['not-yet-stable'] }
}

/** A step on the ladder of intervals; it starts at the closest, and stays at either end. */
function stepFrom(row: MaintenanceRow, currentDays: number | null, by: 1 | -1): number {
  const ladder = row.ladderDays
  const closest = ladder[0] ?? 0
  if (currentDays === null) return closest
  const wider = ladder.find((days) => days > currentDays) ?? Math.max(currentDays, ladder.at(-1) ?? 0)
  const closer = ladder.findLast((days) => days < currentDays) ?? closest
  return by === 1 ? wider : closer
}

/** The last so many complete scores since the decision, none of them more than a few points above the one before it. A newer form that was not finished leaves it open. */
function isStable(row: MaintenanceRow, outcome: CourseOutcome, decidedAt: Instant): boolean {
  const points = scored(outcome.points)
  if (outcome.points.at(-1)?.total === null) return false
  const before = points.findLast((point) => point.at <= decidedAt)
  const since = points.filter((point) => point.at > decidedAt).slice(-row.stableVisits)
  return before !== undefined && since.length >= row.stableVisits && since.every((point) => point.total <= before.total + row.stableRisePoints)
}

/** Counted anew from each review that a prescriber wrote. */
function reviewsDue(chart: Chart, row: MaintenanceRow, sessions: readonly DosedSession[], now: Instant): readonly string[] {
  const reviewed = chart.latest('exposure-reviewed.v1')?.at
  const since = sessions.filter(({ firstDoseAt }) => reviewed === undefined || firstDoseAt > reviewed)
  const from = reviewed ?? since[0]?.firstDoseAt
  const due = since.length > 0 && from !== undefined && (since.length >= row.reviewDoses || daysBetween(from, now) >= row.reviewDays)
  return due ? row.reviews : []
}

/** Weeks after the first dose, at most so many sessions in any seven days. */
function notBefore(row: MaintenanceRow, sessions: readonly DosedSession[], now: Instant): Instant | null {
  const first = sessions[0]
  if (!first || daysBetween(first.firstDoseAt, now) <= row.afterDays) return null
  const recent = sessions.filter((session) => daysBetween(session.firstDoseAt, now) < 7)
  const oldest = recent.at(-row.maxDosesPerSevenDays)
  return oldest && recent.length >= row.maxDosesPerSevenDays ? plusDays(oldest.firstDoseAt, 7) : null
}
