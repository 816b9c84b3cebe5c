import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { logRank } from '../log-rank.ts'
import { survival } from '../survival.ts'
import { comparedKept } from './compared.ts'
import type { CourseRow } from './course-row.ts'
import { practiceFigures, type Share } from './figures.ts'
import { keptFigure, quartiles } from './kept-figure.ts'
import { dimensions, isIn, shownGroups, type Cell, type Group } from './small-groups.ts'
import { tally } from './tallies.ts'
import { figureRows, registry } from './testing/rows.ts'

const everybody: Group = { by: 'all', value: '', year: '' }
const { courses, asked } = registry(250)
const late = '2029-01-01'
const of = (rows: readonly CourseRow[], group: Group = everybody, today = late) => practiceFigures(tally(rows, [], today), group, figureRows)
const phq9 = (rows: readonly CourseRow[], group?: Group) => of(rows, group).measures.find(({ instrument }) => instrument === 'phq-9')!

/** The same course with other scores, so that each case says only what matters. */
const [model] = courses as [CourseRow]
const one = (baseline: number | null, end: number | null, { finished = true, response = false, worse = false, isCase = true } = {}): CourseRow => ({
  ...model, finished, settlesOn: '2025-01-01', kept: { state: 'unknown' },
  measures: [{ instrument: 'phq-9', baseline, end, followUps: [], verdict: baseline === null || end === null ? null : { isCase, response, remission: false, reliable: response, worse } }],
})
const times = (count: number, row: CourseRow) => Array.from({ length: count }, () => row)

describe('completers beside everybody who began', () => {
  const rows = [...times(8, one(18, 6, { response: true })), ...times(4, one(18, 15)), ...times(3, one(18, 5, { response: true, finished: false })), ...times(2, one(null, 5)), ...times(5, one(18, null)), ...times(2, one(8, 14, { isCase: false, worse: true }))]
  const figure = phq9(rows)
  test('missing scores are not better among everybody, and in no share of those who finished', () => {
    expect(figure.verdicts[0]).toMatchObject({ verdict: 'response', completers: { events: 8, n: 12 }, everybody: { events: 11, n: 22 }, everybodyAtMost: null })
  })
  test('worse goes from nobody of those without scores to all of them', () => {
    expect(figure.verdicts.at(-1)).toMatchObject({ verdict: 'worse', completers: { events: 2, n: 14 }, everybody: { events: 2, n: 24 }, everybodyAtMost: { events: 9, n: 24 } })
  })
  test('who is in the figure and who is not come to all', () => {
    expect(figure).toMatchObject({ begun: 24, completers: 14, endedEarly: 3, noBaseline: 2, noEnd: 5, notACase: 2 })
  })
})

test('courses under way are told apart and in no share', () => {
  expect(of([...times(12, one(18, 6)), ...times(5, { ...one(18, 6, { response: true }), settlesOn: '2029-06-01' })])).toMatchObject({ begun: 12, underWay: 5 })
})

describe('fewer than ten', () => {
  test('say nothing at all', () => {
    expect(of(times(9, one(18, 6)))).toMatchObject({ begun: null, underWay: null, measures: [], kept: null, events: null })
    expect(of(times(10, one(18, 6))).begun).toBe(10)
  })
  test('with both scores: everybody is not shown either, else their scores would be', () => {
    expect(phq9([...times(9, one(18, 6, { response: true })), ...times(20, one(18, null))]).verdicts[0]).toMatchObject({ completers: null, everybody: null })
  })
  test('left between two groups: the smaller is hidden with them', () => {
    const rows = [...times(30, { ...one(18, 6), route: 'IM' as const }), ...times(12, { ...one(18, 6), route: 'IV' as const }), ...times(4, { ...one(18, 6), route: 'SL' as const })]
    expect(['IM', 'IV', 'SL'].map((value) => of(rows, { by: 'route', value, year: '' }).begun)).toEqual([30, null, null])
  })
})

