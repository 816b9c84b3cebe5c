import { holdsPhrase, ingredientsIn, plainName } from '../../../../core/eligibility/medicine.ts'
import { conditions } from '../../../../knowledge/conditions.ts'
import { screeningLimits } from '../../../../knowledge/eligibility.ts'
import { interactionRows } from '../../../../knowledge/interactions.ts'
import { upper } from '../words.ts'
import type { Coding } from '../intake/indications.ts'

const { icd10cm, rxnorm } = screeningLimits.codeSystems

/** The shape of an ICD-10-CM code; whether it exists is for the release file to say. */
const ICD = /^[A-TV-Z]\d[0-9A-Z](\.?[0-9A-Z]{1,4})?$/
export const isDiagnosisCode = (code: string) => ICD.test(code.trim().toUpperCase())
export function diagnosisCoding(code: string, display: string): Coding {
  const plain = code.trim().toUpperCase().replace('.', '')
  return { system: icd10cm, code: plain.length > 3 ? `${plain.slice(0, 3)}.${plain.slice(3)}` : plain, display }
}

/** What the catalogue calls things, for typing ahead; anything else may be written and coded by hand. */
export const diagnosisChoices = conditions.flatMap((condition) => condition.codes.map(({ code, says }) => ({ value: code, label: upper(says), hint: code })))
  .filter((choice, at, all) => all.findIndex(({ value }) => value === choice.value) === at).toSorted((a, b) => a.label.localeCompare(b.label))

/** Medicines that the rules know by name. Others may be written; what no rule can read is said so at once. */
export const medicineChoices = [...new Map(interactionRows.flatMap((row) => row.medicines.map(({ ingredient, names = [] }) => [ingredient, { value: ingredient, hint: names.length > 0 ? names.join(', ') : row.name }] as const))).values(), ...screeningLimits.namesWithoutRule.map((name) => ({ value: name, hint: 'no rule says anything about it' }))]
  .filter((choice, at, all) => all.findIndex(({ value }) => value === choice.value) === at).toSorted((a, b) => a.value.localeCompare(b.value))

/** Whether the rules can tell what a medicine is from its name alone. */
export function isRead(name: string): boolean {
  const plain = plainName(name)
  return ingredientsIn(plain, [], screeningLimits.medicines).length > 0 || screeningLimits.namesWithoutRule.some((other) => holdsPhrase(plain, other))
}

/** The ingredient code that the rulebook has for a name, to travel with it. */
export function medicineCodings(name: string): Coding[] {
  const [ingredient] = ingredientsIn(plainName(name), [], screeningLimits.medicines)
  const known = screeningLimits.medicines.find((medicine) => medicine.ingredient === ingredient)
  return known?.rxnorm === undefined ? [] : [{ system: rxnorm, code: known.rxnorm, display: known.ingredient }]
}
export const rxnormCoding = (code: string, display: string): Coding => ({ system: rxnorm, code: code.trim(), display })
