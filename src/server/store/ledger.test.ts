import { createHash, randomUUID } from 'node:crypto'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { verifyLedger } from '../../core/ledger/digest.ts'
import { refusalOf } from '../../core/ledger/laws.ts'
import { readLedger } from '../../core/ledger/ledger.ts'
import type { LineDraft } from '../../core/ledger/line.ts'
import { bare, label, linesOf, now, stock, writeBare } from '../testing/ledger.ts'
import { clinic, testShell, type Clinic, type TestPerson } from '../testing/practice.ts'
import { ledgerHead } from './ledger.ts'

/** The laws of the ledger, asked of the database alone: nothing in front of it judges anything here. */
const zone = 'America/Los_Angeles'
let server: Awaited<ReturnType<typeof testShell>>
let admin: pg.Client
let people: Clinic
let place: string
let vial: string
beforeAll(async () => {
  server = await testShell()
  admin = new pg.Client({ connectionString: server.adminUrl })
  await admin.connect()
})
beforeEach(async () => {
  people = await clinic(server.shell.database)
  const stocked = await stock(server.shell.database, people.pia, [{ quantity: 1_000 }])
  place = stocked.place
  vial = stocked.containers[0]!
})
afterAll(async () => {
  await admin.end()
  await server.close()
})

const line = (kind: LineDraft['kind'], body: object, more: object = {}, who: TestPerson = people.pia) => bare(kind, body, who, place, more)
const code = async (drafts: readonly LineDraft[], who: TestPerson = people.pia) => writeBare(server.shell.database, who, drafts).then(() => 'written', (failure: { code?: string; list?: { code: string }[] }) => (failure.code === 'ledger.refused' ? failure.list![0]!.code : failure.code))
const out = (quantity: number, more: object = {}) => line('wasted', { how: 'bin' }, { container: vial, quantity, ...more })
const drew = (id: string, quantity: number, more: object = {}) => line('drawn', {}, { id, container: vial, quantity, ...more })

