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

describe('what else is known of the bladder', () => {
  const fact = (chart: Told, name: 'urinaryTrouble' | 'bpicSsRise' | 'cystitisGrade') => screeningFacts(chart, now, limits)[name]
  const answers = (chart: Told, some: Readonly<Record<string, number | null>>) => chart.on('2026-11-21T15:00:00Z', 'measure-answered.v1', { ...check(0), answers: { ...check(0).answers, ...some } })
  const scored = (chart: Told, score: number, at: string) => chart.says(at, 'bpicSs', score)
  const effect = (chart: Told, grade: number, term = 'cystitis', at = '2026-11-21T16:00:00Z') => chart.on(at, 'side-effect.v1', { term, grade, onsetAt: '2026-11-21T16:00:00.000Z', action: '', attributed: true }, { session: 's' } as never)
  const rules = (chart: Told) => screenChart(chart, eligibility, now, limits).met.map(({ rule }) => rule.id).filter((id) => id === 'C12' || id === 'O10')

  test.each<[string, Told, 'urinaryTrouble' | 'bpicSsRise' | 'cystitisGrade', object, readonly string[]]>([
    ['nobody asked', cleared, 'urinaryTrouble', { state: 'missing', why: 'not-asked' }, []], ['no trouble', answers(cleared, {}), 'urinaryTrouble', { value: false }, []],
    ['an answer that tells of a little', answers(cleared, { urgency: 1 }), 'urinaryTrouble', { value: true }, ['C12']], ['one, and another left open', answers(cleared, { urgency: 1, night: null }), 'urinaryTrouble', { value: true }, ['C12']],
    ['one left open, and none that tells of it', answers(cleared, { night: null }), 'urinaryTrouble', { state: 'missing', why: 'incomplete' }, []],
    ['one score', scored(cleared, 5, '2026-11-20'), 'bpicSsRise', { state: 'missing' }, []], ['six above the first', scored(scored(cleared, 1, '2026-11-20T10:00'), 7, '2026-11-21T10:00'), 'bpicSsRise', { value: 6 }, []],
    ['seven above the first', scored(scored(cleared, 0, '2026-11-20T10:00'), 7, '2026-11-21T10:00'), 'bpicSsRise', { value: 7 }, ['C12']],
    ['inflamed, grade 1', effect(cleared, 1), 'cystitisGrade', { value: 1 }, []], ['grade 2', effect(cleared, 2), 'cystitisGrade', { value: 2 }, ['O10']], ['grade 2, later grade 1', effect(effect(cleared, 2), 1, 'cystitis', '2026-11-21T17:00:00Z'), 'cystitisGrade', { value: 2 }, ['O10']],
    ['another side effect of grade 3', effect(cleared, 3, 'nausea'), 'cystitisGrade', { state: 'missing' }, []],
  ])('%s', (_, chart, name, expected, fired) => {
    expect(fact(chart, name)).toMatchObject(expected)
    expect(rules(chart)).toEqual(fired)
  })
  test('each rests on the entries it was read from', () => {
    const entriesOf = (chart: Told, name: 'urinaryTrouble' | 'bpicSsRise' | 'cystitisGrade') => (fact(chart, name) as { entries?: readonly string[] }).entries
    const last = (chart: Told) => chart.entries.at(-1)!.id
    const [some, none, open] = [answers(cleared, { urgency: 1 }), answers(cleared, {}), answers(cleared, { night: null })]
    const three = scored(scored(scored(cleared, 1, '2026-11-20T10:00'), 2, '2026-11-20T12:00'), 9, '2026-11-21T10:00')
    const [first, , third] = three.all('fact.v1').filter(({ body }) => body.fact === 'bpicSs').map(({ id }) => id)
    expect([some, none, open].map((chart) => entriesOf(chart, 'urinaryTrouble'))).toEqual([[last(some)], [last(none)], [last(open)]])
    expect(fact(three, 'bpicSsRise')).toEqual({ state: 'known', value: 8, entries: [first, third] })
    expect(entriesOf(effect(cleared, 2), 'cystitisGrade')).toEqual([last(effect(cleared, 2))])
  })
  test('no score, one, and one that the person would rather not give are no rise', () => {
    const declined = scored(cleared, 5, '2026-11-20').on('2026-11-21T10:00', 'fact.v1', { fact: 'bpicSs', state: 'declined' } as never)
    expect([cleared, scored(cleared, 5, '2026-11-20'), declined].map((chart) => fact(chart, 'bpicSsRise'))).toEqual(Array.from({ length: 3 }, () => ({ state: 'missing', why: 'not-asked', entries: [] })))
  })
  test('an inflamed bladder of grade 2 reopens the clearance', () => expect(clearanceNow(effect(cleared, 2), eligibility, now, limits)).toMatchObject({ state: 'reopened', newlyMet: [{ rule: { id: 'O10' } }] }))
})

test('the answers that mean trouble are those of the bladder check', () => {
  const items = Object.values(instruments).find(({ id }) => id === limits.bladder.instrument)!.items.map(({ id }) => id)
  expect([limits.bladder.item, ...limits.bladder.others].toSorted()).toEqual(items.toSorted())
})
