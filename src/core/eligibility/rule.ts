import type { Cited } from '../shared/cited.ts'
import type { ChoiceFact, FactName, GapReason, ListFact, NumberFact, SubstanceUse, YesNoFact } from './facts.ts'

/**
 * What a rule does when it is met.
 * `block`: no dosing here, and no override for one person. `hold`: until the named thing lifts it.
 * `override`: a prescriber may go on with a signed reason. `missing`: a fact is not there or too old.
 * `caution`: shown with its basis.
 */
export const actions = ['block', 'hold', 'override', 'missing', 'caution'] as const
export type Action = (typeof actions)[number]

/**
 * Reasons for which a test reads as "no" although the fact is missing: for a measurement that nobody is
 * asked to make unless there is cause. The screening lists such facts, so they are never silent.
 */
interface CountsOnlyIfRecorded { readonly noWhen?: readonly GapReason[] }

export interface NumberTest extends CountsOnlyIfRecorded {
  readonly fact: NumberFact
  readonly atLeast?: number
  readonly moreThan?: number
  readonly below?: number
  readonly atMost?: number
}
export interface ValueTest extends CountsOnlyIfRecorded { readonly fact: ChoiceFact | YesNoFact; readonly is: string | boolean }
/** ICD-10-CM codes, each matching as a prefix. `current` is active or in remission. */
export interface DiagnosisTest {
  readonly diagnosis: readonly string[]
  readonly except?: readonly string[]
  readonly recorded: 'active' | 'current' | 'resolved' | 'ever'
}
/** Medicines by ingredient; `called` is what people call them together. */
export interface TakingTest { readonly taking: readonly string[]; readonly called: string }
export interface AllergyTest { readonly allergicTo: readonly string[] }
export interface SubstanceTest { readonly uses: 'any' | readonly string[]; readonly except?: readonly string[]; readonly status: readonly SubstanceUse['status'][] }
/** Whether a list holds anything at all. */
export interface AnyInTest extends CountsOnlyIfRecorded { readonly anyIn: ListFact }
/** Whether a fact is missing, for whatever reason; this alone is never unknown. */
export interface AbsentTest { readonly absent: FactName }

export type Test = NumberTest | ValueTest | DiagnosisTest | TakingTest | AllergyTest | SubstanceTest | AnyInTest | AbsentTest

/** The whole language of the rules. A rule that needs more is a reason to think, not to add `eval`. */
export type Condition = Test | { readonly any: readonly Condition[] } | { readonly all: readonly Condition[] } | { readonly not: Condition }

export interface EligibilityRule extends Cited {
  readonly version: number
  readonly action: Action
  /** When the rule is judged: a session-day rule holds for that day and never reopens a clearance. */
  readonly moment: 'screening' | 'session-day'
  readonly when: Condition
  /** A flag that the screening raises beside its decision. */
  readonly raises?: { readonly flag: 'urgent' | 'crisis'; readonly when: Condition }
  /** For clinicians. */
  readonly says: string
  /** For the person concerned, in plain words. */
  readonly plainly: string
  readonly liftedBy?: string
  /** ICD-10-CM prefixes that belong to the condition, also where only a test fires it. */
  readonly codes: readonly string[]
  readonly firedBy: 'test' | 'codes' | 'either'
  readonly screenedBy: string
  /** What the sources say and what is our own choice. */
  readonly basis: string
}
