import { afterAll, beforeAll, expect, test } from 'vitest'
import { clinic, shellWithAdmin, type Clinic } from '../testing/practice.ts'

/** Two transactions that each hold what the other waits for: the database ends one of them, and nobody hears of it. */
let server: Awaited<ReturnType<typeof shellWithAdmin>>
let people: Clinic
beforeAll(async () => {
  server = await shellWithAdmin()
  people = await clinic(server.shell.database)
})
afterAll(() => server.close())

interface Held { readonly client: { query: (text: string) => Promise<unknown> }; readonly whenDone: (work: () => void) => void }
const ways = {
  'of requests': (work: (held: Held) => Promise<void>) => server.shell.database.inContext(people.owner.token, { durable: true }, (context) => work({ client: context.client, whenDone: (done) => context.afterCommit(done) })),
  'of jobs': (work: (held: Held) => Promise<void>) => server.shell.database.asJob(people.practice, { durable: true }, (client) => work({ client, whenDone: (done) => done() })),
}

test.each(Object.keys(ways) as (keyof typeof ways)[])('the one that was ended begins again, and both are done once: %s', async (which) => {
  let begun = 0
  const done: string[] = []
  let bothHold = () => {}
  const untilBothHold = new Promise<void>((resolve) => (bothHold = resolve))
  const crossing = (name: string, first: number, second: number) => ways[which](async ({ client, whenDone }) => {
    begun += 1
    await client.query(`select pg_advisory_xact_lock(${first})`)
    if (begun === 2) bothHold()
    await untilBothHold
    await client.query(`select pg_advisory_xact_lock(${second})`)
    whenDone(() => done.push(name))
  })
  await Promise.all([crossing('one', 81, 82), crossing('other', 82, 81)])
  expect({ begun, done: done.toSorted() }).toEqual({ begun: 3, done: ['one', 'other'] })
})

test('one that ends so each time is told as it is, and holds nothing', async () => {
  let begun = 0
  await expect(server.shell.database.inContext(people.owner.token, { durable: true }, async ({ client }) => {
    begun += 1
    await client.query(`do $$ begin raise exception 'deadlock detected' using errcode = '40P01'; end $$`)
  })).rejects.toMatchObject({ code: '40P01' })
  expect(begun).toBeGreaterThan(1)
})
