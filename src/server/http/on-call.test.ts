import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { OnCallRota } from '../../core/access/on-call.ts'
import type { HomeAlarm, OnCallRead } from '../../core/contract/on-call.ts'
import { sayTime } from '../../core/shared/local-day.ts'
import { plusMinutes } from '../../core/shared/time.ts'
import { onCallRows } from '../../knowledge/on-call.ts'
import { callOnCall } from '../jobs/call-on-call.ts'
import { answersFor, version } from '../sample/telling.ts'
import { draft, type TestPerson } from '../testing/practice.ts'
import { ask, world, type World } from '../testing/world.ts'
import { createApp } from './app.ts'

/** Answers that cannot wait: who is called at which minute, until a named person has taken it over and spoken with the person. */
let all: World
let time = ''
/** Two at night in Los Angeles, on a Tuesday. */
const NIGHT = '2026-11-24T10:00:00.000Z'
beforeEach(async () => {
  all = await world()
  time = NIGHT
  all.shell = { ...all.shell, clock: { ...all.shell.clock, now: () => time } }
  await all.app.close()
  all.app = await createApp(all.shell)
})
afterEach(() => all.close())

const tokenOf = (says: string) => all.actors.find((one) => one.says === says)!
const tomas = () => tokenOf('therapist off the team')
const pavel = () => tokenOf('prescriber off the team')
type Who = Pick<TestPerson, 'token'> & { readonly person: string | null }
const everyNight = (first: Who, second: Who | null): OnCallRota => ({ weekly: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '20:00', to: '08:00', first: first.person!, second: second?.person ?? null })), days: [], everyone: [] })
const keep = (rota: OnCallRota, on = 0, who: Who = all.home.cora) => ask(all, 'keepOnCall', who.token, { body: { on, rota } })
const answered = (q9: number, id?: string) => ask(all, 'append', all.home.mara.token, { params: { chart: all.home.chart }, body: { entries: [{ ...draft('measure-answered.v1', { instrument: 'phq-9', version: version('phq-9'), language: 'en', answers: answersFor('phq-9', 12, { q9 }), answeredBy: 'patient' }), ...(id ? { id } : {}), at: time, writtenAt: time }] } })
const contact = (entry: string, decided: string, more: object = {}) => ask(all, 'append', all.home.thea.token, { params: { chart: all.home.chart }, body: { entries: [{ ...draft('risk-contact.v1', { opened: entry, level: 'low', reached: true, decided, note: 'Spoke with her; she is with her sister tonight.', ...more } as never), at: time, writtenAt: time }] } })
const pass = (minutes: number) => { time = plusMinutes(NIGHT, minutes); return callOnCall({ ...all.shell, origin: () => 'https://here.example' }, all.home.practice) }
const called = async () => (await all.admin.query<{ name: string }>(`select p.given_name as name from app.notice n join app.person p using (practice_id, person_id) where n.kind = 'on-call' and n.done_at is null order by n.created_at, name`)).rows.map(({ name }) => name)
const mailed = async () => (await all.admin.query<{ n: number }>(`select count(*)::int as n from app.mail where subject like 'On call%'`)).rows[0]!.n
const noticeOf = async (who: Who) => (await ask(all, 'home', who.token)).json<{ notices: { id: string; kind: string; says: string }[] }>().notices.find(({ kind }) => kind === 'on-call')
const take = async (who: Who) => ask(all, 'noticeDone', who.token, { params: { id: (await noticeOf(who))!.id } })
const alarms = async (who: Who) => (await ask(all, 'home', who.token)).json<{ alarms: HomeAlarm[] }>().alarms
const entryId = async () => (await all.admin.query<{ id: string }>('select entry_id as id from app.alarm')).rows[0]!.id

