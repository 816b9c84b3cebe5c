import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { importAll, planOf, settingWith } from '../testing/setting.ts'

const setting = settingWith((text) => createHash('sha256').update(text).digest('hex'))
const ada = { resourceType: 'Patient', id: 'ada', name: [{ family: 'Okafor', given: ['Ada'] }], birthDate: '1990-02-03' }
const of = { subject: { reference: 'Patient/ada' } }
const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] })
const amount = (value: number, code?: string, unit?: string) => ({ value, ...(unit && { unit }), ...(code && { code, system: 'http://unitsofmeasure.org' }) })
const observation = { resourceType: 'Observation', id: 'o', status: 'final', ...of, effectiveDateTime: '2026-03-01T10:00:00Z' }
const pulse = (over: object) => ({ ...observation, code: loinc('8867-4'), valueQuantity: amount(72, '/min'), ...over })
const pressure = (upper: object, lower: object, over: object = {}) => ({ ...observation, code: loinc('85354-9'), component: [{ code: loinc('8480-6'), valueQuantity: upper }, { code: loinc('8462-4'), valueQuantity: lower }], ...over })
const one = (code: string, quantity: object) => ({ ...observation, code: loinc(code), valueQuantity: quantity })
const condition = { resourceType: 'Condition', id: 'c', ...of, code: { text: 'Depression' }, clinicalStatus: { coding: [{ code: 'active' }] } }
const prescription = { resourceType: 'MedicationRequest', id: 'm', status: 'active', intent: 'order', ...of, medicationCodeableConcept: { text: 'Sertraline' } }
const allergy = { resourceType: 'AllergyIntolerance', id: 'a', patient: { reference: 'Patient/ada' }, code: { text: 'Penicillin' } }
const answers = (items: object[], over: object = {}) => ({ resourceType: 'QuestionnaireResponse', id: 'q', status: 'completed', ...of, authored: '2026-03-01', item: items, ...over })
const item = (code: string, answer: object) => ({ linkId: `/${code}`, answer: [answer] })

const outcome = (resource: object, patient: object = ada) => {
  const plan = planOf(importAll([patient, resource], setting), 'Patient/ada')
  const found = plan.outcomes.at(-1)
  const entry = found?.becomes === 'entries' ? plan.entries.find((each) => each.id === found.entries[0]) : undefined
  return { verdict: plan.verdict, entry, note: found && 'note' in found ? found.note : '', reason: found && 'reason' in found ? found.reason : undefined }
}

