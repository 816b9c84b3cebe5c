import type { Chart } from '../chart/chart.ts'
import { dosedSessions } from '../measures/doses.ts'
import { valueOf, type Instrument } from '../measures/instrument.ts'
import { dayStart, daysFrom, localDay, plusDaysOf } from '../shared/local-day.ts'
import { plusDays, type Instant } from '../shared/time.ts'
import { category, type Category } from './category.ts'
import { baselineOf, curve, scored, type CurvePoint, type ScoredPoint } from './curve.ts'
import { relapse, type Relapse, type RelapseEvent } from './relapse.ts'
import { changeRowFor, type ChangeRow, type OutcomeRows, type WarningRow } from './rows.ts'

export interface CourseOutcome {
  readonly instrument: string
  readonly points: readonly CurvePoint[]
  readonly baseline: ScoredPoint | null
  readonly latest: ScoredPoint | null
  /** Baseline against the latest score after a dose; null when either is missing, which is never "no change". */
  readonly category: Category | null
  readonly respondedAt: Instant | null
  /** The first, which is the one that figures of many people count. */
  readonly relapse: RelapseFound | null
  /** Each after a response of its own, oldest first. */
  readonly relapses: readonly RelapseFound[]
  readonly warning: EarlyWarning | null
  /** What is not there, in words for the figure's foot. */
  readonly missing: readonly ('no-dose-yet' | 'no-baseline' | 'no-score-after-dose' | 'no-change-row')[]
}

export interface RelapseFound {
  readonly at: Instant
  readonly confirmedAt: Instant
  readonly confirmedBy: 'score' | RelapseEvent['what']
}

export interface EarlyWarning {
  readonly entry: string
  readonly at: Instant
  readonly because: readonly ('rise' | 'item')[]
  /** Points above the lowest score since the course; null when the score itself is not complete. */
  readonly rise: number | null
  readonly contactBy: Instant
}

/** One instrument over one course: from the baseline to now, with what is missing said. */
export function courseOutcome(chart: Chart, instrument: Instrument, rows: OutcomeRows, zone: string): CourseOutcome {
  const points = curve(chart, instrument)
  const first = dosedSessions(chart)[0]
  const row = changeRowFor(rows, instrument.id)
  const baseline = baselineOf(rows.baseline, chart, instrument)
  const after = first ? scored(points).filter((point) => point.at > first.firstDoseAt) : []
  const latest = after.at(-1) ?? null
  const missing = [
    ...(first ? [] : (['no-dose-yet'] as const)), ...(baseline ? [] : (['no-baseline'] as const)),
    ...(latest ? [] : (['no-score-after-dose'] as const)), ...(row ? [] : (['no-change-row'] as const)),
  ]
  const relapses = row && baseline && rows.relapse.instrument === instrument.id ? relapsesOf(chart, rows, row, baseline, after, zone) : []
  return {
    instrument: instrument.id, points, baseline, latest,
    category: row && baseline && latest ? category(row, baseline.total, latest.total) : null,
    respondedAt: row && baseline ? (after.find((point) => category(row, baseline.total, point.total).response)?.at ?? null) : null,
    relapse: relapses[0] ?? null, relapses, warning: earlyWarning(rows.warning, chart, instrument), missing,
  }
}

/** Who responds again can lose it again: what follows a relapse that was borne out is read anew. */
function relapsesOf(chart: Chart, rows: OutcomeRows, row: ChangeRow, baseline: ScoredPoint, after: readonly ScoredPoint[], zone: string): RelapseFound[] {
  const found = relapseOf(chart, rows, row, baseline, after, zone)
  return found ? [found, ...relapsesOf(chart, rows, row, baseline, after.filter(({ at }) => at > found.confirmedAt), zone)] : []
}

/** In local days, as a person counts them from one answer to the next. */
function relapseOf(chart: Chart, rows: OutcomeRows, row: ChangeRow, baseline: ScoredPoint, after: readonly ScoredPoint[], zone: string): RelapseFound | null {
  const dayZero = localDay(baseline.at, zone)
  const dayOf = (at: Instant) => daysFrom(dayZero, localDay(at, zone))
  const events = eventsOf(chart).map((event) => ({ ...event, day: dayOf(event.at) }))
  const found: Relapse = relapse(rows.relapse, row, baseline.total, after.map((point) => [dayOf(point.at), point.total]), events)
  if (!found.relapse) return null
  const at = (day: number): Instant => [...after, ...events].find((one) => dayOf(one.at) === day)?.at ?? dayStart(plusDaysOf(dayZero, day), zone)
  return { at: at(found.day), confirmedAt: at(found.confirmedDay), confirmedBy: found.confirmedBy }
}

/** What the chart itself says happened: an attempt recorded in a session, an admission counted back from the day it was told. */
export function eventsOf(chart: Chart): { readonly at: Instant; readonly what: RelapseEvent['what'] }[] {
  const attempts = chart.all('symptom.v1').filter((entry) => entry.body.symptom === 'suicidal-act' && entry.body.present).map((entry) => ({ at: entry.at, what: 'attempt' as const }))
  const admissions = chart.all('fact.v1').flatMap((entry) =>
    entry.body.fact === 'daysSincePsychiatricAdmission' && entry.body.state === 'answered' ? [{ at: plusDays(entry.at, -entry.body.value), what: 'admission' as const }] : [])
  return [...attempts, ...admissions]
}

/**
 * The latest complete score after the last dose of the course, when it stands so many points above the lowest one
 * since then; or the latest answer to the risk item, when that is newly positive. A form that was not finished can
 * warn by its item, and what it leaves out takes no warning back.
 */
export function earlyWarning(row: WarningRow, chart: Chart, instrument: Instrument): EarlyWarning | null {
  const last = dosedSessions(chart).findLast((session) => session.part === 'course')
  if (row.instrument !== instrument.id || !last) return null
  const points = curve(chart, instrument)
  const since = points.filter((point) => point.at > last.lastDoseAt)
  const whole = scored(since)
  const latest = whole.at(-1)
  const low = Math.min(...whole.filter((point) => point !== latest).map((point) => point.total))
  const rise = latest === undefined || low === Infinity ? null : latest.total - low
  const item = (point: CurvePoint | undefined) => (point ? itemValue(chart, point, instrument, row.item) : null)
  const asked = since.findLast((point) => item(point) !== null)
  const before = asked && points[points.indexOf(asked) - 1]
  const risen = rise !== null && rise >= row.risePoints ? latest : undefined
  const positive = (item(asked) ?? 0) >= 1 && (item(before) ?? 0) < 1 ? asked : undefined
  const by = risen && positive ? (risen.at > positive.at ? risen : positive) : (risen ?? positive)
  if (!by) return null
  const because = [...(risen ? (['rise'] as const) : []), ...(positive ? (['item'] as const) : [])]
  return { entry: by.entry, at: by.at, because, rise: risen || by === latest ? rise : null, contactBy: plusDays(by.at, row.contactWithinDays) }
}

function itemValue(chart: Chart, point: CurvePoint, instrument: Instrument, id: string): number | null {
  const entry = chart.entry(point.entry)
  const item = instrument.items.find((one) => one.id === id)
  return item && entry?.kind === 'measure-answered.v1' ? valueOf(item, entry.body.answers) : null
}
