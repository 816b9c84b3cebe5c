import { lookUp, type AnswerScale, type Instrument } from './instrument.ts'
import { rangeOf } from './counting.ts'

/** What each answer adds to a plain sum, by item and value. */
export interface Points {
  readonly of: ReadonlyMap<string, ReadonlyMap<number, number>>
  readonly min: number
  readonly max: number
}

/** The points of a form whose total is a plain sum of answers in steps; nothing where its author counts in another way, or a number would have to be typed. A mean is shown as the sum behind it. */
export function linearPoints(instrument: Instrument): Points | undefined {
  const { scoring } = instrument
  if ((scoring.kind !== 'sum' && scoring.kind !== 'mean') || (scoring.times ?? 1) !== 1) return undefined
  const of = new Map<string, ReadonlyMap<number, number>>()
  for (const id of scoring.items) {
    const values = stepsOf(instrument.items.find((item) => item.id === id)?.answer)
    if (!values) return undefined
    const ends = Math.min(...values) + Math.max(...values)
    of.set(id, new Map(values.map((value) => [value, scoring.reversed?.includes(id) ? ends - value : value])))
  }
  const range = rangeOf({ kind: 'sum', items: scoring.items, ...(scoring.reversed ? { reversed: scoring.reversed } : {}) }, lookUp(instrument, {}))
  return range ? { of, ...range } : undefined
}

const stepsOf = (answer: AnswerScale | undefined): readonly number[] | undefined =>
  answer?.kind === 'choice' ? answer.options.map(({ value }) => value) : answer?.kind === 'yes-no' ? [0, 1] : undefined
