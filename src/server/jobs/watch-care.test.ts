import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { phq9Answers } from '../../core/measures/fixtures.ts'
import { plusDays, plusMinutes, type Instant } from '../../core/shared/time.ts'
import { byAct, world, type World } from '../testing/world.ts'
import { watchCare } from './watch-care.ts'

let all: World
let time: Instant = ''
const clock = { now: () => time, set: (at: string) => { time = at } }
/** Nine in the morning in Los Angeles, on a Monday. */
const BEGAN = '2026-01-05T17:00:00.000Z'
const day = (days: number) => plusDays(BEGAN, days)
beforeEach(async () => { all = await world(); all.shell = { ...all.shell, clock }; clock.set(BEGAN) }, 60_000)
afterEach(() => all.close())

const write = (at: Instant, kind: string, body: object, more: object = {}) => byAct(all.shell, all.home.thea, all.home.chart, kind, body, { at, writtenAt: at, ...more })
const watch = async (now: Instant) => { clock.set(now); return watchCare(all.shell, all.home.practice) }
const told = async (open = true) => (await all.admin.query<{ who: string; says: string }>(`select p.given_name as who, n.says from app.notice n join app.person p using (practice_id, person_id) where n.kind = 'care' and (n.done_at is null or not $1) order by n.created_at, p.given_name`, [open])).rows.map(({ who, says }) => `${who}: ${says}`)
const integrations = async () => (await told()).filter((one) => one.includes('Integration'))
const answer = (at: Instant, total: number) => write(at, 'measure-answered.v1', { instrument: 'phq-9', version: '2026-1', language: 'en', answers: phq9Answers(total), answeredBy: 'patient' })
async function dose(at: Instant): Promise<string> {
  const session = randomUUID()
  await write(at, 'session-started.v1', { protocol: 'solo-six', route: 'IM', order: randomUUID(), clearance: randomUUID(), consents: [randomUUID()], edition: '2026-11', number: 1, gates: [], people: [{ person: all.home.thea.person, name: 'Thea', role: 'therapist' }] }, { id: session })
  await write(plusMinutes(at, 5), 'dose-given.v1', { step: 1, doseUg: 50_000, route: 'IM', order: randomUUID(), prepared: randomUUID(), confirmed: randomUUID(), confirmedBy: all.home.thea.person, site: 'arm', selfAdministered: false }, { session })
  await write(plusMinutes(at, 180), 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, { session })
  return session
}
const integrated = (at: Instant, session: string) => write(at, 'integration.v1', { session, startedAt: plusMinutes(at, -60), endedAt: at, themes: 'x', modalities: [], commitments: [], nextIntention: '' })

describe('an integration that nobody wrote', () => {
  test('names the therapist after 72 hours, once; then goes on; and ends with the integration', async () => {
    const session = await dose(day(0))
    await watch(day(1))
    await watch(plusMinutes(day(3), 4))
    expect(await integrations()).toEqual([])
    expect([await watch(plusMinutes(day(3), 60)), await watch(plusMinutes(day(3), 61))]).toEqual([1, 0])
    expect(await integrations()).toEqual(['Thea: Mara Sample: Integration 1 of 6: not done 72 hours after the session. It was to be done by Thu, Jan 8, 9:05 AM.'])
    expect(await watch(day(4)), 'the night looks again and tells nobody twice').toBe(0)
    await watch(day(6))
    expect((await integrations()).slice(1)).toEqual([expect.stringMatching(/^Dina: .*It was to be done by Thu, Jan 8 and nobody has\. See that somebody does\.$/), expect.stringMatching(/^Dirk: /)])
    await integrated(day(6), session)
    await watch(plusMinutes(day(6), 60))
    expect(await integrations()).toEqual([])
  })
  test('by two servers at one moment: told once', async () => {
    await dose(day(0))
    clock.set(day(4))
    expect((await Promise.all([watchCare(all.shell, all.home.practice), watchCare(all.shell, all.home.practice)])).reduce((sum, one) => sum + one, 0)).toBe(2)
    expect([(await integrations()).length, (await told()).length]).toEqual([1, 2])
  })
  test('with nobody on the team it is told to whoever answers for the practice', async () => {
    await dose(day(0))
    await all.admin.query('update app.care_team set until = $1 where role in ($2, $3)', [day(0), 'therapist', 'medical-director'])
    await watch(day(4))
    expect((await integrations()).map((one) => one.split(':')[0])).toEqual(['Dina', 'Dirk'])
  })
})

