import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RouteName } from '../../core/contract/contract.ts'
import type { PlannedPerson, PlanningRun, WaitingPerson } from '../../core/contract/joint.ts'
import { plusMinutes } from '../../core/shared/time.ts'
import type { PlanTogether } from '../planning/in-worker.ts'
import { togetherBy } from '../planning/joint.ts'
import { forgetRuns } from '../store/planning-runs.ts'
import { makeBookable } from '../testing/bookable.ts'
import { inThread } from '../testing/in-thread.ts'
import { addChart, draft, type TestPerson } from '../testing/practice.ts'
import { ask, byAct, world, type Asked, type World } from '../testing/world.ts'
import { asJob } from './job.ts'

/** A small clinic, three people who wait for a course, and one who cannot be planned yet. */
let all: World
let waiting: string[]
/** A planner that is held back until it is let go, for what happens meanwhile. */
let held: { readonly go: () => void; readonly stopped: () => boolean } | undefined

const by = async (who: TestPerson, name: RouteName, asked: Asked = {}) => {
  const answer = await ask(all, name, who.token, asked)
  return { status: answer.statusCode, ...(answer.json() as object) } as { status: number } & Record<string, any> // oxlint-disable-line typescript/no-explicit-any
}
const desk = (name: RouteName, asked: Asked = {}) => by(all.home.cora, name, asked)
const list = async () => (await desk('waitingList'))['people'] as WaitingPerson[]
const runNow = async () => (await desk('planningNow'))['run'] as PlanningRun | null
const begin = (charts = waiting, who = all.home.cora) => by(who, 'planTogether', { body: { charts, earliest: '2026-11-24' } })
const result = async (run: string) => (await desk('plannedTogether', { params: { run } })) as unknown as { run: PlanningRun; people: PlannedPerson[] }
const first = (one: PlannedPerson) => one.plan!.visits[0]!.visit
const book = (run: string, one: PlannedPerson, who = all.home.cora) => by(who, 'bookPlanned', { params: { chart: one.chart, run }, body: { id: randomUUID(), device: randomUUID(), first: first(one) } })
const booked = async (chart: string) => ((await desk('calendar', { query: { from: '2026-11-23', to: '2028-12-31' } }))['visits'] as { patients: { chart: string }[]; visit: string }[]).filter(({ patients }) => patients.some((one) => one.chart === chart)).map(({ visit }) => visit)
async function until(state: PlanningRun['state']): Promise<PlanningRun> {
  for (let tries = 0; tries < 400; tries += 1) {
    const run = await runNow()
    if (run?.state === state) return run
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`never ${state}: ${JSON.stringify(await runNow())}`)
}
const made = async () => { const { run } = await begin(); await until('done'); return result(run.run) }

const heldBack: PlanTogether = (people, tell) => {
  if (!held) return inThread(people, tell)
  let [stopped, go, refuse] = [false, () => {}, (_: Error) => {}]
  const gate = new Promise<void>((resolve, reject) => { go = resolve; refuse = reject })
  held = { go: () => go(), stopped: () => stopped }
  tell({ doing: 'alone', step: 1, of: people.length, placed: 0 })
  return { done: gate.then(() => inThread(people, tell).done), stop: () => { stopped = true; refuse(new Error('stopped')) } }
}
const holdBack = () => { held = { go: () => {}, stopped: () => false } }

beforeAll(async () => {
  all = await world()
  const { home } = all
  Object.assign(all.shell, { together: togetherBy(all.shell, heldBack) })
  const others = []
  for (const name of ['Nina Second', 'Olav Third']) others.push(await addChart(all.shell.database, home.owner, name, [{ person: home.thea, role: 'therapist' }]))
  waiting = [home.chart, ...others]
  await makeBookable(all, { charts: waiting })
}, 60_000)
beforeEach(() => { held = undefined })
afterAll(() => all.close())

