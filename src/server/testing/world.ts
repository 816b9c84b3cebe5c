import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { expect } from 'vitest'
import type { Standing } from '../../core/access/policy.ts'
import type { Role } from '../../core/access/roles.ts'
import { contract, type RouteName } from '../../core/contract/contract.ts'
import type { Route } from '../../core/contract/route.ts'
import type { Shell } from '../http/shell.ts'
import { keepCredential } from '../http/sign-in.ts'
import { codeAfter, newCodeSecret } from '../sign-in/one-time-code.ts'
import { newToken, seal, unseal } from '../sign-in/secrets.ts'
import { appendWithin } from '../store/append.ts'
import type { Database } from '../store/database.ts'
import { receive } from '../store/inquiries.ts'
import { addChart, addPerson, beginPractice, clinic, device, draft, shellWithAdmin, signedIn, type TestPerson } from './practice.ts'

export interface Actor {
  readonly says: string
  readonly person: string | null
  readonly token: string
  readonly practice: string | null
  /** What the person is in their own practice. */
  readonly roles: readonly Role[]
  /** How the person stands to the one chart that everybody asks about. */
  readonly standings: readonly Standing[]
}

/**
 * Two practices in one database, and everybody who could ask: the patient herself, another patient, four roles on
 * her care team and the same four off it, the desk, three people of the other practice, an ended sign-in, one
 * half-way through signing in, and nobody. Tests only.
 */
export async function world() {
  const server = await shellWithAdmin()
  const { database } = server.shell
  const home = await clinic(database)
  const { admin } = server
  const add = (name: string, ...roles: Role[]) => addPerson(database, home.practice, home.owner, name, roles)
  const [dina, pavel, milo, dirk, nora] = [await add('Dina', 'medical-director'), await add('Pavel', 'prescriber'), await add('Milo', 'monitor'), await add('Dirk', 'medical-director'), await add('Nora', 'patient')]
  await admin.query(`insert into app.care_team (practice_id, chart_id, person_id, role, since) values ($1, $2, $3, 'medical-director', '2026-11-01T09:00:00.000Z')`, [home.practice, home.chart, dina.person])
  const otherChart = await addChart(database, home.owner, 'Nora Sample', [{ person: home.tomas, role: 'therapist' }], nora)
  const away = await otherPractice(server.shell.database)
  const actors = everybody({ ...home, dina, pavel, milo, dirk, nora }, away, {
    ended: await ended(database, home.practice, home.thea), half: await signedIn(database, home.practice, home.thea.person, 'second-factor'),
  })
  return {
    ...server, home: { ...home, nora, dina }, away, otherChart, actors,
    codeOf: codes(server.shell, home.practice, away.practice),
  }
}
export type World = Awaited<ReturnType<typeof world>>

async function otherPractice(database: Database) {
  const { practice, owner } = await beginPractice(database, 'Other practice')
  const therapist = await addPerson(database, practice, owner, 'Theo', ['therapist'])
  const patient = await addPerson(database, practice, owner, 'Max', ['patient'])
  const chart = await addChart(database, owner, 'Max Other', [{ person: therapist, role: 'therapist' }], patient)
  return { practice, owner, therapist, patient, chart }
}

async function ended(database: Database, practice: string, who: TestPerson): Promise<string> {
  const token = await signedIn(database, practice, who.person)
  await database.pool.query('select app.end_session($1)', [token])
  return token
}

function everybody(home: Awaited<ReturnType<typeof clinic>> & Record<'dina' | 'pavel' | 'milo' | 'dirk' | 'nora', TestPerson>, away: Awaited<ReturnType<typeof otherPractice>>, tokens: { ended: string; half: string }): Actor[] {
  const here = (says: string, { person, token, roles }: TestPerson, standings: readonly Standing[]): Actor => ({ says, person, token, roles, practice: home.practice, standings })
  const there = (says: string, { person, token, roles }: TestPerson): Actor => ({ says, person, token, roles, practice: away.practice, standings: [] })
  const onTeam = (says: string, who: TestPerson) => here(says, who, [{ relation: 'team', roles: who.roles }, { relation: 'practice', roles: who.roles }])
  const desk = (says: string, who: TestPerson) => here(says, who, [{ relation: 'practice', roles: who.roles }])
  return [
    here('the patient herself', home.mara, [{ relation: 'own', roles: ['patient'] }, { relation: 'practice', roles: ['patient'] }]),
    here('another patient', home.nora, []),
    onTeam('therapist on the team', home.thea), onTeam('prescriber on the team', home.pia), onTeam('monitor on the team', home.mona), onTeam('medical director on the team', home.dina),
    here('therapist off the team', home.tomas, []), here('prescriber off the team', home.pavel, []), here('monitor off the team', home.milo, []), here('medical director off the team', home.dirk, []),
    desk('coordinator', home.cora), desk('owner', home.owner),
    there('therapist of another practice', away.therapist), there('owner of another practice', away.owner), there('patient of another practice', away.patient),
    { says: 'an ended sign-in', person: null, token: tokens.ended, roles: [], practice: null, standings: [] },
    { says: 'somebody half-way through signing in', person: home.thea.person, token: tokens.half, roles: [], practice: home.practice, standings: [] },
    { says: 'nobody', person: null, token: '', roles: [], practice: null, standings: [] },
    { says: 'a made-up token', person: null, token: newToken(), roles: [], practice: null, standings: [] },
  ]
}

