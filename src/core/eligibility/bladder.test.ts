import { describe, expect, test } from 'vitest'
import type { BodyOf } from '../chart/kinds.ts'
import { eligibility, screeningLimits as limits } from '../../knowledge/eligibility.ts'
import { instruments } from '../../knowledge/instruments.ts'
import { clearanceNow, screenChart } from './clearance.ts'
import { clearance, plainChart, type Told } from './fixtures.ts'
import { screeningFacts } from './screening-facts.ts'

/** Blood that the person saw: the prescriber who cleared them did not know of it. */
const now = '2026-11-21T18:00:00.000Z'
const plain = plainChart('2026-11-20')
const cleared = plain.on('2026-11-20', 'clearance.v1', clearance('2026-11-20', plain))
const check = (blood: number | null): BodyOf<'measure-answered.v1'> => ({
  instrument: 'urinary-check', version: instruments['urinary-check'].version, language: 'en', answers: { ...Object.fromEntries(instruments['urinary-check'].items.map(({ id }) => [id, 0])), blood }, answeredBy: 'patient',
})
const answered = (chart: Told, blood: number | null, at = '2026-11-21T15:00:00Z') => chart.on(at, 'measure-answered.v1', check(blood))

describe.each([
  ['never asked', cleared, { state: 'missing', why: 'not-asked' }, 'cleared', []],
  ['none seen', answered(cleared, 0), { state: 'known', value: false }, 'cleared', []],
  ['seen, a little', answered(cleared, 1), { state: 'known', value: true }, 'reopened', ['O10']],
  ['seen, and it needed care', answered(cleared, 3), { state: 'known', value: true }, 'reopened', ['O10']],
  ['seen, and none any more', answered(answered(cleared, 1, '2026-11-21T12:00:00Z'), 0), { state: 'known', value: false }, 'cleared', []],
  ['the question left open', answered(cleared, null), { state: 'missing', why: 'incomplete' }, 'cleared', []],
] as const)('%s', (_, chart, fact, state, rules) => {
  test('as the rules read it', () => expect(screeningFacts(chart, now, limits).visibleBloodInUrine).toMatchObject(fact))
  test('and the clearance', () => {
    const found = clearanceNow(chart, eligibility, now, limits)
    expect([found.state, found.newlyMet.map((one) => one.rule.id)]).toEqual([state, rules])
  })
})

test('an open question never lets anybody pass: the rule is unknown', () => {
  const { decision, unknown } = screenChart(answered(cleared, null), eligibility, now, limits)
  expect([decision, unknown.map((one) => one.rule.id)]).toEqual(['INCOMPLETE', expect.arrayContaining(['O10'])])
})

test('the answer that holds is the one that the bladder check itself flags', () => {
  const { instrument, item, positiveFrom } = limits.bladder
  expect(Object.values(instruments).find(({ id }) => id === instrument)?.flags).toContainEqual(expect.objectContaining({ item, atLeast: positiveFrom, action: 'hold-dosing' }))
})
