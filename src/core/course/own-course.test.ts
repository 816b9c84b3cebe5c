import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { courseRows } from '../../knowledge/course-dials.ts'
import { protocols } from '../../knowledge/protocols.ts'
import { rulebook } from '../../knowledge/rulebook.ts'
import { sources } from '../../knowledge/sources.ts'
import type { Rulebook } from '../rulebook/book.ts'
import { courseIn, withCourses } from '../rulebook/own-courses.ts'
import { courseWay, figureRowOf, floorsOn, valuesOf, withValue, type CourseFigureRow, type CourseValue } from './course-figures.ts'
import { diffCourses } from './diff.ts'
import { beyondShipped, courseRefusals, idFor, makeCourse, type CourseDraft } from './own-course.ts'
import type { Protocol } from './protocol.ts'

const shipped: Readonly<Record<string, Protocol>> = protocols
const signed = { by: 'dina', at: '2026-11-22T10:00:00.000Z', reason: 'Agreed at the meeting of the clinicians.' }
const because = 'Two visits were enough in our last thirty courses.'
const draftOf = (from: string, changes: readonly (readonly [string, CourseValue, CourseValue])[], more: Partial<CourseDraft> = {}): CourseDraft =>
  ({ from, name: 'Six sessions, two preparations', says: 'Two visits to prepare, then up to six medicine sessions.', replaces: false, changes: changes.map(([path, a, b]) => ({ path, from: a, to: b, reason: because })) as CourseDraft['changes'], ...more })
const twoOfThree = draftOf('solo-six', [['preparation.count', 3, 2], ['gates.preparationVisits', 3, 2]])
const make = (draft: CourseDraft, courses = shipped) => makeCourse(draft, { courses, rows: courseRows, signed })
const made = (draft: CourseDraft, courses = shipped): Protocol => { const answer = make(draft, courses); if (!answer.ok) throw new Error(JSON.stringify(answer.refusal)); return answer.value.course }
const codes = (draft: CourseDraft, courses = shipped) => { const answer = make(draft, courses); return answer.ok ? [] : answer.refusal.map(({ path, code }) => `${path} ${code}`) }

describe('three preparation visits become two', () => {
  const course = made(twoOfThree)
  test('has an id of its own, made from its name once', () => expect(course.id).toBe('own-six-sessions-two-preparations'))
  test('what was changed is ours, says who, when and why; what was not keeps its source', () => {
    expect(course.figures['preparation.count']).toEqual({ tag: 'P', cites: ['P'] })
    expect(course.figures['medicine.count']).toEqual(protocols['solo-six'].figures['medicine.count'])
    expect(Object.entries(course.figures).filter(([path, figure]) => figure !== protocols['solo-six'].figures[path]).map(([path]) => path)).toEqual(['preparation.count', 'gates.preparationVisits'])
    expect(course.own).toEqual({ from: 'solo-six', root: 'solo-six', ...signed, changes: [
      { path: 'preparation.count', from: 3, to: 2, way: 'looser', reason: because, by: 'dina', at: signed.at }, { path: 'gates.preparationVisits', from: 3, to: 2, way: 'looser', reason: because, by: 'dina', at: signed.at },
    ] })
  })
  test('the row it was made from is as before', () => expect(protocols['solo-six'].phases.find(({ type }) => type === 'preparation')?.count).toBe(3))
})

