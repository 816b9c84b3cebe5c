import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dialRows } from '../../knowledge/dials.ts'
import { neverOverridden } from '../../core/rulebook/never-overridden.ts'
import { addChart, clinic, draft, shellWithAdmin, type Clinic, type TestPerson } from '../testing/practice.ts'
import { shipped } from '../rulebook.ts'
import { appendWithin } from './append.ts'

/**
 * The floor that the database holds by itself: asked with the application's own connection and its own function, past
 * every route. What it refuses is refused whatever the program believes; what it takes, only the server judges.
 */
let server: Awaited<ReturnType<typeof shellWithAdmin>>
let people: Clinic
let admin: pg.Client
beforeAll(async () => {
  server = await shellWithAdmin()
  admin = server.admin
  people = await clinic(server.shell.database)
})
afterAll(() => server.close())

interface Sent { readonly act?: boolean; readonly chart?: string; readonly more?: object }
const send = (who: TestPerson, entries: readonly ReturnType<typeof draft>[], { act = true, chart = people.chart }: Sent = {}) => server.shell.database.inContext(who.token, { durable: false }, ({ client, actor }) =>
  appendWithin(client, { token: who.token, actor, stream: chart, receivedAt: '2026-11-21T17:00:00.000Z', action: 'past the program', act, entries: entries as never }))
const one = (who: TestPerson, kind: string, body: object, { more = {}, ...sent }: Sent = {}) => send(who, [draft(kind, body, more)], sent)
const begun = async (chart = people.chart) => {
  await admin.query('update app.session_claim set closed = true where chart_id = $1', [chart])
  return (await one(people.thea, 'session-started.v1', { protocol: 'solo-six', gates: [] }, { chart }))[0]!.id
}
const because = 'It seems right to me all the same, today.'
const met = (rule: string, action = 'block') => ({ rule, says: 'x', action })
const cleared = (overrides: readonly string[] = [], hit: readonly object[] = []) => ({ decision: 'cleared', conditions: [], reason: 'Seen.', overrides: overrides.map((rule) => ({ rule, reason: because })), lastSeq: 1, screening: { edition: 'x', decision: 'x', met: hit, unknown: [] } })
const gate = (name: string, more: object = {}) => ({ protocol: 'solo-six', gates: [{ gate: 'order', state: 'met', facts: [] }, { gate: name, state: 'met', facts: [], ...more }] })

describe('who may write it at all', () => {
  test.each<[string, string, () => readonly TestPerson[]]>([
    ['a clearance', 'clearance.v1', () => [people.thea, people.mona, people.mara, people.cora, people.owner]], ['an order', 'order.v1', () => [people.thea, people.mona, people.mara, people.cora, people.owner]],
    ['a start', 'session-started.v1', () => [people.mona, people.mara, people.cora, people.owner]], ['a consent', 'consent.v1', () => [people.thea, people.pia, people.mona, people.cora, people.owner]],
    ['a dose', 'dose-given.v1', () => [people.mara, people.cora, people.owner]], ['a reason for a gate', 'gate-passed.v1', () => [people.thea, people.mona, people.mara, people.cora, people.owner]],
  ])('%s', async (_, kind, others) => {
    for (const who of others()) await expect(one(who, kind, {})).rejects.toMatchObject({ code: 'entry.forbidden' })
    await expect(one(people.tomas, kind, {})).rejects.toMatchObject({ code: 'chart.unseen' })
  })

  test.each(['clearance.v1', 'order.v1', 'session-started.v1'])('%s, sent as a fact instead of an act, by a prescriber', async (kind) => {
    await expect(one(people.pia, kind, {}, { act: false })).rejects.toMatchObject({ code: 'entry.forbidden' })
  })

  test('nobody, without a sign-in, with one that ended, or straight into the table', async () => {
    const app = await server.shell.database.pool.connect()
    await expect(app.query('select app.append($1, true)', [JSON.stringify([{ place: '1', token: 'made up', stream: people.chart, receivedAt: 'x', action: 'x', act: true, entries: [draft('clearance.v1', {})] }])])).resolves.toMatchObject({ rows: [{ append: { 1: { code: 'sign-in.needed' } } }] })
    for (const table of ['entry', 'dose_claim', 'session_claim', 'entry_kind']) {
      await expect(app.query(`insert into app.${table} select * from app.${table}`)).rejects.toThrow('permission denied')
      await expect(app.query(`delete from app.${table}`)).rejects.toThrow('permission denied')
      await expect(app.query(`truncate app.${table}`)).rejects.toThrow('permission denied')
    }
    await expect(app.query(`update app.entry set body = '{}'`)).rejects.toThrow('permission denied')
    await expect(app.query(`update app.entry_kind set never_past = '{}', writers = '{patient}'`)).rejects.toThrow('permission denied')
    await expect(app.query('alter table app.entry disable trigger all')).rejects.toThrow('must be owner')
    await expect(app.query('drop function app.refuse_unfounded cascade')).rejects.toThrow('must be owner')
    app.release()
  })
})

