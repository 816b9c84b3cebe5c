import { hkdfSync } from 'node:crypto'
import pg from 'pg'
import { CannotStart } from '../launch/cannot-start.ts'
import { slowly, type Report } from '../launch/progress.ts'
import { migrate, ownMigrations } from './migrate.ts'

export interface Prepared {
  /** What the application connects with: openkap_app, which owns nothing and cannot step around row-level security. */
  appUrl: string
  adminUrl: string
  ran: string[]
}

export interface PrepareOptions {
  /** Made when missing. Left out, the database that the URL names is used. */
  database?: string
  /** The application's own way in, where the administrator of the server made it by hand. */
  appUrl?: string
  migrations?: string
  report?: Report
}

/**
 * Makes a PostgreSQL server ready: the roles, the database, the schema, every migration. Running it again changes
 * nothing. Three roles: the one in adminUrl prepares, openkap_owner (no login) owns, openkap_app (login) works.
 */
export async function prepareDatabase(adminUrl: string, options: PrepareOptions = {}): Promise<Prepared> {
  const url = options.database ? await makeDatabase(adminUrl, options.database) : adminUrl
  const appUrl = options.appUrl ?? appUrlOf(url)
  const ran = await withAdmin(url, async (admin) => {
    await refuseOldServer(admin, url)
    await admin.query('select pg_advisory_lock($1)', [oneAtATime])
    await makeRoles(admin)
    await makeSchemas(admin)
    const migrated = await slowly('Bringing the database up to date …', options.report ?? (() => {}), migrate(admin, options.migrations ?? ownMigrations))
    if (!options.appUrl && !(await canConnect(appUrl))) await setAppPassword(admin, appUrl)
    return migrated.ran
  })
  await refuseMightyApp(appUrl)
  return { appUrl, adminUrl: url, ran }
}

/** The application's URL follows from the administrator's: same server, same database, a password of its own. */
export function appUrlOf(adminUrl: string): string {
  const url = new URL(adminUrl)
  if (!url.password) throw new CannotStart('DATABASE_URL carries no password to derive the application\'s own from. Set APP_DATABASE_URL, with the role openkap_app. Nothing was changed.')
  const derived = hkdfSync('sha256', decodeURIComponent(url.password), decodeURIComponent(url.username), `password of ${appRole}`, 24)
  url.username = appRole
  url.password = Buffer.from(derived).toString('base64url')
  return url.href
}

export function databaseUrl(url: string, database: string): string {
  const other = new URL(url)
  other.pathname = `/${encodeURIComponent(database)}`
  return other.href
}

/**
 * What PostgreSQL gives to everybody in a new database and the application must not have: temporary tables could
 * stand in for real ones. Rights on a database are not copied with a template.
 */
export async function closeToPublic(admin: pg.Client, database: string): Promise<void> {
  const name = pg.escapeIdentifier(database)
  await admin.query(`revoke all on database ${name} from public; grant connect on database ${name} to ${appRole}`)
}

const appRole = 'openkap_app'
const ownerRole = 'openkap_owner'
const oneAtATime = 7_201_002
const oldest = 150_000

async function withAdmin<T>(url: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: 'openkap prepare' })
  admin.on('error', () => {}) // The query under way rejects with the same failure.
  try {
    await admin.connect()
  } catch (failure) {
    await admin.end().catch(() => {})
    throw unreachable(url, failure)
  }
  try {
    return await work(admin)
  } finally {
    await admin.end().catch(() => {})
  }
}

function unreachable(url: string, failure: unknown) {
  const { code, message } = failure as { code?: string; message?: string }
  const why = reasons[code ?? ''] ?? (message || code || 'no answer')
  return new CannotStart(`The database at ${placeOf(url)} cannot be used: ${why}. Nothing was changed: check DATABASE_URL and that the server runs.`)
}

const reasons: Record<string, string> = {
  ECONNREFUSED: 'nobody answers there',
  ENOTFOUND: 'there is no machine of that name',
  ETIMEDOUT: 'no answer in time',
  '28P01': 'it refuses the name or the password',
  '28000': 'it refuses this account',
  '3D000': 'there is no database of that name',
  '53300': 'it has no connection left',
}

function placeOf(url: string) {
  const { hostname, port, pathname } = new URL(url)
  return `${hostname}:${port || 5432}${pathname}`
}

