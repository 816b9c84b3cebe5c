import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commands } from '../../cli/commands.ts'
import { digestOf, placeFile, placeFolder, practiceFolder, readLines, readText } from '../../cli/files.ts'
import { openCharts } from '../../cli/open-charts.ts'
import { run } from '../../cli/run.ts'
import { readChart } from '../../core/chart/chart.ts'
import { screenChart } from '../../core/eligibility/clearance.ts'
import { openQuestions } from '../../core/eligibility/screen.ts'
import { rulebook } from '../../knowledge/rulebook.ts'
import { edition } from '../rulebook.ts'
import { answersFor, noToAll, version } from '../sample/telling.ts'
import { adopt } from '../store/practice.ts'
import { beginPractice, addPerson, draft, testShell, type TestPerson } from '../testing/practice.ts'

/** People whom nobody here made up: the five of the US Core examples, brought in, screened, and planned where that may be. */
let server: Awaited<ReturnType<typeof testShell>>
let owner: TestPerson
let thea: TestPerson
let pia: TestPerson
const before = { ...process.env }

beforeAll(async () => {
  server = await testShell()
  const begun = await beginPractice(server.shell.database, 'Clinic', false)
  owner = begun.owner
  const add = (name: string, role: TestPerson['roles'][number]) => addPerson(server.shell.database, begun.practice, owner, name, [role])
  ;[thea, pia] = [await add('Thea', 'therapist'), await add('Pia', 'prescriber')]
  const mona = await add('Mona', 'monitor')
  const dina = await add('Dina', 'medical-director')
  await server.shell.database.inContext(dina.token, { durable: true }, (context) => adopt(context, rulebook.protocols['solo-six'], edition, '2026-11-20T17:00:00.000Z'))
  await ask(owner, 'POST', '/api/practice/rooms', { id: randomUUID(), name: 'Cedar', features: ['recliner', 'emergency-kit'], dosing: true })
  for (const person of [thea, pia, mona]) await hours(person)
  process.env.DATABASE_URL = server.adminUrl
  process.env.APP_DATABASE_URL = server.shell.database.pool.options.connectionString
  await run(['import', 'src/core/fhir/examples/us-core-people.json', '--source', 'examples'], commands, { out: () => {}, err: () => {}, readText, readLines, digestOf, placeFile, placeFolder, practiceFolder, openCharts, now: () => '2026-11-21T17:00:00.000Z' })
}, 60_000)
afterAll(async () => {
  process.env = before
  await server.close()
})

