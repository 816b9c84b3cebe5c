import { ok, refuse, type Result } from '../shared/result.ts'
import { minutesBetween, type Day, type Instant } from '../shared/time.ts'
import { feesFor, modifiersOf, type FeeRow } from './fee.ts'
import { billProblems, type BillProblem, type BillingRules } from './superbill-problems.ts'

export interface BillingPractice {
  readonly name: string
  readonly address: string
  readonly phone: string
  readonly tin: string
  readonly npi: string
  /** Everybody in it is invented: its bills may carry demonstration codes, and say so. */
  readonly sample: boolean
}

export interface BillingProvider {
  readonly name: string
  readonly credentials: string
  readonly npi: string
  readonly licence: string
}

export interface BilledPatient {
  readonly name: string
  readonly birthDate: Day
  readonly address: string
}

/** A visit as a bill may know it: when, where and for which diagnoses. It has no place for what was said. */
export interface BilledVisit {
  readonly visit: string
  readonly type: string
  readonly startedAt: Instant
  readonly endedAt: Instant
  /** The local day of service. */
  readonly on: Day
  readonly outcome: 'completed' | 'missed' | 'ended-early'
  /** Overrides the fee's own, where the visit was held elsewhere than usual. */
  readonly placeOfService?: string
  readonly modifiers?: readonly string[]
  readonly diagnoses: readonly { readonly code: string; readonly says: string }[]
  readonly paidCents: number
  readonly referredBy?: string
}

export interface BillingStamp {
  readonly number: string
  readonly issuedOn: Day
  readonly replaces?: string
  readonly signedBy?: { readonly name: string; readonly on: Day }
}

export interface SuperbillLine {
  readonly on: Day
  readonly placeOfService: string
  readonly code: string
  readonly modifiers: readonly string[]
  readonly service: string
  /** Letters of the diagnoses that the line is for. */
  readonly pointers: readonly string[]
  readonly units: number
  readonly unitCents: number
  readonly chargeCents: number
}

export interface Superbill extends BillingStamp {
  readonly visit: string
  readonly practice: BillingPractice
  readonly provider: BillingProvider
  readonly patient: BilledPatient
  readonly diagnoses: readonly { readonly letter: string; readonly code: string; readonly says: string }[]
  readonly lines: readonly SuperbillLine[]
  readonly totalCents: number
  readonly paidCents: number
  readonly balanceCents: number
  readonly paidInFull: boolean
  readonly referredBy?: string
  /** True only for the sample practice: the printed bill says that it is no bill. */
  readonly demonstration: boolean
  /** Not wrong in form, and worth a second look before it is handed over. */
  readonly warnings: readonly BillProblem[]
}

export const LETTERS = 'ABCDEFGHIJKL'
const POINTERS_A_LINE = 4

/**
 * A superbill for one held visit, or everything that is wrong with it. Only named fields are taken from the
 * visit and the fees, so no word of a note can reach an insurer.
 */
export function superbill(visit: BilledVisit, fees: readonly FeeRow[], practice: BillingPractice, provider: BillingProvider, patient: BilledPatient, stamp: BillingStamp, rules: BillingRules): Result<Superbill, readonly BillProblem[]> {
  const diagnoses = visit.diagnoses.map(({ code, says }, place) => ({ letter: LETTERS[place] ?? '', code, says }))
  const pointers = diagnoses.slice(0, POINTERS_A_LINE).map((one) => one.letter)
  const used = feesFor(fees, visit.type)
  const lines = used.map((fee) => lineOf(fee, visit, pointers))
  const totalCents = lines.reduce((sum, line) => sum + line.chargeCents, 0)
  const bill: Superbill = {
    ...stampOf(stamp), visit: visit.visit,
    practice: pick(practice, ['name', 'address', 'phone', 'tin', 'npi', 'sample']), provider: pick(provider, ['name', 'credentials', 'npi', 'licence']), patient: pick(patient, ['name', 'birthDate', 'address']),
    diagnoses, lines, totalCents, paidCents: visit.paidCents, balanceCents: totalCents - visit.paidCents, paidInFull: visit.paidCents >= totalCents,
    ...(visit.referredBy === undefined ? {} : { referredBy: visit.referredBy }),
    demonstration: used.some((fee) => fee.demonstration), warnings: [],
  }
  const found = billProblems(bill, visit, minutesBetween(visit.startedAt, visit.endedAt), rules)
  return found.problems.length > 0 ? refuse(found.problems) : ok({ ...bill, warnings: found.warnings })
}

function lineOf(fee: FeeRow, visit: BilledVisit, pointers: readonly string[]): SuperbillLine {
  const modifiers = [...new Set([...modifiersOf(fee.modifier), ...(visit.modifiers ?? [])])]
  return {
    on: visit.on, placeOfService: visit.placeOfService ?? fee.placeOfService, code: fee.code, modifiers, service: fee.descriptor, pointers,
    units: fee.unitsPerVisit, unitCents: fee.chargeCents, chargeCents: fee.unitsPerVisit * fee.chargeCents,
  }
}

const stampOf = ({ number, issuedOn, replaces, signedBy }: BillingStamp): BillingStamp => ({
  number, issuedOn, ...(replaces === undefined ? {} : { replaces }), ...(signedBy === undefined ? {} : { signedBy: { name: signedBy.name, on: signedBy.on } }),
})

function pick<Whole extends object, Key extends keyof Whole>(whole: Whole, keys: readonly Key[]): Pick<Whole, Key> {
  return Object.fromEntries(keys.map((key) => [key, whole[key]])) as Pick<Whole, Key>
}