describe('what the database refuses by itself', () => {
  test('a vial never falls below nothing', async () => expect([await code([out(1_001)]), await code([out(600), out(401)]), await code([out(600), out(400)]), await code([out(1)])]).toEqual(['below_zero', 'below_zero', 'written', 'below_zero']))

  test('what comes out of a draw is what was drawn', async () => {
    const id = randomUUID()
    const of = { of: id }
    const given = (quantity: number, body: object = { order: randomUUID() }) => line('given', body, { container: vial, quantity, ...of })
    expect([await code([drew(id, 500), given(501)]), await code([drew(id, 500), given(400), out(101, of)]), await code([drew(id, 500), given(400), out(100, of)]), await code([out(1, of)])]).toEqual(['draw', 'draw', 'written', 'draw'])
    const next = randomUUID()
    expect([await code([drew(next, 100), line('given', {}, { container: vial, quantity: 100, of: next })]), await code([drew(next, 100), line('returned', { why: 'no' }, { container: vial, quantity: 100, of: next })]), await code([drew(next, 100), line('given', { order: 'x' }, { container: vial, quantity: 50, of: next }), line('given', { order: 'x' }, { container: vial, quantity: 50, of: next })])]).toEqual(['line_check2', 'draw', 'given_once'].map((name) => (name.startsWith('line') ? expect.stringMatching(/^line_check/) : name)))
  })

  test('an expired lot gives nothing, and gives all of its last day', async () => {
    const { containers } = await stock(server.shell.database, people.pia, [{ quantity: 10, label: { expires: '2026-11-20' } }, { quantity: 10, label: { expires: '2026-11-21' } }], randomUUID())
    const at = (await linesOf(server.shell.database, people.pia)).find(({ id }) => id === containers[0])!.place
    const from = (container: string, when = now) => bare('drawn', {}, people.pia, at, { container, quantity: 1, at: when })
    expect([await code([from(containers[0]!)]), await code([from(containers[1]!)]), await code([from(containers[1]!, '2026-11-22T07:59:00.000Z')]), await code([from(containers[1]!, '2026-11-22T08:00:00.000Z')])]).toEqual(['expired', 'written', 'written', 'expired'])
  })

  test('a single-use vial is opened for one session', async () => {
    const { containers, place: there } = await stock(server.shell.database, people.pia, [{ quantity: 100, label: { singleUse: true } }], randomUUID())
    const [a, b] = [randomUUID(), randomUUID()]
    const from = (session: string) => bare('drawn', {}, people.pia, there, { container: containers[0]!, quantity: 10, session })
    expect([await code([from(a)]), await code([from(a)]), await code([from(b)])]).toEqual(['written', 'written', 'single_use'])
  })

  test('nobody witnesses what they did, drew or gave, nor twice, nor in another name', async () => {
    const [draw, waste] = [randomUUID(), randomUUID()]
    await writeBare(server.shell.database, people.pia, [drew(draw, 100), out(100, { id: waste, of: draw })])
    const sign = (who: TestPerson) => code([line('witnessed', { name: 'x', method: 'pin' }, { of: waste }, who)], who)
    expect([await sign(people.pia), await sign(people.mona), await sign(people.mona), await code([line('witnessed', { name: 'x', method: 'pin' }, { of: waste }, people.thea)], people.mona)]).toEqual(['witness', 'written', 'witness_once', 'not-allowed'])
  })

  test('stock is put right by what two people signed, by so much and once', async () => {
    const [why, right] = [randomUUID(), (quantity: number) => line('adjusted', { way: 'less' }, { container: vial, quantity, of: why })]
    await writeBare(server.shell.database, people.pia, [line('resolved', { difference: 'count:x', reason: 'Left in needles, as always.', adjust: { container: vial, way: 'less', quantity: 30 } }, { id: why })])
    expect([await code([right(30)]), await code([line('resolved', { difference: 'count:x', reason: 'Something else.' })])]).toEqual(['adjusted', 'resolved_once'])
    await writeBare(server.shell.database, people.mona, [line('witnessed', { name: 'Mona', method: 'pin' }, { of: why }, people.mona)])
    expect([await code([right(31)]), await code([right(30)]), await code([right(30)])]).toEqual(['adjusted', 'written', 'adjusted_once'])
  })

  test('a difference that was explained without an amount puts nothing right, whoever signed it', async () => {
    const why = randomUUID()
    await writeBare(server.shell.database, people.pia, [line('resolved', { difference: 'count:x', reason: 'Counted too early.' }, { id: why })])
    await writeBare(server.shell.database, people.mona, [line('witnessed', { name: 'Mona', method: 'pin' }, { of: why }, people.mona)])
    expect(await code([line('adjusted', { way: 'less' }, { container: vial, quantity: 1, of: why })])).toBe('adjusted')
  })

  test('a closed period takes nothing, and is closed only when its draws have come out', async () => {
    const draw = randomUUID()
    const later = '2026-11-21T18:00:00.000Z'
    const close = (through: string) => line('closed', { through, onHand: [] }, { receivedAt: later })
    await writeBare(server.shell.database, people.pia, [drew(draw, 100)])
    expect([await code([close(now)]), await code([close(later)])]).toEqual(['balance', 'closed'])
    expect(await code([out(100, { of: draw, receivedAt: later }), close(now)])).toBe('written')
    expect([await code([out(1)]), await code([out(1, { receivedAt: later })])]).toEqual(['closed', 'written'])
  })

  test('stock stands at one place, and moves whole', async () => {
    const { place: other } = await stock(server.shell.database, people.pia, [], randomUUID())
    const move = (quantity: number, to = other, from = place) => bare('transferred', { from, why: 'needed there' }, people.pia, to, { container: vial, quantity })
    expect([await code([bare('drawn', {}, people.pia, other, { container: vial, quantity: 1 })]), await code([move(999)]), await code([move(1_000, place)]), await code([move(1_000)]), await code([out(1)])]).toEqual(['place', 'place', 'place', 'written', 'place'])
  })

  test('a count says what was expected, and is not written where that has moved', async () => {
    const count = (expected: number) => line('counted', { expected, act: randomUUID() }, { container: vial, quantity: 1 })
    expect([await code([count(999)]), await code([count(1_000)])]).toEqual(['count', 'written'])
  })

  test('only an entry of a chart is kept without fitting, and only where it stands', async () => {
    expect(await code([line('drawn', {}, { container: vial, quantity: 9_999, fits: false })])).toMatch(/^line_check/)
    expect(await code([line('drawn', {}, { container: vial, quantity: 9_999, fits: false, chart: people.chart, entry: randomUUID() })])).toBe('not-allowed')
    await expect(server.shell.database.asJob(people.practice, { durable: false }, (client) => client.query('select app.ledger_append($1)', [JSON.stringify([{ ...bare('drawn', {}, people.mona, place, { fits: false, chart: people.chart, entry: randomUUID() }), p0: '', p1: '', p2: '' }])]))).rejects.toMatchObject({ code: 'ledger.refused' })
  })

  test('lines are numbered one after the other, and nobody goes past the head', async () => {
    const insert = (seq: number) => admin.query(`insert into app.ledger_line (practice_id, seq, id, kind, at, received_at, by_person, place_id, container_id, quantity, fits, body, digest) values ($1, $2, gen_random_uuid(), 'wasted', $3, $3, $4, $5, $6, 1, true, '{"how":"x"}', repeat('0', 64))`, [people.practice, seq, now, people.pia.person, place, vial])
    await expect(insert(9)).rejects.toThrow('follows')
    await expect(insert(2)).rejects.toThrow('follows')
  })
})

