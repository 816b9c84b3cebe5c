import { conditions, languages, precheck } from '../../knowledge/pages.ts'
import { isWhereabouts, type Whereabouts } from '../../core/shared/us-states.ts'
import { many, one, type FormValues } from './practice.ts'

export const inquiryChoices = {
  currentClient: [{ value: 'yes', label: 'Yes' }, { value: 'no', label: 'No' }],
  modality: [{ value: 'in-person', label: 'In person' }, { value: 'online', label: 'Online' }, { value: 'either', label: 'Either is fine' }],
  days: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map((label, place) => ({ value: String(place + 1), label })),
  partOfDay: [{ value: 'morning', label: 'Mornings' }, { value: 'afternoon', label: 'Afternoons' }, { value: 'evening', label: 'Evenings' }],
} as const

export interface Inquiry {
  readonly name: string
  readonly email: string | null
  readonly phone: string | null
  readonly message: string
  readonly preferences: {
    readonly conditions: readonly string[]
    readonly modality: string
    /** 1 is Monday. */
    readonly days: readonly number[]
    readonly partOfDay: readonly string[]
    readonly language: string
    readonly therapistWish: string
    readonly currentClient: boolean
    /** Empty where they left it open. */
    readonly sitsIn: Whereabouts | ''
  }
  /** Answers of the private check, only where the person ticked that they come along. */
  readonly precheck: Readonly<Record<string, string>> | null
}

export type ReadInquiry =
  | { readonly ok: true; readonly inquiry: Inquiry }
  | { readonly ok: false; readonly refusal: 'carried-only' | 'trap' }
  | { readonly ok: false; readonly refusal: 'problems'; readonly problems: Readonly<Record<string, string>> }

/**
 * Reads a sent form. `carried-only`: the person comes from the private check with answers and has sent nothing
 * yet, so nothing may be stored. `trap`: a field that people do not see was filled in. What is on no list is dropped.
 */
export function readInquiry(values: FormValues): ReadInquiry {
  if (one(values, 'step') !== 'send') return { ok: false, refusal: 'carried-only' }
  if (one(values, 'website') !== '') return { ok: false, refusal: 'trap' }
  const problems = problemsOf(values)
  if (Object.keys(problems).length > 0) return { ok: false, refusal: 'problems', problems }
  const listed = (name: string, allowed: readonly { readonly value: string }[]) => many(values, name).filter((value) => allowed.some((choice) => choice.value === value))
  const carried = carriedAnswers(values)
  return {
    ok: true,
    inquiry: {
      name: one(values, 'name'),
      email: one(values, 'email') || null,
      phone: one(values, 'phone') || null,
      message: one(values, 'message'),
      preferences: {
        conditions: many(values, 'conditions').filter((id) => conditions.some((condition) => condition.id === id)),
        modality: listed('modality', inquiryChoices.modality)[0] ?? 'either',
        days: listed('days', inquiryChoices.days).map(Number),
        partOfDay: listed('partOfDay', inquiryChoices.partOfDay),
        language: listed('language', languages)[0] ?? 'en',
        therapistWish: one(values, 'therapistWish'),
        currentClient: one(values, 'currentClient') === 'yes',
        sitsIn: stateIn(values),
      },
      precheck: one(values, 'sendAnswers') === 'yes' && Object.keys(carried).length > 0 ? carried : null,
    },
  }
}

/** What is on no list was not said. */
export function stateIn(values: FormValues): Whereabouts | '' {
  const state = one(values, 'sitsIn')
  return isWhereabouts(state) ? state : ''
}

/** Answers that came along, question by question; what the check does not know is left out. */
export function carriedAnswers(values: FormValues): Readonly<Record<string, string>> {
  const given = precheck.flatMap((question) => {
    const answer = one(values, `check.${question.id}`)
    return question.answers.some((known) => known.id === answer) ? [[question.id, answer] as const] : []
  })
  return Object.fromEntries(given)
}

const longest = { name: 200, phone: 40, email: 254, message: 4000, therapistWish: 400 } as const

function problemsOf(values: FormValues): Readonly<Record<string, string>> {
  const problems: Record<string, string> = {}
  const email = one(values, 'email')
  const phone = one(values, 'phone')
  if (one(values, 'name') === '') problems['name'] = 'Please write a name. It need not be your full one.'
  if (email === '' && phone === '') problems['phone'] = 'Please write a phone number or an email address, so that we can answer.'
  if (email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) problems['email'] = 'This email address does not look whole. It should be like name@example.org.'
  if (phone !== '' && phone.replaceAll(/\D/g, '').length < 7) problems['phone'] = 'This phone number looks too short. Please write it with its area code.'
  for (const [field, most] of Object.entries(longest)) {
    if (one(values, field).length > most) problems[field] = `This is longer than we can take: at most ${most} characters.`
  }
  return problems
}
