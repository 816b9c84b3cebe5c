import { endsOf, type Instrument } from '../instrument.ts'

/** Words that fit a skeleton and are nobody's: what a practice's own file looks like. Tests only. */
export function copyFor(instrument: Instrument, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const values = instrument.items.flatMap(({ answer }) => (answer.kind === 'choice' ? answer.options.map(({ value }) => value) : []))
  const lines = instrument.items.some(({ answer }) => answer.kind === 'slider' && endsOf(answer).max > 0)
  return {
    instrument: instrument.id, version: instrument.version, language: 'en', licence: 'Licence 123 of the sample owner', stem: 'Over the last while:',
    items: Object.fromEntries(instrument.items.map(({ id }) => [id, `Sample words of ${id}`])),
    ...(values.length > 0 && { answers: Object.fromEntries(values.map((value) => [String(value), `Answer ${value}`])) }), ...(lines && { ends: ['none', 'most'] }), ...more,
  }
}
