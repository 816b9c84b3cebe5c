import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Step } from '../../core/rulebook/changes.ts'
import { edition as shippedName } from '../rulebook.ts'
import { addChart, addPerson, type TestPerson } from '../testing/practice.ts'
import { byTwo, looked } from '../testing/two-signatures.ts'
import { ask, byAct, device, draft, fingerprint, world, type World } from '../testing/world.ts'

/** A practice's own editions: who signs what, what an edition would change, and what happens when one cannot be vouched for. */
let all: World
beforeAll(async () => {
  all = await world()
  await all.admin.query(`update app.chart set protocol = 'solo-six' where chart_id = $1`, [all.home.chart])
})
afterAll(() => all.close())

const H01 = 'eligibility/H01/systolicMmHg.atLeast'
const QTC = 'eligibility/O04/qtcMs.moreThan'
const PEOPLE = 'monitoring/gates/fewestPeople'
const because = 'Agreed at the meeting of the clinicians.'
const step = (dial: string, from: Step['from'], to: Step['to'], reason = ''): Step => ({ dial, from, to, reason })
const actor = (says: string) => all.actors.find((one) => one.says === says)!
const director = () => actor('medical director off the team')
const prescriber = () => actor('prescriber on the team')

interface Editions { readonly inForce: number; readonly name: string; readonly sha256: string; readonly broken: string | null; readonly editions: { number: number; name: string; moves: { way: string }[] }[] }
const editions = async (token = all.home.thea.token) => (await ask(all, 'editions', token)).json<Editions>()
async function adopt(who: ReturnType<typeof actor>, steps: readonly Step[], { on, reason = 'agreed', code }: { on?: number; reason?: string; code?: string } = {}) {
  return ask(all, 'adoptEdition', who.token, { body: { on: on ?? (await editions()).inForce, steps, reason, code: code ?? (await all.codeOf(who)) } })
}
const preview = async (who: { token: string }, steps: readonly Step[]) => ask(all, 'previewEdition', who.token, { body: { on: (await editions()).inForce, steps } })

