import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readChart } from '../../chart/chart.ts'
import type { Entry } from '../../chart/entry.ts'
import { importAll, planOf, settingWith, store } from '../testing/setting.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const setting = settingWith(sha256)
const later = settingWith(sha256, { now: '2026-12-01T09:00:00.000Z' })

const ada = { resourceType: 'Patient', id: 'ada', name: [{ family: 'Okafor', given: ['Ada', 'N.'] }], birthDate: '1990-02-03', identifier: [{ system: 'urn:clinic', value: '77' }] }
const sertraline = { resourceType: 'MedicationRequest', id: 'm1', status: 'active', intent: 'order', subject: { reference: 'Patient/ada' }, medicationCodeableConcept: { text: 'Sertraline 50 mg' }, authoredOn: '2026-01-05' }
const pressure = { resourceType: 'Observation', id: 'o1', status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] }, subject: { reference: 'Patient/ada' }, effectiveDateTime: '2026-03-01T10:00:00Z', valueQuantity: { value: 72, unit: '/min', code: '/min' } }
const file = [ada, sertraline, pressure]

const first = planOf(importAll(file, setting), 'Patient/ada')
const chart = store([], first.entries)
const again = (input: unknown, written: readonly Entry[] = chart) => planOf(importAll(input, later, new Map([[first.chart, written]])), 'Patient/ada')
const standing = (written: readonly Entry[]) => readChart(written).entries.filter((entry) => entry.kind !== 'imported.v1').map((entry) => [entry.kind, entry.body])

