import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import type { RouteName } from '../../core/contract/contract.ts'
import type { StoredEntry } from '../../core/chart/entry.ts'
import { readChart } from '../../core/chart/chart.ts'
import { standingVisits } from '../../core/measures/doses.ts'
import { makeBookable } from '../testing/bookable.ts'
import { addChart, type TestPerson } from '../testing/practice.ts'
import { device, world, type Asked, type World, answered, done } from '../testing/world.ts'

/** A booked course, and a patient who moves a visit of it: what she may, what she asks for, and who was quicker. */
let all: World
let mara: string
let nora: string
const by = (who: TestPerson, name: RouteName, asked: Asked = {}) => answered(all, name, who, asked)
const desk = (name: RouteName, asked: Asked = {}) => by(all.home.cora, name, asked)
const entries = async (chart = mara) => (await desk('entries', { params: { chart } })).entries as StoredEntry[]
const standing = async (chart = mara) => standingVisits(readChart(await entries(chart) as never))
const find = async (type: string, number: number, chart = mara) => (await standing(chart)).find((one) => one.type === type && one.number === number)!
const slots = (visit: string) => by(all.home.mara, 'ownSlots', { params: { chart: mara, visit } })
const move = (visit: string, startsAt: string, more: object = {}) => by(all.home.mara, 'ownMove', { params: { chart: mara, visit }, body: { id: randomUUID(), device, startsAt, ...more } })
const cancel = (visit: string, chart = mara) => desk('cancelVisit', { params: { chart, visit }, body: { id: randomUUID(), device, why: 'on holiday' } })
const setting = (settings: object) => done(by(all.home.owner, 'keepPractice', { body: { name: 'Test practice', zone: 'America/Los_Angeles', settings } }))
const notices = async (who: TestPerson) => ((await by(who, 'home')).notices as { kind: string; says: string }[])
/** Where the calendar itself holds a visit, and whose places it takes. */
const places = async (visit: string) => (await all.admin.query<{ state: string; from: string; people: number; rooms: number; patients: number }>(`select v.state, to_char(lower(v.during) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as from,
  (select count(*)::int from app.visit_person x where x.visit_id = v.visit_id and x.active) as people, (select count(*)::int from app.visit_room x where x.visit_id = v.visit_id and x.active) as rooms, (select count(*)::int from app.visit_patient x where x.visit_id = v.visit_id and x.active and x.during = v.during) as patients from app.visit v where v.visit_id = $1`, [visit])).rows[0]!

beforeAll(async () => {
  all = await world()
  const { home } = all
  mara = home.chart
  nora = await addChart(all.shell.database, home.owner, 'Nora Second', [{ person: home.thea, role: 'therapist' }], home.nora)
  await makeBookable(all, { charts: [mara, nora] })
  const { proposals } = await desk('plan', { params: { chart: mara }, body: { earliest: '2026-12-01' } })
  await done(desk('book', { params: { chart: mara }, body: { id: randomUUID(), device, visits: proposals[0].visits, why: 'as asked' } }))
}, 60_000)
afterAll(() => all.close())
beforeEach(() => setting({}))

