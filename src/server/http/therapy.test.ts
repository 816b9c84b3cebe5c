import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readChart } from '../../core/chart/chart.ts'
import type { StoredEntry } from '../../core/chart/entry.ts'
import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import type { RouteName } from '../../core/contract/contract.ts'
import { standingVisits } from '../../core/measures/doses.ts'
import { therapySeries } from '../../core/scheduling/series-on-chart.ts'
import { plusDaysOf } from '../../core/shared/local-day.ts'
import { therapyRows } from '../../knowledge/therapy.ts'
import { readAnswer, renderAnswer } from '../../web/site/render.tsx'
import { continueTherapy } from '../jobs/continue-therapy.ts'
import { remind } from '../jobs/remind.ts'
import { tellChanges } from '../jobs/tell-changes.ts'
import { makeBookable } from '../testing/bookable.ts'
import { addChart, draft, type TestPerson } from '../testing/practice.ts'
import { device, world, type Asked, type World, answered, done } from '../testing/world.ts'
import { createApp } from './app.ts'
import type { Site } from './shell.ts'

/** Therapy that comes back: booked whole, changed from one visit on, ended, booked on by itself, and never anybody's double booking. */
let all: World
let mara: string
let nora: string
const by = (who: TestPerson, name: RouteName, asked: Asked = {}) => answered(all, name, who, asked)
const entries = async (chart: string) => (await by(all.home.thea, 'entries', { params: { chart } })).entries as StoredEntry[]
const read = async (chart: string) => readChart(await entries(chart) as never)
const hoursOf = async (chart: string) => standingVisits(await read(chart)).filter(({ type }) => type === 'therapy')
const rule = (more: object = {}) => ({ everyWeeks: 1, weekday: 2, at: '14:00', lengthMin: 50, zone: 'America/Los_Angeles', therapist: { person: all.home.thea.person, name: 'Thea' }, online: true, roomFeatures: [], from: '2026-12-01', visits: 4, pauses: [], ...more })
const plan = (chart: string, more: object = {}, who = all.home.thea) => by(who, 'planTherapy', { params: { chart }, body: { rule: rule(more) } })
const book = async (chart: string, more: object = {}, who = all.home.thea, id = randomUUID()) => {
  const { hours, plannedTo } = await plan(chart, more, who)
  return by(who, 'bookTherapy', { params: { chart }, body: { id, device, rule: rule(more), visits: (hours as { placed: BookedVisit | null }[]).flatMap(({ placed }) => placed ?? []), plannedTo } })
}
const series = async (chart: string) => therapySeries(await read(chart), all.shell.clock.now())
/** `THERAPY_RACES=50` for as many as one has time for. */
const RACES = Number(process.env['THERAPY_RACES'] ?? 12)
/** What the calendar itself says stands twice: a person, a room or a patient. */
const doubled = async () => Number((await all.admin.query<{ count: string }>(`select count(*) from (
  select 1 from app.visit_person a join app.visit_person b on a.practice_id = b.practice_id and a.person_id = b.person_id and a.lane = b.lane and a.visit_id < b.visit_id and a.active and b.active and a.during && b.during
  union all select 1 from app.visit_patient a join app.visit_patient b on a.practice_id = b.practice_id and a.chart_id = b.chart_id and a.visit_id < b.visit_id and a.active and b.active and a.during && b.during) x`)).rows[0]!.count)
const chartOf = (name: string) => addChart(all.shell.database, all.home.owner, name, [{ person: all.home.thea, role: 'therapist' }])

beforeAll(async () => {
  all = await world()
  const site = { renderAnswer, readAnswer, renderSite: () => ({ status: 404, html: '' }), readInquiry: () => ({ ok: false, refusal: 'trap' }) } as unknown as Site
  await all.app.close()
  all = { ...all, shell: { ...all.shell, site } as World['shell'] }
  all = { ...all, app: await createApp(all.shell) }
  mara = all.home.chart
  nora = await addChart(all.shell.database, all.home.owner, 'Nora Second', [{ person: all.home.thea, role: 'therapist' }], all.home.nora)
  await makeBookable(all, { charts: [mara, nora] })
}, 60_000)
afterAll(() => all.close())