/** A right one-time code for anybody: the secret is set anew each time, so that no code was used before. */
function codes(shell: Shell, here: string, there: string) {
  return async ({ person, practice }: Actor): Promise<string> => {
    if (!person || (practice !== here && practice !== there)) return '000000'
    const secret = seal(shell.secret, newCodeSecret())
    await keepCredential(shell, practice, person, `${person}@example.org`, { totpSecret: secret })
    return codeAfter(unseal(shell.secret, secret), 0)
  }
}

export interface Asked {
  readonly params?: Record<string, string>
  readonly query?: Record<string, string>
  readonly body?: object
}

/** One request to a route of the contract, as a browser would send it. */
export function ask({ app }: Pick<World, 'app'>, name: RouteName, token: string, { params = {}, query, body }: Asked = {}) {
  const { method, path }: Route = contract[name]
  const url = path.replaceAll(/:(\w+)/g, (_, key: string) => params[key] ?? '')
  return app.inject({ method, url, ...(query ? { query } : {}), ...(method === 'POST' ? { payload: body ?? {} } : {}), ...(token ? { cookies: { openkap: token } } : {}) })
}

/** A booked visit on a chart, by the way acts take: for requests about a visit that stands. */
export async function bookedVisit({ shell, home }: World, chart = home.chart, who: TestPerson = home.thea): Promise<string> {
  const visit = randomUUID()
  const booked = { visit, type: 'preparation', number: 1, startsAt: '2026-12-01T17:00:00.000Z', endsAt: '2026-12-01T18:00:00.000Z', localStart: '2026-12-01T09:00', zone: 'America/Los_Angeles', people: [], online: true }
  await byAct(shell, who, chart, 'visits-booked.v1', { visits: [booked], why: '' })
  return visit
}

export async function byAct(shell: Shell, who: TestPerson, chart: string, kind: string, body: object, more: object = {}): Promise<string> {
  const entry = draft(kind, body, more)
  await shell.database.inContext(who.token, { durable: false }, ({ client, actor }) =>
    appendWithin(client, { token: who.token, actor, stream: chart, receivedAt: '2026-11-21T17:00:00.000Z', action: 'test', act: true, entries: [entry as never] }))
  return entry.id
}

export async function inquiryOf({ shell, admin }: Pick<World, 'shell' | 'admin'>, owner: TestPerson): Promise<string> {
  const name = randomUUID()
  await shell.database.inContext(owner.token, { durable: false }, (context) => receive(context, { name, email: null, phone: null, message: '', preferences: { conditions: [], language: 'en' }, precheck: null }, '2026-11-20T17:00:00.000Z'))
  return (await admin.query<{ id: string }>('select inquiry_id as id from app.inquiry where name = $1', [name])).rows[0]!.id
}

/** Everything a request could change, as one fingerprint a table, by which version of which row stands: whatever writes a row changes it. The audit and sign-ins move with every request. */
export async function fingerprint(admin: pg.Client, without: readonly string[] = ['audit', 'audit_seal', 'sign_in_session', 'server_key']): Promise<Record<string, string>> {
  const statement = await fingerprints(admin, without)
  const { rows: prints } = await admin.query<{ name: string; print: string }>(statement)
  return Object.fromEntries(prints.map(({ name, print }) => [name, print]))
}

const STATEMENTS = new WeakMap<pg.Client, Map<string, Promise<{ readonly name: string; readonly text: string }>>>()

/** One statement over all tables there are, made and planned once: it is asked before and after each of thousands of requests. */
function fingerprints(admin: pg.Client, without: readonly string[]) {
  const known = STATEMENTS.get(admin) ?? new Map<string, Promise<{ name: string; text: string }>>()
  STATEMENTS.set(admin, known)
  const made = known.get(without.join()) ?? admin.query<{ name: string }>(`select relname as name from pg_class where relnamespace = 'app'::regnamespace and relkind = 'r' and relname <> all($1) order by 1`, [without])
    .then(({ rows }) => ({ name: `fingerprint-${without.join()}`.slice(0, 60), text: rows.map(({ name }) => `select '${name}' as name, count(*) || ' ' || coalesce(sum(hashtextextended(t.ctid::text || ' ' || t.xmin::text, 0)), 0) as print from app.${name} t`).join(' union all ') }))
  known.set(without.join(), made)
  return made
}

/**
 * The same once nothing is written any more: what follows from an act may still be under way when it was answered, and nobody
 * who is refused next is blamed for it. Whatever follows holds a connection of the pool until it is done, however slow the
 * machine is; a pause alone would pass over what is slower than the pause.
 */
export async function settled({ admin, shell }: Pick<World, 'admin' | 'shell'>, stirred: boolean): Promise<Record<string, string>> {
  const { pool } = shell.database
  for (let before = await fingerprint(admin); ;) {
    if (!stirred) return before
    await new Promise((resolve) => { setTimeout(resolve, 15) })
    const busy = pool.waitingCount > 0 || pool.idleCount < pool.totalCount
    const after = await fingerprint(admin)
    if (!busy && JSON.stringify(after) === JSON.stringify(before)) return after
    before = after
  }
}

export { device, draft }

/** What a route answered, with its status. */
export type Answered = { status: number } & Record<string, any> // oxlint-disable-line typescript/no-explicit-any

export async function answered(all: World, name: RouteName, { token }: Pick<TestPerson, 'token'>, asked: Asked = {}): Promise<Answered> {
  const answer = await ask(all, name, token, asked)
  return { status: answer.statusCode, ...(answer.json() as object) }
}

/** The same without its status, which has to be a good one. */
export async function done(answer: Promise<Answered>): Promise<Record<string, any>> { // oxlint-disable-line typescript/no-explicit-any
  const { status, ...rest } = await answer
  expect(status, JSON.stringify(rest)).toBeLessThan(300)
  return rest
}
