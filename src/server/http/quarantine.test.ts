import { createHash, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SealedAct } from '../../core/chart/quarantine.ts'
import { verifyStream } from '../../core/chart/verify.ts'
import { addChart, addPerson, clinic, draft, signedIn, shellWithAdmin, type Clinic, type TestPerson } from '../testing/practice.ts'
import { sealFor } from '../testing/sealing.ts'

/** What a device whose access has ended brings, and what becomes of it: through the front door. */
let server: Awaited<ReturnType<typeof shellWithAdmin>>
let people: Clinic
let admin: pg.Client
/** Lee, a monitor of the team, on a device of hers; a new one for every test. */
let lee: TestPerson & { readonly device: string; readonly credential: string }
let chart: string
beforeAll(async () => {
  server = await shellWithAdmin()
  people = await clinic(server.shell.database)
  admin = server.admin
})
afterAll(() => server.close())
beforeEach(async () => {
  server.shell.clock.set?.('2026-11-21T17:00:00.000Z')
  const person = await addPerson(server.shell.database, people.practice, people.owner, 'Lee', ['monitor'])
  chart = await addChart(server.shell.database, people.owner, 'Mara Sample', [{ person: people.thea, role: 'therapist' }, { person: people.pia, role: 'prescriber' }, { person: people.mona, role: 'monitor' }, { person, role: 'monitor' }])
  const { credential } = (await call('POST', '/api/device/keys', person.token, { credential: true })).json()
  const device = (await admin.query<{ device: string }>('select device from app.device_credential where person_id = $1', [person.person])).rows[0]!.device
  lee = { ...person, device, credential: credential.token }
})

const call = (method: 'GET' | 'POST', url: string, token = '', payload: object = {}) => server.app.inject({ method, url, ...(method === 'POST' ? { payload } : {}), ...(token ? { cookies: { openkap: token } } : {}) })
const at = (minute: number) => `2026-11-21T16:${String(minute).padStart(2, '0')}:00.000Z`
const vitals = (minute = 2, more: object = {}) => draft('vitals.v1', { systolicMmHg: 128 }, { at: at(minute), writtenAt: at(minute), device: lee.device, ...more })
type Drafted = ReturnType<typeof vitals>
const wrote = (entries: Drafted[], more: Partial<SealedAct> = {}): SealedAct => ({ chart, writtenAt: entries[0]!.writtenAt, entries: entries.map((one) => ({ ...one, by: lee.person })) as never, ...more })

/** Lee's access ends, and her device brings what it could not send. */
async function brought(entries: Drafted[], { plain = wrote(entries), act = randomUUID(), more = {} }: { plain?: SealedAct | string; act?: string; more?: object } = {}) {
  const { id, publicKey } = server.shell.quarantineKeys.newest
  const sealed = await sealFor(publicKey, act, { chart, person: lee.person, device: lee.device }, plain)
  return { act, sealed, body: { act, chart, key: id, sealed, credential: lee.credential, session: null, entries: entries.map(({ id: one }) => one), from: entries[0]!.writtenAt, to: entries.at(-1)!.writtenAt, ...more } }
}
const bring = (body: object) => call('POST', '/api/quarantine', '', body)
const ended = () => server.shell.database.pool.query('select app.end_session($1)', [lee.token])
async function there(entries = [vitals(2), vitals(10)]) {
  await ended()
  const made = await brought(entries)
  expect((await bring(made.body)).json()).toEqual({ kept: true, again: false })
  return { ...made, entries }
}
const of = (act: string, what: string, who: TestPerson, body: object = {}) => call('POST', `/api/charts/${chart}/quarantine/${act}/${what}`, who.token, body)
const list = async (who = people.thea) => (await call('GET', `/api/charts/${chart}/quarantine`, who.token)).json().acts
const onChart = async () => (await call('GET', `/api/charts/${chart}/entries`, people.thea.token)).json().entries
const adopt = (act: string, who: TestPerson = people.thea, note = '') => of(act, 'adopt', who, { id: randomUUID(), device: randomUUID(), note })

