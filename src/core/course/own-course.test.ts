import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { courseRows } from '../../knowledge/course-dials.ts'
import { protocols } from '../../knowledge/protocols.ts'
import { rulebook } from '../../knowledge/rulebook.ts'
import { sources } from '../../knowledge/sources.ts'
import type { Rulebook } from '../rulebook/book.ts'
import { courseIn, withCourses } from '../rulebook/own-courses.ts'
import { courseWay, figureRowOf, floorsOn, valuesOf, withValue, type CourseFigureRow, type CourseValue } from './course-figures.ts'
import { diffCourses, whatMoves } from './diff.ts'
import { beyondShipped, courseRefusals, idFor, makeCourse, type CourseDraft } from './own-course.ts'
import { figurePaths, type Protocol } from './protocol.ts'

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
    ['a kind of visit that nobody has', draftOf('solo-six', [['retreat.count', 0, 1]]), ['retreat.count unknown-figure']], ['a figure of visits that it is not given', draftOf('solo-six', [['consult.durationMin', 60, 90]]), ['consult.durationMin inconsistent']],
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
    ['no integration', draftOf('solo-six', [['integration.beforeNextDose', true, false], ['integration.count', 6, 0], ['integration.countRange', { min: 4, max: 6 }, { min: 1, max: 1 }]]), ['integration.count floor', 'integration.beforeNextDose floor', 'integration.countRange inconsistent', 'integration.count inconsistent']],
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