describe('nobody knows how somebody is', () => {
  const silent = async () => {
    const session = await dose(day(0))
    await integrated(day(1), session)
    await write(day(1), 'course-ended.v1', { reason: 'x' })
  }
  test('the therapist is named with by when, and a notice put away takes the task with it from no list', async () => {
    await silent()
    await watch(day(3))
    expect(await told()).toEqual([expect.stringMatching(/^Thea: Mara Sample: No answer to .*: call\. It was to be done by Wed, Jan 7, 9:05 AM\.$/)])
    await all.admin.query(`update app.notice set done_at = 'x' where kind = 'care'`)
    await watch(day(8))
    expect((await told()).some((one) => one.startsWith('Dina: ') && one.includes('nobody has'))).toBe(true)
  })
  test('whom the messages have told already is not told twice, and what went on without an answer still goes on', async () => {
    await silent()
    await all.admin.query(`insert into app.notice (practice_id, notice_id, person_id, chart_id, kind, says, created_at) values ($1, gen_random_uuid(), $2, $3, 'unanswered-questions', 'x', 'x')`, [all.home.practice, all.home.thea.person, all.home.chart])
    await watch(day(3))
    expect(await told()).toEqual([])
    await watch(day(8))
    expect((await told()).map((one) => one.split(':')[0])).toEqual(['Dina', 'Dirk'])
  })
})

test('a relapse is told on the look after the answer that makes it one, with by when to decide; a decision ends it', async () => {
  await answer(day(-2), 20)
  for (let number = 0; number < 6; number += 1) await integrated(day(number * 4 + 1), await dose(day(number * 4)))
  await answer(day(27), 6)
  await answer(day(40), 14)
  await watch(day(40))
  expect((await told()).filter((one) => one.includes('Review for a booster'))).toEqual([])
  await answer(day(46), 15)
  await watch(plusMinutes(day(46), 1))
  expect((await told()).filter((one) => one.includes('Review for a booster'))).toEqual([expect.stringMatching(/^Pia: Mara Sample: Review for a booster\. The response was lost.* By Sun, Feb 22, 9:00 AM\.$/)])
  await write(day(47), 'maintenance-decided.v1', { decision: 'booster-review', reason: 'x', proposal: '' })
  await watch(day(47))
  expect((await told()).filter((one) => one.includes('Review for a booster'))).toEqual([])
}, 30_000)

test('signs that a prescriber alone reads stay with somebody until they were looked at, and reach nobody else', async () => {
  const sign = (name: string, at: Instant) => write(at, 'misuse-sign.v1', { sign: name, seen: true, on: at.slice(0, 10), said: 'x' })
  const seen = async () => (await told()).filter((one) => one.includes('only a prescriber reads'))
  const first = await sign('misuse.early', day(0))
  await watch(day(1))
  expect(await seen()).toEqual([])
  const second = await sign('misuse.lost', day(1))
  await watch(plusMinutes(day(1), 1))
  expect(await seen()).toEqual([expect.stringMatching(/^Pia: Mara Sample: .* No medicine has been given here so far\. By Tue, Jan 13, 9:00 AM\.$/)])
  await all.admin.query(`update app.notice set done_at = 'x' where kind = 'care'`)
  await watch(day(11))
  expect((await seen()).map((one) => one.split(':')[0])).toEqual(['Dina', 'Dirk'])
  await byAct(all.shell, all.home.pia, all.home.chart, 'misuse-reviewed.v1', { read: [first, second], found: [], edition: 'x', reason: 'Talked it over with the person, nothing to act on.' }, { at: day(11), writtenAt: day(11) })
  await watch(plusMinutes(day(11), 1))
  expect(await seen()).toEqual([])
}, 30_000)