describe('what is refused, and where it is said', () => {
  test.each<[string, CourseDraft, readonly string[]]>([
    ['a gate that asks for more than is planned', draftOf('solo-six', [['preparation.count', 3, 2]]), ['gates.preparationVisits inconsistent']],
    ['a course that does not exist', draftOf('solo-seven', []), [' unknown-course']],
    ['an inherited name', draftOf('constructor', []), [' unknown-course']],
    ['a figure that stands elsewhere', draftOf('solo-six', [['preparation.count', 4, 5]]), ['preparation.count moved-on']],
    ['a figure that nobody changes', draftOf('solo-six', [['minimumAgeYears', 18, 16]]), ['minimumAgeYears unknown-figure']],
    ['that it ships switched off', draftOf('pain-iv-5', [['heldBack', protocols['pain-iv-5'].heldBack!, '']]), ['heldBack unknown-figure']],
    ['a figure of a phase that it has not', draftOf('solo-six', [['consult.count', 0, 1]]), ['consult.count unknown-figure']],
    ['a figure named twice', draftOf('solo-six', [['preparation.count', 3, 4], ['preparation.count', 3, 5]]), ['preparation.count twice']],
    ['half a visit', draftOf('solo-six', [['preparation.count', 3, 3.5]]), ['preparation.count not-a-value']],
    ['minus nothing', draftOf('solo-six', [['preparation.gapDays', { min: 6, max: 8 }, { min: -0, max: 8 }]]), ['preparation.gapDays not-a-value']],
    ['without end', draftOf('solo-six', [['preparation.count', 3, Number.POSITIVE_INFINITY]]), ['preparation.count not-a-value']],
    ['a number for a span', draftOf('solo-six', [['preparation.gapDays', { min: 6, max: 8 }, 7]]), ['preparation.gapDays not-a-value']],
    ['a word that is none', draftOf('solo-six', [['maintenance', 'on-relapse-or-warning', 'sometimes']]), ['maintenance not-a-value']],
    ['a thousand visits', draftOf('solo-six', [['preparation.count', 3, 1_000]]), ['preparation.count out-of-range']],
    ['one person in the room', draftOf('solo-six', [['peopleInRoom', 2, 1]]), ['peopleInRoom floor']],
    ['a day between doses', draftOf('solo-six', [['spacing.minHoursBetweenDoses', 48, 24]]), ['spacing.minHoursBetweenDoses floor']],
    ['four doses in seven days', draftOf('solo-six', [['spacing.maxDosesPerSevenDays', 2, 4]]), ['spacing.maxDosesPerSevenDays floor']],
    ['a clearance for longer', draftOf('solo-six', [['gates.clearanceValidDays', 90, 91]]), ['gates.clearanceValidDays floor']],
    ['a safety plan for longer', draftOf('solo-six', [['gates.safetyPlanWithinDays', 90, 120]]), ['gates.safetyPlanWithinDays floor']],
    ['no preparation', draftOf('solo-six', [['preparation.count', 3, 0], ['gates.preparationVisits', 3, 0]]), ['preparation.count floor', 'gates.preparationVisits floor']],
    ['no integration', draftOf('solo-six', [['integration.beforeNextDose', true, false], ['integration.count', 6, 0], ['integration.countRange', { min: 4, max: 6 }, { min: 1, max: 1 }]]), ['integration.count floor', 'integration.countRange inconsistent', 'integration.count inconsistent']],
    ['the spray without its two hours', draftOf('spravato-trd', [['medicine.durationMin', 150, 90]]), ['medicine.durationMin floor']],
    ['into a muscle, and home after an hour', draftOf('awakn-oslo', [['medicine.durationMin', 180, 60]]), ['medicine.durationMin floor']], ['upkeep as short', draftOf('awakn-oslo', [['maintenance.durationMin', 180, 105]]), ['maintenance.durationMin floor']], ['as long as nobody goes home', draftOf('awakn-oslo', [['medicine.durationMin', 180, 120], ['maintenance.durationMin', 180, 120]]), []],
    ['by vein, an hour from its beginning and not from its end', draftOf('wilkinson-2017', [['medicine.durationMin', 120, 90]]), ['medicine.durationMin floor']], ['by vein, an hour from its end', draftOf('wilkinson-2017', [['medicine.durationMin', 120, 105]]), []], ['by several ways: the longest time counts, said once', draftOf('solo-six', [['medicine.durationMin', 180, 105]]), ['medicine.durationMin floor']],
    ['the spray three times a week', draftOf('spravato-trd', [['spacing.maxDosesPerSevenDays', 2, 3]]), ['spacing.maxDosesPerSevenDays floor']],
    ['no name', { ...twoOfThree, name: '  ' }, ['name name']], ['the name of another', { ...twoOfThree, name: protocols['hanya-6'].name.toUpperCase() }, ['name name']],
    ['no sentence', { ...twoOfThree, says: 'two visits and six sessions' }, ['says says']],
    ['to take the place of what ships', { ...twoOfThree, replaces: true }, [' replaced']],
  ])('%s', (_, draft, expected) => {
    expect(codes(draft)).toEqual(expected)
  })
  test('looser without a reason, and with one it goes', () => {
    const why = (reason: string) => codes({ ...twoOfThree, changes: twoOfThree.changes.map((change) => ({ ...change, reason })) })
    expect(why('x'.repeat(19))).toEqual(['preparation.count reason', 'gates.preparationVisits reason'])
    expect(why(` ${' '.repeat(30)}`)).toEqual(['preparation.count reason', 'gates.preparationVisits reason'])
    expect(why('x'.repeat(20))).toEqual([])
  })
  test('tighter needs none', () => expect(codes({ ...draftOf('solo-six', [['gates.clearanceValidDays', 90, 60]]), changes: [{ path: 'gates.clearanceValidDays', from: 90, to: 60, reason: '' }] })).toEqual([]))
  test('a refusal says what would put it right', () => {
    const answer = make(draftOf('solo-six', [['preparation.count', 3, 2]]))
    expect(!answer.ok && answer.refusal[0]).toMatchObject({ says: 'The gate before the first dose asks for 3 preparation visits, and 2 are planned.', mend: { path: 'gates.preparationVisits', to: 2 } })
  })
})

