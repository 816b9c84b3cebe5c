import fc from 'fast-check'
import { expect, test } from 'vitest'
import { kg, mg, showPerKg } from './units.ts'

test.each([
  [34, 68, '0.5 mg/kg'], [35, 80, '0.44 mg/kg'], [34.8, 80, '0.44 mg/kg'], [34.7, 80, '0.43 mg/kg'], [75, 75, '1 mg/kg'], [300, 62.5, '4.8 mg/kg'],
  [0.5, 100, '0.01 mg/kg'], [0.4, 100, '0.004 mg/kg'], [0, 80, '0 mg/kg'],
])('%d mg at %d kg is %s', (doseMg, weightKg, says) => expect(showPerKg(mg(doseMg), kg(weightKg))).toBe(says))

test('no dose reads as none, and the figure is never off by more than half of its last place', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: mg(1_000) }), fc.integer({ min: kg(20), max: kg(400) }), (doseUg, weightG) => {
    const shown = Number.parseFloat(showPerKg(doseUg, weightG))
    expect(shown).toBeGreaterThan(0)
    expect(Math.abs(shown - doseUg / weightG)).toBeLessThanOrEqual(0.005 + 1e-9)
  }))
})
