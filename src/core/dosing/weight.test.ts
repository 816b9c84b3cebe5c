import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dosing } from '../../knowledge/dosing.ts'
import { kg } from '../shared/units.ts'
import { adjustedWeightG, dosingWeight, idealWeightG, leanWeightG, weightDoubts, type Body } from './weight.ts'

const body = (sex: Body['sex'], heightMm: number, weightKg: number): Body => ({ sex, heightMm, weightG: kg(weightKg) })

describe('ideal weight after Devine', () => {
  test.each([
    ['M', 1524, 50_000], ['F', 1524, 45_500], ['M', 1778, 73_000], ['F', 1651, 57_000], ['M', 1800, 74_992], ['F', 1650, 56_909],
    ['M', 1473.2, 45_400], ['F', 1473.2, 40_900], // two inches below 60: downwards by the same step
    ['other', 1651, 57_000], ['unknown', 1651, 57_000], // the lower of the two
  ] as const)('%s %i mm → %i g', (sex, heightMm, expected) => {
    expect(Math.abs(idealWeightG({ sex, heightMm }, dosing.weight) - expected)).toBeLessThanOrEqual(1)
  })

  test('lean and adjusted weight of the same woman', () => {
    const woman = body('F', 1650, 100)
    expect(adjustedWeightG(woman, dosing.weight)).toBe(74_145)
    expect(Math.round(leanWeightG(woman, dosing.weight) / 100)).toBe(522)
  })

  test('lean weight has a formula for men and one for everybody else', () => {
    expect(leanWeightG(body('M', 1800, 80), dosing.weight)).toBe(61_731)
    expect(leanWeightG(body('other', 1650, 100), dosing.weight)).toBe(leanWeightG(body('F', 1650, 100), dosing.weight))
  })

  test('nobody is so small that the ideal weight is below nothing', () => {
    expect(idealWeightG({ sex: 'F', heightMm: 300 }, dosing.weight)).toBe(0)
  })
})

describe('which weight a dose is computed with', () => {
  test.each([
    ['below 30', 1700, 86.6, 'actual'], ['at 30', 1700, 86.7, 'ibw'], ['above 30', 1700, 95, 'ibw'],
  ] as const)('body mass index %s', (_, heightMm, weightKg, basis) => {
    expect(dosingWeight(body('F', heightMm, weightKg), dosing.weight).basis).toBe(basis)
  })

  test('the actual weight is never used from 30 on, whatever the practice chose', () => {
    const people = fc.record({ sex: fc.constantFrom('M', 'F', 'other', 'unknown'), heightMm: fc.integer({ min: 1200, max: 2200 }), weightG: fc.integer({ min: 40_000, max: 300_000 }) })
    fc.assert(fc.property(people, fc.constantFrom('ibw', 'adjusted'), (person, above) => {
      const chosen = dosingWeight(person, dosing.weight, above)
      if ((person.weightG * 10_000) / (person.heightMm * person.heightMm) < 300) return chosen.basis === 'actual'
      return chosen.basis !== 'actual' && chosen.weightG < person.weightG
    }))
  })
})

describe('a weight that is asked for again', () => {
  test.each([
    [100, {}, []],
    [85, { lastWeightG: kg(100) }, []], [84.9, { lastWeightG: kg(100) }, ['differs-from-last']],
    [115, { lastWeightG: kg(100) }, []], [115.1, { lastWeightG: kg(100) }, ['differs-from-last']],
    [222, { heightMm: 1650 }, ['unlikely-for-height']], [222, { heightMm: 1650, lastWeightG: kg(100) }, ['differs-from-last', 'unlikely-for-height']],
    [35, { heightMm: 1650 }, ['unlikely-for-height']], [36, { heightMm: 1650 }, []],
  ])('%d kg, known %o', (weightKg, known, doubts) => {
    expect(weightDoubts(kg(weightKg), known, dosing.plausibleWeight)).toEqual(doubts)
  })
})

test('the index goes along with the weight, in tenths', () => {
  expect(dosingWeight(body('F', 1700, 86.6), dosing.weight)).toEqual({ weightG: 86_600, basis: 'actual', bmiTenths: 300 })
  expect(dosingWeight(body('F', 1650, 100), dosing.weight)).toMatchObject({ basis: 'ibw', bmiTenths: 367 })
})

test('a weight at the very edge of what is likely for a height is not asked about again', () => {
  const [low, high] = dosing.plausibleWeight.bmiTenths
  // At one metre the body mass index is the weight in kilograms.
  const doubts = (weightG: number) => weightDoubts(weightG, { heightMm: 1_000 }, dosing.plausibleWeight)
  expect([low * 100, high * 100].map(doubts)).toEqual([[], []])
  expect([low * 100 - 1, high * 100 + 1].map(doubts)).toEqual([['unlikely-for-height'], ['unlikely-for-height']])
})