describe('a device brings what it could not send', () => {
  test('while its person has access nothing is taken, and once that has ended it is, once', async () => {
    const { body } = await brought([vitals()])
    expect((await bring(body)).json().code).toBe('quarantine.not-ended')
    await ended()
    expect([(await bring(body)).json(), (await bring(body)).json()]).toEqual([{ kept: true, again: false }, { kept: true, again: true }])
    expect(await list()).toMatchObject([{ by: { name: 'Lee Sample' }, device: lee.device, entries: 1, from: at(2), to: at(2), state: 'open' }])
    expect(await onChart()).toEqual([])
  })
  test('whoever left the team, and is still signed in, brings it as well', async () => {
    await admin.query('update app.care_team set until = $3 where chart_id = $1 and person_id = $2', [chart, lee.person, at(5)])
    expect((await bring((await brought([vitals()])).body)).statusCode).toBe(200)
  })
  const refused: [string, () => Promise<object>, string][] = [
    ['a credential nobody gave', async () => ({ credential: 'x'.repeat(43) }), 'quarantine.refused'],
    ['a sign-in instead of a credential', async () => ({ credential: lee.token }), 'quarantine.refused'],
    ['a credential that is too old', async () => { await admin.query(`update app.device_credential set expires_at = now() - interval '1 minute' where person_id = $1`, [lee.person]); return {} }, 'quarantine.refused'],
    ['a chart that was never theirs', async () => ({ chart: await addChart(server.shell.database, people.owner, 'Nora Sample') }), 'quarantine.refused'],
    ['a chart that is not there', async () => ({ chart: randomUUID() }), 'quarantine.refused'],
    ['more than one credential may bring', async () => { await admin.query('update app.device_credential set bytes = 8000000 where person_id = $1', [lee.person]); return {} }, 'quarantine.full'],
    ['what is not sealed', async () => ({ sealed: JSON.stringify({ systolicMmHg: 128 }) }), 'request.malformed'],
  ]
  test.each(refused)('not with %s', async (_, more, code) => {
    await ended()
    const { body } = await brought([vitals()])
    expect((await bring({ ...body, ...(await more()) })).json().code).toBe(code)
    expect(await list()).toEqual([])
  })
  test('the same name with something else in it is refused, and what lies there stays', async () => {
    const { act } = await there()
    expect((await bring((await brought([vitals(3)], { act })).body)).json().code).toBe('quarantine.refused')
    expect(await list()).toMatchObject([{ act, entries: 2 }])
  })
  test('no word of it is in the database, and a credential opens no other door', async () => {
    const { act } = await there([vitals(2, { kind: 'session-note.v1', body: { text: 'canary tears' } })])
    const { rows } = await admin.query<{ sealed: Buffer }>('select sealed from app.quarantine where act_id = $1', [act])
    expect(rows[0]!.sealed.includes('canary')).toBe(false)
    for (const url of ['/api/me', '/api/home', `/api/charts/${chart}`, `/api/charts/${chart}/quarantine`]) expect((await call('GET', url, lee.credential)).statusCode).toBe(401)
  })
  test('patients are given none: what is theirs waits for them', async () => {
    expect((await call('POST', '/api/device/keys', people.mara.token, { credential: true })).json()).toMatchObject({ credential: null, key: { publicKey: expect.any(String) } })
  })
  test('who brought it stands in the audit, in whose name nobody is signed in', async () => {
    const { act } = await there()
    expect((await admin.query('select person_id, outcome, chart_id from app.audit where action = $1 and subject = $2', ['quarantine.deposited', act])).rows).toEqual([{ person_id: lee.person, outcome: 'done', chart_id: chart }])
  })
})

