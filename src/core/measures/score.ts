import type { Truth } from '../shared/truth.ts'
import { count, itemsOf, judgeSign, type Counting, type LookUp } from './counting.ts'
import { lookUp, missingItems, valueOf, type AnswerFlag, type Answers, type Instrument } from './instrument.ts'

export interface Score {
  readonly total: number | null
  readonly subscales: Readonly<Record<string, number | null>>
  readonly band: string | null
  /** Required items without a usable answer, in the order of the form. */
  readonly missing: readonly string[]
  /** What the author's own rules read in the answers; left out where there are no such rules. */
  readonly findings?: readonly { readonly id: string; readonly says: string; readonly is: Truth }[]
}

/**
 * Counts one set of answers. An answer that the item does not have (a 4 on a 0–3 scale) counts as missing.
 * There is no total, and no subscale, with an item of it missing: nothing is prorated unless the author's rule says so.
 */
export function score(instrument: Instrument, answers: Answers): Score {
  const { scoring, findings } = instrument
  const missing = missingItems(instrument, answers)
  const of = lookUp(instrument, answers)
  const total = scoring.kind === 'none' ? null : totalOf(scoring, missing, of)
  const subscales = Object.fromEntries(Object.entries(scoring.subscales ?? {}).map(([name, counting]) => [name, count(counting, of)]))
  const counted = { total, subscales, band: total === null ? null : bandOf(instrument, total), missing }
  if (!findings?.length) return counted
  const scores = { ...subscales, total }
  return { ...counted, findings: findings.map(({ id, says, when }) => ({ id, says, is: judgeSign(when, of, scores) })) }
}

/** A required item that is missing takes the total away, also where the total does not read it: the form is not finished. */
function totalOf(scoring: Counting, missing: readonly string[], of: LookUp): number | null {
  const read = itemsOf(scoring)
  return missing.every((item) => read.includes(item)) ? count(scoring, of) : null
}

/** A number as people read it: a mean to two places. */
export const sayNumber = (value: number): string => String(Math.round(value * 100) / 100)

/** Single answers that a clinician should see whatever the total says. */
export function flagsOf(instrument: Instrument, answers: Answers): readonly AnswerFlag[] {
  return (instrument.flags ?? []).filter((flag) => {
    const item = instrument.items.find((one) => one.id === flag.item)
    const value = item ? valueOf(item, answers) : null
    return value !== null && value >= flag.atLeast
  })
}

function bandOf(instrument: Instrument, total: number): string | null {
  return instrument.bands.find((band) => total >= band.from && total <= band.to)?.name ?? null
}
