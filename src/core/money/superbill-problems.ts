import { icdWellFormed, isHeading, npiValid, tinValid } from './identifiers.ts'
import type { BilledVisit, Superbill, SuperbillLine } from './superbill.ts'

export type BillProblemCode =
  | 'visit-not-held' | 'no-fee' | 'nothing-to-bill' | 'missing-field' | 'missing-of-patient' | 'npi-practice' | 'npi-provider' | 'tin'
  | 'no-diagnosis' | 'too-many-diagnoses' | 'icd-form' | 'icd-heading' | 'code-form' | 'demonstration-code' | 'descriptor-missing'
  | 'place-unknown' | 'place-needs-modifier' | 'modifier-needs-place' | 'modifier-form' | 'too-many-modifiers'
  | 'units' | 'amount' | 'paid' | 'day' | 'minutes' | 'units-a-day'

export interface BillProblem {
  readonly problem: BillProblemCode
  /** What to put right, in words. */
  readonly says: string
}

export interface BillingRules {
  readonly codeForms: readonly { readonly form: 'cpt' | 'category-3' | 'hcpcs'; readonly pattern: string }[]
  readonly placesOfService: readonly { readonly code: string; readonly says: string; readonly telehealth: boolean }[]
  /** One of these goes with a telehealth place, and with no other. */
  readonly telehealthModifiers: readonly string[]
  /** Codes that stand for a length of visit, in minutes; null is no upper end. */
  readonly minutes: readonly { readonly code: string; readonly min: number; readonly max: number | null }[]
  /** Codes that payers usually take only so often a day. */
  readonly unitsADay: readonly { readonly code: string; readonly max: number }[]
  readonly maxDiagnoses: number
  readonly maxModifiers: number
  /** Codes that are known to be deep enough to bill. */
  readonly billableIcd: readonly string[]
}

/** Everything wrong with a bill, and everything worth a second look. The whole list at once, not the first. */
export function billProblems(bill: Superbill, visit: BilledVisit, heldMinutes: number, rules: BillingRules): { readonly problems: readonly BillProblem[]; readonly warnings: readonly BillProblem[] } {
  return {
    problems: [...visitProblems(bill, visit), ...fieldProblems(bill), ...diagnosisProblems(bill, rules), ...bill.lines.flatMap((line) => lineProblems(line, bill, rules)), ...sumProblems(bill)],
    warnings: bill.lines.flatMap((line) => lineWarnings(line, heldMinutes, rules)),
  }
}

const when = (wrong: boolean, problem: BillProblemCode, says: string): BillProblem[] => (wrong ? [{ problem, says }] : [])

function visitProblems(bill: Superbill, visit: BilledVisit): BillProblem[] {
  return [
    ...when(visit.outcome === 'missed', 'visit-not-held', 'The visit did not take place. A missed visit cannot stand on a bill for an insurer.'),
    ...when(bill.lines.length === 0, 'no-fee', `There is no fee for this kind of visit: ${visit.type}.`),
    ...when(visit.endedAt <= visit.startedAt, 'day', 'The visit ends before it begins.'),
    ...when(visit.on > bill.issuedOn, 'day', 'The day of service lies after the day of the bill.'),
  ]
}

type Field = readonly [name: string, value: string]
const missing = (problem: BillProblemCode, fields: readonly Field[]): BillProblem[] =>
  fields.filter(([, value]) => value.trim() === '').map(([field]) => ({ problem, says: `Missing: ${field}.` }))

function fieldProblems(bill: Superbill): BillProblem[] {
  const { practice, provider, patient } = bill
  const ofPatient: readonly Field[] = [['patient name', patient.name], ['patient birth date', patient.birthDate], ['patient address', patient.address]]
  const needed: readonly Field[] = [
    ['number', bill.number],
    ['provider name', provider.name], ['provider credentials', provider.credentials], ['provider licence', provider.licence],
    ['practice name', practice.name], ['practice address', practice.address], ['practice phone', practice.phone],
  ]
  return [
    ...missing('missing-of-patient', ofPatient), ...missing('missing-field', needed),
    ...when(!npiValid(provider.npi), 'npi-provider', 'The provider’s NPI does not check out. Look at its ten digits again.'),
    ...when(!npiValid(practice.npi), 'npi-practice', 'The practice’s NPI does not check out. Look at its ten digits again.'),
    ...when(!tinValid(practice.tin), 'tin', 'The tax number has to have nine digits.'),
  ]
}

