import type { EligibilityRule } from '../core/eligibility/rule.ts'
import { blocks } from './eligibility/blocks.ts'
import { cautions } from './eligibility/cautions.ts'
import { cautionsAboutMedicines } from './eligibility/cautions-medicines.ts'
import { holds } from './eligibility/holds.ts'
import { missingData } from './eligibility/missing.ts'
import { overrides } from './eligibility/overrides.ts'

/** Who may be treated here, as rows: worst first, and by id within an action. */
export const eligibility: readonly EligibilityRule[] = [
  ...blocks, ...holds, ...overrides, ...missingData, ...[...cautions, ...cautionsAboutMedicines].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
]

export { factVocabulary } from './eligibility/vocabulary.ts'
export { freshness, screeningLimits } from './eligibility/limits.ts'
export { decisionWords } from './eligibility/decision-words.ts'
