import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kinds } from '../../chart/kinds.ts'
import { importAll, planOf, settingWith } from '../testing/setting.ts'
import { importedTypes, readBundle } from './bundle.ts'
import { planOthers, planPatient } from './plan.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const setting = settingWith(sha256)
const file = readFileSync(new URL('../examples/us-core-people.json', import.meta.url), 'utf8')
const resources = (JSON.parse(file) as { entry: { resource: Record<string, unknown> }[] }).entry.map((entry) => entry.resource)

describe('the five example people of the US Core guide', () => {
  const whole = importAll(file, setting)

  test('all five import, children and the deceased with that fact', () => {
    expect(whole.plans.map((plan) => [plan.resource, plan.verdict, plan.flags.join()]).toSorted()).toEqual([
      ['Patient/child-example', 'store', 'child'],
      ['Patient/deceased-example', 'store', 'deceased'],
      ['Patient/example', 'store', ''],
      ['Patient/example-targeted-provenance', 'store', ''],
      ['Patient/infant-example', 'store', 'child'],
    ])
    const body = planOf(whole, 'Patient/deceased-example').entries.find((entry) => entry.kind === 'demographics.v1')?.body
    expect(body).toMatchObject({ familyName: 'Shaw', birthDate: '1937-10-21', deceasedOn: '2022-07-22' })
  })

  test('every resource is accounted for, once', () => {
    const accounted = [...whole.plans.flatMap((plan) => plan.outcomes), ...planOthers(whole.reading)]
    expect(accounted.map((outcome) => outcome.resource).toSorted()).toEqual(resources.map((one) => `${String(one['resourceType'])}/${String(one['id'])}`).toSorted())
    expect(resources).toHaveLength(134)
    expect(accounted.filter((outcome) => outcome.becomes === 'broken')).toEqual([])
  })

  test('what is skipped is skipped for a reason: panels, unknown questionnaires and the medication on its own', () => {
    const skipped = [...whole.plans.flatMap((plan) => plan.outcomes), ...planOthers(whole.reading)].flatMap((outcome) => (outcome.becomes === 'skipped' ? [[outcome.resource, outcome.reason]] : []))
    expect(skipped.map(([resource]) => resource).toSorted()).toEqual([
      'Medication/uscore-med2', 'Observation/10-minute-apgar-score-panel', 'Observation/HVS-panel-example-88121-9', 'Observation/PHQ9-panel-example-44249-1',
      'Observation/PRAPARE-panel-example-93025-5', 'Observation/PRAPARE-panel-example-93039-6', 'Observation/PRAPARE-panel-example-93040-4', 'Observation/PRAPARE-panel-example-93041-2',
      'Observation/PRAPARE-panel-example-93042-0', 'Observation/PRAPARE-panel-example-93043-8', 'QuestionnaireResponse/glascow-coma-score', 'QuestionnaireResponse/hunger-vital-sign-example', 'QuestionnaireResponse/prapare-example',
    ])
    expect(skipped.every(([, reason]) => (reason ?? '').length > 20)).toBe(true)
  })

  test('the duplicate is noticed from both sides, and nobody else is suspected', () => {
    expect(Object.fromEntries(whole.plans.map((plan) => [plan.resource, plan.possibleDuplicateOf]))).toEqual({
      'Patient/child-example': [], 'Patient/deceased-example': [], 'Patient/infant-example': [],
      'Patient/example': ['Patient/example-targeted-provenance'], 'Patient/example-targeted-provenance': ['Patient/example'],
    })
  })

  test('each kind of resource becomes the entry it should', () => {
    const entry = (resource: string) => {
      const plan = whole.plans.find((one) => one.outcomes.some((outcome) => outcome.resource === resource))
      const outcome = plan?.outcomes.find((one) => one.resource === resource)
      const first = outcome?.becomes === 'entries' ? plan?.entries.find((one) => one.id === outcome.entries[0]) : undefined
      return first && { kind: first.kind, at: first.at, body: first.body }
    }
    expect(entry('Condition/encounter-diagnosis-example1')).toMatchObject({ kind: 'condition.v1', at: '2015-11-01T12:00:00.000Z', body: { name: 'Burnt Ear', status: 'resolved', onset: '2015-10-31', category: 'problem' } })
    expect(entry('MedicationRequest/medicationrequest-contained-oral-axid')).toMatchObject({ kind: 'medication.v1', body: { name: 'Nizatidine 15 MG/ML Oral Solution [Axid]', dosage: '10 mL bid', status: 'active', startedOn: '2008-04-05', codes: [{ code: '582620' }] } })
    expect(entry('MedicationRequest/medicationrequest-referenced-oral-axid')).toMatchObject({ kind: 'medication.v1', body: { codes: [{ code: '582620' }] } })
    expect(entry('AllergyIntolerance/example')).toMatchObject({ kind: 'allergy.v1', body: { substance: 'sulfonamide antibacterial', reaction: 'skin rash', status: 'active' } })
    expect(entry('Observation/blood-pressure')).toEqual({ kind: 'vitals.v1', at: '1999-07-02T12:00:00.000Z', body: { systolicMmHg: 109, diastolicMmHg: 44 } })
    expect(entry('Observation/bp-data-absent')?.body).toEqual({ systolicMmHg: 109 })
    expect(entry('Observation/satO2-fiO2')).toEqual({ kind: 'vitals.v1', at: '2014-12-05T08:30:10.000Z', body: { spo2Percent: 95, onRoomAir: false } })
    expect(entry('Observation/temperature')?.body).toEqual({ temperatureDeciC: 366 })
    expect(entry('Observation/weight')).toMatchObject({ kind: 'weight.v1', body: { weightG: 20_094 } })
    expect(entry('Observation/height')).toMatchObject({ kind: 'height.v1', body: { heightMm: 1_115 } })
    expect(entry('Observation/length')).toMatchObject({ kind: 'observation.v1', body: { value: 25, unit: 'cm' } })
    expect(entry('Observation/serum-potassium')).toMatchObject({ kind: 'observation.v1', body: { value: 5.4, unit: 'mmol/L', category: 'laboratory' } })
    expect(entry('Observation/pregnancy-status')).toMatchObject({ kind: 'observation.v1', body: { value: 'Pregnant', category: 'social-history' } })
    expect(entry('QuestionnaireResponse/phq-9-example')).toMatchObject({
      kind: 'measure-answered.v1', at: '2022-11-29T20:50:32.718Z',
      body: { instrument: 'phq-9', answers: { 1: 2, 2: 2, 3: 2, 4: 2, 5: 1, 6: 1, 7: 2, 8: 0, 9: 0, difficulty: 1 }, answeredBy: 'clinician' },
    })
  })

  test('every entry has a body its kind allows, a date not after it was written, and an id of its own', () => {
    const entries = whole.plans.flatMap((plan) => plan.entries)
    expect(entries.filter((entry) => !kinds[entry.kind].body.safeParse(entry.body).success)).toEqual([])
    expect(entries.filter((entry) => entry.at > entry.writtenAt)).toEqual([])
    expect(new Set(entries.map((entry) => entry.id)).size).toBe(entries.length)
    expect(entries.every((entry) => /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(entry.id))).toBe(true)
  })

  test('each resource that became something left one trace of where it came from', () => {
    for (const plan of whole.plans) {
      const traces = plan.entries.filter((entry) => entry.kind === 'imported.v1')
      expect(traces.map((trace) => trace.body)).toEqual(plan.outcomes.flatMap((outcome) => (outcome.becomes === 'entries' ? [expect.objectContaining({ resource: outcome.resource, source: 'county-clinic', becameEntries: outcome.entries })] : [])))
    }
  })
})

