import type { EligibilityRule } from '../../core/eligibility/rule.ts'
import type { Medicine } from '../../core/eligibility/medicine.ts'
import type { SourceId } from '../sources.ts'

/** A rule that cites sources we hold. */
export type RuleRow = EligibilityRule & { readonly cites: readonly [SourceId, ...SourceId[]] }

/** What most rows have in common. */
export const atScreening = { version: 1, moment: 'screening', reviewBy: '2027-11-30' } as const
export const onTheDay = { version: 1, moment: 'session-day', reviewBy: '2027-11-30' } as const

/** A measurement that nobody is asked to make without cause: it counts only if it was made. */
export const ifMeasured = { noWhen: ['not-asked', 'not-known'] } as const
/** A figure that many people have no reason to give; "not known" to a question that was asked stays unknown. */
export const ifRecorded = { noWhen: ['not-asked'] } as const

export const ingredientsOf = (...classes: readonly { readonly medicines: readonly Medicine[] }[]): string[] =>
  classes.flatMap((one) => one.medicines.map((medicine) => medicine.ingredient))
