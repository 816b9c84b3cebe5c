import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reporting } from '../../knowledge/outcomes.ts'
import { proportion } from './proportion.ts'

const row = reporting.proportion

test.each([
  [4, 7, { suppressed: true }], [0, 0, { suppressed: true }], [9, 9, { suppressed: true }],
  [0, 10, { p: 0, lo: 0, hi: 0.2775 }], [10, 10, { p: 1, lo: 0.7225, hi: 1 }], [5, 10, { p: 0.5, lo: 0.2366, hi: 0.7634 }],
  // Counts of published series; limits by R's prop.test(correct = FALSE).
  [28, 42, { p: 0.6667, lo: 0.5155, hi: 0.7899 }], [288, 537, { p: 0.5363, lo: 0.494, hi: 0.5781 }],
])('%i of %i', (events, n, expected) => expect(proportion(events, n, row)).toEqual(expected))

test('nobody is shown where no row asks for a number of people either', () => expect(proportion(0, 0, { ...row, fewest: 0 })).toEqual({ suppressed: true }))

test('the share lies within its limits, and more people bring them closer', () => {
  fc.assert(fc.property(fc.integer({ min: 10, max: 500 }), fc.integer({ min: 0, max: 500 }), (n, some) => {
    const events = Math.min(some, n)
    const [few, many] = [proportion(events, n, row), proportion(events * 4, n * 4, row)]
    if ('suppressed' in few || 'suppressed' in many) throw new Error('suppressed')
    expect(few.lo).toBeLessThanOrEqual(few.p)
    expect(few.hi).toBeGreaterThanOrEqual(few.p)
    expect(many.hi - many.lo).toBeLessThanOrEqual(few.hi - few.lo)
  }))
})