describe('copies of copies', () => {
  const first = made(twoOfThree)
  const courses = { ...shipped, [first.id]: first }
  test('a second of the same name has another id, and a name in any script has one', () => {
    expect(idFor(first.name, courses)).toBe(`${first.id}-2`)
    expect([idFor('六次', courses), idFor('Ä'.repeat(200), {}), idFor('solo-six', courses)]).toEqual(['own-course', `own-${'a'.repeat(48)}`, 'own-solo-six'])
  })
  test('what takes the place of another says so, once; the other stays for those who are on it', () => {
    const next = made(draftOf(first.id, [['gates.clearanceValidDays', 90, 60]], { replaces: true }), courses)
    expect(next).toMatchObject({ id: `${first.id}-2`, own: { from: first.id, root: 'solo-six', replaces: first.id } })
    expect(codes(draftOf(first.id, [], { replaces: true, name: 'A third' }), { ...courses, [next.id]: next })).toEqual([' replaced'])
    const book = withCourses(rulebook, [first, next], courseRows)
    expect(book.ok && [courseIn(book.value, first.id), courseIn(book.value, next.id)]).toEqual([first, next])
  })
  test('many copies reach no further than one', () => {
    expect(codes(draftOf(first.id, [['preparation.count', 2, 1], ['gates.preparationVisits', 2, 1]], { name: 'One' }), courses)).toEqual([])
    expect(codes(draftOf(first.id, [['preparation.count', 2, 0], ['gates.preparationVisits', 2, 0]], { name: 'None' }), courses)).toEqual(['preparation.count floor', 'gates.preparationVisits floor'])
  })
  test('what ships held back stays so, and its copies go as far as it does', () => {
    const copy = made(draftOf('pain-iv-5', [['medicine.durationMin', 120, 150]], { name: 'Five days, longer' }))
    expect(copy.heldBack).toBe(protocols['pain-iv-5'].heldBack)
    const { heldBack: _gone, ...free } = copy
    expect(courseRefusals(free, shipped, courseRows).map(({ code }) => code)).toEqual(['floor'])
    expect(codes(draftOf('pain-iv-5', [['spacing.minHoursBetweenDoses', 20, 24]], { name: 'Five days' }))).toEqual([])
  })
  test('what the rules ask of a course by name, they ask of its copies', () => {
    const copy = made(draftOf('kare-aud', [['gates.clearanceValidDays', 90, 80]]))
    const book = withCourses(rulebook, [copy], courseRows)
    expect(book.ok && book.value.screening.alcoholProtocols).toEqual([...rulebook.screening.alcoholProtocols, copy.id])
    const plain = withCourses(rulebook, [first], courseRows)
    expect(plain.ok && plain.value.screening).toBe(rulebook.screening)
  })
})

