import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dosing } from '../../knowledge/dosing.ts'
import { titration } from '../../knowledge/titration.ts'
import type { DoseRoute } from '../chart/kinds/clearance.ts'
import { kg, mg } from '../shared/units.ts'
import { limitsFor } from './limits.ts'
import { proposeDose, type LastSession } from './propose.ts'
import { doseRowOf, type DoseRow } from './rows.ts'

/** A calm session under the tongue that was felt too little and helped too little. */
const calm: LastSession = { route: 'SL', lastUg: mg(150), weightG: undefined, age: 40, cleared: true, worstAlert: 'green', worstGrade: 0, minMoaaS: 5, intensity: 2, target: [4, 7], responsePercent: 20 }
const proposed = (change: Partial<LastSession>) => {
  const { action, doseUg, flag, requiresReason } = proposeDose({ ...calm, ...change }, dosing, titration)
  return [action, doseUg === undefined ? undefined : doseUg / 1_000, flag, requiresReason].filter((one) => one !== undefined && one !== false)
}
const by = (route: DoseRoute, lastMg: number, change: Partial<LastSession> = {}) => proposed({ route, lastUg: mg(lastMg), weightG: kg(70), ...change })
const lower: Partial<LastSession> = { worstAlert: 'orange' }

describe('which way, below, at and above each cut', () => {
  test.each<[Partial<LastSession>, unknown[]]>([
    [{}, ['INCREASE', 200]],
    [{ age: 17 }, ['REFUSE']], [{ age: 18 }, ['INCREASE', 200]], [{ cleared: false }, ['REFUSE']],
    [{ worstAlert: 'red' }, ['PRESCRIBER_REVIEW']], [{ worstAlert: 'orange' }, ['DECREASE', 100]], [{ worstAlert: 'yellow' }, ['MAINTAIN', 150, 'YELLOW_ALERT']],
    [{ worstGrade: 4 }, ['PRESCRIBER_REVIEW']], [{ worstGrade: 3 }, ['PRESCRIBER_REVIEW']], [{ worstGrade: 2 }, ['DECREASE', 100]], [{ worstGrade: 1 }, ['INCREASE', 200]],
    [{ minMoaaS: 1 }, ['DECREASE', 100]], [{ minMoaaS: 2 }, ['DECREASE', 100]], [{ minMoaaS: 3 }, ['INCREASE', 200]],
    [{ responsePercent: 49.9 }, ['INCREASE', 200]], [{ responsePercent: 50 }, ['MAINTAIN', 150]], [{ responsePercent: 80 }, ['MAINTAIN', 150]],
    [{ intensity: 3.9 }, ['INCREASE', 200]], [{ intensity: 4 }, ['MAINTAIN', 150]], [{ intensity: 7 }, ['MAINTAIN', 150]], [{ intensity: 7.1 }, ['DECREASE', 100]],
    // What goes before what.
    [{ intensity: 8, responsePercent: 60 }, ['DECREASE', 100]], [{ worstAlert: 'orange', responsePercent: 60 }, ['DECREASE', 100]], [{ worstAlert: 'yellow', responsePercent: 60 }, ['MAINTAIN', 150]],
    [{ worstAlert: 'yellow', intensity: 5 }, ['MAINTAIN', 150]], [{ worstAlert: 'yellow', intensity: 9 }, ['DECREASE', 100]], [{ worstAlert: 'red', worstGrade: 2 }, ['PRESCRIBER_REVIEW']], [{ cleared: false, worstAlert: 'red' }, ['REFUSE']],
  ])('%o → %j', (change, expected) => expect(proposed(change)).toEqual(expected))
})

