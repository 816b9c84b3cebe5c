import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RouteName } from '../../core/contract/contract.ts'
import type { InquiryRow } from '../../core/contract/running.ts'
import { plusMinutes } from '../../core/shared/time.ts'
import { device } from '../testing/practice.ts'
import { ask, byAct, inquiryOf, world, type Asked, type World } from '../testing/world.ts'
import { lookForFirstVisits } from './look-for-first-visits.ts'

/** It is Saturday 21 November; whoever wrote the day before is promised a first visit by Friday 27. */
const NOW = '2026-11-21T17:00:00.000Z'
const weekdays = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '09:00', to: '17:00' }))
let all: World
let inquiry: string
beforeAll(async () => {
  all = await world()
  await owner('keepRoom', { body: { id: randomUUID(), name: 'Cedar', features: [], dosing: false, planning: {} } })
})
afterAll(() => all.close())
beforeEach(async () => {
  all.shell.clock.set?.(NOW)
  await all.admin.query('delete from app.first_visit_told; delete from app.notice; delete from app.inquiry')
  await closedUntil(undefined)
  await keep({})
  inquiry = await inquiryOf(all, all.home.owner)
})

const by = async (token: string, name: RouteName, asked: Asked = {}) => {
  const answer = await ask(all, name, token, asked)
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json() as Record<string, any> // oxlint-disable-line typescript/no-explicit-any
}
const owner = (name: RouteName, asked: Asked = {}) => by(all.home.owner.token, name, asked)
const desk = (name: RouteName, asked: Asked = {}) => by(all.home.cora.token, name, asked)
async function keep(more: object) {
  const { name: _name, ...row } = (await owner('practice'))['staff'].find((each: { person: string }) => each.person === all.home.thea.person)
  await owner('keepStaff', { body: { ...row, accepting: true, capacity: 10, languages: [], online: false, inPerson: true, weekly: weekdays, exceptions: [], ...more } })
}
const closedUntil = (to: string | undefined) => all.admin.query(`update app.practice set settings = jsonb_build_object('closings', $2::jsonb) where practice_id = $1`, [all.home.practice, JSON.stringify(to ? [{ from: '2026-11-20', to, name: 'Painting' }] : [])])
const look = () => lookForFirstVisits(all.shell, all.home.practice)
const told = async () => (await all.admin.query<{ who: string; says: string }>(`select p.given_name as who, n.says from app.notice n join app.person p using (practice_id, person_id) where n.kind = 'first-visit' order by n.created_at, n.says`)).rows
const row = async () => (await desk('inquiries'))['inquiries'].find(({ id }: InquiryRow) => id === inquiry) as InquiryRow
const seen = () => all.shell.firstVisits.read(all.home.practice, all.shell.clock.now())

describe('an inquiry that can still be kept', () => {
  test('says the day, and nobody is told', async () => {
    expect(await look()).toBe(0)
    expect((await row()).outlook).toEqual({ state: 'in-time', on: '2026-11-23', gives: [], lookedAt: expect.stringMatching(/^2026-11-21T17:00/) })
    expect(await told()).toEqual([])
  })
  test('a stranger waits until Monday', async () => {
    await look()
    expect(seen()?.waits.get('solo-six')).toEqual({ state: 'looked', until: '2026-12-20', ways: [{ way: 'in-person', on: '2026-11-23' }] })
  })
})

describe('what is not known is never in time', () => {
  test('before anybody looked, and when it is a quarter of an hour old', async () => {
    all.shell.clock.set?.(plusMinutes(NOW, -600))
    expect((await row()).outlook).toEqual({ state: 'unknown', on: null, gives: [], lookedAt: null })
    all.shell.clock.set?.(NOW)
    await look()
    all.shell.clock.set?.(plusMinutes(NOW, 15))
    expect((await row()).outlook?.state).toBe('unknown')
    expect(seen()).toBeUndefined()
  })
  test('when they have named something else since', async () => {
    await look()
    const said = await desk('logCall', { params: { id: inquiry }, body: { startedAt: NOW, endedAt: null, answers: {}, outcome: null, note: '', preferences: { language: 'es' } } })
    expect(said['outlook'].state).toBe('unknown')
    await look()
    expect((await row()).outlook).toMatchObject({ state: 'none', gives: [{ what: 'language', on: '2026-11-23' }] })
  })
  test('when they wrote after it', async () => {
    await look()
    inquiry = await inquiryOf(all, all.home.owner)
    expect((await row()).outlook?.state).toBe('unknown')
  })
})