describe('booked whole', { timeout: 60_000 }, () => {
  test('by the therapist, in one act: on the chart, in the calendar, with the audit, and once only', async () => {
    const chart = await chartOf('Wanda Whole')
    const id = randomUUID()
    expect((await book(chart, {}, all.home.thea, id)).booked).toBe(4)
    expect((await hoursOf(chart)).map(({ localStart, number, online }) => [localStart, number, online])).toEqual([['2026-12-01T14:00', 1, true], ['2026-12-08T14:00', 2, true], ['2026-12-15T14:00', 3, true], ['2026-12-22T14:00', 4, true]])
    expect((await series(chart))[0]).toMatchObject({ series: expect.any(String), open: false, plannedTo: '2026-12-22', visits: [{}, {}, {}, {}] })
    await by(all.home.thea, 'bookTherapy', { params: { chart }, body: { id, device, rule: rule(), visits: await hoursOf(chart), plannedTo: '2026-12-22' } })
    expect(await hoursOf(chart)).toHaveLength(4)
    const { rows } = await all.admin.query(`select 1 from app.audit where chart_id = $1 and action = 'therapy.booked'`, [chart])
    expect(rows.length).toBeGreaterThan(0)
    await done(by(all.home.thea, 'stopTherapy', { params: { chart, series: (await series(chart))[0]!.series }, body: { id: randomUUID(), device, how: { stops: 'ends', from: { visit: (await hoursOf(chart))[0]!.visit, scope: 'all' } }, why: 'Made for a test.', told: { by: 'practice', reason: 'practice' } } }))
  })

  test('an hour that somebody has is not placed, with its reason and other times; the rest is booked without it', async () => {
    const first = await chartOf('Fay First')
    const second = await chartOf('Sid Second')
    expect((await book(first, { visits: 1, from: '2026-12-08', at: '11:00' })).booked).toBe(1)
    const { hours } = await plan(second, { at: '11:00' })
    expect(hours.map(({ placed, reasons }: { placed: unknown; reasons: { says: string }[] }) => (placed ? 'placed' : reasons[0]!.says))).toEqual(['placed', 'Thea Sample is not free from 11:00 AM to 11:50 AM on Tue, Dec 8.', 'placed', 'placed'])
    expect(hours[1].nearest.length).toBeGreaterThan(0)
    const chosen = [hours[0].placed, hours[1].nearest[0], hours[2].placed]
    expect((await by(all.home.thea, 'bookTherapy', { params: { chart: second }, body: { id: randomUUID(), device, rule: rule({ at: '11:00' }), visits: chosen, plannedTo: '2026-12-22' } })).booked).toBe(3)
    expect((await hoursOf(second)).map(({ startsAt }) => startsAt)).toEqual(chosen.map(({ startsAt }: BookedVisit) => startsAt))
    expect(await doubled()).toBe(0)
  })

  test('online, for somebody who sits in a state where the therapist is not licensed: no hour is placed, and none is booked', async () => {
    const chart = await chartOf('Ora Oregon')
    const before = await plan(chart, { at: '12:00' })
    await done(by(all.home.cora, 'append', { params: { chart }, body: { entries: [draft('sits-in.v1', { state: 'OR', via: 'desk' })] } }))
    const { hours } = await plan(chart, { at: '12:00' })
    expect(hours.map(({ placed, reasons }: { placed: unknown; reasons: { says: string }[] }) => [placed, /licensed in Oregon/.test(reasons[0]?.says ?? '')])).toEqual(Array.from({ length: 4 }, () => [null, true]))
    const visits = before.hours.map(({ placed }: { placed: BookedVisit }) => placed)
    expect(await by(all.home.thea, 'bookTherapy', { params: { chart }, body: { id: randomUUID(), device, rule: rule({ at: '12:00' }), visits, plannedTo: '2026-12-22' } })).toMatchObject({ status: 422, code: 'plan.violates' })
  })

  test('refused: somebody off the team, another time than the rule allows, somebody else’s hour, and somebody who has died', async () => {
    const chart = await chartOf('Rita Refused')
    expect((await by(all.home.tomas, 'planTherapy', { params: { chart }, body: { rule: rule() } })).status).toBeGreaterThanOrEqual(403)
    const { hours } = await plan(chart, { visits: 1, at: '10:00', from: '2026-12-09' })
    const night = { ...hours[0].placed, localStart: '2026-12-15T03:00', startsAt: '2026-12-15T11:00:00.000Z', endsAt: '2026-12-15T11:50:00.000Z' }
    const body = (visits: unknown[]) => ({ id: randomUUID(), device, rule: rule(), visits, plannedTo: '2026-12-22' })
    expect(await by(all.home.thea, 'bookTherapy', { params: { chart }, body: body([night]) })).toMatchObject({ status: 422, code: 'plan.violates' })
    expect((await by(all.home.thea, 'bookTherapy', { params: { chart }, body: body([{ ...hours[0].placed, type: 'medicine' }]) })).code).toBe('request.malformed')
    expect(await hoursOf(chart)).toEqual([])
    await done(by(all.home.cora, 'append', { params: { chart }, body: { entries: [draft('demographics.v1', { givenName: 'A', familyName: 'B', birthDate: '1950-03-14', deceasedOn: '2026-11-01' })] } }))
    expect((await plan(chart)).code).toBe('plan.refused')
  })

  test('two series at once for the same hours, again and again: one of each two is booked whole, the other not at all, and nothing stands twice', async () => {
    const [one, two] = [await chartOf('Ulla One'), await chartOf('Udo Two')]
    const [mine, theirs] = await Promise.all([plan(one, { visits: 3, at: '09:00', weekday: 4 }), plan(two, { visits: 3, at: '09:00', weekday: 4 })])
    const act = (chart: string, hours: { placed: BookedVisit }[], who: TestPerson) => by(who, 'bookTherapy', { params: { chart }, body: { id: randomUUID(), device, rule: rule({ visits: 3, at: '09:00', weekday: 4 }), visits: hours.map(({ placed }) => ({ ...placed, visit: randomUUID() })), plannedTo: '2026-12-22' } })
    let both = 0
    for (let round = 0; round < RACES; round += 1) {
      const answers = await Promise.all([act(one, mine.hours, all.home.thea), act(two, theirs.hours, all.home.cora)])
      const won = answers.filter(({ status }) => status < 300)
      expect(won, JSON.stringify(answers.map(({ code, status }) => code ?? status))).toHaveLength(1)
      expect(answers.find(({ status }) => status >= 300)!.code).toBe('plan.clash')
      expect([(await hoursOf(one)).length, (await hoursOf(two)).length].toSorted()).toEqual([0, 3])
      expect(await doubled()).toBe(0)
      both += won.length
      const chart = (await hoursOf(one)).length > 0 ? one : two
      const last = (await series(chart)).at(-1)!
      await done(by(all.home.thea, 'stopTherapy', { params: { chart, series: last.series }, body: { id: randomUUID(), device, how: { stops: 'ends', from: { visit: last.visits[0]!.visit, scope: 'all' } }, why: 'Again.', told: { by: 'practice', reason: 'practice' } } }))
    }
    expect(both).toBe(RACES)
  })
})