describe('moved by herself', { timeout: 60_000 }, () => {
  test('in the calendar and on the chart, by her, in the audit, and those who come are told', async () => {
    const before = await find('integration', 6)
    const { how, noticeHours, slots: offered } = await slots(before.visit)
    expect([how, noticeHours, offered.length > 0]).toEqual(['themselves', 48, true])
    expect(offered.map(({ startsAt }: BookedVisit) => startsAt)).not.toContain(before.startsAt)
    const id = randomUUID()
    for (let times = 0; times < 2; times++) expect(await move(before.visit, offered[0].startsAt, { id })).toMatchObject({ status: 200, state: 'moved' })
    const after = await find('integration', 6)
    expect(after).toEqual({ ...offered[0], visit: before.visit })
    expect(after.people.map(({ person }) => person)).toEqual(before.people.map(({ person }) => person))
    expect(await places(before.visit)).toEqual({ state: 'booked', from: after.startsAt, people: before.people.length, rooms: before.room ? 1 : 0, patients: 1 })
    expect((await entries()).filter((entry) => entry.kind === 'visit-moved.v1')).toMatchObject([{ id, by: all.home.mara.person, body: { why: 'Moved by the patient.' } }])
    expect((await all.admin.query(`select from app.audit where action = 'visit.own-moved' and person_id = $1 and chart_id = $2 and outcome = 'done'`, [all.home.mara.person, mara])).rowCount).toBeGreaterThan(0)
    for (const who of [all.home.thea, all.home.cora]) expect((await notices(who)).filter(({ kind, says }) => kind === 'visits' && says.includes('moved Integration 6 from'))).toHaveLength(1)
  })
  test('only to where she may go now, whatever a page says', async () => {
    const { visit, startsAt } = await find('integration', 5)
    const night = `${startsAt.slice(0, 11)}09:00:00.000Z`
    expect(await move(visit, night)).toMatchObject({ status: 409, code: 'plan.clash' })
    expect((await find('integration', 5)).startsAt).toBe(startsAt)
  })
  test('a time that somebody took meanwhile is refused, nothing moves, and what is offered now does not hold it', async () => {
    const { visit, startsAt } = await find('follow-up', 2)
    const [first] = (await slots(visit)).slots
    await all.admin.query(`insert into app.visit (practice_id, visit_id, type, during, local_start, zone) values ($1, $2, 'intake', tstzrange($3, $4), 'x', 'UTC')`, [all.home.practice, nora, first.startsAt, first.endsAt])
    await all.admin.query(`insert into app.visit_person (practice_id, visit_id, person_id, role, during) values ($1, $2, $3, 'therapist', tstzrange($4, $5))`, [all.home.practice, nora, all.home.thea.person, first.startsAt, first.endsAt])
    expect(await move(visit, first.startsAt)).toMatchObject({ status: 409, code: 'plan.clash' })
    expect([(await find('follow-up', 2)).startsAt, (await places(visit)).from]).toEqual([startsAt, startsAt])
    expect((await slots(visit)).slots.map((slot: BookedVisit) => slot.startsAt)).not.toContain(first.startsAt)
  })
  test.each<[string, object, string]>([
    ['where the practice moves itself', { ownMoves: 'not' }, 'by-the-practice'], ['within the notice', { ownMoveNoticeHours: '336' }, 'too-late'],
  ])('not %s, and it says why', async (_, settings, why) => {
    await setting(settings)
    const { visit, startsAt } = await find('intake', 1)
    expect(await slots(visit)).toMatchObject({ how: 'not', why, slots: [] })
    expect(await move(visit, startsAt)).toMatchObject({ status: 409, code: 'visit.not-by-patient', list: [{ code: why }] })
  })
  test('by nobody but her, and not one of somebody else', async () => {
    const { visit, startsAt } = await find('integration', 5)
    for (const who of [all.home.cora, all.home.thea]) expect((await by(who, 'ownMove', { params: { chart: mara, visit }, body: { id: randomUUID(), device, startsAt } })).status).toBe(403)
    expect((await by(all.home.nora, 'ownMove', { params: { chart: mara, visit }, body: { id: randomUUID(), device, startsAt } })).status).toBe(404)
    expect((await by(all.home.nora, 'ownMove', { params: { chart: nora, visit }, body: { id: randomUUID(), device, startsAt } })).status).toBe(404)
  })
  test('the database itself lets her touch no visit but her own', async () => {
    const { visit } = await find('integration', 5)
    const touched = (who: TestPerson) => all.shell.database.inContext(who.token, { durable: false }, async ({ client }) => {
      const { rowCount } = await client.query(`update app.visit set online = online where visit_id = $1`, [visit])
      return rowCount
    })
    expect([await touched(all.home.mara), await touched(all.home.nora)]).toEqual([1, 0])
    await expect(all.shell.database.inContext(all.home.nora.token, { durable: false }, ({ client }) => client.query(`insert into app.visit_patient (practice_id, visit_id, chart_id, during) values ($1, $2, $3, tstzrange('2026-12-01', '2026-12-02'))`, [all.home.practice, visit, nora]))).rejects.toThrow()
  })
})