async function refuseOldServer(admin: pg.Client, url: string) {
  const { rows } = await admin.query<{ number: string; name: string }>(`select current_setting('server_version_num') as number, current_setting('server_version') as name`)
  const version = rows[0]
  if (Number(version?.number) >= oldest) return
  throw new CannotStart(`PostgreSQL 15 or newer is needed; the server at ${placeOf(url)} is ${version?.name}. Nothing was changed.`)
}

async function makeDatabase(adminUrl: string, database: string): Promise<string> {
  const url = databaseUrl(adminUrl, database)
  await withAdmin(adminUrl, async (admin) => {
    await refuseOldServer(admin, adminUrl)
    await admin.query('select pg_advisory_lock($1)', [oneAtATime])
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [database])
    if (rowCount) return
    await makeRoles(admin)
    await admin.query(`create database ${pg.escapeIdentifier(database)}`)
    await closeToPublic(admin, database)
  })
  return url
}

async function makeRoles(admin: pg.Client) {
  const { rows } = await admin.query<{ rolname: string }>('select rolname from pg_roles where rolname in ($1, $2)', [ownerRole, appRole])
  const there = new Set(rows.map(({ rolname }) => rolname))
  try {
    if (!there.has(ownerRole)) await admin.query(`create role ${ownerRole} nologin nosuperuser nobypassrls`).catch(unlessThere)
    if (!there.has(appRole)) await admin.query(`create role ${appRole} login nosuperuser nobypassrls noinherit`).catch(unlessThere)
    await becomeOwnerOnce(admin)
  } catch (failure) {
    if ((failure as { code?: string }).code !== '42501') throw failure
    throw new CannotStart(`The account in DATABASE_URL may not make roles. Give it CREATEROLE, or make ${ownerRole} (no login, granted to it) and ${appRole} (login) by hand and set APP_DATABASE_URL. Nothing was changed.`)
  }
}

/** From PostgreSQL 16 on, making a role no longer includes the right to act as it. */
async function becomeOwnerOnce(admin: pg.Client) {
  try {
    await admin.query(`set role ${ownerRole}`)
  } catch {
    await admin.query(`grant ${ownerRole} to current_user`)
    await admin.query(`set role ${ownerRole}`)
  }
  await admin.query('reset role')
}

async function makeSchemas(admin: pg.Client) {
  const { rows } = await admin.query<{ name: string; ready: boolean }>(`select current_database() as name, to_regclass('migrations.applied') is not null as ready`)
  if (rows[0]?.ready) return
  const database = pg.escapeIdentifier(rows[0]?.name ?? '')
  await admin.query(`
    begin;
    grant connect, create on database ${database} to ${ownerRole};
    grant connect on database ${database} to ${appRole};
    create extension if not exists btree_gist schema public;
    create schema if not exists app authorization ${ownerRole};
    create schema if not exists migrations authorization ${ownerRole};
    set local role ${ownerRole};
    grant usage on schema app to ${appRole};
    create table migrations.applied (
      name       text primary key,
      sha256     text not null,
      applied_at timestamptz not null default now()
    );
    commit`).catch(async (failure: unknown) => {
    await admin.query('rollback')
    if ((failure as { code?: string }).code !== '42501') throw failure
    throw new CannotStart(`The account in DATABASE_URL may not prepare the database ${database}: it needs to own it. Nothing was changed.`)
  })
}

async function setAppPassword(admin: pg.Client, appUrl: string) {
  const password = pg.escapeLiteral(decodeURIComponent(new URL(appUrl).password))
  await admin.query(`alter role ${appRole} password ${password}`)
  await admin.query(`alter role ${appRole} set search_path = app, public`)
}

async function canConnect(url: string) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  const connected = await client.connect().then(() => true, () => false)
  await client.end().catch(() => {})
  return connected
}

/** Row-level security protects nothing from a role that may step around it, so such a role is not let in. */
async function refuseMightyApp(appUrl: string) {
  await withAdmin(appUrl, async (app) => {
    const { rows } = await app.query<{ mighty: boolean; role: string }>(`
      select current_user as role, current_user <> '${appRole}' or rolsuper or rolbypassrls or rolcreaterole or pg_has_role(current_user, '${ownerRole}', 'member') as mighty
      from pg_roles where rolname = current_user`)
    if (!rows[0]?.mighty) return
    throw new CannotStart(`The application must connect as ${appRole}, without superuser rights and without being ${ownerRole}; it came in as ${rows[0].role}. Nothing of the practice was touched.`)
  })
}

const unlessThere = (failure: unknown) => {
  // Another program made it in the same moment.
  if (!['42710', '23505'].includes((failure as { code?: string }).code ?? '')) throw failure
}
