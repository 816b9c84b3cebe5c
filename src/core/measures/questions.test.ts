import { describe, expect, test } from 'vitest'
import { instruments, riskPaths, riskTold } from '../../knowledge/instruments.ts'
import { phq9Answers } from './fixtures.ts'
import type { Instrument } from './instrument.ts'
import { answerScore } from './questions.ts'

const ask = (instrument: Instrument, answers: unknown) => {
  const answer = answerScore(answers, instrument, riskPaths, riskTold)
  if (!answer.ok) throw new Error(`${answer.refusal.key}: ${answer.refusal.message}`)
  return answer.value
}
const { 'phq-9': phq9, 'gad-7': gad7, 'c-ssrs': cSsrs, 'urinary-check': urinary, 'pcl-5': pcl5 } = instruments
const actions = (instrument: Instrument, answers: unknown) => ask(instrument, answers).alerts.map(({ items, action }) => [action, ...items])

test('total, band, and nothing to be seen', () => {
  expect(ask(phq9, phq9Answers(12, 0))).toEqual({ total: 12, subscales: {}, band: 'moderate', missing: [], unusable: [], alerts: [] })
})

test('with an item missing there is neither total nor band; one that the scale does not have is named apart', () => {
  const { q3: _left, ...answers } = phq9Answers(12, 0)
  expect(ask(phq9, answers)).toMatchObject({ total: null, band: null, missing: ['q3'], unusable: [] })
  expect(ask(phq9, { ...answers, q3: null })).toMatchObject({ total: null, missing: ['q3'], unusable: [] })
  expect(ask(phq9, { ...answers, q3: 4 })).toMatchObject({ total: null, missing: ['q3'], unusable: ['q3'] })
  expect(ask(phq9, { ...answers, q3: true })).toMatchObject({ total: null, missing: ['q3'], unusable: ['q3'] })
})

test('clusters of the PCL-5', () => expect(ask(pcl5, Object.fromEntries(pcl5.items.map(({ id }) => [id, 1])))).toMatchObject({ total: 20, subscales: { avoidance: 2 } }))

describe('what a clinician should see, whatever the total says', () => {
  test.each<[string, Instrument, object, string[][]]>([
    ['item 9 of the PHQ-9, at nothing', phq9, phq9Answers(3, 0), []], ['at 1', phq9, phq9Answers(3, 1), [['risk.item', 'q9']]], ['in a form left half-way', phq9, { q9: 2 }, [['risk.item', 'q9']]],
    ['the interview: none', cSsrs, { q1: false, q2: false, q6Lifetime: false }, []], ['low is told, and opens no path', cSsrs, { q1: true, q2: false, q6Lifetime: false }, [['risk.low', 'q1']]], ['low so far, in a form left half-way', cSsrs, { q2: true }, [['risk.low', 'q2']]], ['low, and moderate by another answer', cSsrs, { q1: true, q2: false, q6Lifetime: true, q6PastThreeMonths: false }, [['risk.moderate', 'q1', 'q6Lifetime']]], ['moderate', cSsrs, { q1: false, q2: true, q3: true, q4: false, q5: false, q6Lifetime: false }, [['risk.moderate', 'q2', 'q3']]], ['high', cSsrs, { q4: true }, [['risk.high', 'q4']]],
    ['a form that does not ask', gad7, {}, []], ['blood in the urine', urinary, { blood: 1 }, [['hold-dosing', 'blood']]],
  ])('%s', (_, instrument, answers, expected) => expect(actions(instrument, answers)).toEqual(expected))
})

test.each<[unknown, string | undefined]>([[{ q10: 1 }, 'q10'], [{ toString: 1 }, 'toString'], [{ q1: '2' }, 'q1'], [{ q1: [2] }, 'q1'], [null, undefined], [[1, 2], undefined], ['q1', undefined]])('%j is refused, with its key', (answers, key) => {
  const answer = answerScore(answers, phq9, riskPaths, riskTold)
  expect(answer.ok ? 'answered' : answer.refusal.key).toBe(key)
})
