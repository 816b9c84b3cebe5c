import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readChart } from '../../core/chart/chart.ts'
import type { StoredEntry } from '../../core/chart/entry.ts'
import { readCourse } from '../../core/course/course.ts'
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
