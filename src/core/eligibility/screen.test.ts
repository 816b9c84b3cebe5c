import { describe, expect, test } from 'vitest'
import { plainCase } from './cases/rule-cases.ts'
import { factsFromCase } from './facts-from-case.ts'
import { missing, type ScreeningFacts } from './facts.ts'
import type { Action, Condition, EligibilityRule } from './rule.ts'
import { openQuestions, screen, stillToAsk } from './screen.ts'

const read = factsFromCase(plainCase, { medicines: [], overrides: { id: 'x', says: 'x', basis: 'x', cites: ['P'], tag: 'P', verified: false, reviewBy: '2027-01-01', reasonCharacters: 20 } })
if (!read.ok) throw new Error(read.refusal.message)
const facts: ScreeningFacts = { ...read.value.facts, bmi: missing('stale', ['e1']), qtcMs: missing('declined') }
const yes: Condition = { fact: 'age', atLeast: 18 }
const no: Condition = { fact: 'age', below: 18 }
const unknown: Condition = { fact: 'bmi', atLeast: 30 }
const rule = (id: string, action: Action, when: Condition, more: Partial<EligibilityRule> = {}) => ({ id, action, when, moment: 'screening', ...more }) as EligibilityRule
const overridden = [{ rule: 'O', reason: 'Weighed with the psychiatrist today.' }]

/** Worst first: each line holds what the line below it holds, and one thing more. */
const worst = [
  ['a block', rule('B', 'block', yes), 'INELIGIBLE'], ['a hold', rule('H', 'hold', yes), 'DEFERRED'], ['an override that nobody signed', rule('P', 'override', yes), 'NEEDS_PRESCRIBER_OVERRIDE'],
  ['something missing', rule('M', 'missing', yes), 'INCOMPLETE'], ['a caution', rule('C', 'caution', yes), 'ELIGIBLE_WITH_CAUTIONS'], ['nothing', rule('N', 'block', no), 'ELIGIBLE'],
] as const
test.each(worst.map(([what, , decision], place) => [what, worst.slice(place).map(([, one]) => one), decision] as const))('%s, whatever milder is met with it', (_, rules, decision) => {
  expect(screen(rules, facts).decision).toBe(decision)
  expect(screen(rules.toReversed(), facts).decision).toBe(decision)
})

test.each<[string, EligibilityRule[], string]>([
  ['no rules at all', [], 'INCOMPLETE'],
  ['a rule of the screening that is unknown', [rule('B', 'block', unknown)], 'INCOMPLETE'],
  ['a rule of the day that is unknown', [rule('H', 'hold', unknown, { moment: 'session-day' })], 'ELIGIBLE'],
  ['an override that was signed', [rule('O', 'override', yes)], 'ELIGIBLE_WITH_CAUTIONS'],
  ['a signature for a rule that no prescriber may pass', [rule('O', 'hold', yes)], 'DEFERRED'],
])('%s: %s', (_, rules, decision) => expect(screen(rules, facts, overridden).decision).toBe(decision))

test('every rule stands where its condition puts it', () => {
  const { met, unknown: open, notMet } = screen([rule('B', 'block', no), rule('C', 'caution', yes), rule('H', 'hold', unknown), rule('M', 'missing', no)], facts)
  expect([met.map((one) => one.rule.id), open.map((one) => [one.rule.id, one.gaps]), notMet.map(({ id }) => id)]).toEqual([['C'], [['H', [{ fact: 'bmi', why: 'stale', entries: ['e1'] }]]], ['B', 'M']])
})

test('only an override shows the signature, and only its own', () => {
  const { met } = screen([rule('O', 'override', yes), rule('P', 'override', yes), rule('B', 'block', yes)], facts, [...overridden, { rule: 'B', reason: 'x' }])
  expect(met.map((one) => [one.rule.id, Object.keys(one)])).toEqual([['O', ['rule', 'facts', 'override']], ['P', ['rule', 'facts']], ['B', ['rule', 'facts']]])
  expect(met[0]?.override).toBe(overridden[0])
})

describe('a flag is raised by its own condition, whatever becomes of the rule', () => {
  const raises = (flag: 'urgent' | 'crisis', when: Condition) => [rule('N', 'block', no), rule('H', 'hold', no, { raises: { flag, when } })]
  test.each<[string, EligibilityRule[], boolean, boolean]>([
    ['urgent', raises('urgent', yes), true, false], ['a crisis', raises('crisis', yes), false, true], ['not met', raises('crisis', no), false, false], ['unknown', raises('urgent', unknown), false, false],
  ])('%s', (_, rules, urgent, crisis) => expect(screen(rules, facts)).toMatchObject({ urgent, crisis }))
})

test('what nobody looked for is shown, of the very rules that were asked', () => {
  const silent = (fact: 'bmi' | 'qtcMs', why: 'stale' | 'declined') => rule('C', 'caution', { fact, atLeast: 30, noWhen: [why] })
  const rules = [silent('bmi', 'stale')]
  expect([screen(rules, facts).unrecorded, screen([silent('qtcMs', 'declined')], facts).unrecorded, screen(rules, { ...facts, bmi: missing('not-asked') }).unrecorded]).toEqual([['bmi'], ['qtcMs'], []])
})

describe('what is still to ask', () => {
  const about = { ...facts, bmi: { ...missing('stale', ['e1']), about: ['in pounds', 'in pounds'] }, clearanceSigned: missing('not-asked') }
  test('one line for each fact, with why and every rule that waits for it', () => {
    const rules = [rule('M', 'missing', { any: [{ absent: 'bmi' }, { absent: 'clearanceSigned' }] }), rule('B', 'block', unknown), rule('H', 'hold', { any: [unknown, { fact: 'bmi', atLeast: 40 }, { fact: 'qtcMs', moreThan: 500 }] })]
    const asked = openQuestions(screen(rules, about))
    expect(asked).toEqual([
      { fact: 'bmi', why: 'stale', about: ['in pounds'], rules: ['M', 'B', 'H'] }, { fact: 'clearanceSigned', why: 'not-asked', about: [], rules: ['M'] }, { fact: 'qtcMs', why: 'declined', about: [], rules: ['H'] },
    ])
    expect(stillToAsk(screen(rules, about)).map(({ fact }) => fact)).toEqual(['bmi', 'qtcMs'])
  })
  test('not what a rule rests on that is known, nor what waits for the day, nor what silence met', () => {
    expect(openQuestions(screen([rule('M', 'missing', yes), rule('H', 'hold', unknown, { moment: 'session-day' }), rule('B', 'block', { absent: 'bmi' })], about))).toEqual([])
  })
})
