import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asJob } from '../http/job.ts'
import { clinic, testShell, type Clinic } from '../testing/practice.ts'
import { firstBrokenSeal, sealAudit } from './seal-audit.ts'

let server: Awaited<ReturnType<typeof testShell>>
let people: Clinic
beforeAll(async () => {
  server = await testShell()
  people = await clinic(server.shell.database)
})
afterAll(() => server.close())

const seal = () => asJob(server.shell, people.practice, (client) => sealAudit(client, people.practice), true)
const broken = () => asJob(server.shell, people.practice, (client) => firstBrokenSeal(client, people.practice))
const look = () => server.app.inject({ url: `/api/charts/${people.chart}`, cookies: { openkap: people.thea.token } })

test('every audit row is sealed once, and a row changed behind our back is named', async () => {
  for (let i = 0; i < 5; i += 1) await look()
  const first = await seal()
  expect(first).toBeGreaterThanOrEqual(5)
  expect(await seal()).toBe(0)
  await look()
  expect(await seal()).toBe(1)
  expect(await broken()).toBeUndefined()

  // Only somebody with the database in their hands can do this; the chain shows it.
  const admin = new pg.Client({ connectionString: server.adminUrl })
  await admin.connect()
  await admin.query(`set session_replication_role = replica; update app.audit set outcome = 'refused' where audit_id = (select audit_id from app.audit_seal where seq = 3)`)
  await admin.end()
  expect(await broken()).toMatchObject({ seq: 3 })
})

test('a row that was begun before the last sealed one and committed after it is sealed as well', async () => {
  const late = new pg.Client({ connectionString: server.adminUrl })
  await late.connect()
  await late.query('begin')
  const { rows } = await late.query<{ id: string }>(`insert into app.audit (practice_id, at, action, outcome) values ($1, 'x', 'late', 'done') returning audit_id as id`, [people.practice])
  await look()
  const once = () => asJob(server.shell, people.practice, (client) => sealAudit(client, people.practice, { whole: false }), true)
  expect(await once()).toBeGreaterThan(0)
  await late.query('commit')
  expect(await once()).toBe(1)
  expect((await late.query('select from app.audit_seal where audit_id = $1', [rows[0]!.id])).rowCount).toBe(1)
  expect(await once()).toBe(0)
  await late.end()
})
