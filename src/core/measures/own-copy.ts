import { z } from 'zod'
import { readAsked, type AskedRefusal } from '../shared/asked.ts'
import { ok, refuse, type Result } from '../shared/result.ts'
import type { AnswerScale, Instrument, InstrumentItem } from './instrument.ts'

const words = z.string().trim().min(1).max(2_000)
const steps = z.record(z.string().regex(/^\d{1,3}$/), z.string().trim().min(1).max(300))

/**
 * The words of a questionnaire as a practice brings them from its licensed copy: one file of JSON. `answers` are the words of
 * each step, for all questions alike or, in `answersOf`, for one; `ends` are those of a line, lowest first.
 */
export const copySchema = z.strictObject({
  instrument: z.string().max(60), version: z.string().max(40), language: z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/), licence: words, stem: words.exactOptional(),
  items: z.record(z.string().max(40), words), answers: steps.exactOptional(), answersOf: z.record(z.string().max(40), steps).exactOptional(), ends: z.tuple([words, words]).exactOptional(),
})
export type FormCopy = z.infer<typeof copySchema>

/** The form with the words of a copy, where they fit the skeleton question by question and step by step. Nothing is taken where anything is missing or left over. */
export function withCopy(instrument: Instrument, input: unknown): Result<Instrument, AskedRefusal> {
  const read = readAsked(copySchema, input)
  if (!read.ok) return read
  const copy = read.value
  const fault = headFault(instrument, copy)
  if (fault) return refuse(fault)
  const items: InstrumentItem[] = []
  for (const item of instrument.items) {
    const answer = answerWith(item, copy)
    if (!answer.ok) return answer
    items.push({ ...item, text: copy.items[item.id]!, answer: answer.value })
  }
  const { stem: _own, ...rest } = instrument
  return ok({ ...rest, language: copy.language, ...(copy.stem !== undefined && { stem: copy.stem }), items })
}

function headFault(instrument: Instrument, copy: FormCopy): AskedRefusal | undefined {
  if (copy.instrument !== instrument.id) return { key: 'instrument', message: `these are words for "${copy.instrument}", and this is ${instrument.id}` }
  if (instrument.licence.text === 'shipped') return { key: 'instrument', message: `${instrument.title} has its words already, and they are not changed` }
  if (copy.version !== instrument.version) return { key: 'version', message: `the form here is version ${instrument.version}` }
  const missing = instrument.items.find(({ id }) => !Object.hasOwn(copy.items, id))
  if (missing) return { key: `items.${missing.id}`, message: 'this question has no words' }
  const stranger = [...Object.keys(copy.items), ...Object.keys(copy.answersOf ?? {})].find((id) => !instrument.items.some((item) => item.id === id))
  return stranger === undefined ? undefined : { key: `items.${stranger}`, message: 'the form has no such question' }
}

function answerWith(item: InstrumentItem, copy: FormCopy): Result<AnswerScale, AskedRefusal> {
  const { answer } = item
  if (answer.kind === 'yes-no') return ok(answer)
  if (answer.kind === 'slider') return copy.ends ? ok({ ...answer, low: copy.ends[0], high: copy.ends[1] }) : refuse({ key: 'ends', message: `the ends of the line of ${item.id} have no words` })
  const own = copy.answersOf?.[item.id]
  const said = own ?? copy.answers ?? {}
  const bare = answer.options.find(({ value }) => !Object.hasOwn(said, String(value)))
  const where = own ? `answersOf.${item.id}` : 'answers'
  if (bare) return refuse({ key: `${where}.${bare.value}`, message: `the answer worth ${bare.value} to ${item.id} has no words` })
  const more = own && Object.keys(own).find((value) => !answer.options.some((option) => String(option.value) === value))
  if (more !== undefined) return refuse({ key: `${where}.${more}`, message: `${item.id} has no answer worth ${more}` })
  return ok({ kind: 'choice', options: answer.options.map((option) => ({ ...option, text: said[String(option.value)]! })) })
}

/** What somebody with the right signed about a form: that its condition is accepted, that a copy is loaded, or that it is used no more. */
export interface FormChoice {
  readonly instrument: string
  readonly version: string
  readonly kind: 'condition' | 'copy' | 'stopped'
  /** The clause as it was accepted, the licence as it was stated, or why it is used no more: word for word. */
  readonly statement: string
  readonly copy: FormCopy | null
  readonly by: string
  readonly at: string
}

export interface FormState {
  readonly accepted: FormChoice | undefined
  readonly copy: FormChoice | undefined
  readonly stopped: FormChoice | undefined
  /** What is missing before it may be asked, in the order in which it is settled. */
  readonly missing: readonly ('condition' | 'copy')[]
}

/** Where a form stands in a practice, from everything signed about it, oldest first. A clause that has changed since is accepted again. */
export function formState(instrument: Instrument, choices: readonly FormChoice[]): FormState {
  const of = choices.filter((choice) => choice.instrument === instrument.id)
  const stoppedAt = of.findLastIndex(({ kind }) => kind === 'stopped')
  const since = of.slice(stoppedAt + 1)
  const { condition, text } = instrument.licence
  const accepted = since.findLast(({ kind, statement }) => kind === 'condition' && statement === condition)
  const copy = since.findLast((choice) => choice.kind === 'copy' && choice.version === instrument.version)
  const missing = [...(condition !== undefined && !accepted ? ['condition' as const] : []), ...(text === 'from-practice' && !copy ? ['copy' as const] : [])]
  return { accepted, copy, stopped: since.length === 0 ? of[stoppedAt] : undefined, missing }
}

/** The digest of the words of the copy in force, as it was signed; nothing where the form has no copy. */
export function copyDigest(instrument: Instrument, choices: readonly (FormChoice & { readonly textSha256: string | null })[]): string | undefined {
  const { copy } = formState(instrument, choices)
  return choices.find((choice) => choice === copy)?.textSha256 ?? undefined
}

/** The form as this practice may ask it: with the words of its copy, or undefined while anything is missing. */
export function formHere(instrument: Instrument, choices: readonly FormChoice[]): Instrument | undefined {
  const { missing, copy } = formState(instrument, choices)
  if (missing.length > 0) return undefined
  if (!copy?.copy) return instrument
  const read = withCopy(instrument, copy.copy)
  return read.ok ? read.value : undefined
}