describe('how far, at the floor and at both ceilings', () => {
  test.each<[DoseRoute, number, Partial<LastSession>, unknown[]]>([
    ['SL', 250, {}, ['INCREASE', 300]], ['SL', 260, {}, ['INCREASE', 300]], ['SL', 275, {}, ['INCREASE', 325, true]], ['SL', 300, {}, ['INCREASE', 350, true]], ['SL', 350, {}, ['INCREASE', 400, true]],
    ['SL', 351, {}, ['MAINTAIN', 351, 'AT_HARD_MAX', true]], ['SL', 400, {}, ['MAINTAIN', 400, 'AT_HARD_MAX', true]], ['SL', 401, {}, ['PRESCRIBER_REVIEW', 'ABOVE_HARD_MAX']], ['SL', 425, lower, ['DECREASE', 375, true]], ['SL', 500, lower, ['PRESCRIBER_REVIEW', 'ABOVE_HARD_MAX']],
    ['SL', 150, lower, ['DECREASE', 100]], ['SL', 100, lower, ['DECREASE', 50]], ['SL', 99, lower, ['DECREASE', 50, 'AT_FLOOR']], ['SL', 75, lower, ['DECREASE', 50, 'AT_FLOOR']], ['SL', 50, lower, ['DECREASE', 50, 'AT_FLOOR']], ['SL', 30, lower, ['DECREASE', 30, 'AT_FLOOR']],
    // 70 kg: steps of 7 mg, soft 70, hard 105, floor 17.5.
    ['IM', 56, {}, ['INCREASE', 63]], ['IM', 63, {}, ['INCREASE', 70]], ['IM', 64, {}, ['INCREASE', 71, true]], ['IM', 98, {}, ['INCREASE', 105, true]], ['IM', 99, {}, ['MAINTAIN', 99, 'AT_HARD_MAX', true]],
    ['IM', 35, lower, ['DECREASE', 28]], ['IM', 24.5, lower, ['DECREASE', 18]], ['IM', 24, lower, ['DECREASE', 18, 'AT_FLOOR']], ['IM', 17.8, lower, ['DECREASE', 17.8, 'AT_FLOOR']], ['IM', 17.5, lower, ['DECREASE', 17.5, 'AT_FLOOR']],
    // Nearest milligram, and never over a ceiling: 72.5 kg has 7.25, 72.5 and 108.75.
    ['IM', 50, { weightG: kg(72.5) }, ['INCREASE', 57]], ['IM', 65.25, { weightG: kg(72.5) }, ['INCREASE', 72]], ['IM', 65.26, { weightG: kg(72.5) }, ['INCREASE', 73, true]], ['IM', 101.5, { weightG: kg(72.5) }, ['INCREASE', 108, true]],
    // 130 mg for anybody from 87 kg on.
    ['IM', 120, { weightG: kg(100) }, ['INCREASE', 130, true]], ['IM', 121, { weightG: kg(100) }, ['MAINTAIN', 121, 'AT_HARD_MAX', true]],
    ['IV', 49, {}, ['INCREASE', 56]], ['IV', 50, {}, ['INCREASE', 57, true]], ['IV', 63, {}, ['INCREASE', 70, true]], ['IV', 64, {}, ['MAINTAIN', 64, 'AT_HARD_MAX', true]],
    // 70 kg swallowed: steps of 35 mg, soft 175, hard 300, to 5 mg.
    ['PO', 35, {}, ['INCREASE', 70]], ['PO', 140, {}, ['INCREASE', 175]], ['PO', 142, {}, ['INCREASE', 175]], ['PO', 143, {}, ['INCREASE', 180, true]], ['PO', 265, {}, ['INCREASE', 300, true]], ['PO', 266, {}, ['MAINTAIN', 266, 'AT_HARD_MAX', true]], ['PO', 35, lower, ['DECREASE', 20, 'AT_FLOOR']], ['PO', 36, { weightG: kg(72) }, ['INCREASE', 70]], ['PO', 37, { weightG: kg(72) }, ['INCREASE', 75]],
    ['IN-esketamine', 28, {}, ['INCREASE', 56]], ['IN-esketamine', 56, {}, ['INCREASE', 84]], ['IN-esketamine', 84, {}, ['MAINTAIN', 84, 'AT_HARD_MAX']], ['IN-esketamine', 84, lower, ['DECREASE', 56]], ['IN-esketamine', 28, lower, ['DECREASE', 28, 'AT_FLOOR']], ['IN-esketamine', 70, {}, ['PRESCRIBER_REVIEW', 'ENTRY_ERROR']],
  ])('%s after %d mg, %o → %j', (route, lastMg, change, expected) => expect(by(route, lastMg, change)).toEqual(expected))

  test('a dose above the soft maximum always asks for the reason, whatever is proposed', () => {
    expect(by('IM', 71, { responsePercent: 60 })).toEqual(['MAINTAIN', 71, true])
    expect(by('IM', 85, lower)).toEqual(['DECREASE', 78, true])
    expect(by('IM', 70, { responsePercent: 60 })).toEqual(['MAINTAIN', 70])
  })

  test('a weight so small that no step can be measured out leaves the dose', () => expect(by('IM', 3, { weightG: kg(4) })).toEqual(['MAINTAIN', 3]))
})

