import { describe, expect, test } from 'vitest'
import { monitoring } from '../../knowledge/monitoring.ts'
import { sessionRows } from '../../knowledge/session.ts'
import type { DoseRoute } from '../chart/kinds/clearance.ts'
import { minutesBetween } from '../shared/time.ts'
import { dosesOf } from './doses.ts'
import { sessionEntries } from './entries.ts'
import { at, begun, clock, SESSION, type Told } from './fixtures.ts'
import type { ScheduleRow } from './rows.ts'
import { plannedReadings } from './schedule.ts'
import { readSession } from './session.ts'

const scheduleOf = (route: DoseRoute) => monitoring.schedules.find((row) => row.route === route) as ScheduleRow
const planned = (route: DoseRoute, story: Told, until: number) =>
  plannedReadings(dosesOf(sessionEntries(story.entries)).steps, scheduleOf(route), at(until)).map((one) => minutesBetween(at(0), one.at))

describe('the readings of each route, in minutes from the dose', () => {
  test.each([
    ['IM', [0, 10, 20, 30, 45, 60, 90, 120, 150, 180]], ['SL', [0, 15, 30, 45, 60, 90, 120, 150, 180]], ['PO', [0, 15, 30, 45, 60, 90, 120, 150, 180]], ['IN-esketamine', [0, 40, 60, 90, 120, 150, 180]],
  ] as const)('%s %o', (route, minutes) => {
    expect(planned(route, begun().dose(0), 155)).toEqual(minutes)
  })

  test('into a vein: every ten minutes while it runs, then counted from its end', () => {
    expect(planned('IV', begun().dose(0), 55)).toEqual([0, 10, 20, 30, 40, 50, 60])
    const ended = (minute: number) => begun().dose(0, 1, 40, { id: 'iv' }).on(minute, 'dose-ended.v1', { dose: 'iv' })
    expect(planned('IV', ended(40), 100)).toEqual([0, 10, 20, 30, 40, 55, 70, 85, 100, 115])
    expect(planned('IV', ended(25), 60)).toEqual([0, 10, 20, 25, 40, 55, 70, 85, 100])
    expect(planned('IV', ended(52), 100)).toEqual([0, 10, 20, 30, 40, 50, 52, 67, 82, 97, 112, 127])
  })

  test.each([[119, 150], [120, 150], [149, 150], [150, 180], [151, 180]])('at minute %d the last one planned is at minute %d: there is always one to come', (until, last) => {
    expect(planned('IM', begun().dose(0), until).at(-1)).toBe(last)
  })

  test('a step in two records begins with the earlier of them, until somebody says which stands; a second step may have been given before the first', () => {
    const twice = begun().dose(0, 1, 40, { id: 'one' }).dose(5, 1, 40, { id: 'two' })
    expect(planned('IM', twice, 10)[0]).toBe(0)
    expect(planned('IM', twice.on(6, 'dose-conflict-resolved.v1', { step: 1, stands: 'two', reason: 'x' }), 10)[0]).toBe(5)
    expect(planned('IM', begun().dose(15, 1).dose(0, 2, 20), 20)).toEqual([0, 10, 15, 25, 35, 45, 60, 75, 105, 135, 165])
  })

  test('a booster at the minute of a planned reading asks for one reading then, not for two', () => {
    expect(planned('IM', begun().dose(0).dose(20, 2, 20), 30)).toEqual([0, 10, 20, 30, 40, 50, 65, 80, 110, 140, 170])
  })

  test('a booster starts the schedule again', () => {
    const why = plannedReadings(dosesOf(sessionEntries(begun().dose(0).dose(15, 2, 20).entries)).steps, scheduleOf('IM'), at(20)).map((one) => one.why)
    expect(why).toEqual(['schedule', 'schedule', ...Array<string>(8).fill('after-booster'), 'observation'])
    expect(planned('IM', begun().dose(0).dose(15, 2, 20), 60)).toEqual([0, 10, 15, 25, 35, 45, 60, 75, 105, 135, 165])
  })
})

const due = (story: Told, minute: number) => {
  const session = readSession(story.chart, SESSION, sessionRows, clock(minute))
  if (!session.ok || !session.value.due) return undefined
  const { at: when, why, missing, minutesLate } = session.value.due
  return { minute: minutesBetween(at(0), when), why, missing, minutesLate: Math.round(minutesLate * 10) / 10 }
}
const all = monitoring.reading.needs

