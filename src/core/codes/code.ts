/** The public code systems whose codes ship with the rulebook, each with an official release that can be compared. */
export type CodeSystem = 'icd10cm' | 'rxnorm' | 'loinc'

export const systemNames: Readonly<Record<CodeSystem, string>> = { icd10cm: 'ICD-10-CM', rxnorm: 'RxNorm', loinc: 'LOINC' }

export interface ShippedCode {
  readonly system: CodeSystem
  readonly code: string
  /** True where a rule takes every code that begins like this one. */
  readonly prefix: boolean
  /** What we call it, for a person to hold beside the official name. Absent where a rule names bare codes. */
  readonly says?: string
  /** RxNorm alone: what we call it is the name of an ingredient, so a different official name is a different thing. */
  readonly named?: boolean
  /** Ids of the rows that lean on it. */
  readonly usedBy: readonly string[]
}

/** One line of an official release. */
export interface ReleasedCode {
  readonly system: CodeSystem
  readonly code: string
  readonly name: string
  /** ICD-10-CM: a heading that cannot stand on a bill. LOINC: no longer to be used. RxNorm: not an ingredient. */
  readonly note?: 'heading' | 'deprecated' | 'discouraged' | 'not-an-ingredient'
}
