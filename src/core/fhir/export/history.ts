import { DATA_ABSENT, negativeCodes, positiveCodes, pregnancyTestCodes, vitalCodes } from '../codes.ts'
import { category, concept, loinc, own, profile, quantity, type Resource } from './resource.ts'
import { about, type Writer } from './writing.ts'

export const writeCondition: Writer<'condition.v1'> = ({ id, at, body }, { patient }) => [{
  resourceType: 'Condition', id, ...profile('condition-problems-health-concerns'),
  clinicalStatus: concept('http://terminology.hl7.org/CodeSystem/condition-clinical', body.status),
  category: [concept('http://terminology.hl7.org/CodeSystem/condition-category', 'problem-list-item', 'Problem List Item'), body.category === 'problem' ? undefined : own('condition-category', body.category, body.category)],
  code: { coding: body.codes, text: body.name }, subject: patient, onsetDateTime: body.onset, recordedDate: at,
}]

/** A medicine the person takes, on their word or another clinic's: a plan that somebody reported, not an order of ours. */
export const writeMedication: Writer<'medication.v1'> = ({ id, body }, { patient }) => [{
  resourceType: 'MedicationRequest', id, ...profile('medicationrequest'), status: body.status, intent: 'plan', reportedBoolean: true,
  medicationCodeableConcept: { coding: body.codes, text: body.name }, subject: patient, authoredOn: body.startedOn, requester: patient,
  dosageInstruction: [{ text: body.dosage }], note: [{ text: body.stoppedOn && `Stopped on ${body.stoppedOn}.` }],
}]

export const writeAllergy: Writer<'allergy.v1'> = ({ id, at, body }, { patient }) => [{
  resourceType: 'AllergyIntolerance', id, ...profile('allergyintolerance'),
  clinicalStatus: concept('http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', body.status === 'active' ? 'active' : 'inactive'),
  verificationStatus: body.status === 'refuted' ? concept('http://terminology.hl7.org/CodeSystem/allergyintolerance-verification', 'refuted') : undefined,
  code: { coding: body.codes, text: body.substance }, patient, recordedDate: at, reaction: [{ manifestation: [{ text: body.reaction }] }],
}]

/** "None" is said by an empty list with its reason; that a list was gone through is said by its date. */
export const writeListReviewed: Writer<'list-reviewed.v1'> = ({ id, at, by, body }, { patient, person }) => [{
  resourceType: 'List', id, status: 'current', mode: 'snapshot', title: `${body.list}, gone through`, code: own('reviewed-list', body.list, body.list),
  subject: patient, date: at, source: person(by), emptyReason: body.none ? concept('http://terminology.hl7.org/CodeSystem/list-empty-reason', 'nilknown', 'Nil Known') : undefined,
}]

export const writeWeight: Writer<'weight.v1'> = (entry, writing) => [{
  resourceType: 'Observation', id: entry.id, ...profile('body-weight'), status: 'final', category: category('vital-signs'), code: loinc(vitalCodes.weight, 'Body weight'),
  ...about(entry, writing), effectiveDateTime: entry.at, valueQuantity: quantity(entry.body.weightG / 1_000, 'kg', 'kg'),
}]

export const writeHeight: Writer<'height.v1'> = (entry, writing) => [{
  resourceType: 'Observation', id: entry.id, ...profile('body-height'), status: 'final', category: category('vital-signs'), code: loinc(vitalCodes.height, 'Body height'),
  ...about(entry, writing), effectiveDateTime: entry.at, valueQuantity: quantity(entry.body.heightMm / 10, 'cm', 'cm'),
}]

export const writePregnancyTest: Writer<'pregnancy-test.v1'> = (entry, writing) => [{
  resourceType: 'Observation', id: entry.id, ...profile('observation-lab'), status: 'final', category: category('laboratory'),
  code: loinc(pregnancyTestCodes[entry.body.specimen], `Pregnancy test, ${entry.body.specimen}`), ...about(entry, writing), effectiveDateTime: entry.body.takenAt,
  valueCodeableConcept: entry.body.result === 'positive' ? loinc(positiveCodes[0], 'Positive') : loinc(negativeCodes[0], 'Negative'),
}]

export const writeObservation: Writer<'observation.v1'> = (entry, writing) => {
  const { codes, name, value, unit, category: kept } = entry.body
  const coded = codes.filter(({ code }) => code !== 'uncoded')
  const amount = typeof value === 'number' ? { valueQuantity: { value, unit } } : { valueString: value }
  return [{
    resourceType: 'Observation', id: entry.id, ...(kept === 'laboratory' && profile('observation-lab')), status: 'final',
    category: kept === 'other' ? [own('observation-category', 'other', 'Other')] : category(kept), code: { coding: coded, text: name }, ...about(entry, writing), effectiveDateTime: entry.at,
    ...(value === undefined ? { dataAbsentReason: concept(DATA_ABSENT, 'unknown', 'Unknown') } : amount),
  }]
}

/** An answered question as it was asked; one that was declined or not known says so. Sex at birth stands with the patient. */
export const writeFact: Writer<'fact.v1'> = (entry, writing) => {
  const { body } = entry
  if (body.fact === 'sexAtBirth') return []
  const observation: Resource = {
    resourceType: 'Observation', id: entry.id, status: 'final', category: category('survey'), code: own('fact', body.fact, spaced(body.fact)), ...about(entry, writing), effectiveDateTime: entry.at, performer: [writing.person(entry.by)],
  }
  if (body.state !== 'answered') return [{ ...observation, dataAbsentReason: concept(DATA_ABSENT, body.state === 'declined' ? 'asked-declined' : 'asked-unknown') }]
  return [{ ...observation, ...valueOf(body.value) }]
}

function valueOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'boolean') return { valueBoolean: value }
  if (typeof value === 'number') return { valueQuantity: { value } }
  if (typeof value === 'string') return { valueString: value }
  const parts = (Array.isArray(value) ? value : []).map((one: unknown) => (typeof one === 'object' && one !== null ? Object.values(one).join(': ') : String(one)))
  return { valueString: parts.length > 0 ? parts.join('; ') : 'none' }
}

export const spaced = (name: string) => name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase()