describe('a signature over what nobody passes', () => {
  const never = neverOverridden(shipped, dialRows)
  test('the list is not empty, and holds every block', () => {
    expect(never).toEqual(expect.arrayContaining(['B01', 'B05', 'B12', 'H02', 'M02']))
    expect(never).not.toContain('O01')
    expect(never).not.toContain('M01')
  })

  test.each(never)('%s is not overridden, and not met on a cleared sheet', async (rule) => {
    await expect(one(people.pia, 'clearance.v1', cleared(['O01', rule]))).rejects.toMatchObject({ code: 'gate.never-passed' })
    await expect(one(people.pia, 'clearance.v1', cleared([], [met('C01', 'caution'), met(rule)]))).rejects.toMatchObject({ code: 'gate.never-passed' })
  })

  test('what a reason may carry is signed, and a refusal may list every block', async () => {
    await one(people.pia, 'clearance.v1', cleared(['O01'], [met('O01', 'override'), met('M01', 'missing')]))
    await one(people.pia, 'clearance.v1', { ...cleared([], [met('B01')]), decision: 'refused' })
  })
})

describe('a session and its gates', () => {
  test.each<[string, object]>([
    ['without consent', gate('consent', { state: 'not-met' })], ['with the clearance unknown', gate('clearance', { state: 'unknown' })], ['with a reason for the escort', gate('escort', { reason: because })], ['with a gate that says nothing of its state', gate('no-crisis', { state: undefined })],
  ])('does not start %s', async (_, body) => {
    await expect(one(people.thea, 'session-started.v1', body)).rejects.toMatchObject({ code: 'gate.never-passed' })
  })

  test.each(['consent', 'clearance', 'pregnancy', 'identity', 'vitals-taken', 'suicide-screen', 'two-people', 'within-order'])('no reason passes %s', async (name) => {
    await expect(one(people.pia, 'gate-passed.v1', { gate: name, step: 1, reason: because }, { act: false })).rejects.toMatchObject({ code: 'gate.never-passed' })
  })

  test('a reason passes fasting', async () => { await one(people.pia, 'gate-passed.v1', { gate: 'fasting', step: 1, reason: because }, { act: false }) })
})

