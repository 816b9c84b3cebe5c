import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteName } from '../../core/contract/contract.ts'
import { plusMinutes } from '../../core/shared/time.ts'
import { makeBookable } from '../testing/bookable.ts'
import { addChart, draft, type TestPerson } from '../testing/practice.ts'
import { ask, world, type Asked, type World } from '../testing/world.ts'

/** A small clinic with hours and a room, and two people in care who want the same times. */
let all: World
let mara: string
let nora: string

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
  await makeBookable(all, { charts: [mara, nora] })
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
    expect(reasons).toEqual([{ code: 'practice-closed', says: 'The practice is closed on Thu, Dec 24 (Winter closing).' }])
  })
})

describe('times that are held', { timeout: 60_000 }, () => {
  let pat: string
  let rival: string
  let wanted: Record<string, any>[] // oxlint-disable-line typescript/no-explicit-any
  const hold = (chart: string, visits: object[], more: object = {}) => desk('hold', { params: { chart }, body: { visits, ...more } })
  const held = async (chart: string) => (await desk('held', { params: { chart } })).hold
  const shownFor = async (chart: string) => (await desk('calendar', { query: { from: '2026-11-23', to: '2028-12-31' } })).visits.filter(({ patients }: { patients: { chart: string }[] }) => patients.some((one) => one.chart === chart))
  const wait = (hours: number) => all.shell.clock.set!(plusMinutes(all.shell.clock.now(), hours * 60))

  beforeAll(async () => {
    pat = await addChart(all.shell.database, all.home.owner, 'Pat Fourth', [{ person: all.home.thea, role: 'therapist' }])
    rival = await addChart(all.shell.database, all.home.owner, 'Rita Fifth', [{ person: all.home.thea, role: 'therapist' }])
    for (const chart of [pat, rival]) await begin(chart)
    wanted = (await plan(pat)).proposals[0].visits
  }, 60_000)

  test('are held until a day later, by name, and stand in the calendar with their end', async () => {
    const asked = all.shell.clock.now()
    const { status, until } = await hold(pat, wanted)
    expect(status).toBe(200)
    expect([until >= plusMinutes(asked, 24 * 60), until <= plusMinutes(asked, 24 * 60 + 1)]).toEqual([true, true])
    expect(await held(pat)).toMatchObject({ until, by: 'Cora Sample' })
    const inOrder = (visits: Record<string, any>[]) => visits.map((visit) => ({ ...visit, people: visit['people'].toSorted((a: { person: string }, b: { person: string }) => (a.person < b.person ? -1 : 1)) })).toSorted((a: any, b: any) => (a.startsAt < b.startsAt ? -1 : 1)) // oxlint-disable-line typescript/no-explicit-any
    expect(inOrder((await held(pat)).visits)).toEqual(inOrder(wanted))
    const shown = await shownFor(pat)
    expect(shown).toHaveLength(wanted.length)
    expect(new Set(shown.map(({ heldUntil }: { heldUntil: string }) => heldUntil))).toEqual(new Set([until]))
  })
  test('are on no chart, bring nobody onto the care team and no patient onto the sheet of the day', async () => {
    const { entries } = await desk('entries', { params: { chart: pat } })
    expect(entries.filter(({ kind }: { kind: string }) => kind === 'visits-booked.v1')).toEqual([])
    const { rows } = await all.admin.query('select role from app.care_team where chart_id = $1', [pat])
    expect(rows).toEqual([{ role: 'therapist' }])
  })
  test('are nobody else’s: not to book, not to hold, and new plans go round them', async () => {
    expect(await book(rival, renamed(wanted))).toMatchObject({ status: 409, code: 'plan.clash' })
    expect(await hold(rival, renamed(wanted))).toMatchObject({ status: 409, code: 'plan.clash' })
    const starts = new Set(wanted.map(({ startsAt }) => startsAt))
    for (const { startsAt, people } of (await plan(rival)).proposals[0].visits) if (people.some(({ person }: { person: string }) => person === all.home.thea.person)) expect(starts.has(startsAt)).toBe(false)
  })
  test('are in the way of no other plan for the same patient', async () => {
    expect((await plan(pat)).proposals[0].visits.map(({ startsAt }: { startsAt: string }) => startsAt)).toEqual(wanted.map(({ startsAt }) => startsAt))
  })
  test('ask of people what they were held for, when they are booked: nothing is, once nobody on it brings that any more', async () => {
    const speaks = (languages: readonly string[]) => all.admin.query('update app.staff_profile set languages = $2 where person_id = $1', [all.home.thea.person, languages])
    const chart = await addChart(all.shell.database, all.home.owner, 'Lena Sixth', [{ person: all.home.thea, role: 'therapist' }])
    await begin(chart)
    const needs = [{ role: 'therapist', skill: 'Spanish' }]
    await speaks(['es'])
    const { proposals: [{ visits }] } = await desk('plan', { params: { chart }, body: { earliest: '2026-11-24', needs } })
    expect(await hold(chart, visits, { needs })).toMatchObject({ status: 200 })
    await speaks([])
    expect(await book(chart, visits)).toMatchObject({ status: 422, code: 'plan.violates', list: expect.arrayContaining([expect.objectContaining({ code: 'skill' })]) })
    expect((await held(chart)).visits).toHaveLength(visits.length)
    await speaks(['es'])
    expect(await book(chart, visits)).toMatchObject({ status: 200, booked: visits.length })
    await speaks([])
  })
  test('hold no plan that breaks a rule, and none for somebody who is not asked to plan', async () => {
    expect(await hold(pat, [{ ...wanted[0]!, startsAt: '2026-11-29T17:00:00.000Z', endsAt: '2026-11-29T18:00:00.000Z', localStart: '2026-11-29T09:00' }])).toMatchObject({ status: 422, code: 'plan.violates' })
    expect(await held(pat)).not.toBeNull()
    expect((await by(all.home.mona, 'hold', { params: { chart: pat }, body: { visits: wanted } })).status).toBeGreaterThanOrEqual(403)
    expect((await desk('hold', { params: { chart: pat }, body: { visits: wanted, hours: 73 } })).status).toBe(422)
  })
  test('held again: the one takes the place of the other', async () => {
    expect(await hold(pat, renamed(wanted), { hours: 2 })).toMatchObject({ status: 200 })
    expect(await shownFor(pat)).toHaveLength(wanted.length)
    expect(await hold(pat, wanted)).toMatchObject({ status: 200 })
  })
  test('let go: at once free for others', async () => {
    await done(desk('letGo', { params: { chart: pat } }))
    expect([await held(pat), await shownFor(pat)]).toEqual([null, []])
    expect(await hold(rival, renamed(wanted))).toMatchObject({ status: 200 })
    await done(desk('letGo', { params: { chart: rival } }))
  })
  test('past their end: nobody decides it, they are free, and the other one gets them', async () => {
    expect(await hold(pat, wanted, { hours: 2 })).toMatchObject({ status: 200 })
    wait(2)
    expect([await held(pat), await shownFor(pat)]).toEqual([null, []])
    expect(await hold(rival, renamed(wanted))).toMatchObject({ status: 200 })
    expect(await book(pat, wanted)).toMatchObject({ status: 409, code: 'plan.clash' })
    await done(desk('letGo', { params: { chart: rival } }))
  })
  test('past their end they keep the patient herself from nothing', async () => {
    expect(await hold(pat, wanted, { hours: 2 })).toMatchObject({ status: 200 })
    wait(3)
    expect(await hold(pat, renamed(wanted))).toMatchObject({ status: 200 })
  })
  test('are booked in one act, under the names they were held by, and are then held no longer', async () => {
    expect(await hold(pat, wanted)).toMatchObject({ status: 200 })
    expect(await book(pat, wanted)).toMatchObject({ status: 200, booked: wanted.length })
    expect(await held(pat)).toBeNull()
    const shown = await shownFor(pat)
    expect(shown.map(({ visit }: { visit: string }) => visit).toSorted()).toEqual(wanted.map(({ visit }) => visit).toSorted())
    expect(shown.filter(({ heldUntil }: { heldUntil?: string }) => heldUntil)).toEqual([])
    expect(await hold(pat, wanted)).toMatchObject({ status: 409, code: 'plan.clash' })
    wait(30)
    expect(await shownFor(pat)).toHaveLength(wanted.length)
  })
  test('both acts are in the audit', async () => {
    const { rows } = await all.admin.query<{ action: string }>(`select distinct action from app.audit where chart_id = $1 and outcome = 'done' and action like 'plan.%' order by action`, [pat])
    expect(rows.map(({ action }) => action)).toEqual(['plan.booked', 'plan.held', 'plan.held-read', 'plan.let-go', 'plan.proposed'])
  })
})
