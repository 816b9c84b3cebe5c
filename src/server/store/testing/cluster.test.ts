import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { filledOnce, testDatabase, type TestDatabase } from './cluster.ts'

let one: TestDatabase
let other: TestDatabase
beforeAll(async () => { [one, other] = await Promise.all([testDatabase(), testDatabase()]) })
afterAll(async () => { await Promise.all([one.close(), other.close()]) })

async function ask(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('the application comes in as a role that owns nothing and cannot step around row-level security', async () => {
  const [role] = await ask(one.appUrl, `select current_user as name, rolsuper, rolbypassrls, rolcreaterole, pg_has_role(current_user, 'openkap_owner', 'member') as owner, current_setting('search_path') as path from pg_roles where rolname = current_user`)
  expect(role).toEqual({ name: 'openkap_app', rolsuper: false, rolbypassrls: false, rolcreaterole: false, owner: false, path: 'app, public' })
  const owned = await ask(one.adminUrl, `select relname from pg_class where relowner = 'openkap_app'::regrole`)
  expect(owned).toEqual([])
})

test('everything in the schema app belongs to openkap_owner', async () => {
  const tables = await ask(one.adminUrl, `select relname, relowner::regrole::text as owner from pg_class where relnamespace = 'app'::regnamespace`)
  expect(tables.length).toBeGreaterThan(10)
  expect(tables.filter(({ owner }) => owner !== 'openkap_owner')).toEqual([])
})

test.each(['create table app.mine (a int)', 'create table public.mine (a int)', 'create temporary table mine (a int)', 'select * from migrations.applied'])('the application may not: %s', async (sql) => {
  await expect(ask(one.appUrl, sql)).rejects.toMatchObject({ code: '42501' })
})

test('two databases know nothing of each other', async () => {
  await ask(one.adminUrl, 'create table app.here (a int)')
  expect(await ask(other.adminUrl, `select to_regclass('app.here') as here`)).toEqual([{ here: null }])
})

test('what is filled once is filled by whoever asks first, and its copies know nothing of each other', async () => {
  const name = `filled_${process.pid}`
  await expect(filledOnce(name, async () => { throw new Error('The story broke off.') })).rejects.toThrow('The story broke off.')
  let told = 0
  const fill = async ({ adminUrl }: TestDatabase) => { told += 1; await ask(adminUrl, 'create table app.here (a int)') }
  const copies = await Promise.all([filledOnce(name, fill), filledOnce(name, fill)])
  await ask(copies[0]!.adminUrl, 'insert into app.here values (1)')
  expect([told, await Promise.all(copies.map(({ adminUrl }) => ask(adminUrl, 'select a from app.here')))]).toEqual([1, [[{ a: 1 }], []]])
  await Promise.all(copies.map(({ close }) => close()))
})
