import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clinic, shellWithAdmin, type Clinic } from '../testing/practice.ts'

/** The database goes while a request or a job holds a connection and is between two statements: then nobody waits for an answer that could say so. */
let server: Awaited<ReturnType<typeof shellWithAdmin>>
let people: Clinic
const unheard: unknown[] = []
const note = (failure: unknown) => void unheard.push(failure)
let listeners: NodeJS.UncaughtExceptionListener[]
beforeAll(async () => {
  server = await shellWithAdmin()
  people = await clinic(server.shell.database)
  listeners = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException')
  process.on('uncaughtException', note)
})
afterAll(async () => {
  process.off('uncaughtException', note)
  for (const listener of listeners) process.on('uncaughtException', listener)
  await server.close()
})

/** Ends the connection from the database's side, and waits until this side has heard. */
async function lose(client: { query: (text: string) => Promise<{ rows: { pid: number }[] }> }) {
  const { rows } = await client.query('select pg_backend_pid() as pid')
  await server.admin.query('select pg_terminate_backend($1)', [rows[0]!.pid])
  await wait(200)
}

test('a connection that breaks between two statements is told to whoever holds it, and to nobody else', async () => {
  const { database } = server.shell
  const ways = [
    () => database.inContext(people.thea.token, { durable: true }, ({ client }) => lose(client)),
    () => database.asJob(people.practice, { durable: true }, (client) => lose(client)),
  ]
  for (const way of ways) {
    await expect(way()).rejects.toThrow()
    expect(unheard).toEqual([])
    const answer = await database.inContext(people.thea.token, { durable: true }, async ({ actor }) => actor.person)
    expect(answer, 'and the next one gets a connection that works').toBe(people.thea.person)
  }
})
