import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteName } from '../../core/contract/contract.ts'
import { addChart, draft, type TestPerson } from '../testing/practice.ts'
import { ask, world, type Asked, type World } from '../testing/world.ts'

/** A small clinic with hours and a room, and two people in care who want the same times. */
let all: World
let mara: string
let nora: string

const weekly = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:00', to: '18:00' }))
const by = async (who: TestPerson, name: RouteName, asked: Asked = {}) => {
  const answer = await ask(all, name, who.token, asked)
  return { status: answer.statusCode, ...(answer.json() as object) } as { status: number } & Record<string, any> // oxlint-disable-line typescript/no-explicit-any
}
const done = async (answer: ReturnType<typeof by>) => { const { status, ...rest } = await answer; expect(status, JSON.stringify(rest)).toBeLessThan(300) }
const desk = (name: RouteName, asked: Asked = {}) => by(all.home.cora, name, asked)
const plan = async (chart: string) => (await desk('plan', { params: { chart }, body: { earliest: '2026-11-24' } }))
const book = (chart: string, visits: object[]) => desk('book', { params: { chart }, body: { id: randomUUID(), device: randomUUID(), visits, why: 'as asked' } })
const renamed = (visits: object[]) => visits.map((visit) => ({ ...visit, visit: randomUUID() }))

async function begin(chart: string) {
  await done(desk('append', { params: { chart }, body: { entries: [draft('demographics.v1', { givenName: 'A', familyName: 'B', birthDate: '1986-03-14' })] } }))
  await done(desk('chooseProtocol', { params: { chart }, body: { id: randomUUID(), protocol: 'solo-six', device: randomUUID() } }))
}

beforeAll(async () => {
  all = await world()
  const { home } = all
  mara = home.chart
  nora = await addChart(all.shell.database, home.owner, 'Nora Second', [{ person: home.thea, role: 'therapist' }], home.nora)
  await done(by(home.owner, 'keepRoom', { body: { id: randomUUID(), name: 'Cedar', features: ['recliner', 'emergency-kit'], dosing: true } }))
  const { staff } = await by(home.owner, 'practice')
  for (const person of [home.thea, home.pia, home.mona]) {
    const { name: _name, ...row } = staff.find((each: { person: string }) => each.person === person.person)
    await done(by(home.owner, 'keepStaff', { body: { ...row, accepting: true, capacity: 10, weekly } }))
  }
  const director = all.actors.find(({ person }) => person === home.dina.person)!
  await done(by(home.dina, 'adoptProtocol', { body: { protocol: 'solo-six', code: await all.codeOf(director) } }))
  for (const chart of [mara, nora]) await begin(chart)
}, 60_000)
afterAll(() => all.close())

describe('two who want the same times', { timeout: 60_000 }, () => {
  let wanted: Record<string, any>[] // oxlint-disable-line typescript/no-explicit-any

  test('both are offered them, and the first gets them', async () => {
    const [one, other] = [await plan(mara), await plan(nora)]
    wanted = one.proposals[0].visits
    expect(other.proposals[0].visits.map(({ startsAt }: { startsAt: string }) => startsAt)).toEqual(wanted.map(({ startsAt }) => startsAt))
    expect(await book(mara, wanted)).toMatchObject({ status: 200, booked: wanted.length })
  })
  test('the second hears that somebody was quicker, not that the plan breaks a rule', async () => {
    const lost = await book(nora, renamed(wanted))
    expect(lost).toMatchObject({ status: 409, code: 'plan.clash' })
    expect(lost.list.map(({ says }: { says: string }) => says).join(' ')).toContain('is taken')
    expect(lost.list.every(({ code }: { code: string }) => ['busy', 'room', 'on-call'].includes(code))).toBe(true)
  })
  test('a room alone that was taken meanwhile is a lost race as well', async () => {
    const first = wanted.find(({ type }) => type === 'medicine')!
    const elsewhere = renamed([first]).map((visit) => ({ ...visit, people: (first.people as { role: string }[]).filter(({ role }) => role === 'prescriber on call') }))
    expect(await book(nora, elsewhere)).toMatchObject({ status: 409, code: 'plan.clash' })
  })
  test('nothing of it was booked, and new plans know of the booking', async () => {
    const { visits } = await desk('calendar', { query: { from: '2026-11-23', to: '2027-06-30' } })
    expect(visits.flatMap(({ patients }: { patients: { chart: string }[] }) => patients.map(({ chart }) => chart)).filter((chart: string) => chart === nora)).toEqual([])
    const again = await plan(nora)
    expect(await book(nora, again.proposals[0].visits)).toMatchObject({ status: 200 })
  })
  test('a plan that breaks a rule still says so', async () => {
    const [visit] = renamed([{ ...wanted[0]!, endsAt: new Date(Date.parse(wanted[0]!.endsAt) + 1_800_000).toISOString(), startsAt: '2026-11-29T17:00:00.000Z', localStart: '2026-11-29T09:00', type: 'maintenance', number: 1 }])
    expect(await book(mara, [visit!])).toMatchObject({ status: 422, code: 'plan.violates' })
  })
  test('the same course booked twice, by two at the desk: the second hears that it stands already', async () => {
    const lost = await book(mara, renamed(wanted))
    expect(lost).toMatchObject({ status: 409, code: 'plan.clash' })
    expect(lost.list.map(({ says }: { says: string }) => says)).toContain('intake 1 stands already.')
  })
  test('with everything booked there is no empty proposal, and it says what would have to give', async () => {
    const answer = await plan(mara)
    expect(answer.proposals).toEqual([])
    expect(answer.impossible.map(({ code }: { code: string }) => code)).toEqual(['nothing-to-book', 'would-help'])
  })
})