describe('asked for', { timeout: 60_000 }, () => {
  const wish = async (number: number) => {
    const before = await find('medicine', number)
    const { how, slots: offered } = await slots(before.visit)
    expect([how, offered.length > 0]).toEqual(['asked', true])
    expect(await move(before.visit, offered[0].startsAt, { words: 'My sister visits.' })).toMatchObject({ status: 200, state: 'asked' })
    return { before, to: offered[0] as BookedVisit }
  }
  const open = async () => (await desk('askedMoves', { params: { chart: mara } })).asked
  const answer = (asked: string, body: object) => desk('answerMove', { params: { chart: mara, asked }, body: { id: randomUUID(), device, ...body } })

  test('it stays where it is, the desk hears of it with what would change, and no is said with its reason', async () => {
    const { before, to } = await wish(6)
    expect([await find('medicine', 6), (await places(before.visit)).from]).toEqual([before, before.startsAt])
    expect((await notices(all.home.cora)).filter(({ kind }) => kind === 'move-asked')).toHaveLength(1)
    const [one] = await open()
    expect(one).toMatchObject({ words: 'My sister visits.', from: before, to: { startsAt: to.startsAt }, impossible: [] })
    expect(one.moves.map((each: { to: BookedVisit }) => each.to.startsAt)).toEqual([to.startsAt])
    expect((await answer(one.id, { answer: 'no', words: '' })).status).toBe(422)
    await done(answer(one.id, { answer: 'no', words: 'Nobody is there to watch over you.' }))
    expect(await answer(one.id, { answer: 'no', words: 'Once more.' })).toMatchObject({ status: 409, code: 'move.answered' })
    expect([await open(), await find('medicine', 6)]).toEqual([[], before])
    expect((await notices(all.home.cora)).filter(({ kind }) => kind === 'move-asked')).toHaveLength(0)
    expect((await by(all.home.mara, 'entries', { params: { chart: mara } })).entries.find(({ kind }: StoredEntry) => kind === 'move-answered.v1').body).toMatchObject({ answer: 'no', words: 'Nobody is there to watch over you.' })
  })
  test('yes moves it, in the calendar and on the chart, by whoever said so', async () => {
    const { before, to } = await wish(6)
    const [one] = await open()
    await done(answer(one.id, { answer: 'yes', moves: one.moves.map(({ to: there, why }: { to: BookedVisit; why: string }) => ({ id: randomUUID(), to: there, why })) }))
    expect([(await find('medicine', 6)).startsAt, (await places(before.visit)).from, await open()]).toEqual([to.startsAt, to.startsAt, []])
    expect((await entries()).findLast((entry) => entry.kind === 'visit-moved.v1')).toMatchObject({ by: all.home.cora.person })
  })
  test('nothing is left to answer once the visit was cancelled', async () => {
    const { before } = await wish(5)
    const [one] = await open()
    await done(cancel(before.visit))
    expect([await open(), (await answer(one.id, { answer: 'no', words: 'Cancelled.' })).code]).toEqual([[], 'move.answered'])
  })
})

/** Each round one of the two is first, and what the calendar holds is what the chart says. */
test('she moves it while the desk cancels it', { timeout: 120_000 }, async () => {
  const { visit: followUp, ...row } = await find('follow-up', 1)
  const other = (await slots(followUp)).slots[0].startsAt
  await done(cancel(followUp))
  const seen = new Set<string>()
  for (let round = 0; round < ROUNDS; round++) {
    const visit = randomUUID()
    await done(desk('book', { params: { chart: mara }, body: { id: randomUUID(), device, visits: [{ ...row, visit }], why: '' } }))
    const [moved, cancelled] = await Promise.all([move(visit, other), cancel(visit)])
    expect([moved.status, cancelled.status]).toEqual([expect.toSatisfy((status) => status === 200 || status === 404), 200])
    seen.add(String(moved.status))
    expect(await places(visit)).toEqual({ state: 'cancelled', from: moved.status === 200 ? other : row.startsAt, people: 0, rooms: 0, patients: 0 })
    expect((await standing()).some((one) => one.visit === visit)).toBe(false)
  }
  expect(seen.size).toBeGreaterThan(0)
})
const ROUNDS = Number(process.env['RACES'] ?? 25)
