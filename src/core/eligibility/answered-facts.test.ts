import { describe, expect, test } from 'vitest'
import { screeningLimits as limits } from '../../knowledge/eligibility.ts'
import { answeredFacts } from './answered-facts.ts'
import { told, type Told } from './fixtures.ts'

const now = '2026-11-21T18:00:00.000Z'
const read = (chart: Told, at = now) => answeredFacts(chart, at, limits)
const known = (value: unknown) => ({ state: 'known', value, entries: ['said'] })
const missing = (why: string, ...entries: string[]) => ({ state: 'missing', why, entries })

test('an answer is read as it was given, and only its own', () => {
  expect(Object.entries(read(told())).filter(([, fact]) => !(fact.state === 'missing' && fact.why === 'not-asked' && fact.entries.length === 0))).toEqual([])
  const facts = read(told().says('2026-11-20', 'qtcMs', 450, { id: 'said' }))
  expect(facts.qtcMs).toEqual(known(450))
  expect(Object.values(facts).filter(({ state }) => state === 'known')).toHaveLength(1)
})

test('the latest word counts, also when it is none', () => {
  const said = told().says('2026-11-19', 'mania', 'none')
  expect(read(said.says('2026-11-20', 'mania', 'past', { id: 'said' })).mania).toEqual(known('past'))
  for (const state of ['declined', 'not-known'] as const) expect(read(said.on('2026-11-20', 'fact.v1', { fact: 'mania', state }, { id: 'said' })).mania).toEqual(missing(state, 'said'))
  expect(read(told().says('2026-11-18', 'intoxicated', false, { id: 'said' })).intoxicated).toEqual(missing('stale', 'said'))
})

describe('time since grows by whole units alone', () => {
  const since = (fact: 'weeksSinceCardiovascularEvent' | 'daysSincePsychiatricAdmission', value: number, at: string) => read(told().says(at, fact, value, { id: 'said' }))[fact]
  test.each([['weeksSinceCardiovascularEvent', '2026-11-21', 4], ['weeksSinceCardiovascularEvent', '2026-11-15', 4], ['weeksSinceCardiovascularEvent', '2026-11-14', 5], ['weeksSinceCardiovascularEvent', '2026-11-07', 6], ['daysSincePsychiatricAdmission', '2026-11-20', 5], ['daysSincePsychiatricAdmission', '2026-11-19', 6]] as const)(
    '%s, 4 on %s: %i', (fact, at, value) => expect(since(fact, 4, at)).toEqual(known(value)))
  test('what is dated ahead is not shorter ago for it', () => expect(since('daysSincePsychiatricAdmission', 4, '2026-11-22')).toEqual(known(4)))
  test('declined stays declined', () => expect(read(told().on('2026-11-01', 'fact.v1', { fact: 'daysSincePsychiatricAdmission', state: 'declined' }, { id: 'said' })).daysSincePsychiatricAdmission).toEqual(missing('declined', 'said')))
})

test('a list is read item by item, substances by their plain names', () => {
  const chart = told().says('2026-11-20', 'substanceUse', [{ substance: 'Crack-Cocaine', status: 'active' }, { substance: 'khat', status: 'remission' }], { id: 'said' }).says('2026-11-20', 'urineDrugScreenPositive', ['Ketamine'], { id: 'tested' })
  const { substanceUse, urineDrugScreenPositive } = read(chart)
  expect(substanceUse).toEqual({ state: 'known', entries: ['said'], items: [{ value: { substance: 'crack cocaine', status: 'active' }, entries: ['said'] }, { value: { substance: 'khat', status: 'remission' }, entries: ['said'] }] })
  expect(urineDrugScreenPositive).toEqual({ state: 'known', entries: ['tested'], items: [{ value: 'Ketamine', entries: ['tested'] }] })
  expect(read(chart.on('2026-11-21', 'fact.v1', { fact: 'urineDrugScreenPositive', state: 'declined' }, { id: 'no' })).urineDrugScreenPositive).toEqual(missing('declined', 'no'))
})
