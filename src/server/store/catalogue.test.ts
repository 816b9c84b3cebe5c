import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase, type TestDatabase } from './testing/cluster.ts'

/** What the catalogue of a freshly migrated database must say. Each check is shown to be able to fail. */
let database: TestDatabase
let admin: pg.Client
beforeAll(async () => {
  database = await testDatabase()
  admin = new pg.Client({ connectionString: database.adminUrl })
  await admin.connect()
})
afterAll(async () => {
  await admin.end()
  await database.close()
})

const CHECKS: Record<string, { finds: string; planted: string }> = {
  'every table has row security, forced': {
    finds: `select relname as found from pg_class where relnamespace = 'app'::regnamespace and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)`,
    planted: 'create table app.loose (practice_id uuid)',
  },
  'every table with a practice has a restrictive policy that keeps practices apart': {
    finds: `select c.relname as found from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'practice_id' where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')
      and not exists (select 1 from pg_policy p where p.polrelid = c.oid and not p.polpermissive and p.polname = 'one_practice')`,
    planted: 'create table app.loose (practice_id uuid); alter table app.loose enable row level security',
  },
  'no view steps around row security': {
    finds: `select relname as found from pg_class where relnamespace = 'app'::regnamespace and ((relkind = 'v' and not coalesce(reloptions::text like '%security_invoker=true%', false)) or relkind = 'm')`,
    planted: 'create view app.loose as select * from app.entry',
  },
  'every function that runs as its owner has a fixed search path and an owner without might': {
    finds: `select proname as found from pg_proc p join pg_roles r on r.oid = p.proowner where pronamespace = 'app'::regnamespace and prosecdef and (not coalesce(proconfig::text like '%search_path%', false) or r.rolsuper or r.rolbypassrls)`,
    planted: `create function app.loose() returns int language sql security definer as 'select 1'`,
  },
  'nothing is owned by a superuser': {
    finds: `select relname as found from pg_class c join pg_roles r on r.oid = c.relowner where relnamespace = 'app'::regnamespace and (r.rolsuper or r.rolbypassrls)`,
    planted: 'create table app.loose (practice_id uuid)',
  },
  'every foreign key carries the practice': {
    finds: `select conname as found from pg_constraint where contype = 'f' and connamespace = 'app'::regnamespace and not exists (select 1 from unnest(conkey) k join pg_attribute a on a.attrelid = conrelid and a.attnum = k where a.attname = 'practice_id')`,
    planted: 'create table app.a (id uuid primary key); create table app.loose (other uuid references app.a)',
  },
  'every key starts with the practice, but for the two tables that belong to nobody and the ways to sign in': {
    finds: `select i.indexrelid::regclass::text as found from pg_index i join pg_class c on c.oid = i.indrelid join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
      where c.relnamespace = 'app'::regnamespace and i.indisunique and a.attname <> 'practice_id' and c.relname not in ('entry_kind', 'server_key') and i.indexrelid::regclass::text not in ('app.credential_email', 'app.sign_in_session_token_sha256_key', 'app.sign_in_link_token_sha256_key', 'app.narrow_link_token_sha256_key')`,
    planted: 'create table app.loose (practice_id uuid, id uuid primary key)',
  },
  'every column says what it holds and how private that is': {
    finds: `select c.relname || '.' || a.attname as found from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped where c.relnamespace = 'app'::regnamespace and c.relkind in ('r', 'p')
      and coalesce(col_description(c.oid, a.attnum), '') !~ '^(identity|contact|clinical|psychotherapy|credential|money|operational|public): .'`,
    planted: 'create table app.loose (practice_id uuid)',
  },
  'the application may not rewrite what is written once': {
    finds: `select table_name || ' ' || privilege_type as found from information_schema.role_table_grants where grantee = 'openkap_app' and table_schema = 'app' and table_name in ('entry', 'audit', 'audit_seal', 'charge', 'document', 'dose_claim', 'ledger', 'ledger_line', 'rulebook_edition', 'edition_proposal', 'edition_answer', 'form_choice', 'file') and privilege_type not in ('SELECT', 'INSERT')`,
    planted: 'grant update on app.entry to openkap_app',
  },
  'entries, claims and the audit are written by their functions alone': {
    finds: `select table_name || ' ' || privilege_type as found from information_schema.role_table_grants where grantee = 'openkap_app' and table_schema = 'app' and table_name in ('entry', 'audit', 'dose_claim', 'session_claim', 'ledger', 'ledger_line', 'file') and privilege_type in ('INSERT', 'UPDATE')
      union all select table_name || '.' || column_name from information_schema.column_privileges where grantee = 'openkap_app' and table_schema = 'app' and table_name in ('entry', 'audit', 'dose_claim', 'session_claim', 'stream') and privilege_type = 'UPDATE'`,
    planted: 'grant insert on app.entry to openkap_app; grant update (last_seq) on app.stream to openkap_app',
  },
  'the application owns nothing and is nobody mighty': {
    finds: `select rolname as found from pg_roles where rolname = 'openkap_app' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb) union all select relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = 'openkap_app'`,
    planted: 'create table public.loose (); alter table public.loose owner to openkap_app',
  },
}

test.each(Object.keys(CHECKS))('%s', async (name) => {
  const { finds, planted } = CHECKS[name]!
  expect((await admin.query(finds)).rows).toEqual([])
  await admin.query('begin')
  await admin.query(planted)
  expect((await admin.query(finds)).rowCount, 'the check finds a planted fault').toBeGreaterThan(0)
  await admin.query('rollback')
})

test('what is written once refuses even the superuser', async () => {
  for (const table of ['entry', 'audit', 'audit_seal', 'charge', 'document', 'ledger_line', 'rulebook_edition', 'edition_proposal', 'edition_answer', 'form_choice']) {
    await expect(admin.query(`update app.${table} set practice_id = practice_id`)).rejects.toThrow('written once')
    await expect(admin.query(`delete from app.${table}`)).rejects.toThrow('written once')
    await expect(admin.query(`truncate app.${table} cascade`)).rejects.toThrow('written once')
  }
})

test('without a token, and with a made-up one, there is nothing to see', async () => {
  const app = new pg.Client({ connectionString: database.appUrl })
  await app.connect()
  await admin.query(`insert into app.practice (practice_id, name, zone) values (gen_random_uuid(), 'X', 'UTC')`)
  for (const token of ['', 'nonsense', "'; select 1; --"]) {
    await app.query('select set_config($1, $2, false)', ['app.token', token])
    expect((await app.query('select * from app.practice')).rows).toEqual([])
  }
  await expect(app.query(`select app.mint_session('guess', gen_random_uuid(), null, 'person', null, gen_random_uuid(), 'x', 60, 60)`)).rejects.toThrow('server\'s key')
  await expect(app.query('select * from app.credential')).rejects.toThrow('permission denied')
  await expect(app.query('select * from app.sign_in_session')).rejects.toThrow('permission denied')
  await app.end()
})
