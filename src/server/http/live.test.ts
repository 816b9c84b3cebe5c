import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startJobs } from '../jobs/jobs.ts'
import { addPerson, clinic, draft, signedIn, testShell, type Clinic, type TestPerson } from '../testing/practice.ts'
import { listen, until, type Stream } from '../testing/stream.ts'

let server: Awaited<ReturnType<typeof testShell>>
let people: Clinic
let admin: pg.Client
let url: string
let stopJobs: () => Promise<void>
beforeAll(async () => {
  server = await testShell()
  people = await clinic(server.shell.database)
  admin = new pg.Client({ connectionString: server.adminUrl })
  await admin.connect()
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  url = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`
  stopJobs = startJobs(server.shell, { mail: undefined, texts: undefined })
})
const open: Stream[] = []
afterEach(() => { for (const stream of open.splice(0)) stream.close() })
afterAll(async () => {
  await stopJobs()
  await server.app.close()
  await admin.end()
  await server.close()
})

async function hear(who: { token: string }, after = 0, chart = people.chart): Promise<Stream> {
  const stream = await listen(url, chart, who.token, after)
  open.push(stream)
  return stream
}
const post = (who: TestPerson, entries: object[]) => server.app.inject({ method: 'POST', url: `/api/charts/${people.chart}/entries`, payload: { entries }, cookies: { openkap: who.token } })
const act = (name: string, who: { token: string }, body: object = {}) => server.app.inject({ method: 'POST', url: name, payload: body, cookies: { openkap: who.token } })
const vitals = () => draft('vitals.v1', { heartRatePerMin: 70 })
const lastSeq = async () => (await admin.query<{ n: number }>('select last_seq as n from app.stream where stream_id = $1', [people.chart])).rows[0]!.n
const token = async (who: TestPerson) => ({ ...who, token: await signedIn(server.shell.database, people.practice, who.person) })

describe('what is heard', () => {
  test('an entry on one device is on the other’s stream, with its number', async () => {
    const stream = await hear(people.thea)
    const sent = vitals()
    await post(people.mona, [sent])
    await until(() => stream.entries().some(({ id }) => id === sent.id), 2_000)
    expect(stream.events.at(-1)!.lastSeq).toBe(await lastSeq())
  })

  test('the first word says how far it goes, before anything of it has come', async () => {
    const top = await lastSeq()
    const [whole, up] = [await hear(people.thea), await hear(people.thea, top)]
    await until(() => whole.events.length > 1 && up.events.length > 0, 2_000)
    expect(whole.events.slice(0, 2)).toMatchObject([{ entries: [], lastSeq: 0, upTo: top }, { lastSeq: top }])
    expect(up.events[0]).toMatchObject({ entries: [], lastSeq: top, upTo: top })
  })

  test('what was missed is replayed on reconnecting, and nothing twice', async () => {
    const before = await lastSeq()
    await post(people.mona, [vitals(), vitals(), vitals()])
    const stream = await hear(people.thea, before + 1)
    await until(() => stream.events.at(-1)?.lastSeq === before + 3, 2_000)
    await post(people.mona, [vitals()])
    await until(() => stream.events.at(-1)?.lastSeq === before + 4, 2_000)
    expect(stream.entries().map(({ seq }) => seq)).toEqual([before + 2, before + 3, before + 4])
  })

  test('under eight writers every entry is heard once and in order, by those who came late too', { timeout: 30_000 }, async () => {
    const before = await lastSeq()
    const early = await hear(people.thea, before)
    const late: Promise<Stream>[] = []
    await Promise.all(Array.from({ length: 8 }, async (_, writer) => {
      for (let at = 0; at < 15; at += 1) {
        await post(writer % 2 ? people.mona : people.thea, [vitals(), ...(at % 3 ? [] : [vitals()])])
        if (writer === 0 && at % 5 === 2) late.push(hear(people.pia, before))
      }
    }))
    const top = await lastSeq()
    const numbers = Array.from({ length: top - before }, (_, at) => before + at + 1)
    for (const stream of [early, ...(await Promise.all(late))]) {
      await until(() => stream.events.at(-1)?.lastSeq === top, 3_000)
      expect(stream.entries().map(({ seq }) => seq)).toEqual(numbers)
    }
  })

  test('only kinds that this person may read, and the numbers go on', async () => {
    const before = await lastSeq()
    const patient = await hear(people.mara, before)
    await post(people.thea, [draft('session-note.v1', { text: 'she wept' }), draft('intention.v1', { text: 'to rest' }), draft('session-note.v1', { text: 'quiet now' })])
    await until(() => patient.events.at(-1)?.lastSeq === before + 3, 2_000)
    expect(patient.entries().map(({ kind }) => kind)).toEqual(['intention.v1'])
    expect(JSON.stringify(patient.events)).not.toMatch(/wept|quiet now/)
  })

  test('what another process wrote is fetched when the next entry shows the gap', async () => {
    const before = await lastSeq()
    const stream = await hear(people.thea, before)
    // As if from elsewhere: written without being published here.
    await server.shell.append({ token: people.mona.token, actor: { practice: people.practice, person: people.mona.person }, stream: people.chart, entries: [vitals() as never], receivedAt: '2026-11-21T17:00:00.000Z', action: 'elsewhere' })
    await post(people.mona, [vitals()])
    await until(() => stream.events.at(-1)?.lastSeq === before + 2, 2_000)
    expect(stream.entries().map(({ seq }) => seq)).toEqual([before + 1, before + 2])
  })

  test('nothing of the journal or of psychotherapy notes', async () => {
    const [thea, mara] = [await hear(people.thea), await hear(people.mara)]
    await act(`/api/charts/${people.chart}/notes`, people.thea, { entries: [draft('psychotherapy-note.v1', { text: 'hidden' })] })
    await act(`/api/charts/${people.chart}/journal`, people.mara, { entries: [draft('journal.v1', { text: 'hidden' })] })
    const marker = draft('intention.v1', { text: 'the marker' })
    await post(people.thea, [marker])
    for (const stream of [thea, mara]) {
      await until(() => stream.entries().some(({ id }) => id === marker.id), 2_000)
      expect(JSON.stringify(stream.events)).not.toContain('hidden')
    }
  })
})

describe('a stream ends with its sign-in, within five seconds', () => {
  const ENDS: [string, (who: TestPerson) => Promise<unknown>][] = [
    ['signing out', (who) => act('/api/sign-out', who)],
    ['being ended from another device', async (who) => {
      const { rows } = await admin.query<{ id: string }>(`select session_id as id from app.sign_in_session where token_sha256 = sha256(convert_to($1, 'UTF8'))`, [who.token])
      return act(`/api/sign-ins/${rows[0]!.id}/end`, await token(who))
    }],
    ['being revoked in the database by another node', (who) => admin.query(`update app.sign_in_session set revoked_at = now() where token_sha256 = sha256(convert_to($1, 'UTF8'))`, [who.token])],
    ['fifteen idle minutes', (who) => admin.query(`update app.sign_in_session set last_seen_at = now() - interval '15 minutes 1 second' where token_sha256 = sha256(convert_to($1, 'UTF8'))`, [who.token])],
    ['its absolute end', (who) => admin.query(`update app.sign_in_session set expires_at = now() where token_sha256 = sha256(convert_to($1, 'UTF8'))`, [who.token])],
  ]
  test.each(ENDS)('%s', { timeout: 10_000 }, async (_, end) => {
    const who = await token(people.thea)
    const stream = await hear(who)
    await end(who)
    expect(await until(() => stream.ended, 5_000)).toBeLessThan(5_000)
    expect((await server.app.inject({ url: '/api/home', cookies: { openkap: who.token } })).statusCode).toBe(401)
    expect((await hear(who)).status).toBe(401)
    expect((await post(who, [vitals()])).statusCode, 'the append route believes no token it knew a moment ago').toBe(401)
  })

  test('somebody who leaves the practice', { timeout: 10_000 }, async () => {
    const leaver = await addPerson(server.shell.database, people.practice, people.owner, 'Leo', ['monitor'])
    await admin.query(`insert into app.care_team (practice_id, chart_id, person_id, role, since) values ($1, $2, $3, 'monitor', 'x')`, [people.practice, people.chart, leaver.person])
    const stream = await hear(leaver)
    expect(stream.status).toBe(200)
    const row = { person: leaver.person, givenName: 'Leo', familyName: 'Sample', email: null, roles: ['monitor'], active: false, credentials: '', npi: null, licence: null, licensedNurse: false, conditions: [], modalities: [], languages: [], online: false, inPerson: true, accepting: false, about: '', capacity: 1, weekly: [], exceptions: [], planning: {} }
    expect((await act('/api/practice/staff', people.owner, row)).statusCode).toBe(200)
    await until(() => stream.ended, 5_000)
  })

  test.each([
    ['the care team', `update app.care_team set until = '2026-11-21T17:00:00.000Z' where person_id = $1`],
    ['a role in the practice', `delete from app.membership where person_id = $1 and role = 'coordinator'`],
  ])('somebody who loses %s; and nothing is stepped over that could be read a moment before', { timeout: 10_000 }, async (_, sql) => {
    const reader = await addPerson(server.shell.database, people.practice, people.owner, 'Ruth', ['therapist', 'coordinator'])
    await admin.query(`insert into app.care_team (practice_id, chart_id, person_id, role, since) values ($1, $2, $3, 'therapist', 'x')`, [people.practice, people.chart, reader.person])
    const before = await lastSeq()
    const [stream, other] = [await hear(reader, before), await hear(people.thea, before)]
    await admin.query(sql, [reader.person])
    // As if from elsewhere, so that the next one shows a gap: it is read again, by another standing.
    await server.shell.append({ token: people.mona.token, actor: { practice: people.practice, person: people.mona.person }, stream: people.chart, entries: [draft('session-note.v1', { text: 'between' }) as never], receivedAt: '2026-11-21T17:00:00.000Z', action: 'elsewhere' })
    await post(people.mona, [vitals()])
    await until(() => stream.ended, 5_000)
    expect(Math.max(...stream.events.map(({ lastSeq: last }) => last))).toBe(before)
    await until(() => other.events.at(-1)?.lastSeq === before + 2, 2_000)
    expect(other.ended).toBe(false)
  })

  test('and nobody can end somebody else’s', async () => {
    const stream = await hear(people.thea)
    const { rows } = await admin.query<{ id: string }>(`select session_id as id from app.sign_in_session where token_sha256 = sha256(convert_to($1, 'UTF8'))`, [people.thea.token])
    expect((await act(`/api/sign-ins/${rows[0]!.id}/end`, people.mona)).statusCode).toBe(404)
    const marker = draft('intention.v1', { text: 'still here' })
    await post(people.thea, [marker])
    await until(() => stream.entries().some(({ id }) => id === marker.id), 2_000)
  })
})

test('idle: a stream and a background call never keep a sign-in awake; an act does; a running medicine session suspends the limit', async () => {
  const who = await token(people.thea)
  const back = (minutes: number) => admin.query(`update app.sign_in_session set last_seen_at = now() - make_interval(mins => $2) where token_sha256 = sha256(convert_to($1, 'UTF8'))`, [who.token, minutes])
  const idle = async () => (await admin.query<{ s: number }>(`select extract(epoch from now() - last_seen_at)::int as s from app.sign_in_session where token_sha256 = sha256(convert_to($1, 'UTF8'))`, [who.token])).rows[0]!.s
  const me = async () => (await server.app.inject({ url: '/api/me', cookies: { openkap: who.token } })).statusCode
  await back(14)
  await hear(who)
  expect(await me()).toBe(200)
  expect(await idle()).toBeGreaterThan(830)
  await post(who, [vitals()])
  await until(async () => (await idle()) < 60, 2_000)
  await back(16)
  expect(await me()).toBe(401)
  expect((await act(`/api/charts/${people.chart}/entries?skip_timeout_reset=1`, who, { entries: [vitals()] })).statusCode, 'a parameter wakes nobody').toBe(401)

  await back(0)
  const session = randomUUID()
  await admin.query('insert into app.session_claim (practice_id, session_id, chart_id) values ($1, $2, $3)', [people.practice, session, people.chart])
  expect((await act(`/api/charts/${people.chart}/sessions/${session}/join`, who)).statusCode).toBe(200)
  await back(200)
  expect(await me()).toBe(200)
  expect((await post(who, [vitals()])).statusCode).toBe(201)
  await admin.query(`update app.sign_in_session set in_session_until = now(), last_seen_at = now() - interval '16 minutes' where token_sha256 = sha256(convert_to($1, 'UTF8'))`, [who.token])
  expect(await me()).toBe(401)
})

describe('a person’s own stream', () => {
  async function told(token: string) {
    const abort = new AbortController()
    const response = await fetch(`${url}/api/told/live`, { headers: { cookie: `openkap=${token}` }, signal: abort.signal })
    const stream = { status: response.status, text: '', ended: false, close: () => abort.abort() }
    const reading = async () => { for await (const chunk of response.body!) stream.text += new TextDecoder().decode(chunk as Uint8Array) }
    if (response.status === 200) void reading().catch(() => {}).finally(() => { stream.ended = true })
    return stream
  }
  const nudges = ({ text }: { text: string }) => text.split('event: told').length - 1

  test('nudges whoever was told something, and carries no word of it', async () => {
    const [thea, mona] = [await told(people.thea.token), await told(people.mona.token)]
    await until(() => nudges(thea) === 1 && nudges(mona) === 1, 5_000)
    server.shell.live.nudge([people.thea.person])
    await until(() => nudges(thea) === 2, 5_000)
    expect(nudges(mona)).toBe(1)
    expect(thea.text.replaceAll(/event: \w+\ndata: \{"now":"[^"]+"\}\n\n/g, '')).toBe('')
    thea.close()
    mona.close()
  })

  test('is for nobody without a sign-in, and ends with it; a nudge in the same moment harms nothing', async () => {
    expect((await told('nobody')).status).toBe(401)
    const token = await signedIn(server.shell.database, people.practice, people.mona.person)
    const stream = await told(token)
    await until(() => nudges(stream) === 1, 5_000)
    server.shell.live.endToken(token)
    server.shell.live.nudge([people.mona.person])
    await until(() => stream.ended, 5_000)
    expect(nudges(stream)).toBe(1)
  })
})
