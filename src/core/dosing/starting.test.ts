import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dosing } from '../../knowledge/dosing.ts'
import { titration } from '../../knowledge/titration.ts'
import type { DoseRoute } from '../chart/kinds/clearance.ts'
import { kg, mg } from '../shared/units.ts'
import { limitsFor } from './limits.ts'
import { doseRowOf, type DoseRow } from './rows.ts'
import { startingDose, type StartingFacts } from './starting.ts'
import { measured } from './titration.ts'

/** A man of 40, 180 cm and 80 kg. */
const he: StartingFacts = { route: 'IM', age: 40, inhibitor: false, body: { sex: 'M', heightMm: 1800, weightG: kg(80) } }
const started = (change: Partial<StartingFacts>) => {
  const { action, doseUg, weight } = startingDose({ ...he, ...change }, dosing, titration)
  return [action, doseUg === undefined ? undefined : doseUg / 1_000, weight?.basis].filter((one) => one !== undefined)
}
const of = (sex: 'M' | 'F' | 'unknown', heightMm: number, weightKg: number) => ({ body: { sex, heightMm, weightG: kg(weightKg) } })

describe('what the table gives for a first session', () => {
  test.each<[Partial<StartingFacts>, unknown[]]>([
    [{}, ['START', 40, 'actual']], [{ route: 'IV' }, ['START', 40, 'actual']], [{ route: 'SL' }, ['START', 100]], [{ route: 'PO' }, ['START', 40, 'actual']], [{ route: 'IN-esketamine' }, ['START', 56]],
    [{ age: 17 }, ['REFUSE']], [{ age: 18 }, ['START', 40, 'actual']], [{ age: 64 }, ['START', 40, 'actual']], [{ age: 65 }, ['START', 20, 'actual']],
    [{ age: 65, route: 'SL' }, ['START', 50]], [{ age: 65, route: 'IV' }, ['START', 20, 'actual']], [{ age: 65, route: 'IN-esketamine' }, ['START', 28]],
    // An inhibitor matters for what is swallowed, in whole or in part.
    [{ inhibitor: true }, ['START', 40, 'actual']], [{ inhibitor: true, route: 'IV' }, ['START', 40, 'actual']], [{ inhibitor: true, route: 'SL' }, ['START', 50]], [{ inhibitor: true, route: 'PO' }, ['START', 15, 'actual']],
    [{ inhibitor: true, age: 70, route: 'SL' }, ['START', 50]], [{ inhibitor: true, age: 70, route: 'PO' }, ['START', 15, 'actual']],
    // The weight: 30 kg/m² is where the actual one ends.
    [of('M', 1700, 86.6), ['START', 43, 'actual']], [of('M', 1700, 86.7), ['START', 33, 'ibw']], [of('F', 1650, 100), ['START', 28, 'ibw']], [of('unknown', 1650, 100), ['START', 28, 'ibw']], [{ ...of('F', 1650, 100), aboveIndex: 'adjusted' }, ['START', 37, 'adjusted']],
    [of('F', 1450, 80), ['START', 19, 'ibw']], [of('M', 1500, 68), ['START', 24, 'ibw']],
    // The nearest milligram; five of them by mouth.
    [of('M', 1800, 81), ['START', 41, 'actual']], [of('M', 1800, 80.9), ['START', 40, 'actual']], [{ route: 'PO', ...of('M', 1800, 74.9) }, ['START', 35, 'actual']], [{ route: 'PO', ...of('M', 1800, 75) }, ['START', 40, 'actual']],
  ])('%o → %j', (change, expected) => expect(started(change)).toEqual(expected))
})

