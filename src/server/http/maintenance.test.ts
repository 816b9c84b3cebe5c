import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readChart } from '../../core/chart/chart.ts'
import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import type { RouteName } from '../../core/contract/contract.ts'
import { standingVisits } from '../../core/measures/doses.ts'
import { phq9Answers } from '../../core/measures/fixtures.ts'
import { plusDays, plusMinutes, type Instant } from '../../core/shared/time.ts'
import { makeBookable } from '../testing/bookable.ts'
import { answered, ask, byAct, device, done, world, type Asked, type World } from '../testing/world.ts'

let all: World
const BEGAN = '2026-08-03T17:00:00.000Z'
const day = (days: number) => plusDays(BEGAN, days)
const write = (at: Instant, kind: string, body: object, more: object = {}) => byAct(all.shell, all.home.thea, all.home.chart, kind, body, { at, writtenAt: at, ...more })
const answer = (at: Instant, total: number) => write(at, 'measure-answered.v1', { instrument: 'phq-9', version: '2026-1', language: 'en', answers: phq9Answers(total), answeredBy: 'patient' })
const seen = { propose: 'booster-review', because: ['relapse', 'warning-rise'] }
const decide = (who: World['home']['pia'], body: object) => ask(all, 'decideProposal', who.token, { params: { chart: all.home.chart }, body: { id: randomUUID(), device, code: '000000', decision: 'accepted', seen, reason: '', ...body } })

beforeAll(async () => {
  all = await world()
  await makeBookable(all)
  await answer(day(-2), 20)
  for (let number = 0; number < 6; number += 1) {
    const [at, session] = [day(number * 4), randomUUID()]
    await write(at, 'session-started.v1', { protocol: 'solo-six', route: 'IM', order: randomUUID(), clearance: randomUUID(), consents: [randomUUID()], edition: '2026-11', number: number + 1, gates: [], people: [{ person: all.home.thea.person, name: 'Thea', role: 'therapist' }] }, { id: session })
    await write(plusMinutes(at, 5), 'dose-given.v1', { step: 1, doseUg: 50_000, route: 'IM', order: randomUUID(), prepared: randomUUID(), confirmed: randomUUID(), confirmedBy: all.home.thea.person, site: 'arm', selfAdministered: false }, { session })
    await write(plusMinutes(at, 180), 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, { session })
  }
  for (const [days, total] of [[27, 6], [40, 14], [46, 15]] as const) await answer(day(days), total)
}, 60_000)
afterAll(() => all.close())

test('who may not, who saw something else, and who gives no reason sign nothing', async () => {
  expect([(await decide(all.home.mona, {})).statusCode, (await decide(all.home.cora, {})).statusCode, (await decide(all.home.mara, {})).statusCode]).toEqual([403, 403, 403])
  const stale = await decide(all.home.pia, { seen: { propose: 'booster-review', because: ['relapse'] } })
  expect([stale.statusCode, stale.body]).toEqual([409, expect.stringContaining('has changed since it was shown')])
  expect((await decide(all.home.pia, { decision: 'declined' })).body).toContain('Declining needs a reason.')
})

test('one signs: it stands with what it rested on, a time is asked for by a day, and it is not proposed again', async () => {
  const answered = await decide(all.home.pia, { code: await all.codeOf(all.actors.find(({ says }) => says === 'prescriber on the team')!) })
  expect(answered.statusCode, answered.body).toBe(200)
  expect((answered.json() as { entry: { body: object } }).entry.body).toMatchObject({ decision: 'accepted', propose: 'booster-review', rows: ['relapse.phq-9', 'warning.phq-9', 'maintenance.phq-9'], signature: { name: 'Pia Sample', meaning: 'approval' }, place: { type: 'maintenance', from: '2026-11-22', to: '2026-12-06' } })
  const course = (await ask(all, 'course', all.home.cora.token, { params: { chart: all.home.chart } })).json() as { course: { steps: { id: string; state: string }[] } }
  expect(course.course.steps.find(({ id }) => id === 'place-review')).toMatchObject({ state: 'due', title: 'Find a time for a further session, talked over with the prescriber first' })
  expect(course.course.steps.some(({ id }) => id === 'maintenance')).toBe(false)
  expect((await decide(all.home.thea, {})).body).toContain('has changed since it was shown')
})

const by = (who: World['home']['pia'], name: RouteName, asked: Asked = {}) => answered(all, name, who, { params: { chart: all.home.chart }, ...asked })
const placing = (who = all.home.cora, body: object = {}) => by(who, 'planAccepted', { body })
const toBook = (visits: readonly BookedVisit[], more: object = {}) => ({ body: { id: randomUUID(), device, visits, ...more } })
const placeStep = async () => ((await by(all.home.cora, 'course')).course as { steps: { id: string }[] }).steps.some(({ id }) => id === 'place-review')
const standing = async () => standingVisits(readChart((await by(all.home.cora, 'entries')).entries as never)).filter(({ startsAt }) => startsAt > all.shell.clock.now())