test('the same people come in from a list, one resource a line, and a bundle without addresses', () => {
  const expected = importAll(file, setting).plans.map((plan) => plan.entries)
  expect(importAll(resources, setting).plans.map((plan) => plan.entries)).toEqual(expected)
  expect(importAll(resources.map((one) => JSON.stringify(one)).join('\n'), setting).plans.map((plan) => plan.entries)).toEqual(expected)
})

describe('what is no FHIR is refused whole', () => {
  test.each([
    ['nothing', '', 'import.not-json'], ['half a file', file.slice(0, 40_000), 'import.not-json'], ['a line cut off', '{"resourceType":"Patient"}\n{"resourceTy', 'import.not-json'],
    ['a number', '42', 'import.not-fhir'], ['another object', '{"patients":[]}', 'import.not-fhir'], ['a bundle whose entries are no list', '{"resourceType":"Bundle","entry":{}}', 'import.not-fhir'],
    ['an empty bundle', '{"resourceType":"Bundle"}', 'import.empty'], ['an empty list', '[]', 'import.empty'],
  ])('%s', (_, input, code) => {
    const read = readBundle(input, setting)
    expect(read.ok ? 'read' : read.refusal.code).toBe(code)
    expect(read.ok ? '' : read.refusal.says).toContain('Nothing was stored')
  })
})

