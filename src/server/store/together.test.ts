import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addChart, clinic, shellWithAdmin, type Clinic } from '../testing/practice.ts'
import { together } from './together.ts'

let server: Awaited<ReturnType<typeof shellWithAdmin>>
let people: Clinic
beforeAll(async () => {
  server = await shellWithAdmin()
  people = await clinic(server.shell.database)
})
afterAll(() => server.close())

const inContext = <T>(work: (client: pg.PoolClient) => Promise<T>) => server.shell.database.inContext(people.thea.token, { durable: false }, ({ client }) => work(client))
const one = async (client: pg.PoolClient, text: string) => (await client.query<{ is: unknown }>(text)).rows[0]?.is

test('they go out together, in one transaction, and each has its own answer', async () => {
  const told = await inContext(async (client) => {
    const waiting = together(one(client, 'select pg_sleep(0.05)::text as is'), one(client, 'select txid_current()::text as is'), one(client, 'select txid_current()::text as is'), 7)
    expect((client as unknown as { _queryQueue: unknown[] })._queryQueue, 'none waits on this side').toEqual([])
    return waiting
  })
  expect(told).toEqual(['', told[1], told[1], 7])
})

test('where one fails the others are waited for, and the failure they follow from is told', async () => {
  const after: string[] = []
  const failing = inContext((client) => together(
    (async () => { for (let step = 0; step < 3; step += 1) after.push(String(await one(client, 'select 1 as is').catch((failure: { code: string }) => failure.code))) })(),
    one(client, 'select 1 / 0 as is'),
  )).finally(() => after.push('given back'))
  await expect(failing).rejects.toMatchObject({ code: '22012' })
  expect(after).toEqual(['1', '25P02', '25P02', 'given back'])
  const first = inContext((client) => together((async () => { for (let step = 0; step < 3; step += 1) await one(client, 'select 1 as is') })(), one(client, 'select 1 / 0 as is')))
  await expect(first).rejects.toMatchObject({ code: '22012' })
  const later = inContext((client) => together(Promise.reject(new Error('of our own')), one(client, 'select 1 as is')))
  await expect(later).rejects.toThrow('of our own')
})

test('a job whose beginning fails writes nothing, and says why it failed', async () => {
  const chart = await addChart(server.shell.database, people.owner, 'Nora Nine')
  const writing = () => server.shell.database.asJob(people.practice, { durable: false }, (client) => client.query('insert into app.followed (practice_id, chart_id, up_to) values ($1, $2, 0)', [people.practice, chart]))
  const count = async () => (await server.admin.query('select from app.followed where chart_id = $1', [chart])).rowCount
  await server.admin.query('update app.server_key set key_sha256 = sha256(key_sha256)')
  await expect(writing()).rejects.toMatchObject({ code: 'not-allowed', detail: { by: 'row security' } })
  expect(await count()).toBe(0)
  await server.admin.query(`update app.server_key set key_sha256 = sha256(convert_to($1, 'UTF8'))`, [server.shell.database.key])
  await writing()
  expect(await count()).toBe(1)
})
