import type { Chart } from '../../chart/chart.ts'
import { instrumentOf } from '../../measures/instrument.ts'
import { followUpSpans } from '../../measures/windows.ts'
import { daysBetween } from '../../shared/time.ts'
import { curve, scored, type ScoredPoint } from '../curve.ts'
import type { CourseRowRows, Span } from './course-row.ts'
import { dayNumbers } from './day-number.ts'
import { verdict, type Verdict } from './verdict.ts'

/** One questionnaire over one course. */
export interface MeasureRow {
  readonly instrument: string
  /** The last complete score shortly before the first dose, and the last one after it that the course ends with. */
  readonly baseline: number | null
  readonly end: number | null
  /** Null while either is missing, which is never "no change". */
  readonly verdict: Verdict | null
  /** The score nearest to each follow-up day, by the windows of the rows; null where there is none. */
  readonly followUps: readonly (number | null)[]
}

/** The questionnaires that have figures: those always counted, and those that were answered. */
export function measuresOf(chart: Chart, span: Span, rows: CourseRowRows): MeasureRow[] {
  return rows.practice.instruments.flatMap(({ instrument, always }) => {
    const { baseline, end, after } = pointsOf(chart, instrument, span, rows)
    if (!always && !baseline && after.length === 0) return []
    const found = baseline && end ? (verdict(rows, instrument, baseline.total, end.total) ?? null) : null
    return [{ instrument, baseline: baseline?.total ?? null, end: end?.total ?? null, verdict: found, followUps: followUpsOf(chart, after, span, rows) }]
  })
}

export interface Points {
  readonly baseline: ScoredPoint | undefined
  /** Complete scores after the first dose, before another course began. */
  readonly after: readonly ScoredPoint[]
  readonly end: ScoredPoint | undefined
}

export function pointsOf(chart: Chart, instrument: string, span: Span, { instruments, outcomes, practice, zone }: Pick<CourseRowRows, 'instruments' | 'outcomes' | 'practice' | 'zone'>): Points {
  const row = instrumentOf(instruments, instrument)
  const points = row ? scored(curve(chart, row)) : []
  const last = points.findLast(({ at }) => at < span.firstDoseAt)
  const baseline = last && daysBetween(last.at, span.firstDoseAt) <= outcomes.baseline.withinDays ? last : undefined
  const after = points.filter(({ at }) => at > span.firstDoseAt && (span.nextAt === undefined || at < span.nextAt))
  const dayOf = dayNumbers(chart, zone)
  const end = after.findLast(({ at }) => dayOf(at) - dayOf(span.lastDoseAt) <= practice.endpoint.withinDays && (span.maintenanceAt === undefined || at < span.maintenanceAt))
  return { baseline, after, end }
}

function followUpsOf(chart: Chart, after: readonly ScoredPoint[], span: Span, { practice, zone }: CourseRowRows): (number | null)[] {
  const dayOf = dayNumbers(chart, zone)
  const days = after.map((point) => ({ day: dayOf(point.at) - dayOf(span.lastDoseAt), total: point.total }))
  return followUpSpans(practice.followUps.map(({ day }) => day), practice.followUps).map(({ day, fromDay, toDay }) => {
    const inside = days.filter((point) => point.day >= fromDay && point.day <= toDay)
    return inside.toSorted((a, b) => Math.abs(a.day - day) - Math.abs(b.day - day))[0]?.total ?? null
  })
}