/** Each law taken out of the database for a moment: what it refuses is then written, so that it is this law and no other that holds it off. */
describe('a law that is taken out is missed', () => {
  const draw = randomUUID()
  const half = () => drew(draw, 500)
  const later = '2026-11-21T18:00:00.000Z'
  const rows: [string, find: string, instead: string, () => LineDraft[]][] = [
    ['below nothing', 'app.ledger_on_hand(new.practice_id, new.container_id) < new.quantity then', 'false then', () => [out(1_001)]],
    ['out of a draw', 'app.ledger_left_of_draw(new.practice_id, new.of_line) < new.quantity', 'false', () => [half(), out(501, { of: draw })]],
    ['another draw’s container', "about.kind <> 'drawn' or not about.fits or about.container_id <> new.container_id", 'false', () => { const other = randomUUID(); return [half(), line('received', label({ number: 2 }), { id: other, container: other, quantity: 10 }), line('wasted', { how: 'bin' }, { container: other, quantity: 1, of: draw })] }],
    ['expired', "(box.body->>'expires')::date < local_day", 'false', () => [drew(draw, 1, { at: '2027-07-02T12:00:00.000Z' })]],
    ['single use', "(box.body->>'singleUse')::boolean and", 'false and', () => { const one = randomUUID(); return [line('received', label({ singleUse: true, number: 2 }), { id: one, container: one, quantity: 10 }), ...[1, 2].map(() => line('drawn', {}, { container: one, quantity: 1, session: randomUUID() }))] }],
    ['witnessed by who did it', 'about.by_person = new.by_person', 'false', () => { const waste = randomUUID(); return [out(1, { id: waste }), line('witnessed', { name: 'x', method: 'pin' }, { of: waste })] }],
    ['counted against something else', "(new.body->>'expected')::bigint <> app.ledger_on_hand(new.practice_id, new.container_id)", 'false', () => [line('counted', { expected: 1, act: randomUUID() }, { container: vial, quantity: 1 })]],
    ['put right by one', "and exists (select 1 from app.ledger_line w where w.practice_id = new.practice_id and w.of_line = about.id and w.kind = 'witnessed' and w.fits)", '', () => { const why = randomUUID(); return [line('resolved', { difference: `count:${why}`, reason: 'As the story goes.', adjust: { container: vial, way: 'less', quantity: 1 } }, { id: why }), line('adjusted', { way: 'less' }, { container: vial, quantity: 1, of: why })] }],
    ['moved in part', 'or new.quantity <> app.ledger_on_hand(new.practice_id, new.container_id)', '', () => { const other = randomUUID(); return [bare('place', { name: 'Satellite', registration: '' }, people.pia, other, { id: other }), bare('transferred', { from: place, why: 'needed there' }, people.pia, other, { container: vial, quantity: 1 })] }],
    ['drawn at another place', 'here <> new.place_id then', 'false then', () => { const other = randomUUID(); return [bare('place', { name: 'Satellite', registration: '' }, people.pia, other, { id: other }), bare('drawn', {}, people.pia, other, { container: vial, quantity: 1 })] }],
    ['poured back', "box.body->>'form' = 'vial'", 'false', () => [half(), line('returned', { why: 'not needed' }, { container: vial, quantity: 1, of: draw })]],
    ['closed with a draw that is open', 'app.ledger_left_of_draw(d.practice_id, d.id) <> 0', 'false', () => [half(), line('closed', { through: now, onHand: [] }, { receivedAt: later })]],
    ['closed before it is over', "new.body->>'through' >= new.received_at", 'false', () => [line('closed', { through: later, onHand: [] })]],
    ['written before the line above', 'new.received_at < head.last_at', 'false', () => [out(1, { receivedAt: '2026-11-21T16:00:00.000Z' })]],
    ['at a place that nobody named', "new.kind <> 'place' and not exists", 'false and not exists', () => [bare('resolved', { difference: 'count:y', reason: 'As the story goes.' }, people.pia, randomUUID())]],
    ['out of what was never received', 'if box.id is null then', 'if false then', () => [line('counted', { expected: 0, act: randomUUID() }, { container: randomUUID(), quantity: 0 })]],
  ]
  test.each(rows)('%s', async (_, find, instead, drafts) => {
    const { rows: [made] } = await admin.query<{ text: string }>(`select pg_get_functiondef('app.judge_ledger_line'::regproc) as text`)
    expect(made!.text.split(find), find).toHaveLength(2)
    const asked = drafts()
    expect(await code(asked)).not.toBe('written')
    try {
      await admin.query(made!.text.replace(find, instead))
      expect(await code(asked)).toBe('written')
    } finally {
      await admin.query(made!.text)
    }
  })
})

