import { expect, test } from 'vitest'
import { plainCase } from './cases/rule-cases.ts'
import { factsFromCase } from './facts-from-case.ts'
import { known, knownList, missing, type ScreeningFacts } from './facts.ts'
import { judge } from './judge.ts'
import type { Condition } from './rule.ts'

const read = factsFromCase(plainCase, { medicines: [], overrides: { id: 'x', says: 'x', basis: 'x', cites: ['P'], tag: 'P', verified: false, reviewBy: '2027-01-01', reasonCharacters: 20 } })
if (!read.ok) throw new Error(read.refusal.message)
const facts: ScreeningFacts = {
  ...read.value.facts, age: known(40, ['e1']), bmi: missing('stale', ['e2']), tsh: missing('not-asked'), qtcMs: missing('declined', ['e3']),
  diagnoses: { ...knownList([{ code: 'F33.2', status: 'active' as const }, { code: 'I61.9', status: 'resolved' as const }], ['e4']), gap: { why: 'incomplete', entries: ['e5'], about: ['Ear trouble'] } },
}
const yes: Condition = { fact: 'age', atLeast: 40 }
const no: Condition = { fact: 'age', moreThan: 40 }
const unknown: Condition = { fact: 'bmi', atLeast: 30 }

test.each<[Condition, string]>([
  [yes, 'yes'], [no, 'no'], [unknown, 'unknown'],
  [{ fact: 'age', atMost: 40 }, 'yes'], [{ fact: 'age', below: 40 }, 'no'], [{ fact: 'age', atLeast: 30, below: 41 }, 'yes'], [{ fact: 'age', moreThan: 39, atMost: 39 }, 'no'],
  [{ any: [no, unknown] }, 'unknown'], [{ any: [no, unknown, yes] }, 'yes'], [{ any: [no, no] }, 'no'],
  [{ all: [yes, unknown] }, 'unknown'], [{ all: [yes, unknown, no] }, 'no'], [{ all: [yes, yes] }, 'yes'],
  [{ not: yes }, 'no'], [{ not: no }, 'yes'], [{ not: unknown }, 'unknown'],
  [{ fact: 'psychosis', is: 'none' }, 'yes'], [{ fact: 'psychosis', is: 'past' }, 'no'], [{ fact: 'hasCapacity', is: true }, 'yes'],
  [{ absent: 'bmi' }, 'yes'], [{ absent: 'age' }, 'no'], [{ absent: 'diagnoses' }, 'no'],
  // Counts only if recorded: silence reads as no, a stale or declined answer does not.
  [{ fact: 'tsh', below: 0.1, noWhen: ['not-asked'] }, 'no'], [{ fact: 'bmi', atLeast: 30, noWhen: ['not-asked'] }, 'unknown'], [{ fact: 'qtcMs', moreThan: 500, noWhen: ['not-asked', 'not-known'] }, 'unknown'],
  // A list known in part: what is on it counts, what is not on it stays open.
  [{ diagnosis: ['F33'], recorded: 'current' }, 'yes'], [{ diagnosis: ['F20'], recorded: 'current' }, 'unknown'], [{ diagnosis: ['I61'], recorded: 'current' }, 'unknown'], [{ diagnosis: ['I61'], recorded: 'ever' }, 'yes'], [{ diagnosis: ['I61'], recorded: 'resolved' }, 'yes'],
  [{ diagnosis: ['F33'], except: ['F33.2'], recorded: 'current' }, 'unknown'],
  [{ taking: ['alprazolam'], called: 'x' }, 'no'], [{ allergicTo: ['ketamine'] }, 'no'], [{ anyIn: 'medications' }, 'no'], [{ anyIn: 'diagnoses' }, 'yes'],
  // A shape from outside the language decides nothing.
  [{ unheard: 'of' } as unknown as Condition, 'unknown'],
])('%o is %s', (condition, truth) => expect(judge(condition, facts).truth).toBe(truth))

test('a yes names the facts that made it, and only those', () => {
  expect(judge({ any: [no, yes, { diagnosis: ['F33'], recorded: 'current' }] }, facts).because).toEqual([
    { fact: 'age', value: 40, entries: ['e1'] },
    { fact: 'diagnoses', value: ['F33.2'], entries: ['e4'] },
  ])
})

test('an unknown names what is missing, and why', () => {
  expect(judge({ all: [yes, unknown, { diagnosis: ['F20'], recorded: 'ever' }] }, facts)).toEqual({
    truth: 'unknown', because: [], unrecorded: [],
    gaps: [{ fact: 'bmi', why: 'stale', entries: ['e2'] }, { fact: 'diagnoses', why: 'incomplete', entries: ['e5'], about: ['Ear trouble'] }],
  })
})

test('a rule that rests on silence says so', () => {
  expect(judge({ absent: 'bmi' }, facts).because).toEqual([{ fact: 'bmi', value: null, missing: 'stale', entries: ['e2'] }])
  expect(judge({ fact: 'tsh', below: 1, noWhen: ['not-asked'] }, facts).unrecorded).toEqual(['tsh'])
})

test('what a missing fact is about is told with it', () => {
  const unclear: ScreeningFacts = { ...facts, medications: { ...missing('incomplete', ['e6']), about: ['a white pill'] } }
  expect(judge({ taking: ['alprazolam'], called: 'x' }, unclear).gaps).toEqual([{ fact: 'medications', why: 'incomplete', entries: ['e6'], about: ['a white pill'] }])
})

test('a condition is read once: the same rows judge many people, each by their own facts', () => {
  const condition: Condition = { any: [{ not: { diagnosis: ['F33', 'I61'], except: ['I61.9'], recorded: 'current' } }, { fact: 'age', moreThan: 64 }] }
  const asked = (age: number, code: string) => judge(condition, { ...facts, age: known(age), diagnoses: knownList([{ code, status: 'active' as const }]) }).truth
  expect([asked(40, 'F33.2'), asked(40, 'I61.9'), asked(65, 'i611'), asked(64, 'I61.1'), asked(40, 'F33.2')]).toEqual(['no', 'yes', 'yes', 'no', 'no'])
})