describe('what is not known', () => {
  const asked = (change: Partial<LastSession>) => {
    const { action, missing } = proposeDose({ ...calm, ...change }, dosing, titration)
    return [action, missing]
  }
  test.each<[Partial<LastSession>, string, string[]]>([
    [{ worstAlert: undefined }, 'NOT_EVALUABLE', ['worstAlert']], [{ worstGrade: undefined }, 'NOT_EVALUABLE', ['worstGrade']], [{ minMoaaS: undefined }, 'NOT_EVALUABLE', ['minMoaaS']],
    [{ intensity: undefined }, 'NOT_EVALUABLE', ['intensity']], [{ target: undefined }, 'NOT_EVALUABLE', ['target']], [{ responsePercent: undefined }, 'NOT_EVALUABLE', ['responsePercent']],
    [{ age: undefined }, 'NOT_EVALUABLE', ['age']], [{ cleared: undefined }, 'NOT_EVALUABLE', ['cleared']], [{ route: 'IM' }, 'NOT_EVALUABLE', ['weightG']],
    // What stops, stops without the rest; what lowers does not wait for what would only keep or raise.
    [{ worstAlert: 'red', worstGrade: undefined, minMoaaS: undefined, intensity: undefined }, 'PRESCRIBER_REVIEW', []], [{ worstGrade: 3, worstAlert: undefined, age: undefined }, 'PRESCRIBER_REVIEW', []], [{ age: 17, worstAlert: undefined }, 'REFUSE', []],
    [{ worstAlert: 'orange', intensity: undefined, responsePercent: undefined }, 'DECREASE', []], [{ worstAlert: 'orange', worstGrade: undefined }, 'NOT_EVALUABLE', ['worstGrade']],
    [{ intensity: 9, responsePercent: undefined }, 'DECREASE', []],
  ])('%o → %s, for want of %j', (change, action, missing) => expect(asked(change)).toEqual([action, missing]))

  test('a route without a row is refused, and every rule is told with its facts', () => {
    expect(proposeDose(calm, { doses: [] }, titration)).toEqual({ action: 'REFUSE', rules: [], missing: [] })
    const { rules } = proposeDose({ ...calm, minMoaaS: undefined }, dosing, titration)
    expect(rules.map(({ id, state }) => `${id} ${state}`)).toEqual(['not-adult not-met', 'not-cleared not-met', 'red-or-severe not-met', 'orange-grade-or-sedation not-evaluable', 'too-intense not-met', 'enough-response not-met', 'yellow not-met', 'too-little met'])
    expect(rules[3]?.facts).toEqual({ worstAlert: 'green', worstGrade: 0, minMoaaS: null })
  })
})