describe('who writes and who reads', () => {
  test.each<[keyof Clinic, string, string]>([['pia', 'written', 'written'], ['thea', 'not-allowed', 'written'], ['mona', 'not-allowed', 'written'], ['cora', 'not-allowed', 'not-allowed'], ['owner', 'not-allowed', 'not-allowed'], ['mara', 'not-allowed', 'not-allowed']])('%s: wasting is %s, witnessing is %s', async (name, wasting, witnessing) => {
    const who = people[name] as TestPerson
    const other = name === 'pia' ? people.mona : people.pia
    const waste = randomUUID()
    if (name === 'pia') await admin.query(`insert into app.membership (practice_id, person_id, role) values ($1, $2, 'prescriber')`, [people.practice, people.mona.person])
    await writeBare(server.shell.database, other, [line('wasted', { how: 'bin' }, { id: waste, container: vial, quantity: 1 }, other)])
    expect([await code([line('wasted', { how: 'bin' }, { container: vial, quantity: 1 }, who)], who), await code([line('witnessed', { name: 'x', method: 'pin' }, { of: waste }, who)], who)]).toEqual([wasting, witnessing])
  })

  test('staff who treat and the owner read it; the desk, a patient and another practice see nothing at all', async () => {
    const away = await clinic(server.shell.database)
    const seen = async (who: TestPerson) => (await linesOf(server.shell.database, who)).length
    expect(await Promise.all([people.pia, people.thea, people.mona, people.owner, people.cora, people.mara, away.pia, away.owner].map(seen))).toEqual([2, 2, 2, 2, 0, 0, 0, 0])
  })

  test('a ledger begins with a prescriber', async () => {
    const away = await clinic(server.shell.database)
    const begin = async (who: TestPerson) => { const id = randomUUID(); return writeBare(server.shell.database, who, [bare('place', { name: 'Cupboard', registration: '' }, who, id, { id })], now).then(() => 'begun', (failure: { code: string }) => failure.code) }
    expect([await begin(away.thea), await begin(away.owner), await begin(away.pia)]).toEqual(['not-allowed', 'not-allowed', 'begun'])
  })

  test('nothing is changed and nothing is taken away, by nobody', async () => {
    for (const statement of ['update app.ledger_line set quantity = 1', 'delete from app.ledger_line', 'truncate app.ledger_line']) await expect(admin.query(statement)).rejects.toThrow('written once')
    await expect(server.shell.database.inContext(people.pia.token, { durable: false }, ({ client }) => client.query('update app.ledger set last_seq = 0'))).rejects.toMatchObject({ code: 'not-allowed' })
    await expect(server.shell.database.inContext(people.pia.token, { durable: false }, ({ client }) => client.query('insert into app.ledger (practice_id, begun_at) values ($1, $2)', [people.practice, now]))).rejects.toMatchObject({ code: 'not-allowed' })
  })
})