describe('a book with courses in it', () => {
  const course = made(twoOfThree)
  test.each<[string, Protocol]>([
    ['under the id of what ships', { ...course, id: 'solo-six' }], ['under an id that is no practice’s', { ...course, id: 'mine' }],
    ['below a floor', withValue(course, 'peopleInRoom', 1)], ['that contradicts itself', withValue(course, 'gates.preparationVisits', 3)], ['outside a span', withValue(course, 'medicine.roomMin', 601)],
  ])('holds none %s', (_, one) => expect(withCourses(rulebook, [one], courseRows).ok).toBe(false))
  test('nor the same twice', () => expect(withCourses(rulebook, [course, course], courseRows).ok).toBe(false))
  test('without any it is the book that ships', () => expect(withCourses(rulebook, [], courseRows)).toEqual({ ok: true, value: rulebook }))
  test.each([null, undefined, '', 'solo-seven', '__proto__', 'toString'])('an id that it does not hold, %s, is no course', (id) => expect(courseIn(rulebook as Rulebook, id)).toBeUndefined())
})

describe('floors and spans as rows', () => {
  test('every one names a figure, with a reason and sources that exist', () => {
    const paths = new Map(Object.values(shipped).flatMap((protocol) => [...valuesOf(protocol).keys()].map((path) => [path, protocol] as const)))
    for (const floor of courseRows.floors) {
      expect([floor.atLeast, floor.atMost].filter((one) => one !== undefined), floor.id).toHaveLength(1)
      expect(floor.because).toMatch(/^[A-Z].*\.$/)
      for (const source of floor.cites) expect(Object.keys(sources)).toContain(source)
      const on = [...paths].filter(([path]) => floor.holds.includes(path))
      expect(on.length, floor.id).toBeGreaterThan(0)
      for (const [path] of on) expect(figureRowOf(path, courseRows), path).toBeDefined()
    }
    for (const { at, name } of courseRows.figures) expect([name, [...paths.keys()].some((path) => figureRowOf(path, courseRows)?.at === at)], at).toEqual([name, true])
  })
})

/** Any value that a figure takes at all, floor or not. */
function anyValue(row: CourseFigureRow): fc.Arbitrary<CourseValue> {
  if ('yesOrNo' in row.takes) return fc.boolean()
  if ('choices' in row.takes) return fc.constantFrom(...row.takes.choices)
  const { between: [least, most], step } = row.takes
  const number = fc.integer({ min: Math.ceil(least / step), max: Math.floor(most / step) }).map((steps) => steps * step)
  if (row.tighter === 'inside') return fc.tuple(number, number).map(([min, max]) => ({ min, max }))
  return row.tighter === 'more' || row.tighter === 'fewer-days' ? fc.array(number, { maxLength: 6 }) : number
}
const changing = fc.constantFrom(...Object.values(shipped)).chain((base) => {
  const turnable = [...valuesOf(base)].flatMap(([path, value]) => { const row = figureRowOf(path, courseRows); return row ? [{ path, value, row }] : [] })
  return fc.uniqueArray(fc.constantFrom(...turnable).chain((one) => anyValue(one.row).map((to) => ({ ...one, to }))), { maxLength: 6, selector: ({ path }) => path }).map((list) => ({ base, list }))
})
const asDraft = (base: Protocol, list: readonly { path: string; value: CourseValue; to: CourseValue }[]) => draftOf(base.id, list.map(({ path, value, to }) => [path, value, to] as const), { name: 'A course of ours' })

