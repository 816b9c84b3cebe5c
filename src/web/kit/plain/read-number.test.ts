import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readNumber } from './read-number.ts'

const pressure = { decimals: 0, min: 40, max: 300 }
const temperature = { decimals: 1, min: 30, max: 43 }

describe('what is typed is read as written or refused', () => {
  test.each([
    ['', pressure, null], ['   ', pressure, null],
    ['40', pressure, 40], ['300', pressure, 300], [' 128 ', pressure, 128], ['0128', pressure, 128],
    ['36.5', temperature, 36.5], ['36,5', temperature, 36.5], ['36', temperature, 36], ['30.0', temperature, 30],
  ])('%j is a value', (text, bounds, value) => {
    expect(readNumber(text, bounds)).toEqual({ ok: true, value })
  })

  test.each([
    ['39', pressure, 'below 40'], ['301', pressure, 'above 300'], ['900', pressure, 'above 300'],
    ['128.5', pressure, 'whole number'], ['1,280', pressure, 'whole number'], ['12o', pressure, 'whole number'], ['1e2', pressure, 'whole number'],
    ['36.55', temperature, 'At most 1 digit'], ['1.234,5', temperature, 'a number'], ['36.', temperature, 'a number'], ['98.6 F', temperature, 'a number'], ['--', temperature, 'a number'],
  ])('%j is refused', (text, bounds, says) => {
    const read = readNumber(text, bounds)
    expect(read.ok).toBe(false)
    expect(read.ok ? '' : read.problem).toContain(says)
  })
})

test('a number written out reads back as itself, with either decimal mark', () => {
  fc.assert(fc.property(fc.integer({ min: -99_999, max: 99_999 }), fc.constantFrom('.', ','), (hundredths, mark) => {
    const text = (hundredths / 100).toFixed(2).replace('.', mark)
    expect(readNumber(text, { decimals: 2 })).toEqual({ ok: true, value: hundredths / 100 })
  }))
})

test('no text whatever becomes a number outside its bounds', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'0123456789.,- ') }), (text) => {
    const read = readNumber(text, pressure)
    if (read.ok && read.value !== null) expect(read.value >= 40 && read.value <= 300).toBe(true)
  }))
})
