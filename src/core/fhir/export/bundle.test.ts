import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { entryKinds, kindRow } from '../../chart/kinds.ts'
import { importAll, planOf, settingWith, store } from '../testing/setting.ts'
import { exportSetting } from '../testing/export-setting.ts'
import { richChart } from '../testing/rich-chart.ts'
import { chartId, idOf } from '../testing/rich-people.ts'
import { exportBundle, ways } from './bundle.ts'
import type { Resource } from './resource.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const setting = exportSetting
const rich = richChart(sha256)
const bundle = exportBundle(rich.chart, setting)
const resources = bundle.entry.map((entry) => entry.resource)
const the = (name: string): Resource => {
  const found = resources.find((resource) => `${resource.resourceType}/${resource.id}` === name)
  if (!found) throw new Error(`${name} is not in the bundle`)
  return found
}

const examples = importAll(readFileSync(new URL('../examples/us-core-people.json', import.meta.url), 'utf8'), settingWith(sha256))
describe('what leaves', () => {
  test('the rich chart holds every kind there is, or this file proves less than it says', () => {
    const written = new Set([...rich.chart, ...rich.hidden].map((entry) => entry.kind))
    expect(entryKinds.filter((kind) => !written.has(kind))).toEqual([])
  })

  test('every kind has its way, and exactly the hidden streams are private', () => {
    expect(Object.keys(ways).toSorted()).toEqual([...entryKinds].toSorted())
    expect(entryKinds.filter((kind) => ways[kind] === 'private')).toEqual(entryKinds.filter((kind) => kindRow(kind).stream !== 'chart'))
  })

  test('the private journal and psychotherapy notes are in no export, even when handed over', () => {
    expect(rich.hidden).toHaveLength(6)
    const text = JSON.stringify(exportBundle([...rich.chart, ...rich.hidden], setting))
    expect(text).not.toContain('PRIVATE')
    expect(text).not.toContain(idOf(108))
  })

  test('every reference points into the bundle, and every resource stands in it once', () => {
    const names = new Set(resources.map((resource) => `${resource.resourceType}/${resource.id}`))
    expect(names.size).toBe(resources.length)
    const references = [...JSON.stringify(bundle).matchAll(/"reference":"([^"]+)"/g)].map(([, reference]) => reference ?? '')
    expect(references.length).toBeGreaterThan(100)
    expect([...new Set(references)].filter((reference) => !names.has(reference))).toEqual([])
  })

  test('nor does a part of a chart point outside: any entries, in any order', () => {
    fc.assert(fc.property(fc.shuffledSubarray(rich.chart), fc.shuffledSubarray([...setting.people]), (entries, people) => {
      const part = exportBundle(entries, { ...setting, people })
      const names = part.entry.map(({ resource }) => `${resource.resourceType}/${resource.id}`)
      expect(new Set(names).size).toBe(names.length)
      expect([...JSON.stringify(part).matchAll(/"reference":"([^"]+)"/g)].map(([, reference]) => reference).filter((reference) => !names.includes(reference ?? ''))).toEqual([])
    }))
  })

  test('what was corrected does not leave; its correction does', () => {
    expect(the(`Observation/${idOf(29)}`)['valueQuantity']).toEqual({ value: 71.5, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' })
    expect(resources.some((resource) => resource.id === idOf(17))).toBe(false)
  })

  test('somebody who is no longer listed is not invented', () => {
    const alone = exportBundle(rich.chart, { ...setting, people: [] })
    expect(alone.entry.some(({ resource }) => resource.resourceType === 'Practitioner')).toBe(false)
    expect(JSON.stringify(alone)).toContain('Somebody no longer listed here')
  })
})

describe('in its codes', () => {
  test.each<[string, object]>([
    [`Observation/${idOf(64)}-bp`, { code: { coding: [{ code: '85354-9' }] }, component: [{ code: { coding: [{ code: '8480-6' }] }, valueQuantity: { value: 122, code: 'mm[Hg]' } }, { code: { coding: [{ code: '8462-4' }] }, valueQuantity: { value: 78, code: 'mm[Hg]' } }], encounter: { reference: `Encounter/${idOf(902)}` } }],
    [`Observation/${idOf(71)}-bp`, { component: [{ valueQuantity: { value: 141 } }, { dataAbsentReason: { coding: [{ code: 'unknown' }] } }] }],
    [`Observation/${idOf(64)}-bt`, { valueQuantity: { value: 36.8, code: 'Cel' } }],
    [`Observation/${idOf(71)}-ox`, { valueQuantity: { value: 95, code: '%' }, component: [{ valueBoolean: false }] }],
    [`Observation/${idOf(25)}-total`, { code: { coding: [{ code: '44261-6' }] }, valueQuantity: { value: 14, code: '{score}' }, derivedFrom: [{ reference: `QuestionnaireResponse/${idOf(25)}` }] }],
    [`Observation/${idOf(8)}`, { dataAbsentReason: { coding: [{ code: 'asked-declined' }] } }],
    [`Patient/${chartId}`, { name: [{ family: 'Patel', given: ['Mira'] }, { use: 'nickname', given: ['Mia'] }], birthDate: '1988-04-05', extension: [{ valueCode: 'F' }], identifier: [{ system: 'urn:county', value: '77' }] }],
    [`MedicationRequest/${idOf(12)}`, { intent: 'plan', reportedBoolean: true, status: 'active', authoredOn: '2024-01-15' }],
    [`MedicationRequest/${idOf(44)}`, { intent: 'order', status: 'active', dosageInstruction: [{ route: { coding: [{ code: 'IM' }] }, doseAndRate: [{ doseQuantity: { value: 35, code: 'mg' } }] }] }],
    [`MedicationRequest/${idOf(45)}`, { status: 'stopped', statusReason: { text: 'Another route was chosen.' } }],
    [`MedicationAdministration/${idOf(67)}`, { status: 'completed', dosage: { dose: { value: 35, code: 'mg' } }, effectivePeriod: { start: '2026-09-20T15:12:00.000Z', end: '2026-09-20T15:15:00.000Z' }, request: { reference: `MedicationRequest/${idOf(44)}` } }],
    [`MedicationAdministration/${idOf(68)}`, { status: 'entered-in-error' }],
    [`Consent/${idOf(47)}`, { status: 'active' }], [`Consent/${idOf(48)}`, { status: 'inactive' }],
    [`CarePlan/${idOf(5)}`, { status: 'completed', title: 'Course: kap-im' }], [`CarePlan/${idOf(49)}`, { status: 'active', activity: [{ detail: { description: 'a walk' } }, { detail: { description: 'music' } }] }],
    [`Encounter/${idOf(901)}`, { status: 'finished', class: { code: 'AMB' } }], [`Encounter/${idOf(903)}`, { status: 'finished', class: { code: 'VR' }, period: { start: '2026-09-22T15:00:00.000Z' } }],
    [`Encounter/${idOf(902)}`, { status: 'finished', period: { start: '2026-09-20T15:00:00.000Z', end: '2026-09-20T16:55:00.000Z' } }],
    [`Encounter/${idOf(904)}`, { status: 'cancelled' }], [`Encounter/${idOf(905)}`, { status: 'planned' }], [`Encounter/${idOf(57)}`, { status: 'cancelled' }],
    [`AdverseEvent/${idOf(74)}`, { event: { text: 'nausea, grade 2' } }], [`AllergyIntolerance/${idOf(14)}`, { reaction: [{ manifestation: [{ text: 'rash' }] }] }],
    [`List/${idOf(15)}`, { emptyReason: { coding: [{ code: 'nilknown' }] } }],
  ])('%s', (name, expected) => expect(the(name)).toMatchObject(expected))

  test('eight visits, therapy among them, each once: a session and the note that closes it are no visits of their own', () => {
    expect(resources.filter((resource) => resource.resourceType === 'Encounter').map((resource) => resource.id).toSorted()).toEqual([idOf(57), idOf(901), idOf(902), idOf(903), idOf(904), idOf(905), idOf(906), idOf(907)])
  })

  test('of a dose in two records, neither is complete until somebody says which stands', () => {
    const open = exportBundle(rich.chart.filter(({ kind }) => kind !== 'dose-conflict-resolved.v1'), setting)
    const status = (id: string) => open.entry.map(({ resource }) => resource).find((one) => one.resourceType === 'MedicationAdministration' && one.id === id)?.['status']
    expect([status(idOf(67)), status(idOf(68))]).toEqual(['unknown', 'unknown'])
  })

  test('no total while an answer is missing', () => {
    expect(resources.some((resource) => resource.id === `${idOf(26)}-total`)).toBe(false)
  })
})

test('what was exported imports again as the same facts', () => {
  const kept = ['condition.v1', 'medication.v1', 'allergy.v1', 'weight.v1', 'height.v1', 'pregnancy-test.v1', 'measure-answered.v1', 'observation.v1', 'vitals.v1', 'fact.v1', 'demographics.v1']
  const said = (entries: readonly { kind: string; body: unknown }[]) => entries.filter((entry) => kept.includes(entry.kind)).map((entry) => JSON.stringify([entry.kind, sorted(entry.body)])).toSorted()
  for (const plan of examples.plans) {
    const back = planOf(importAll(exportBundle(store([], plan.entries), { ...setting, chart: plan.chart }), settingWith(sha256)), `Patient/${plan.chart}`)
    expect(back.refusals).toEqual([])
    // The total is worked out again with each export, and comes back as an observation of its own.
    const again = said(back.entries).filter((one) => !one.includes('44261-6') || said(plan.entries).includes(one))
    const lost = said(plan.entries).filter((one) => !again.includes(one))
    expect({ lost, grown: again.filter((one) => !said(plan.entries).includes(one)) }).toEqual({ lost: [], grown: [] })
  }
})

test('a whole course of ours comes in elsewhere without one broken resource', () => {
  const back = planOf(importAll(bundle, settingWith(sha256)), `Patient/${chartId}`)
  expect([back.verdict, back.refusals]).toEqual(['store', []])
  const bodies = back.entries.map((entry) => entry.body)
  expect(bodies).toContainEqual(expect.objectContaining({ name: 'Appendectomy <2009> & after', category: 'surgery', status: 'resolved' }))
  expect(bodies).toContainEqual({ spo2Percent: 95, onRoomAir: false })
  expect(bodies).toContainEqual({ systolicMmHg: 141 })
  expect(bodies).toContainEqual(expect.objectContaining({ givenName: 'Mira', preferredName: 'Mia' }))
})

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sorted(one)]))
}
