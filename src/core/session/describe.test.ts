import { describe, expect, test } from 'vitest'
import { monitoring } from '../../knowledge/monitoring.ts'
import { describeLevel, describeTest, symptomName } from './describe.ts'
import type { AlertRow, Flag, Test } from './rows.ts'

describe('a threshold in words is the same threshold', () => {
  test.each<[Test, string, string]>([
    [{ atLeast: 160 }, 'mmHg', '160 mmHg or more'], [{ above: 3 }, 'min', 'above 3 min'], [{ below: 92 }, '%', 'below 92%'], [{ atMost: 3 }, '', '3 or less'], [{ atLeast: 120 }, '/min', '120/min or more'],
    [{ riseAtLeast: 40 }, 'mmHg', '40 mmHg or more above the baseline'], [{ of: 'spo2Percent', is: { atLeast: 95 } }, 'mmHg', 'spo2Percent 95 or more'], [{ symptom: ['chest-pain', 'laryngeal-noise'] }, '', 'chest pain or laryngeal noise'],
    [{ held: { atLeast: 8 }, forMin: 10 }, 'of 10', '8 of 10 or more for 10 minutes or longer'],
    [{ any: [{ atLeast: 140 }, { below: 45 }] }, '/min', '140/min or more, or below 45/min'], [{ all: [{ above: 20 }, { atMost: 30 }] }, 'min', 'above 20 min and 30 min or less'], [{ all: [{ above: 20 }, { any: [{ symptom: ['syncope'] }, { atLeast: 30 }] }] }, '', 'above 20 and syncope, or 30 or more'],
  ])('%o %s: %s', (rule, unit, words) => {
    expect(describeTest(rule, unit)).toBe(words)
  })

  test('without a unit it is the number alone', () => expect(describeTest({ below: 90 })).toBe('below 90'))
  test('every flag says something of its own', () => {
    const said = (['deepSedationExpected', 'nobodyMonitoring', 'asksToStop'] as const satisfies Flag[]).map((flag) => describeTest({ flag }))
    expect([said.every((words) => /\w/.test(words)), new Set(said).size]).toEqual([true, 3])
  })
  test('a level that a row has, and nothing for one that it does not have', () => {
    const row = monitoring.alerts.find(({ id }) => id === 'HR') as AlertRow
    expect([describeLevel(row, 'red'), describeLevel({ ...row, levels: {} }, 'red')]).toEqual(['150/min or more, or below 40/min', undefined])
  })
  test('a symptom of several words', () => expect(symptomName('loss-of-motor-coordination')).toBe('loss of motor coordination'))
})