describe('a clinician of the team', () => {
  test('opens it, and that is audited; a monitor sees that it is there and does not open it', async () => {
    const { act, entries } = await there()
    expect((await of(act, 'open', people.thea)).json().entries).toMatchObject(entries.map(({ id, at: when, body }) => ({ id, at: when, body, by: lee.person })))
    expect((await admin.query(`select count(*)::int as n from app.audit where action = 'quarantine.opened' and person_id = $1 and chart_id = $2`, [people.thea.person, chart])).rows).toEqual([{ n: 1 }])
    expect([await list(people.mona), (await of(act, 'open', people.mona)).statusCode, (await adopt(act, people.mona)).statusCode, (await of(act, 'discard', people.mona, { reason: 'not needed' })).statusCode]).toMatchObject([[{ act }], 403, 403, 403])
  })
  test('adopts it by name: the entries are the author’s, with their times and their device, and the adoption says whose doing it is', async () => {
    const { act, entries } = await there()
    server.shell.clock.set?.('2026-11-21T18:00:00.000Z')
    expect((await adopt(act, people.thea, 'As I saw it.')).json()).toEqual({ adopted: 2, files: 0 })
    const stored = await onChart()
    expect(stored).toMatchObject([
      ...entries.map(({ id, at: when, writtenAt, body }) => ({ id, kind: 'vitals.v1', by: lee.person, device: lee.device, at: when, writtenAt, body, receivedAt: expect.stringMatching(/^2026-11-21T18:00:0/) })),
      { kind: 'entries-adopted.v1', by: people.thea.person, body: { act, author: lee.person, authorName: 'Lee Sample', device: lee.device, entries: entries.map(({ id }) => id), writtenFrom: at(2), writtenTo: at(10), note: 'As I saw it.' } },
    ])
    expect(verifyStream(stored.map((one: object) => ({ ...one, chart, practice: people.practice })), (text) => createHash('sha256').update(text).digest('hex'))).toMatchObject({ ok: true })
    expect(await list()).toMatchObject([{ state: 'adopted', decidedBy: 'Thea Sample' }])
  })
  test('adopts once: of two at the same moment one decides, and nothing stands twice', async () => {
    const { act } = await there()
    const answers = await Promise.all([adopt(act), adopt(act, people.pia), of(act, 'discard', people.pia, { reason: 'double' })])
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409, 409])
    const ids = (await onChart()).map(({ id }: { id: string }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect([0, 3]).toContain(ids.length)
  })
  test('discards it with a reason: it is kept, and never stands on the chart', async () => {
    const { act } = await there()
    expect((await of(act, 'discard', people.pia, { reason: ' ' })).statusCode).toBe(422)
    expect((await of(act, 'discard', people.pia, { reason: 'Says the same as Thea’s.' })).json()).toEqual({ done: true })
    expect([await list(), await onChart()]).toMatchObject([[{ state: 'discarded', decidedBy: 'Pia Sample', reason: 'Says the same as Thea’s.' }], []])
    expect((await adopt(act)).json().code).toBe('quarantine.decided')
    expect((await of(act, 'open', people.thea)).json().entries).toHaveLength(2)
  })
  test('of somebody off the team, the desk or the patient, nobody learns that it is there', async () => {
    const { act } = await there()
    for (const who of [people.tomas, people.mara, people.cora, people.owner]) {
      expect([403, 404]).toContain((await call('GET', `/api/charts/${chart}/quarantine`, who.token)).statusCode)
      expect([403, 404]).toContain((await adopt(act, who)).statusCode)
    }
  })
  const unfit: [string, () => Promise<{ entries: Drafted[]; plain?: SealedAct | string }>, string][] = [
    ['another author inside', async () => { const entries = [vitals()]; return { entries, plain: wrote(entries, { entries: entries.map((one) => ({ ...one, by: people.pia.person })) as never }) } }, 'quarantine.unreadable'],
    ['another device inside', async () => { const entries = [vitals(2, { device: randomUUID() })]; return { entries } }, 'quarantine.unreadable'],
    ['another chart inside', async () => { const entries = [vitals()]; return { entries, plain: wrote(entries, { chart: people.chart }) } }, 'quarantine.unreadable'],
    ['more inside than was said', async () => { const entries = [vitals()]; return { entries, plain: wrote([...entries, vitals(4)]) } }, 'quarantine.unreadable'],
    ['nonsense inside', async () => ({ entries: [vitals()], plain: 'nonsense' }), 'quarantine.unreadable'],
    ['a kind that its author may not write', async () => ({ entries: [vitals(2, { kind: 'condition.v1', body: { name: 'x' } })] }), 'request.malformed'],
    ['what only an act of its own may write', async () => ({ entries: [vitals(2, { kind: 'session-transcribed.v1', body: { wrote: 'Lee', why: 'No power.', edition: 'x', lines: [{ entry: randomUUID(), by: 'Lee' }], unmet: [] } })] }), 'entry.forbidden'],
    ['a dose outside any session', async () => ({ entries: [vitals(2, { kind: 'dose-given.v1', body: { step: 1, doseUg: 35_000, route: 'IM', order: randomUUID(), prepared: randomUUID(), confirmed: randomUUID(), confirmedBy: people.thea.person, site: '', selfAdministered: false } })] }), 'session.unknown'],
    ['a session that never was', async () => ({ entries: [vitals(2, { session: randomUUID() })] }), 'session.unknown'],
    ['a correction of nothing', async () => ({ entries: [vitals(2, { amends: randomUUID() })] }), 'entry.amends-unknown'],
    ['the presence of somebody else', async () => ({ entries: [vitals(2, { kind: 'checked-in.v1', body: { person: people.pia.person, name: 'Pia', role: 'prescriber' } })] }), 'signature.anothers'],
  ]
  test.each(unfit)('does not adopt %s', async (_, made, code) => {
    await ended()
    const { entries, plain } = await made()
    const { act, body } = await brought(entries, plain === undefined ? {} : { plain })
    expect((await bring(body)).statusCode).toBe(200)
    expect((await adopt(act)).json().code).toBe(code)
    expect([await onChart(), await list()]).toMatchObject([[], [{ state: 'open' }]])
  })
  test('sealed for one person, chart or device it does not open as another’s', async () => {
    await ended()
    const { publicKey, id } = server.shell.quarantineKeys.newest
    for (const other of [{ chart: people.chart, person: lee.person, device: lee.device }, { chart, person: people.pia.person, device: lee.device }, { chart, person: lee.person, device: randomUUID() }]) {
      const act = randomUUID()
      const entries = [vitals()]
      await bring({ act, chart, key: id, sealed: await sealFor(publicKey, act, other, wrote(entries)), credential: lee.credential, session: null, entries: entries.map((one) => one.id), from: at(2), to: at(2) })
      expect((await of(act, 'open', people.thea)).json().code).toBe('quarantine.unreadable')
    }
  })
})