describe('laws', () => {
  const cell = fc.record({ protocol: fc.constantFrom('a', 'b', 'c'), indication: fc.constantFrom('', 'd', 'e'), route: fc.constantFrom('IM', 'IV'), dose: fc.constantFrom('', 'low'), year: fc.constantFrom('2024', '2025', '2026') })
  const counted = fc.array(fc.tuple(cell, fc.integer({ min: 0, max: 14 })), { minLength: 1, maxLength: 25 })
  const fewest = figureRows.proportion.fewest
  const groupsOf = (cells: readonly Cell[]): Group[] => ['', ...new Set(cells.map(({ year }) => year))].flatMap((year) => [{ by: 'all', value: '', year }, ...dimensions.flatMap((by) => [...new Set(cells.map((each) => each[by]))].map((value) => ({ by, value, year })))] as Group[])

  test('no shown group is small, none leaves few of another that holds it, and none comes out as what is left of a whole', () => {
    fc.assert(fc.property(counted, (list) => {
      const [cells, people] = [list.map(([each]) => each), list.map(([, count]) => count)]
      const size = (group: Group) => cells.reduce((sum, each, at) => sum + (isIn(each, group) ? people[at]! : 0), 0)
      const inside = (inner: Group, outer: Group) => cells.every((each, at) => people[at] === 0 || !isIn(each, inner) || isIn(each, outer))
      const may = shownGroups(cells, people, fewest)
      const groups = groupsOf(cells)
      const shown = groups.filter(may)
      const few = (left: number) => left > 0 && left < fewest
      for (const group of shown) expect(size(group)).toBeGreaterThanOrEqual(fewest)
      for (const outer of shown) for (const inner of shown) if (inside(inner, outer)) expect(few(size(outer) - size(inner))).toBe(false)
      for (const whole of shown) {
        const byValue = dimensions.map((by) => groups.filter((group) => group.by === by && group.year === whole.year))
        const byYear = groups.filter((group) => group.by === whole.by && group.value === whole.value && group.year !== '')
        const lines = [...(whole.by === 'all' ? byValue : []), ...(whole.year === '' ? [byYear] : [])]
        for (const line of lines) expect(few(size(whole) - line.filter(may).reduce((sum, group) => sum + size(group), 0))).toBe(false)
      }
    }), { numRuns: 300 })
  })

  test('of every figure shown, in any group: those in it and those missing come to all who began', () => {
    const tallies = tally(courses, asked, '2026-06-01')
    let seen = 0
    for (const group of groupsOf(tallies.cells)) {
      const { begun, finished, measures, kept, events } = practiceFigures(tallies, group, figureRows)
      for (const { begun: all, completers, endedEarly, noBaseline, noEnd, verdicts } of measures) {
        if (all === null) continue
        expect(all).toBe(begun)
        expect(completers! + endedEarly! + noBaseline! + noEnd!).toBe(all)
        expect(completers).toBeLessThanOrEqual(finished!)
        expect(verdicts.flatMap((each): (Share | null)[] => [each.completers, each.everybody]).every((share) => share === null || share.n >= fewest)).toBe(true)
        seen += 1
      }
      expect((events ?? []).every(({ any, grades }) => grades.reduce((sum, { people }) => sum + people, 0) === any.events)).toBe(true)
      if (kept && begun !== null) expect(kept.n + Object.values(kept.missing).reduce((sum, count) => sum + count, 0)).toBe(begun)
      expect((kept?.steps ?? []).every(({ atRisk }) => atRisk >= fewest)).toBe(true)
    }
    expect(seen).toBeGreaterThan(30)
  })

  test('the order of patients changes nothing', () => {
    expect(of(courses.toReversed())).toEqual(of(courses))
  })
})

