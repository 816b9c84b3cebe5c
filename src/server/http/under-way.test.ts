import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { clinic, shellWithAdmin } from '../testing/practice.ts'
import { underWay } from './under-way.ts'

/** A server with one answer that comes when it is told to, closed as the product closes. */
async function slow(lastMs?: number) {
  const app = Fastify({ forceCloseConnections: true })
  const finished = underWay(app, lastMs)
  let [answer, asked] = [() => {}, () => {}]
  const [told, begun] = [new Promise<void>((resolve) => { answer = resolve }), new Promise<void>((resolve) => { asked = resolve })]
  app.get('/slow', async () => { asked(); await told; return 'whole'.repeat(1_000) })
  app.get('/quick', async () => 'here')
  app.addHook('preClose', async () => { await finished(); app.server.closeAllConnections() })
  return { app, answer, begun, url: await app.listen({ port: 0, host: '127.0.0.1' }) }
}

test('a server that closes finishes what is under way', async () => {
  const { app, answer, begun, url } = await slow()
  const asked = fetch(`${url}/slow`).then((response) => response.text())
  await begun
  let closed = false
  const closing = app.close().then(() => { closed = true })
  await new Promise((resolve) => { setTimeout(resolve, 50) })
  expect(closed).toBe(false)
  answer()
  expect(await asked).toBe('whole'.repeat(1_000))
  await closing
  await expect(fetch(`${url}/quick`)).rejects.toThrow('fetch failed')
})

test('what comes meanwhile is refused, and not begun', async () => {
  const { app, answer, begun, url } = await slow()
  const asked = fetch(`${url}/slow`)
  await begun
  const closing = app.close()
  await new Promise((resolve) => { setTimeout(resolve, 20) })
  expect((await fetch(`${url}/quick`)).status).toBe(503)
  answer()
  expect((await asked).status).toBe(200)
  await closing
})

test('nobody waits for ever for one that does not end', async () => {
  const { app, begun, url } = await slow(50)
  const asked = fetch(`${url}/slow`).then(() => 'answered', () => 'cut off')
  await begun
  await app.close()
  expect(await asked).toBe('cut off')
})

test('the whole server: what waits for the database is answered before it goes, and whoever is later hears that it has gone', async () => {
  const { app, admin, shell, close } = await shellWithAdmin()
  const { thea } = await clinic(shell.database)
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  await admin.query('begin; lock table app.chart in access exclusive mode')
  const asked = fetch(`${url}/api/home`, { headers: { cookie: `openkap=${thea.token}` } })
  await new Promise((resolve) => { setTimeout(resolve, 100) })
  const closing = app.close()
  await new Promise((resolve) => { setTimeout(resolve, 20) })
  await admin.query('rollback')
  expect((await asked).status).toBe(200)
  await closing
  await shell.database.close()
  await expect(shell.database.inContext(thea.token, { durable: false }, async () => 1)).rejects.toMatchObject({ code: 'database.away' })
  await close().catch(() => {}) // The database is closed already.
})
