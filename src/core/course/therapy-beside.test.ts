import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { protocols } from '../../knowledge/protocols.ts'
import { rulebook } from '../../knowledge/rulebook.ts'
import type { BookedVisit, VisitType } from '../chart/kinds/aftercare.ts'
import { screenChart } from '../eligibility/clearance.ts'
import { told, type ToldChart } from '../measures/fixtures.ts'
import { nominalCourse } from '../scheduling/nominal.ts'
import { planCourse } from '../scheduling/plan.ts'
import { violations } from '../scheduling/check.ts'
import { startExplainerOf } from '../scheduling/explain.ts'
import { requestFor } from '../scheduling/fixtures.ts'
import { problemOf } from '../scheduling/problem.ts'
import type { FixedVisit } from '../scheduling/request.ts'
import { dayNumber } from '../scheduling/zone.ts'
import { readCourse } from './course.ts'
import { isDosing } from './dosing-visit.ts'
import { standingOf } from './fixed.ts'
import { wouldSee } from './under-way.ts'

const zone = 'America/Los_Angeles'
const visit = (id: string, type: VisitType, number: number, startsAt: string, minutes = 50): BookedVisit => ({ visit: id, type, number, startsAt, endsAt: new Date(Date.parse(startsAt) + minutes * 60_000).toISOString(), localStart: startsAt.slice(0, 16), zone, people: [], online: true })

/** Charts at every stage of a course, from the first call to its end. */
const stages: readonly (readonly [string, ToldChart])[] = [
  ['nothing yet', told()],
  ['not now, on the first call', told().on('2026-01-02', 'call-logged.v1', { inquiry: 'i', startedAt: '2026-01-02T17:00:00.000Z', endedAt: '2026-01-02T17:10:00.000Z', answers: {}, outcome: 'not-now', note: '' } as never)],
  ['known', told().on('2026-01-02', 'demographics.v1', { givenName: 'Mara', familyName: 'Keller', birthDate: '1986-03-14' })],
]
const known = stages[2]![1]
const booked = known.on('2026-01-05', 'visits-booked.v1', { why: '', visits: [visit('p1', 'preparation', 1, '2026-02-09T17:00:00.000Z', 60), visit('m1', 'medicine', 1, '2026-03-05T17:00:00.000Z', 180), visit('i1', 'integration', 1, '2026-03-06T17:00:00.000Z', 60)] })
const prepared = booked.on('2026-02-09', 'visit-closed.v1', { visit: 'p1', type: 'preparation', startedAt: '2026-02-09T17:00:00.000Z', endedAt: '2026-02-09T18:00:00.000Z', outcome: 'completed', covered: [], modalities: [], summary: '', carePlan: '' })
const dosed = prepared.dosed('s1', '2026-03-05T17:10:00Z', 50, 'm1').on('2026-03-05T20:00:00Z', 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, { session: 's1' })
const all = [...stages, ['booked', booked] as const, ['prepared', prepared] as const, ['dosed', dosed] as const, ['ended', dosed.on('2026-03-10', 'course-ended.v1', { reason: 'As agreed.' })] as const]

/** Therapy before, during and after the course: hours that lie ahead, that took place, that nobody came to, that were cancelled. */
const withTherapy = (chart: ToldChart, days: readonly number[]): ToldChart => {
  const at = (day: number) => new Date(Date.parse('2026-01-06T22:00:00.000Z') + day * 86_400_000).toISOString()
  const hours = days.map((day, i) => visit(`t${i}`, 'therapy', i + 1, at(day)))
  if (hours.length === 0) return chart
  const series = chart.on('2026-01-06T22:00:00.000Z', 'visits-booked.v1', { visits: hours, why: '', series: 'series' })
  return hours.reduce((so, hour, i) => (i % 4 === 3 ? so.on(hour.startsAt, 'visit-cancelled.v1', { visit: hour.visit, why: 'Ill.' }) : i % 4 === 0 ? so : so.on(hour.endsAt, 'visit-closed.v1', { visit: hour.visit, type: 'therapy', startedAt: hour.startsAt, endedAt: hour.endsAt, outcome: i % 4 === 1 ? 'completed' : 'missed', covered: [], modalities: [], summary: 'x', carePlan: '' })), series)
}
const days = fc.uniqueArray(fc.integer({ min: 0, max: 150 }), { maxLength: 12 }).map((some) => some.toSorted((a, b) => a - b))
const moments = fc.constantFrom('2026-01-20T17:00:00.000Z', '2026-03-01T17:00:00.000Z', '2026-03-05T16:00:00.000Z', '2026-03-08T17:00:00.000Z', '2026-05-20T17:00:00.000Z')

