import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newToken } from '../server/sign-in/secrets.ts'
import { addPerson, beginPractice, testShell } from '../server/testing/practice.ts'
import { commands } from './commands.ts'
import { digestOf, placeFile, placeFolder, practiceFolder, readLines, readText } from './files.ts'
import { openCharts } from './open-charts.ts'
import { run } from './run.ts'

/** The command line against a real database: what it says, and what then stands there. */
let server: Awaited<ReturnType<typeof testShell>>
const folder = mkdtempSync(path.join(tmpdir(), 'kap-'))
const before = { ...process.env }
beforeAll(async () => {
  server = await testShell()
  const { practice, owner } = await beginPractice(server.shell.database, 'Clinic', false)
  await addPerson(server.shell.database, practice, owner, 'Thea', ['therapist'])
  process.env.DATABASE_URL = server.adminUrl
  process.env.APP_DATABASE_URL = server.shell.database.pool.options.connectionString
})
afterAll(async () => {
  process.env = before
  rmSync(folder, { recursive: true, force: true })
  await server.close()
})

async function kap(...args: string[]) {
  const lines: string[] = []
  const code = await run(args, commands, { out: (line) => lines.push(line), err: (line) => lines.push(line), readText, readLines, digestOf, placeFile, placeFolder, practiceFolder, openCharts, now: () => '2026-11-21T17:00:00.000Z' })
  return { code, said: lines.join('\n') }
}

test('five people come in, again stores nothing, and every seal fits', { timeout: 60_000 }, async () => {
  const people = 'src/core/fhir/examples/us-core-people.json'
  const first = await kap('import', people, '--source', 'examples')
  expect(first.said).toMatch(/possible duplicate|may be the same person/i)
  const { rows } = await server.shell.database.inContext(await eyes(), { durable: false }, ({ client }) => client.query<{ charts: number; entries: number }>('select (select count(*)::int from app.chart) as charts, (select sum(last_seq)::int from app.stream) as entries'))
  expect(rows[0]?.charts).toBe(5)
  await kap('import', people, '--source', 'examples')
  const again = await server.shell.database.inContext(await eyes(), { durable: false }, ({ client }) => client.query<{ charts: number; entries: number }>('select (select count(*)::int from app.chart) as charts, (select sum(last_seq)::int from app.stream) as entries'))
  expect(again.rows[0]).toEqual(rows[0])
  expect((await kap('verify', '--all')).code).toBe(0)
  const written = await kap('export', '--all', '--to', path.join(folder, 'out'))
  expect([written.code, written.said]).toEqual([0, expect.stringContaining('5 charts')])
})

test('records that a newer version wrote are left alone, and a line says so', async () => {
  const admin = new pg.Client({ connectionString: server.adminUrl })
  await admin.connect()
  await admin.query(`insert into migrations.applied (name, sha256) values ('9999-from-later.sql', 'x')`)
  const asked = await kap('verify', '--all')
  await admin.query(`delete from migrations.applied where name = '9999-from-later.sql'`)
  await admin.end()
  expect(asked).toEqual({ code: 3, said: expect.stringMatching(/^This database was written by a newer OpenKAP \(it knows 9999-from-later.sql\)[^\n]*$/) })
  expect((await kap('verify', '--all')).code).toBe(0)
})

/** A job's eyes: the practice's charts, whoever may read them. */
async function eyes(): Promise<string> {
  const { pool, key } = server.shell.database
  const token = newToken()
  await pool.query(`select app.mint_session($1, practice_id, null, 'job', null, gen_random_uuid(), $2, 5, 5) from app.practices($1)`, [key, token])
  return token
}
