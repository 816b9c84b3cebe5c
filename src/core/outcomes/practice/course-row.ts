import type { Chart } from '../../chart/chart.ts'
import type { DoseRoute } from '../../chart/kinds/clearance.ts'
import { cycles, type Cycle } from '../../course/cycle.ts'
import type { Protocol } from '../../course/protocol.ts'
import { conditionsOf, type Condition } from '../../matching/condition.ts'
import { dosedSessions, doseOfAll, type DosedSession } from '../../measures/doses.ts'
import type { Instruments } from '../../measures/instrument.ts'
import { localDay, plusDaysOf } from '../../shared/local-day.ts'
import type { Instant } from '../../shared/time.ts'
import type { OutcomeRows } from '../rows.ts'
import { keptOf, type Kept } from './kept.ts'
import { measuresOf, type MeasureRow } from './measure-row.ts'
import type { PracticeOutcomeRows } from './rows.ts'
import type { VerdictRows } from './verdict.ts'

/** One course of one patient, as far as figures of many people need it. What nobody knows is null, and is counted as missing. */
export interface CourseRow {
  readonly number: number
  readonly protocol: string | null
  /** The condition it was given for, by the catalogue's id. */
  readonly indication: string | null
  readonly route: DoseRoute | 'several'
  readonly doseRange: string | null
  readonly firstDose: string
  readonly lastDose: string
  /** The local day from which the course is counted: before it, its last score may still come. */
  readonly settlesOn: string
  readonly sessions: number
  /** Whether as many sessions were given as the course plans at least; null where its protocol is not known. */
  readonly finished: boolean | null
  /** Whether maintenance doses followed before another course began. */
  readonly maintained: boolean
  readonly measures: readonly MeasureRow[]
  readonly kept: Kept
  /** The worst grade of each side effect. */
  readonly events: readonly { readonly term: string; readonly grade: number }[]
}

export interface CourseRowRows extends VerdictRows {
  readonly outcomes: OutcomeRows
  readonly practice: PracticeOutcomeRows
  readonly instruments: Instruments
  readonly conditions: readonly Condition[]
  /** The system of codes in which indications are written. */
  readonly diagnosisCodes: string
  readonly protocolOf: (id: string) => Protocol | undefined
  readonly zone: string
}

/** A course with what lies after it on the same chart. */
export interface Span {
  readonly sessions: readonly DosedSession[]
  readonly firstDoseAt: Instant
  readonly lastDoseAt: Instant
  /** The first maintenance dose after it, and the first dose of the next course. */
  readonly maintenanceAt: Instant | undefined
  readonly nextAt: Instant | undefined
}

/** Every course of a chart that began with a dose, oldest first. */
export function courseRows(chart: Chart, rows: CourseRowRows): CourseRow[] {
  const begun = cycles(chart).filter(({ sessions }) => sessions.length > 0)
  const maintenance = dosedSessions(chart).filter(({ part }) => part === 'maintenance')
  return begun.map((cycle, at) => {
    const { sessions } = cycle
    const [first, last, nextAt] = [sessions[0]!, sessions.at(-1)!, begun[at + 1]?.sessions[0]?.firstDoseAt]
    const maintenanceAt = maintenance.find(({ firstDoseAt }) => firstDoseAt > last.lastDoseAt && (nextAt === undefined || firstDoseAt < nextAt))?.firstDoseAt
    return rowOf(chart, cycle, { sessions, firstDoseAt: first.firstDoseAt, lastDoseAt: last.lastDoseAt, maintenanceAt, nextAt }, rows)
  })
}

function rowOf(chart: Chart, cycle: Cycle, span: Span, rows: CourseRowRows): CourseRow {
  const { zone, practice } = rows
  const protocol = chart.latest('course-chosen.v1', ({ at }) => at <= span.lastDoseAt)?.body.protocol ?? null
  const lastDose = localDay(span.lastDoseAt, zone)
  const routes = new Set(span.sessions.map(({ route }) => route))
  const route = routes.size === 1 ? span.sessions[0]!.route : 'several'
  const sessions = span.sessions.length
  return {
    number: cycle.number, protocol, indication: indicationOf(chart, span, rows), route, doseRange: doseRangeOf(span.sessions, route, practice),
    firstDose: localDay(span.firstDoseAt, zone), lastDose, settlesOn: plusDaysOf(lastDose, practice.endpoint.withinDays + 1), sessions,
    finished: hasFinished(sessions, protocol === null ? undefined : rows.protocolOf(protocol)), maintained: span.maintenanceAt !== undefined,
    measures: measuresOf(chart, span, rows), kept: keptOf(chart, span, rows), events: eventsIn(chart, span),
  }
}

function hasFinished(sessions: number, protocol: Protocol | undefined): boolean | null {
  const phase = protocol?.phases.find(({ type }) => type === 'medicine')
  return phase ? sessions >= (phase.countRange?.[0] ?? phase.count) : null
}

/** What the intake names first, or else the first diagnosis entered as the reason for treatment. */
function indicationOf(chart: Chart, { lastDoseAt }: Span, { conditions, diagnosisCodes }: CourseRowRows): string | null {
  const intake = chart.latest('intake.v1', ({ at }) => at <= lastDoseAt)?.body.indications ?? []
  const entered = chart.all('condition.v1').filter(({ at, body }) => at <= lastDoseAt && body.category === 'indication').flatMap(({ body }) => body.codes)
  for (const { system, code } of [...intake, ...entered]) {
    const found = system === diagnosisCodes ? conditionsOf(conditions, code)[0] : undefined
    if (found) return found.id
  }
  return null
}

/** By the mean of its sessions; unknown while one of them is. */
function doseRangeOf(sessions: readonly DosedSession[], route: CourseRow['route'], { doseRanges }: PracticeOutcomeRows): string | null {
  const total = doseOfAll(sessions)
  if (total === undefined) return null
  const mean = total / sessions.length
  return doseRanges.ranges.find((range) => range.route === route && mean >= range.fromUg && (range.belowUg === null || mean < range.belowUg))?.id ?? null
}

function eventsIn(chart: Chart, { firstDoseAt, nextAt }: Span): CourseRow['events'] {
  const worst = new Map<string, number>()
  for (const { body: { term, grade, onsetAt } } of chart.all('side-effect.v1')) {
    if (onsetAt < firstDoseAt || (nextAt !== undefined && onsetAt >= nextAt)) continue
    worst.set(term, Math.max(worst.get(term) ?? 0, grade))
  }
  return [...worst].map(([term, grade]) => ({ term, grade })).toSorted((a, b) => (a.term < b.term ? -1 : 1))
}
