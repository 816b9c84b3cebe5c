import { describe, expect, test } from 'vitest'
import { courseRows } from '../../knowledge/course-dials.ts'
import { protocols } from '../../knowledge/protocols.ts'
import { figureRowOf, valuesOf, withValue, type CourseFloorRow, type CourseValue } from './course-figures.ts'
import { makeCourse, type CourseDraft } from './own-course.ts'
import type { Protocol } from './protocol.ts'

/** Every floor of a course, below, at and above. The cases are read from the rows: a new floor is tried as well, or this fails. */
const shipped: readonly Protocol[] = Object.values(protocols)
const signed = { by: 'dina', at: '2026-11-22T10:00:00.000Z', reason: 'Agreed at the meeting of the clinicians.' }

/** A course whose one floor on this figure is the one that is tried, with the figure where it is wanted. */
function courseAt(path: string, { onRoute }: CourseFloorRow, value: CourseValue): Protocol | undefined {
  const base = shipped.find((course) => valuesOf(course).has(path))
  return base && withValue({ ...base, routes: [(onRoute ?? 'PO') as Protocol['routes'][number]] }, path, value)
}

/** What is said at the figure itself when somebody takes it from where it stands to another value. */
function refusedAt(base: Protocol, path: string, to: number): string[] {
  const draft: CourseDraft = { from: base.id, name: 'A course to be tried', says: 'Visits to prepare, and then sessions.', replaces: false, changes: [{ path, from: valuesOf(base).get(path) as number, to, reason: 'Enough in our last thirty courses.' }] }
  const answer = makeCourse(draft, { courses: { [base.id]: base }, rows: courseRows, signed })
  return answer.ok ? [] : answer.refusal.filter((one) => one.path === path && (one.code === 'floor' || one.code === 'out-of-range')).map(({ code, says }) => `${code}: ${says}`)
}

interface Case { readonly says: string; readonly floor: CourseFloorRow; readonly path: string; readonly limit: number; readonly step: number; readonly out: number }

/** One for each floor and each figure that it holds; `out` is the first value on the wrong side. */
function casesOf(floor: CourseFloorRow): Case[] {
  return floor.holds.flatMap((path) => {
    const row = figureRowOf(path, courseRows)
    if (row && 'yesOrNo' in row.takes) return []
    if (!row || !('step' in row.takes)) throw new Error(`${floor.id} holds ${path}, which is no number that a practice may change`)
    const limit = floor.atLeast ?? floor.atMost
    if (limit === undefined) throw new Error(`${floor.id} says neither at least nor at most`)
    const { step } = row.takes
    return { says: `${floor.id}, ${path}: ${floor.atLeast === undefined ? 'at most' : 'at least'} ${limit}${floor.onRoute ? ` by ${floor.onRoute}` : ''}`, floor, path, limit, step, out: floor.atLeast === undefined ? limit + step : limit - step }
  })
}
const cases = courseRows.floors.flatMap(casesOf)
test('what is no number is held as well: once it is asked for, no copy leaves it out', () => {
  const held = courseRows.floors.filter((floor) => casesOf(floor).length === 0)
  expect(held.map(({ holds }) => holds)).toEqual([['integration.beforeNextDose']])
  const take = (base: Protocol, to: boolean) => {
    const answer = makeCourse({ from: base.id, name: 'A course to be tried', says: 'Visits to prepare, and then sessions.', replaces: false, changes: [{ path: 'integration.beforeNextDose', from: base.integration.beforeNextDose, to, reason: 'Enough in our last thirty courses.' }] }, { courses: { [base.id]: base }, rows: courseRows, signed })
    return answer.ok ? [] : answer.refusal.filter(({ path }) => path === 'integration.beforeNextDose').map(({ code, says }) => `${code}: ${says}`)
  }
  expect(shipped.filter(({ integration }) => integration.beforeNextDose).length).toBeGreaterThan(3)
  for (const base of shipped) expect(take(base, false)).toEqual(base.integration.beforeNextDose ? [`floor: Integration comes before the next dose: that stays, whoever signs. ${held[0]!.because}`] : [])
})
const inwards = ({ limit, out }: Case) => limit + (limit - out)

describe.each(cases.map((one) => [one.says, one] as const))('%s', (_, one) => {
  const { floor, path, limit, out } = one
  const within = courseAt(path, floor, inwards(one))!
  test('some course has this figure', () => expect(courseAt(path, floor, limit), `${path} stands in no course`).toBeDefined())
  test('a step beyond it is refused, with why', () => {
    const refused = refusedAt(within, path, out)
    expect(refused).toHaveLength(1)
    expect(refused[0]).toMatch(/^floor: .*whoever signs\. /)
    expect(refused[0]).toContain(floor.because)
  })
  test('at it, nothing is said', () => expect(refusedAt(within, path, limit)).toEqual([]))
  test('on its near side, nothing is said', () => expect(refusedAt(courseAt(path, floor, limit)!, path, inwards(one))).toEqual([]))
  test('a course that ships beyond it is as far as its copies go', () => {
    const beyond = courseAt(path, floor, out)!
    expect(refusedAt(beyond, path, out)).toEqual([])
    expect(refusedAt(beyond, path, out - (limit - out))).not.toEqual([])
  })
  if (floor.onRoute) test('by another route it says nothing', () => expect(refusedAt({ ...within, routes: ['another'] as unknown as Protocol['routes'] }, path, out)).toEqual([]))
})

test('every floor is tried, at every figure it holds', () => {
  expect(courseRows.floors.length).toBeGreaterThan(10)
  expect([...new Set(cases.map(({ floor }) => floor.id))]).toEqual(courseRows.floors.filter((floor) => casesOf(floor).length > 0).map(({ id }) => id))
  expect(cases).toHaveLength(courseRows.floors.filter((floor) => casesOf(floor).length > 0).flatMap(({ holds }) => holds).length)
})