describe('whoever wrote it comes back', () => {
  const again = async () => ({ ...lee, token: await signedIn(server.shell.database, people.practice, lee.person) })
  const send = async (entries: Drafted[]) => call('POST', `/api/charts/${chart}/entries`, (await again()).token, { by: lee.person, entries })
  test('and sends in the usual way: quarantine notes it, and nobody has to decide', async () => {
    const { act, entries } = await there()
    expect((await send(entries)).statusCode).toBe(201)
    expect(await list()).toMatchObject([{ act, state: 'arrived' }])
    expect((await adopt(act)).json().code).toBe('quarantine.decided')
  })
  test('what was adopted and is sent later stands once', async () => {
    const { act, entries } = await there()
    await adopt(act)
    const answer = await send(entries)
    expect([answer.statusCode, answer.json().stored.every(({ again: known }: { again?: boolean }) => known)]).toEqual([201, true])
    expect((await onChart()).map(({ kind }: { kind: string }) => kind)).toEqual(['vitals.v1', 'vitals.v1', 'entries-adopted.v1'])
  })
  test('and is given back what her device cannot open any more; nobody else is', async () => {
    const { act, sealed, entries } = await there()
    const asked = { act, chart, device: lee.device, key: server.shell.quarantineKeys.newest.id, sealed }
    expect((await call('POST', '/api/device/recover', (await again()).token, asked)).json()).toMatchObject({ writtenAt: at(2), entries: entries.map(({ id }) => ({ id, by: lee.person })) })
    expect((await call('POST', '/api/device/recover', people.thea.token, asked)).json().code).toBe('quarantine.unreadable')
    expect((await call('POST', '/api/device/recover', '', asked)).statusCode).toBe(401)
  })
  test('the server’s part of what opens a device is one for each person and each device, and always the same', async () => {
    const share = async (token: string) => (await call('POST', '/api/device/keys', token, { credential: false })).json().share as string
    const [one, same, other] = [await share(people.thea.token), await share(people.thea.token), await share(people.pia.token)]
    expect([one === same, one === other, one.length]).toEqual([true, false, 44])
  })
})