describe('changed, paused, ended', { timeout: 60_000 }, () => {
  test('this and all that follow go to another hour: one message, the rule with it, and the first stays', async () => {
    await done(book(mara, { at: '15:00' }))
    const before = await hoursOf(mara)
    const { series: id } = (await series(mara))[0]!
    const from = { visit: before[1]!.visit, scope: 'following' as const }
    const { everyWeeks: _e, ...to } = rule()
    const change = await done(by(all.home.cora, 'planTherapyChange', { params: { chart: mara, series: id }, body: { from, rule: { everyWeeks: 1, weekday: 3, at: '16:00', lengthMin: 50, online: true, roomFeatures: [], therapist: to.therapist } } }))
    expect(change['hours'].map(({ placed, was }: { placed: BookedVisit; was: BookedVisit }) => [was.localStart, placed.localStart, placed.visit === was.visit && placed.number === was.number])).toEqual([['2026-12-08T15:00', '2026-12-09T16:00', true], ['2026-12-15T15:00', '2026-12-16T16:00', true], ['2026-12-22T15:00', '2026-12-23T16:00', true]])
    const moves = change['hours'].map(({ placed }: { placed: BookedVisit }) => ({ to: placed, why: 'Another afternoon.' }))
    await done(by(all.home.cora, 'changeTherapy', { params: { chart: mara, series: id }, body: { id: randomUUID(), device, from, rule: change['rule'], moves, cancel: [], book: [], plannedTo: change['plannedTo'] } }))
    expect((await hoursOf(mara)).map(({ localStart }) => localStart)).toEqual(['2026-12-01T15:00', '2026-12-09T16:00', '2026-12-16T16:00', '2026-12-23T16:00'])
    expect((await series(mara))[0]!.rule).toMatchObject({ weekday: 3, at: '16:00', from: '2026-12-09' })
    const told = (await read(mara)).all('change-told.v1')
    expect(told.map(({ body }) => [body.way, body.changes.length])).toEqual([['moved', 3]])
    await tellChanges({ ...all.shell, texts: true }, all.home.practice)
    const { rows } = await all.admin.query(`select 1 from app.reminder where chart_id = $1 and step like 'change%'`, [mara])
    expect(rows).toHaveLength(1)
    expect(await doubled()).toBe(0)
  })

  test('one hour alone is moved and cancelled as any visit is, and stays in its series', async () => {
    const [, second] = await hoursOf(mara)
    const proposed = await done(by(all.home.cora, 'proposeMove', { params: { chart: mara, visit: second!.visit }, body: { to: { localStart: '2026-12-10T10:00', zone: 'America/Los_Angeles' }, wishes: { earliest: '2026-11-22' } } }))
    expect(proposed['moves']).toHaveLength(1)
    expect(proposed['moves'][0].to).toMatchObject({ visit: second!.visit, number: second!.number, localStart: '2026-12-10T10:00' })
    await done(by(all.home.cora, 'move', { params: { chart: mara }, body: { device, moves: [{ id: randomUUID(), to: proposed['moves'][0].to, why: 'Asked for.' }] } }))
    expect((await series(mara))[0]!.visits.map(({ localStart }) => localStart)).toEqual(['2026-12-01T15:00', '2026-12-10T10:00', '2026-12-16T16:00', '2026-12-23T16:00'])
    const days = await done(by(all.home.cora, 'places', { params: { chart: mara, visit: second!.visit }, query: { from: '2026-12-11', to: '2026-12-11' } }))
    expect(days['days'][0].free.length).toBeGreaterThan(0)
    const impossible = await done(by(all.home.cora, 'proposeMove', { params: { chart: mara, visit: second!.visit }, body: { to: { localStart: '2026-12-12T10:00', zone: 'America/Los_Angeles' }, wishes: { earliest: '2026-11-22' } } }))
    expect(impossible['impossible'][0].says).toContain('does not work on a Sat')
  })

  test('the patient moves one by herself, and ends what follows: nobody else may', async () => {
    const offered = await by(all.home.mara, 'ownSlots', { params: { chart: mara, visit: (await hoursOf(mara))[2]!.visit } })
    expect(offered['how']).toBe('themselves')
    expect(offered['slots'].length).toBeGreaterThan(0)
    const third = (await hoursOf(mara))[2]!
    // Closed for five weeks around it: then it is looked for farther off.
    const close = (closings: readonly unknown[]) => all.admin.query(`update app.practice set settings = settings || jsonb_build_object('closings', $2::jsonb) where practice_id = $1`, [all.home.practice, JSON.stringify(closings)])
    const to = plusDaysOf(third.localStart.slice(0, 10), 20)
    await close([{ from: '2026-11-22', to, name: 'Rebuilding' }])
    const farther: { localStart: string }[] = (await by(all.home.mara, 'ownSlots', { params: { chart: mara, visit: third.visit } }))['slots']
    await close([])
    expect(farther.length).toBeGreaterThan(0)
    expect(farther.filter(({ localStart }) => localStart.slice(0, 10) <= to)).toEqual([])
    expect(await done(by(all.home.mara, 'ownMove', { params: { chart: mara, visit: third.visit }, body: { id: randomUUID(), device, startsAt: offered['slots'][0].startsAt } }))).toEqual({ state: 'moved' })
    const { series: id, visits } = (await series(mara))[0]!
    const stop = { params: { chart: mara, series: id }, body: { id: randomUUID(), device, from: { visit: visits[1]!.visit, scope: 'following' }, reason: 'other' } }
    expect((await by(all.home.nora, 'ownStopTherapy', stop)).status).toBeGreaterThanOrEqual(403)
    expect(await done(by(all.home.mara, 'ownStopTherapy', stop))).toEqual({ cancelled: 3 })
    expect((await hoursOf(mara)).map(({ localStart }) => localStart)).toEqual(['2026-12-01T15:00'])
    const chart = await read(mara)
    expect(chart.all('cancellation-told.v1').map(({ body }) => [body.by, body.type])).toEqual([['patient', 'therapy'], ['patient', 'therapy'], ['patient', 'therapy']])
    expect((await series(mara))[0]).toMatchObject({ open: false, rule: { until: expect.any(String) } })
  })

  test('asked first, the old hours stand; a yes moves all of them and the series with them', async () => {
    const chart = nora
    await done(book(chart, { at: '08:00', weekday: 5, visits: 3, from: '2026-12-04' }))
    const { series: id, visits } = (await series(chart))[0]!
    const from = { visit: visits[1]!.visit, scope: 'following' as const }
    const change = await done(by(all.home.cora, 'planTherapyChange', { params: { chart, series: id }, body: { from, rule: { everyWeeks: 1, weekday: 5, at: '09:00', lengthMin: 50, online: true, roomFeatures: [], therapist: rule().therapist } } }))
    const moves = change['hours'].map(({ placed }: { placed: BookedVisit }) => ({ to: placed, why: 'The room is painted.' }))
    await done(by(all.home.cora, 'askMoves', { params: { chart }, body: { id: randomUUID(), device, moves, therapy: { series: id, rule: change['rule'], plannedTo: change['plannedTo'] } } }))
    expect((await hoursOf(chart)).map(({ localStart }) => localStart.slice(11))).toEqual(['08:00', '08:00', '08:00'])
    await tellChanges({ ...all.shell, texts: true }, all.home.practice)
    const { rows } = await all.admin.query<{ body: string }>(`select m.body from app.mail m join app.reminder r on r.mail_id = m.mail_id where r.chart_id = $1 and r.step like 'change%'`, [chart])
    expect(rows).toHaveLength(1)
    const key = /\/answer\/(\S+)/.exec(rows[0]!.body)![1]!
    const said = await all.app.inject({ method: 'POST', url: `/answer/${key}`, payload: 'suits=yes', headers: { 'content-type': 'application/x-www-form-urlencoded' } })
    expect(said.statusCode).toBeLessThan(400)
    expect((await hoursOf(chart)).map(({ localStart }) => localStart.slice(11))).toEqual(['08:00', '09:00', '09:00'])
    expect((await series(chart))[0]!.rule).toMatchObject({ at: '09:00', from: '2026-12-11' })
    await done(by(all.home.cora, 'stopTherapy', { params: { chart, series: id }, body: { id: randomUUID(), device, how: { stops: 'ends', from: { visit: visits[0]!.visit, scope: 'all' } }, why: 'Made for a test.', told: { by: 'practice', reason: 'practice' } } }))
  })

  test('the weeks of the course are left out: cancelled, told once, and nothing is booked into them', async () => {
    const chart = await chartOf('Petra Pause')
    await done(book(chart, { at: '12:00', visits: 6 }))
    const { series: id } = (await series(chart))[0]!
    expect(await done(by(all.home.cora, 'stopTherapy', { params: { chart, series: id }, body: { id: randomUUID(), device, how: { stops: 'pauses', from: '2026-12-07', to: '2026-12-20' }, why: 'The course takes these weeks.', told: { by: 'practice', reason: 'practice' } } }))).toEqual({ cancelled: 2 })
    expect((await hoursOf(chart)).map(({ localStart }) => localStart.slice(0, 10))).toEqual(['2026-12-01', '2026-12-22', '2026-12-29', '2027-01-05'])
    expect((await read(chart)).all('change-told.v1').map(({ body }) => [body.way, body.changes.length])).toEqual([['cancelled', 2]])
    // Six visits were asked for, and a pause takes none of them away: the two come after the last.
    await continueTherapy(all.shell, all.home.practice)
    expect((await hoursOf(chart)).map(({ localStart }) => localStart.slice(0, 10))).toEqual(['2026-12-01', '2026-12-22', '2026-12-29', '2027-01-05', '2027-01-12', '2027-01-19'])
  })
})