test('what was changed is what the comparison gives back, and nothing else', () => {
  let seen = 0
  fc.assert(fc.property(changing, ({ base, list }) => {
    const answer = make(asDraft(base, list))
    if (!answer.ok) return
    seen += 1
    const expected = new Map(list.filter(({ row, value, to }) => courseWay(row, value, to) !== 'same').map(({ path, to }) => [path, to]))
    expect(new Map(diffCourses(base, answer.value.course, courseRows).map(({ path, to }) => [path, to]))).toEqual(expected)
    expect(new Map(answer.value.changes.map(({ path, to }) => [path, to]))).toEqual(expected)
    for (const { path, way, from, to } of answer.value.changes) expect(way).toBe(courseWay(figureRowOf(path, courseRows)!, from, to))
  }), { numRuns: 500 })
  expect(seen).toBeGreaterThan(40)
})

/** Whatever else is changed with it: no floor is ever passed by a course that was made. */
test('no way leads below a floor', () => {
  fc.assert(fc.property(changing, ({ base, list }) => {
    const answer = make(asDraft(base, list))
    if (!answer.ok) return
    const [ships, is] = [valuesOf(base), valuesOf(answer.value.course)]
    expect(answer.value.course.heldBack).toBe(base.heldBack)
    for (const [path, value] of is) {
      for (const { atLeast, atMost } of floorsOn(path, base, courseRows)) {
        const from = Number(ships.get(path))
        if (atLeast !== undefined) expect(Number(value), path).toBeGreaterThanOrEqual(Math.min(atLeast, from))
        if (atMost !== undefined) expect(Number(value), path).toBeLessThanOrEqual(Math.max(atMost, from))
      }
    }
  }), { numRuns: 400 })
})

test.each<[string, string, CourseValue, boolean]>([
  ['fewer preparations than ship', 'preparation.count', 2, true], ['as many', 'preparation.count', 3, false], ['more', 'preparation.count', 4, false],
  ['a longer clearance', 'gates.clearanceValidDays', 91, true], ['a shorter one', 'gates.clearanceValidDays', 60, false], ['fewer follow-ups', 'followUpDays', [7, 30, 90], true], ['what no course knows', 'nothing.atAll', 3, true],
])('beyond what ships, whichever course it is made from: %s', (_, path, to, beyond) => {
  expect(beyondShipped(protocols['solo-six'], path, to, courseRows)).toBe(beyond)
  expect(beyondShipped(undefined, path, to, courseRows)).toBe(true)
})

describe('a floor holds against every single figure that it names', () => {
  const held = Object.values(shipped).flatMap((base) => [...valuesOf(base)].flatMap(([path, value]) => floorsOn(path, base, courseRows).map((floor) => ({ base, path, value: Number(value), floor }))))
  test.each(held.map(({ base, path, value, floor }) => [`${base.id} ${path}`, base, path, value, floor] as const))('%s', (_, base, path, value, floor) => {
    const row = figureRowOf(path, courseRows)!
    const step = 'step' in row.takes ? row.takes.step : 1
    const to = floor.atLeast === undefined ? Math.max(floor.atMost!, value) + step : Math.min(floor.atLeast, value) - step
    const answer = make(draftOf(base.id, [[path, value, to]], { name: 'Beyond' }))
    expect(answer.ok ? [] : answer.refusal.filter((one) => one.path === path).map(({ code }) => code)).toEqual(expect.arrayContaining([expect.stringMatching(/^(floor|out-of-range)$/)]))
  })
})
