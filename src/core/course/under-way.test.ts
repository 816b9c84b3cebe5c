import { describe, expect, test } from 'vitest'
import { protocols } from '../../knowledge/protocols.ts'
import { rulebook } from '../../knowledge/rulebook.ts'
import type { BookedVisit } from '../chart/kinds/aftercare.ts'
import { told, type ToldChart } from '../measures/fixtures.ts'
import { withValue, type CourseValue } from './course-figures.ts'
import type { Protocol } from './protocol.ts'
import { wouldSee } from './under-way.ts'
import { unknownCourse } from './unknown-course.ts'

const solo = protocols['solo-six']
const zone = 'America/Los_Angeles'
const now = '2026-02-20T17:00:00.000Z'
const course = (...changes: readonly (readonly [string, CourseValue])[]): Protocol => changes.reduce((one, [path, to]) => withValue(one, path, to), solo)
const two = course(['preparation.count', 2], ['gates.preparationVisits', 2])
const see = (chart: ToldChart, to: Protocol) => wouldSee(chart, solo, to, rulebook, now, zone)

const held = (chart: ToldChart, visit: string, at: string) => chart.on(at, 'visit-closed.v1', { visit, type: 'preparation', startedAt: `${at}T17:00:00.000Z`, endedAt: `${at}T18:00:00.000Z`, outcome: 'completed', covered: [], modalities: [], summary: '', carePlan: '' })
const begun = told().on('2026-01-02', 'demographics.v1', { givenName: 'Mara', familyName: 'Keller', birthDate: '1986-03-14' })
const visit = (id: string, type: BookedVisit['type'], number: number, day: string, minutes = 60): BookedVisit => ({ visit: id, type, number, startsAt: `${day}T17:00:00.000Z`, endsAt: new Date(Date.parse(`${day}T17:00:00.000Z`) + minutes * 60_000).toISOString(), localStart: `${day}T09:00`, zone, people: [], online: false })
const booked = begun.on('2026-01-05', 'visits-booked.v1', { why: '', visits: [
  visit('p1', 'preparation', 1, '2026-02-09'), visit('p2', 'preparation', 2, '2026-02-16'), visit('p3', 'preparation', 3, '2026-02-23'), visit('m1', 'medicine', 1, '2026-03-05', 180), visit('m2', 'medicine', 2, '2026-03-09', 180),
] })
const twice = held(held(booked, 'p1', '2026-02-09'), 'p2', '2026-02-16')

describe('what somebody under way would see on another course', () => {
  test.each<[string, ToldChart, Protocol, readonly string[]]>([
    ['nothing on the same course', twice, structuredClone(solo), []],
    ['nothing where nothing is booked', begun, two, []],
    ['a visit that the other does not have', twice, two, ['The protocol has no preparation 3.']],
    ['doses that come too soon after each other', twice, course(['medicine.gapDays', { min: 7, max: 14 }], ['spacing.maxDosesPerSevenDays', 1]), ['Medicine session 2 is 4 days after Medicine session 1.', '2 doses lie in the seven days from 2026-03-05.']],
    ['a first dose too soon after preparation', twice, course(['medicine.afterDays', { min: 12, max: 14 }]), ['Medicine session 1 is 10 days after Preparation 3, and at least 12 are asked for.']],
    ['visits of another length', twice, course(['preparation.durationMin', 75]), ['Preparation 3 takes 60 minutes, and the protocol says 75.']],
  ])('%s', (_, chart, to, bookings) => expect(see(chart, to)?.bookings ?? []).toEqual(bookings))

  test('another step comes next, in the words of both', () => {
    const alone = held(held(begun, 'x', '2026-02-09').on('2026-02-02', 'intake.v1', { presenting: 'x', psychiatricHistory: 'x', currentStatus: 'x', goals: ['sleep'], readiness: 7, readinessNote: '', supportNeeded: '', indications: [{ system: 's', code: 'F33.2' }], carePlan: '' }), 'y', '2026-02-16')
    const steps = { from: wouldSee(alone, two, solo, rulebook, '2026-03-20T17:00:00.000Z', zone), back: wouldSee(alone, solo, two, rulebook, '2026-03-20T17:00:00.000Z', zone) }
    expect(steps.from?.next?.to).toBe('Preparation 3 of 3')
    expect(steps.back?.next?.from).toBe('Preparation 3 of 3')
    expect(steps.back?.next?.to).not.toContain('Preparation')
  })
})

test('a course that nobody knows asks for nothing of another one, and says so', () => {
  const read = unknownCourse(twice, 'It is not there.', rulebook, now, zone)
  expect(read).toMatchObject({ stage: 'Course not known here', steps: [{ id: 'protocol', state: 'blocked', blockedBy: [{ code: 'course-unknown', says: 'It is not there.' }] }], followUps: [] })
  expect(read.next).toBe(read.steps[0])
  expect(read.visits.map(({ visit }) => visit)).toEqual(['p1', 'p2', 'p3', 'm1', 'm2'])
  expect(Object.values(read.counts).map(({ needed }) => needed)).toEqual([0, 0, 0])
})