describe('who signs', () => {
  test('a prescriber tightens, and the edition is there with its digest', async () => {
    const before = await editions()
    expect(before).toMatchObject({ inForce: 0, name: shippedName, broken: null, editions: [] })
    const answer = await adopt(prescriber(), [step(H01, 160, 155)])
    expect(answer.statusCode).toBe(200)
    const after = await editions()
    expect(after).toMatchObject({ inForce: 1, name: expect.stringMatching(/ · here 1$/), editions: [{ number: 1, moves: [{ way: 'tighter' }] }] })
    const book = (await ask(all, 'editionBook', all.home.thea.token, { params: { number: '1' } })).json<{ book: string; sha256: string }>()
    expect(createHash('sha256').update(book.book).digest('hex')).toBe(book.sha256)
    expect(after.sha256).toBe(book.sha256)
    expect(book.book).toContain('systolic pressure 155 or more mmHg')
  })

  test('a prescriber does not loosen, also not back to what ships; the medical director does, with a reason and a second signature', async () => {
    expect((await adopt(prescriber(), [step(H01, 155, 160, because)])).json()).toMatchObject({ code: 'rulebook.refused', list: [{ code: H01 }] })
    expect((await adopt(director(), [step(H01, 155, 160, 'too short')])).json()).toMatchObject({ code: 'rulebook.refused', list: [{ code: 'reason' }] })
    const both = [step(H01, 155, 160, because), step(QTC, 500, 480)]
    const alone = await adopt(director(), both)
    expect([alone.statusCode, alone.json()]).toMatchObject([403, { code: 'rulebook.needs-two', list: [{ code: H01 }] }])
    expect((await editions()).inForce).toBe(1)
    expect((await byTwo(all, director(), actor('therapist on the team'), { on: 1, steps: both, reason: 'agreed' })).statusCode).toBe(200)
    expect(await editions()).toMatchObject({ inForce: 2, editions: [{ number: 1, countersignedBy: null }, { number: 2, moves: [{ way: 'looser' }, { way: 'tighter' }], adoptedBy: 'Dirk Sample', countersignedBy: 'Thea Sample', countersignedWhy: looked }] })
  })

  test.each([
    ['nobody with another part', 'therapist on the team', 403], ['not the desk', 'owner', 403], ['nobody of another practice as if it were ours', 'owner of another practice', 403],
  ])('%s', async (_, says, status) => expect((await adopt(actor(says), [step(QTC, 480, 470)], { on: 2 })).statusCode).toBe(status))

  test('without the right code nothing is signed', async () => {
    const before = await fingerprint(all.admin, ['audit', 'audit_seal', 'sign_in_session', 'server_key', 'credential'])
    expect((await adopt(director(), [step(QTC, 480, 470)], { code: '000000' })).json()).toMatchObject({ code: 'sign-in.code-refused' })
    expect(await fingerprint(all.admin, ['audit', 'audit_seal', 'sign_in_session', 'server_key', 'credential'])).toEqual(before)
  })

  test.each([
    ['a floor', step('alerts/BP-S/red/systolicMmHg.atLeast', 200, 210, because), 'floor'], ['a diastolic in the field of the other', step(H01, 160, 95), 'out-of-range'], ['a thousand million', step(H01, 160, 1e9, because), 'out-of-range'],
    ['no dial', step('eligibility/H01/constructor', 1, 2), 'unknown-dial'], ['a figure that stands elsewhere', step(QTC, 500, 470), 'moved-on'], ['a gap', step('eligibility/O15/lorazepamEquivalentMg.moreThan', 3, 5, because), 'gap'],
  ])('the medical director is refused %s', async (_, one, code) => expect((await adopt(director(), [one])).json()).toMatchObject({ code: 'rulebook.refused', list: [{ code }] }))

  test.each([['NaN', 'null'], ['no number', '"150"'], ['minus nothing', '-0'], ['a list', '[150]'], ['without end', '1e999']])('%s is refused as it comes off the wire', async (_, to) => {
    const answer = await all.app.inject({ method: 'POST', url: '/api/rulebook/editions', headers: { 'content-type': 'application/json' }, cookies: { openkap: director().token }, payload: `{"on":2,"reason":"agreed","code":"000000","steps":[{"dial":"${H01}","from":160,"to":${to},"reason":"${because}"}]}` })
    expect(answer.statusCode).toBe(422)
    expect((await editions()).inForce).toBe(2)
  })

  test('two who sign at once: one edition, and the other hears of it', async () => {
    const [one, two] = [director(), prescriber()]
    const [codeOne, codeTwo] = [await all.codeOf(one), await all.codeOf(two)]
    const answers = await Promise.all([adopt(one, [step(QTC, 480, 475)], { on: 2, code: codeOne }), adopt(two, [step(H01, 160, 150)], { on: 2, code: codeTwo })])
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409])
    expect(answers.find(({ statusCode }) => statusCode === 409)!.json()).toMatchObject({ code: 'rulebook.moved-on' })
    expect((await editions()).editions).toHaveLength(3)
  })
})

