import { describe, expect, test } from 'vitest'
import { plainCase } from './cases/rule-cases.ts'
import { factsFromCase } from './facts-from-case.ts'
import { known, knownList, missing, type ScreeningFacts } from './facts.ts'
import { judge, unrecordedIn } from './judge.ts'
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
  [{ fact: 'age', atLeast: 41 }, 'no'], [{ fact: 'age', atMost: 40 }, 'yes'], [{ fact: 'age', below: 40 }, 'no'], [{ fact: 'age', atLeast: 30, below: 41 }, 'yes'], [{ fact: 'age', moreThan: 39, atMost: 39 }, 'no'],
  [{ any: [no, unknown] }, 'unknown'], [{ any: [no, unknown, yes] }, 'yes'], [{ any: [no, no] }, 'no'],
  [{ all: [yes, unknown] }, 'unknown'], [{ all: [yes, unknown, no] }, 'no'], [{ all: [yes, yes] }, 'yes'],
  [{ not: yes }, 'no'], [{ not: no }, 'yes'], [{ not: unknown }, 'unknown'],
  [{ fact: 'psychosis', is: 'none' }, 'yes'], [{ fact: 'psychosis', is: 'past' }, 'no'], [{ fact: 'hasCapacity', is: true }, 'yes'], [{ fact: 'childPugh', is: 'C' }, 'unknown'],
  [{ absent: 'bmi' }, 'yes'], [{ absent: 'age' }, 'no'], [{ absent: 'diagnoses' }, 'no'],
  // Counts only if recorded: silence reads as no, a stale or declined answer does not.
  [{ fact: 'tsh', below: 0.1, noWhen: ['not-asked'] }, 'no'], [{ fact: 'bmi', atLeast: 30, noWhen: ['not-asked'] }, 'unknown'], [{ fact: 'qtcMs', moreThan: 500, noWhen: ['not-asked', 'not-known'] }, 'unknown'],
  // A list known in part: what is on it counts, what is not on it stays open.
  [{ diagnosis: ['F33'], recorded: 'current' }, 'yes'], [{ diagnosis: ['F20'], recorded: 'current' }, 'unknown'], [{ diagnosis: ['I61'], recorded: 'current' }, 'unknown'], [{ diagnosis: ['I61'], recorded: 'ever' }, 'yes'], [{ diagnosis: ['I61'], recorded: 'resolved' }, 'yes'],
  [{ diagnosis: ['F33'], except: ['F33.2'], recorded: 'current' }, 'unknown'], [{ diagnosis: ['F3'], except: ['F20', 'F33'], recorded: 'current' }, 'unknown'], [{ diagnosis: ['F33'], except: ['F33.21'], recorded: 'current' }, 'yes'],
  [{ taking: ['alprazolam'], called: 'x' }, 'no'], [{ allergicTo: ['ketamine'] }, 'no'], [{ anyIn: 'medications' }, 'no'], [{ anyIn: 'diagnoses' }, 'yes'],
])('%o is %s', (condition, truth) => expect(judge(condition, facts).truth).toBe(truth))

test('a shape from outside the language decides nothing, read for the first time', () => {
  expect(judge({ unheard: 'of' } as unknown as Condition, facts).truth).toBe('unknown')
})

test('what a "not" turns round rests on the same facts, and a list on its items rather than on who went through it', () => {
  expect(judge({ not: no }, facts).because).toEqual([{ fact: 'age', value: 40, entries: ['e1'] }])
  const items = ['F33.2', 'F33.1', 'I10'].map((code, place) => ({ value: { code, status: 'active' as const }, entries: [`i${place}`, 'both'] }))
  expect(judge({ diagnosis: ['F33'], recorded: 'ever' }, { ...facts, diagnoses: { state: 'known', items, entries: ['review'] } }).because).toEqual([{ fact: 'diagnoses', value: ['F33.2', 'F33.1'], entries: ['i0', 'both', 'i1'] }])
})

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

describe('a diagnosis counts by how it was recorded', () => {
  const all = ['active', 'remission', 'resolved'] as const
  test.each([['active', ['active']], ['current', ['active', 'remission']], ['resolved', ['resolved']], ['ever', all]] as const)('%s: %o', (recorded, fits) => {
    for (const status of all) expect([status, judge({ diagnosis: ['F33'], recorded }, { ...facts, diagnoses: knownList([{ code: 'F33.2', status }]) }).truth]).toEqual([status, (fits as readonly string[]).includes(status) ? 'yes' : 'no'])
  })
  test.each([['F33.2', 'yes'], [' f332 ', 'yes'], ['F33', 'no'], ['F3.32', 'yes'], ['XF33.2', 'no'], ['F34.1', 'no']])('“%s” begins with F33.2: %s', (code, truth) => {
    expect(judge({ diagnosis: ['F33.2'], recorded: 'ever' }, { ...facts, diagnoses: knownList([{ code, status: 'active' as const }]) }).truth).toBe(truth)
  })
})