test('what was accepted is placed whole by a person, asks again once it is cancelled, and can be moved as what it is', async () => {
  const { home } = all
  expect((await placing()).impossible).toEqual([{ code: 'consent', says: 'Consent to ketamine-assisted psychotherapy: it is not signed.' }])
  await byAct(all.shell, home.mara, home.chart, 'consent.v1', { form: 'treatment', version: '2026-11', language: 'en', textSha256: '0'.repeat(64), acknowledged: [], signature: { person: home.mara.person, name: 'Mara', meaning: 'consent', method: 'one-time-code', signedAt: day(100) } }, { at: day(100), writtenAt: day(100) })
  const found = await done(placing())
  expect([found.what, found.from, found.to, found.impossible]).toEqual(['maintenance', '2026-11-22', '2026-12-06', []])
  const visits = found.proposals[0].visits as BookedVisit[]
  // No clearance stands and no safety plan: whoever signs the one talks it over, and the other is made before.
  expect(visits.map(({ type, number }) => `${type} ${number}`).toSorted()).toEqual(['integration 7', 'maintenance 1', 'medical-clearance 2', 'preparation 4'])
  const session = visits.find(({ type }) => type === 'maintenance')!
  expect(session.people.map(({ role }) => role).toSorted()).toEqual(['monitor', 'prescriber on call', 'therapist'])

  const without = await by(home.cora, 'bookAccepted', toBook(visits.filter(({ type }) => type !== 'integration')))
  expect([without.status, JSON.stringify(without)]).toEqual([422, expect.stringContaining('planned 0 times')])
  const shifted = visits.map((visit) => (visit === session ? { ...visit, people: visit.people.filter(({ role }) => role !== 'monitor') } : visit))
  expect((await by(home.cora, 'bookAccepted', toBook(shifted))).status).toBe(422)
  expect([(await by(home.mona, 'bookAccepted', toBook(visits))).status, (await by(home.mara, 'bookAccepted', toBook(visits))).status, (await standing()).length]).toEqual([403, 403, 0])

  const both = await Promise.all([by(home.cora, 'bookAccepted', toBook(visits)), by(home.thea, 'bookAccepted', toBook((await done(placing(home.thea))).proposals[0].visits))])
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect([(await standing()).length, await placeStep(), (await placing()).status]).toEqual([4, false, 409])
  const { rows } = await all.admin.query<{ n: number }>(`select count(*)::int as n from app.visit where state = 'booked' and lower(during) > $1`, [all.shell.clock.now()])
  expect(rows[0]?.n).toBe(4)
  expect((await all.admin.query(`select from app.notice where person_id = $1 and says like '%what was accepted after the course is booked%'`, [home.pia.person])).rowCount).toBe(1)

  const after = (await standing()).find(({ type }) => type === 'integration')!
  const { moves, impossible } = await done(by(home.cora, 'proposeMove', { params: { chart: home.chart, visit: after.visit }, body: { wishes: { earliest: '2026-11-22' } } }))
  expect([impossible, (moves as { to: BookedVisit }[]).map(({ to }) => `${to.type} ${to.number}`)]).toEqual([[], ['integration 7']])
  await done(by(home.cora, 'move', { body: { device, moves: [{ id: randomUUID(), to: moves[0].to, why: 'asked' }] } }))
  const booked = (await standing()).find(({ type }) => type === 'maintenance')!
  const far = await by(home.cora, 'move', { body: { device, moves: [{ id: randomUUID(), to: { ...after, startsAt: plusDays(after.startsAt, 14), endsAt: plusDays(after.endsAt, 14), localStart: `${plusDays(after.startsAt, 14).slice(0, 10)}T${after.localStart.slice(11)}` }, why: 'later' }] } })
  expect([far.status, JSON.stringify(far)]).toEqual([422, expect.stringContaining('days after')])

  await done(by(home.cora, 'cancelVisit', { params: { chart: home.chart, visit: booked.visit }, body: { id: randomUUID(), device, why: 'ill' } }))
  expect(await placeStep()).toBe(true)
})

test('without a one-time code that works nothing is signed', async () => {
  await answer(day(60), 5)
  for (const [days, total] of [[70, 16], [76, 17]] as const) await answer(day(days), total)
  const before = (await all.admin.query(`select count(*)::int as n from app.entry where kind = 'proposal-decided.v1'`)).rows[0]
  expect((await decide(all.home.thea, {})).statusCode).not.toBe(200)
  expect((await all.admin.query(`select count(*)::int as n from app.entry where kind = 'proposal-decided.v1'`)).rows[0]).toEqual(before)
})
