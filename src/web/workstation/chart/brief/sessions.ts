import type { Chart } from '../../../../core/chart/chart.ts'
import type { EntryOf } from '../../../../core/chart/entry.ts'
import type { DoseRoute } from '../../../../core/chart/kinds/clearance.ts'
import { dosedSessions, doseOfAll } from '../../../../core/measures/doses.ts'
import { score } from '../../../../core/measures/score.ts'
import { isComplete, type Instrument } from '../../../../core/measures/instrument.ts'
import { scored, type CurvePoint } from '../../../../core/outcomes/curve.ts'
import { tolerances } from '../../../../core/session/say-entry.ts'
import { comparedIn, type Compared } from '../../../../core/session/transcribed.ts'
import { daysBetween, type Instant } from '../../../../core/shared/time.ts'
import { showPerKg } from '../../../../core/shared/units.ts'
import { sideEffects } from '../../../../knowledge/effects.ts'
import { instruments } from '../../../../knowledge/instruments.ts'

/** One dosed session as a prescriber compares it with the others: everything from both people's ledger, nothing from memory. */
export interface SessionBrief {
  readonly id: string
  readonly at: Instant
  readonly route: DoseRoute
  /** Unknown while a step stands in two records. */
  readonly doseUg: number | undefined
  readonly steps: number
  /** By the weight that stood on the order. */
  readonly perKg: string | undefined
  readonly systolicMmHg: number | undefined
  readonly peakPressure: string | undefined
  readonly peakEffect: string | undefined
  /** The scale falls: its lowest value is the deepest. */
  readonly deepest: string | undefined
  /** The highest that was rated after the dose, of 10. */
  readonly dissociation: number | undefined
  readonly nausea: string | undefined
  /** All doses up to and with this one; unknown while any of them is. */
  readonly sumUg: number | undefined
  readonly sideEffects: readonly string[]
  readonly tolerance: string | undefined
  readonly note: string | undefined
  readonly phqBefore: number | undefined
  /** How far it was typed from paper, and whether that was compared. */
  readonly paper: Compared | 'none'
}

const phq9: Instrument = instruments['phq-9']

export function sessionBriefs(chart: Chart): SessionBrief[] {
  const sessions = dosedSessions(chart)
  return sessions.map(({ session, firstDoseAt, doseUg, steps, route }, place) => {
    const inRoom = <Entry extends { readonly session?: string | undefined }>(entries: readonly Entry[]) => entries.filter((entry) => entry.session === session)
    const since = inRoom(chart.all('vitals.v1')).filter(({ at }) => at >= firstDoseAt)
    const peak = since.filter(({ body }) => body.systolicMmHg !== undefined).toSorted((a, b) => b.body.systolicMmHg! - a.body.systolicMmHg!)[0]
    const closed = inRoom(chart.all('session-closed.v1')).at(-1)?.body
    const ratings = inRoom(chart.all('rating.v1')).filter(({ at }) => at >= firstDoseAt)
    return {
      id: session, at: firstDoseAt, route, doseUg, steps, perKg: perKg(chart, session, doseUg), systolicMmHg: peak?.body.systolicMmHg,
      peakPressure: peak ? `${peak.body.systolicMmHg}/${peak.body.diastolicMmHg ?? '–'}` : undefined, peakEffect: effectOf(ratings), deepest: deepestOf(inRoom(chart.all('mental-status.v1')).filter(({ at }) => at >= firstDoseAt)),
      dissociation: highest(ratings, 'dissociation'), nausea: ratedOf(ratings, 'nausea'), sumUg: doseOfAll(sessions.slice(0, place + 1)),
      sideEffects: effectsOf(inRoom(chart.all('side-effect.v1'))), tolerance: closed && tolerances[closed.tolerance], note: closed?.note || undefined, phqBefore: phqBefore(chart, firstDoseAt), paper: comparedIn(chart, session),
    }
  })
}

function perKg(chart: Chart, session: string, doseUg: number | undefined): string | undefined {
  if (doseUg === undefined) return undefined
  const started = chart.entry(session)
  const order = started?.kind === 'session-started.v1' ? chart.entry(started.body.order) : undefined
  return order?.kind === 'order.v1' ? showPerKg(doseUg, order.body.weightG) : undefined
}

function highest(ratings: readonly EntryOf<'rating.v1'>[], scale: EntryOf<'rating.v1'>['body']['scale']): number | undefined {
  const values = ratings.filter(({ body }) => body.scale === scale).map(({ body }) => body.value)
  return values.length > 0 ? Math.max(...values) : undefined
}

const ratedOf = (ratings: readonly EntryOf<'rating.v1'>[], scale: Parameters<typeof highest>[1]): string | undefined => {
  const value = highest(ratings, scale)
  return value === undefined ? undefined : `${value} of 10`
}

const effectOf = (ratings: readonly EntryOf<'rating.v1'>[]): string | undefined =>
  (['intensity', 'distress'] as const).flatMap((scale) => { const value = highest(ratings, scale); return value === undefined ? [] : [`${scale} ${value} of 10`] }).join(', ') || undefined

function deepestOf(states: readonly EntryOf<'mental-status.v1'>[]): string | undefined {
  const levels = states.flatMap(({ body }) => (body.moaaS === undefined ? [] : [body.moaaS]))
  return levels.length > 0 ? `MOAA/S ${Math.min(...levels)}` : undefined
}

/** One word each, at its worst grade; what was done about it stands beside it. */
function effectsOf(entries: readonly EntryOf<'side-effect.v1'>[]): string[] {
  const worst = new Map<string, EntryOf<'side-effect.v1'>>()
  for (const entry of entries) if ((worst.get(entry.body.term)?.body.grade ?? 0) <= entry.body.grade) worst.set(entry.body.term, entry)
  return [...worst.values()].map(({ body }) => `${sideEffects.find(({ id }) => id === body.term)?.label ?? body.term}, grade ${body.grade}${body.action ? ` (${body.action})` : ''}`)
}

function phqBefore(chart: Chart, at: Instant): number | undefined {
  const last = chart.all('measure-answered.v1').findLast((entry) => entry.body.instrument === phq9.id && entry.at <= at && isComplete(phq9, entry.body.answers))
  return last ? (score(phq9, last.body.answers).total ?? undefined) : undefined
}

/** Points a week, by least squares over every complete score from the one before the first dose on; nothing with fewer than two. */
export function slopePerWeek(points: readonly CurvePoint[], firstDoseAt: Instant | undefined): number | undefined {
  const complete = scored(points)
  const from = firstDoseAt === undefined ? undefined : (complete.findLast(({ at }) => at <= firstDoseAt)?.at ?? firstDoseAt)
  const used = from === undefined ? [] : complete.filter(({ at }) => at >= from)
  const [first] = used
  if (!first || used.length < 2) return undefined
  const xs = used.map(({ at }) => daysBetween(first.at, at) / 7)
  const [meanX, meanY] = [sum(xs) / xs.length, sum(used.map(({ total }) => total)) / used.length]
  const spread = sum(xs.map((x) => (x - meanX) ** 2))
  return spread === 0 ? undefined : Math.round((sum(xs.map((x, at) => (x - meanX) * (used[at]!.total - meanY))) / spread) * 100) / 100
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