describe('a medicine, an allergy', () => {
  const named = (name: string, ...ingredients: string[]) => ({ ...facts, medications: knownList([{ name, plain: name, ingredients }], ['e7']), allergies: knownList([{ name, plain: name, ingredients }], ['e7']) })
  test.each([['by its ingredient', named('a white pill', 'alprazolam'), 'yes'], ['by a word of its name', named('alprazolam xr'), 'yes'], ['neither', named('a white pill', 'lithium'), 'no']])('%s', (_, about, truth) => {
    expect([judge({ taking: ['lorazepam', 'alprazolam'], called: 'x' }, about).truth, judge({ allergicTo: ['lorazepam', 'alprazolam'] }, about).truth]).toEqual([truth, truth])
  })
  test('what counted is told as it was written, and an empty list by who went through it', () => {
    expect(judge({ taking: ['alprazolam'], called: 'x' }, named('Xanax', 'alprazolam')).because).toEqual([{ fact: 'medications', value: ['Xanax'], entries: ['e7'] }])
    expect(judge({ allergicTo: ['alprazolam'] }, named('Xanax', 'alprazolam')).because).toEqual([{ fact: 'allergies', value: ['Xanax'], entries: ['e7'] }])
    expect(judge({ anyIn: 'medicationsUnread' }, { ...facts, medicationsUnread: knownList(['the blue ones'], ['e9']) }).because).toEqual([{ fact: 'medicationsUnread', value: ['the blue ones'], entries: ['e9'] }])
    expect(judge({ taking: ['lithium'], called: 'x' }, named('Xanax', 'alprazolam')).because).toEqual([{ fact: 'medications', value: [], entries: ['e7'] }])
  })
})

describe('what somebody uses', () => {
  const uses = (substance: string, status: 'active' | 'early-remission' | 'remission' = 'active') => ({ ...facts, substanceUse: knownList([{ substance, status }], ['e8']) })
  test.each<[string, ScreeningFacts, string]>([
    ['named', uses('cocaine'), 'yes'], ['among other words', uses('crack cocaine'), 'yes'], ['another', uses('ketamine'), 'no'], ['in another state', uses('cocaine', 'remission'), 'no'], ['in one of the states', uses('cocaine', 'early-remission'), 'yes'], ['excepted', uses('cocaine tea'), 'no'],
  ])('%s', (_, about, truth) => expect(judge({ uses: ['opium', 'cocaine'], except: ['cocaine tea'], status: ['active', 'early-remission'] }, about).truth).toBe(truth))
  test('any substance but the bare name that is excepted', () => {
    const any: Condition = { uses: 'any', except: ['nicotine'], status: ['active'] }
    expect([judge(any, uses('khat')).truth, judge(any, uses('nicotine')).truth, judge(any, uses('cocaine and nicotine')).truth]).toEqual(['yes', 'no', 'yes'])
    expect(judge({ uses: 'any', status: ['active'] }, uses('nicotine')).because).toEqual([{ fact: 'substanceUse', value: [{ substance: 'nicotine', status: 'active' }], entries: ['e8'] }])
  })
})

test('a fact asked for twice is named once', () => {
  expect(judge({ all: [yes, { fact: 'age', atLeast: 40 }, { any: [unknown, yes] }] }, facts).because).toEqual([{ fact: 'age', value: 40, entries: ['e1'] }])
  expect(judge({ any: [unknown, { fact: 'bmi', atLeast: 40 }] }, facts).gaps).toHaveLength(1)
})

test('what is there is no silence, and what is excused is no gap', () => {
  expect(judge({ absent: 'age' }, facts).because).toEqual([])
  expect(judge({ fact: 'tsh', below: 1, noWhen: ['not-asked'] }, facts)).toEqual({ truth: 'no', because: [], gaps: [], unrecorded: ['tsh'] })
  expect(judge({ anyIn: 'allergies', noWhen: ['declined'] }, { ...facts, allergies: missing('declined') })).toEqual({ truth: 'no', because: [], gaps: [], unrecorded: ['allergies'] })
  expect(judge({ anyIn: 'allergies', noWhen: ['declined'] }, { ...facts, allergies: missing('not-asked') })).toMatchObject({ truth: 'unknown', unrecorded: [] })
  expect(Object.keys(judge(unknown, facts).gaps[0]!)).toEqual(['fact', 'why', 'entries'])
})

test('each fact is excused by the reasons of its own tests, wherever they stand', () => {
  const silent: Condition = { fact: 'tsh', below: 1, noWhen: ['not-asked'] }
  const old: Condition = { fact: 'bmi', atLeast: 30, noWhen: ['stale'] }
  const refused: Condition = { fact: 'bmi', atLeast: 40, noWhen: ['declined'] }
  const unrecorded = (about: ScreeningFacts, ...conditions: Condition[]) => unrecordedIn(conditions, about)
  expect(unrecorded(facts, silent, old)).toEqual(['tsh', 'bmi'])
  expect(unrecorded({ ...facts, tsh: missing('stale') }, silent, old)).toEqual(['bmi'])
  expect(unrecorded({ ...facts, bmi: missing('declined') }, old, refused)).toEqual(['bmi'])
  expect(unrecorded({ ...facts, tsh: known(2), bmi: known(24) }, silent, old)).toEqual([])
  expect(unrecorded(facts, { any: [yes, silent] }, { all: [no, { not: old }] }, { absent: 'qtcMs' })).toEqual(['tsh', 'bmi'])
  expect(judge({ not: { any: [silent, { all: [old, refused] }] } }, facts).unrecorded).toEqual(['tsh', 'bmi'])
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