describe('the rota', () => {
  test('is kept by the desk, read by all who work here, and by no patient', async () => {
    expect((await keep(everyNight(tomas(), pavel()))).statusCode).toBe(200)
    for (const who of [all.home.thea, all.home.cora, pavel()]) expect((await ask(all, 'onCall', who.token)).json<OnCallRead>().now).toMatchObject({ first: tomas().person, second: pavel().person })
    for (const who of [all.home.mara, all.away.owner]) expect((await ask(all, 'onCall', who.token)).statusCode === 200 && who === all.home.mara).toBe(false)
    expect((await keep(everyNight(tomas(), null), 1, all.home.thea)).statusCode).toBe(403)
  })
  test('says when nobody is, and the patient reads the same', async () => {
    const read = (await keep({ ...everyNight(tomas(), null), days: [{ day: '2026-11-23', note: 'away', hours: [] }] })).json<OnCallRead>()
    expect([read.now.first, read.changesAt, read.gaps[0]]).toEqual([null, '2026-11-25T04:00:00.000Z', { from: NIGHT, to: '2026-11-25T04:00:00.000Z', first: null, second: null }])
    expect((await ask(all, 'watched', all.home.mara.token)).json<{ says: string }>().says).toBe('Nobody at the practice is on call now until 8:00 PM. It may be that nobody sees an answer before then.')
  })
  test('on a day off the second is called; it stands beside the rota, and a day that names them holds', async () => {
    await keep(everyNight(tomas(), pavel()))
    const isOff = (days: readonly string[]) => all.admin.query(`insert into app.staff_profile (practice_id, person_id, exceptions) values ($1, $2, $3) on conflict (practice_id, person_id) do update set exceptions = excluded.exceptions`, [all.home.practice, tomas().person, JSON.stringify(days.map((day) => ({ day, off: true })))])
    await isOff(['2026-11-24', '2026-12-24'])
    const read = (await ask(all, 'onCall', all.home.thea.token)).json<OnCallRead>()
    expect([read.now, read.off]).toMatchObject([{ first: pavel().person, second: null }, [{ day: '2026-11-24', person: tomas().person, called: false }]])
    expect((await answered(2)).statusCode).toBe(201)
    expect(await called()).toEqual(['Pavel'])
    const named = (await keep({ ...everyNight(tomas(), pavel()), days: [{ day: '2026-11-24', note: 'in reach', hours: [{ from: '00:00', to: '08:00', first: tomas().person!, second: null }] }] }, 1)).json<OnCallRead>()
    expect([named.now.first, named.off]).toMatchObject([tomas().person, [{ called: true }]])
  })
  test('kept by two at once, only the first stands; each version is there still', async () => {
    expect((await keep(everyNight(tomas(), null))).statusCode).toBe(200)
    expect((await keep(everyNight(pavel(), null))).json<{ code: string }>().code).toBe('on-call.moved-on')
    expect((await keep(everyNight(pavel(), null), 1)).statusCode).toBe(200)
    expect((await all.admin.query('select 1 from app.on_call')).rowCount).toBe(2)
  })
  test('names only people who can speak with somebody in danger', async () => {
    for (const who of [all.home.mona, all.home.mara]) expect((await keep(everyNight(who as never, null))).json<{ code: string }>().code).toBe('step.blocked')
  })
})