describe('visits and people that the course it comes from does not have', () => {
  const moved = (draft: CourseDraft) => { const answer = make(draft); if (!answer.ok) throw new Error(JSON.stringify(answer.refusal)); return { course: answer.value.course, changes: answer.value.changes, base: shipped[draft.from]! } }
  const staffOf = (course: Protocol, type: string) => course.phases.find((phase) => phase.type === type)?.staff
  const named = { name: 'Ours, with a consultation' }
  const consult = draftOf('solo-six', [['consult.count', 0, 1]], named)

  test('a kind of visit that ships elsewhere comes with its row, in its place, and every figure of it says whose it is', () => {
    const { course, changes } = moved(consult)
    expect(course.phases.map(({ type }) => type)).toEqual(['intake', 'consult', 'medical-clearance', 'preparation', 'medicine', 'integration', 'follow-up', 'maintenance'])
    expect(course.phases[1]).toEqual({ ...protocols['group-maintenance'].phases.find(({ type }) => type === 'consult'), count: 1 })
    expect(changes).toMatchObject([{ path: 'consult.count', from: 0, to: 1, way: 'tighter' }])
    for (const path of figurePaths(course)) expect(course.figures, path).toHaveProperty([path])
    expect(course.figures['consult.durationMin']).toEqual({ tag: 'P', cites: ['P'] })
  })
  test('what differs says so, and what moves counts the visit and its hour', () => {
    const { course, base } = moved(consult)
    const diff = diffCourses(base, course, courseRows)
    expect(diff.find(({ path }) => path === 'consult.count')).toMatchObject({ saysFrom: 'not in this course', to: 1, way: 'tighter', title: 'Consultation: number of visits' })
    const moves = whatMoves(base, course)
    expect(moves.added).toEqual(['Consultation'])
    expect(moves.visits.find(({ type }) => type === 'consult')).toMatchObject({ from: 0, to: 1 })
    expect(moves.personMin.find(({ role }) => role === 'therapist')).toMatchObject({ to: moves.personMin.find(({ role }) => role === 'therapist')!.from + 60 })
  })
  test('its figures may be changed with it, and not without it', () => {
    expect(moved(draftOf('solo-six', [['consult.count', 0, 1], ['consult.durationMin', 60, 90]], named)).course.phases[1]).toMatchObject({ type: 'consult', count: 1, durationMin: 90 })
    const without = make(draftOf('solo-six', [['consult.durationMin', 60, 90]], named))
    expect(!without.ok && without.refusal).toMatchObject([{ path: 'consult.durationMin', mend: { path: 'consult.count', to: 1 } }])
  })
  test('somebody more is there, and what moves counts their time', () => {
    const { course, base, changes } = moved(draftOf('solo-six', [['medicine.staff.prescriber.count', 0, 1]], named))
    expect(staffOf(course, 'medicine')).toEqual([{ role: 'therapist', count: 1 }, { role: 'monitor', count: 1 }, { role: 'prescriber', count: 1 }])
    expect(changes).toMatchObject([{ way: 'tighter' }])
    expect(whatMoves(base, course).personMin.find(({ role }) => role === 'prescriber')).toMatchObject({ to: 45 + 6 * 180 })
    expect(staffOf(course, 'maintenance'), 'only at the visit that was named').toEqual(staffOf(base, 'maintenance'))
  })
  test('somebody less is looser: with a reason, by two, and gone from the row', () => {
    const swap = [['medicine.staff.monitor.count', 1, 0], ['medicine.staff.therapist.count', 1, 2], ['maintenance.staff.monitor.count', 1, 0], ['maintenance.staff.therapist.count', 1, 2]] as const
    expect(make({ ...draftOf('solo-six', swap, named), changes: draftOf('solo-six', swap, named).changes.map((change) => ({ ...change, reason: '' })) }).ok).toBe(false)
    const { course, changes, base } = moved(draftOf('solo-six', swap, named))
    expect(staffOf(course, 'medicine')).toEqual([{ role: 'therapist', count: 2 }])
    expect(changes.filter(({ way }) => way === 'looser').map(({ path }) => path)).toEqual(['medicine.staff.monitor.count', 'maintenance.staff.monitor.count'])
    expect(beyondShipped(base, 'medicine.staff.monitor.count', 0, courseRows)).toBe(true)
    expect(diffCourses(base, course, courseRows).find(({ path }) => path === 'medicine.staff.monitor.count')).toMatchObject({ from: 1, to: 0, way: 'looser', saysTo: 'not in this course' })
  })
  test.each<[string, CourseDraft, readonly string[]]>([
    ['one person in the room', draftOf('solo-six', [['medicine.staff.monitor.count', 1, 0]], named), ['medicine.staff.therapist.count inconsistent']],
    ['nobody who prepares', draftOf('solo-six', [['preparation.staff.therapist.count', 1, 0], ['preparation.staff.monitor.count', 0, 1]], named), ['preparation.staff.therapist.count floor']],
    ['a therapist clears', draftOf('solo-six', [['medical-clearance.staff.prescriber.count', 1, 0], ['medical-clearance.staff.therapist.count', 0, 1]], named), ['medical-clearance.staff.prescriber.count floor']],
    ['integration by somebody else', draftOf('solo-six', [['integration.staff.therapist.count', 1, 0], ['integration.staff.prescriber.count', 0, 1]], named), ['integration.staff.therapist.count floor']],
    ['fewer than nobody', draftOf('solo-six', [['medicine.staff.prescriber.count', 0, -1]], named), ['medicine.staff.prescriber.count out-of-range', 'medicine.staff.therapist.count inconsistent']], ['five of them', draftOf('solo-six', [['medicine.staff.prescriber.count', 0, 5]], named), ['medicine.staff.prescriber.count out-of-range']],
    ['somebody whom no visit asks for', draftOf('solo-six', [['medicine.staff.coordinator.count', 0, 1]], named), ['medicine.staff.coordinator.count unknown-figure']],
    ['fewer visits than none', draftOf('solo-six', [['consult.count', 0, -1]], named), ['consult.count out-of-range']],
    ['the next dose without integration', draftOf('solo-six', [['integration.beforeNextDose', true, false]], named), ['integration.beforeNextDose floor']],
  ])('never: %s', (_, draft, expected) => expect(codes(draft)).toEqual(expected))

  test('a copy of it keeps what it was given, may give it up again, and comes out of the book as it was signed', () => {
    const first = made(consult)
    const courses = { ...shipped, [first.id]: first }
    const book = withCourses(rulebook, [first], courseRows)
    expect(book.ok && courseIn(book.value, first.id)).toEqual(first)
    const again = make(draftOf(first.id, [['consult.count', 1, 0]], { name: 'Without it again' }), courses)
    expect(again.ok && [again.value.course.phases.find(({ type }) => type === 'consult')?.count, again.value.changes[0]!.way]).toEqual([0, 'looser'])
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
  const held = Object.values(shipped).flatMap((base) => [...valuesOf(base)].flatMap(([path, value]) => (typeof value === 'boolean' ? [] : floorsOn(path, base, courseRows)).map((floor) => ({ base, path, value: Number(value), floor }))))
  test.each(held.map(({ base, path, value, floor }) => [`${base.id} ${path}`, base, path, value, floor] as const))('%s', (_, base, path, value, floor) => {
    const row = figureRowOf(path, courseRows)!
    const step = 'step' in row.takes ? row.takes.step : 1
    const to = floor.atLeast === undefined ? Math.max(floor.atMost!, value) + step : Math.min(floor.atLeast, value) - step
    const answer = make(draftOf(base.id, [[path, value, to]], { name: 'Beyond' }))
    expect(answer.ok ? [] : answer.refusal.filter((one) => one.path === path).map(({ code }) => code)).toEqual(expect.arrayContaining([expect.stringMatching(/^(floor|out-of-range)$/)]))
  })
})
