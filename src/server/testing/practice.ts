import { randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import pino from 'pino'
import type { Role } from '../../core/access/roles.ts'
import { settableClock } from '../clock.ts'
import { firstVisitBoard } from '../first-visits.ts'
import { knownActors } from '../http/actors.ts'
import { createApp } from '../http/app.ts'
import type { Shell } from '../http/shell.ts'
import { passingKeys } from '../launch/quarantine-keys.ts'
import { liveHub } from '../live/hub.ts'
import { togetherBy } from '../planning/joint.ts'
import { newToken } from '../sign-in/secrets.ts'
import { appendQueue } from '../store/append.ts'
import { joinTeam, openChart } from '../store/charts.ts'
import { openDatabase, type Database } from '../store/database.ts'
import { enrolServer } from '../store/enrol.ts'
import { testDatabase, type TestDatabase } from '../store/testing/cluster.ts'
import { inThread } from './in-thread.ts'

export interface TestPerson {
  readonly person: string
  readonly token: string
  readonly roles: readonly Role[]
}

/** A database of its own with this server enrolled, the pieces a server stands on, and people to act as. Tests only. */
export async function testShell(options: Partial<Shell> = {}, on?: TestDatabase) {
  const { appUrl, adminUrl, close } = on ?? (await testDatabase())
  const { key } = await enrolServer(adminUrl)
  const database = openDatabase(appUrl, key)
  const [clock, log] = [settableClock('2026-11-21T17:00:00.000Z'), pino({ level: 'silent' })]
  const shell: Shell = {
    database, clock, log, together: togetherBy({ database, clock, log }, inThread), secret: randomBytes(32), quarantineKeys: await passingKeys(), live: liveHub(), append: appendQueue(database), actors: knownActors(database), firstVisits: firstVisitBoard(),
    sample: false, secure: false, origin: () => 'http://127.0.0.1', ...options,
  }
  return { shell, adminUrl, app: await createApp(shell), close: async () => { await shell.together.close(); await database.close(); await close() } }
}

/** The same, with the administrator's own connection beside it: to look past row security, and to put there what no route lets in. */
export async function shellWithAdmin(options: Partial<Shell> = {}, on?: TestDatabase) {
  const server = await testShell(options, on)
  const admin = new pg.Client({ connectionString: server.adminUrl })
  await admin.connect()
  return { ...server, admin, close: async () => { await admin.end(); await server.close() } }
}

export async function beginPractice(database: Database, name = 'Test practice', sample = true): Promise<{ practice: string; owner: TestPerson }> {
  const practice = randomUUID()
  const person = randomUUID()
  await database.pool.query('select app.begin_practice($1, $2, $3, $4, $5, $6, $7, $8, $9)', [database.key, practice, name, 'America/Los_Angeles', sample, person, 'Olga', 'Owner', `${person}@example.org`])
  return { practice, owner: { person, token: await signedIn(database, practice, person), roles: ['owner'] } }
}

/** Lets somebody in without the ceremony of signing in. */
export async function signedIn(database: Database, practice: string, person: string, purpose = 'person'): Promise<string> {
  const token = newToken()
  await database.pool.query('select app.mint_session($1, $2, $3, $4, null, gen_random_uuid(), $5, 600, 15)', [database.key, practice, person, purpose, token])
  return token
}

export async function addPerson(database: Database, practice: string, owner: TestPerson, givenName: string, roles: readonly Role[]): Promise<TestPerson> {
  const person = randomUUID()
  await database.inContext(owner.token, { durable: true }, async ({ client }) => {
    await client.query('insert into app.person (practice_id, person_id, given_name, family_name, email) values ($1, $2, $3, $4, $5)', [practice, person, givenName, 'Sample', `${person}@example.org`])
    for (const role of roles) await client.query('insert into app.membership (practice_id, person_id, role) values ($1, $2, $3)', [practice, person, role])
  })
  return { person, token: await signedIn(database, practice, person), roles }
}

/** A chart with its care team, opened by the owner. */
export async function addChart(database: Database, owner: TestPerson, name: string, team: readonly { person: TestPerson; role: Role }[] = [], patient?: TestPerson): Promise<string> {
  const chart = randomUUID()
  await database.inContext(owner.token, { durable: true }, async (context) => {
    await openChart(context, { chart, name, birthDate: '1986-03-14', patient: patient?.person }, '2026-11-01T09:00:00.000Z')
    for (const { person, role } of team) await joinTeam(context, chart, person.person, role, '2026-11-01T09:00:00.000Z')
  })
  return chart
}

/** Everybody a small clinic has, and one patient in care with them; Tomas the therapist is not on her team. */
export async function clinic(database: Database) {
  const { practice, owner } = await beginPractice(database)
  const add = (name: string, ...roles: Role[]) => addPerson(database, practice, owner, name, roles)
  const [thea, tomas, pia, mona, cora, mara] = [await add('Thea', 'therapist'), await add('Tomas', 'therapist'), await add('Pia', 'prescriber'), await add('Mona', 'monitor'), await add('Cora', 'coordinator'), await add('Mara', 'patient')]
  const chart = await addChart(database, owner, 'Mara Sample', [{ person: thea, role: 'therapist' }, { person: pia, role: 'prescriber' }, { person: mona, role: 'monitor' }], mara)
  return { practice, owner, thea, tomas, pia, mona, cora, mara, chart }
}
export type Clinic = Awaited<ReturnType<typeof clinic>>

export const device = '00000000-0000-4000-8000-00000000d001'
export const draft = (kind: string, body: object, more: object = {}) => ({ id: randomUUID(), kind, at: '2026-11-21T17:00:00.000Z', writtenAt: '2026-11-21T17:00:00.000Z', device, body, ...more })
