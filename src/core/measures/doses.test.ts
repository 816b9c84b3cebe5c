import { describe, expect, test } from 'vitest'
import { dosedSessions, dosingVisits, standingVisits } from './doses.ts'
import { told } from './fixtures.ts'

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