describe('therapy beside a course changes nothing of it', () => {
  const without = ({ visits, ...course }: NonNullable<ReturnType<typeof readCourse>>) => ({ ...course, visits: visits.filter(({ type }) => type !== 'therapy') })
  test.each(Object.values(protocols).map((protocol) => [protocol.id, protocol] as const))('its steps, counts, stage, next step and follow-ups: %s', (_, protocol) => {
    fc.assert(fc.property(fc.constantFrom(...all), days, moments, ([, chart], when, now) => {
      expect(without(readCourse(withTherapy(chart, when), protocol, rulebook, now, zone))).toEqual(without(readCourse(chart, protocol, rulebook, now, zone)))
    }), { numRuns: 25, seed: 1 })
  })

  test('what the rules of eligibility find, the doses, and what stands of the course', () => {
    fc.assert(fc.property(fc.constantFrom(...all), days, moments, ([, chart], when, now) => {
      const more = withTherapy(chart, when)
      expect(screenChart(more, rulebook.eligibility, now, rulebook.screening)).toEqual(screenChart(chart, rulebook.eligibility, now, rulebook.screening))
      const standing = standingOf(more, protocols['solo-six'], now, zone)
      expect({ ...standing, fixed: standing.fixed.filter(({ type }) => type !== 'therapy') }).toEqual(standingOf(chart, protocols['solo-six'], now, zone))
      expect(standing.fixed.filter(isDosing)).toEqual(standingOf(chart, protocols['solo-six'], now, zone).fixed.filter(isDosing))
    }), { numRuns: 40, seed: 2 })
  })

  test('what another course would change for somebody under way', () => {
    const to = { ...protocols['solo-six'], phases: protocols['solo-six'].phases.map((phase) => (phase.type === 'preparation' ? { ...phase, durationMin: 75 } : phase)) }
    const seen = (chart: ToldChart) => wouldSee(chart, protocols['solo-six'], to, rulebook, '2026-01-20T17:00:00.000Z', zone)
    expect(seen(booked)?.bookings.length).toBeGreaterThan(0)
    expect(seen(withTherapy(booked, [0, 7, 14, 21, 28, 60, 90]))).toEqual(seen(booked))
  })

  test('no course that ships holds it', () => {
    for (const protocol of Object.values(protocols)) expect([protocol.phases.map(({ type }) => type), nominalCourse(protocol)?.visits.map(({ type }) => type) ?? []].flat()).not.toContain('therapy')
  })
})

describe('a course is planned around it', () => {
  const request = requestFor(protocols['solo-six'])()
  const hour = (day: string, number: number): FixedVisit => ({ visit: `t${number}`, type: 'therapy', number, startsAt: `${day}T17:00:00.000Z`, endsAt: `${day}T17:50:00.000Z`, state: 'booked' })
  const fixed = ['2026-02-03', '2026-02-10', '2026-02-17', '2026-02-24', '2026-03-03'].map((day, i) => hour(day, i + 1))

  test('nothing overlaps it, and it keeps no day for itself', () => {
    const answer = planCourse({ ...request, fixed })
    if ('impossible' in answer) throw new Error(JSON.stringify(answer.impossible))
    for (const { visits } of answer.proposals) {
      for (const one of visits) for (const other of fixed) expect(one.startsAt < other.endsAt && other.startsAt < one.endsAt).toBe(false)
      expect(violations({ visits }, { ...request, fixed })).toEqual([])
    }
  })

  test('where it alone is in the way, it is named as what would have to give', () => {
    // The only hour of the week in which the course's first visit could be.
    const narrow = { ...request, latest: '2026-02-08', protocol: { ...request.protocol, phases: request.protocol.phases.filter(({ type }) => type === 'intake'), followUpDays: [] }, clearance: { state: 'signed' as const }, wishes: { ...request.wishes, when: [{ weekdays: [2 as const], from: '09:00', to: '10:30', strength: 'must' as const }] } }
    const answer = planCourse({ ...narrow, fixed: fixed.slice(0, 1) })
    if (!('impossible' in answer)) throw new Error('There was a place.')
    expect(answer.wouldHelp.map(({ says }) => says)).toContain('There is a plan if therapy on Tue, Feb 3 at 9:00 AM gives way.')
    const problem = problemOf({ ...narrow, fixed: fixed.slice(0, 1) })
    expect(startExplainerOf(problem)(problem.plan.layers[0]!, dayNumber('2026-02-03'), 540).map(({ says }) => says)).toEqual(['Therapy stands on Tue, Feb 3, 9:00 AM to 9:50 AM; it would have to give way.'])
  })
})