describe('an answer that cannot wait, at two at night', () => {
  test('is called to the first before the answer is given back, then to the second, then to everyone, again and again', async () => {
    await keep(everyNight(tomas(), pavel()))
    expect((await answered(2)).statusCode).toBe(201)
    expect(await called()).toEqual(['Tomas'])
    expect((await noticeOf(tomas()))!.says).toMatch(/^Mara Sample: Thoughts of death or self-harm were reported.* You are on call\. (Their number: |There is no number).* Take this over by 2:10 AM, or the next are called\.$/)
    expect(await pass(onCallRows.takenWithinMin - 1)).toBe(0)
    expect(await pass(onCallRows.takenWithinMin)).toBe(1)
    expect(await called()).toEqual(['Tomas', 'Pavel'])
    expect(await pass(2 * onCallRows.takenWithinMin)).toBe(1)
    expect((await called()).toSorted()).toEqual(['Dina', 'Dirk', 'Pavel', 'Tomas'])
    expect([await pass(2 * onCallRows.takenWithinMin + onCallRows.againMin - 1), await pass(2 * onCallRows.takenWithinMin + onCallRows.againMin)]).toEqual([0, 1])
    expect((await called()).length).toBe(4)
    expect((await all.admin.query(`select 1 from app.mail where subject like 'On call%' and (body ilike '%mara%' or subject ilike '%mara%')`)).rowCount).toBe(0)
  })

  test('with nobody on call everyone is called at once, and whoever is on call next when their hours begin', async () => {
    await keep({ ...everyNight(tomas(), null), weekly: [{ weekday: 2, from: '02:45', to: '08:00', first: tomas().person!, second: null }] })
    await answered(1)
    expect(await called()).toEqual(['Dina', 'Dirk'])
    expect([await pass(44), await pass(45)]).toEqual([0, 1])
    expect(await called()).toContain('Tomas')
  })

  test('taken over, it is called no further, and the one who took it is on the team; nobody who was not called can', async () => {
    await keep(everyNight(tomas(), pavel()))
    await answered(2)
    expect((await ask(all, 'chart', tomas().token, { params: { chart: all.home.chart } })).statusCode).toBe(404)
    const notice = (await noticeOf(tomas()))!.id
    expect((await ask(all, 'noticeDone', pavel().token, { params: { id: notice } })).statusCode).toBe(404)
    expect((await alarms(all.home.cora))[0]).toMatchObject({ takenBy: null, called: [{ name: 'Tomas Sample' }] })
    expect((await take(tomas())).statusCode).toBe(200)
    expect([await called(), await pass(59)]).toEqual([[], 0])
    expect((await ask(all, 'chart', tomas().token, { params: { chart: all.home.chart } })).statusCode).toBe(200)
    expect((await alarms(all.home.cora))[0]).toMatchObject({ takenBy: 'Tomas Sample', takenAt: NIGHT })
  })

  test('of two who take it over at once one has it, and the other hears who: again and again', async () => {
    await keep(everyNight(tomas(), pavel()))
    for (let round = 0; round < 8; round += 1) {
      await answered(2)
      const entry = (await all.admin.query<{ id: string }>('select entry_id as id from app.alarm where taken_by is null')).rows[0]!.id
      time = plusMinutes(time, onCallRows.takenWithinMin)
      await callOnCall({ ...all.shell, origin: () => 'https://here.example' }, all.home.practice)
      const both = [tomas(), pavel()]
      const ids = await Promise.all(both.map(async (who) => (await noticeOf(who))!.id))
      const answers = await Promise.all(both.map(async (who, place) => (await ask(all, 'noticeDone', who.token, { params: { id: ids[place]! } })).json<{ takenBefore: string | null }>()))
      const { rows: [alarm] } = await all.admin.query<{ by: string; at: string }>('select taken_by as by, taken_at as at from app.alarm where entry_id = $1', [entry])
      const first = both.findIndex(({ person }) => person === alarm!.by)
      expect(answers[first]!.takenBefore).toBeNull()
      expect(answers[1 - first]!.takenBefore).toBe(`${['Tomas Sample', 'Pavel Sample'][first]} took this over at ${sayTime(alarm!.at, 'America/Los_Angeles')}, before you.`)
    }
  })

  test('taken over and nothing written by when it was due: everyone is called again, and told who took it', async () => {
    await keep(everyNight(tomas(), null))
    await answered(2)
    await take(tomas())
    // The day ends at midnight: until then there is time.
    expect([await pass(22 * 60 - 1), await pass(22 * 60)]).toEqual([0, 1])
    expect((await noticeOf(all.home.dina))!.says).toContain('Tomas Sample took this over at 2:00 AM, and nothing is written yet')
  })

  test('stays on the list until a named person writes what was done, and a lower score does not end it', async () => {
    await keep(everyNight(tomas(), null))
    await answered(2)
    await take(tomas())
    await answered(0)
    expect((await alarms(all.home.owner)).length).toBe(1)
    const entry = await entryId()
    expect((await contact(entry, 'closed', { note: '' })).statusCode).toBe(422)
    expect((await contact(entry, 'safety-plan-and-follow-up')).statusCode).toBe(201)
    expect([(await alarms(all.home.owner)).length, await pass(24 * 60 * 3)]).toEqual([1, 0])
    expect((await contact(entry, 'closed')).statusCode).toBe(201)
    expect(await alarms(all.home.owner)).toEqual([])
  })

  test('sent again it is called once, two servers pass it on once, and what a clinician asked calls nobody', async () => {
    await keep(everyNight(tomas(), pavel()))
    const id = crypto.randomUUID()
    await answered(2, id)
    await answered(2, id)
    expect([await called(), await mailed()]).toEqual([['Tomas'], 1])
    time = plusMinutes(NIGHT, 10)
    expect((await Promise.all([pass(10), pass(10)])).reduce((sum, one) => sum + one, 0)).toBe(1)
    const asked = await ask(all, 'append', all.home.thea.token, { params: { chart: all.home.chart }, body: { entries: [{ ...draft('measure-answered.v1', { instrument: 'phq-9', version: version('phq-9'), language: 'en', answers: answersFor('phq-9', 12, { q9: 2 }), answeredBy: 'clinician' }), at: time, writtenAt: time }] } })
    expect([asked.statusCode, (await alarms(all.home.cora)).length]).toEqual([201, 1])
  })
})
