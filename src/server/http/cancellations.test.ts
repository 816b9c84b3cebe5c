import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { StoredEntry } from '../../core/chart/entry.ts'
import type { RouteName } from '../../core/contract/contract.ts'
import type { TestPerson } from '../testing/practice.ts'
import { device, world, type Asked, type World, answered } from '../testing/world.ts'
import { bookVisits } from '../store/calendar.ts'
import { byAct } from '../testing/world.ts'

/** Visits that do not take place: who said so and why, what the practice's rule proposes, and that only a person charges. */
let all: World
beforeAll(async () => { all = await world() })
afterAll(() => all.close())
const by = (who: TestPerson, name: RouteName, asked: Asked = {}) => answered(all, name, who, asked)
const setting = (lateFee: unknown) => by(all.home.owner, 'keepPractice', { body: { name: 'Test practice', zone: 'America/Los_Angeles', settings: { lateFee } } })
beforeEach(() => setting({ freeUntilHours: 24, charges: { preparation: { cents: 5_000 }, medicine: { percent: 50 } } }))

let made = 0
/** Booked on the chart and in the calendar, so many hours from now. */
async function booked(hours: number, type = 'preparation'): Promise<string> {
  const visit = randomUUID()
  const from = Date.parse(all.shell.clock.now()) + hours * 3_600_000 + (made += 1) * 61_000
  const at = (minutes: number) => new Date(from + minutes * 60_000).toISOString()
  const one = { visit, type: type as 'preparation', number: made, startsAt: at(0), endsAt: at(1), localStart: '2026-12-01T09:00', zone: 'America/Los_Angeles', people: [{ person: all.home.thea.person, name: 'Thea', role: 'therapist' }], online: true }
  await all.shell.database.inContext(all.home.cora.token, { durable: false }, (context) => bookVisits(context, all.home.chart, [one], ({ endsAt }) => endsAt, all.shell.clock.now()))
  await byAct(all.shell, all.home.thea, all.home.chart, 'visits-booked.v1', { visits: [one], why: '' })
  return visit
}
const about = (visit: string) => ({ params: { chart: all.home.chart, visit } })
const cancel = (visit: string, told?: object, who = all.home.cora) => by(who, 'cancelVisit', { ...about(visit), body: { id: randomUUID(), device, why: 'The car broke down.', ...(told ? { told } : {}) } })
const fees = async () => by(all.home.cora, 'lateFees', { params: { chart: all.home.chart } })
const decide = (told: string, body: object, who = all.home.cora) => by(who, 'decideLateFee', { params: { chart: all.home.chart, told }, body: { id: randomUUID(), device, ...body } })
const charges = async () => (await all.admin.query<{ amount: number }>('select amount_cents::int as amount from app.charge where chart_id = $1 order by at', [all.home.chart])).rows.map(({ amount }) => amount)
const waiveAll = async () => { for (const { told } of (await fees()).open) await decide(told, { decision: 'waived', why: 'for the next test' }) }
const now = () => all.shell.clock.now()

test('cancelled late by the patient: a fee is proposed, nothing is charged before a person says so, and then once', async () => {
  const visit = await booked(3)
  expect((await cancel(visit, { reason: 'no-ride', by: 'patient', knownAt: now() })).status).toBe(200)
  const { open } = await fees()
  expect(open).toMatchObject([{ type: 'preparation', by: 'patient', reason: 'no-ride', outcome: 'cancelled', words: 'The car broke down.', amountCents: 5_000 }])
  expect(await charges()).toEqual([])
  expect(await decide(open[0].told, { decision: 'charged', amountCents: 9_000 })).toMatchObject({ status: 409, code: 'late-fee.moved-on' })
  const id = randomUUID()
  for (let times = 0; times < 2; times++) expect((await decide(open[0].told, { decision: 'charged', amountCents: 5_000, id })).status).toBe(200)
  expect(await decide(open[0].told, { decision: 'waived', why: 'after all' })).toMatchObject({ status: 409, code: 'late-fee.moved-on' })
  expect([await charges(), (await fees()).open, (await fees()).decided]).toMatchObject([[5_000], [], [{ decision: 'charged', amountCents: 5_000 }]])
})

test.each<[string, number, object | undefined]>([
  ['in time', 30, { reason: 'other', by: 'patient' }], ['by the practice', 3, { reason: 'practice', by: 'practice' }], ['for a clinical hold', 3, { reason: 'clinical-hold', by: 'practice' }], ['without a word of who and why', 3, undefined],
])('cancelled %s: nothing is proposed, and nothing can be charged', async (_, hours, told) => {
  const before = await charges()
  expect((await cancel(await booked(hours), told && { ...told, knownAt: now() })).status).toBe(200)
  expect((await fees()).open).toEqual([])
  const { rows } = await all.admin.query<{ id: string }>(`select id from app.entry where chart_id = $1 and kind = 'cancellation-told.v1' order by seq desc limit 1`, [all.home.chart])
  if (told) expect(await decide(rows[0]!.id, { decision: 'charged', amountCents: 5_000 })).toMatchObject({ status: 409 })
  expect(await charges()).toEqual(before)
})

