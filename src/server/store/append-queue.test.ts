import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addChart, clinic, draft, testShell, type Clinic } from '../testing/practice.ts'
import { lockHead } from './charts.ts'

let server: Awaited<ReturnType<typeof testShell>>
let people: Clinic
beforeAll(async () => {
  server = await testShell()
  people = await clinic(server.shell.database)
})
afterAll(() => server.close())

const append = (chart: string, token = people.thea.token) => server.shell.append({
  token, actor: { practice: people.practice, person: people.thea.person }, stream: chart, receivedAt: '2026-11-21T17:00:00.000Z', action: 'entries.append', entries: [draft('session-note.v1', { text: 'a note' }) as never],
})
const charts = (n: number) => Promise.all(Array.from({ length: n }, (_, at) => addChart(server.shell.database, people.owner, `Queue ${at}`, [{ person: people.thea, role: 'therapist' }])))

test('an act that is being judged on one chart keeps nobody waiting on another', async () => {
  const [held, ...others] = await charts(9)
  const { database } = server.shell
  const order: string[] = []
  const act = database.inContext(people.thea.token, { durable: false }, async (context) => {
    await lockHead(context, held!)
    const behind = [append(held!), append(held!), append(held!)].map((one) => one.then(() => order.push('behind')))
    for (let round = 0; round < 5; round += 1) await Promise.all(others.map((chart) => append(chart).then(() => order.push('other'))))
    await wait(50)
    order.push('act')
    return behind
  })
  await Promise.all(await act)
  expect(order.slice(0, 40)).toEqual(Array.from({ length: 40 }, () => 'other'))
  expect(order.slice(40)).toEqual(['act', 'behind', 'behind', 'behind'])
})

test('one refused item lets the others of its batch through', async () => {
  const [chart, other] = await charts(2)
  const settled = await Promise.allSettled([append(chart!), append(people.practice), append(other!, 'x'.repeat(43)), append(other!), append(chart!)])
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled', 'fulfilled'])
  expect(settled.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []))).toEqual(['chart.unseen', 'sign-in.needed'])
})

test('sixty-four on one chart at once are numbered one after the other', async () => {
  const [chart] = await charts(1)
  const answers = await Promise.all(Array.from({ length: 64 }, () => append(chart!)))
  expect(answers.map(({ stored }) => stored[0]!.seq).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 64 }, (_, at) => at + 1))
})