describe('what is due next', () => {
  const dosed = () => begun().whole(-15).whole(-3).dose(0)
  test('before the dose the first values are asked for and nothing is late', () => {
    expect(due(begun(), -10)).toEqual({ minute: -60, why: 'before-dose', missing: all, minutesLate: 0 })
    expect(due(begun().mind(-12).reading(-11, { spo2Percent: undefined }), -10)?.missing).toEqual(['spo2Percent'])
    expect(due(begun().whole(-11), -10)?.missing).toEqual([])
    expect(due(begun().whole(-30).reading(-11, { spo2Percent: undefined }), -10)?.missing, 'they were taken once').toEqual([])
  })

  test.each([
    ['the reading just before the dose answers the one at its start', dosed(), 2, 10, 0],
    ['too early before the dose does not', begun().whole(-15).whole(-4).dose(0), 2, 0, 2],
    ['three minutes early counts', dosed().whole(7), 8, 20, 0],
    ['four minutes early does not', dosed().whole(6), 12, 10, 2],
    ['late counts too', dosed().whole(14), 15, 20, 0],
    ['one that was left out is passed by the next', dosed().whole(17), 18, 30, 0],
    ['nothing taken: the first one stays due', dosed(), 33, 10, 23],
    ['after the last planned one they go on', dosed().whole(119), 121, 150, 0],
  ] as const)('%s', (_, story, now, minute, minutesLate) => {
    expect(due(story, now)).toMatchObject({ minute, minutesLate })
  })

  test('a reading taken in part stays due, and says what it lacks', () => {
    expect(due(dosed().reading(10, { heartRatePerMin: undefined }), 12)).toEqual({ minute: 10, why: 'schedule', missing: ['heartRatePerMin', 'moaaS'], minutesLate: 2 })
    expect(due(dosed().reading(10, { heartRatePerMin: undefined }).mind(11).on(12, 'vitals.v1', { heartRatePerMin: 80 }), 13)).toMatchObject({ minute: 20 })
    expect(due(dosed().reading(10, { heartRatePerMin: undefined }).mind(11).on(16, 'vitals.v1', { heartRatePerMin: 80 }), 16)?.minute).toBe(10)
  })

  test('one that somebody wrote off with a reason is passed; one of later is not', () => {
    const missed = (minute: number, plannedFor: number) => dosed().on(minute, 'vitals-missed.v1', { plannedFor: at(plannedFor), reason: 'Asleep, asked not to be touched.' })
    expect([due(missed(11, 10), 12)?.minute, due(missed(11, 120), 12)?.minute]).toEqual([20, 20])
    expect([due(missed(33, 10), 34)?.minute, due(missed(33, 20), 34)?.minute], 'those after it are still to be taken').toEqual([20, 30])
    expect([due(missed(7, 10), 8)?.minute, due(missed(6.9, 10), 8)?.minute], 'nobody writes one off before it can be taken').toEqual([20, 10])
  })

  test('after a booster', () => {
    expect(due(dosed().whole(10).dose(15, 2, 20).whole(16), 17)).toMatchObject({ minute: 25, why: 'after-booster' })
  })

  test('nothing is due once the session is closed', () => {
    expect(due(dosed().on(20, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }), 60)).toBeUndefined()
  })
})

