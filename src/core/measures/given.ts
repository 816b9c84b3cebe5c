import type { BodyOf } from '../chart/kinds.ts'
import type { Instant } from '../shared/time.ts'
import { missingItems, valueOf, type Instrument, type InstrumentItem } from './instrument.ts'

/** What somebody has answered of a form so far, by item. Nothing and null are both no answer. */
export type Given = Readonly<Record<string, number | boolean | null>>

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

/** Whether this is a question whose answer brings help up. */
export const isRiskItem = ({ risk }: Instrument, item: string): boolean => risk?.kind === 'item' ? risk.item === item : risk?.kind === 'triage' && risk.levels.some(({ anyOf }) => anyOf.includes(item))

/** The least answer of this question that brings help up; nothing where none does. */
export function helpFrom({ risk }: Instrument, item: string): number | undefined {
  if (risk?.kind === 'item') return risk.item === item ? risk.atLeast : undefined
  return risk?.levels.some(({ anyOf }) => anyOf.includes(item)) ? 1 : undefined
}

interface How {
  /** The digest of the words that were read. */
  readonly textSha256: string | undefined
  readonly via?: 'link' | 'tablet'
  /** The entry by which the tablet was handed over. */
  readonly handed?: string
  /** The person themselves, where nobody else is named. */
  readonly answeredBy?: 'patient' | 'clinician'
}

/** What goes on the chart. A question left open is written as open, never left out. */
export function bodyOf(instrument: Instrument, given: Given, startedAt: Instant | null, { textSha256, via, handed, answeredBy = 'patient' }: How): BodyOf<'measure-answered.v1'> {
  const asked = askedItems(instrument, given).filter((item) => item.required || valueOf(item, given) !== null)
  return {
    instrument: instrument.id, version: instrument.version, language: instrument.language, ...(textSha256 !== undefined && { textSha256 }),
    answers: Object.fromEntries(asked.map(({ id }) => [id, given[id] ?? null])), answeredBy, ...(startedAt !== null && { startedAt }), ...(via && { via }), ...(handed && { handed }),
  }
}

/** What was sent as text, item by item. What an item does not have as an answer is none. */
export function givenFrom(instrument: Instrument, sent: Readonly<Record<string, unknown>>): Given {
  return Object.fromEntries(instrument.items.flatMap((item) => {
    const raw = Object.hasOwn(sent, item.id) ? sent[item.id] : undefined
    const value = typeof raw === 'string' && /^\d{1,3}$/.test(raw) ? Number(raw) : item.answer.kind === 'yes-no' && (raw === 'true' || raw === 'false') ? raw === 'true' : raw
    return (typeof value === 'number' || typeof value === 'boolean') && valueOf(item, { [item.id]: value }) !== null ? [[item.id, value]] : []
  }))
}

/** How far the answers speak of death or self-harm: the highest of those that do, nothing where none does. */
export const helpLevel = (instrument: Instrument, given: Given): number =>
  needsHelp(instrument, given) ? Math.max(...instrument.items.filter(({ id }) => isRiskItem(instrument, id)).map((item) => valueOf(item, given) ?? 0)) : 0
