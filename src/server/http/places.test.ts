import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import type { Response, RouteName } from '../../core/contract/contract.ts'
import { makeBookable } from '../testing/bookable.ts'
import { addChart, type TestPerson } from '../testing/practice.ts'
import { ask, world, type Asked, type World } from '../testing/world.ts'

/** Where a booked visit could be carried to: what the answer calls a place can be booked, and what it refuses is refused. */
let all: World
let mara: string
const ZONE = 'America/Los_Angeles'
const [CEDAR, FERN] = [randomUUID(), randomUUID()]
type Places = Response<'places'>
type Shown = Response<'calendar'>['visits'][number]
const by = async <Answer = Record<string, never>>(who: TestPerson, name: RouteName, asked: Asked = {}) => {
  const answer = await ask(all, name, who.token, asked)
  return { status: answer.statusCode, ...(answer.json() as Answer) }
}
const done = async (answer: Promise<{ status: number }>) => { const { status, ...rest } = await answer; expect(status, JSON.stringify(rest)).toBeLessThan(300) }
const desk = <Answer>(name: RouteName, asked: Asked = {}) => by<Answer>(all.home.cora, name, asked)
const visits = async (): Promise<Shown[]> => (await desk<{ visits: Shown[] }>('calendar', { query: { from: '2026-11-21', to: '2027-12-30' } })).visits.filter(({ patients }) => patients[0]?.chart === mara)
const booked = async (type: string, number: number) => (await visits()).find((one) => one.type === type && one.number === number)!
const places = async (visit: string, from: string, to = from) => desk<Places>('places', { params: { chart: mara, visit }, query: { from, to } })
const carried = ({ takes: _takes, patients: _patients, heldUntil: _heldUntil, ...visit }: Shown, to: Partial<BookedVisit>): BookedVisit => ({ ...visit, ...to })
const move = (...to: BookedVisit[]) => desk<{ code?: string }>('move', { params: { chart: mara }, body: { device: randomUUID(), moves: to.map((one) => ({ id: randomUUID(), to: one, why: 'as asked' })) } })
const dayOf = ({ localStart }: { localStart: string }) => localStart.slice(0, 10)
/** The same visit at another quarter of an hour of its day. */
const at = (visit: Shown, clock: string): BookedVisit => {
  const byMs = (Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)) - Number(visit.localStart.slice(11, 13)) * 60 - Number(visit.localStart.slice(14))) * 60_000
  const shifted = (moment: string) => new Date(Date.parse(moment) + byMs).toISOString()
  return carried(visit, { localStart: `${dayOf(visit)}T${clock}`, startsAt: shifted(visit.startsAt), endsAt: shifted(visit.endsAt) })
}

beforeAll(async () => {
  all = await world()
  const { home } = all
  mara = home.chart
  await makeBookable(all, { rooms: [{ id: CEDAR, name: 'Cedar' }, { id: FERN, name: 'Fern' }] })
  const { proposals } = await desk<Response<'plan'>>('plan', { params: { chart: mara }, body: { earliest: '2026-11-24' } })
  await done(desk('book', { params: { chart: mara }, body: { id: randomUUID(), device: randomUUID(), visits: proposals[0]!.visits, why: 'as asked' } }))
}, 60_000)
afterAll(() => all.close())

