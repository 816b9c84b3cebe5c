import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RouteName } from '../../core/contract/contract.ts'
import { addChart, addPerson, device, type TestPerson } from '../testing/practice.ts'
import { ask, fingerprint, inquiryOf, world, type Asked, type World } from '../testing/world.ts'

let all: World
let hour = 0
const by = async (who: TestPerson, name: RouteName, asked: Asked = {}) => {
  const answer = await ask(all, name, who.token, asked)
  return { status: answer.statusCode, ...(answer.json() as object) } as { status: number } & Record<string, any> // oxlint-disable-line typescript/no-explicit-any
}
const desk = (name: RouteName, asked: Asked = {}) => by(all.home.cora, name, asked)
const preferences = { conditions: ['ptsd'], approaches: ['emdr'] }

beforeAll(async () => {
  all = await world()
  const { staff } = await by(all.home.owner, 'practice')
  for (const [person, modalities] of [[all.home.thea, ['cbt']], [all.home.tomas, ['emdr']]] as const) {
    const { name: _name, ...row } = staff.find((each: { person: string }) => each.person === person.person)
    await by(all.home.owner, 'keepStaff', { body: { ...row, modalities, accepting: true, capacity: 10 } })
  }
})
afterAll(() => all.close())

/** An inquiry whose call was made, ready to be matched. */
async function called(): Promise<string> {
  const id = await inquiryOf(all, all.home.owner)
  const said = await desk('logCall', { params: { id }, body: { startedAt: '2026-11-21T16:00:00.000Z', endedAt: '2026-11-21T16:20:00.000Z', answers: {}, outcome: 'goes-on', note: '', preferences } })
  expect(said.status).toBe(200)
  return id
}
/** A free hour of its own for each try. */
function slot() {
  hour += 1
  const at = `2026-12-${String(Math.floor(hour / 6) + 1).padStart(2, '0')}T${17 + (hour % 6)}`
  return { startsAt: `${at}:00:00.000Z`, endsAt: `${at}:50:00.000Z`, localStart: `${at.slice(0, 11)}${String(9 + (hour % 6)).padStart(2, '0')}:00`, zone: 'America/Los_Angeles', online: true }
}
const match = async (who: object, id?: string) => desk('match', { params: { id: id ?? (await called()) }, body: { therapist: all.home.thea.person, slot: slot(), givenName: 'Ana', familyName: 'Lang', birthDate: '1990-01-01', email: 'ana@example.org', device, ...who } })
const entries = async (chart: string) => (await by(all.home.thea, 'entries', { params: { chart } })).entries as { kind: string; body: Record<string, any> }[] // oxlint-disable-line typescript/no-explicit-any

describe('ways of working that were asked for', () => {
  test('reach the shortlist, with reasons for and against', async () => {
    const { therapists } = await desk('shortlist', { params: { id: await called() } })
    const of = (name: string) => therapists.find((row: { name: string }) => row.name.startsWith(name))
    expect(of('Tomas').for).toContain('Offers EMDR')
    expect(of('Thea').against).toContain('Does not list EMDR')
    expect(of('Tomas').score).toBe(of('Thea').score + 10)
  })
  test('stand on the chart that the inquiry became', async () => {
    const { chart } = await match({ email: 'ways@example.org' })
    expect((await entries(chart)).find(({ kind }) => kind === 'inquiry-received.v1')?.body.preferences).toMatchObject({ approaches: ['emdr'] })
  })
})

describe('an e-mail address that is in use', () => {
  let chart: string
  beforeAll(async () => { chart = (await match({})).chart })
  let before: Record<string, string>
  let id: string
  beforeEach(async () => { id = await called(); before = await fingerprint(all.admin) })
  const nothingChanged = async () => expect(await fingerprint(all.admin)).toEqual(before)

  test.each([['as it was', 'ana@example.org'], ['in capitals', 'ANA@example.org']])('by somebody with a chart here, %s: says who, names the chart, and stores nothing', async (_, email) => {
    const answer = await match({ email }, id)
    expect(answer).toMatchObject({ status: 409, code: 'email.in-use', chart, list: [{ code: 'has-chart', says: 'Ana Lang, born 1990-01-01, has a chart here with this address.' }] })
    expect(answer.say).toContain('Nothing was stored')
    await nothingChanged()
  })
  test('by somebody who works here: says so, without a chart', async () => {
    await by(all.home.owner, 'inviteStaff', { params: { person: all.home.mona.person } })
    before = await fingerprint(all.admin)
    const answer = await match({ email: `${all.home.mona.person}@example.org` }, id)
    expect(answer).toMatchObject({ status: 409, code: 'email.in-use', list: [{ code: 'other-person', says: 'It belongs to somebody who works here.' }] })
    expect(answer.chart).toBeUndefined()
    await nothingChanged()
  })
  test('by a patient of another practice: names nobody', async () => {
    const { database } = all.shell
    const max = await addPerson(database, all.away.practice, all.away.owner, 'Maximilian', ['patient'])
    await addChart(database, all.away.owner, 'Maximilian Other', [], max)
    await database.pool.query('select app.keep_credential($1, $2, $3, $4, $5)', [database.key, all.away.practice, max.person, 'max@example.org', '{}'])
    before = await fingerprint(all.admin)
    const answer = await match({ email: 'max@example.org' }, id)
    expect(answer).toMatchObject({ status: 409, code: 'email.in-use' })
    expect(JSON.stringify(answer)).not.toContain('Maximilian')
    expect(answer.chart).toBeUndefined()
    await nothingChanged()
  })
  test('the same person: goes on with the chart that exists, and nothing there is written over', async () => {
    const known = await entries(chart)
    const answer = await match({ existing: chart, givenName: 'Anna' }, id)
    expect(answer).toMatchObject({ status: 200, chart })
    const now = await entries(chart)
    expect(now.slice(0, known.length)).toEqual(known)
    expect(now.slice(known.length).map(({ kind }) => kind)).toEqual(['inquiry-received.v1', 'call-logged.v1', 'match-chosen.v1', 'visits-booked.v1'])
    expect(now.at(-1)!.body.visits[0]).toMatchObject({ type: 'intake', number: 2 })
    expect((await desk('inquiries')).inquiries.find((row: { id: string }) => row.id === id)).toMatchObject({ state: 'matched', chart })
  })
  test('somebody else: another address opens a chart of its own', async () => {
    const answer = await match({ email: 'ana.lang@example.org' }, id)
    expect(answer.status).toBe(200)
    expect(answer.chart).not.toBe(chart)
  })
  test.each([
    ['another birth date', () => ({ existing: chart, birthDate: '1990-01-02' }), 409, 'step.blocked'],
    ['an address that is nobody’s', () => ({ existing: chart, email: 'nobody@example.org' }), 409, 'step.blocked'],
    ['an address of another chart', () => ({ existing: all.home.chart }), 409, 'step.blocked'],
    ['a chart of another practice', () => ({ existing: all.away.chart }), 404, 'chart.unseen'],
    ['a chart that is none', () => ({ existing: randomUUID() }), 404, 'chart.unseen'],
  ])('not borne out by %s: refused, and nothing is written on that chart', async (_, who, status, code) => {
    expect(await match(who(), id)).toMatchObject({ status, code })
    await nothingChanged()
  })
})
