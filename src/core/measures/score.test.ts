import { describe, expect, test } from 'vitest'
import { instruments } from '../../knowledge/instruments.ts'
import { phq9Answers } from './fixtures.ts'
import type { Answers, Instrument } from './instrument.ts'
import { flagsOf, score } from './score.ts'

const { 'phq-9': phq9, 'gad-7': gad7, 'pcl-5': pcl5, 'phq-2': phq2, 'audit-c': auditC, 'urinary-check': urinary, 'session-check': session } = instruments
const all = (instrument: Instrument, value: number): Answers => Object.fromEntries(instrument.items.map((item) => [item.id, value]))

describe('bands, below, at and above each edge', () => {
  test.each([
    [0, 'minimal'], [4, 'minimal'], [5, 'mild'], [9, 'mild'], [10, 'moderate'], [14, 'moderate'],
    [15, 'moderately severe'], [19, 'moderately severe'], [20, 'severe'], [24, 'severe'],
  ])('PHQ-9 %i is %s', (total, band) => {
    expect(score(phq9, phq9Answers(total))).toEqual({ total, subscales: {}, band, missing: [] })
  })

  test('PHQ-9 at its ends: 27 with every item at 3, and the unscored question adds nothing', () => {
    expect(score(phq9, { ...all(phq9, 3), difficulty: 3 })).toMatchObject({ total: 27, band: 'severe' })
  })

  test.each([[4, 'minimal'], [5, 'mild'], [9, 'mild'], [10, 'moderate'], [14, 'moderate'], [15, 'severe'], [21, 'severe']])('GAD-7 %i is %s', (total, band) => {
    const answers = Object.fromEntries(gad7.items.map((item, i) => [item.id, Math.max(0, Math.min(3, total - i * 3))]))
    expect(score(gad7, answers)).toMatchObject({ total, band })
  })

  test.each([[2, 'below the cut-off'], [3, 'at or above the cut-off']])('PHQ-2 %i is %s', (total, band) => {
    expect(score(phq2, { q1: Math.min(3, total), q2: Math.max(0, total - 3) })).toMatchObject({ total, band })
  })

  test.each([[2, 'below the cut-off'], [3, 'at or above the lower cut-off'], [4, 'at or above the lower cut-off']])('AUDIT-C %i is %s', (total, band) => {
    expect(score(auditC, { q1: total, q2: 0, q3: 0 })).toMatchObject({ total, band })
  })
})

test('the filled-in example of the US Core guide adds up to the 12 it says', () => {
  const answers = { q1: 2, q2: 2, q3: 2, q4: 2, q5: 1, q6: 1, q7: 2, q8: 0, q9: 0 }
  expect(score(phq9, answers)).toMatchObject({ total: 12, band: 'moderate' })
})

test('PCL-5: four clusters, no severity band', () => {
  expect(score(pcl5, all(pcl5, 4))).toEqual({ total: 80, subscales: { reexperiencing: 20, avoidance: 8, 'cognition-and-mood': 28, arousal: 24 }, band: null, missing: [], findings: [{ id: 'pcl-5.pattern', says: expect.any(String), is: 'yes' }, { id: 'pcl-5.cut-off', says: expect.any(String), is: 'yes' }] })
})

test('a cluster of the PCL-5 counts alone when another is not complete, and the total does not', () => {
  const { q20: _left, ...answers } = all(pcl5, 1)
  expect(score(pcl5, answers)).toEqual({ total: null, subscales: { reexperiencing: 5, avoidance: 2, 'cognition-and-mood': 7, arousal: null }, band: null, missing: ['q20'], findings: [{ id: 'pcl-5.pattern', says: expect.any(String), is: 'no' }, { id: 'pcl-5.cut-off', says: expect.any(String), is: 'unknown' }] })
})

describe('an answer that cannot be counted is missing', () => {
  test.each([
    ['left out', {}],
    ['null', { q3: null }],
    ['above the scale', { q3: 4 }],
    ['a yes where a number belongs', { q3: true }],
  ])('%s', (_, replaced) => {
    const { q3: _was, ...rest } = phq9Answers(10)
    expect(score(phq9, { ...rest, ...replaced })).toEqual({ total: null, subscales: {}, band: null, missing: ['q3'] })
  })
})

test('every PHQ-9 there is: 262,144 forms, each with the sum of its nine answers', () => {
  const ids = phq9.items.filter((item) => item.required).map((item) => item.id)
  expect(ids).toHaveLength(9)
  let wrong = 0
  const begun = process.cpuUsage()
  for (let form = 0; form < 4 ** 9; form += 1) {
    const answers: Record<string, number> = {}
    let sum = 0
    let rest = form
    for (const id of ids) {
      answers[id] = rest & 3
      sum += rest & 3
      rest >>= 2
    }
    if (score(phq9, answers).total !== sum) wrong += 1
  }
  expect(wrong).toBe(0)
  // Time of the processor, not of the clock on the wall: other work beside it slows nobody's counting down.
  const { user, system } = process.cpuUsage(begun)
  expect((user + system) / 1_000).toBeLessThan(2_000)
})

test('the session check has values and no total', () => {
  expect(score(session, { intensity: 7, dissociation: 5, distress: 2, nausea: 0, heard: 11 })).toEqual({ total: null, subscales: {}, band: null, missing: ['heard'] })
})

describe('single answers a clinician must see', () => {
  test.each([
    [{}, []],
    [{ night: 3, pelvis: 3 }, []],
    [{ urgency: 1 }, ['prescriber-review']],
    [{ blood: 1 }, ['hold-dosing']],
    [{ pain: 2, blood: 3 }, ['prescriber-review', 'hold-dosing']],
    [{ blood: 0 }, []],
  ])('%j → %j', (answers: Answers, actions) => {
    expect(flagsOf(urinary, answers).map((flag) => flag.action)).toEqual(actions)
  })
})