describe('after an alert', () => {
  const high = { systolicMmHg: 184 }
  const dosed = () => begun().whole(-15).whole(-3).dose(0).whole(9)
  test('orange asks every five minutes until two readings are below', () => {
    const orange = dosed().whole(20, high)
    expect(due(orange, 21)).toMatchObject({ minute: 25, why: 'after-alert' })
    expect(due(orange.whole(25, high), 26)).toMatchObject({ minute: 30 })
    expect(due(orange.whole(25).whole(26), 27)).toMatchObject({ minute: 30 })
    expect(due(orange.whole(24), 26)).toMatchObject({ minute: 29, why: 'after-alert' })
    expect(due(orange.whole(25).whole(30), 31)).toMatchObject({ minute: 45, why: 'schedule' })
    expect(due(orange.whole(25, { systolicMmHg: 165 }).whole(30, { systolicMmHg: 165 }), 31)).toMatchObject({ minute: 45, why: 'schedule' })
  })

  test('one that could not be taken is asked for again, five minutes on', () => {
    expect(due(dosed().whole(20, high).on(26, 'vitals-missed.v1', { plannedFor: at(25), reason: 'Cuff torn off.' }), 27)).toMatchObject({ minute: 30 })
    expect(due(dosed().whole(20, high).on(23, 'vitals-missed.v1', { plannedFor: at(25), reason: 'Cuff torn off.' }), 24)).toMatchObject({ minute: 28, why: 'after-alert' })
  })

  test('what is not whole is not that reading, and of two things the later counts', () => {
    const orange = dosed().whole(20, high)
    expect(due(orange.reading(25.5), 26)).toMatchObject({ minute: 25, why: 'after-alert' })
    expect(due(orange.reading(22, { systolicMmHg: 122, spo2Percent: 91 }), 23)).toMatchObject({ minute: 27, why: 'after-alert' })
    expect(due(orange.reading(25.5, { systolicMmHg: 165 }), 26)).toMatchObject({ minute: 25, why: 'after-alert' })
  })

  test('a symptom asks as well, until it is gone', () => {
    const sick = dosed().on(12, 'symptom.v1', { symptom: 'vomiting', present: true })
    expect(due(sick, 13)).toMatchObject({ minute: 17, why: 'after-alert' })
    expect(due(sick.on(14, 'symptom.v1', { symptom: 'vomiting', present: false }), 15)).toMatchObject({ minute: 20, why: 'schedule' })
  })

  test('a first yellow asks for one more', () => {
    const yellow = dosed().whole(20, { systolicMmHg: 165 })
    expect(due(yellow, 21)).toMatchObject({ minute: 25, why: 'after-alert' })
    expect(due(yellow.whole(25, { systolicMmHg: 165 }), 26)).toMatchObject({ minute: 30, why: 'schedule' })
    const later = dosed().whole(30).whole(31, { systolicMmHg: 165 })
    expect(due(later.reading(36.5, { systolicMmHg: 165 }), 37), 'the same yellow, read again in part').toMatchObject({ minute: 36, why: 'after-alert' })
    expect(due(later.reading(36.5).reading(37, { systolicMmHg: 165 }), 38), 'yellow again after calm').toMatchObject({ minute: 42, why: 'after-alert' })
    expect(due(later.reading(36.5, { systolicMmHg: 165, heartRatePerMin: 125 }), 37), 'another one as well').toMatchObject({ minute: 41.5, why: 'after-alert' })
    expect(due(dosed().whole(8.5, { systolicMmHg: 165 }).reading(12, { systolicMmHg: 122 }), 13), 'one that was followed by a whole reading').toMatchObject({ minute: 20, why: 'schedule' })
  })
})

describe('rows that another practice might write', () => {
  const steps = dosesOf(sessionEntries(begun().dose(0).entries)).steps
  const minutes = (row: Partial<ScheduleRow>, route: DoseRoute, until: number) => plannedReadings(steps, { ...scheduleOf(route), fromStartMin: [], ...row }, at(until)).map((one) => minutesBetween(at(0), one.at))
  test('a schedule without fixed minutes goes on from the dose', () => {
    expect(minutes({ thenEveryMin: 20 }, 'IM', 30)).toEqual([20, 40])
    expect(minutes({}, 'IV', 25)).toEqual([10, 20, 30])
  })

  test('a route without a schedule has nothing due', () => {
    const session = readSession(begun().dose(0).chart, SESSION, { ...sessionRows, monitoring: { ...monitoring, schedules: [] } }, clock(30))
    expect(session.ok && session.value.due).toBeUndefined()
  })
})

test('the very first reading may be the first yellow, and a complete one just before its time is that one', () => {
  const story = (systolicMmHg: number) => begun().mind(1).dose(0).reading(1, { systolicMmHg })
  expect(due(story(165), 2)).toMatchObject({ minute: 1 + monitoring.reading.afterAlertEveryMin, why: 'after-alert' })
  const early = 150 - monitoring.reading.earlyMin
  const calm = [0, 10, 20, 30, 45, 60, 90, 120, early].reduce((told, minute) => told.whole(minute), begun().dose(0))
  expect(due(calm, early)).toEqual({ minute: early, why: 'observation', missing: [], minutesLate: 0 })
})
