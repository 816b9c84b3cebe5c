import { missingItems, valueOf, type AnswerFlag, type Answers, type Instrument } from './instrument.ts'

export interface Score {
  readonly total: number | null
  readonly subscales: Readonly<Record<string, number | null>>
  readonly band: string | null
  /** Required items without a usable answer, in the order of the form. */
  readonly missing: readonly string[]
}

/**
 * Counts one set of answers. An answer that the item does not have (a 4 on a 0–3 scale) counts as missing.
 * There is no total, and no subscale, with an item of it missing: nothing is prorated.
 */
export function score(instrument: Instrument, answers: Answers): Score {
  const { scoring } = instrument
  const missing = missingItems(instrument, answers)
  if (scoring.kind === 'none') return { total: null, subscales: {}, band: null, missing }
  const sum = (ids: readonly string[]) => sumOf(instrument, answers, ids)
  const total = missing.length > 0 ? null : sum(scoring.items)
  const subscales = Object.fromEntries(Object.entries(scoring.subscales ?? {}).map(([name, ids]) => [name, sum(ids)]))
  return { total, subscales, band: total === null ? null : bandOf(instrument, total), missing }
}

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

function sumOf(instrument: Instrument, answers: Answers, ids: readonly string[]): number | null {
  let total = 0
  for (const id of ids) {
    const item = instrument.items.find((one) => one.id === id)
    const value = item ? valueOf(item, answers) : null
    if (value === null) return null
    total += value
  }
  return total
}
