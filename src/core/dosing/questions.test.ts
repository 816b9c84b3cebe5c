import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { dosing } from '../../knowledge/dosing.ts'
import { interactions } from '../../knowledge/interactions.ts'
import { titration } from '../../knowledge/titration.ts'
import { answerDose } from './questions.ts'

const rows = { dosing, titration, inhibitors: [...interactions.cyp3a4Inhibitors.medicines, ...interactions.cyp2b6Inhibitors.medicines] }
const ask = (input: unknown) => {
  const answer = answerDose(input, rows)
  if (!answer.ok) throw new Error(`${answer.refusal.key}: ${answer.refusal.message}`)
  return answer.value
}

interface Case { readonly id: string; readonly input: unknown; readonly expect: Record<string, unknown> }
const lines = readFileSync(new URL('cases/dose.jsonl', import.meta.url), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Case)

test('there are cases', () => expect(lines.length).toBeGreaterThanOrEqual(14))
test.each(lines.map((line) => [line.id, line] as const))('worked case %s', (_, line) => expect(ask(line.input)).toMatchObject(line.expect))

describe('starting', () => {
  const he = { question: 'starting', route: 'SL', sex: 'M', heightCm: 180, weightKg: 80, age: 40 }
  test.each([
    [{}, { mg: 100 }], [{ medications: ['Sertraline'] }, { mg: 100 }], [{ medications: ['clarithromycin 500 mg'] }, { mg: 50 }], [{ medications: ['ticlopidine'] }, { mg: 50 }], [{ cyp3a4Inhibitor: true }, { mg: 50 }], [{ cyp2b6Inhibitor: true }, { mg: 50 }],
    [{ age: 16 }, { action: 'REFUSE' }], [{ age: null }, { action: 'NOT_EVALUABLE', missing: ['age'] }], [{ route: 'IM', weightKg: null }, { action: 'NOT_EVALUABLE', missing: ['weightG'] }], [{ route: 'IM', heightCm: undefined }, { action: 'NOT_EVALUABLE' }],
    [{ route: 'IM', sex: null, heightCm: 165, weightKg: 100 }, { mg: 28, weightBasis: 'ibw', weightKg: 56.909 }],
  ])('%j → %j', (change, expected) => expect(ask({ ...he, ...change })).toMatchObject(expected))
})

describe('next', () => {
  const last = { question: 'next', route: 'SL', lastMg: 150, intensity: 2, targetIntensity: [4, 7], responsePercent: 20 }
  test.each([
    [{}, { action: 'INCREASE', mg: 200, requiresReason: false }], [{ age: 17 }, { action: 'REFUSE' }], [{ eligibility: 'DEFERRED' }, { action: 'REFUSE' }], [{ eligibility: 'INELIGIBLE' }, { action: 'REFUSE' }], [{ eligibility: 'ELIGIBLE' }, { action: 'INCREASE' }], [{ eligibility: 'ELIGIBLE_WITH_CAUTIONS' }, { action: 'INCREASE' }],
    [{ intensity: null }, { action: 'NOT_EVALUABLE', missing: ['intensity'] }], [{ targetIntensity: undefined }, { action: 'NOT_EVALUABLE' }], [{ responsePercent: null }, { action: 'NOT_EVALUABLE' }], [{ route: 'IM' }, { action: 'NOT_EVALUABLE', missing: ['weightG'] }],
    [{ worstAlert: 'yellow' }, { action: 'MAINTAIN', mg: 150, flag: 'YELLOW_ALERT' }], [{ minMoaaS: 2 }, { action: 'DECREASE', mg: 100 }], [{ worstGrade: 2 }, { action: 'DECREASE', mg: 100 }],
  ])('%j → %j', (change, expected) => expect(ask({ ...last, ...change })).toMatchObject(expected))
})