test('past the program, the database lets nobody loosen who may not, and nobody name another number', async () => {
  const insert = (who: TestPerson, way: string, number: number, reason = because) => all.shell.database.inContext(who.token, { durable: false }, ({ client, actor: me }) => client.query(
    `insert into app.rulebook_edition (practice_id, number, name, shipped_sha256, changes, moves, book, book_sha256, reason, adopted_by, adopted_at) values ($1, $2, 'x', $3, '[]', $4, '{}', encode(sha256('{}'), 'hex'), 'why', $5, 'x')`,
    [me.practice, number, '0'.repeat(64), JSON.stringify([{ way, reason }]), me.person]))
  const next = (await editions()).inForce + 1
  await expect(insert(all.home.pia, 'looser', next)).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(insert(all.home.thea, 'tighter', next)).rejects.toMatchObject({ code: 'not-allowed' })
  await expect(insert(all.home.dina, 'looser', next, 'short')).rejects.toThrow('needs a reason')
  await expect(insert(all.home.dina, 'looser', next)).rejects.toMatchObject({ code: 'rulebook.needs-two' })
  await expect(insert(all.home.dina, 'sideways', next)).rejects.toThrow('needs a reason')
  await expect(insert(all.home.dina, 'tighter', next + 1)).rejects.toThrow('follows')
  await expect(all.shell.database.inContext(all.home.owner.token, { durable: false }, ({ client }) => client.query('update app.practice set rulebook_edition = 0'))).rejects.toMatchObject({ code: 'not-allowed' })
})

test('before it is signed it says which open charts it would change: names for their team, a number for others', async () => {
  const patient = await addPerson(all.shell.database, all.home.practice, all.home.owner, 'Vera', ['patient'])
  const chart = await addChart(all.shell.database, all.home.owner, 'Vera Sample', [{ person: all.home.pia, role: 'prescriber' }, { person: all.home.thea, role: 'therapist' }], patient)
  for (const at of ['2026-11-20T17:00:00.000Z', '2026-11-21T16:00:00.000Z']) await ask(all, 'append', all.home.thea.token, { params: { chart }, body: { entries: [{ ...draft('vitals.v1', { systolicMmHg: 144, diastolicMmHg: 80 }), at, writtenAt: at }] } })
  const { changes } = (await ask(all, 'editions', all.home.thea.token)).json<{ changes: { dial: string; to: number }[] }>()
  const stands = changes.find(({ dial }) => dial === H01)?.to ?? 160
  const before = await editions()
  const answer = (await preview(prescriber(), [step(H01, stands, 144)])).json<{ changed: number; looked: number; named: { chart: string; name: string; before: { rules: string[] }; after: { rules: string[] } }[] }>()
  expect(answer).toMatchObject({ changed: 1, named: [{ chart, name: 'Vera Sample' }] })
  expect(answer.looked).toBeGreaterThan(0)
  expect(answer.named[0]!.after.rules.filter((rule) => !answer.named[0]!.before.rules.includes(rule))).toEqual(['H01 hold'])
  const off = (await preview(director(), [step(H01, stands, 144)])).json<typeof answer>()
  expect([off.changed, off.named]).toEqual([1, []])
  expect((await preview(prescriber(), [step(H01, stands, 145)])).json()).toMatchObject({ changed: 0 })
  expect(await editions()).toEqual(before)
})

/** What a dose is refused for, in a session with two people checked in. */
async function doseIn(session: string) {
  const order = randomUUID()
  const dose = draft('dose-given.v1', { step: 1, doseUg: 35_000, route: 'IM', order, prepared: randomUUID(), confirmed: randomUUID(), confirmedBy: all.home.thea.person, site: '', selfAdministered: false }, { session })
  const answer = (await ask(all, 'append', all.home.mona.token, { params: { chart: all.home.chart }, body: { entries: [dose] } })).json<{ code: string; list: { code: string; says: string }[]; entry: string }>()
  if (answer.entry !== dose.id) throw new Error(JSON.stringify(answer))
  return answer
}
async function begin(edition: string) {
  await all.admin.query('update app.session_claim set closed = true where chart_id = $1', [all.home.chart])
  const session = await byAct(all.shell, all.home.thea, all.home.chart, 'session-started.v1', { protocol: 'solo-six', route: 'IM', order: randomUUID(), clearance: randomUUID(), consents: [randomUUID()], edition, number: 1, gates: [], people: [] })
  for (const [who, role] of [[all.home.thea, 'therapist'], [all.home.mona, 'monitor']] as const) {
    const answer = await ask(all, 'append', who.token, { params: { chart: all.home.chart }, body: { entries: [draft('checked-in.v1', { person: who.person, name: 'X', role }, { session })] } })
    expect(answer.statusCode).toBe(201)
  }
  return session
}

