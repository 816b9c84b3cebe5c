import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { StoredEntry } from '../../core/chart/entry.ts'
import { draft } from '../testing/practice.ts'
import { ask, byAct, device, world, type World } from '../testing/world.ts'

/** What the prescriber made of a proposal: read again under the lock, and kept with the order or by itself. */
let all: World
let chart: string
beforeEach(async () => {
  all = await world()
  chart = all.home.chart
  const { thea, pia } = all.home
  const body = [draft('demographics.v1', { givenName: 'Mara', familyName: 'Sample', birthDate: '1986-03-14' }), draft('weight.v1', { weightG: 70_000 }), draft('height.v1', { heightMm: 1_700 }), draft('list-reviewed.v1', { list: 'medications', none: true })]
  const answer = await ask(all, 'append', thea.token, { params: { chart }, body: { entries: body } })
  expect(answer.statusCode, answer.body).toBe(201)
  const signature = { person: pia.person, name: 'Pia Sample', meaning: 'approval', method: 'one-time-code', signedAt: '2026-11-21T17:00:00.000Z' }
  await byAct(all.shell, pia, chart, 'clearance.v1', { decision: 'cleared', conditions: [], reason: 'Seen.', overrides: [], lastSeq: 100, screening: { edition: 'test', decision: 'x', met: [], unknown: [] }, expiresOn: '2027-02-01', signature })
})
afterEach(() => all.close())

const order = { medication: 'racemic-ketamine', route: 'IM', doseUg: 35_000, boosterUg: 0, maxTotalUg: 35_000, weightG: 70_000, validFrom: '2026-11-21', validUntil: '2027-01-21', instructions: '', reason: '' }
const titration = () => ({ id: randomUUID(), reason: '', stated: { route: 'IM', window: [3, 6], noSideEffects: false }, seen: { action: 'START', doseUg: 35_000 } })
const prescriber = () => all.actors.find(({ says }) => says === 'prescriber on the team')!
const sign = async (body: object) => ask(all, 'signOrder', prescriber().token, { params: { chart }, body: { id: randomUUID(), device, code: await all.codeOf(prescriber()), order, ...body } })
const decline = async (body: object) => ask(all, 'declineDose', prescriber().token, { params: { chart }, body: { ...titration(), device, code: await all.codeOf(prescriber()), ...body } })
const kept = async (...kinds: string[]) => (await ask(all, 'entries', all.home.thea.token, { params: { chart } })).json<{ entries: StoredEntry[] }>().entries.filter(({ kind }) => kinds.includes(kind))

describe('with an order', () => {
  test('accepted: one signature under both, the rules word for word, and sent twice kept once', async () => {
    const body = { id: randomUUID(), device, code: await all.codeOf(prescriber()), order, titration: titration() }
    const twice = [await ask(all, 'signOrder', prescriber().token, { params: { chart }, body }), await ask(all, 'signOrder', prescriber().token, { params: { chart }, body })]
    expect(twice.map(({ statusCode }) => statusCode), twice[0]!.body).toEqual([200, 200])
    const [ordered, decided, ...more] = await kept('order.v1', 'dose-decided.v1')
    expect(more).toEqual([])
    expect(decided).toMatchObject({ kind: 'dose-decided.v1', by: all.home.pia.person, body: { decision: 'accepted', order: ordered!.id, window: [3, 6], proposal: { action: 'START', doseUg: 35_000, route: 'IM' }, signature: { person: all.home.pia.person, meaning: 'authorship' } } })
    expect((decided!.body as { proposal: { rules: { rule: string; state: string; says: string }[] } }).proposal.rules).toContainEqual({ rule: 'not-adult', state: 'not-met', says: expect.stringContaining('18') })
  })

  test.each([
    ['another dose without a reason', { order: { ...order, doseUg: 30_000 } }, {}, 'decision-reason'],
    ['a proposal that is not what the chart says', {}, { seen: { action: 'START', doseUg: 40_000 } }, 'proposal-moved-on'],
    ['a session that never was', {}, { seen: { action: 'INCREASE', doseUg: 35_000, after: randomUUID() } }, 'proposal-moved-on'],
  ])('%s: neither order nor decision is kept', async (_, changed, decided, code) => {
    const answer = await sign({ ...changed, titration: { ...titration(), ...decided } })
    expect([answer.statusCode, answer.json().list?.[0]?.code]).toEqual([422, code])
    expect(await kept('order.v1', 'dose-decided.v1')).toEqual([])
  })

  test('another dose with a reason is a change; an order without a proposal needs no decision', async () => {
    expect((await sign({ order: { ...order, doseUg: 30_000 }, titration: { ...titration(), reason: 'A little less, as agreed.' } })).statusCode).toBe(200)
    expect((await sign({})).statusCode).toBe(200)
    expect((await kept('dose-decided.v1')).map(({ body }) => (body as { decision: string; reason: string }))).toEqual([expect.objectContaining({ decision: 'changed', reason: 'A little less, as agreed.' })])
  })

  test('the same id with another dose in it is refused, and never answered by the first', async () => {
    const id = randomUUID()
    expect((await sign({ id })).statusCode).toBe(200)
    expect((await sign({ id })).statusCode, 'sent twice').toBe(200)
    const other = await sign({ id, order: { ...order, doseUg: 20_000, maxTotalUg: 20_000 } })
    expect([other.statusCode, other.json().code]).toEqual([409, 'entry.rewritten'])
    expect(await kept('order.v1')).toHaveLength(1)
  })

  test('what changed under the lock counts: a weight that came meanwhile moves the proposal on', async () => {
    await ask(all, 'append', all.home.thea.token, { params: { chart }, body: { entries: [draft('weight.v1', { weightG: 64_000 }, { at: '2026-11-21T17:00:01.000Z' })] } })
    expect((await sign({ titration: titration() })).statusCode).toBe(422)
  })
})

describe('declined', () => {
  test('with a reason, by itself, and once', async () => {
    const id = randomUUID()
    expect((await decline({ id, reason: 'A pause of two weeks first.' })).statusCode).toBe(200)
    expect((await decline({ id, reason: 'A pause of two weeks first.' })).statusCode, 'sent twice').toBe(200)
    expect(await kept('order.v1', 'dose-decided.v1')).toEqual([expect.objectContaining({ id, body: expect.objectContaining({ decision: 'declined', reason: 'A pause of two weeks first.' }) })])
  })

  test.each([['without a reason', {}, 422], ['with a wrong code', { reason: 'a pause', code: '000000' }, undefined], ['with a window that ends before it begins', { reason: 'a pause', stated: { route: 'IM', window: [6, 3], noSideEffects: false } }, 422]])('%s nothing is kept', async (_, body, status) => {
    const answer = await decline(body)
    expect(answer.statusCode).toBeGreaterThanOrEqual(400)
    if (status) expect(answer.statusCode, answer.body).toBe(status)
    expect(await kept('dose-decided.v1')).toEqual([])
  })

  test('a therapist declines nothing', async () => {
    const thea = all.actors.find(({ says }) => says === 'therapist on the team')!
    const answer = await ask(all, 'declineDose', thea.token, { params: { chart }, body: { ...titration(), device, code: await all.codeOf(thea), reason: 'a pause' } })
    expect([403, 404]).toContain(answer.statusCode)
    expect(await kept('dose-decided.v1')).toEqual([])
  })
})
