import { createHash, randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { digestParts, digestText, GENESIS } from '../../core/chart/digest.ts'
import type { StoredEntry } from '../../core/chart/entry.ts'
import { clinic, draft, testShell, type Clinic, type TestPerson } from '../testing/practice.ts'

let server: Awaited<ReturnType<typeof testShell>>
let people: Clinic
beforeAll(async () => {
  server = await testShell()
  people = await clinic(server.shell.database)
})
afterAll(() => server.close())

const ask = (method: 'GET' | 'POST', url: string, who?: TestPerson, body?: object | string) =>
  server.app.inject({ method, url, ...(body ? { payload: body, headers: { 'content-type': 'application/json' } } : {}), cookies: who ? { openkap: who.token } : {} })
const post = (who: TestPerson | undefined, entries: object[], chart = people.chart) => ask('POST', `/api/charts/${chart}/entries`, who, { entries })
const vitals = (body: object = { systolicMmHg: 128 }, more = {}) => draft('vitals.v1', body, more)

describe('what is refused', () => {
  test.each([
    ['a stranger', () => post(undefined, [vitals()]), 401, 'sign-in.needed'],
    ['a therapist who is not on the team', () => post(people.tomas, [vitals()]), 404, 'chart.unseen'],
    ['a chart that does not exist', () => post(people.thea, [vitals()], randomUUID()), 404, 'chart.unseen'],
    ['a patient writing her own vitals', () => post(people.mara, [vitals()]), 403, 'entry.forbidden'],
    ['the desk writing vitals', () => post(people.cora, [vitals()]), 403, 'entry.forbidden'],
    ['an act by the append route', () => post(people.pia, [draft('clearance.v1', aClearance())]), 403, 'entry.forbidden'],
    ['a slipped finger', () => post(people.mona, [vitals({ systolicMmHg: 1420 })]), 422, 'request.malformed'],
    ['an empty reading', () => post(people.mona, [vitals({})]), 422, 'request.malformed'],
    ['a kind nobody knows', () => post(people.mona, [draft('spell.v1', {})]), 422, 'entry.unknown-kind'],
    ['an empty envelope', () => post(people.mona, []), 422, 'request.malformed'],
    ['a torn request', () => ask('POST', `/api/charts/${people.chart}/entries`, people.mona, '{"entries":['), 422, 'request.malformed'],
    ['an entry from the future of its own device', () => post(people.mona, [vitals(undefined, { at: '2026-11-21T18:00:00.000Z' })]), 422, 'entry.from-the-future'],
    ['an amendment of nothing', () => post(people.mona, [vitals(undefined, { amends: randomUUID() })]), 422, 'entry.amends-unknown'],
    ['what one person wrote, once somebody else has signed in there', () => ask('POST', `/api/charts/${people.chart}/entries`, people.mona, { by: people.thea.person, entries: [vitals()] }), 401, 'sign-in.other'],
    ['a psychotherapy note of one person, once somebody else has signed in there', () => ask('POST', `/api/charts/${people.chart}/notes`, people.thea, { by: people.mona.person, entries: [draft('psychotherapy-note.v1', { text: 'hers' })] }), 401, 'sign-in.other'],
    ['a session that never was', () => post(people.mona, [vitals(undefined, { session: randomUUID() })]), 422, 'session.unknown'],
  ])('%s', async (_, attempt, status, code) => {
    const answer = await attempt()
    expect([answer.statusCode, answer.json().code]).toEqual([status, code])
  })

  test('and a refusal leaves nothing behind but its audit line', async () => {
    const { entries } = (await ask('GET', `/api/charts/${people.chart}/entries`, people.thea)).json()
    expect(entries).toEqual([])
    expect(await audited(`outcome = 'refused'`)).toBeGreaterThan(4)
  })
})

describe('what is kept', () => {
  test('an entry is signed with its author, numbered, dated by the server and chained', async () => {
    const sent = [vitals(), vitals({ systolicMmHg: 131, spo2Percent: 97 })]
    const answer = await post(people.mona, sent)
    expect(answer.statusCode).toBe(201)
    const { entries, lastSeq } = (await ask('GET', `/api/charts/${people.chart}/entries`, people.thea)).json() as { entries: StoredEntry[]; lastSeq: number }
    expect(lastSeq).toBe(2)
    expect(entries.map(({ seq, by, body }) => ({ seq, by, body }))).toEqual(sent.map(({ body }, i) => ({ seq: i + 1, by: people.mona.person, body })))
    let previous = GENESIS
    for (const entry of entries) {
      const text = digestText(digestParts({ ...entry, chart: people.chart, practice: people.practice }), previous, entry.seq)
      expect(entry.digest).toBe(createHash('sha256').update(text).digest('hex'))
      previous = entry.digest
    }
  })

  test('sending twice stores once; the same id with another body is refused', async () => {
    const sent = vitals({ heartRatePerMin: 72 })
    const first = (await post(people.mona, [sent])).json().stored
    const second = (await post(people.mona, [sent])).json().stored
    expect(second[0]).toMatchObject({ seq: first[0].seq, digest: first[0].digest, again: true })
    expect((await post(people.mona, [{ ...sent, body: { heartRatePerMin: 27 } }])).json().code).toBe('entry.rewritten')
  })

  test('a batch is all or nothing', async () => {
    const before = (await ask('GET', `/api/charts/${people.chart}/entries`, people.thea)).json().lastSeq
    const answer = await post(people.mona, [vitals(), vitals(undefined, { amends: randomUUID() }), vitals()])
    expect(answer.statusCode).toBe(422)
    expect((await ask('GET', `/api/charts/${people.chart}/entries`, people.thea)).json().lastSeq).toBe(before)
  })

  test('many devices at once leave a numbering without gaps', async () => {
    const before = (await ask('GET', `/api/charts/${people.chart}/entries`, people.thea)).json().lastSeq
    await Promise.all(Array.from({ length: 40 }, (_, i) => post(i % 2 ? people.mona : people.thea, [vitals(), vitals()])))
    const { entries } = (await ask('GET', `/api/charts/${people.chart}/entries?after=${before}`, people.thea)).json()
    expect(entries.map((entry: StoredEntry) => entry.seq)).toEqual(Array.from({ length: 80 }, (_, i) => before + i + 1))
  })

  test('each reader sees only the kinds meant for them', async () => {
    await post(people.thea, [draft('session-note.v1', { text: 'held her breath' })])
    await post(people.mara, [draft('intention.v1', { text: 'to be kinder' })])
    const kindsSeen = async (who: TestPerson) => new Set(((await ask('GET', `/api/charts/${people.chart}/entries`, who)).json().entries as StoredEntry[]).map(({ kind }) => kind))
    expect(await kindsSeen(people.mara)).toEqual(new Set(['intention.v1']))
    expect(await kindsSeen(people.cora)).toEqual(new Set())
    expect(await kindsSeen(people.thea)).toContain('session-note.v1')
  })

  test('psychotherapy notes and the journal belong to their author alone', async () => {
    const [note, page] = [draft('psychotherapy-note.v1', { text: 'transference' }), draft('journal.v1', { text: 'I dreamt' })]
    expect((await ask('POST', `/api/charts/${people.chart}/notes`, people.thea, { entries: [note] })).statusCode).toBe(200)
    expect((await ask('POST', `/api/charts/${people.chart}/journal`, people.mara, { entries: [page] })).statusCode).toBe(200)
    expect((await ask('GET', `/api/charts/${people.chart}/notes`, people.thea)).json().entries).toHaveLength(1)
    expect((await ask('GET', `/api/charts/${people.chart}/journal`, people.mara)).json().entries).toHaveLength(1)
    for (const who of [people.pia, people.mona, people.cora, people.owner, people.mara]) expect([403, 404]).toContain((await ask('GET', `/api/charts/${people.chart}/notes`, who)).statusCode)
    for (const who of [people.thea, people.pia, people.owner]) expect([403, 404]).toContain((await ask('GET', `/api/charts/${people.chart}/journal`, who)).statusCode)
    const everybody = await Promise.all([people.thea, people.pia, people.owner, people.mara].map(async (who) => (await ask('GET', `/api/charts/${people.chart}/entries`, who)).body))
    expect(everybody.join()).not.toMatch(/transference|I dreamt/)
  })
})

async function audited(where: string): Promise<number> {
  const admin = new pg.Client({ connectionString: server.adminUrl })
  await admin.connect()
  const { rows } = await admin.query<{ n: number }>(`select count(*)::int as n from app.audit where ${where}`)
  await admin.end()
  return rows[0]!.n
}

const aClearance = () => ({
  decision: 'cleared', conditions: [], reason: 'seen', overrides: [], lastSeq: 0, screening: { edition: 'x', decision: 'ELIGIBLE', met: [], unknown: [] },
  signature: { person: people.pia.person, name: 'Pia', meaning: 'approval', method: 'one-time-code', signedAt: '2026-11-21T17:00:00.000Z' },
})
