import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changes, madrsRow, qidsRow, reliability, traumaRow } from '../../knowledge/outcomes.ts'
import { category, roundTo } from './category.ts'
import { madrsChange, qidsChange, reliableChange, traumaChange } from './change.ts'

const [phq9, gad7] = changes

describe('PHQ-9, below, at and above each edge', () => {
  test.each([
    // pre post  change  response remission reliable recovered band
    [18, 9, 50, true, false, true, true, 'response'],
    [18, 10, 44.4, false, false, true, false, 'partial'],
    [20, 10, 50, true, false, true, false, 'response'], // 10 is still a case
    [18, 8, 55.6, true, false, true, true, 'response'],
    [18, 5, 72.2, true, false, true, true, 'response'],
    [18, 4, 77.8, true, true, true, true, 'remission'],
    [9, 4, 55.6, false, false, false, false, 'not-a-case'], // nothing to remit from
    [8, 4, 50, false, false, false, false, 'not-a-case'],
    [9, 3, 66.7, false, false, true, false, 'not-a-case'], // reliably lower all the same
    [9, 9, 0, false, false, false, false, 'not-a-case'],
    [9, 14, -55.6, false, false, false, false, 'not-a-case'],
    [9, 15, -66.7, false, false, false, false, 'deteriorated'], // to rise needs no cut-off
    [10, 5, 50, true, false, false, false, 'response'], // from exactly a case
    [12, 9, 25, false, false, false, false, 'partial'],
    [13, 10, 23.1, false, false, false, false, 'none'],
    [10, 4, 60, true, true, true, true, 'remission'], // from exactly a case
    [15, 9, 40, false, false, true, true, 'partial'],
    [14, 9, 35.7, false, false, false, false, 'partial'],
    [10, 10, 0, false, false, false, false, 'none'],
    [10, 15, -50, false, false, false, false, 'none'],
    [10, 16, -60, false, false, false, false, 'deteriorated'],
    [0, 0, null, false, false, false, false, 'not-a-case'],
    [0, 6, null, false, false, false, false, 'deteriorated'],
  ] as const)('%i → %i: %s %%', (pre, post, percentChange, response, remission, reliable, recovered, band) => {
    expect(category(phq9, pre, post)).toEqual({ percentChange, response, remission, reliable, recovered, band })
  })
})

describe('GAD-7', () => {
  test.each([
    [15, 7, true, true, 'response'],
    [15, 8, true, false, 'partial'],
    [11, 7, true, true, 'partial'],
    [10, 7, false, false, 'partial'],
    [7, 3, true, false, 'not-a-case'],
    [8, 3, true, true, 'remission'],
    [10, 13, false, false, 'none'],
    [10, 14, false, false, 'deteriorated'],
  ] as const)('%i → %i', (pre, post, reliable, recovered, band) => {
    expect(category(gad7, pre, post)).toMatchObject({ reliable, recovered, band })
  })
})

describe('laws of the category', () => {
  const score = fc.integer({ min: 0, max: 27 })
  test('remission is a response, a response starts at the cut-off or above, recovery is reliable, and a better score is never a worse band', () => {
    const order = ['deteriorated', 'not-a-case', 'none', 'partial', 'response', 'remission']
    fc.assert(fc.property(score, score, (pre, post) => {
      const at = category(phq9, pre, post)
      if (at.remission) expect(at.response).toBe(true)
      if (at.response) expect(pre).toBeGreaterThanOrEqual(phq9.caseFrom)
      if (at.recovered) expect(at.reliable).toBe(true)
      if (post > 0) expect(order.indexOf(category(phq9, pre, post - 1).band)).toBeGreaterThanOrEqual(order.indexOf(at.band))
    }))
  })
})

describe('changes of the other instruments', () => {
  test.each([
    [48, 36, { change: 12, meaningful: true, reliable15: false, reliable18: false, csc28: false }],
    [48, 39, { change: 9, meaningful: false, reliable15: false, reliable18: false, csc28: false }],
    [48, 38, { change: 10, meaningful: true, reliable15: false, reliable18: false, csc28: false }],
    [43, 28, { change: 15, meaningful: true, reliable15: true, reliable18: false, csc28: true }],
    [47, 29, { change: 18, meaningful: true, reliable15: true, reliable18: true, csc28: false }],
    [30, 40, { change: -10, meaningful: false, reliable15: false, reliable18: false, csc28: false }],
    [29, 28, { change: 1, meaningful: false, reliable15: false, reliable18: false, csc28: true }],
    [28, 12, { change: 16, meaningful: true, reliable15: true, reliable18: false, csc28: false }], // was there already
  ])('PCL-5 %i → %i', (pre, post, expected) => expect(traumaChange(traumaRow, pre, post)).toEqual(expected))

  test.each([
    [32, 11, { percentChange: 65.6, response: true, remission12: true, remission10: false }],
    [32, 13, { percentChange: 59.4, response: true, remission12: false, remission10: false }],
    [32, 12, { percentChange: 62.5, response: true, remission12: true, remission10: false }],
    [32, 10, { percentChange: 68.8, response: true, remission12: true, remission10: true }],
    [32, 17, { percentChange: 46.9, response: false, remission12: false, remission10: false }],
    [13, 6, { percentChange: 53.8, response: true, remission12: true, remission10: true }],
    [12, 6, { percentChange: 50, response: true, remission12: false, remission10: true }], // by the wider cut it was one before
    [10, 4, { percentChange: 60, response: true, remission12: false, remission10: false }],
  ])('MADRS %i → %i', (pre, post, expected) => expect(madrsChange(madrsRow, pre, post)).toEqual(expected))

  test.each([
    [20, 10, { percentChange: 50, response: true, noMeaningfulBenefit: false }],
    [20, 14, { percentChange: 30, response: false, noMeaningfulBenefit: true }],
    [20, 13, { percentChange: 35, response: false, noMeaningfulBenefit: false }],
  ])('QIDS-SR16 %i → %i', (pre, post, expected) => expect(qidsChange(qidsRow, pre, post)).toEqual(expected))

  test.each([
    // The row's own numbers: 1.96 × √2 × 5.8 × √0.16 = 6.43 points.
    [18, 10, -2.44, true],
    [18, 11, -2.13, true],
    [18, 12, -1.83, false],
    [10, 17, 2.13, true],
    [10, 10, 0, false],
  ])('reliable change of the PHQ-9 %i → %i', (pre, post, rc, reliable) => {
    expect(reliableChange(pre, post, reliability[0])).toEqual({ rc, reliable })
  })

  test('without a spread there is no index', () => {
    expect(reliableChange(10, 5, { sd: 0, reliability: 0.8, criticalValue: 1.96 })).toEqual({ rc: null, reliable: false })
    expect(reliableChange(10, 5, { sd: 5, reliability: 1, criticalValue: 1.96 })).toEqual({ rc: null, reliable: false })
  })
})

test.each([[1, 12.25, 12.3], [1, -12.25, -12.3], [2, 1.005, 1.01], [1, 0.04, 0], [1, -0.04, 0]])('rounded to %i places, %d is %d', (places, value, expected) => {
  expect(roundTo(places, value)).toBe(expected)
})
