import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instruments } from '../../knowledge/instruments.ts'
import { phq9Answers } from './fixtures.ts'
import { isComplete } from './instrument.ts'
import { isAtLeast, riskOf } from './risk.ts'

const { 'c-ssrs': cSsrs, 'phq-9': phq9, 'gad-7': gad7 } = instruments
const no = { q1: false, q2: false, q6Lifetime: false }

describe('C-SSRS triage: the highest level wins, never a sum', () => {
  test.each([
    ['all no', no, 'none'],
    ['wish to be dead only', { ...no, q1: true }, 'low'],
    ['thoughts only', { ...no, q2: true, q3: false, q4: false, q5: false }, 'low'],
    ['both, nothing more', { ...no, q1: true, q2: true, q3: false, q4: false, q5: false }, 'low'],
    ['a method', { ...no, q2: true, q3: true, q4: false, q5: false }, 'moderate'],
    ['behavior long ago', { ...no, q6Lifetime: true, q6PastThreeMonths: false }, 'moderate'],
    ['some intent', { ...no, q2: true, q3: false, q4: true, q5: false }, 'high'],
    ['plan and intent', { ...no, q2: true, q3: true, q4: true, q5: true }, 'high'],
    ['behavior within three months', { ...no, q6Lifetime: true, q6PastThreeMonths: true }, 'high'],
    ['three yeses that are only moderate', { q1: true, q2: true, q3: true, q4: false, q5: false, q6Lifetime: false }, 'moderate'],
    ['yes and no as numbers', { q1: 1, q2: 0, q6Lifetime: 0 }, 'low'],
  ] as const)('%s → %s', (_, answers, level) => {
    expect(riskOf(cSsrs, answers)).toMatchObject({ level, atLeast: level, missing: [] })
  })
})

describe('an interview that was not finished', () => {
  test.each([
    ['nothing answered', {}, 'unknown', 'none', ['q1', 'q2', 'q6Lifetime']],
    ['thoughts, and then silence', { ...no, q2: true }, 'unknown', 'low', ['q3', 'q4', 'q5']],
    ['a method, intent not asked', { ...no, q2: true, q3: true }, 'unknown', 'moderate', ['q4', 'q5']],
    ['intent, the rest not asked', { q2: true, q4: true }, 'high', 'high', ['q1', 'q3', 'q5', 'q6Lifetime']],
    ['behavior, when not asked', { ...no, q6Lifetime: true }, 'unknown', 'moderate', ['q6PastThreeMonths']],
    ['intent said although thoughts were denied', { ...no, q4: true }, 'high', 'high', []],
  ] as const)('%s', (_, answers, level, atLeast, missing) => {
    expect(riskOf(cSsrs, answers)).toMatchObject({ level, atLeast, missing })
  })

  test('is never "none" while an asked item is missing', () => {
    const answer = fc.constantFrom(true, false, null)
    const form = fc.record(Object.fromEntries(cSsrs.items.map((item) => [item.id, answer])))
    fc.assert(fc.property(form, (answers) => {
      const risk = riskOf(cSsrs, answers)
      if (!isComplete(cSsrs, answers)) expect(risk.level).not.toBe('none')
      if (risk.level !== 'unknown' && risk.level !== 'not-asked') expect(risk.atLeast).toBe(risk.level)
    }))
  })

  test('another yes never lowers the level', () => {
    const form = fc.record(Object.fromEntries(cSsrs.items.map((item) => [item.id, fc.boolean()])))
    fc.assert(fc.property(form, fc.constantFrom(...cSsrs.items), (answers, item) => {
      expect(isAtLeast(riskOf(cSsrs, { ...answers, [item.id]: true }).atLeast, riskOf(cSsrs, answers).atLeast)).toBe(true)
    }))
  })
})

describe('PHQ-9 item 9', () => {
  test.each([
    [0, 'none', 'none', []],
    [1, 'unknown', 'low', ['q9']],
    [2, 'unknown', 'low', ['q9']],
    [3, 'unknown', 'low', ['q9']],
  ])('%i', (item9, level, atLeast, because) => {
    expect(riskOf(phq9, phq9Answers(3, item9))).toMatchObject({ level, atLeast, because })
  })

  test('counts in a form that was left half-way', () => {
    expect(riskOf(phq9, { q9: 2 })).toMatchObject({ atLeast: 'low', because: ['q9'] })
  })

  test('not answered is not none', () => {
    expect(riskOf(phq9, { q1: 0 })).toEqual({ level: 'unknown', atLeast: 'none', because: [], missing: ['q9'] })
  })
})

test('a form that does not ask says so', () => {
  expect(riskOf(gad7, {}).level).toBe('not-asked')
})