test('a session keeps the edition it started with', async () => {
  const older = await begin((await editions()).name)
  expect((await doseIn(older)).list.map(({ code }) => code)).not.toContain('two-people')
  expect((await adopt(director(), [step(PEOPLE, 2, 3)])).statusCode).toBe(200)
  expect((await doseIn(older)).list.map(({ code }) => code)).not.toContain('two-people')
  expect((await doseIn(await begin((await editions()).name))).list.map(({ code }) => code)).toContain('two-people')
})

describe('an edition that cannot be vouched for', () => {
  const tamper = (sql: string) => all.admin.query(`alter table app.rulebook_edition disable trigger all; ${sql}; alter table app.rulebook_edition enable trigger all`)
  const start = () => ask(all, 'startSession', all.home.thea.token, { params: { chart: all.home.chart }, body: { id: randomUUID(), device, order: randomUUID() } })
  const newest = '(select max(number) from app.rulebook_edition)'

  test.each([
    ['altered', `update app.rulebook_edition set book = replace(book, '"fewestPeople":3', '"fewestPeople":1') where number = ${newest}`, 'altered'],
    ['truncated', `update app.rulebook_edition set book = left(book, 1000) where number = ${newest}`, 'truncated'],
    ['missing', `delete from app.rulebook_edition where number = ${newest}`, 'missing'],
  ])('%s: nothing starts and no dose is recorded, charts stay readable and the session goes on being written', async (_, sql) => {
    const session = await begin((await editions()).name)
    expect((await start()).json()).toMatchObject({ code: 'session.gates' })
    const kept = await all.admin.query('select * from app.rulebook_edition order by number desc limit 1')
    await tamper(sql)

    expect((await start()).json()).toMatchObject({ code: 'rulebook.broken', list: [{ says: expect.stringMatching(/not there|does not fit/) }] })
    expect(await doseIn(session)).toMatchObject({ code: 'rulebook.broken' })
    const read = await Promise.all((['chart', 'entries', 'course'] as const).map((name) => ask(all, name, all.home.thea.token, { params: { chart: all.home.chart } })))
    expect([...read, await ask(all, 'home', all.home.thea.token)].map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200])
    const vitals = await ask(all, 'append', all.home.mona.token, { params: { chart: all.home.chart }, body: { entries: [draft('vitals.v1', { systolicMmHg: 120, diastolicMmHg: 80 }, { session })] } })
    expect(vitals.statusCode).toBe(201)
    expect((await editions()).broken).toMatch(/Edition|edition/)
    expect((await adopt(prescriber(), [step(QTC, 500, 480)])).json()).toMatchObject({ code: 'rulebook.refused', list: [{ says: expect.stringContaining('Only the medical director') }] })

    await tamper(`delete from app.rulebook_edition where number = ${kept.rows[0].number}`)
    await all.admin.query('alter table app.rulebook_edition disable trigger all')
    await all.admin.query(`insert into app.rulebook_edition select * from jsonb_populate_record(null::app.rulebook_edition, $1)`, [JSON.stringify(kept.rows[0])])
    await all.admin.query('alter table app.rulebook_edition enable trigger all')
    expect((await start()).json()).toMatchObject({ code: 'session.gates' })
  })

  test('the medical director begins a new one, and that mends it', async () => {
    await tamper(`update app.rulebook_edition set book = '' where number = ${newest}`)
    expect((await adopt(director(), [step(QTC, 500, 470)])).statusCode).toBe(200)
    expect((await editions()).broken).toBeNull()
    expect((await start()).json()).toMatchObject({ code: 'session.gates' })
  })
})
