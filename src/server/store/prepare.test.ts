import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { ownMigrations } from './migrate.ts'
import { appUrlOf, prepareDatabase } from './prepare.ts'
import { cluster } from './testing/cluster.ts'

let adminUrl: string
beforeAll(async () => { ({ adminUrl } = await cluster()) })

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step()
})

function freshName() {
  const name = `prepare_${randomBytes(6).toString('hex')}`
  undo.push(() => ask(adminUrl, `drop database if exists ${name} with (force)`))
  return name
}

function folderOf(files: Record<string, string>) {
  const folder = mkdtempSync(path.join(tmpdir(), 'openkap-migrations-'))
  undo.push(() => rmSync(folder, { recursive: true }))
  for (const [name, sql] of Object.entries(files)) writeFileSync(path.join(folder, name), sql)
  return folder
}

async function ask(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

const one = { '0001-a.sql': 'create table app.a (n int); insert into app.a values (1); grant select on app.a to openkap_app' }
const two = { ...one, '0002-b.sql': 'create table app.b (n int)' }

test('run again, nothing runs; a new file runs alone', async () => {
  const database = freshName()
  expect((await prepareDatabase(adminUrl, { database, migrations: folderOf(one) })).ran).toEqual(['0001-a.sql'])
  expect((await prepareDatabase(adminUrl, { database, migrations: folderOf(one) })).ran).toEqual([])
  const { ran, appUrl } = await prepareDatabase(adminUrl, { database, migrations: folderOf(two) })
  expect(ran).toEqual(['0002-b.sql'])
  expect(await ask(appUrl, 'select n, current_user as me from a')).toEqual([{ n: 1, me: 'openkap_app' }])
})

test('five programs preparing one database at once: each migration runs once', async () => {
  const database = freshName()
  const migrations = folderOf(two)
  const all = await Promise.all(Array.from({ length: 5 }, () => prepareDatabase(adminUrl, { database, migrations })))
  expect(all.flatMap(({ ran }) => ran).toSorted()).toEqual(['0001-a.sql', '0002-b.sql'])
})

test('on a database with charts, what was appended before it was known how far people were told counts as told', async () => {
  const database = freshName()
  const before = readdirSync(ownMigrations).filter((name) => name < '0011')
  const { adminUrl: url } = await prepareDatabase(adminUrl, { database, migrations: folderOf(Object.fromEntries(before.map((name) => [name, readFileSync(path.join(ownMigrations, name), 'utf8')]))) })
  const [practice, chart, notes] = [1, 2, 3].map((n) => `00000000-0000-4000-8000-00000000000${n}`)
  await ask(url, `insert into app.practice (practice_id, name, zone) values ('${practice}', 'X', 'UTC'); insert into app.chart (practice_id, chart_id, display_name, opened_at) values ('${practice}', '${chart}', 'X', 'x');
    insert into app.person (practice_id, person_id, given_name, family_name) values ('${practice}', '${notes}', 'X', 'X');
    insert into app.stream (practice_id, stream_id, chart_id, type, author_id, last_seq) values ('${practice}', '${chart}', '${chart}', 'chart', null, 7), ('${practice}', '${notes}', '${chart}', 'notes', '${notes}', 3)`)
  expect((await prepareDatabase(adminUrl, { database })).ran[0]).toBe('0011-what-follows-is-told-once.sql')
  expect(await ask(url, `select chart_id as chart, up_to as to, to_regclass('app.outbox')::text as outbox from app.followed`)).toEqual([{ chart, to: 7, outbox: null }])
})

test('a migration that fails leaves nothing of itself, and everything before it', async () => {
  const database = freshName()
  const bad = { ...one, '0002-b.sql': 'create table app.b (n int);\ninsert into app.b\n  values (nonsense)' }
  await expect(prepareDatabase(adminUrl, { database, migrations: folderOf(bad) })).rejects.toThrow('Migration 0002-b.sql failed and was rolled back: column "nonsense" does not exist (line 3)')
  const { ran, adminUrl: url } = await prepareDatabase(adminUrl, { database, migrations: folderOf(one) })
  expect(ran).toEqual([])
  expect(await ask(url, `select to_regclass('app.a')::text as a, to_regclass('app.b')::text as b`)).toEqual([{ a: 'app.a', b: null }])
})

test('a migration changed after it ran stops the start', async () => {
  const database = freshName()
  await prepareDatabase(adminUrl, { database, migrations: folderOf(one) })
  const changed = folderOf({ '0001-a.sql': `${one['0001-a.sql']} -- changed` })
  await expect(prepareDatabase(adminUrl, { database, migrations: changed })).rejects.toThrow('The migration 0001-a.sql was changed after it ran on this database.')
})

test('a database written by a newer version is left alone', async () => {
  const database = freshName()
  await prepareDatabase(adminUrl, { database, migrations: folderOf(two) })
  await expect(prepareDatabase(adminUrl, { database, migrations: folderOf(one) })).rejects.toThrow('written by a newer OpenKAP (it knows 0002-b.sql)')
})

test.each([
  ['a gap', { '0001-a.sql': 'select 1', '0003-c.sql': 'select 1' }, '0003-c.sql'],
  ['a twin', { '0001-a.sql': 'select 1', '0001-b.sql': 'select 1' }, '0001-b.sql'],
])('numbers with %s are a bug', async (_, files, named) => {
  await expect(prepareDatabase(adminUrl, { database: freshName(), migrations: folderOf(files) })).rejects.toThrow(`out of line: ${named}`)
})

test('migrations run as the owner, which is no superuser', async () => {
  const files = { '0001-a.sql': 'create table app.who as select current_user::text as me, rolsuper, rolcanlogin from pg_roles where rolname = current_user' }
  const { adminUrl: url } = await prepareDatabase(adminUrl, { database: freshName(), migrations: folderOf(files) })
  expect(await ask(url, 'select * from app.who')).toEqual([{ me: 'openkap_owner', rolsuper: false, rolcanlogin: false }])
})

test.each([
  ['a superuser', 'superuser'],
  ['a role that may step around row-level security', 'bypassrls'],
  ['a member of the owner', 'in role openkap_owner'],
])('the application is not let in as %s', async (_, right) => {
  const name = freshName()
  const role = `${name}_role`
  const migrations = folderOf(one)
  await prepareDatabase(adminUrl, { database: name, migrations })
  await ask(adminUrl, `create role ${role} login password 'x' ${right}`)
  undo.push(() => ask(adminUrl, `revoke all on database ${name} from ${role}; drop role ${role}`))
  await ask(adminUrl, `grant connect on database ${name} to ${role}`)
  const url = new URL(appUrlOf(adminUrl))
  Object.assign(url, { username: role, password: 'x', pathname: `/${name}` })
  await expect(prepareDatabase(adminUrl, { database: name, migrations, appUrl: url.href })).rejects.toThrow(`it came in as ${role}`)
})

test('an account that may not make roles is enough where the roles are there already', async () => {
  const name = freshName()
  await ask(adminUrl, `create role ${name} login nosuperuser nocreaterole password 'x' in role openkap_owner`)
  await ask(adminUrl, `create database ${name} owner ${name}`)
  undo.push(() => ask(adminUrl, `drop database ${name} with (force)`).then(() => ask(adminUrl, `drop role ${name}`)))
  const url = Object.assign(new URL(adminUrl), { username: name, password: 'x', pathname: `/${name}` })
  const appUrl = Object.assign(new URL(appUrlOf(adminUrl)), { pathname: `/${name}` })
  const { ran } = await prepareDatabase(url.href, { migrations: folderOf(one), appUrl: appUrl.href })
  expect(ran).toEqual(['0001-a.sql'])
})

test('an account that owns neither roles nor database is refused in one line', async () => {
  const database = freshName()
  const role = `${database}_role`
  await ask(adminUrl, `create database ${database}`)
  await ask(adminUrl, `create role ${role} login password 'x'`)
  undo.push(() => ask(adminUrl, `drop role ${role}`))
  const url = Object.assign(new URL(adminUrl), { username: role, password: 'x', pathname: `/${database}` })
  await expect(prepareDatabase(url.href, { migrations: folderOf(one) })).rejects.toThrow('The account in DATABASE_URL may not make roles.')
})
