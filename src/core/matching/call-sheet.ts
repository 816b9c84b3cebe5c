/** One question of the coordinator's first call. The answers fill the person's preferences where `fills` says so. */
export interface CallQuestion {
  readonly id: string
  readonly asks: string
  /** Why it is asked, so that the coordinator can say so. */
  readonly because: string
  readonly answer:
    | { readonly kind: 'words' }
    | { readonly kind: 'one-of' | 'any-of'; readonly choices: readonly { readonly value: string; readonly label: string }[] }
  readonly fills?: 'conditions' | 'modality' | 'days' | 'partOfDay' | 'language' | 'therapistWish' | 'currentClient' | 'approaches' | 'sitsIn'
  /** Without it the call is not finished; nothing about language or culture ever is. */
  readonly needed: boolean
  /** These answers end the sheet and open the crisis page. */
  readonly crisisOn?: readonly string[]
  readonly minutes: number
}

/** Needed questions that have no answer yet, in the order of the sheet. */
export const unanswered = (sheet: readonly CallQuestion[], answers: Readonly<Record<string, string>>): string[] =>
  sheet.filter((question) => question.needed && (answers[question.id] ?? '').trim() === '').map((question) => question.id)

/** Whether a call as it stands says that somebody is in danger: by an answer, or by what came of it. */
export const isCrisisCall = (sheet: readonly CallQuestion[], call: { readonly answers: Readonly<Record<string, string>>; readonly outcome: string | null } | null): boolean =>
  call !== null && (call.outcome === 'crisis' || isCrisis(sheet, call.answers))

export const isCrisis = (sheet: readonly CallQuestion[], answers: Readonly<Record<string, string>>): boolean =>
  sheet.some((question) => question.crisisOn?.includes(answers[question.id] ?? '') ?? false)
