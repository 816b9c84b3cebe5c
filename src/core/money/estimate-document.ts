import { ok, refuse, type Result } from '../shared/result.ts'
import type { Day } from '../shared/time.ts'
import { estimateSentences, type Estimate, type EstimateRules } from './estimate.ts'
import { icdWellFormed, npiValid, tinValid } from './identifiers.ts'
import type { BilledPatient, BillingPractice, BillingProvider } from './superbill.ts'
import type { BillProblem } from './superbill-problems.ts'

/** Everything that the written estimate has to say, before it is set in type. */
export interface EstimateDocument {
  readonly number: string
  readonly issuedOn: Day
  readonly course: string
  /** The first booked day of the course, where there is one. */
  readonly firstOn?: Day
  readonly patient: BilledPatient
  readonly practice: BillingPractice
  readonly providers: readonly BillingProvider[]
  readonly diagnoses: readonly { readonly code: string; readonly says: string }[]
  readonly estimate: Estimate
  readonly sentences: readonly string[]
}

export type EstimateParts = Omit<EstimateDocument, 'sentences'>

/** The written estimate, or what is still missing for it. A diagnosis may still be open before the first visit. */
export function estimateDocument(parts: EstimateParts, sentences: readonly string[], rules: Pick<EstimateRules, 'disputeCents'>): Result<EstimateDocument, readonly BillProblem[]> {
  const problems = problemsOf(parts)
  return problems.length > 0 ? refuse(problems) : ok({ ...parts, sentences: estimateSentences(parts.estimate, sentences, rules) })
}

function problemsOf({ patient, practice, providers, diagnoses, number }: EstimateParts): BillProblem[] {
  const needed: readonly (readonly [string, string])[] = [['number', number], ['patient name', patient.name], ['patient birth date', patient.birthDate], ['practice name', practice.name], ['practice address', practice.address], ['practice phone', practice.phone]]
  const missing = needed.filter(([, value]) => value.trim() === '').map(([field]): BillProblem => ({ problem: 'missing-field', says: `Missing: ${field}.` }))
  const nobody: BillProblem[] = providers.length === 0 ? [{ problem: 'missing-field', says: 'Missing: who treats.' }] : []
  const npi = providers.filter((provider) => !npiValid(provider.npi)).map((provider): BillProblem => ({ problem: 'npi-provider', says: `The NPI of ${provider.name || 'a provider'} does not check out. Look at its ten digits again.` }))
  const practiceNpi: BillProblem[] = npiValid(practice.npi) ? [] : [{ problem: 'npi-practice', says: 'The practice’s NPI does not check out. Look at its ten digits again.' }]
  const tin: BillProblem[] = tinValid(practice.tin) ? [] : [{ problem: 'tin', says: 'The tax number has to have nine digits.' }]
  const icd = diagnoses.filter(({ code }) => !icdWellFormed(code)).map(({ code }): BillProblem => ({ problem: 'icd-form', says: `${code} does not have the form of a diagnosis code, such as F33.1.` }))
  return [...missing, ...nobody, ...npi, ...practiceNpi, ...tin, ...icd]
}