async function ask(who: TestPerson, method: 'GET' | 'POST', url: string, body?: object) {
  const answer = await server.app.inject({ method, url, ...(body ? { payload: body } : {}), cookies: { openkap: who.token } })
  return { status: answer.statusCode, ...(answer.json() as Record<string, never>) } as { status: number } & Record<string, any> // oxlint-disable-line typescript/no-explicit-any
}
async function hours(person: TestPerson) {
  const { staff } = await ask(owner, 'GET', '/api/practice')
  const row = staff.find((each: { person: string }) => each.person === person.person)
  const { name: _name, ...kept } = row
  await ask(owner, 'POST', '/api/practice/staff', { ...kept, accepting: true, capacity: 10, weekly: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:00', to: '18:00' })) })
}
const charts = async () => (await ask(owner, 'GET', '/api/home')).rows as { chart: string; name: string }[]
const plan = (chart: string) => ask(owner, 'POST', `/api/charts/${chart}/plan`, { earliest: '2026-11-24' })
async function entries(chart: string) {
  return readChart((await ask(thea, 'GET', `/api/charts/${chart}/entries`)).entries)
}

test('five people came in, and one of them stands there twice', async () => {
  const rows = await charts()
  expect(rows).toHaveLength(5)
  const births = await Promise.all(rows.map(async ({ chart }) => (await ask(owner, 'GET', `/api/charts/${chart}`)).birthDate as string))
  expect(new Set(births).size).toBeLessThan(5)
})

test('a course is refused for the children and the deceased, with the reason', async () => {
  const reasons = await Promise.all((await charts()).map(async ({ chart }) => {
    await ask(owner, 'POST', `/api/charts/${chart}/protocol`, { id: randomUUID(), protocol: 'solo-six', device: randomUUID() })
    const answer = await plan(chart)
    return answer.code === 'plan.refused' ? String(answer.list[0].code) : 'asked further'
  }))
  expect(reasons.toSorted()).toEqual(['asked further', 'asked further', 'deceased', 'too-young', 'too-young'].toSorted())
})

describe('the example patient', () => {
  const adult = async () => {
    for (const { chart } of await charts()) {
      const head = await ask(owner, 'GET', `/api/charts/${chart}`)
      const known = await entries(chart)
      if (!head.deceasedOn && head.birthDate < '2000' && known.all('measure-answered.v1').length + known.all('condition.v1').length > 0) return chart
    }
    throw new Error('the example patient is not there')
  }

  test('is incomplete, and it is said what is missing', async () => {
    const screening = screenChart(await entries(await adult()), rulebook.eligibility, '2026-11-21T17:00:00.000Z', rulebook.screening)
    expect(screening.decision).toBe('INCOMPLETE')
    const missing = new Set<string>(openQuestions(screening).map(({ fact }) => fact))
    for (const fact of ['psychosis', 'mania', 'substanceUse', 'cSsrsComplete', 'pdmpChecked', 'clearanceSigned']) expect(missing, fact).toContain(fact)
  })

  test('is planned once a clinic has entered what was missing', { timeout: 60_000 }, async () => {
    const chart = await adult()
    await ask(owner, 'POST', `/api/charts/${chart}/team`, { person: pia.person, role: 'prescriber' })
    const fact = (name: string, value: unknown) => draft('fact.v1', { fact: name, state: 'answered', value })
    const said = await ask(thea, 'POST', `/api/charts/${chart}/entries`, { entries: [
      fact('psychosis', 'none'), fact('mania', 'none'), fact('substanceUse', []), fact('ketamineMisuse', false), fact('seizureUncontrolled', false), fact('untreatedSleepApnea', false), fact('homeOxygen', false), fact('opioidAgonistTreatment', false), fact('ketamineFromAnotherPrescriber', false),
      fact('hasCapacity', true), fact('escortAvailable', true), fact('childbearingPotential', false), fact('pdmpChecked', true), fact('ecgDone', true), fact('adequateTrials', 2),
      draft('measure-answered.v1', { instrument: 'c-ssrs', version: version('c-ssrs'), language: 'en', answers: noToAll, answeredBy: 'clinician' }),
      draft('measure-answered.v1', { instrument: 'phq-9', version: version('phq-9'), language: 'en', answers: answersFor('phq-9', 15, { q9: 0 }), answeredBy: 'clinician' }),
      draft('vitals.v1', { systolicMmHg: 118, diastolicMmHg: 74, heartRatePerMin: 70, respiratoryRatePerMin: 14, spo2Percent: 98, onRoomAir: true }),
    ] })
    expect(said.status).toBe(201)
    const answer = await plan(chart)
    expect(answer.proposals.length).toBeGreaterThan(0)
    const [first] = answer.proposals
    const counted = (type: string) => first.visits.filter((visit: { type: string }) => visit.type === type).length
    expect([counted('preparation'), counted('medicine'), counted('integration')]).toEqual([3, 6, 6])
    const booked = await ask(owner, 'POST', `/api/charts/${chart}/plan/book`, { id: randomUUID(), device: randomUUID(), visits: first.visits })
    expect(booked).toMatchObject({ status: 200, booked: first.visits.length })
    // What is booked is taken: the same plan cannot be booked for anybody else.
    const twin = (await charts()).find((each) => each.chart !== chart)!
    expect((await ask(owner, 'POST', `/api/charts/${twin.chart}/plan/book`, { id: randomUUID(), device: randomUUID(), visits: first.visits.map((visit: object) => ({ ...visit, visit: randomUUID() })) })).status).toBeGreaterThanOrEqual(400)
  })
})
