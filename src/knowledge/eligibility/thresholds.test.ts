import { describe, expect, test } from 'vitest'
import { plainCase, ruleCases } from '../../core/eligibility/cases/rule-cases.ts'
import { factsFromCase } from '../../core/eligibility/facts-from-case.ts'
import type { NumberFact } from '../../core/eligibility/facts.ts'
import type { Condition } from '../../core/eligibility/rule.ts'
import { screen } from '../../core/eligibility/screen.ts'
import { eligibility, screeningLimits } from '../eligibility.ts'

/** How a worked case calls a fact, where it has a shorter name. */
const caseNames: Partial<Record<NumberFact, string>> = { systolicMmHg: 'systolic', diastolicMmHg: 'diastolic' }

function boundsIn(condition: Condition): { fact: NumberFact; bound: number }[] {
  if ('any' in condition) return condition.any.flatMap(boundsIn)
  if ('all' in condition) return condition.all.flatMap(boundsIn)
  if ('not' in condition) return boundsIn(condition.not)
  if (!('fact' in condition) || 'is' in condition) return []
  return [condition.atLeast, condition.moreThan, condition.below, condition.atMost].flatMap((bound) => (bound === undefined ? [] : [{ fact: condition.fact, bound }]))
}

/** Sides of a threshold that the worked cases leave out, each with whether the rule is met there. */
const beyond: Readonly<Record<string, readonly (readonly [input: Record<string, unknown>, met: boolean])[]>> = {
  H08: [[{ protocolTarget: 'AUD', hoursSinceAlcohol: 24.1 }, false]],
  O03: [[{ weeksSinceCardiovascularEvent: 5.9 }, false]],
  O07: [[{ transaminaseTimesUpperLimit: 2.9 }, false]],
  C01: [[{ systolic: 160.1, diastolic: 92 }, false], [{ systolic: 145, diastolic: 100.1 }, false]],
  C03: [[{ age: 26 }, false]],
  C06: [[{ medications: ['methylphenidate'], systolic: 140.1, diastolic: 78 }, false], [{ medications: ['methylphenidate'], systolic: 122, diastolic: 90.1 }, false]],
  C07: [[{ medications: ['oxycodone'], morphineEquivalentMg: 50.1 }, false]],
  C12: [[{ bpicSs: 20 }, false]],
  C15: [[{ adequateTrials: 3 }, false]],
}
describe.each(Object.entries(beyond))('%s, further out', (id, cases) => {
  test.each(cases.map(([input, met]) => [JSON.stringify(input), input, met] as const))('%s', (_, input, met) => {
    const read = factsFromCase({ ...plainCase, ...input }, screeningLimits)
    if (!read.ok) throw new Error(read.refusal.message)
    const { met: fired, notMet } = screen(eligibility, read.value.facts, read.value.overrides)
    expect([fired.some((one) => one.rule.id === id), notMet.some((rule) => rule.id === id)]).toEqual([met, !met])
  })
})

/** Where one side of a bound cannot be, or says nothing about this rule. */
const noSuchSide: Readonly<Record<string, string>> = {
  'lorazepamEquivalentMg 0 below': 'nobody takes less than nothing',
}
const sidesTried = (id: string, fact: NumberFact, bound: number) => {
  const { fires, not, unknown = [] } = ruleCases[id] ?? { fires: [], not: [] }
  const values = [...fires, ...not, ...unknown, ...(beyond[id] ?? []).map(([input]) => input)].map((input) => ({ ...plainCase, ...input })[caseNames[fact] ?? fact]).filter((value): value is number => typeof value === 'number')
  return { below: values.some((value) => value < bound), at: values.includes(bound), above: values.some((value) => value > bound) }
}

const bounds = eligibility.flatMap((rule) => boundsIn(rule.when).map(({ fact, bound }) => [rule.id, fact, bound] as const)).filter(([id, fact, bound], place, all) => all.findIndex((one) => one[0] === id && one[1] === fact && one[2] === bound) === place)

test('there are thresholds to look at', () => expect(bounds.length).toBeGreaterThan(30))

describe('every threshold is tried below, at and above', () => {
  test.each(bounds)('%s: %s %d', (id, fact, bound) => {
    const tried = sidesTried(id, fact, bound)
    expect(Object.entries(tried).filter(([side, was]) => !was && !(`${fact} ${bound} ${side}` in noSuchSide)).map(([side]) => side)).toEqual([])
  })
})

test('one that nobody tried would be seen', () => expect(sidesTried('B06', 'age', 90)).toEqual({ below: true, at: false, above: false }))