describe('a number typed as a dose, at 80 kg', () => {
  test.each([
    ['IM', 80, { action: 'OK', requiresReason: false }], ['IM', 81, { action: 'ASK_REASON', requiresReason: true }], ['IM', 120, { action: 'ASK_REASON' }], ['IM', 121, { action: 'REFUSE', flag: 'ABOVE_HARD_MAX' }], ['IM', 519, { action: 'REFUSE', flag: 'ABOVE_HARD_MAX' }], ['IM', 520, { action: 'REFUSE', flag: 'ENTRY_ERROR' }],
    ['IV', 64, { action: 'OK' }], ['IV', 80, { action: 'ASK_REASON' }], ['IV', 81, { flag: 'ABOVE_HARD_MAX' }], ['IV', 160, { flag: 'ENTRY_ERROR' }], ['SL', 300, { action: 'OK' }], ['SL', 400, { action: 'ASK_REASON' }], ['SL', 401, { flag: 'ABOVE_HARD_MAX' }],
    ['PO', 200, { action: 'OK' }], ['PO', 300, { action: 'ASK_REASON' }], ['PO', 301, { flag: 'ABOVE_HARD_MAX' }], ['IN-esketamine', 84, { action: 'OK' }], ['IN-esketamine', 70, { flag: 'ENTRY_ERROR' }], ['IN-esketamine', 112, { flag: 'ABOVE_HARD_MAX' }], ['IM', 0, { flag: 'ENTRY_ERROR' }], ['IM', -5, { flag: 'ENTRY_ERROR' }],
  ])('%s %d mg → %j', (route, mg, expected) => expect(ask({ question: 'entry', route, mg, weightKg: 80 })).toMatchObject(expected))

  test('without a weight only a table in milligrams can answer', () => {
    expect(ask({ question: 'entry', route: 'SL', mg: 100 })).toMatchObject({ action: 'OK' })
    expect(ask({ question: 'entry', route: 'IM', mg: 40 })).toEqual({ action: 'NOT_EVALUABLE', missing: ['weightKg'] })
    expect(answerDose({ question: 'entry', route: 'IM', mg: 40, weightKg: 80 }, { ...rows, dosing: { ...dosing, doses: [] } })).toMatchObject({ ok: false, refusal: { key: 'route' } })
  })
})

describe('booster', () => {
  const fine = { question: 'booster', route: 'SL', initialMg: 150, boosterMg: 100, level: 'green', minutesGreen: 12, minutesSinceDose: 25, moaaS: 5, orangeToday: false }
  test.each([
    [{}, true], [{ minutesGreen: 9.9 }, false], [{ minutesGreen: 10 }, true], [{ minutesGreen: null }, false], [{ level: 'yellow' }, false], [{ level: null }, false], [{ level: 'orange' }, false], [{ level: 'red' }, false], [{ orangeToday: true }, false], [{ orangeToday: undefined }, true],
    [{ minutesSinceDose: 19.9 }, false], [{ minutesSinceDose: 20 }, true], [{ minutesSinceDose: 30 }, true], [{ minutesSinceDose: 30.1 }, false], [{ minutesSinceDose: null }, false], [{ moaaS: 4 }, true], [{ moaaS: 3 }, false], [{ moaaS: null }, false],
    [{ firstSession: true }, false], [{ alreadyGiven: true }, false], [{ age: 64 }, true], [{ age: 65 }, false], [{ boosterMg: 150 }, true], [{ boosterMg: 151 }, false], [{ initialMg: 200, boosterMg: 100 }, true], [{ initialMg: 200, boosterMg: 101 }, false],
    [{ route: 'IM', initialMg: 40, boosterMg: 20, minutesSinceDose: 15, weightKg: 80 }, true], [{ route: 'IM', initialMg: 60, boosterMg: 21, minutesSinceDose: 15, weightKg: 80 }, false], [{ route: 'IM', initialMg: 40, boosterMg: 20, minutesSinceDose: 15 }, false], [{ route: 'IN-esketamine', initialMg: 56, boosterMg: 28 }, false], [{ route: 'IV' }, false],
  ])('%j → %s', (change, allowed) => expect(ask({ ...fine, ...change })).toMatchObject({ allowed }))

  test('what speaks against it is told', () => expect(ask({ ...fine, age: 70, moaaS: 3 })).toMatchObject({ because: [{ id: 'age', state: 'no' }, { id: 'moaa-s', state: 'no' }] }))
})