describe('without an end', { timeout: 60_000 }, () => {
  test('is booked as far ahead as the row says, then on by itself, once; what has no place is told', async () => {
    const chart = await chartOf('Olga Open')
    await done(book(chart, { visits: undefined, weekday: 5, at: '13:00', from: '2026-11-23' }))
    const before = await hoursOf(chart)
    expect(before).toHaveLength(therapyRows.aheadWeeks)
    expect(await continueTherapy(all.shell, all.home.practice)).toBe(0)
    const now = all.shell.clock.now
    const later = new Date(Date.parse(now()) + 16 * 86_400_000).toISOString()
    const booking = { ...all.shell, clock: { ...all.shell.clock, now: () => later } }
    await done(by(all.home.owner, 'keepClosings', { body: { add: [{ from: '2027-02-26', to: '2027-02-26', name: 'Founders’ day' }] } }))
    expect(await continueTherapy(booking as never, all.home.practice)).toBeGreaterThan(0)
    expect(await continueTherapy(booking as never, all.home.practice)).toBe(0)
    const after = await hoursOf(chart)
    expect(after.slice(before.length).map(({ localStart, number }) => [localStart, number])).toEqual([['2027-02-19T13:00', before.length + 1]])
    const continued = (await read(chart)).all('therapy-continued.v1')
    expect(continued.map(({ body, by: who }) => [who, body.without])).toEqual([['00000000-0000-0000-0000-000000000000', [{ day: '2027-02-26', says: 'The practice is closed on Fri, Feb 26 (Founders’ day).' }]]])
    const { rows } = await all.admin.query<{ says: string }>(`select says from app.notice where chart_id = $1 and person_id = $2 order by created_at`, [chart, all.home.thea.person])
    expect(rows.at(-1)!.says).toContain('Founders’ day')
    const audit = await all.admin.query(`select 1 from app.audit where chart_id = $1 and action = 'therapy.continued'`, [chart])
    expect(audit.rows).toHaveLength(1)
    expect(await doubled()).toBe(0)
  })

  test('the job books therapy and nothing else', async () => {
    const refused = all.shell.database.asJob(all.home.practice, { durable: false }, (client) => client.query(`insert into app.visit (practice_id, visit_id, type, number, during, local_start, zone) values ($1, $2, 'medicine', 1, tstzrange('2026-12-30T10:00Z', '2026-12-30T11:00Z'), '2026-12-30T02:00', 'America/Los_Angeles')`, [all.home.practice, randomUUID()]))
    await expect(refused).rejects.toThrow()
  })
})