describe('importing again', () => {
  test('the same file asks for the same ids and stores nothing', () => {
    expect(planOf(importAll(file, later), 'Patient/ada').entries.map((entry) => entry.id)).toEqual(first.entries.map((entry) => entry.id))
    expect(again(file)).toMatchObject({ verdict: 'unchanged', entries: [] })
    expect(again(file).outcomes.map((outcome) => outcome.becomes)).toEqual(['unchanged', 'unchanged', 'unchanged'])
  })

  test('in another order, and touched by the server without a change, it is the same file', () => {
    expect(again([{ ...pressure, meta: { lastUpdated: '2026-11-30T00:00:00Z', versionId: '9' } }, sertraline, ada])).toMatchObject({ verdict: 'unchanged' })
  })

  test('another practice, or another source, asks for other ids and another chart', () => {
    for (const other of [settingWith(sha256, { practice: '0193a000-0000-7000-8000-00000000000f' }), settingWith(sha256, { source: 'another-clinic' })]) {
      const plan = planOf(importAll(file, other), 'Patient/ada')
      expect(plan.chart).not.toBe(first.chart)
      expect(plan.entries.filter((entry) => first.entries.some((one) => one.id === entry.id))).toEqual([])
    }
  })

  test('a changed resource amends what it became, and only that', () => {
    const stopped = again([ada, { ...sertraline, status: 'stopped' }, pressure])
    const before = chart.find((entry) => entry.kind === 'medication.v1')
    expect(stopped.entries.map((entry) => [entry.kind, entry.amends])).toEqual([['medication.v1', before?.id], ['imported.v1', undefined]])
    const after = store(chart, stopped.entries)
    expect(standing(after)).toContainEqual(['medication.v1', expect.objectContaining({ status: 'stopped' })])
    expect(standing(after)).toHaveLength(3)
    expect(again([ada, { ...sertraline, status: 'stopped' }, pressure], after)).toMatchObject({ verdict: 'unchanged' })
  })

  test('changed and changed back: the first content stands again, under an id of its own', () => {
    const after = store(chart, again([ada, { ...sertraline, status: 'stopped' }, pressure]).entries)
    const back = again(file, after)
    expect(back.verdict).toBe('store')
    const last = store(after, back.entries)
    expect(new Set(last.map((entry) => entry.id)).size).toBe(last.length)
    expect(standing(last)).toContainEqual(['medication.v1', expect.objectContaining({ status: 'active' })])
    expect(standing(last)).toHaveLength(3)
  })

  test('a resource entered in error leaves the chart as it stands, and stays readable', () => {
    const plan = again([ada, sertraline, { ...pressure, status: 'entered-in-error' }])
    expect(plan.entries.map((entry) => entry.kind)).toEqual(['imported.v1'])
    const after = store(chart, plan.entries)
    expect(standing(after).map(([kind]) => kind).toSorted()).toEqual(['demographics.v1', 'medication.v1'])
    expect(after.some((entry) => entry.kind === 'vitals.v1')).toBe(true)
    expect(again([ada, sertraline, { ...pressure, status: 'entered-in-error' }], after)).toMatchObject({ verdict: 'unchanged' })
  })

  test('entered in error before it ever came in: skipped', () => {
    const plan = planOf(importAll([ada, { ...pressure, status: 'entered-in-error' }], setting), 'Patient/ada')
    expect(plan.outcomes[1]).toMatchObject({ becomes: 'skipped' })
    expect(plan.verdict).toBe('store')
  })

  test('a code that changed so that another kind of entry comes of it takes the old one off', () => {
    const plan = again([ada, sertraline, { ...pressure, code: { text: 'Steps today' }, valueQuantity: { value: 4000 } }])
    const after = store(chart, plan.entries)
    expect(standing(after).map(([kind]) => kind).toSorted()).toEqual(['demographics.v1', 'medication.v1', 'observation.v1'])
  })

  test('a sex at birth that the source no longer gives is taken off, the name stays', () => {
    const withSex = { ...ada, extension: [{ url: 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex', valueCode: 'F' }] }
    const with_ = store([], planOf(importAll([withSex], setting), 'Patient/ada').entries)
    expect(standing(with_).map(([kind]) => kind)).toEqual(expect.arrayContaining(['demographics.v1', 'fact.v1']))
    const without = store(with_, again([ada], with_).entries)
    expect(standing(without).map(([kind]) => kind)).toEqual(['demographics.v1'])
    expect(again([ada], without)).toMatchObject({ verdict: 'unchanged' })
  })

  test('what somebody here corrected stays as they corrected it', () => {
    const before = chart.find((entry) => entry.kind === 'medication.v1')
    const corrected: Entry[] = [...chart, { ...before, id: '0193a000-0000-7000-8000-0000000000aa', amends: before?.id, seq: chart.length + 1, body: { name: 'Sertraline 100 mg', codes: [], dosage: '', status: 'active' } } as Entry]
    const plan = again([ada, { ...sertraline, status: 'stopped' }, pressure], corrected)
    expect(plan).toMatchObject({ verdict: 'unchanged', entries: [] })
    expect(plan.outcomes[1]).toMatchObject({ becomes: 'skipped', reason: expect.stringContaining('corrected') })
  })
})

describe('people who may be the same', () => {
  const known = (over: object) => [{ chart: 'c-1', identifiers: [], names: [{ given: 'Somebody', family: 'Else' }], birthDate: '1950-01-01', ...over }]
  test.each([
    ['the same number of the same place', known({ identifiers: [{ system: 'urn:clinic', value: '77' }] }), ['c-1']],
    ['the same number of another place', known({ identifiers: [{ system: 'urn:elsewhere', value: '77' }] }), []],
    ['the same name and birth date', known({ names: [{ given: 'Ada', family: 'Okafor' }], birthDate: '1990-02-03' }), ['c-1']],
    ['written another way', known({ names: [{ given: 'ADA Ngozi', family: 'Okáfor' }], birthDate: '1990-02-03' }), ['c-1']],
    ['the same name, another birth date', known({ names: [{ given: 'Ada', family: 'Okafor' }], birthDate: '1990-02-04' }), []],
    ['the same name, no birth date', [{ chart: 'c-1', identifiers: [], names: [{ given: 'Ada', family: 'Okafor' }] }], []],
    ['a sibling born the same day', known({ names: [{ given: 'Chidi', family: 'Okafor' }], birthDate: '1990-02-03' }), []],
    ['her own chart', [{ chart: first.chart, identifiers: [{ system: 'urn:clinic', value: '77' }], names: [] }], []],
  ])('%s', (_, others, expected) => {
    expect(planOf(importAll(file, setting, new Map(), others), 'Patient/ada').possibleDuplicateOf).toEqual(expected)
  })
})

describe('one person at a time, all of them or nothing', () => {
  const ben = { ...ada, id: 'ben', name: [{ family: 'Lund', given: ['Ben'] }], birthDate: '1984-06-07', identifier: [] }
  const bad = { ...pressure, id: 'o2', valueQuantity: { value: 72, unit: 'kPa', code: 'kPa' } }

  test('a broken resource refuses its person and lets the other through', () => {
    const { plans } = importAll([...file, bad, ben], setting)
    expect(plans.map((plan) => [plan.resource, plan.verdict, plan.entries.length > 0])).toEqual([['Patient/ada', 'refused', false], ['Patient/ben', 'store', true]])
    expect(plans[0]?.refusals).toEqual(['Observation/o2: the unit kPa is not known here for this measurement'])
    expect(plans[0]?.outcomes.map((outcome) => outcome.becomes)).toEqual(['skipped', 'skipped', 'skipped', 'broken'])
  })

  test.each([
    ['without a subject', { ...pressure, id: 'o3', subject: undefined }],
    ['whose subject is misspelt', { ...pressure, id: 'o3', subject: { reference: 'Patient/adda' } }],
    ['whose subject is no patient', { ...pressure, id: 'o3', subject: { reference: 'MedicationRequest/m1' } }],
    ['that is no resource', 7],
  ])('a resource %s holds back everybody, since nobody can say whose it is', (_, orphan) => {
    const { plans, reading } = importAll([...file, ben, orphan], setting)
    expect(plans.map((plan) => plan.verdict)).toEqual(['refused', 'refused'])
    expect(reading.blockedBy).toHaveLength(1)
  })

  test('the same resource twice is read once; twice with different content refuses its person', () => {
    expect(planOf(importAll([...file, pressure], setting), 'Patient/ada')).toMatchObject({ verdict: 'store', entries: { length: first.entries.length } })
    const { plans } = importAll([...file, ben, { ...pressure, valueQuantity: { value: 200, code: '/min' } }], setting)
    expect(plans.map((plan) => plan.verdict)).toEqual(['refused', 'store'])
    expect(plans[0]?.refusals[0]).toContain('more than once, with different content')
  })

  test('a person whose own record is there twice, in two versions, holds everybody back', () => {
    const { plans, reading } = importAll([...file, ben, { ...ada, birthDate: '1991-02-03' }], setting)
    expect(plans.map((plan) => [plan.resource, plan.verdict])).toEqual([['Patient/ben', 'refused']])
    expect(reading.blockedBy.length).toBeGreaterThan(0)
  })

  test('a resource of a type the chart does not read holds nobody back', () => {
    expect(importAll([...file, { resourceType: 'Practitioner' }, { resourceType: 'Group', id: 'g' }], setting).plans[0]?.verdict).toBe('store')
  })

  test('an appointment of hers counts as hers, and is named', () => {
    const plan = planOf(importAll([...file, { resourceType: 'Encounter', id: 'e1', subject: { reference: 'Patient/ada' } }], setting), 'Patient/ada')
    expect(plan.outcomes).toContainEqual({ resource: 'Encounter/e1', becomes: 'skipped', reason: 'Encounter resources have no place on a chart yet.' })
  })
})

test('the example people keep their ids for ever: a chart imported before must be known again', () => {
  const example = planOf(importAll(readFileSync(new URL('../examples/us-core-people.json', import.meta.url), 'utf8'), setting), 'Patient/example')
  expect([example.chart, example.entries[0]?.id]).toMatchInlineSnapshot(`
    [
      "dbe34e9e-24d8-8b7d-ba65-3a713b4c76df",
      "16ee0273-2acd-82b6-84b9-689806829d1d",
    ]
  `)
})
