import { ownExtension, type InstrumentCodes } from '../fhir/codes.ts'
import { routeOf } from '../fhir/export/medicine.ts'
import { category, clean, concept, loinc, own, quantity, type Resource } from '../fhir/export/resource.ts'
import type { TableRow, Tables } from './tables.ts'

/** What leaves as FHIR, one file a type with one resource a line. */
export const fhirTypes = ['Patient', 'Observation', 'MedicationAdministration', 'AdverseEvent'] as const

/** The rows of one person as FHIR R4: the same facts under the same names and days, and no more of them. */
export function fhirOf({ persons, doses, sessions, scores, adverse_events }: Tables, instruments: readonly InstrumentCodes[]): Resource[] {
  const [about] = persons
  if (!about) return []
  const person = String(about['person'])
  const subject = { reference: `Patient/${person}` }
  const dayOf = new Map(sessions.map((row) => [row['session'], row['day']]))
  return [
    patient(person, about), ...scores.map((row, at) => score(`${person}-s${at + 1}`, row, subject, instruments)),
    ...doses.map((row) => dose(`${person}-m${row['session']}-${row['dose']}`, row, { subject, day: dayOf.get(row['session']), route: String(about['route']) })),
    ...adverse_events.map((row, at) => event(`${person}-e${at + 1}`, row, subject)),
  ].map((resource) => clean(resource) as Resource)
}

/** No name, no birth date, no address: what is there stands in extensions of our own. */
const patient = (id: string, row: TableRow): Resource => ({
  resourceType: 'Patient', id, gender: ({ female: 'female', male: 'male', other: 'other' } as const)[String(row['sex'])] ?? 'unknown',
  extension: ['age_band', 'indication', 'protocol', 'first_year'].map((name) => ({ url: ownExtension(`registry-${name.replaceAll('_', '-')}`), valueString: String(row[name]) })),
})

const score = (id: string, row: TableRow, subject: object, instruments: readonly InstrumentCodes[]): Resource => {
  const form = instruments.find((one) => one.id === row['instrument'])
  const name = `${form?.name ?? row['instrument']} total`
  return {
    resourceType: 'Observation', id, status: 'final', category: category('survey'), code: form?.totalLoinc ? loinc(form.totalLoinc, name) : own('score', `${row['instrument']}-total`, name),
    subject, effectiveDateTime: row['day'], valueQuantity: quantity(Number(row['total']), '{score}', '{score}'),
  }
}

/** A dose whose route is withheld says only that there was one. */
const dose = (id: string, row: TableRow, { subject, day, route }: { readonly subject: object; readonly day: unknown; readonly route: string }): Resource => ({
  resourceType: 'MedicationAdministration', id, status: 'completed', medicationCodeableConcept: { text: 'Ketamine or esketamine' }, subject, effectiveDateTime: day,
  dosage: row['mg'] === null ? undefined : { route: routeOf(route), dose: quantity(Number(row['mg']), 'mg', 'mg') },
})

const event = (id: string, row: TableRow, subject: object): Resource => ({
  resourceType: 'AdverseEvent', id, actuality: 'actual', event: own('side-effect', String(row['term']), `${row['term']}${row['grade'] === null ? '' : `, grade ${row['grade']}`}`), subject, date: row['day'],
  seriousness: row['grade'] === null ? undefined : concept(ownExtension('grade'), String(row['grade']), `Grade ${row['grade']}`),
})
