import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { phq9Answers } from '../../core/measures/fixtures.ts'
import { plusDays, plusMinutes, type Instant } from '../../core/shared/time.ts'
import { ask, byAct, device, world, type World } from '../testing/world.ts'

let all: World
const BEGAN = '2026-08-03T17:00:00.000Z'
const day = (days: number) => plusDays(BEGAN, days)
const write = (at: Instant, kind: string, body: object, more: object = {}) => byAct(all.shell, all.home.thea, all.home.chart, kind, body, { at, writtenAt: at, ...more })
const answer = (at: Instant, total: number) => write(at, 'measure-answered.v1', { instrument: 'phq-9', version: '2026-1', language: 'en', answers: phq9Answers(total), answeredBy: 'patient' })
const seen = { propose: 'booster-review', because: ['relapse', 'warning-rise'] }
const decide = (who: World['home']['pia'], body: object) => ask(all, 'decideProposal', who.token, { params: { chart: all.home.chart }, body: { id: randomUUID(), device, code: '000000', decision: 'accepted', seen, reason: '', ...body } })

beforeAll(async () => {
  all = await world()
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

test('one signs: it stands with what it rested on, the desk is asked for a time by a day, and it is not proposed again', async () => {
  const answered = await decide(all.home.pia, { code: await all.codeOf(all.actors.find(({ says }) => says === 'prescriber on the team')!) })
  expect(answered.statusCode, answered.body).toBe(200)
  expect((answered.json() as { entry: { body: object } }).entry.body).toMatchObject({ decision: 'accepted', propose: 'booster-review', rows: ['relapse.phq-9', 'warning.phq-9', 'maintenance.phq-9'], signature: { name: 'Pia Sample', meaning: 'approval' }, place: { type: 'consult', from: '2026-11-22', to: '2026-12-06' } })
  const { rows } = await all.admin.query<{ who: string; says: string }>(`select p.given_name as who, n.says from app.notice n join app.person p using (practice_id, person_id) where n.kind = 'place'`)
  expect(rows).toEqual([{ who: 'Cora', says: 'Mara Sample: find a time for a consultation with the prescriber, by Sun, Dec 6.' }])
  const course = (await ask(all, 'course', all.home.cora.token, { params: { chart: all.home.chart } })).json() as { course: { steps: { id: string; state: string }[] } }
  expect(course.course.steps.find(({ id }) => id === 'place-review')).toMatchObject({ state: 'due' })
  expect(course.course.steps.some(({ id }) => id === 'maintenance')).toBe(false)
  expect((await decide(all.home.thea, {})).body).toContain('has changed since it was shown')
})

test('without a one-time code that works nothing is signed', async () => {
  await answer(day(60), 5)
  for (const [days, total] of [[70, 16], [76, 17]] as const) await answer(day(days), total)
  const before = (await all.admin.query(`select count(*)::int as n from app.entry where kind = 'proposal-decided.v1'`)).rows[0]
  expect((await decide(all.home.thea, {})).statusCode).not.toBe(200)
  expect((await all.admin.query(`select count(*)::int as n from app.entry where kind = 'proposal-decided.v1'`)).rows[0]).toEqual(before)
})
