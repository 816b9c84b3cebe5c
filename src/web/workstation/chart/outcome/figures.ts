import type { Instrument } from '../../../../core/measures/instrument.ts'

/** The highest total a questionnaire can have; nothing where it has none. */
export function mostOf(instrument: Instrument): number | undefined {
  const { scoring } = instrument
  if (scoring.kind !== 'sum') return undefined
  return instrument.items.filter(({ id }) => scoring.items.includes(id)).reduce((sum, { answer }) => {
    if (answer.kind === 'choice') return sum + Math.max(...answer.options.map(({ value }) => value))
    return sum + (answer.kind === 'slider' ? answer.max : 1)
  }, 0)
}
