import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { courseRows } from '../../knowledge/course-dials.ts'
import { protocols } from '../../knowledge/protocols.ts'
import { violations } from '../scheduling/check.ts'
import { ben, hours, requestFor } from '../scheduling/fixtures.ts'
import { courseAsks, nominalCourse } from '../scheduling/nominal.ts'
import type { PlannedVisit } from '../scheduling/request.ts'
import { dayNumber, dayOfNumber } from '../scheduling/zone.ts'
import { valuesOf, withValue } from './course-figures.ts'
import { diffCourses, whatMoves } from './diff.ts'
import { phaseOf, type Protocol } from './protocol.ts'

const solo = protocols['solo-six']
const two = withValue(withValue(solo, 'preparation.count', 2), 'gates.preparationVisits', 2)
const all = Object.values(protocols)

describe('three preparation visits become two', () => {
  test('two figures differ, in words, and both are looser', () => expect(diffCourses(solo, two, courseRows).map(({ title, saysFrom, saysTo, way }) => [title, saysFrom, saysTo, way])).toEqual([
    ['Preparation: number of visits', '3', '2', 'looser'], ['Preparation visits before the first dose', '3', '2', 'looser'],
  ]))
  test('one visit goes, and everything after it comes six days earlier', () => {
    const { visits, personMin, roomMin, days, gone, added, moved } = whatMoves(solo, two)
    expect(visits.find(({ type }) => type === 'preparation')).toMatchObject({ from: 3, to: 2 })
    expect(visits.filter(({ from, to }) => from !== to)).toHaveLength(1)
    expect(personMin.find(({ role }) => role === 'therapist')).toEqual({ role: 'therapist', from: 1_860, to: 1_800 })
    expect(personMin.filter(({ from, to }) => from !== to)).toHaveLength(1)
    expect(roomMin.from - roomMin.to).toBe(60)
    expect(days).toEqual({ toLastDose: { from: 40, to: 34 }, toLastFollowUp: { from: 220, to: 214 } })
    expect([gone, added]).toEqual([['Preparation 3'], []])
    expect(moved).toEqual([{ says: 'Medicine session 1 to 6', byDays: -6 }, { says: 'Integration 1 to 6', byDays: -6 }, { says: 'Follow-up 1 to 4', byDays: -6 }])
  })
})

test.each(all.map((protocol) => [protocol.id, protocol] as const))('%s differs from itself in nothing, and nothing moves', (_, protocol) => {
  expect(diffCourses(protocol, structuredClone(protocol), courseRows)).toEqual([])
  const { visits, personMin, gone, added, moved, days } = whatMoves(protocol, structuredClone(protocol))
  expect([...visits, ...personMin].filter(({ from, to }) => from !== to)).toEqual([])
  expect([gone, added, moved]).toEqual([[], [], []])
  expect(days?.toLastFollowUp.from).toBeGreaterThan(0)
})

test('however a course was stored, it is read in the same order', () => {
  const sorted = (value: unknown): unknown => (Array.isArray(value) ? value.map(sorted) : typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, child]) => [key, sorted(child)])) : value)
  for (const to of all) expect(diffCourses(sorted(solo) as Protocol, sorted(to) as Protocol, courseRows).map(({ path }) => path)).toEqual(diffCourses(solo, to, courseRows).map(({ path }) => path))
})

test('between any two courses: turned round it says the same the other way', () => {
  fc.assert(fc.property(fc.constantFrom(...all), fc.constantFrom(...all), (a, b) => {
    const [there, back] = [diffCourses(a, b, courseRows), diffCourses(b, a, courseRows)]
    expect(new Map(there.map(({ path, from, to }) => [path, [from, to]]))).toEqual(new Map(back.map(({ path, from, to }) => [path, [to, from]])))
    const differing = new Set([...valuesOf(a), ...valuesOf(b)].map(([path]) => path).filter((path) => JSON.stringify(valuesOf(a).get(path)) !== JSON.stringify(valuesOf(b).get(path))))
    expect(new Set(there.map(({ path }) => path))).toEqual(differing)
    expect(whatMoves(a, b).days?.toLastDose.to).toBe(whatMoves(b, a).days?.toLastDose.from)
  }))
})

describe('the course as laid out', () => {
  /** A practice that never closes, with people and rooms enough. */
  const open = (protocol: Protocol) => {
    const plain = requestFor(protocol)({ earliest: '2026-02-02', latest: '2027-02-01', onCall: 'elsewhere' })
    return { ...plain, zone: 'UTC', people: [...plain.people, { ...ben, id: 'eve', name: 'Eve Marsh' }].map((person) => ({ ...person, hours: hours('00:00', '24:00', [1, 2, 3, 4, 5, 6, 7]) })) }
  }
  test.each(all.map((protocol) => [protocol.id, protocol] as const))('%s breaks no rule that the independent check knows of its days', (_, protocol) => {
    const nominal = nominalCourse(protocol)
    expect(nominal).toBeDefined()
    const used = new Map<number, number>()
    const visits = nominal!.visits.map(({ key, type, number, day }): PlannedVisit => {
      const hour = used.get(day) ?? 8
      const minutes = phaseOf(protocol, type)!.durationMin
      used.set(day, hour + Math.ceil(minutes / 60))
      const on = dayOfNumber(dayNumber('2026-02-02') + day)
      const at = `${on}T${String(hour).padStart(2, '0')}:00`
      const endsAt = new Date(Date.parse(`${at}:00.000Z`) + minutes * 60_000).toISOString()
      return { visit: key, type, number, day: on, localStart: at, zone: 'UTC', startsAt: `${at}:00.000Z`, endsAt, roomUntil: endsAt, online: false, people: [] }
    })
    expect(violations({ visits }, open(protocol)).filter(({ code }) => !['staff', 'therapist', 'room', 'on-call', 'continuity'].includes(code))).toEqual([])
  })
  test('the worked example of the planner: three weeks of preparation, and doses on every second and fifth day', () => {
    expect(nominalCourse(solo)!.visits.filter(({ type }) => type === 'preparation' || type === 'medicine').map(({ day }) => day)).toEqual([6, 12, 18, 24, 26, 31, 33, 38, 40])
  })
  test('people and rooms are counted from the row', () => {
    const { personMin, roomMin, visits } = courseAsks(solo)
    expect([...personMin]).toEqual([['therapist', 1_860], ['prescriber', 45], ['monitor', 1_080]])
    expect([roomMin, visits.reduce((sum, { count }) => sum + count, 0)]).toEqual([60 + 45 + 180 + 1_260 + 360 + 180, 21])
  })
  test('what cannot be laid out is not laid out', () => expect(nominalCourse(withValue(solo, 'gates.clearanceValidDays', 5))).toBeUndefined())
})