describe('broken content is refused, and the reason names it', () => {
  test.each<[string, object, string]>([
    ['pulse in kPa', pulse({ valueQuantity: amount(72, 'kPa') }), 'the unit kPa is not known'],
    ['pressure in kPa', pressure(amount(16, 'kPa'), amount(10, 'kPa')), 'the unit kPa is not known'],
    ['a value without a unit', pulse({ valueQuantity: amount(72) }), '72 has no unit'],
    ['weight in an unknown unit', one('29463-7', amount(11, 'stone')), 'the unit stone is not known'],
    ['pounds under the code for kilograms', one('29463-7', amount(180, 'kg', 'lb')), 'the unit says lb and its code says kg'],
    ['a unit of another kind', one('29463-7', amount(180, 'kg', 'cm')), 'the unit says cm and its code says kg'],
    ['a bound instead of a reading', pulse({ valueQuantity: { ...amount(72, '/min'), comparator: '<' } }), 'a bound'],
    ['a pressure of 900', pressure(amount(900, 'mm[Hg]'), amount(80, 'mm[Hg]')), 'systolicMmHg'],
    ['upper below lower', pressure(amount(80, 'mm[Hg]'), amount(120, 'mm[Hg]')), 'below the lower'],
    ['a saturation of 140 %', one('59408-5', amount(140, '%')), 'spo2Percent'],
    ['a pulse of 301', pulse({ valueQuantity: amount(301, '/min') }), 'heartRatePerMin'],
    ['a fever of 98.6 °C', one('8310-5', amount(98.6, 'Cel')), 'temperatureDeciC'],
    ['an adult of 4 kg', one('29463-7', amount(4, 'kg')), 'weightG'],
    ['an adult of 800 kg', one('29463-7', amount(800, 'kg')), 'weightG'],
    ['a vital sign without a date', pulse({ effectiveDateTime: undefined }), 'no date'],
    ['30 February', pulse({ effectiveDateTime: '2026-02-30' }), 'is not a date'],
    ['a date in words', pulse({ effectiveDateTime: 'yesterday' }), 'is not a date'],
    ['next year', pulse({ effectiveDateTime: '2027-03-01T10:00:00Z' }), 'lies in the future'],
    ['a status nobody knows', pulse({ status: 'banana' }), 'status'],
    ['no status', pulse({ status: undefined }), 'status'],
    ['no code', pulse({ code: undefined }), 'code'],
    ['a code with nothing in it', pulse({ code: {} }), 'what was observed'],
    ['a value that is text where a number is due', pulse({ valueQuantity: { value: '72', code: '/min' } }), 'valueQuantity.value'],
    ['one object where a list is due', pulse({ category: { text: 'vital-signs' } }), 'category'],
    ['a condition without a name', { ...condition, code: undefined }, 'which condition'],
    ['a condition of an unknown status', { ...condition, clinicalStatus: { coding: [{ code: 'perhaps' }] } }, 'perhaps'],
    ['a condition begun on no day', { ...condition, onsetDateTime: 'spring' }, 'spring is not a date'],
    ['a medicine without a name', { ...prescription, medicationCodeableConcept: undefined }, 'which medicine'],
    ['a medicine that is not in the file', { ...prescription, medicationCodeableConcept: undefined, medicationReference: { reference: 'Medication/lost' } }, 'Medication/lost'],
    ['a prescription without a status', { ...prescription, status: undefined }, 'status'],
    ['an allergy to nothing', { ...allergy, code: undefined }, 'to what'],
    ['an answer the questionnaire does not have', answers([item('44250-9', { valueCoding: { code: 'LA6570-1' } }), item('44255-8', { valueCoding: { code: 'LA-none', display: 'Constantly' } })]), 'item 2 (Constantly)'],
    ['a number no answer is worth', answers([item('44250-9', { valueInteger: 4 })]), 'item 1 (4)'],
    ['two answers to one item', answers([{ linkId: '/44250-9', answer: [{ valueInteger: 1 }, { valueInteger: 2 }] }]), '2 answers'],
    ['answers without a date', answers([item('44250-9', { valueInteger: 1 })], { authored: undefined }), 'when it was filled in'],
  ])('%s', (_, resource, reason) => {
    const found = outcome(resource)
    expect(found.reason).toContain(reason)
    expect(found.verdict).toBe('refused')
  })

  test.each<[string, object, string]>([
    ['no name', { ...ada, name: undefined }, 'family name'], ['no given name', { ...ada, name: [{ family: 'Okafor' }] }, 'given name'],
    ['no birth date', { ...ada, birthDate: undefined }, 'birth date'], ['a year of birth only', { ...ada, birthDate: '1990' }, 'not a full day'],
    ['born tomorrow', { ...ada, birthDate: '2026-11-22' }, 'future'], ['a gender FHIR does not know', { ...ada, gender: 'F' }, 'gender'],
    ['deceased without a day', { ...ada, deceasedBoolean: true }, 'has died'], ['a death to come', { ...ada, deceasedDateTime: '2027-01-01' }, 'future'], ['a death before birth', { ...ada, deceasedDateTime: '1989-01-01' }, 'before the birth'], ['a year of death only', { ...ada, deceasedDateTime: '2020' }, 'not a full day'],
  ])('a person with %s', (_, patient, reason) => {
    const plan = planOf(importAll([patient], setting), 'Patient/ada')
    expect(plan).toMatchObject({ verdict: 'refused', entries: [] })
    expect(plan.refusals.join()).toContain(reason)
  })
})

