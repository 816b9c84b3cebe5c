import { expect, test } from 'vitest'
import { eligibility, screeningLimits } from '../../knowledge/eligibility.ts'
import { plainCase, ruleCases } from './cases/rule-cases.ts'
import { answerEligibility } from './questions.ts'

const ask = (input: unknown, everyRule = false) => {
  const answer = answerEligibility(input, eligibility, screeningLimits, everyRule)
  if (!answer.ok) throw new Error(`${answer.refusal.key}: ${answer.refusal.message}`)
  return answer.value
}

test('what fired, and what nobody can judge with the facts it waits for', () => {
  expect(ask({ ...plainCase, systolic: null, age: 70, ecgDone: true })).toEqual({ decision: 'INCOMPLETE', rules: ['M03', 'C02'], urgent: false, crisis: false, notEvaluable: ['H01', 'C01'], missing: ['systolicMmHg'] })
})

test('each fact that is waited for is named once', () => {
  expect(ask({ ...plainCase, systolic: null, diastolic: null, substanceUse: null }).missing).toEqual(['systolicMmHg', 'diastolicMmHg', 'substanceUse'])
})

test('asked for every rule, it says each with its facts, and agrees with the short answer', () => {
  const { judged = [], rules, notEvaluable } = ask({ ...plainCase, psychosis: 'past', diastolic: null, overrides: [{ rule: 'O01', role: 'prescriber', reason: 'Psychiatrist agrees; twelve years well.', signed: true }] }, true)
  expect(judged.map((one) => one.rule)).toEqual(eligibility.map((rule) => rule.id))
  expect(judged.filter(({ state }) => state === 'met').map((one) => one.rule)).toEqual(rules)
  expect(judged.filter(({ state }) => state === 'not-evaluable').map((one) => one.rule)).toEqual(notEvaluable)
  expect(judged.find((one) => one.rule === 'O01')).toEqual({ rule: 'O01', action: 'override', state: 'met', facts: [{ fact: 'psychosis', value: 'past' }], overridden: true })
  expect(judged.find((one) => one.rule === 'H01')).toEqual({ rule: 'H01', action: 'hold', state: 'not-evaluable', facts: [{ fact: 'diastolicMmHg', missing: 'not-asked' }] })
  expect(answerEligibility(plainCase, eligibility, screeningLimits)).not.toHaveProperty('value.judged')
  expect(judged.find((one) => one.rule === 'B06')).toEqual({ rule: 'B06', action: 'block', state: 'not-met', facts: [{ fact: 'age', value: 35 }] })
  expect(judged.find((one) => one.rule === 'M03')?.facts).toEqual([{ fact: 'diastolicMmHg', missing: 'not-asked' }])
})

test('both ways of judging say the same of every worked case of every rule', () => {
  for (const input of Object.values(ruleCases).flatMap(({ fires, not, unknown = [] }) => [...fires, ...not, ...unknown])) {
    const { judged = [], rules } = ask({ ...plainCase, ...input }, true)
    expect(judged.filter(({ state }) => state === 'met').map((one) => one.rule)).toEqual(rules)
    expect(judged.every(({ state, facts }) => state === 'not-met' || facts.length > 0)).toBe(true)
  }
})

test('nothing told at all: what a case leaves out in words is missing, and an absent yes is a no', () => {
  const { decision, rules } = ask({})
  expect([decision, rules]).toEqual(['INELIGIBLE', ['B09', 'O21', 'M01', 'M02', 'M03', 'M04', 'M05', 'M07', 'M08', 'M09']])
})

test.each([[{ overrides: [{ rule: 'O01', role: 'prescriber', reason: 'x', signed: true, by: 'me' }] }, 'overrides.0.by'], [{ substanceUse: [{ substance: 'alcohol', status: 'active', since: 3 }] }, 'substanceUse.0.since'], [{ substanceUse: [{ substance: 'alcohol', status: 'sometimes' }] }, 'substanceUse.0.status']])('%j is refused, with its key', (input, key) => {
  expect(answerEligibility({ ...plainCase, ...input }, eligibility, screeningLimits)).toMatchObject({ ok: false, refusal: { key } })
})