describe('what is not known', () => {
  test.each<[Partial<StartingFacts>, string, string[]]>([
    [{ age: undefined }, 'NOT_EVALUABLE', ['age']], [{ inhibitor: undefined, route: 'SL' }, 'NOT_EVALUABLE', ['inhibitor']], [{ inhibitor: undefined }, 'START', []],
    [{ body: { sex: 'M', heightMm: 1800 } }, 'NOT_EVALUABLE', ['weightG']], [{ body: { sex: 'M', weightG: kg(80) } }, 'NOT_EVALUABLE', ['heightMm']], [{ body: { sex: 'M' }, route: 'SL' }, 'START', []],
    [{ age: 16, body: { sex: 'M' } }, 'REFUSE', []],
  ])('%o → %s, for want of %j', (change, action, missing) => expect(startingDose({ ...he, ...change }, dosing, titration)).toMatchObject({ action, missing }))

  test('a route without a row', () => expect(startingDose(he, { doses: [], weight: dosing.weight }, titration)).toEqual({ action: 'REFUSE', rules: [], missing: [] }))
})

test('no start lies above the soft maximum, and no fact about a person raises it', () => {
  const body = fc.record({ sex: fc.constantFrom('M', 'F', 'unknown'), heightMm: fc.integer({ min: 1_400, max: 2_100 }), weightG: fc.integer({ min: 40_000, max: 200_000 }) })
  fc.assert(fc.property(body, fc.constantFrom<DoseRoute>('IM', 'IV', 'SL', 'PO', 'IN-esketamine'), fc.boolean(), fc.integer({ min: 18, max: 95 }), (person, route, inhibitor, age) => {
    const { doseUg = 0, weight } = startingDose({ route, age, inhibitor, body: person as StartingFacts['body'] }, dosing, titration)
    const plain = startingDose({ route, age: 40, inhibitor: false, body: person as StartingFacts['body'] }, dosing, titration).doseUg ?? 0
    expect(doseUg).toBeLessThanOrEqual(limitsFor(doseRowOf(dosing, route) as DoseRow, weight?.weightG ?? 0).softUg)
    expect(doseUg).toBeLessThanOrEqual(plain)
  }))
})

test.each<[DoseRoute, number, number, number, number]>([
  ['IM', 40.4, 0, 100, 40], ['IM', 40.5, 0, 100, 41], ['IM', 40.5, 0, 40.9, 40], ['IM', 40.2, 40.1, 100, 41], ['SL', 124, 0, 400, 100], ['SL', 60, 60, 400, 75], ['SL', 60, 60, 70, 50],
])('%s: %d mg between %d and %d is measured out as %d', (route, doseMg, low, high, expected) => {
  expect(measured(doseRowOf(dosing, route) as DoseRow, mg(doseMg), { atLeastUg: mg(low), atMostUg: mg(high) }, titration.rounding)).toBe(mg(expected))
})

describe('each rule is told with what it looked at', () => {
  const told = (change: Partial<StartingFacts>) => startingDose({ ...he, ...change }, dosing, titration).rules.map(({ id, state, facts }) => [id, state, facts])
  const body = { weightG: kg(80), heightMm: 1800 }
  test.each<[string, Partial<StartingFacts>, unknown[]]>([
    ['the actual weight', {}, ['ideal-weight', 'not-met', body]],
    ['the ideal weight', of('F', 1650, 100), ['ideal-weight', 'met', { weightG: kg(100), heightMm: 1650 }]],
    ['no weight, where the table needs one', { body: { sex: 'M', heightMm: 1800 } }, ['ideal-weight', 'not-evaluable', { weightG: null, heightMm: 1800 }]],
    ['no weight, where it needs none', { route: 'SL', body: { sex: 'M' } }, ['ideal-weight', 'not-met', { weightG: null, heightMm: null }]],
  ])('%s', (_, change, last) => {
    expect(told(change)).toEqual([['not-adult', 'not-met', { age: 40 }], ['older', 'not-met', { age: 40 }], ['inhibitor', 'not-met', { inhibitor: false }], last])
  })

  test('only what a rule waits for is called missing', () => {
    expect(startingDose({ ...he, age: undefined, inhibitor: undefined }, dosing, titration)).toMatchObject({ action: 'NOT_EVALUABLE', missing: ['age'] })
  })
})