describe('where a booked visit could go', { timeout: 60_000 }, () => {
  test('every place on its own day can be booked, in each room, and every other start is refused', async () => {
    const visit = await booked('preparation', 2)
    const { days: [day] } = await places(visit.visit, dayOf(visit))
    const alone = day!.free.filter((one) => one.alone)
    expect(alone.length).toBeGreaterThan(20)
    expect(new Set(alone.map(({ room }) => room?.id))).toEqual(new Set([CEDAR, FERN]))
    for (const to of alone.filter((_, i) => i % 7 === 0)) {
      const { alone: _alone, ...place } = to
      expect(await move(carried(visit, place)), `${to.localStart} ${to.room?.name}`).toMatchObject({ status: 200 })
      expect(await booked('preparation', 2)).toMatchObject({ localStart: to.localStart, room: to.room })
    }
    for (const { from, says } of day!.refused) {
      expect(says.length, from).toBeGreaterThan(0)
      expect((await move(at(visit, from))).status, `${from}: ${says.join(' ')}`).toBe(422)
    }
    await done(move(carried(visit, {})))
  })
  test('where others have to change, the repair says which, in the room that was asked for', async () => {
    const visit = await booked('medicine', 3)
    const next = new Date(Date.parse(`${dayOf(visit)}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
    const { days: [day] } = await places(visit.visit, next)
    const to = day!.free.find((one) => !one.alone && one.room?.id === FERN)!
    expect(day!.free.some((one) => one.alone)).toBe(false)
    const { moves } = await desk<Response<'proposeMove'>>('proposeMove', { params: { chart: mara, visit: visit.visit }, body: { to: { localStart: to.localStart, zone: ZONE }, room: FERN, wishes: { earliest: '2026-11-24' } } })
    expect(moves.find((one) => one.to.visit === visit.visit)?.to).toMatchObject({ localStart: to.localStart, room: { id: FERN } })
    expect(moves.length).toBeGreaterThan(1)
    expect(moves.every(({ why }) => why.length > 0)).toBe(true)
  })
  test('a room that somebody else has taken is no place, and said so', async () => {
    const visit = await booked('medicine', 3)
    const start = (clock: string, to: Places) => to.days[0]!.free.filter(({ localStart }) => localStart.endsWith(clock)).map(({ room }) => room?.name).toSorted()
    const clock = visit.localStart.slice(11)
    expect(start(clock, await places(visit.visit, dayOf(visit)))).toEqual(['Cedar', 'Fern'])
    const other = randomUUID()
    const rival = await addChart(all.shell.database, all.home.owner, 'Olive Third', [{ person: all.home.thea, role: 'therapist' }])
    await all.admin.query(`insert into app.visit (practice_id, visit_id, type, during, local_start, zone) values ($1, $2, 'integration', tstzrange($3, $4), $5, $6)`, [all.home.practice, other, visit.startsAt, visit.endsAt, visit.localStart, ZONE])
    await all.admin.query(`insert into app.visit_patient (practice_id, visit_id, chart_id, during) values ($1, $2, $3, tstzrange($4, $5))`, [all.home.practice, other, rival, visit.startsAt, visit.endsAt])
    await all.admin.query(`insert into app.visit_room (practice_id, visit_id, room_id, during) values ($1, $2, $3, tstzrange($4, $5))`, [all.home.practice, other, FERN, visit.startsAt, visit.endsAt])
    expect(start(clock, await places(visit.visit, dayOf(visit)))).toEqual(['Cedar'])
  })
  test('the calendar says for how long people and rooms are taken, and not only how long the visit is', async () => {
    const visit = await booked('medicine', 1)
    const room = visit.takes.find(({ id }) => id === visit.room!.id)!
    expect([room.startsAt, Date.parse(room.endsAt) - Date.parse(visit.endsAt)]).toEqual([visit.startsAt, 30 * 60_000])
    expect(visit.takes.map(({ id }) => id).toSorted()).toEqual([visit.room!.id, ...visit.people.map(({ person }) => person)].toSorted())
  })
  test('a question about more than a fortnight, or backwards, is refused', async () => {
    const { visit } = await booked('medicine', 3)
    expect((await places(visit, '2026-12-01', '2026-12-15')).status).toBe(422)
    expect((await places(visit, '2026-12-02', '2026-12-01')).status).toBe(422)
  })
  test('on a day on which a visit is still to come, the others can be moved all the same', async () => {
    const [first, second] = [await booked('preparation', 1), await booked('preparation', 2)]
    const before = all.shell.clock.now()
    all.shell.clock.set!(new Date(Date.parse(first.startsAt) - 3_600_000).toISOString())
    try {
      const { days: [day], impossible } = await places(second.visit, dayOf(second))
      expect(impossible).toEqual([])
      const { alone: _alone, ...place } = day!.free.findLast((one) => one.alone && one.localStart !== second.localStart)!
      const { moves } = await desk<Response<'proposeMove'>>('proposeMove', { params: { chart: mara, visit: second.visit }, body: { to: { localStart: place.localStart, zone: ZONE }, wishes: { earliest: '2026-11-24' } } })
      expect(moves.map(({ to }) => to.localStart)).toEqual([place.localStart])
      expect(await move(carried(second, place))).toMatchObject({ status: 200 })
    } finally {
      all.shell.clock.set!(before)
    }
  })
})