describe('the waiting list', { timeout: 60_000 }, () => {
  test('names everybody whose course is not booked, whoever has waited longest first, with what keeps them and where it is mended', async () => {
    const people = await list()
    expect(people.map(({ waitedDays }) => waitedDays)).toEqual(people.map(({ waitedDays }) => waitedDays).toSorted((a, b) => b - a))
    expect(people.filter(({ blocked }) => blocked.length === 0).map(({ chart }) => chart).toSorted()).toEqual(waiting.toSorted())
    expect(people.find(({ chart }) => chart === waiting[0])).toMatchObject({ course: expect.any(String), left: expect.any(Number), therapist: 'Thea Sample', heldUntil: null })
    expect(people.find(({ chart }) => chart === all.otherChart)!.blocked.map(({ says, mend }) => [says, mend])).toEqual([['The birth date is not recorded, so nobody can say how old this person is.', 'chart'], ['No course has been chosen yet.', 'plan']])
  })
  test.each([
    ['who has died', (chart: string) => desk('append', { params: { chart }, body: { entries: [draft('demographics.v1', { givenName: 'G', familyName: 'F', birthDate: '1950-01-01', deceasedOn: '2026-11-01' })] } })],
    ['whose course was ended', (chart: string) => byAct(all.shell, all.home.thea, chart, 'course-ended.v1', { reason: 'Moved away.' })],
  ])('somebody %s waits for nothing', async (_, happens) => {
    const chart = await addChart(all.shell.database, all.home.owner, 'Gone Fourth', [{ person: all.home.thea, role: 'therapist' }])
    expect((await list()).some((one) => one.chart === chart)).toBe(true)
    await happens(chart)
    expect((await list()).some((one) => one.chart === chart)).toBe(false)
  })
  test('is for the desk', async () => {
    for (const who of [all.home.thea, all.home.pia, all.home.mara]) expect((await by(who, 'waitingList')).status).toBe(403)
  })
})

describe('one joint plan at a time', { timeout: 60_000 }, () => {
  test('a second asker sees the one that is being made, and begins none', async () => {
    holdBack()
    const one = await begin()
    expect(one).toMatchObject({ status: 200, begun: true, run: { state: 'running', by: 'Cora Sample', people: 3 } })
    const other = await begin([waiting[0]!], all.home.owner)
    expect(other).toMatchObject({ status: 200, begun: false, run: { run: one['run'].run, people: 3 } })
    held!.go()
    const { people } = await result((await until('done')).run)
    expect(people.map(({ plan, state }) => [plan !== null, state])).toEqual([[true, 'open'], [true, 'open'], [true, 'open']])
    expect(new Set(people.map(({ plan }) => `${plan!.visits[0]!.startsAt}`)).size).toBe(3)
  })
  test('of two who ask in one moment one begins', async () => {
    holdBack()
    const both = await Promise.all([begin(), begin(waiting, all.home.owner)])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    expect(both.map(({ begun }) => begun).toSorted()).toEqual([false, true])
    expect(both[0]!['run'].run).toBe(both[1]!['run'].run)
    await desk('stopPlanning', { params: { run: both[0]!['run'].run } })
  })
  test('one that is stopped ends, leaves no plan, and makes room for the next', async () => {
    holdBack()
    const { run: { run } } = await begin()
    expect((await desk('stopPlanning', { params: { run } })).status).toBe(200)
    expect(await runNow()).toMatchObject({ run, state: 'stopped' })
    expect(held!.stopped()).toBe(true)
    expect((await result(run)).people).toEqual([])
    held = undefined
    expect((await made()).people.length).toBe(3)
  })
  test('one whose server fell silent is lost, and said to be; the next one may begin', async () => {
    holdBack()
    const { run: { run } } = await begin()
    await all.admin.query(`update app.planning_run set heard_at = clock_timestamp() - interval '1 minute' where run_id = $1`, [run])
    expect(await runNow()).toMatchObject({ run, state: 'lost' })
    const late = held!
    held = undefined
    const { run: now, people } = await made()
    expect([now.run === run, people.length]).toEqual([false, 3])
    late.go()
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect((await result(now.run)).people).toEqual(people)
  })
  test('one that breaks off is said to have failed', async () => {
    const broken = togetherBy(all.shell, () => ({ done: Promise.reject(new Error('out of memory')), stop: () => {} }))
    const mine = all.shell.together
    Object.assign(all.shell, { together: broken })
    await begin()
    Object.assign(all.shell, { together: mine })
    expect(await until('failed')).toMatchObject({ endedAt: expect.any(String) })
  })
  test('nobody who can be planned is a refusal, and the plan there was stays', async () => {
    const { run } = await made()
    expect(await begin([all.otherChart])).toMatchObject({ status: 409, code: 'plan.refused' })
    expect((await runNow())!.run).toBe(run.run)
  })
})