test('two who charge at once charge once', async () => {
  await cancel(await booked(3), { reason: 'other', by: 'patient' })
  const [{ told }] = (await fees()).open
  const before = (await charges()).length
  const answers = await Promise.all([all.home.cora, all.home.owner, all.home.cora, all.home.owner].map((who) => decide(told, { decision: 'charged', amountCents: 5_000 }, who)))
  expect([answers.map(({ status }) => status).toSorted(), (await charges()).length]).toEqual([[200, 409, 409, 409], before + 1])
})

test('a share of a visit without a price is not known: it can be waived, with a reason, and not charged', async () => {
  await cancel(await booked(3, 'medicine'), { reason: 'weather', by: 'patient', knownAt: now() })
  const [row] = (await fees()).open
  expect(row).toMatchObject({ amountCents: null, says: expect.stringContaining('There is no price for medicine session') })
  expect((await decide(row.told, { decision: 'charged', amountCents: 1 })).status).toBe(409)
  expect((await decide(row.told, { decision: 'waived', why: '' })).status).toBe(422)
  expect((await decide(row.told, { decision: 'waived', why: 'It snowed.' })).status).toBe(200)
})

test('nobody came: only once it has begun, and then it can be planned again', async () => {
  const missed = (visit: string) => by(all.home.thea, 'noShow', { ...about(visit), body: { id: randomUUID(), device, words: 'Called twice.' } })
  expect(await missed(await booked(1))).toMatchObject({ status: 409, code: 'visit.not-begun' })
  const held = await booked(-3)
  await byAct(all.shell, all.home.thea, all.home.chart, 'visit-closed.v1', { visit: held, type: 'preparation', startedAt: now(), endedAt: now(), outcome: 'completed', covered: [], modalities: [], summary: '', carePlan: '' })
  expect(await missed(held)).toMatchObject({ status: 409, code: 'visit.took-place' })
  const visit = await booked(-2)
  expect((await missed(visit)).status).toBe(200)
  expect((await missed(visit)).status).toBe(404)
  expect((await fees()).open).toMatchObject([{ outcome: 'no-show', amountCents: 5_000, words: 'Called twice.' }])
  await waiveAll()
})

test('the patient cancels, and knew before what it may cost', async () => {
  const [late, early, over] = [await booked(5), await booked(50), await booked(-1)]
  const fee = (visit: string) => by(all.home.mara, 'ownFee', about(visit))
  expect(await fee(late)).toMatchObject({ applies: true, amountCents: 5_000 })
  expect(await fee(early)).toMatchObject({ applies: false, amountCents: null, freeUntil: expect.any(String) })
  const own = (visit: string, who = all.home.mara, reason = 'patient-ill') => by(who, 'ownCancel', { ...about(visit), body: { id: randomUUID(), device, reason } })
  expect((await own(late, all.home.mara, 'clinical-hold')).status).toBe(422)
  expect((await own(late, all.home.nora)).status).toBe(404)
  expect(await own(over)).toMatchObject({ status: 409, code: 'visit.not-by-patient' })
  for (const visit of [late, early]) expect((await own(visit)).status).toBe(200)
  expect((await fees()).open).toMatchObject([{ by: 'patient', reason: 'patient-ill', amountCents: 5_000 }])
  const { entries } = await by(all.home.thea, 'entries', { params: { chart: all.home.chart } })
  expect(entries.filter(({ kind, by: who }: StoredEntry) => kind === 'visit-cancelled.v1' && who === all.home.mara.person)).toHaveLength(2)
  const { rows } = await all.admin.query(`select v.state, (select count(*)::int from app.visit_person x where x.visit_id = v.visit_id and x.active) as people from app.visit v where v.visit_id = any($1)`, [[late, early]])
  expect(rows).toEqual([{ state: 'cancelled', people: 0 }, { state: 'cancelled', people: 0 }])
  expect((await by(all.home.thea, 'home')).notices.filter(({ says }: { says: string }) => says.includes('cancelled Preparation'))).toHaveLength(2)
  await waiveAll()
})

test('with no rule nothing is ever proposed; it was not known later than now; and money is not for those who treat', async () => {
  await setting(undefined)
  await cancel(await booked(1), { reason: 'other', by: 'patient', knownAt: now() })
  expect((await fees()).open).toEqual([])
  expect((await cancel(await booked(1), { reason: 'other', by: 'patient', knownAt: new Date(Date.parse(now()) + 3_600_000).toISOString() })).status).toBe(422)
  expect((await by(all.home.thea, 'lateFees', { params: { chart: all.home.chart } })).status).toBe(403)
})