describe('the curve', () => {
  const followed = courses.flatMap(({ kept }) => (kept.state === 'followed' ? [kept] : []))
  const figure = of(courses).kept!
  test('is the one of its people, one by one, as far as ten were watched', () => {
    const whole = survival(followed.map(({ days, relapsed }) => ({ time: days, event: relapsed ? 1 : 0 })), figureRows.survival.criticalValue)
    expect(figure.n).toBe(whole.n)
    expect(figure.steps).toEqual(whole.steps.filter(({ atRisk }) => atRisk >= 10).map(({ standardError: _, ...step }) => step))
    expect(figure.at.find(({ day }) => day === 28)?.atRisk).toBe(followed.filter(({ days }) => days >= 28).length)
  })
  test('says no day beyond which fewer than ten were watched', () => {
    const short = keptFigure([], { kept: [{ cell: 0, days: 10, relapsed: true, people: 3 }, { cell: 0, days: 30, relapsed: true, people: 9 }], toResponse: [], inResponse: [] }, figureRows)
    expect(short).toMatchObject({ n: 12, relapses: 3, throughDay: 10, median: null })
    expect(short.at.map(({ day, atRisk }) => [day, atRisk]).slice(0, 2)).toEqual([[0, 12], [14, null]])
  })
  test('beside a second one is compared person by person, as far as ten of both were watched', () => {
    const tallies = tally(courses, [], late)
    const by = (route: string) => ({ by: 'route', value: route, year: '' }) as const
    const [first, second] = ['IM', 'IV'].map((route) => practiceFigures(tallies, by(route), figureRows).kept!)
    const day = Math.min(first!.throughDay, second!.throughDay)
    const people = ['IM', 'IV'].map((route) => courses.flatMap(({ kept, route: own }) => (own === route && kept.state === 'followed' ? [{ time: Math.min(kept.days, day), event: kept.relapsed && kept.days <= day ? 1 as const : 0 as const }] : [])))
    const { kept, test: found } = comparedKept(tallies, by('IM'), 'IV', figureRows)!
    expect(kept).toEqual(second)
    expect(found).toMatchObject({ throughDay: day, people: people.map(({ length }) => length), relapses: people.map((list) => list.filter(({ event }) => event === 1).length) })
    expect(found!.p).toBeCloseTo(logRank(people)!.p, 10)
    expect(comparedKept(tallies, by('IM'), 'PO', figureRows)).toBeNull()
    expect(comparedKept(tallies, everybody, 'IV', figureRows)).toBeNull()
  })
  test('is compared with none of fewer than ten', () => {
    const followedOn = (route: 'IM' | 'IV', count: number) => Array.from({ length: count }, (_, at) => ({ ...one(18, 6), route, kept: { state: 'followed' as const, days: 20 + at, relapsed: at % 2 === 0, toResponseDays: 5, responseDays: 9 } }))
    const beside = (few: number) => comparedKept(tally([...followedOn('IM', 30), ...followedOn('IV', few)], [], late), { by: 'route', value: 'IM', year: '' }, 'IV', figureRows)
    expect(beside(9)).toBeNull()
    expect(beside(10)?.test).toMatchObject({ throughDay: 20, people: [30, 10], relapses: [1, 1] })
  })
  test('quartiles are days that somebody had', () => expect(quartiles([{ days: 4, people: 1 }, { days: 2, people: 1 }, { days: 9, people: 2 }])).toEqual({ n: 4, lower: 2, median: 4, upper: 9 }))
})

test('the funnel never gains people, and counts days from the inquiry', () => {
  const steps = practiceFigures(tally(courses, asked, late), everybody, figureRows).funnel
  expect(steps.map(({ step }) => step)).toEqual(['asked', 'called', 'matched', 'first-visit', 'cleared', 'first-dose', 'last-dose', 'last-follow-up'])
  expect(steps.map(({ people }) => people)).toEqual([250, 250, 250, 250, null, 250, expect.any(Number), expect.any(Number)])
  expect(steps.find(({ step }) => step === 'matched')?.days?.median).toBeLessThan(7)
})