test('the chain that the database seals is the one the core works out again', async () => {
  await writeBare(server.shell.database, people.pia, [out(10), line('counted', { expected: 990, act: randomUUID() }, { container: vial, quantity: 980 }), line('resolved', { difference: 'count:é “x”', reason: 'Ünïcode, und mehr als das.' })])
  const head = await server.shell.database.inContext(people.pia.token, { durable: false }, (context) => ledgerHead(context))
  const lines = await linesOf(server.shell.database, people.pia)
  const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')
  expect(verifyLedger(lines, people.practice, sha256, head!)).toEqual({ ok: true, value: { lines: 5 } })
  expect(verifyLedger(lines.map((one, at) => (at === 2 ? { ...one, quantity: 11 } : one) as typeof one), people.practice, sha256, head!)).toMatchObject({ ok: false, refusal: { seq: 3 } })
})

test('whatever is tried, the database and the core allow the same, and both know how much is there', { timeout: 240_000 }, async () => {
  const kinds = ['drawn', 'given', 'wasted', 'wasted-draw', 'lost', 'returned', 'destroyed', 'counted', 'witnessed', 'resolved', 'adjusted', 'transferred', 'received', 'closed'] as const
  const act = fc.record({ kind: fc.constantFrom(...kinds), quantity: fc.oneof(fc.integer({ min: 0, max: 60 }), fc.constant(100)), which: fc.nat(9), box: fc.nat(3), by: fc.constantFrom<'pia' | 'dora'>('pia', 'dora'), late: fc.boolean() })
  let tried = 0
  let kept = 0
  await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 8, maxLength: 30 }), async (acts) => {
    const { database } = server.shell
    const home = await clinic(database)
    await admin.query(`insert into app.membership (practice_id, person_id, role) values ($1, $2, 'prescriber')`, [home.practice, home.mona.person])
    const who = { pia: home.pia, dora: home.mona }
    const other = randomUUID()
    const { place: here, containers } = await stock(database, home.pia, [{ quantity: 100 }, { quantity: 100, label: { singleUse: true } }, { quantity: 100, label: { form: 'lozenge', strengthUg: 1_000 } }, { quantity: 100, label: { expires: '2026-11-20' } }])
    await writeBare(database, home.pia, [bare('place', { name: 'Satellite', registration: '' }, home.pia, other, { id: other })])
    // The oracle: a plain sum, kept by neither of the two that are compared.
    const oracle = new Map(containers.map((id) => [id, 100]))
    for (const [at, one] of acts.entries()) {
      const ledger = readLedger(await linesOf(database, home.pia), zone)
      const draft = proposed(one, at, ledger, { here, other, containers, person: who[one.by] })
      const says = refusalOf(ledger, draft, zone)
      const does = await writeBare(database, who[one.by], [draft]).then(() => undefined, (failure: { list?: { code: string }[]; code: string }) => failure.list?.[0]?.code ?? failure.code)
      expect(does === undefined, `${draft.kind} ${JSON.stringify(draft)}: the core says ${says?.code}, the database ${does}`).toBe(says === undefined)
      tried += 1
      if (does !== undefined) continue
      kept += 1
      const out_ = ['drawn', 'destroyed'].includes(draft.kind) || (['wasted', 'lost'].includes(draft.kind) && draft.of === undefined) || (draft.kind === 'adjusted' && draft.body.way === 'less')
      const in_ = ['received', 'returned'].includes(draft.kind) || (draft.kind === 'adjusted' && draft.body.way === 'more')
      if (draft.container) oracle.set(draft.container, (oracle.get(draft.container) ?? 0) + (in_ ? draft.quantity! : out_ ? -draft.quantity! : 0))
    }
    const ledger = readLedger(await linesOf(database, home.pia), zone)
    expect(Object.fromEntries([...ledger.containers.values()].map(({ id, onHand }) => [id, onHand]))).toEqual(Object.fromEntries(oracle))
    const { rows } = await admin.query<{ id: string; n: string }>(`select id, app.ledger_on_hand(practice_id, id) as n from app.ledger_line where practice_id = $1 and kind = 'received'`, [home.practice])
    expect(Object.fromEntries(rows.map(({ id, n }) => [id, Number(n)]))).toEqual(Object.fromEntries(oracle))
    expect(ledger.broken).toEqual([])
  }), { numRuns: 25 })
  expect(kept).toBeGreaterThan(tried / 10)
  expect(kept).toBeLessThan(tried)
})