describe('a dose and its session', () => {
  const dose = { step: 1, doseUg: 30_000 }
  test.each<[string, () => Promise<object> | object]>([
    ['without a session', () => ({})], ['in one that nobody started', () => ({ session: randomUUID() })], ['as a session of its own', () => { const id = randomUUID(); return { id, session: id } }],
    ['in one of another chart', async () => ({ session: await begun(await addChart(server.shell.database, people.owner, 'Other', [{ person: people.thea, role: 'therapist' }])) })],
  ])('is not written %s', async (_, more) => {
    await expect(one(people.mona, 'dose-given.v1', dose, { act: false, more: await more() })).rejects.toMatchObject({ code: 'session.unknown' })
  })

  test('is written in its own; and beside one that is refused, what others send at the same moment is kept', async () => {
    const session = await begun()
    const append = (who: TestPerson, entry: ReturnType<typeof draft>) => server.shell.append({ token: who.token, actor: { practice: people.practice, person: who.person }, stream: people.chart, receivedAt: '2026-11-21T17:00:00.000Z', action: 'entries.append', entries: [entry as never] })
    const sent = await Promise.allSettled([append(people.mona, draft('dose-given.v1', dose, { session })), append(people.mona, draft('dose-given.v1', dose)), append(people.thea, draft('session-note.v1', { text: 'x' }, { session }))])
    expect(sent.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect((sent[1] as PromiseRejectedResult).reason).toMatchObject({ code: 'session.unknown' })
  })
})

describe('a correction', () => {
  test.each<[string, string, object, string]>([
    ['a withdrawal, by a note', 'consent-withdrawn.v1', { form: 'treatment', said: '' }, 'session-note.v1'], ['a withdrawal, by another one', 'consent-withdrawn.v1', { form: 'treatment', said: '' }, 'consent-withdrawn.v1'],
    ['a stopped order, by another stop', 'order-stopped.v1', { order: randomUUID(), reason: 'x' }, 'order-stopped.v1'], ['answers, by a message', 'measure-answered.v1', { instrument: 'c-ssrs', answers: {} }, 'message.v1'],
    ['a positive test, by a note', 'pregnancy-test.v1', { result: 'positive' }, 'session-note.v1'], ['a reading, by a note of no session', 'vitals.v1', { systolicMmHg: 190 }, 'session-note.v1'],
  ])('does not take off %s', async (_, kind, body, by) => {
    const before = draft(kind, body)
    await send(people.thea, [before], { act: false })
    await expect(one(people.thea, by, body, { act: false, more: { amends: before.id } })).rejects.toMatchObject({ code: 'entry.corrects-another' })
    const [both, after] = [draft(kind, body), draft(by, body)]
    await expect(send(people.thea, [both, { ...after, amends: both.id } as never], { act: false })).rejects.toMatchObject({ code: 'entry.corrects-another' })
  })

  test('a hold on the clearance is taken off by nobody’s note; its reading is by its like, and by a note of its session', async () => {
    const held = draft('clearance.v1', { decision: 'held' })
    await send(people.pia, [held])
    for (const who of [people.mara, people.thea]) await expect(one(who, 'message.v1', { topic: 'other', text: 'x' }, { act: false, more: { amends: held.id } })).rejects.toMatchObject({ code: 'entry.corrects-another' })
    const session = await begun()
    const reading = draft('vitals.v1', { systolicMmHg: 190 }, { session })
    await send(people.mona, [reading], { act: false })
    const again = draft('vitals.v1', { systolicMmHg: 140 }, { session, amends: reading.id })
    await send(people.mona, [again], { act: false })
    await one(people.mona, 'session-note.v1', { text: 'Written by mistake' }, { act: false, more: { session, amends: again.id } })
  })

  test('belongs to the session of what it corrects', async () => {
    const [session, other] = [await begun(), await begun()]
    const [inside, outside] = [draft('vitals.v1', { systolicMmHg: 190 }, { session }), draft('vitals.v1', { systolicMmHg: 190 })]
    await send(people.mona, [inside, outside], { act: false })
    const wrong: readonly [string, object][] = [[inside.id, { session: other }], [inside.id, {}], [outside.id, { session }]]
    for (const [amends, more] of wrong) await expect(one(people.mona, 'vitals.v1', { systolicMmHg: 120 }, { act: false, more: { ...more, amends } })).rejects.toMatchObject({ code: 'entry.corrects-another' })
    for (const [amends, more] of [[inside.id, { session }], [outside.id, {}]] as const) await one(people.mona, 'vitals.v1', { systolicMmHg: 120 }, { act: false, more: { ...more, amends } })
  })
})

/** What the database takes from its own application, said plainly: whether a gate is met is not judged here. */
test('only the server judges whether what is signed is so', async () => {
  await one(people.pia, 'clearance.v1', cleared())
  const session = await begun()
  await one(people.mona, 'dose-given.v1', { step: 1, doseUg: 900_000 }, { act: false, more: { session } })
})