describe('whatever happens to a file, it is read or refused, never thrown at and never half planned', () => {
  const chosen = ['example', 'child-example', 'deceased-example', 'encounter-diagnosis-example1', 'medicationrequest-contained-oral-axid', 'self-tylenol', 'blood-pressure', 'weight', 'satO2-fiO2', 'pediatric-bmi-example', 'phq-9-example']
  const small = resources.filter((one) => chosen.includes(String(one['id'])))

  test('any part replaced by anything', () => {
    const places = small.flatMap((one, place) => pathsIn(one).map((path) => [place, path] as const))
    fc.assert(fc.property(fc.constantFrom(...places), fc.jsonValue(), ([place, path], value) => {
      const mutated = small.map((one, at) => (at === place ? replace(one, path, value) : one))
      judge(mutated)
    }), { numRuns: 300 })
  })

  test('any part left out', () => {
    for (const [place, one] of small.entries()) {
      for (const path of pathsIn(one).filter((each) => each.length <= 2)) judge(small.map((other, at) => (at === place ? replace(one, path, undefined) : other)))
    }
  })

  test('anything at all', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => { readBundle(value, setting) }), { numRuns: 500 })
    fc.assert(fc.property(fc.array(fc.record({ resourceType: fc.constantFrom(...importedTypes, 'Bundle', 'Group'), id: fc.string(), subject: fc.jsonValue(), code: fc.jsonValue(), status: fc.jsonValue() }, { requiredKeys: ['resourceType'] })), (value) => { readBundle(value, setting) }), { numRuns: 500 })
  })

  function judge(mutated: unknown[]) {
    const read = readBundle(mutated, setting)
    if (!read.ok) return
    const plans = read.value.patients.map((patient) => planPatient(patient, read.value, [], [], setting))
    const accounted = [...plans.flatMap((plan) => plan.outcomes), ...planOthers(read.value)]
    expect(accounted).toHaveLength(mutated.length)
    for (const plan of plans) {
      const broken = plan.outcomes.some((outcome) => outcome.becomes === 'broken') || read.value.blockedBy.length > 0
      expect(plan.verdict === 'refused').toBe(broken)
      if (broken) expect([plan.entries, plan.outcomes.filter((outcome) => outcome.becomes === 'entries')]).toEqual([[], []])
      expect(plan.entries.filter((entry) => !kinds[entry.kind].body.safeParse(entry.body).success)).toEqual([])
    }
  }
})

type Path = readonly (string | number)[]

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return path.length > 0 ? [path] : []
  const inside = Array.isArray(value) ? value.map((one, place) => [place, one] as const) : Object.entries(value).filter(([key]) => key !== 'text')
  return [...(path.length > 0 ? [path] : []), ...inside.flatMap(([key, one]) => pathsIn(one, [...path, key]))]
}

function replace(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by
  if (Array.isArray(value)) return value.map((one, place) => (place === key ? replace(one, rest, by) : one))
  const copy = { ...(value as Record<string, unknown>) }
  if (rest.length === 0 && by === undefined) delete copy[String(key)]
  else copy[String(key)] = replace(copy[String(key)], rest, by)
  return copy
}
