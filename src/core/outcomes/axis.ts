import type { Chart } from '../chart/chart.ts'
import type { VisitType } from '../chart/kinds/aftercare.ts'
import { dosedSessions } from '../measures/doses.ts'
import { isComplete, valueOf, type Instrument } from '../measures/instrument.ts'
import { dayStart } from '../shared/local-day.ts'
import type { Instant } from '../shared/time.ts'

/** Something that stands on the time axis of a person beside their scores. It explains none of them. */
export type AxisEvent =
  | { readonly what: 'dose'; readonly at: Instant; readonly entry: string; readonly doseUg: number | undefined }
  | { readonly what: 'visit'; readonly at: Instant; readonly entry: string; readonly type: VisitType }
  | { readonly what: 'medicine'; readonly at: Instant; readonly entry: string; readonly name: string; readonly dosage: string; readonly how: 'begun' | 'changed' | 'stopped' }
  | { readonly what: 'life'; readonly at: Instant; readonly entry: string; readonly says: string; readonly felt: 'easier' | 'harder' | 'neither' }

/**
 * Doses, visits that took place, medicines begun, changed or stopped, and what happened in life, oldest first, each on the
 * day on which it was so. A list that was written down once is where somebody began, and no change: it has no place here.
 */
export function eventsOnAxis(chart: Chart, zone: string): AxisEvent[] {
  const doses = dosedSessions(chart).map(({ session, firstDoseAt, doseUg }): AxisEvent => ({ what: 'dose', at: firstDoseAt, entry: session, doseUg }))
  const closed = chart.all('visit-closed.v1').filter(({ body }) => body.outcome !== 'missed').map(({ id, body }): AxisEvent => ({ what: 'visit', at: body.startedAt, entry: id, type: body.type }))
  const notes = chart.all('integration.v1').filter(({ body }) => !chart.all('visit-closed.v1').some((visit) => visit.body.type === 'integration' && visit.body.startedAt < body.endedAt && body.startedAt < visit.body.endedAt)).map(({ id, body }): AxisEvent => ({ what: 'visit', at: body.startedAt, entry: id, type: 'integration' }))
  const life = chart.all('life-event.v1').map(({ id, body }): AxisEvent => ({ what: 'life', at: dayStart(body.on, zone), entry: id, says: body.says, felt: body.felt }))
  return [...doses, ...closed, ...notes, ...medicineChanges(chart, zone), ...life].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

function medicineChanges(chart: Chart, zone: string): AxisEvent[] {
  const before = new Map<string, { readonly dosage: string; readonly status: string }>()
  return chart.all('medication.v1').flatMap(({ id, at, body }): AxisEvent[] => {
    const known = before.get(body.name.toLowerCase())
    before.set(body.name.toLowerCase(), body)
    const event = (how: 'begun' | 'changed' | 'stopped', when: Instant): AxisEvent[] => [{ what: 'medicine', at: when, entry: id, name: body.name, dosage: body.dosage, how }]
    if (body.status === 'stopped') return body.stoppedOn !== undefined || known?.status === 'active' ? event('stopped', body.stoppedOn === undefined ? at : dayStart(body.stoppedOn, zone)) : []
    if (known?.status === 'active') return known.dosage === body.dosage ? [] : event('changed', at)
    return body.startedOn === undefined && !known ? [] : event('begun', body.startedOn === undefined ? at : dayStart(body.startedOn, zone))
  })
}

export interface MeanPoint {
  readonly entry: string
  readonly at: Instant
  /** To one decimal; null where a line was left open. */
  readonly mean: number | null
}

/** The mean of a form that is read as a trend and has no total, such as the one about working together. */
export const meanCurve = (chart: Chart, instrument: Instrument): MeanPoint[] =>
  chart.all('measure-answered.v1').filter(({ body }) => body.instrument === instrument.id).map(({ id, at, body }) => {
    const values = instrument.items.flatMap((item) => valueOf(item, body.answers) ?? [])
    return { entry: id, at, mean: isComplete(instrument, body.answers) && values.length > 0 ? Math.round((values.reduce((sum, value) => sum + value, 0) / values.length) * 10) / 10 : null }
  })

/** Which scale tells of what somebody came for. */
export interface ScaleRow {
  readonly codes: readonly string[]
  readonly instrument: string
}

/** The scale of the indication, by the beginning of its codes; the usual one where nobody wrote an indication or no row knows it. */
export function scaleOf(chart: Chart, rows: readonly ScaleRow[], usual: string): string {
  const codes = chart.all('condition.v1').filter(({ body }) => body.category === 'indication' && body.status !== 'resolved').flatMap(({ body }) => body.codes.map(({ code }) => code))
  return rows.find((row) => row.codes.some((prefix) => codes.some((code) => code.startsWith(prefix))))?.instrument ?? usual
}
