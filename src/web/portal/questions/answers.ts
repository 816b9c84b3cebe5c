import type { BodyOf } from '../../../core/chart/kinds.ts'
import { missingItems, valueOf, type Instrument, type InstrumentItem } from '../../../core/measures/instrument.ts'
import { wordsKey } from '../../../core/measures/words.ts'
import type { Instant } from '../../../core/shared/time.ts'
import { textDigests } from '../../../knowledge/instruments/text-digests.ts'
import type { Answer } from './Item.tsx'

export type Given = Readonly<Record<string, Answer>>

/** The questions that are asked, given what was answered so far. */
export const askedItems = (instrument: Instrument, given: Given): readonly InstrumentItem[] =>
  instrument.items.filter(({ askedWhen }) => {
    const gate = askedWhen && instrument.items.find(({ id }) => id === askedWhen.item)
    return !askedWhen || (gate !== undefined && valueOf(gate, given) === askedWhen.is)
  })

/** The questions that have to be answered and are not, in the order of the form. */
export function openItems(instrument: Instrument, given: Given): readonly InstrumentItem[] {
  const missing = missingItems(instrument, given)
  return instrument.items.filter(({ id }) => missing.includes(id))
}

/** Whether an answer speaks of death or self-harm: then help is shown at once, not after sending. */
export function needsHelp({ risk, items }: Instrument, given: Given): boolean {
  if (risk?.kind === 'item') {
    const item = items.find(({ id }) => id === risk.item)
    return item !== undefined && (valueOf(item, given) ?? 0) >= risk.atLeast
  }
  return risk?.kind === 'triage' && risk.levels.some(({ anyOf }) => items.some((item) => anyOf.includes(item.id) && valueOf(item, given) === 1))
}

/** Whether this is the question whose answer brings help up. */
export const isRiskItem = ({ risk }: Instrument, item: string) => risk?.kind === 'item' ? risk.item === item : risk?.kind === 'triage' && risk.levels.some(({ anyOf }) => anyOf.includes(item))

/** What goes on the chart. A question left open is written as open, never left out. `ownWords` is the digest of a practice’s own copy. */
export function bodyOf(instrument: Instrument, given: Given, startedAt: Instant, ownWords?: string): BodyOf<'measure-answered.v1'> {
  const asked = askedItems(instrument, given).filter((item) => item.required || valueOf(item, given) !== null)
  const textSha256 = ownWords ?? textDigests[wordsKey(instrument)]
  return { instrument: instrument.id, version: instrument.version, language: instrument.language, ...(textSha256 !== undefined && { textSha256 }), answers: Object.fromEntries(asked.map(({ id }) => [id, given[id] ?? null])), answeredBy: 'patient', startedAt }
}