describe('a visit that moves', { timeout: 60_000 }, () => {
  const followUp = async () => (await desk('calendar', { query: { from: '2026-11-23', to: '2027-07-30' } })).visits.findLast(({ type, patients }: { type: string; patients: { chart: string }[] }) => type === 'follow-up' && patients[0]!.chart === mara)
  const propose = async (to: object) => desk('proposeMove', { params: { chart: mara, visit: (await followUp()).visit }, body: { to, wishes: { earliest: '2026-11-24' } } })

  test('goes to the hour on the wall it was asked for, on whichever wall that was', async () => {
    const { localStart } = await followUp()
    const at = (hour: string) => `${localStart.slice(0, 11)}${hour}`
    expect((await propose({ localStart: at('13:00'), zone: 'America/Los_Angeles' })).moves[0].to.localStart).toBe(at('13:00'))
    expect((await propose({ localStart: at('16:00'), zone: 'America/New_York' })).moves[0].to.localStart).toBe(at('13:00'))
  })
  test.each([
    ['no zone', { localStart: '2026-12-08T09:00' }], ['a moment instead of an hour', { localStart: '2026-12-08T17:00:00.000Z', zone: 'America/Los_Angeles' }], ['a zone that is none', { localStart: '2026-12-08T09:00', zone: 'Mars/Olympus' }],
  ])('%s is refused', async (_, to) => expect(await propose(to)).toMatchObject({ status: 422, code: 'request.malformed' }))
})

describe('days on which the practice is closed', { timeout: 60_000 }, () => {
  const winter = { from: '2026-12-21', to: '2027-01-01', name: 'Winter closing' }
  const spring = { from: '2027-03-01', to: '2027-03-01', name: 'Founders’ Day' }
  const closed = (body: object, who = all.home.cora) => by(who, 'keepClosings', { body })

  test('come by their own way only: the form about the practice brings none', async () => {
    await by(all.home.owner, 'keepPractice', { body: { name: 'Test practice', zone: 'America/Los_Angeles', settings: { closings: [winter] } } })
    expect((await by(all.home.thea, 'practice')).closings).toEqual([])
  })
  test('are kept by the desk and by the owner, each without losing what the other wrote', async () => {
    await Promise.all([closed({ add: [winter] }), closed({ add: [spring] }, all.home.owner)])
    expect((await by(all.home.thea, 'practice')).closings).toEqual([winter, spring])
    expect((await closed({ add: [winter], remove: [spring] })).closings).toEqual([winter])
  })
  test('are not for a therapist to set, and not upside down', async () => {
    expect((await closed({ add: [spring] }, all.home.thea)).status).toBe(403)
    expect(await closed({ add: [{ ...spring, to: '2027-02-01' }] })).toMatchObject({ status: 422 })
  })
  test('stay when the owner keeps the form about the practice, even one opened before', async () => {
    await by(all.home.owner, 'keepPractice', { body: { name: 'Test practice', zone: 'America/Los_Angeles', settings: { phone: '1', closings: [] } } })
    expect(await by(all.home.thea, 'practice')).toMatchObject({ closings: [winter], settings: { phone: '1' } })
  })
  test('are on the calendar of those days', async () => {
    const on = async (from: string, to: string) => (await desk('calendar', { query: { from, to } })).closings
    expect([await on('2026-12-14', '2026-12-20'), await on('2026-12-14', '2026-12-21'), await on('2027-01-02', '2027-01-08')]).toEqual([[], [winter], []])
  })
  test('say how many visits stand there, and move none of them', async () => {
    const { visits } = await desk('calendar', { query: { from: winter.from, to: winter.to } })
    expect(visits.length).toBeGreaterThan(0)
    expect((await closed({ add: [winter] })).standing).toBe(visits.length)
  })
  test('hold no visit of a plan, and a first visit is not offered there', async () => {
    const third = await addChart(all.shell.database, all.home.owner, 'Olive Third', [{ person: all.home.thea, role: 'therapist' }])
    await begin(third)
    const { proposals } = await plan(third)
    expect(proposals.length).toBeGreaterThan(0)
    for (const { visits } of proposals) expect(visits.filter(({ localStart }: { localStart: string }) => winter.from <= localStart.slice(0, 10) && localStart.slice(0, 10) <= winter.to)).toEqual([])
    const { reasons } = await desk('explainDay', { params: { chart: third }, body: { day: '2026-12-24', type: 'intake', wishes: { earliest: '2026-11-24' } } })
    expect(reasons).toEqual([{ code: 'practice-closed', says: 'The practice is closed on Thu 24 December (Winter closing).' }])
  })
})
