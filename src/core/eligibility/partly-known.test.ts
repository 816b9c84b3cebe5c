import { describe, expect, test } from 'vitest'
import { screeningLimits as limits } from '../../knowledge/eligibility.ts'
import type { FactName } from './facts.ts'
import { phq9, plainChart, told, type Told } from './fixtures.ts'
import { screeningFacts } from './screening-facts.ts'

const read = (chart: Told, fact: FactName) => screeningFacts(chart, '2026-11-21T18:00:00.000Z', limits)[fact]
const plain = plainChart('2026-11-20')

describe('what is answered only in part', () => {
  const answers = (change: object) => plain.on('2026-11-21', 'measure-answered.v1', { ...phq9(), answers: { ...phq9().answers, ...change } as never }, { id: 'form' })
  test('a list that somebody would rather not speak about is missing, for that reason', () => {
    expect(read(plain.on('2026-11-21', 'fact.v1', { fact: 'substanceUse', state: 'declined' }, { id: 'no' }), 'substanceUse')).toMatchObject({ state: 'missing', why: 'declined', entries: ['no'] })
  })

  test('a questionnaire without item 9 leaves open whether it has to be followed up', () => {
    expect(read(answers({ q9: null }), 'itemNineOpen')).toMatchObject({ state: 'missing', why: 'incomplete', entries: ['form'] })
    expect(read(answers({}), 'itemNineOpen')).toMatchObject({ state: 'known', value: false, entries: ['form'] })
  })

  test('with nothing complete the total is missing: incomplete, or not asked', () => {
    const gap = { ...phq9(), answers: { ...phq9().answers, q3: null } as never }
    expect(read(told().on('2026-11-21', 'measure-answered.v1', gap, { id: 'form' }), 'phq9')).toMatchObject({ state: 'missing', why: 'incomplete', entries: ['form'] })
    const { q3: _q3, ...eight } = phq9().answers as Record<string, number>
    expect(read(told().on('2026-11-21', 'measure-answered.v1', { ...phq9(), answers: eight }, { id: 'form' }), 'phq9')).toMatchObject({ state: 'missing', why: 'incomplete' })
    expect(read(told(), 'phq9')).toMatchObject({ state: 'missing', why: 'not-asked' })
  })

  test.each([['positive first', ['positive', 'negative']], ['negative first', ['negative', 'positive']]] as const)('two pregnancy tests of one moment, the %s: the positive one', (_, results) => {
    const both = results.reduce((chart, result) => chart.on('2026-11-20', 'pregnancy-test.v1', { result, takenAt: '2026-11-20T17:00:00.000Z', specimen: 'urine' }), plain)
    expect(read(both, 'pregnancyTest')).toMatchObject({ value: 'positive' })
    const toldLater = both.on('2026-11-21', 'pregnancy-test.v1', { result: 'negative', takenAt: '2026-11-19T17:00:00.000Z', specimen: 'urine' })
    expect(read(toldLater, 'pregnancyTest')).toMatchObject({ value: 'positive' })
  })
})
