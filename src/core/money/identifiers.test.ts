import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { icdWellFormed, isHeading, npiValid, tinValid } from './identifiers.ts'

describe('NPI', () => {
  test.each([
    ['1234567893', true], ['1245319599', true], ['1234567890', false], ['1234567892', false], ['123456789', false], ['12345678930', false], ['123456789a', false], ['', false], [' 1234567893', false],
  ])('%s → %s', (npi, valid) => expect(npiValid(npi)).toBe(valid))

  const nine = fc.stringMatching(/^[12]\d{8}$/)
  const checked = (first: string) => [...'0123456789'].map((digit) => first + digit).filter(npiValid)
  test('exactly one last digit fits any nine', () => {
    fc.assert(fc.property(nine, (first) => { expect(checked(first)).toHaveLength(1) }))
  })
  test('one wrong digit is always seen', () => {
    fc.assert(fc.property(nine, fc.nat(9), fc.integer({ min: 1, max: 9 }), (first, place, by) => {
      const npi = checked(first)[0] ?? ''
      const wrong = npi.slice(0, place) + String((Number(npi[place]) + by) % 10) + npi.slice(place + 1)
      expect(npiValid(wrong)).toBe(false)
    }))
  })
})

test.each([['123456789', true], ['12-3456789', true], ['123-45-6789', true], ['12345678', false], ['1234567890', false], ['000000000', false], ['12-34567', false], ['', false]])('tax number %s → %s', (tin, valid) => {
  expect(tinValid(tin)).toBe(valid)
})

test.each([['F33.1', true], ['F43.10', true], ['G89.4', true], ['C4A.9', true], ['F32', true], ['33.1', false], ['F3', false], ['F33.', false], ['F33.12345', false], ['f33.1', false], ['F33-1', false], ['', false]])('ICD-10-CM form of %s → %s', (code, formed) => {
  expect(icdWellFormed(code)).toBe(formed)
})

test.each([['F43.1', true], ['F43', true], ['F43.10', false], ['F33', true], ['F33.1', false], ['F99', false]])('%s is a heading: %s', (code, heading) => {
  expect(isHeading(code, ['F43.10', 'F43.11', 'F33.1'])).toBe(heading)
})
