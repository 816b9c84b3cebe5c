import type { InquiryRow } from '../../../core/contract/running.ts'
import type { CallQuestion } from '../../../core/matching/call-sheet.ts'

export type Answers = Readonly<Record<string, string>>
export type CallOutcome = 'goes-on' | 'not-now' | 'referred-elsewhere' | 'no-answer' | 'crisis'

/** The call as it is being written down. It is kept whole each time, so that nothing depends on the order of saving. */
export interface CallDraft {
  readonly startedAt: string | null
  readonly endedAt: string | null
  readonly answers: Answers
  readonly outcome: CallOutcome | null
  readonly note: string
}

type Asked = Pick<InquiryRow, 'message' | 'preferences' | 'call'>

/** What was written down so far, on top of what the person already wrote on the form. */
export function draftOf(inquiry: Asked, sheet: readonly CallQuestion[]): CallDraft {
  const { call } = inquiry
  return {
    startedAt: call?.startedAt ?? null, endedAt: call?.endedAt ?? null, note: call?.note ?? '',
    answers: { ...fromForm(inquiry, sheet), ...call?.answers }, outcome: (call?.outcome as CallOutcome | null | undefined) ?? null,
  }
}

/** Several answers to one question are kept in one text; none of the answers holds a comma. */
export const several = (value: string | undefined): string[] => (value ? value.split(',') : [])
export const together = (values: readonly string[]): string => values.join(',')

export const isAnswered = (answers: Answers, id: string): boolean => (answers[id] ?? '').trim() !== ''

/**
 * Answers that the form already gave. What the form fills in by itself for those who left it open (either place,
 * English, not a client) is no answer, so the coordinator asks.
 */
export function fromForm({ message, preferences }: Pick<Asked, 'message' | 'preferences'>, sheet: readonly CallQuestion[]): Answers {
  const said: Partial<Record<NonNullable<CallQuestion['fills']>, string>> = {
    conditions: together(preferences.conditions),
    approaches: together(preferences.approaches),
    modality: preferences.modality === 'either' ? '' : preferences.modality,
    days: together(preferences.days.map(String)),
    partOfDay: together(preferences.partOfDay),
    language: preferences.language === 'en' ? '' : preferences.language,
    therapistWish: preferences.therapistWish,
    currentClient: preferences.currentClient ? 'here' : '',
    sitsIn: preferences.sitsIn,
  }
  const given = sheet.flatMap((question) => {
    const answer = question.id === 'what-brings' ? message : question.fills ? said[question.fills] ?? '' : ''
    return answer ? [[question.id, answer] as const] : []
  })
  return Object.fromEntries(given)
}

type Preferences = InquiryRow['preferences']

/** What the answers say about a match. A question that nobody has answered leaves what the form said. */
export function preferencesWith(preferences: Preferences, answers: Answers, sheet: readonly CallQuestion[]): Preferences {
  const answerTo = (fills: NonNullable<CallQuestion['fills']>): string | undefined => {
    const question = sheet.find((one) => one.fills === fills)
    return question && question.id in answers ? answers[question.id] : undefined
  }
  const [conditions, approaches, modality, days, partOfDay, language, wish, client, sitsIn] = (['conditions', 'approaches', 'modality', 'days', 'partOfDay', 'language', 'therapistWish', 'currentClient', 'sitsIn'] as const).map(answerTo)
  return {
    conditions: conditions === undefined ? preferences.conditions : several(conditions),
    approaches: approaches === undefined ? preferences.approaches : several(approaches),
    modality: (modality || preferences.modality) as Preferences['modality'],
    days: days === undefined ? preferences.days : several(days).map(Number),
    partOfDay: partOfDay === undefined ? preferences.partOfDay : (several(partOfDay) as Preferences['partOfDay']),
    language: language || preferences.language,
    therapistWish: (wish ?? preferences.therapistWish).slice(0, 400),
    currentClient: client === undefined || client === '' ? preferences.currentClient : client === 'here',
    sitsIn: sitsIn === undefined ? preferences.sitsIn : (sitsIn as Preferences['sitsIn']),
  }
}

/** An answer as people say it. */
export function answerWords({ answer }: CallQuestion, value: string | undefined): string {
  if (!value) return ''
  if (answer.kind === 'words') return value
  const label = (one: string) => answer.choices.find((choice) => choice.value === one)?.label ?? one
  return answer.kind === 'one-of' ? label(value) : several(value).map(label).join(', ')
}