test.each<[unknown, string | undefined]>([
  [{ question: 'stopping' }, 'question'], [{}, 'question'], [null, undefined], [{ question: 'next', route: 'SL', lastMg: 0 }, 'lastMg'], [{ question: 'next', route: 'IN', lastMg: 50 }, 'route'], [{ question: 'next', route: 'SL', lastMg: 100, targetIntensity: [7, 4] }, 'targetIntensity'],
  [{ question: 'next', route: 'SL', lastMg: 100, worstAlert: 'purple' }, 'worstAlert'], [{ question: 'next', route: 'SL', lastMg: 100, wieghtKg: 70 }, 'wieghtKg'], [{ question: 'starting', route: 'IM', weightKg: 800 }, 'weightKg'], [{ question: 'starting', route: 'IM', heightCm: 1.8 }, 'heightCm'], [{ question: 'entry', route: 'IM', mg: '40' }, 'mg'], [{ question: 'booster', route: 'SL', initialMg: 100, boosterMg: 50, moaaS: 6 }, 'moaaS'],
])('%j is refused, with its key', (input, key) => {
  const answer = answerDose(input, rows)
  expect(answer.ok ? 'answered' : answer.refusal.key).toBe(key)
})

describe('what is left out, and what is null, is not known', () => {
  const first = { question: 'starting', route: 'IM', sex: 'M', heightCm: 170, weightKg: 95, age: 40 }
  const last = { question: 'next', route: 'SL', lastMg: 150, intensity: 2, targetIntensity: [4, 7], responsePercent: 20 }
  test.each([
    [{ ...first }, { action: 'START', weightBasis: 'ibw', weightKg: 65.937 }], [{ ...first, sex: 'F' }, { weightKg: 61.437 }], [{ ...first, sex: 'other' }, { weightKg: 61.437 }], [{ ...first, sex: null }, { weightKg: 61.437 }],
    [{ ...first, heightCm: null }, { action: 'NOT_EVALUABLE', missing: ['heightMm'] }], [{ ...last, eligibility: null }, { action: 'INCREASE' }],
    [{ ...last, targetIntensity: [5, 5] }, { action: 'INCREASE' }],
  ])('%j → %j', (input, expected) => expect(ask(input)).toMatchObject(expected))

  test('a refusal holds neither a dose nor whether it needs a reason', () => {
    expect(Object.keys(ask({ ...first, age: 16 }))).toEqual(['action', 'missing', 'rules'])
    expect(Object.keys(ask({ ...last, age: 16 }))).toEqual(['action', 'missing', 'rules'])
  })

  test('what a case leaves out of the last session was calm, and the rules say so', () => {
    const { rules: judged } = ask(last) as { rules: { id: string; facts: unknown }[] }
    expect(judged.find(({ id }) => id === 'orange-grade-or-sedation')?.facts).toEqual({ worstAlert: 'green', worstGrade: 0, minMoaaS: 5 })
  })
})

test.each(['orange', 'red'])('a level of %s now was one today', (level) => {
  const { because } = ask({ question: 'booster', route: 'SL', initialMg: 150, boosterMg: 100, level, minutesSinceDose: 25, moaaS: 5 }) as { because: { id: string }[] }
  expect(because.map(({ id }) => id)).toEqual(['quiet', 'orange'])
})

test('what cannot be answered says why', () => {
  expect(answerDose({ question: 'entry', route: 'IM', mg: 40, weightKg: 80 }, { ...rows, dosing: { ...dosing, doses: [] } })).toMatchObject({ refusal: { message: 'there is no dose table for this route' } })
  expect(answerDose({ question: 'next', route: 'SL', lastMg: 100, targetIntensity: [7, 4] }, rows)).toMatchObject({ refusal: { message: expect.stringContaining('the window ends before it begins') as string } })
})
