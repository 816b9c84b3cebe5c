import { describe, expect, test } from 'vitest'
import { dosedSessions, doseOfAll, dosingVisits, standingVisits } from './doses.ts'
import { told, type ToldChart } from './fixtures.ts'

const dose = (step: number, doseMg: number) => ({ step, doseUg: doseMg * 1000, route: 'IM' as const, order: 'o', prepared: 'x', confirmed: 'x', confirmedBy: 'x', site: '', selfAdministered: false })

describe('sessions in which medicine was given', () => {
  test('two steps are one session, from the first to the last', () => {
    const chart = told().dosed('s1', '2026-03-16T17:00:00Z', 40).on('2026-03-16T17:15:00Z', 'dose-given.v1', dose(2, 20), { session: 's1' })
    expect(dosedSessions(chart)).toMatchObject([{ session: 's1', firstDoseAt: '2026-03-16T17:00:00.000Z', lastDoseAt: '2026-03-16T17:15:00.000Z', doseUg: 60_000, steps: 2, part: 'course' }])
  })
  test('oldest first, whichever was started first, and a session without a dose is none', () => {
    const chart = told().dosed('late', '2026-03-19T17:00:00Z').dosed('early', '2026-03-16T17:00:00Z')
    const started = chart.entries.find((entry) => entry.kind === 'session-started.v1')
    if (started?.kind !== 'session-started.v1') throw new Error('no session')
    const undosed = chart.on('2026-03-10', 'session-started.v1', started.body, { id: 'undosed' })
    expect(dosedSessions(undosed).map((session) => session.session)).toEqual(['early', 'late'])
  })
  test('a session of a maintenance visit is not part of the course', () => {
    expect(dosedSessions(told().booked('b1', 'maintenance', '2026-04-20T17:00:00Z').dosed('s1', '2026-04-20T17:10:00Z', 40, 'b1'))).toMatchObject([{ part: 'maintenance', visit: 'b1' }])
  })
})

describe('a dose that two devices recorded', () => {
  const again = (chart: ToldChart, doseMg: number, id: string, writtenAt = '2026-03-16T17:02:00Z') => chart.on('2026-03-16T17:01:00Z', 'dose-given.v1', dose(1, doseMg), { session: 's1', id, writtenAt })
  const say = (chart: ToldChart, stands: string, at = '2026-03-16T17:05:00Z') => chart.on(at, 'dose-conflict-resolved.v1', { step: 1, stands, reason: 'one syringe, two tablets' }, { session: 's1' })
  const twice = again(told().dosed('s1', '2026-03-16T17:00:00Z', 40), 50, 'other')
  const booster = twice.on('2026-03-16T17:15:00Z', 'dose-given.v1', dose(2, 20), { session: 's1', id: 'booster' })
  test.each([
    ['recorded once', told().dosed('s1', '2026-03-16T17:00:00Z', 40), 40_000, 1], ['recorded twice, nobody has said which stands', twice, undefined, 1], ['recorded twice alike: still in doubt', again(told().dosed('s1', '2026-03-16T17:00:00Z', 40), 40, 'other'), undefined, 1],
    ['one of them stands', say(twice, 'other'), 50_000, 1], ['the other stands', say(twice, 's1-dose'), 40_000, 1], ['a second step is known, the first is not', booster, undefined, 2], ['a second step, the first one settled', say(booster, 's1-dose'), 60_000, 2],
    ['two people say different things', say(say(twice, 'other'), 's1-dose', '2026-03-16T17:06:00Z'), undefined, 1], ['a record is named that is not there', say(twice, 'nowhere'), undefined, 1], ['a third one, written after it was said', again(say(twice, 'other'), 45, 'third', '2026-03-16T18:00:00Z'), undefined, 1],
    ['the second one came after the session was closed', again(told().dosed('s1', '2026-03-16T17:00:00Z', 40).on('2026-03-16T20:00:00Z', 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, { session: 's1' }), 50, 'late', '2026-03-16T21:00:00Z'), undefined, 1],
  ] as const)('%s', (_, chart, doseUg, steps) => {
    expect(dosedSessions(chart)).toMatchObject([{ session: 's1', steps }])
    expect(dosedSessions(chart)[0]!.doseUg).toBe(doseUg)
  })
  test('in doubt it counts from the first record and to the last, settled from the one that stands', () => {
    const times = (chart: ToldChart) => dosedSessions(chart).map(({ firstDoseAt, lastDoseAt }) => [firstDoseAt.slice(11, 16), lastDoseAt.slice(11, 16)])
    expect([times(twice), times(say(twice, 'other')), times(say(twice, 's1-dose'))]).toEqual([[['17:00', '17:01']], [['17:01', '17:01']], [['17:00', '17:00']]])
  })
  test('all sessions together are unknown while one of them is', () => {
    const sum = (chart: ToldChart) => doseOfAll(dosedSessions(chart.dosed('s2', '2026-03-19T17:00:00Z', 30)))
    expect([sum(twice), sum(say(twice, 'other')), doseOfAll([])]).toEqual([undefined, 80_000, 0])
  })
})