interface Tried { kind: string; quantity: number; which: number; box: number; late: boolean }
function proposed({ kind, quantity, which, box, late }: Tried, at: number, ledger: ReturnType<typeof readLedger>, { here, other, containers, person }: { here: string; other: string; containers: readonly string[]; person: TestPerson }): LineDraft {
  const container = containers[box]!
  const stands = ledger.containers.get(container)!.place
  const where = late ? here : stands
  const pick = <T>(from: readonly T[]) => from[which % Math.max(1, from.length)]
  const draws = [...ledger.draws.values()]
  const draw = pick(draws)
  const of = draw?.line.id ?? randomUUID()
  const ofBox = late ? container : (draw?.line.container ?? container)
  const resolved = pick(ledger.lines.filter(({ kind: one }) => one === 'resolved'))
  const about = pick(ledger.lines.filter(({ kind: one }) => ['wasted', 'lost', 'destroyed', 'resolved', 'drawn'].includes(one)))
  const receivedAt = new Date(Date.parse(now) + at * 1_000).toISOString()
  const make = (name: LineDraft['kind'], body: object, more: object) => bare(name, body, person, where, { receivedAt, ...more })
  switch (kind) {
    case 'drawn': return make('drawn', {}, { container, quantity, session: `00000000-0000-4000-8000-00000000000${which % 3}` })
    case 'given': return make('given', late ? {} : { order: 'x' }, { container: ofBox, quantity: late ? quantity : Math.max(1, draw?.left ?? 1), of })
    case 'wasted-draw': return make('wasted', { how: 'bin' }, { container: ofBox, quantity, of })
    case 'lost': return make('lost', { what: 'spilled', why: 'xxx' }, { container: ofBox, quantity, ...(late && { of }) })
    case 'returned': return make('returned', { why: 'xxx' }, { container: ofBox, quantity, of })
    case 'destroyed': return make('destroyed', { how: 'x', why: 'xxx', paper: '' }, { container, quantity })
    case 'counted': return make('counted', { expected: late ? 100 : ledger.containers.get(container)!.onHand, act: randomUUID() }, { container, quantity })
    case 'witnessed': return make('witnessed', { name: 'x', method: 'pin' }, { of: about?.id ?? randomUUID() })
    case 'resolved': return make('resolved', { difference: `count:${which}`, reason: 'As the story goes.', ...(!late && { adjust: { container, way: which % 2 ? 'more' : 'less', quantity: Math.max(1, quantity) } }) }, {})
    case 'adjusted': { const adjust = resolved?.kind === 'resolved' ? resolved.body.adjust : undefined; return bare('adjusted', { way: adjust?.way ?? 'less' }, person, adjust ? ledger.containers.get(adjust.container)!.place : where, { receivedAt, container: adjust?.container ?? container, quantity: adjust?.quantity ?? quantity, of: resolved?.id ?? randomUUID() }) }
    case 'transferred': return bare('transferred', { from: stands, why: 'needed there' }, person, late ? here : other, { receivedAt, container, quantity: late ? quantity : ledger.containers.get(container)!.onHand })
    case 'received': { const id = late ? container : randomUUID(); return make('received', label({ lot: 'B2', number: at + 1 }), { id, container: id, quantity }) }
    case 'closed': return make('closed', { through: late ? receivedAt : now, onHand: [] }, {})
    default: return make('wasted', { how: 'bin' }, { container, quantity })
  }
}
