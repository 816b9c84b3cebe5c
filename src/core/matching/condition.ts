import type { Provenance, Tag } from '../shared/cited.ts'

/** What people come with: the public page, the request form, the intake and the matching use these ids. */
export interface Condition extends Provenance {
  readonly id: string
  /** As the person says it. */
  readonly name: string
  /** As clinicians write it. */
  readonly clinicalName: string
  readonly group: 'mood' | 'anxiety' | 'trauma' | 'stress' | 'pain' | 'substance'
  /** ICD-10-CM codes that can stand on a bill. Empty where the thing is not a diagnosis. */
  readonly codes: readonly { readonly code: string; readonly says: string }[]
  /** Codes alone do not make it: what has to be on the chart as well. */
  readonly also?: string
  readonly path: 'usual' | 'prescriber-decides' | 'own-protocol'
  /** Instruments that follow it, by id. */
  readonly measures: readonly string[]
  readonly tags: Readonly<Record<string, Tag>>
}

/** The conditions that a diagnosis code belongs to. */
export const conditionsOf = (conditions: readonly Condition[], code: string): Condition[] =>
  conditions.filter((condition) => condition.codes.some((one) => one.code === code))
