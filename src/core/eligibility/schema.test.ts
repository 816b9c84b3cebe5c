import { describe, expect, test } from 'vitest'
import { choiceFacts, factNames, listFacts, numberFacts, yesNoFacts } from './facts.ts'
import { conditionSchema, ruleSchema } from './schema.ts'

const reads = (condition: unknown) => {
  const { success, data } = conditionSchema.safeParse(condition)
  // What is taken is taken whole: nothing of it is dropped on the way.
  if (success) expect(data).toEqual(condition)
  return success
}

describe('every shape of the language is read, and nothing beside it', () => {
  const year = { fact: 'age', atLeast: 18 }
  test.each<[string, unknown]>([
    ['at least', year], ['more than', { fact: 'age', moreThan: 18 }], ['below', { fact: 'age', below: 18 }], ['at most', { fact: 'age', atMost: 18 }], ['between', { fact: 'tsh', moreThan: 0.1, below: 4, noWhen: ['not-asked'] }],
    ['a word', { fact: 'psychosis', is: 'past' }], ['a word, if recorded', { fact: 'childPugh', is: 'C', noWhen: ['not-asked', 'stale'] }], ['yes', { fact: 'homeOxygen', is: true }], ['no, if recorded', { fact: 'ecgDone', is: false, noWhen: ['not-asked'] }],
    ...['active', 'current', 'resolved', 'ever'].map((recorded): [string, unknown] => [`a diagnosis, ${recorded}`, { diagnosis: ['F20', 'F25.0'], recorded }]), ['a diagnosis with an exception', { diagnosis: ['F31'], except: ['F31.8'], recorded: 'ever' }], ['with none', { diagnosis: ['F31'], except: [], recorded: 'ever' }],
    ['a medicine', { taking: ['st johns wort', 'rifampin'], called: 'an inducer' }], ['an allergy', { allergicTo: ['ketamine'] }],
    ...['active', 'early-remission', 'remission'].map((status): [string, unknown] => [`a substance, ${status}`, { uses: ['cocaine'], status: [status] }]), ['any substance but one', { uses: 'any', except: ['nicotine'], status: ['active', 'remission'] }],
    ['anything on a list', { anyIn: 'urineDrugScreenPositive' }], ['anything, if recorded', { anyIn: 'medicationsUnread', noWhen: ['not-asked'] }], ['nothing known', { absent: 'age' }],
    ['one of them', { any: [year, { not: year }] }], ['all of them', { all: [year] }], ['not', { not: { any: [{ all: [year] }] } }],
  ])('%s', (_, condition) => expect(reads(condition)).toBe(true))

  test.each<[string, unknown]>([
    ['a number compared with a word', { fact: 'age', atLeast: '18' }], ['compared with nothing', { fact: 'age' }], ['excused for no such reason', { fact: 'age', below: 18, noWhen: ['forgotten'] }],
    ['a word that is empty', { fact: 'psychosis', is: ' ' }], ['a word asked for yes', { fact: 'psychosis', is: true }], ['yes asked for a word', { fact: 'homeOxygen', is: 'yes' }],
    ['a diagnosis without a code', { diagnosis: [], recorded: 'ever' }], ['recorded in no such way', { diagnosis: ['F20'], recorded: 'once' }], ['not said how it was recorded', { diagnosis: ['F20'] }],
    ['no medicine', { taking: [], called: 'x' }], ['medicines without a name together', { taking: ['rifampin'], called: ' ' }], ['an empty medicine', { taking: [''], called: 'x' }], ['written with signs', { taking: ['st. john’s wort'], called: 'x' }], ['no allergy', { allergicTo: [] }],
    ['no substance', { uses: [], status: ['active'] }], ['another word than any', { uses: 'all', status: ['active'] }], ['no state of use', { uses: 'any', status: [] }], ['no such state', { uses: 'any', status: ['past'] }], ['an exception of nothing', { uses: 'any', except: [], status: ['active'] }],
    ['anything in a number', { anyIn: 'age' }], ['no such fact missing', { absent: 'shoe size' }], ['none of them', { any: [] }], ['all of none', { all: [] }], ['not nothing', { not: {} }], ['two at once', { any: [year], all: [year] }],
  ])('not: %s', (_, condition) => expect(reads(condition)).toBe(false))

  test.each([
    [{ fact: 'age', below: 18 }], [{ fact: 'psychosis', is: 'past' }], [{ fact: 'homeOxygen', is: true }], [{ diagnosis: ['F20'], recorded: 'ever' }], [{ taking: ['rifampin'], called: 'x' }], [{ allergicTo: ['ketamine'] }], [{ uses: 'any', status: ['active'] }], [{ anyIn: 'diagnoses' }], [{ absent: 'age' }], [{ any: [year] }], [{ all: [year] }], [{ not: year }],
  ])('nor with a key beside it: %j', (condition) => expect([reads(condition), reads({ ...condition, also: 1 })]).toEqual([true, false]))

  test.each(['not-asked', 'declined', 'not-known', 'stale', 'incomplete'])('a fact may be excused when it is %s', (why) => expect(reads({ fact: 'age', below: 18, noWhen: [why] })).toBe(true))
})

