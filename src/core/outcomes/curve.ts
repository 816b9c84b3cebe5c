import type { Chart } from '../chart/chart.ts'
import type { Instrument } from '../measures/instrument.ts'
import { dosedSessions } from '../measures/doses.ts'
import { score } from '../measures/score.ts'
import { daysBetween, type Instant } from '../shared/time.ts'
import type { BaselineRow } from './rows.ts'

export interface CurvePoint {
  readonly entry: string
  readonly at: Instant
  /** Null when an item is missing: the point is drawn as a gap, never as a guess. */
  readonly total: number | null
  readonly band: string | null
  readonly missing: readonly string[]
  readonly answeredBy: 'patient' | 'clinician'
  /** Days from the first dose, with any fraction; null before there was one. */
  readonly day: number | null
}

export interface ScoredPoint extends CurvePoint {
  readonly total: number
}

/** Every answer to one instrument, oldest first, with its score. */
export function curve(chart: Chart, instrument: Instrument): CurvePoint[] {
  const first = dosedSessions(chart)[0]
  return chart.all('measure-answered.v1').filter((entry) => entry.body.instrument === instrument.id).map((entry) => {
    const { total, band, missing } = score(instrument, entry.body.answers)
    return { entry: entry.id, at: entry.at, total, band, missing, answeredBy: entry.body.answeredBy, day: first ? daysBetween(first.firstDoseAt, entry.at) : null }
  })
}

export const scored = (points: readonly CurvePoint[]): ScoredPoint[] => points.filter((point): point is ScoredPoint => point.total !== null)

/** The last complete score before the first dose, if it is not older than the row allows. */
export function baselineOf(row: BaselineRow, chart: Chart, instrument: Instrument): ScoredPoint | null {
  const first = dosedSessions(chart)[0]
  if (!first) return null
  const before = scored(curve(chart, instrument)).filter((point) => point.at < first.firstDoseAt)
  const last = before.at(-1)
  return last && daysBetween(last.at, first.firstDoseAt) <= row.withinDays ? last : null
}
