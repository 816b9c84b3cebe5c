import { factSchemas, type FactName } from '../../../../core/chart/facts.ts'
import type { BodyOf } from '../../../../core/chart/kinds.ts'
import { momentOf, wallAt } from '../words.ts'
import type { Question } from './questions.ts'

type FactBody = BodyOf<'fact.v1'>
export type SubstanceStatus = 'active' | 'early-remission' | 'remission'

/** What stands in the fields of one question: an answer being made, or one of the two answers that are no value. */
export interface AnswerDraft {
  readonly said: 'value' | 'not-known' | 'declined' | null
  /** Of a yes-no question `yes` or `no`, of a choice its value, of a list `none` or `some`. */
  readonly choice: string | null
  readonly number: number | null
  readonly substances: readonly { readonly substance: string; readonly status: SubstanceStatus | null }[]
  readonly names: string
  readonly day: string | null
  readonly time: string | null
}
export const unanswered: AnswerDraft = { said: null, choice: null, number: null, substances: [{ substance: '', status: null }], names: '', day: null, time: null }

/** The entry a draft makes, or what is missing about it in a sentence. Nothing is guessed: half an answer is none. */
export function factBody(fact: FactName, question: Question, draft: AnswerDraft, zone: string): { readonly body: FactBody } | { readonly problem: string } {
  if (draft.said === 'not-known' || draft.said === 'declined') return { body: { fact, state: draft.said } }
  const value = valueOf(question, draft, zone)
  if (value === undefined) return { problem: 'Answer it, or say that it is not known or was declined.' }
  const read = factSchemas[fact].safeParse(value)
  if (!read.success) return { problem: question.kind === 'number' ? `This is outside what can be: ${boundsOf(fact)}.` : 'This answer cannot be written as it is.' }
  return { body: { fact, state: 'answered', value: read.data } as FactBody }
}

function valueOf(question: Question, draft: AnswerDraft, zone: string): unknown {
  switch (question.kind) {
    case 'yes-no': return draft.choice === 'yes' ? true : draft.choice === 'no' ? false : undefined
    case 'choice': return draft.choice ?? undefined
    case 'number': return draft.number ?? undefined
    case 'moment': return momentOf(draft.day, draft.time, zone)
    case 'in-the-room': return undefined
    case 'names': return draft.choice === 'none' ? [] : draft.choice === 'some' ? textList(draft.names) : undefined
    case 'substances': return draft.choice === 'none' ? [] : draft.choice === 'some' ? substanceList(draft.substances) : undefined
  }
}

const textList = (text: string) => {
  const names = text.split(',').map((name) => name.trim()).filter(Boolean)
  return names.length > 0 ? names : undefined
}

/** Every named substance needs its status; a line with neither is no line. */
function substanceList(lines: AnswerDraft['substances']) {
  const filled = lines.filter(({ substance, status }) => substance.trim() || status)
  if (filled.length === 0 || filled.some(({ substance, status }) => !substance.trim() || !status)) return undefined
  return filled.map(({ substance, status }) => ({ substance: substance.trim(), status }))
}

/** A draft that says what an entry says, for correcting it. */
export function draftOf(body: FactBody, question: Question, zone: string): AnswerDraft {
  if (body.state !== 'answered') return { ...unanswered, said: body.state }
  const value: unknown = body.value
  const said = { ...unanswered, said: 'value' } as const
  if (typeof value === 'boolean') return { ...said, choice: value ? 'yes' : 'no' }
  if (typeof value === 'number') return { ...said, number: value }
  if (question.kind === 'moment') return { ...said, ...wallAt(String(value), zone) }
  if (typeof value === 'string') return { ...said, choice: value }
  const items = value as readonly unknown[]
  if (items.length === 0) return { ...said, choice: 'none' }
  return question.kind === 'substances' ? { ...said, choice: 'some', substances: items as AnswerDraft['substances'] } : { ...said, choice: 'some', names: items.map(String).join(', ') }
}

/** The bounds of the possible, read from the vocabulary itself. */
function boundsOf(fact: FactName): string {
  const schema = factSchemas[fact] as { minValue?: number | null; maxValue?: number | null }
  return `${schema.minValue ?? 'any'} to ${schema.maxValue ?? 'any'}`
}
