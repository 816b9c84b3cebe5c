import type pg from 'pg'
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

type Ways = Record<string, (work: (client: pg.PoolClient) => Promise<unknown>, done: () => void) => Promise<unknown>>
const ways: Ways = {
  'of requests': (work, done) => server.shell.database.inContext(people.owner.token, { durable: true }, ({ client, afterCommit }) => { afterCommit(done); return work(client) }),
  'of jobs': (work, done) => server.shell.database.asJob(people.practice, { durable: true }, work).then(done),
}

test.each(Object.keys(ways))('the one that was ended begins again, and both are done once: %s', async (which) => {
  let begun = 0
  const done: string[] = []
  let bothHold = () => {}
  const untilBothHold = new Promise<void>((resolve) => (bothHold = resolve))
  const crossing = (name: string, first: number, second: number) => ways[which]!(async (client) => {
    begun += 1
    await client.query(`select pg_advisory_xact_lock(${first})`)
    if (begun === 2) bothHold()
    await untilBothHold
    await client.query(`select pg_advisory_xact_lock(${second})`)
  }, () => done.push(name))
  await Promise.all([crossing('one', 81, 82), crossing('other', 82, 81)])
  expect({ begun, done: done.toSorted() }).toEqual({ begun: 3, done: ['one', 'other'] })
})

test('one that ends so each time is told as it is, and holds nothing', async () => {
  const held = async () => (await server.admin.query(`select from pg_locks where locktype = 'advisory' and objid = 83 and granted and database = (select oid from pg_database where datname = current_database())`)).rowCount
  const seen: (number | null)[] = []
  await expect(server.shell.database.inContext(people.owner.token, { durable: true }, async ({ client }) => {
    await client.query('select pg_advisory_xact_lock(83)')
    seen.push(await held())
    await client.query(`do $$ begin raise exception 'deadlock detected' using errcode = '40P01'; end $$`)
  })).rejects.toMatchObject({ code: '40P01' })
  expect(seen.length).toBeGreaterThan(1)
  expect(new Set(seen), 'each attempt holds it by itself').toEqual(new Set([1]))
  expect(await held()).toBe(0)
})