test.each([...factNames])('%s is asked for in its own way, and in no other', (fact) => {
  const ways = [[numberFacts, { fact, below: 1 }], [choiceFacts, { fact, is: 'word' }], [yesNoFacts, { fact, is: true }], [listFacts, { anyIn: fact }]] as const
  expect(ways.map(([, condition]) => reads(condition))).toEqual(ways.map(([names]) => (names as readonly string[]).includes(fact)))
  expect(ways.filter(([names]) => (names as readonly string[]).includes(fact))).toHaveLength(1)
  expect(reads({ absent: fact })).toBe(true)
})

test.each([
  ['F20', true], ['F31.81', true], ['S06.0X1A', true], ['Z3A.12', true], ['C', true], ['f20', false], ['20', false], ['F20.', false], ['F20.a', false], ['F20.8.1', false], ['F-20', false], ['F20 ', false], ['.8', false], [' F20', false], ['aF20', false], ['F2a', false], ['F20.8-', false], ['', false],
])('“%s” is a code: %s', (code, isOne) => {
  expect(reads({ diagnosis: ['F20', code], recorded: 'ever' })).toBe(isOne)
  expect(reads({ diagnosis: ['F20'], except: [code], recorded: 'ever' })).toBe(isOne)
})

describe('a whole rule', () => {
  const rule = {
    id: 'B01', version: 1, action: 'block', moment: 'screening', when: { fact: 'age', below: 18 }, says: 'Younger than 18.', plainly: 'This is for adults.', codes: ['F20'], firedBy: 'test', screenedBy: 'the birth date', basis: 'Ours.', cites: ['P'], tag: 'P', verified: false, reviewBy: '2027-01-01',
  }
  const reads = (change: object) => ruleSchema.safeParse({ ...rule, ...change }).success
  test.each<[string, object]>([
    ['as it is', {}], ...['block', 'hold', 'override', 'missing', 'caution'].map((action): [string, object] => [`to ${action}`, { action }]), ['of the day', { moment: 'session-day' }], ...['test', 'codes', 'either'].map((firedBy): [string, object] => [`fired by ${firedBy}`, { firedBy }]), ...['V', 'M', 'D', 'P'].map((tag): [string, object] => [`tagged ${tag}`, { tag }]),
    ['urgent', { raises: { flag: 'urgent', when: rule.when } }], ['a crisis', { raises: { flag: 'crisis', when: rule.when } }], ['with what lifts it', { liftedBy: 'A birthday.' }], ['without codes', { codes: [] }], ['with two sources', { cites: ['P', 'S12'] }], ['of a later version', { version: 12 }],
  ])('%s', (_, change) => {
    expect(ruleSchema.safeParse({ ...rule, ...change }).data).toEqual({ ...rule, ...change })
  })
  test.each<[string, object]>([
    ...['b01', 'B1', 'B001', 'BB1', 'xB01', 'B0x', 'Bx1', ''].map((id): [string, object] => [`the id “${id}”`, { id }]), ['version 0', { version: 0 }], ['half a version', { version: 1.5 }], ['to forbid', { action: 'forbid' }], ['of no moment', { moment: 'later' }], ['a condition from outside the language', { when: { eval: '1' } }],
    ['raising no such flag', { raises: { flag: 'red', when: rule.when } }], ['raising without a condition', { raises: { flag: 'urgent' } }], ['raising something beside it', { raises: { flag: 'urgent', when: rule.when, also: 1 } }],
    ...['says', 'plainly', 'liftedBy', 'screenedBy', 'basis'].map((key): [string, object] => [`${key} of nothing`, { [key]: ' ' }]), ['codes that are none', { codes: ['heart'] }], ['fired by chance', { firedBy: 'chance' }], ['without a source', { cites: [] }], ['with an empty source', { cites: [''] }], ['with an empty second source', { cites: ['P', ''] }], ['no such tag', { tag: 'X' }], ['perhaps verified', { verified: 'yes' }], ['reviewed some day', { reviewBy: '2027' }], ['a key beside it', { also: 1 }],
  ])('not: %s', (_, change) => expect(reads(change)).toBe(false))
  test.each(Object.keys(rule))('not: without %s', (key) => expect(reads({ [key]: undefined })).toBe(false))
})
