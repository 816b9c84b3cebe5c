import { describe, expect, test } from 'vitest'
import { instruments } from '../../knowledge/instruments.ts'
import { protocols } from '../../knowledge/protocols.ts'
import { misuse } from '../../knowledge/safety/misuse.ts'
import { misuseSigns } from '../../knowledge/safety/watching.ts'
import type { FactName } from '../chart/facts.ts'
import { told, type ToldChart } from '../measures/fixtures.ts'
import { misuseNow, tellsOfMisuse } from './signs.ts'

const names = misuseSigns.map(({ id }) => id)
const day = (n: number) => `2026-03-${String(n).padStart(2, '0')}T17:00:00Z`
const report = (chart: ToldChart, sign: string, n = 2, seen = true, id = `${sign} ${n}`) => chart.on(day(n), 'misuse-sign.v1', { sign, seen, on: '2026-03-02', said: 'x' }, { id })
const fact = (chart: ToldChart, name: FactName, value: unknown, n = 2, id = `${name} ${n}`) => chart.on(day(n), 'fact.v1', { fact: name, state: 'answered', value } as never, { id })
const brought = (chart: ToldChart, n: number, before: number | undefined, after: number | undefined, quantity: number | undefined = 1) =>
  chart.on(day(n), 'medicine-drawn.v1', { prepared: 'p', from: 'own-supply', lot: '', measure: 'piece', ...(quantity === undefined ? {} : { quantity }), ...(before === undefined ? {} : { countedBefore: before }), ...(after === undefined ? {} : { countedAfter: after }) } as never, { id: `drawn ${n}`, session: `s${n}` })
const wanting = (chart: ToldChart, value: number | null, instrument = 'craving-check', n = 2) => chart.on(day(n), 'measure-answered.v1', { instrument, version: '2026-1', language: 'en', answers: { wanting: value }, answeredBy: 'patient' }, { id: `wanting ${n}` })
const review = (chart: ToldChart, n: number, read: readonly string[]) => chart.on(day(n), 'misuse-reviewed.v1', { read: [...read], found: [], edition: 'x', reason: 'Talked it over, nothing to act on.' }, { id: `review ${n}` })
const now = (chart: ToldChart) => misuseNow(chart, misuse)
const sign = (chart: ToldChart, id: string) => now(chart).signs.find((one) => one.sign.id === id)!

test('eleven signs, each known by a report; nobody’s word is no answer', () => {
  expect(misuse.signs.map(({ id }) => id)).toEqual(names)
  const silent = now(told())
  expect([silent.count, silent.level, new Set(silent.signs.map(({ state }) => state))]).toEqual([0, 'none', new Set(['not-evaluable'])])
  for (const id of names) expect(sign(report(told(), id), id)).toMatchObject({ state: 'met', facts: [`${id} 2`] })
  for (const id of names) expect(sign(report(told(), id, 2, false), id)).toMatchObject({ state: 'not-met', facts: [`${id} 2`] })
})

