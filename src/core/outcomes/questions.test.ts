import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { instruments } from '../../knowledge/instruments.ts'
import { madrsRow, outcomeRows, qidsRow, reliability, reporting, traumaRow } from '../../knowledge/outcomes.ts'
import { answerOutcome, type OutcomeQuestionRows } from './questions.ts'

const rows: OutcomeQuestionRows = { outcomes: outcomeRows, trauma: traumaRow, madrs: madrsRow, qids: qidsRow, reliability, reporting, instruments }
const ask = (input: unknown) => {
  const answer = answerOutcome(input, rows)
  if (!answer.ok) throw new Error(`${answer.refusal.key}: ${answer.refusal.message}`)
  return answer.value
}

interface Case { readonly id: string; readonly input: unknown; readonly expect: Record<string, unknown> }
const lines = readFileSync(new URL('cases/outcome.jsonl', import.meta.url), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Case)

test('there are cases', () => expect(lines.length).toBeGreaterThanOrEqual(12))
test.each(lines.map((line) => [line.id, line] as const))('worked case %s', (_, line) => expect(ask(line.input)).toMatchObject(line.expect))

describe('each question', () => {
  test.each<[object, object]>([
    [{ question: 'category', instrument: 'gad-7', pre: 10, post: 14 }, { band: 'deteriorated', percentChange: -40 }],
    [{ question: 'pcl-5-change', pre: 46, post: 28 }, { change: 18, meaningful: true, reliable15: true, reliable18: true, csc28: true }],
    [{ question: 'madrs-change', pre: 30, post: 10 }, { percentChange: 66.7, response: true, remission12: true, remission10: true }],
    [{ question: 'qids-change', pre: 20, post: 14 }, { percentChange: 30, response: false, noMeaningfulBenefit: true }],
    [{ question: 'relapse', baseline: 18, scores: [[0, 7], [30, 11]], events: [{ day: 32, what: 'admission' }] }, { relapse: true, day: 30, confirmedDay: 32, confirmedBy: 'admission' }],
    [{ question: 'relapse', baseline: 18, scores: [] }, { relapse: false }],
    [{ question: 'kaplan-meier', data: [[18, 1], [20, 0], [28, 1], [40, 1], [56, 0], [83, 0]], at: [0, 17.9, 18, 84] }, { survival: [1, 1, 0.8333, 0.4167], beyondFollowUp: [84] }],
    [{ question: 'kaplan-meier', data: [[5, 1], [9, 0], [12, 0]] }, { survival: [], median: null }],
    [{ question: 'kaplan-meier', data: [], at: [7] }, { survival: [1], median: null, beyondFollowUp: [7] }],
    [{ question: 'proportion', events: 9, n: 9 }, { suppressed: true }], [{ question: 'proportion', events: 5, n: 10 }, { p: 0.5, lo: 0.2366, hi: 0.7634 }],
    [{ question: 'reliable-change', pre: 18, post: 10, instrument: 'phq-9' }, { rc: -2.44, reliable: true }], [{ question: 'reliable-change', pre: 15, post: 10, instrument: 'gad-7' }, { rc: -1.75, reliable: false }], [{ question: 'reliable-change', pre: 15, post: 10, sd: 3, instrument: 'gad-7' }, { reliable: true }],
    [{ question: 'npi', npi: '1234567893' }, { valid: true }], [{ question: 'npi', npi: '' }, { valid: false }],
    [{ question: 'c-ssrs-level' }, { level: 'none' }], [{ question: 'c-ssrs-level', cSsrs: {} }, { level: 'none' }], [{ question: 'c-ssrs-level', q1: true }, { level: 'low' }], [{ question: 'c-ssrs-level', cSsrs: { q1: true, q2: true } }, { level: 'low' }],
    [{ question: 'c-ssrs-level', cSsrs: { q2: true, q3: true } }, { level: 'moderate' }], [{ question: 'c-ssrs-level', q3: true }, { level: 'moderate' }], [{ question: 'c-ssrs-level', cSsrs: { q6Lifetime: true } }, { level: 'moderate' }], [{ question: 'c-ssrs-level', q4: true }, { level: 'high' }], [{ question: 'c-ssrs-level', q5: true }, { level: 'high' }], [{ question: 'c-ssrs-level', q6PastThreeMonths: true }, { level: 'high' }],
    [{ question: 'c-ssrs-level', cSsrs: { q1: true, q2: null } }, { level: 'unknown', atLeast: 'low', missing: ['q2'] }],
  ])('%j → %j', (input, expected) => expect(ask(input)).toMatchObject(expected))
})

test.each<[unknown, string | undefined]>([
  [{ question: 'cure' }, 'question'], [7, undefined], [{ question: 'category', instrument: 'pcl-5', pre: 1, post: 1 }, 'instrument'], [{ question: 'category', instrument: 'phq-9', pre: 28, post: 1 }, 'pre'], [{ question: 'category', instrument: 'phq-9', pre: 27, post: 28 }, 'post'], [{ question: 'category', instrument: 'phq-9', pre: -1, post: 1 }, 'pre'],
  [{ question: 'pcl-5-change', pre: 81, post: 0 }, 'pre'], [{ question: 'madrs-change', pre: 10, post: 61 }, 'post'], [{ question: 'qids-change', pre: 20, post: 'ten' }, 'post'], [{ question: 'relapse', baseline: 18, scores: [[0]] }, 'scores.0'], [{ question: 'relapse', baseline: 18, scores: [[0, 7]], events: [{ day: 3, what: 'holiday' }] }, 'events.0.what'],
  [{ question: 'kaplan-meier', data: [[3, 2]] }, 'data.0.1'], [{ question: 'kaplan-meier', data: [[-3, 1]] }, 'data.0.0'], [{ question: 'proportion', events: 11, n: 10 }, 'events'], [{ question: 'proportion', events: 1.5, n: 10 }, 'events'],
  [{ question: 'reliable-change', pre: 18, post: 10 }, 'sd'], [{ question: 'reliable-change', pre: 18, post: 10, sd: 5 }, 'reliability'], [{ question: 'reliable-change', pre: 18, post: 10, reliability: 0.8 }, 'sd'], [{ question: 'reliable-change', pre: 18, post: 10, sd: 5, reliability: 1 }, 'reliability'], [{ question: 'reliable-change', pre: 1, post: 1, instrument: 'madrs' }, 'instrument'],
  [{ question: 'npi', npi: 1_234_567_893 }, 'npi'], [{ question: 'c-ssrs-level', cSsrs: { q7: true } }, 'cSsrs.q7'], [{ question: 'c-ssrs-level', q7: true }, 'q7'],
])('%j is refused, with its key', (input, key) => {
  const answer = answerOutcome(input, rows)
  expect(answer.ok ? 'answered' : answer.refusal.key).toBe(key)
})

test('a book without a row refuses instead of guessing', () => {
  const asked = (input: unknown, over: Partial<OutcomeQuestionRows>) => answerOutcome(input, { ...rows, ...over }).ok
  expect(asked({ question: 'relapse', baseline: 18, scores: [] }, { outcomes: { ...outcomeRows, changes: [] } })).toBe(false)
  expect(asked({ question: 'c-ssrs-level' }, { instruments: {} })).toBe(false)
  expect(asked({ question: 'category', instrument: 'phq-9', pre: 1, post: 1 }, { instruments: {} })).toBe(false)
})