describe('a dose whose session nobody recorded as started', () => {
  const lone = told().on('2026-03-16T17:00:00Z', 'dose-given.v1', dose(1, 40), { session: 'gone', id: 'lone' })
  test.each<[string, ToldChart, object]>([
    ['in a session that is not on the chart', lone, { session: 'gone', facts: ['lone'] }],
    ['two steps of one', lone.on('2026-03-16T17:20:00Z', 'dose-given.v1', dose(2, 20), { session: 'gone', id: 'second' }), { session: 'gone', steps: 2, doseUg: 60_000, lastDoseAt: '2026-03-16T17:20:00.000Z', facts: ['lone', 'second'] }],
    ['the same step twice: in doubt as anywhere', lone.on('2026-03-16T17:01:00Z', 'dose-given.v1', dose(1, 50), { session: 'gone', id: 'again' }), { doseUg: undefined, steps: 1 }],
    ['in no session at all', told().on('2026-03-16T17:00:00Z', 'dose-given.v1', dose(1, 40), { id: 'lone' }), { session: 'lone', facts: ['lone'] }],
    ['started by something that is no start', told().on('2026-03-16T16:00:00Z', 'session-note.v1', { text: 'x' }, { id: 'gone' }).on('2026-03-16T17:00:00Z', 'dose-given.v1', dose(1, 40), { session: 'gone', id: 'lone' }), { session: 'gone' }],
  ])('%s: counts by its own time, and is part of nothing', (_, chart, expected) => {
    expect(dosedSessions(chart)).toMatchObject([{ part: 'unknown', startedAt: '2026-03-16T17:00:00.000Z', firstDoseAt: '2026-03-16T17:00:00.000Z', route: 'IM', ...expected }])
  })
  test('stands among the others in the order of time, and in the sum', () => {
    const all = dosedSessions(lone.dosed('before', '2026-03-09T17:00:00Z', 50).dosed('after', '2026-03-19T17:00:00Z', 50))
    expect(all.map(({ session, part }) => `${session} ${part}`)).toEqual(['before course', 'gone unknown', 'after course'])
    expect(doseOfAll(all)).toBe(140_000)
  })
})

describe('visits as they stand', () => {
  const two = told().booked('b', 'medicine', '2026-03-19T17:00:00Z').booked('a', 'medicine', '2026-03-16T17:00:00Z').booked('i', 'integration', '2026-03-17T17:00:00Z')
  test('in the order of their times', () => {
    expect(standingVisits(two).map((visit) => visit.visit)).toEqual(['a', 'i', 'b'])
    expect(dosingVisits(two).map((visit) => visit.visit)).toEqual(['a', 'b'])
  })
  test('moved, then cancelled', () => {
    const a = standingVisits(two)[0]!
    const moved = two.on('2026-03-01', 'visit-moved.v1', { to: { ...a, startsAt: '2026-03-23T17:00:00.000Z', endsAt: '2026-03-23T18:00:00.000Z' }, why: '' })
    expect(standingVisits(moved).map((visit) => visit.visit)).toEqual(['i', 'b', 'a'])
    expect(standingVisits(moved.on('2026-03-02', 'visit-cancelled.v1', { visit: 'a', why: 'ill' })).map((visit) => visit.visit)).toEqual(['i', 'b'])
  })
})