describe('what the chart says of itself', () => {
  test.each<[string, string, ToldChart, 'met' | 'not-met' | 'not-evaluable']>([
    ['another prescriber', 'misuse.other-prescriber', fact(told(), 'ketamineFromAnotherPrescriber', true), 'met'], ['none', 'misuse.other-prescriber', fact(told(), 'ketamineFromAnotherPrescriber', false), 'not-met'],
    ['a urine screen that shows something', 'misuse.urine', fact(told(), 'urineDrugScreenPositive', ['cocaine']), 'met'], ['one that shows nothing', 'misuse.urine', fact(told(), 'urineDrugScreenPositive', []), 'not-met'],
    ['declined', 'misuse.urine', told().on(day(2), 'fact.v1', { fact: 'urineDrugScreenPositive', state: 'declined' } as never), 'not-evaluable'],
    ['intoxicated', 'misuse.intoxicated', fact(told(), 'intoxicated', true), 'met'], ['sober', 'misuse.intoxicated', fact(told(), 'intoxicated', false), 'not-met'],
    ['alcohol 47 hours ago', 'misuse.alcohol', fact(told(), 'hoursSinceAlcohol', 47), 'met'], ['48', 'misuse.alcohol', fact(told(), 'hoursSinceAlcohol', 48), 'not-met'], ['49', 'misuse.alcohol', fact(told(), 'hoursSinceAlcohol', 49), 'not-met'],
    ['alcohol or cannabis: which of them is open', 'misuse.alcohol', fact(told(), 'alcoholOrCannabisWithin48h', true), 'not-evaluable'], ['neither', 'misuse.alcohol', fact(told(), 'alcoholOrCannabisWithin48h', false), 'not-met'],
    ['never wanting it', 'misuse.craving', wanting(told(), 0), 'not-met'], ['once or twice in a week', 'misuse.craving', wanting(told(), 1), 'met'], ['every day', 'misuse.craving', wanting(told(), 3), 'met'], ['the question left open', 'misuse.craving', wanting(told(), null), 'not-evaluable'], ['another questionnaire', 'misuse.craving', wanting(told(), 3, 'session-check'), 'not-evaluable'],
    ['wanted it, and later not', 'misuse.craving', wanting(wanting(told(), 2), 0, 'craving-check', 9), 'met'],
    ['seen once stays seen, whatever is said later', 'misuse.intoxicated', fact(fact(told(), 'intoxicated', true, 2), 'intoxicated', false, 9), 'met'],
    ['a no after a report', 'misuse.early', report(report(told(), 'misuse.early', 2), 'misuse.early', 3, false), 'met'],
    ['counted once: what was taken is gone', 'misuse.count', brought(told(), 2, 10, 9), 'not-met'], ['two gone, one taken', 'misuse.count', brought(told(), 2, 10, 8), 'met'], ['not counted', 'misuse.count', brought(told(), 2, undefined, undefined), 'not-evaluable'],
    ['as many as were left', 'misuse.count', brought(brought(told(), 2, 10, 9), 9, 9, 8), 'not-met'], ['one fewer', 'misuse.count', brought(brought(told(), 2, 10, 9), 9, 8, 7), 'met'], ['more: a new supply, or not', 'misuse.count', brought(brought(told(), 2, 10, 9), 9, 12, 11), 'not-evaluable'],
    ['nobody counted last time', 'misuse.count', brought(brought(told(), 2, 10, undefined, undefined), 9, 8, undefined, undefined), 'not-evaluable'],
  ])('%s', (_, id, chart, state) => expect(sign(chart, id).state).toBe(state))
})

test('the question about wanting it is one that is asked at the follow-ups, with the answer that counts', () => {
  const source = misuse.signs.find(({ id }) => id === 'misuse.craving')!.reads[0] as { instrument: string; item: string; atLeast: number }
  const asked = Object.values(instruments).find(({ id }) => id === source.instrument)!
  expect(asked.items.map(({ id }) => id)).toContain(source.item)
  expect(asked.flags).toContainEqual(expect.objectContaining({ item: source.item, atLeast: source.atLeast }))
  expect(protocols['openkap-default'].measures.followUp).toContain(source.instrument)
  expect([...kindsThatTell].map((kind) => tellsOfMisuse({ kind })), 'who listens for it').toEqual([true, true, true, true, true])
})
const kindsThatTell = ['misuse-sign.v1', 'misuse-reviewed.v1', 'medicine-drawn.v1', 'fact.v1', 'measure-answered.v1'] as const

describe('how many', () => {
  const so = (many: number, from = 0) => names.slice(from, from + many).reduce((chart, id) => report(chart, id), told())
  test.each([[0, 'none'], [1, 'none'], [2, 'review'], [3, 'hold'], [11, 'hold']] as const)('%i signs: %s', (many, level) => expect(now(so(many))).toMatchObject({ count: many, level }))
  test('the same sign told twice counts once', () => expect(now(report(report(told(), 'misuse.lost', 2), 'misuse.lost', 3))).toMatchObject({ count: 1, level: 'none' }))
  test('a report and a fact are one sign', () => expect(now(report(fact(told(), 'intoxicated', true), 'misuse.intoxicated'))).toMatchObject({ count: 1 }))
  test('a sign no row knows counts as nothing', () => expect(now(report(told(), 'misuse.unheard-of')).count).toBe(0))
})

describe('a review', () => {
  const three = ['misuse.early', 'misuse.lost', 'misuse.higher'].reduce((chart, id) => report(chart, id), told())
  const ids = ['misuse.early 2', 'misuse.lost 2', 'misuse.higher 2']
  test('what it names as read counts no more, and stays to be read', () => {
    const after = review(three, 5, ids)
    expect(now(after)).toMatchObject({ count: 0, level: 'none', lastReview: { id: 'review 5' } })
    expect(sign(after, 'misuse.early')).toMatchObject({ state: 'not-evaluable', reviewed: ['misuse.early 2'] })
  })
  test('what it does not name counts on', () => expect(now(review(three, 5, ids.slice(0, 1))).level).toBe('review'))
  test('what came since counts, also where it happened before: nobody had read it', () => {
    const late = report(report(report(review(three, 5, ids), 'misuse.early', 1), 'misuse.lost', 6), 'misuse.higher', 7)
    expect(now(late)).toMatchObject({ count: 3, level: 'hold' })
  })
})
