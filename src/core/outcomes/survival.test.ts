import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reporting } from '../../knowledge/outcomes.ts'
import { chiSquareTail } from './chi-square.ts'
import { logRank } from './log-rank.ts'
import { riskTable, survival, survivalAt, type Followed } from './survival.ts'

/** What R and its survival package say; `reference/survival.R` is the program that wrote it down. */
interface Curve { group: string | null; n: number; events: number; median: number | null; medianLower: number | null; medianUpper: number | null; time: number[]; atRisk: number[]; died: number[]; censored: number[]; survival: number[]; standardError: (number | null)[]; lower: (number | null)[]; upper: (number | null)[] }
interface Case { name: string; times: number[]; events: (0 | 1)[]; group?: string[]; groups: Curve[]; logRank: { chiSquare: number; degreesOfFreedom: number; p: number } | null }
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`reference/${name}.json`, import.meta.url), 'utf8'))
const cases = read('survival') as Case[]
const z = reporting.survival.criticalValue

const people = ({ times, events, group }: Case, only: string | null): Followed[] =>
  times.flatMap((time, at) => (only === null || group?.[at] === only ? [{ time, event: events[at] as 0 | 1 }] : []))
const near = (found: number | null | undefined, wanted: number | null | undefined, what: string) => {
  if (found === null || found === undefined || wanted === null || wanted === undefined) return expect(found, what).toBe(wanted)
  expect(Math.abs(found - wanted), what).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(wanted)))
}

test('the reference holds the two data sets that everybody knows, whole and by group', () => {
  expect(cases.map(({ name, groups }) => [name, groups.map(({ n, events }) => [n, events])]).slice(0, 5)).toEqual([
    ['lung', [[228, 165]]], ['lung by sex', [[138, 112], [90, 53]]], ['lung by institution of 1, 12, 13 and 22', expect.anything()], ['ovarian', [[26, 12]]], ['ovarian by treatment', [[13, 7], [13, 5]]],
  ])
})

describe.each(cases)('as R counts it: $name', (one) => {
  test.each(one.groups)('the curve of group $group', (wanted) => {
    const { steps, ...found } = survival(people(one, wanted.group), z)
    expect([found.n, found.events]).toEqual([wanted.n, wanted.events])
    for (const name of ['median', 'medianLower', 'medianUpper'] as const) near(found[name], wanted[name], name)
    expect(steps.map(({ time, atRisk, events, censored }) => [time, atRisk, events, censored])).toEqual(wanted.time.map((time, at) => [time, wanted.atRisk[at], wanted.died[at], wanted.censored[at]]))
    for (const name of ['survival', 'standardError', 'lower', 'upper'] as const) steps.forEach((step, at) => near(step[name], wanted[name][at], `${name} at ${step.time}`))
  })

  if (one.logRank) test('the groups against each other', () => {
    const found = logRank(one.groups.map(({ group }) => people(one, group)))
    for (const name of ['chiSquare', 'degreesOfFreedom', 'p'] as const) near(found?.[name], one.logRank?.[name], name)
  })
})

test('the tail of chi-square is R’s, to twelve figures', () => {
  const rows = read('chi-square') as [number, number, number][]
  expect(rows.length).toBeGreaterThan(15)
  for (const [value, degrees, p] of rows) expect(Math.abs(chiSquareTail(value, degrees) / p - 1), `${value} with ${degrees}`).toBeLessThan(1e-11)
})

describe('where there is nothing to say', () => {
  test('nobody followed', () => expect(survival([], z)).toEqual({ n: 0, events: 0, median: null, medianLower: null, medianUpper: null, steps: [] }))
  test.each<[string, Followed[][]]>([
    ['no group', []], ['one group', [[{ time: 1, event: 1 }]]], ['nothing happened', [[{ time: 1, event: 0 }], [{ time: 2, event: 0 }]]], ['a group without people', [[{ time: 1, event: 1 }], []]],
    ['the last of all die at once, and nothing can vary', [[{ time: 1, event: 1 }], [{ time: 1, event: 1 }]]],
  ])('no test: %s', (_, groups) => expect(logRank(groups)).toBeNull())
})

describe('laws of the curve', () => {
  const someone = fc.record({ time: fc.integer({ min: 0, max: 30 }), event: fc.constantFrom<0 | 1>(0, 1) })
  const some = fc.array(someone, { minLength: 1, maxLength: 40 })

  test('it starts at 1, never rises, counts everybody once, and lies within its limits', () => {
    fc.assert(fc.property(some, (all) => {
      const { steps } = survival(all, z)
      expect(steps.reduce((sum, step) => sum + step.events + step.censored, 0)).toBe(all.length)
      let before = 1
      for (const step of steps) {
        expect(step.survival).toBeLessThanOrEqual(before)
        if (step.lower !== null && step.upper !== null) expect(step.lower <= step.survival + 1e-12 && step.survival <= step.upper + 1e-12).toBe(true)
        before = step.survival
      }
    }))
  })

  test('without censoring it is the share of those still to come', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 40 }), fc.integer({ min: -1, max: 21 }), (times, at) => {
      const curve = survival(times.map((time) => ({ time, event: 1 })), z)
      expect(survivalAt(curve, at)).toBeCloseTo(times.filter((time) => time > at).length / times.length, 12)
    }))
  })

  test('order changes nothing, and groups told in another order differ no more or less', () => {
    fc.assert(fc.property(some, some, some, (one, two, three) => {
      expect(riskTable([...one].reverse())).toEqual(riskTable(one))
      const [there, back] = [logRank([one, two, three]), logRank([three, one, two])]
      expect(back?.degreesOfFreedom).toBe(there?.degreesOfFreedom)
      if (there && back) expect(back.chiSquare).toBeCloseTo(there.chiSquare, 7)
    }))
  })
})