describe('what was planned', { timeout: 60_000 }, () => {
  test('says beside each plan what they would have alone, and who has what of it', async () => {
    const { people } = await made()
    expect(people.every(({ alone }) => alone !== null)).toBe(true)
    const loser = people.find(({ because }) => because.length > 0)!
    expect(people.map(({ name }) => name)).toContain(loser.because[0]!.to)
    expect(loser.because[0]).toMatchObject({ what: expect.any(String), name: expect.stringMatching(/\w/), startsAt: expect.any(String) })
  })
  test('is booked one person after the other, is nobody’s twice, and what somebody took meanwhile is planned again beside the others', async () => {
    const { run: { run }, people: [one, two, three] } = await made()
    // Somebody books what was planned for the first one, for somebody else and past this plan.
    const quick = await addChart(all.shell.database, all.home.owner, 'Quick Fifth', [{ person: all.home.thea, role: 'therapist' }])
    await desk('append', { params: { chart: quick }, body: { entries: [draft('demographics.v1', { givenName: 'A', familyName: 'B', birthDate: '1986-03-14' })] } })
    await desk('chooseProtocol', { params: { chart: quick }, body: { id: randomUUID(), protocol: 'solo-six', device: randomUUID() } })
    const taken = one!.plan!.visits.map((visit) => ({ ...visit, visit: randomUUID() }))
    expect((await desk('book', { params: { chart: quick }, body: { id: randomUUID(), device: randomUUID(), visits: taken } })).status).toBe(200)

    expect(await book(run, two!)).toMatchObject({ status: 200, booked: two!.plan!.visits.length })
    expect(await book(run, two!, all.home.owner)).toMatchObject({ status: 200 })
    expect(await booked(two!.chart)).toHaveLength(two!.plan!.visits.length)
    expect(await book(run, one!)).toMatchObject({ status: 409, code: 'plan.clash' })
    expect(await booked(one!.chart)).toEqual([])

    const again = await desk('planAgain', { params: { chart: one!.chart, run } }) as unknown as PlannedPerson
    expect(again).toMatchObject({ state: 'open', replannedAt: expect.any(String) })
    expect(first(again)).not.toBe(first(one!))
    expect(await book(run, one!), 'the plan that was looked at is not the one that stands').toMatchObject({ status: 409, code: 'plan.clash', list: [{ code: 'replanned' }] })
    expect(await book(run, again)).toMatchObject({ status: 200 })
    expect(await book(run, three!), 'the new plan left the third one’s alone').toMatchObject({ status: 200 })
    expect((await result(run)).people.map(({ state }) => state)).toEqual(['booked', 'booked', 'booked'])
    for (const { chart } of [one!, two!, three!]) expect(new Set(await booked(chart)).size).toBe(again.plan!.visits.length)
    expect((await list()).some(({ chart }) => waiting.includes(chart))).toBe(false)
  })
  test('leaves an audit line of each act on each chart', async () => {
    const { rows } = await all.admin.query<{ chart: string; action: string }>(`select distinct chart_id as chart, action from app.audit where practice_id = $1 and outcome = 'done' and chart_id = any($2)`, [all.home.practice, waiting])
    for (const chart of waiting) expect(rows.filter((row) => row.chart === chart).map(({ action }) => action)).toEqual(expect.arrayContaining(['plan.proposed', 'plan.booked']))
  })
})

describe('times that are held', { timeout: 60_000 }, () => {
  let late: string[]
  beforeAll(async () => {
    late = []
    for (const name of ['Hal Sixth', 'Ida Seventh']) late.push(await addChart(all.shell.database, all.home.owner, name, [{ person: all.home.thea, role: 'therapist' }]))
    await makeBookable(all, { charts: late })
  })
  test('are held for one, listed with until when, and free for a plan again once they have lapsed', async () => {
    const { run: { run } } = await begin(late)
    await until('done')
    const { people: [one] } = await result(run)
    const answer = await desk('holdPlanned', { params: { chart: one!.chart, run }, body: { first: first(one!) } })
    expect(answer.status).toBe(200)
    expect((await result(run)).people.find(({ chart }) => chart === one!.chart)).toMatchObject({ state: 'held', heldUntil: answer['until'] })
    expect((await list()).find(({ chart }) => chart === one!.chart)!.blocked[0]!.says).toContain('Times are held')
    expect(await book(run, one!)).toMatchObject({ status: 200 })
    expect((await result(run)).people.find(({ chart }) => chart === one!.chart)!.state).toBe('booked')
  })
  test('and a joint plan is kept for a day, and then forgotten', async () => {
    const { run: { run } } = await begin((await list()).filter(({ blocked }) => blocked.length === 0).map(({ chart }) => chart))
    await until('done')
    const now = all.shell.clock.now()
    all.shell.clock.set!(plusMinutes(now, 24 * 60 + 1))
    expect([await runNow(), (await desk('plannedTogether', { params: { run } })).status]).toEqual([null, 404])
    await asJob(all.shell, all.home.practice, (client) => forgetRuns(client, all.home.practice, plusMinutes(all.shell.clock.now(), -24 * 60)))
    expect((await all.admin.query('select count(*)::int as n from app.planned_together where practice_id = $1', [all.home.practice])).rows).toEqual([{ n: 0 }])
    all.shell.clock.set!(now)
  })
})