describe('laws', () => {
  const some = fc.record({
    route: fc.constantFrom<DoseRoute>('IM', 'IV', 'SL', 'PO'), lastUg: fc.integer({ min: 1_000, max: 500_000 }), weightG: fc.integer({ min: 35_000, max: 200_000 }), age: fc.integer({ min: 18, max: 90 }), cleared: fc.constant(true),
    worstAlert: fc.constantFrom('green', 'yellow', 'orange', 'red'), worstGrade: fc.integer({ min: 0, max: 4 }), minMoaaS: fc.integer({ min: 0, max: 5 }), intensity: fc.integer({ min: 0, max: 10 }), target: fc.constant([4, 7] as const), responsePercent: fc.integer({ min: -50, max: 100 }),
  })
  const order = ['REFUSE', 'PRESCRIBER_REVIEW', 'NOT_EVALUABLE', 'DECREASE', 'MAINTAIN', 'INCREASE']

  test('nothing proposed lies above the hard maximum, rises by more than a step and a rounding, or falls below the floor', () => {
    fc.assert(fc.property(some, (last) => {
      const { action, doseUg } = proposeDose(last as LastSession, dosing, titration)
      if (doseUg === undefined) return
      const row = doseRowOf(dosing, last.route) as DoseRow
      const per = (amount: { ugPerKg?: number; ug?: number }) => (amount.ug ?? Infinity) < Infinity ? (amount.ug as number) : Math.floor(((amount.ugPerKg as number) * last.weightG) / 1_000)
      expect(doseUg).toBeLessThanOrEqual(limitsFor(row, last.weightG).hardUg)
      expect(doseUg - last.lastUg).toBeLessThanOrEqual(per(row.step) + row.roundToUg / 2)
      if (action === 'DECREASE') expect(doseUg <= last.lastUg && (doseUg === last.lastUg || doseUg >= per(row.start) * titration.floor.shareOfStart - 1)).toBe(true)
      if (action === 'INCREASE') expect(doseUg).toBeGreaterThan(last.lastUg)
    }), { numRuns: 2_000 })
  })

  test('taking a fact away never raises what is proposed', () => {
    fc.assert(fc.property(some, fc.constantFrom('worstAlert', 'worstGrade', 'minMoaaS', 'intensity', 'responsePercent', 'age', 'weightG', 'target'), (last, gone) => {
      const before = proposeDose(last as LastSession, dosing, titration).action
      const after = proposeDose({ ...last, [gone]: undefined } as LastSession, dosing, titration).action
      expect(order.indexOf(after)).toBeLessThanOrEqual(Math.max(order.indexOf(before), order.indexOf('NOT_EVALUABLE')))
    }), { numRuns: 2_000 })
  })
})

describe('each rule is told with what it looked at', () => {
  const told = (change: Partial<LastSession>) => proposeDose({ ...calm, ...change }, dosing, titration).rules.map(({ id, state, facts }) => [id, state, facts])
  test('with everything known', () => {
    expect(told({})).toEqual([
      ['not-adult', 'not-met', { age: 40 }], ['not-cleared', 'not-met', { cleared: true }], ['red-or-severe', 'not-met', { worstAlert: 'green', worstGrade: 0 }],
      ['orange-grade-or-sedation', 'not-met', { worstAlert: 'green', worstGrade: 0, minMoaaS: 5 }], ['too-intense', 'not-met', { intensity: 2, target: [4, 7] }], ['enough-response', 'not-met', { responsePercent: 20 }],
      ['yellow', 'not-met', { worstAlert: 'green', intensity: 2, target: [4, 7] }], ['too-little', 'met', { intensity: 2, target: [4, 7] }],
    ])
  })

  test.each<Partial<LastSession>>([{ intensity: undefined }, { target: undefined }])('with %o nothing that compares the two is answered', (gone) => {
    const states = new Map(proposeDose({ ...calm, worstAlert: 'yellow', ...gone }, dosing, titration).rules.map(({ id, state }) => [id, state]))
    expect((['too-intense', 'yellow', 'too-little'] as const).map((id) => states.get(id))).toEqual(['not-evaluable', 'not-evaluable', 'not-evaluable'])
  })
})
