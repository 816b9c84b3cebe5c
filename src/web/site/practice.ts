import type { Wait } from '../../core/scheduling/first-visit.ts'
import type { FirstVisitView } from './wait.ts'

/** What the public pages know of the practice whose house this is. */
export interface PracticeView {
  readonly name: string
  /** The address as people write it, one line each. */
  readonly place: string
  readonly phone: string
  readonly email: string
  /** IANA time zone of the practice. */
  readonly zone: string
  /** When somebody answers, in words: "Monday to Friday, 9 to 5". */
  readonly hours: string
  /** The practice's own number for nights, where it has one. Never instead of 988 and 911. */
  readonly crisisLine?: string | undefined
  /** How soon requests are answered, in words: "within two working days". */
  readonly answersWithin?: string | undefined
  readonly services: readonly { readonly name: string; readonly says: string; readonly wait?: Wait | undefined }[]
  /** How long somebody new waits for a first visit. Not known where it is left out. */
  readonly firstVisit?: FirstVisitView | undefined
}

export type FormValues = Readonly<Record<string, string | readonly string[] | undefined>>

/** What was sent and could not be taken, so that nobody has to write it twice. */
export interface SentForm {
  readonly values: FormValues
  readonly problems: Readonly<Record<string, string>>
}

export const one = (values: FormValues, name: string): string => {
  const value = values[name]
  return (typeof value === 'string' ? value : value?.[0] ?? '').trim()
}

export const many = (values: FormValues, name: string): readonly string[] => {
  const value = values[name]
  return value === undefined ? [] : typeof value === 'string' ? [value] : value
}
