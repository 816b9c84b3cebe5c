import { describe, expect, test } from 'vitest'
import { factVocabulary } from '../../knowledge/eligibility/vocabulary.ts'
import { sayCondition } from './say-condition.ts'
import type { Condition } from './rule.ts'
import { sayMet, sayUsed, sayValue } from './say-fact.ts'
import type { MetRule } from './screen.ts'

describe('a condition in words', () => {
  test.each<[Condition, string]>([
    [{ fact: 'age', below: 18 }, 'age below 18 years'], [{ fact: 'phq9', atLeast: 20 }, 'PHQ-9 20 or more'], [{ fact: 'systolicMmHg', moreThan: 139, atMost: 160 }, 'systolic pressure above 139 and 160 or less mmHg'],
    [{ fact: 'qtcMs', atLeast: 500, noWhen: ['not-asked'] }, 'QTc 500 or more ms (counts only if recorded)'],
    [{ fact: 'intoxicated', is: true }, 'intoxicated or in withdrawal is yes'], [{ fact: 'ecgDone', is: false, noWhen: ['not-asked'] }, 'ECG is no (counts only if recorded)'], [{ fact: 'psychosis', is: 'current' }, 'psychosis is current'],
    [{ diagnosis: ['F20', 'F25'], recorded: 'ever' }, 'diagnosis at any time F20, F25'], [{ diagnosis: ['F31'], except: ['F31.8', 'F31.9'], recorded: 'active' }, 'active diagnosis F31 except F31.8, F31.9'],
    [{ diagnosis: ['I50'], recorded: 'current' }, 'diagnosis I50'], [{ diagnosis: ['I50'], recorded: 'resolved' }, 'past diagnosis I50'],
    [{ taking: ['phenelzine'], called: 'an MAO inhibitor' }, 'takes an MAO inhibitor'], [{ allergicTo: ['ketamine', 'esketamine'] }, 'allergic to ketamine or esketamine'],
    [{ uses: 'any', except: ['cannabis', 'nicotine'], status: ['current', 'past'] as never }, 'uses any substance except cannabis, nicotine (current or past)'], [{ uses: ['alcohol', 'cocaine'], status: ['current'] as never }, 'uses alcohol or cocaine (current)'],
    [{ anyIn: 'urineDrugScreenPositive', noWhen: ['not-asked'] }, `${factVocabulary.urineDrugScreenPositive.label}: any (counts only if recorded)`], [{ absent: 'ecgDone' }, 'ECG not known'],
    [{ not: { fact: 'age', below: 18 } }, 'not (age below 18 years)'],
    [{ all: [{ any: [{ fact: 'age', below: 18 }, { absent: 'age' }] }, { all: [{ fact: 'ecgDone', is: true }] }, { fact: 'mania', is: 'past' }] }, '(age below 18 years or age not known) and (ECG is yes) and mania is past'],
  ])('%j: %s', (condition, words) => {
    expect(sayCondition(condition, factVocabulary)).toBe(words)
  })
})

test.each<[unknown, string]>([
  [true, 'yes'], [false, 'no'], [26.04, '26'], [26.06, '26.1'], [[], 'none'], [['cocaine', 'opiates'], 'cocaine, opiates'], [[{ code: 'F32.1', status: 'in-remission' }], 'F32.1 in remission'], [[null], 'null'], ['current', 'current'],
])('the value %j is said as %s', (value, words) => {
  expect(sayValue(value)).toBe(words)
})

test('a fact of another edition, which nobody asks for any more, is said by the name it had', () => {
  expect(sayUsed({ fact: 'shoeSize' as never, value: 43, entries: [] }, factVocabulary)).toBe('shoeSize: 43')
})

test('a fact that met a rule is said with its name, its unit, or that it is missing', () => {
  const age = { fact: 'age', value: 17, entries: [] } as const
  const drugs = { fact: 'ecgDone', value: undefined, missing: 'not-asked', entries: [] } as const
  expect([sayUsed(age, factVocabulary), sayUsed(drugs, factVocabulary), sayUsed({ fact: 'psychosis', value: 'past', entries: [] }, factVocabulary)]).toEqual(['age: 17 years', 'ECG: missing', 'psychosis: past'])
  expect(sayMet({ rule: { id: 'B01', says: 'is a minor' }, facts: [age, drugs] } as unknown as MetRule, factVocabulary)).toBe('B01: is a minor (age: 17 years; ECG: missing)')
  expect(sayMet({ rule: { id: 'B01', says: 'A prescriber looks again.', action: 'hold' }, facts: [] }, factVocabulary)).toBe('A prescriber looks again.')
})
