import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readChart } from '../../core/chart/chart.ts'
import type { StoredEntry } from '../../core/chart/entry.ts'
import { readCourse } from '../../core/course/course.ts'
import type { Response } from '../../core/contract/contract.ts'
import { courseOutcome } from '../../core/outcomes/course-outcome.ts'
import { rulebook } from '../../knowledge/rulebook.ts'
import { settableClock } from '../clock.ts'
import { testShell } from '../testing/practice.ts'
import { patientPeople, samplePractice, staffPeople } from './people.ts'
import { tokenFor } from './practice.ts'
import { seedSample } from './seed.ts'

const NOW = '2026-11-21T17:00:00.000Z'
let server: Awaited<ReturnType<typeof testShell>>
beforeAll(async () => {
  server = await testShell({ sample: true, clock: settableClock(NOW) })
}, 60_000)
afterAll(() => server.close())

test('the sample practice can be told through the front door', { timeout: 120_000 }, async () => {
  await seedSample(server.app, server.shell)
  const home = await server.app.inject({ url: '/api/home', cookies: { openkap: await tokenFor(server.shell, staffPeople.claire) } })
  const { rows, inquiries, notices } = home.json()
  expect(inquiries.waiting).toBe(3)
  expect(notices).toEqual([])
  const { says, gaps } = (await server.app.inject({ url: '/api/on-call', cookies: { openkap: await tokenFor(server.shell, staffPeople.claire) } })).json()
  expect([says.slice(0, 40), gaps], 'on the first look somebody is on call, at every hour').toEqual(['Somebody at the practice is on call now.', []])
  expect(rows.map(({ name, stage }: { name: string; stage: string }) => [name, stage]).toSorted()).toEqual([
    ['Ida Nilsson', 'Waiting for medical clearance'],
    ['Mara Keller', 'In the course, 2 of 6 medicine sessions'],
    ['Owen Clarke', 'Ended after 2 of 6 medicine sessions'],
    ['Tomás Rivera', 'After the course'],
    ['Vera Santos', 'After the course'],
  ])
})

describe('the lives in it', () => {
  const zone = samplePractice.zone
  const chartOf = async (who: keyof typeof patientPeople) => {
    const { rows } = await server.shell.database.inContext(await tokenFor(server.shell, staffPeople.claire), { durable: false }, ({ client }) => client.query<{ chart_id: string }>('select chart_id from app.chart where patient_id = $1', [patientPeople[who].id]))
    const answer = await server.app.inject({ url: `/api/charts/${rows[0]!.chart_id}/entries`, cookies: { openkap: await tokenFor(server.shell, staffPeople.helen) } })
    return readChart((answer.json() as { entries: StoredEntry[] }).entries)
  }
  const outcome = async (who: keyof typeof patientPeople) => courseOutcome(await chartOf(who), rulebook.instruments['phq-9'], rulebook.outcomes, zone)

  test.each([
    ['mara', { band: 'response', response: true, remission: false }, false],
    ['vera', { band: 'remission', response: true, remission: true, recovered: true }, false],
    ['owen', { band: 'none', response: false, remission: false, reliable: false }, false],
    ['tomas', { remission: false, response: false }, true],
  ] as const)('%s', async (who, expected, relapsed) => {
    const { category, relapse, missing, respondedAt } = await outcome(who)
    expect(missing).toEqual([])
    expect(category).toMatchObject(expected)
    expect(relapse !== null).toBe(relapsed)
    if (relapsed) expect(respondedAt! < relapse!.at && relapse!.at < relapse!.confirmedAt).toBe(true)
  })

  test.each(['mara', 'vera', 'owen', 'tomas', 'ida'] as const)('nothing that %s’s chart holds was written before it happened, or is still to come', async (who) => {
    const { entries } = await chartOf(who)
    const ahead = (entries as readonly StoredEntry[]).filter(({ at, writtenAt, receivedAt }) => at > writtenAt || at > receivedAt || writtenAt > receivedAt || receivedAt > NOW)
    expect(ahead.map(({ kind, at, receivedAt }) => `${kind} at ${at}, received ${receivedAt}`)).toEqual([])
    const late = (entries as readonly StoredEntry[]).flatMap((entry) => (entry.kind === 'visit-closed.v1' && entry.body.endedAt > entry.receivedAt ? [entry.body.type] : []))
    expect(late).toEqual([])
  })

  test.each([['vera', []], ['tomas', []], ['mara', ['review-2']]] as const)('%s: reviews are open only after the last session: %j', async (who, open) => {
    const course = readCourse(await chartOf(who), rulebook.protocols['solo-six'], rulebook, NOW, zone)
    expect(course.steps.filter(({ id, state }) => id.startsWith('review-') && state === 'open').map(({ id }) => id)).toEqual(open)
  })
})

test('a bill and an estimate that are sent twice are made once; the same id for another visit is refused', async () => {
  const token = await tokenFor(server.shell, staffPeople.claire)
  const send = (url: string, payload?: object) => server.app.inject({ url, cookies: { openkap: token }, ...(payload ? { method: 'POST' as const, payload } : {}) })
  const chart = (await send('/api/home')).json<{ rows: { name: string; chart: string }[] }>().rows.find(({ name }) => name === 'Vera Santos')!.chart
  const count = (table: string) => server.shell.database.inContext(token, { durable: false }, async ({ client }) => (await client.query(`select from app.${table} where chart_id = $1`, [chart])).rowCount)
  const waiting = (await send(`/api/charts/${chart}/superbills`)).json<{ waiting: { visit: string }[] }>().waiting.map(({ visit }) => visit)
  expect(waiting.length).toBeGreaterThan(1)
  const [bill, estimate] = [{ id: randomUUID(), device: randomUUID(), visit: waiting[0] }, { id: randomUUID(), device: randomUUID() }]
  for (const [path, body] of [['superbills', bill], ['estimate', estimate]] as const) {
    const first = await send(`/api/charts/${chart}/${path}`, body)
    expect(first.statusCode, first.body).toBe(200)
    const before = [await count('document'), await count('charge')]
    const again = await send(`/api/charts/${chart}/${path}`, body)
    expect([again.statusCode, again.json()]).toEqual([200, first.json()])
    expect([await count('document'), await count('charge')]).toEqual(before)
  }
  const other = await send(`/api/charts/${chart}/superbills`, { ...bill, visit: waiting[1] })
  expect([other.statusCode, other.json().code]).toEqual([409, 'entry.rewritten'])
})

test('the drug ledger comes out with every dose of the sample sessions, and one difference is open to look at', async () => {
  const ledger = (await server.app.inject({ url: '/api/ledger', cookies: { openkap: await tokenFor(server.shell, staffPeople.helen) } })).json<Response<'ledger'>>()
  expect([ledger.whole, ledger.dosesBefore, ledger.differences.map(({ kind, incident }) => [kind, incident])]).toEqual([null, 0, [['count', true]]])
  const { rows } = await server.shell.database.asJob(samplePractice.id, { durable: false }, (client) => client.query<{ kind: string; n: number; fits: boolean }>(`select kind, fits, count(*)::int as n from app.ledger_line where entry_id is not null group by kind, fits`))
  const { rows: [doses] } = await server.shell.database.asJob(samplePractice.id, { durable: false }, (client) => client.query<{ n: number }>(`select count(*)::int as n from app.entry where kind = 'dose-given.v1'`))
  expect(doses!.n).toBeGreaterThan(10)
  expect(rows.filter(({ fits }) => !fits)).toEqual([])
  for (const kind of ['drawn', 'given']) expect(rows.find((row) => row.kind === kind)?.n, kind).toBe(doses!.n)
})