describe('around it', { timeout: 60_000 }, () => {
  test('a reminder by its own ladder, once, and none for an hour that was cancelled', async () => {
    await done(book(nora, { visits: 2, at: '16:00', weekday: 1, from: '2026-11-30' }))
    const [first] = await hoursOf(nora)
    const sending = (at: string) => remind({ ...all.shell, texts: true, clock: { ...all.shell.clock, now: () => at } } as never, all.home.practice)
    const made = async () => (await all.admin.query<{ step: string }>(`select step from app.reminder where chart_id = $1 and step not like 'change%' order by step`, [nora])).rows.map(({ step }) => step)
    await sending('2026-11-28T20:00:00.000Z')
    expect(await made()).toEqual([])
    await sending('2026-11-30T01:00:00.000Z')
    await sending('2026-11-30T01:30:00.000Z')
    expect(await made()).toEqual(['day-before'])
    const second = (await hoursOf(nora))[1]!
    await done(by(all.home.cora, 'cancelVisit', { params: { chart: nora, visit: second.visit }, body: { id: randomUUID(), device, why: 'on holiday' } }))
    await sending('2026-12-07T01:00:00.000Z')
    expect(await made()).toEqual(['day-before'])
    expect(first!.type).toBe('therapy')
  })

  test('a superbill has its line, by its own fee', async () => {
    await done(by(all.home.owner, 'keepFee', { body: { id: randomUUID(), visitType: 'therapy', code: '90834', descriptor: 'Psychotherapy', modifier: '', placeOfService: '11', unitsPerVisit: 1, chargeCents: 17_500, demonstration: false } }))
    // Nothing else says who this person is: one record of them, one address.
    const chart = await chartOf('Berta Bill')
    await done(book(chart, { visits: 1, at: '08:00', from: '2027-03-02' }))
    const [hour] = await hoursOf(chart)
    await done(by(all.home.cora, 'append', { params: { chart }, body: { entries: [draft('demographics.v1', { givenName: 'Berta', familyName: 'Bill', birthDate: '1986-03-14', address: 'Main Street 1' })] } }))
    await done(by(all.home.thea, 'append', { params: { chart }, body: { entries: [draft('visit-closed.v1', { visit: hour!.visit, type: 'therapy', startedAt: '2026-11-20T17:00:00.000Z', endedAt: '2026-11-20T17:50:00.000Z', outcome: 'completed', covered: [], modalities: [], summary: 'x', carePlan: '' })] } }))
    await done(by(all.home.thea, 'append', { params: { chart }, body: { entries: [draft('intake.v1', { presenting: 'x', psychiatricHistory: 'x', currentStatus: 'x', goals: ['sleep'], readiness: 7, readinessNote: '', supportNeeded: '', indications: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'F33.2', display: 'x' }], carePlan: '' })] } }))
    await done(by(all.home.owner, 'keepPractice', { body: { name: 'Test practice', zone: 'America/Los_Angeles', settings: { place: '1 Main Street, Oakland', phone: '555 0100', tin: '12-3456789', organizationNpi: '1234567893' } } }))
    const { name: _name, ...row } = ((await by(all.home.owner, 'practice'))['staff'] as { person: string; name: string }[]).find(({ person }) => person === all.home.thea.person)!
    await done(by(all.home.owner, 'keepStaff', { body: { ...row, credentials: 'PhD', licence: 'CA PSY 00000', npi: '1245319599' } }))
    const { waiting } = await done(by(all.home.cora, 'billable', { params: { chart } }))
    expect(waiting.map(({ type }: BookedVisit) => type)).toEqual(['therapy'])
    const issued = await by(all.home.cora, 'issueSuperbill', { params: { chart }, body: { id: randomUUID(), device, visit: hour!.visit } })
    expect(issued, JSON.stringify(issued)).toMatchObject({ status: 200, problems: [] })
    const { rows } = await all.admin.query(`select code, units, amount_cents::int as cents from app.charge where chart_id = $1`, [chart])
    expect(rows).toEqual([{ code: '90834', units: 1, cents: 17_500 }])
  })

  test('a course is planned around it, and each of its visits may move though therapy stands', async () => {
    const chart = nora
    const { proposals } = await done(by(all.home.cora, 'plan', { params: { chart }, body: { earliest: '2026-12-01' } }))
    await done(by(all.home.cora, 'book', { params: { chart }, body: { id: randomUUID(), device, visits: proposals[0].visits, why: '' } }))
    const standing = standingVisits(await read(chart))
    const visit = standing.find(({ type }) => type === 'follow-up')!
    await done(book(chart, { visits: 8, at: '17:00', weekday: 3, from: '2026-12-09' }))
    const proposed = await done(by(all.home.cora, 'proposeMove', { params: { chart, visit: visit.visit }, body: { wishes: { earliest: '2026-11-22' } } }))
    expect(proposed['impossible']).toEqual([])
    expect(proposed['moves'].every(({ to }: { to: BookedVisit }) => to.type !== 'therapy')).toBe(true)
    await done(by(all.home.cora, 'move', { params: { chart }, body: { device, moves: proposed['moves'].map(({ to, why }: { to: BookedVisit; why: string }) => ({ id: randomUUID(), to, why })) } }))
    expect(await doubled()).toBe(0)
  })
})