describe('an inquiry that cannot be kept', () => {
  test('is told to the desk once, again when it is worse, and anew after there was time again', async () => {
    await closedUntil('2026-11-29')
    expect([await look(), await look()]).toEqual([1, 0])
    expect((await row()).outlook).toMatchObject({ state: 'late', on: '2026-11-30' })
    const [first, ...more] = await told()
    expect([first?.who, more]).toEqual(['Cora', []])
    expect(first?.says).toMatch(/ waits for a first visit\. No time that fits is free by Fri, Nov 27\. The earliest is Mon, Nov 30\.$/)

    await closedUntil('2026-12-02')
    expect(await look(), 'three days later is the same week').toBe(0)
    await closedUntil('2026-12-08')
    expect(await look(), 'a week later').toBe(1)
    await closedUntil('2026-11-29')
    expect(await look(), 'better again').toBe(0)
    await closedUntil('2026-12-08')
    expect(await look(), 'as bad as it was').toBe(0)

    await closedUntil(undefined)
    expect(await look()).toBe(0)
    await closedUntil('2026-11-29')
    expect(await look(), 'lost once more').toBe(1)
    expect(await told()).toHaveLength(3)
  })
  test('is told when its day has passed', async () => {
    all.shell.clock.set?.('2026-11-28T17:00:00.000Z')
    expect([await look(), await look()]).toEqual([1, 0])
    expect((await told())[0]?.says).toContain('The promised day, Fri, Nov 27, has passed without a first visit. The earliest is Mon, Nov 30.')
  })
  test('is told by one of two that look at once', async () => {
    await closedUntil('2026-11-29')
    expect((await Promise.all([look(), look()])).toSorted()).toEqual([0, 1])
    expect(await told()).toHaveLength(1)
  })
  test('says why, as the planner does, to whoever asks', async () => {
    await closedUntil('2026-11-29')
    expect(await desk('whyNotInTime', { params: { id: inquiry } })).toEqual({ reasons: ['21', '22', '23', '24', '25', '26', '27'].map((day, i) => `The practice is closed on ${['Sat', 'Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri'][i]}, Nov ${day} (Painting).`) })
  })
  test('nobody takes new people: no stranger is promised anything, and it is said what would have to give', async () => {
    await keep({ accepting: false })
    expect(await look()).toBe(1)
    expect(seen()?.waits.get('solo-six')).toEqual({ state: 'nobody' })
    expect((await row()).outlook).toMatchObject({ state: 'none', on: null, gives: [{ what: 'who', on: '2026-11-23' }] })
    expect((await told())[0]?.says).toContain('Sooner: Mon, Nov 23, with somebody who takes nobody new at present, or has as many people as agreed.')
  })
  test.each(['closed', 'not-now'])('leaves the list of the desk once they do not wait any more: %s', async (how) => {
    await closedUntil('2026-11-29')
    await look()
    const notices = async () => (await desk('home'))['notices'].map(({ kind, inquiry: about }: { kind: string; inquiry: string }) => [kind, about])
    expect(await notices()).toEqual([['first-visit', inquiry]])
    if (how === 'closed') {
      await desk('closeInquiry', { params: { id: inquiry }, body: { why: 'went elsewhere' } })
      expect(await notices()).toEqual([])
    } else await desk('logCall', { params: { id: inquiry }, body: { startedAt: NOW, endedAt: NOW, answers: {}, outcome: 'not-now', note: '' } })
    expect((await row()).outlook).toBeNull()
    await all.admin.query('delete from app.notice; delete from app.first_visit_told')
    expect(await look()).toBe(0)
  })
})

describe('how often the promise was kept', () => {
  const counts = async () => { const { last, counts: of } = await owner('firstVisitsKept'); return [last, Object.fromEntries(of.filter(({ count }: { count: number }) => count > 0).map(({ what, count }: { what: string; count: number }) => [what, count]))] }
  test('counts only a visit of which something is written, and says what is missing', async () => {
    const [closed, matched] = [await inquiryOf(all, all.home.owner), await inquiryOf(all, all.home.owner)]
    await desk('closeInquiry', { params: { id: closed }, body: { why: 'went elsewhere' } })
    await all.admin.query(`update app.inquiry set state = 'matched', chart_id = $2 where inquiry_id = $1`, [matched, all.home.chart])
    const intake = { visit: randomUUID(), type: 'intake', number: 1, startsAt: '2026-11-24T17:00:00.000Z', endsAt: '2026-11-24T18:00:00.000Z', localStart: '2026-11-24T09:00', zone: 'America/Los_Angeles', people: [], online: true }
    await byAct(all.shell, all.home.thea, all.home.chart, 'visits-booked.v1', { visits: [intake], why: '' })
    expect(await counts()).toEqual([3, { within: 2, closed: 1 }])
    all.shell.clock.set?.('2026-11-28T17:00:00.000Z')
    expect(await counts()).toEqual([3, { 'not-yet': 1, unwritten: 1, closed: 1 }])
    const held = { id: randomUUID(), kind: 'visit-closed.v1', at: '2026-11-24T18:00:00.000Z', writtenAt: '2026-11-24T18:00:00.000Z', device, body: { visit: intake.visit, type: 'intake', startedAt: intake.startsAt, endedAt: intake.endsAt, outcome: 'completed', covered: [], modalities: [], summary: '', carePlan: '' } }
    expect((await ask(all, 'append', all.home.thea.token, { params: { chart: all.home.chart }, body: { entries: [held] } })).statusCode).toBe(201)
    expect(await counts()).toEqual([3, { kept: 1, 'not-yet': 1, closed: 1 }])
  })
})