function diagnosisProblems(bill: Superbill, rules: BillingRules): BillProblem[] {
  return [
    ...when(bill.diagnoses.length === 0, 'no-diagnosis', 'A bill needs at least one diagnosis code.'),
    ...when(bill.diagnoses.length > rules.maxDiagnoses, 'too-many-diagnoses', `A bill holds at most ${rules.maxDiagnoses} diagnoses.`),
    ...bill.diagnoses.flatMap(({ code }) => icdWellFormed(code)
      ? when(isHeading(code, rules.billableIcd), 'icd-heading', `${code} is a heading. Choose one of the codes below it.`)
      : [{ problem: 'icd-form' as const, says: `${code} does not have the form of a diagnosis code, such as F33.1.` }]),
  ]
}

function lineProblems(line: SuperbillLine, bill: Superbill, rules: BillingRules): BillProblem[] {
  const place = rules.placesOfService.find((one) => one.code === line.placeOfService)
  const telehealth = line.modifiers.some((one) => rules.telehealthModifiers.includes(one))
  const known = rules.codeForms.some((form) => new RegExp(`^${form.pattern}$`).test(line.code))
  return [
    ...when(bill.demonstration && !bill.practice.sample, 'demonstration-code', `${line.code} belongs to the demonstration. Enter the practice’s own fees first.`),
    ...when(!known && !bill.demonstration, 'code-form', `${line.code || 'A line'} does not have the form of a billing code.`),
    ...when(line.service.trim() === '', 'descriptor-missing', `The practice has not written what ${line.code || 'this line'} is.`),
    ...when(place === undefined, 'place-unknown', `Place of service ${line.placeOfService || '(empty)'} is not one we know.`),
    ...when(place?.telehealth === true && !telehealth, 'place-needs-modifier', `Place of service ${line.placeOfService} needs one of the modifiers ${rules.telehealthModifiers.join(', ')}.`),
    ...when(place?.telehealth === false && telehealth, 'modifier-needs-place', `A telehealth modifier does not go with place of service ${line.placeOfService}.`),
    ...when(line.modifiers.some((one) => !/^[A-Z0-9]{2}$/.test(one)), 'modifier-form', 'A modifier has two characters.'),
    ...when(line.modifiers.length > rules.maxModifiers, 'too-many-modifiers', `A line holds at most ${rules.maxModifiers} modifiers.`),
    ...when(!Number.isInteger(line.units) || line.units < 1, 'units', `${line.code} needs at least one unit.`),
    ...when(!Number.isSafeInteger(line.chargeCents) || line.unitCents < 0, 'amount', `The charge of ${line.code} is not an amount of money.`),
  ]
}

function sumProblems(bill: Superbill): BillProblem[] {
  return [
    ...when(bill.lines.length > 0 && bill.totalCents === 0, 'nothing-to-bill', 'This visit costs nothing, so there is nothing to bill.'),
    ...when(!Number.isSafeInteger(bill.paidCents) || bill.paidCents < 0, 'paid', 'The amount paid is not an amount of money.'),
  ]
}

function lineWarnings(line: SuperbillLine, heldMinutes: number, rules: BillingRules): BillProblem[] {
  const length = rules.minutes.find((one) => one.code === line.code)
  const daily = rules.unitsADay.find((one) => one.code === line.code)
  const fits = !length || (heldMinutes >= length.min && (length.max === null || heldMinutes <= length.max))
  return [
    ...when(!fits && length !== undefined, 'minutes', `${line.code} stands for ${length?.min} ${length?.max === null ? 'minutes or more' : `to ${length?.max} minutes`}; the visit took ${Math.round(heldMinutes)}.`),
    ...when(daily !== undefined && line.units > daily.max, 'units-a-day', `Most payers take ${line.code} only ${daily?.max === 1 ? 'once' : `${daily?.max} times`} a day.`),
  ]
}
