import type { Chart } from '../../../core/chart/chart.ts'
import type { Instrument } from '../../../core/measures/instrument.ts'
import { score } from '../../../core/measures/score.ts'
import type { Instant } from '../../../core/shared/time.ts'
import { sessionsHeld } from '../visits.ts'

export interface Point { readonly at: Instant; readonly total: number }

export interface OwnCurve {
  readonly instrument: string
  readonly points: readonly Point[]
  /** The last answer before the first session, or the first one there is. */
  readonly start: Point | undefined
  readonly last: Point | undefined
  /** Points lower than at the start; negative when higher. Unknown with fewer than two answers. */
  readonly lowerBy: number | undefined
  readonly most: number
}

/** Every complete answer of one form, as a sum over time. What is incomplete has no sum and is left out. */
export function ownCurve(chart: Chart, instrument: Instrument): OwnCurve {
  const points = chart.all('measure-answered.v1').filter(({ body }) => body.instrument === instrument.id).flatMap(({ at, body }) => {
    const { total } = score(instrument, body.answers)
    return total === null ? [] : [{ at, total }]
  })
  const first = sessionsHeld(chart)[0]?.startedAt
  const start = (first === undefined ? undefined : points.findLast(({ at }) => at <= first)) ?? points[0]
  const last = points.at(-1)
  return { instrument: instrument.id, points, start, last, lowerBy: start && last && start !== last ? start.total - last.total : undefined, most: mostOf(instrument) }
}

/** The difference in plain words, without a verdict. */
export function differenceWords(lowerBy: number | undefined): string {
  if (lowerBy === undefined) return 'One answer so far, so there is nothing to compare yet.'
  const points = Math.abs(lowerBy) === 1 ? 'point' : 'points'
  return lowerBy === 0 ? 'The same as at the start.' : `${lowerBy > 0 ? 'Lower' : 'Higher'} than at the start by ${Math.abs(lowerBy)} ${points}.`
}

function mostOf({ scoring, items }: Instrument): number {
  if (scoring.kind !== 'sum') return 0
  return items.filter(({ id }) => scoring.items.includes(id)).reduce((sum, { answer }) => sum + (answer.kind === 'choice' ? Math.max(...answer.options.map(({ value }) => value)) : answer.kind === 'slider' ? answer.max : 1), 0)
}