describe('careful readings', () => {
  test.each<[string, object, string, object, string?]>([
    ['a saturation is never rounded up', one('59408-5', amount(92.9, '%')), 'vitals.v1', { spo2Percent: 92 }, 'Rounded from 92.9'],
    ['a pulse goes to the nearest', pulse({ valueQuantity: amount(72.5, '/min') }), 'vitals.v1', { heartRatePerMin: 73 }],
    ['Fahrenheit', one('8310-5', amount(98.6, '[degF]')), 'vitals.v1', { temperatureDeciC: 370 }],
    ['pounds', one('29463-7', amount(154, '[lb_av]', 'lbs')), 'weight.v1', { weightG: 69_853 }],
    ['inches', one('8302-2', amount(70, '[in_i]')), 'height.v1', { heightMm: 1_778 }],
    ['a unit in words alone', pulse({ valueQuantity: amount(72, undefined, 'beats/min') }), 'vitals.v1', { heartRatePerMin: 72 }],
    ['the upper value alone', { ...observation, code: loinc('8480-6'), valueQuantity: amount(131, 'mm[Hg]') }, 'vitals.v1', { systolicMmHg: 131 }],
    ['a condition without a status counts as active', { ...condition, clinicalStatus: undefined }, 'condition.v1', { status: 'active' }, 'no clinical status'],
    ['a relapse is active', { ...condition, clinicalStatus: { coding: [{ code: 'relapse' }] } }, 'condition.v1', { status: 'active' }],
    ['a suspicion is active, and says so', { ...condition, verificationStatus: { coding: [{ code: 'provisional' }] } }, 'condition.v1', { status: 'active' }, 'provisional'],
    ['a month of onset is a note, not a day', { ...condition, onsetDateTime: '2019-05' }, 'condition.v1', { status: 'active', name: 'Depression' }, 'Began in 2019-05'],
    ['a medicine on hold may still be in the body', { ...prescription, status: 'on-hold' }, 'medication.v1', { status: 'active' }, 'on-hold'],
    ['a completed prescription is stopped', { ...prescription, status: 'completed' }, 'medication.v1', { status: 'stopped' }],
    ['an allergy called resolved stays active', { ...allergy, clinicalStatus: { coding: [{ code: 'resolved' }] } }, 'allergy.v1', { status: 'active' }, 'resolved'],
    ['a refuted allergy is refuted', { ...allergy, verificationStatus: { coding: [{ code: 'refuted' }] } }, 'allergy.v1', { status: 'refuted' }],
    ['no known allergies is a list gone through', { ...allergy, code: { text: 'No known allergies' } }, 'list-reviewed.v1', { list: 'allergies', none: true }],
    ['no known allergy by its code', { ...allergy, code: { coding: [{ system: 'http://snomed.info/sct', code: '716186003', display: 'None' }] } }, 'list-reviewed.v1', { list: 'allergies', none: true }],
    ['no known allergy to one thing is not that', { ...allergy, code: { text: 'No known allergy to latex' } }, 'allergy.v1', { substance: 'No known allergy to latex' }],
    ['a urine test for pregnancy', { ...observation, code: loinc('2106-3'), valueCodeableConcept: { coding: [{ code: 'LA6577-6' }] } }, 'pregnancy-test.v1', { result: 'negative', specimen: 'urine', takenAt: '2026-03-01T10:00:00.000Z' }],
    ['a serum test, detected', { ...observation, code: loinc('2118-8'), valueString: 'Detected' }, 'pregnancy-test.v1', { result: 'positive', specimen: 'serum' }],
    ['an unclear test is no result', { ...observation, code: loinc('2106-3'), valueString: 'equivocal' }, 'observation.v1', { value: 'equivocal' }],
    ['a bound on a laboratory value stays a bound', { ...one('3094-0', { ...amount(5, 'mg/dL'), comparator: '<' }) }, 'observation.v1', { value: '< 5 mg/dL' }],
    ['an unanswered item stays unanswered', answers([item('44250-9', { valueCoding: { code: 'LA6571-9' } }), item('44260-8', { valueInteger: 1 }), item('44259-0', { valueInteger: 0 })]), 'measure-answered.v1', { instrument: 'phq-9', answers: { 1: 3, 2: null, 3: 0, 4: null, 5: null, 6: null, 7: null, 8: null, 9: 1, difficulty: null } }],
    ['two items of PHQ-9 alone are PHQ-2', answers([item('44250-9', { valueInteger: 1 }), item('44255-8', { valueInteger: 2 })]), 'measure-answered.v1', { instrument: 'phq-2', answers: { 1: 1, 2: 2 }, answeredBy: 'patient' }],
    ['an answer worth what its coding says', answers([item('69725-0', { valueCoding: { code: 'own', extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/ordinalValue', valueDecimal: 2 }] } })]), 'measure-answered.v1', { instrument: 'gad-7' }],
    ['a composite form: what is not read is named', answers([item('69725-0', { valueInteger: 2 }), { linkId: 'sleep', text: 'Hours slept', answer: [{ valueInteger: 6 }] }]), 'measure-answered.v1', { instrument: 'gad-7' }, 'Hours slept'],
  ])('%s', (_, resource, kind, body, note = '') => {
    const found = outcome(resource)
    expect(found.reason).toBeUndefined()
    expect(found.entry).toMatchObject({ kind, body })
    expect(found.note).toContain(note)
  })

  test.each<[string, object]>([
    ['a cancelled measurement', pulse({ status: 'cancelled' })], ['one registered without a result', pulse({ status: 'registered' })], ['a vital sign without a value', pulse({ valueQuantity: undefined })],
    ['a draft', { ...prescription, status: 'draft' }], ['a proposal', { ...prescription, intent: 'proposal' }], ['a medicine not to give', { ...prescription, doNotPerform: true }],
    ['an unfinished form', answers([item('44250-9', { valueInteger: 1 })], { status: 'in-progress' })], ['an unknown form', answers([{ linkId: 'x', answer: [{ valueInteger: 1 }] }])], ['a form without one answer', answers([{ linkId: '/44250-9' }])],
    ['a condition ruled out', { ...condition, verificationStatus: { coding: [{ code: 'refuted' }] } }],
  ])('%s is skipped with a reason, and the rest comes in', (_, resource) => {
    const found = outcome(resource)
    expect(found).toMatchObject({ verdict: 'store', entry: undefined })
    expect((found.reason ?? '').length).toBeGreaterThan(15)
  })

  test('a child may weigh less than the chart’s own entry holds, at its age that day; not more than anybody', () => {
    const child = { ...ada, birthDate: '2024-01-01' }
    expect(outcome(one('29463-7', amount(9, 'kg')), child).entry).toMatchObject({ kind: 'observation.v1', body: { value: 9, unit: 'kg' } })
    expect(outcome(one('29463-7', amount(31, 'kg')), child).entry).toMatchObject({ kind: 'weight.v1', body: { weightG: 31_000 } })
    expect(outcome(one('29463-7', amount(900, 'kg')), child).verdict).toBe('refused')
    expect(outcome(one('29463-7', amount(-9, 'kg')), child).verdict).toBe('refused')
    // Born in 1990: a weight of 1993 was a child's, one of 2008 was an adult's.
    expect(outcome({ ...one('29463-7', amount(14, 'kg')), effectiveDateTime: '1993-05-01' }).verdict).toBe('store')
    expect(outcome({ ...one('29463-7', amount(14, 'kg')), effectiveDateTime: '2008-02-03' }).verdict).toBe('refused')
    expect(outcome({ ...one('29463-7', amount(14, 'kg')), effectiveDateTime: '2008-02-02' }).verdict).toBe('store')
  })

  test.each([
    ['a day stands at noon', '2026-03-01', '2026-03-01T12:00:00.000Z'], ['a month at its first day', '2026-03', '2026-03-01T12:00:00.000Z'], ['a year at its first day', '2025', '2025-01-01T12:00:00.000Z'],
    ['another zone in UTC', '2026-03-01T23:30:00-05:00', '2026-03-02T04:30:00.000Z'], ['today is not after now', '2026-11-21', '2026-11-21T12:00:00.000Z'], ['today ahead of UTC', '2026-11-22', '2026-11-21T17:00:00.000Z'],
  ])('%s', (_, written, at) => expect(outcome(pulse({ effectiveDateTime: written })).entry?.at).toBe(at))

  test('text longer than the chart holds is cut where one can see it', () => {
    const long = outcome({ ...prescription, dosageInstruction: [{ text: 'x'.repeat(400) }] })
    expect(long.entry?.body).toMatchObject({ dosage: `${'x'.repeat(299)}…` })
    expect(long.note).toContain('longer than the chart holds')
  })

  test('characters that no database keeps, endless numbers and endless nesting break the resource', () => {
    for (const bad of ['a\u0000b', 'a\uD800b']) expect(outcome({ ...condition, code: { text: bad } }).reason).toContain('cannot be stored')
    expect(outcome({ ...one('3094-0', amount(Number.POSITIVE_INFINITY, 'mg/dL')) }).reason).toContain('too large')
    let deep: unknown = 'x'
    for (let level = 0; level < 10_000; level += 1) deep = { item: [deep] }
    expect(outcome({ ...condition, extension: [deep] }).reason).toContain('nested too deeply')
  })
})
