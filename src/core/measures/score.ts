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
  const plain = plainForm(instrument)
  const whole = plain && plainTotal(plain, answers)
  if (plain && whole !== null) return { total: whole, subscales: {}, band: plain.bands[whole] ?? null, missing: [] }
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

interface PlainItem { readonly id: string; readonly most: number }
interface PlainForm { readonly items: readonly PlainItem[]; readonly bands: readonly (string | null)[] }
const forms = new WeakMap<Instrument, PlainForm | null>()

/** A form that is nothing but a sum of its items, read once; null for every other. It counts as all forms do, only sooner. */
function plainForm(instrument: Instrument): PlainForm | null {
  const known = forms.get(instrument)
  if (known !== undefined) return known
  const items = plainItems(instrument)
  const most = items?.reduce((sum, item) => sum + item.most, 0) ?? 0
  const form = items && { items, bands: Array.from({ length: most + 1 }, (_, total) => bandOf(instrument, total)) }
  forms.set(instrument, form)
  return form
}

/** Null where anything is missing, or is no answer that the item has. */
function plainTotal({ items }: PlainForm, answers: Answers): number | null {
  let total = 0
  for (const { id, most } of items) {
    const value = answers[id]
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > most) return null
    total += value
  }
  return total
}

/** Every item required, asked always and chosen from 0, 1, 2 … without a gap, each counted once as it is. */
function plainItems({ items, scoring, findings }: Instrument): readonly PlainItem[] | null {
  if (scoring.kind !== 'sum' || scoring.reversed?.length || scoring.times !== undefined || scoring.subscales || findings?.length) return null
  const counted = new Set(scoring.items)
  if (counted.size !== scoring.items.length) return null
  const read = items.filter(({ id, required }) => required || counted.has(id)).flatMap(({ id, answer, required, askedWhen }) => {
    const values = answer.kind === 'choice' ? answer.options.map(({ value }) => value).toSorted((a, b) => a - b) : []
    const isPlain = required && !askedWhen && counted.has(id) && values.length > 0 && values.every((value, at) => value === at)
    return isPlain ? [{ id, most: values.length - 1 }] : []
  })
  return read.length === counted.size && items.every(({ id, required }) => !required || counted.has(id)) ? read : null
}
