import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { inState, OUTSIDE, stateCodes, stateName, stateOf, states } from '../shared/us-states.ts'
import { isLicensedIn, isSameState, licencesOf } from './licensed.ts'

test('fifty states, the district and five territories', () => expect(stateCodes).toHaveLength(56))

describe('what was typed is read as a state', () => {
  test.each<[string, string | undefined]>([
    ['CA', 'CA'], ['ca', 'CA'], [' ca ', 'CA'], ['C.A.', 'CA'], ['US-CA', 'CA'], ['California', 'CA'], ['california', 'CA'], ['State of California', 'CA'], ['New  York', undefined], ['new york', 'NY'], ['D.C.', 'DC'], ['Washington, DC', 'DC'], ['Washington', 'WA'],
    ['the District of Columbia', 'DC'], ['Virgin Islands', 'VI'], ['U.S. Virgin Islands', 'VI'], ['Calif', undefined], ['', undefined], ['outside', undefined], ['AE', undefined], ['toString', undefined],
  ])('%j', (typed, code) => expect(stateOf(typed)).toBe(code))
  test('each by its letters, by its name and as ISO writes it', () => fc.assert(fc.property(fc.constantFrom(...stateCodes), fc.boolean(), (code, loud) => {
    for (const typed of [code, `US-${code}`, states[code]]) expect(stateOf(loud ? typed.toUpperCase() : typed.toLowerCase())).toBe(code)
  })))
  test.each([['OR', 'in Oregon'], ['DC', 'in the District of Columbia'], ['oregon', 'in Oregon'], ['Cascadia', 'in Cascadia'], [OUTSIDE, 'outside the United States']])('%s is said “%s”', (where, says) => expect(inState(where)).toBe(says))
  test('a text that reads as none keeps its words', () => expect(stateName('Calif')).toBe('Calif'))
})

describe('a licence of a state', () => {
  const day = '2026-12-01'
  test.each<[string, string, string | null | undefined, boolean]>([
    ['CA', 'CA', null, true], ['California', 'CA', undefined, true], ['ca', 'California', null, true], ['NV', 'CA', null, false], ['Calif', 'CA', null, false], ['Calif', 'calif', null, true],
    ['CA', 'CA', '2026-11-30', false], ['CA', 'CA', '2026-12-01', true], ['CA', 'CA', '2026-12-02', true], ['outside', OUTSIDE, null, false], ['CA', OUTSIDE, null, false],
  ])('%s entered, %s asked, until %s: %s', (state, where, until, is) => expect(isLicensedIn([{ state, until }], where, day)).toBe(is))
  test('nothing entered is no licence', () => expect([isLicensedIn([], 'CA', day), isLicensedIn(undefined, 'CA')]).toEqual([false, false]))
  test('one that has ended still stands among the rows that are shown', () => expect(licencesOf([{ state: 'California', until: '2020-01-01' }, { state: 'NV' }], 'CA')).toHaveLength(1))
  test('how it was typed changes nothing, and a state is no other', () => fc.assert(fc.property(fc.constantFrom(...stateCodes), fc.constantFrom(...stateCodes), (one, other) => {
    expect(isSameState(states[one], other)).toBe(one === other)
    expect(isSameState(other.toLowerCase(), `us-${one}`)).toBe(one === other)
  })))
  test('one more licence never makes somebody unlicensed, and a later day never more licensed', () => {
    const row = fc.record({ state: fc.constantFrom('CA', 'Nevada', 'nv', 'x'), until: fc.option(fc.constantFrom('2026-01-01', '2026-06-01'), { nil: undefined }) })
    fc.assert(fc.property(fc.array(row, { maxLength: 4 }), row, fc.constantFrom('CA', 'NV'), fc.constantFrom('2026-01-01', '2026-03-01', '2026-06-01', '2026-06-02'), (rows, more, where, on) => {
      if (isLicensedIn(rows, where, on)) expect(isLicensedIn([...rows, more], where, on)).toBe(true)
      if (isLicensedIn(rows, where, '2026-06-02')) expect(isLicensedIn(rows, where, on)).toBe(true)
    }))
  })
})
