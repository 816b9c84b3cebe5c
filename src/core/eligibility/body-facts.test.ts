import { describe, expect, test } from 'vitest'
import { screeningLimits as limits } from '../../knowledge/eligibility.ts'
import { bodyFacts } from './body-facts.ts'
import { told, type Told } from './fixtures.ts'
import { freshnessOf, isFresh } from './limits.ts'

const now = '2026-11-21T18:00:00.000Z'
const read = (chart: Told) => bodyFacts(chart, now, limits)
const silent = { state: 'missing', why: 'not-asked', entries: [] }

test('nothing measured is nothing known', () => {
  expect(read(told())).toEqual({ age: silent, bmi: silent, systolicMmHg: silent, diastolicMmHg: silent, pregnancyTest: silent, pregnancyTestAgeDays: silent, pregnancyStatus: silent })
})

test('age is whole years, by the birth date that stands', () => {
  const born = (birthDate: string, id: string, chart = told()) => chart.on('2026-11-20', 'demographics.v1', { givenName: 'Sample', familyName: 'Person', birthDate }, { id })
  expect([born('2008-11-21', 'who'), born('2008-11-22', 'who'), born('1990-01-01', 'who', born('2008-11-22', 'before'))].map((chart) => read(chart).age)).toEqual([18, 17, 36].map((value) => ({ state: 'known', value, entries: ['who'] })))
})

test('the index needs weight and height, the latest of each', () => {
  const weighed = told().on('2026-11-19', 'weight.v1', { weightG: 60_000 }).on('2026-11-20', 'weight.v1', { weightG: 80_000 }, { id: 'weight' })
  const tall = weighed.on('2026-11-19', 'height.v1', { heightMm: 2_000 }, { id: 'height' })
  expect([read(weighed).bmi, read(told().on('2026-11-19', 'height.v1', { heightMm: 2_000 })).bmi, read(tall).bmi]).toEqual([silent, silent, { state: 'known', value: 20, entries: ['weight', 'height'] }])
})

/** Readings as [day and time, systolic, diastolic]; the sittings that count, newest first, are what the fact stands in. */
describe('each pressure is the highest mean of its last two sittings', () => {
  type Reading = readonly [at: string, systolic: number | undefined, diastolic: number | undefined, session?: string]
  const measured = (readings: readonly Reading[]) => readings.reduce((chart, [at, systolic, diastolic, session]) =>
    chart.on(`2026-11-${at}`, 'vitals.v1', { ...(systolic !== undefined && { systolicMmHg: systolic }), ...(diastolic !== undefined && { diastolicMmHg: diastolic }) }, { id: at, ...(session && { session }) }), told())
  const known = (value: number, ...entries: string[]) => ({ state: 'known', value, entries })
  test.each<[string, Reading[], unknown, unknown]>([
    ['three sittings: the first no longer counts', [['10', 190, 110], ['15', 150, 95], ['20', 140, 85]], known(150, '20', '15'), known(95, '20', '15')],
    ['twelve hours apart are two: the higher counts, not the mean', [['20T05:00Z', 140, 80], ['20T17:00Z', 170, 90]], known(170, '20T17:00Z', '20T05:00Z'), known(90, '20T17:00Z', '20T05:00Z')],
    ['each pressure has its own worse sitting', [['15', 150, 85], ['20', 140, 95]], known(150, '20', '15'), known(95, '20', '15')],
    ['a mean of three', [['20T17:00Z', 150, 90], ['20T17:05Z', 140, 80], ['20T17:10Z', 130, 85]], known(140, '20T17:00Z', '20T17:05Z', '20T17:10Z'), known(85, '20T17:00Z', '20T17:05Z', '20T17:10Z')],
    ['one pressure alone', [['15', 150, 95], ['20', 140, undefined]], known(150, '20', '15'), known(95, '15')],
    ['none at rest', [['20', 185, 110, 's1']], silent, silent],
    ['the last of old readings is named', [['01', 150, 95], ['02', 150, 95]], known(150, '02', '01'), known(95, '02', '01')],
  ])('%s', (_, readings, systolic, diastolic) => expect([read(measured(readings)).systolicMmHg, read(measured(readings)).diastolicMmHg]).toEqual([systolic, diastolic]))

  test('all too old: stale, with the last of them', () => {
    const old = measured([['01', 150, 95], ['02', 150, 95], ['03', 150, 95]])
    expect(bodyFacts(old, '2027-01-21T18:00:00.000Z', limits).systolicMmHg).toEqual({ state: 'missing', why: 'stale', entries: ['03'] })
  })
})

describe('a pregnancy test and its age in days', () => {
  const tested = (takenAt: string, result: 'positive' | 'negative' = 'negative', chart = told(), id = 'test') => chart.on('2026-11-20', 'pregnancy-test.v1', { result, takenAt, specimen: 'urine' }, { id })
  test.each<[string, Told, string, unknown]>([
    ['three days ago', tested('2026-11-18T18:00:00.000Z'), 'negative', { state: 'known', value: 3, entries: ['test'] }],
    ['dated a day ahead: clocks differ', tested('2026-11-22T18:00:00.000Z'), 'negative', { state: 'known', value: 0, entries: ['test'] }],
    ['dated further ahead: it has no age', tested('2026-11-22T18:00:01.000Z'), 'negative', { state: 'missing', why: 'not-known', entries: ['test'] }],
    ['the one taken last, not the one written last', tested('2026-11-10T18:00:00.000Z', 'negative', tested('2026-11-11T18:00:00.000Z', 'positive'), 'written later'), 'positive', { value: 10, entries: ['test'] }],
    ['two of one moment: the positive one, in whatever order they came', tested('2026-11-11T18:00:00.000Z', 'negative', tested('2026-11-11T18:00:00.000Z', 'positive', tested('2026-11-10T18:00:00.000Z', 'negative', told(), 'a'), 'b'), 'c'), 'positive', { value: 10, entries: ['b'] }],
    ['a negative one dated next year hides no positive one', tested('2027-11-21T18:00:00.000Z', 'negative', tested('2026-11-19T18:00:00.000Z', 'positive'), 'mistyped'), 'positive', { value: 2, entries: ['test'] }],
    ['nor a negative one that was taken', tested('2027-11-21T18:00:00.000Z', 'negative', tested('2026-11-19T18:00:00.000Z'), 'mistyped'), 'negative', { value: 2, entries: ['test'] }],
    ['one dated a day ahead does', tested('2026-11-22T18:00:00.000Z', 'negative', tested('2026-11-19T18:00:00.000Z', 'positive'), 'ahead'), 'negative', { value: 0, entries: ['ahead'] }],
    ['a positive one counts however it is dated', tested('2027-11-21T18:00:00.000Z', 'positive', tested('2026-11-19T18:00:00.000Z'), 'mistyped'), 'positive', { state: 'missing', entries: ['mistyped'] }],
    ['and the last of two that agree', tested('2026-11-11T18:00:00.000Z', 'positive', tested('2026-11-11T18:00:00.000Z', 'positive'), 'the last'), 'positive', { value: 10, entries: ['the last'] }],
    ['the one taken last, in whatever order they came', tested('2026-11-11T18:00:00.000Z', 'negative', tested('2026-11-10T18:00:00.000Z', 'positive'), 'taken later'), 'negative', { value: 10, entries: ['taken later'] }],
  ])('%s', (_, chart, result, age) => {
    const { pregnancyTest, pregnancyTestAgeDays } = read(chart)
    expect(pregnancyTest).toEqual({ state: 'known', value: result, entries: pregnancyTestAgeDays.entries })
    expect(pregnancyTestAgeDays).toMatchObject(age as object)
  })
})

describe('how long a fact counts', () => {
  const rows = { ...limits, freshness: [{ ...limits.freshness[0]!, facts: ['bmi' as const], withinDays: 2 }] }
  const at = (daysAgo: number) => new Date(Date.parse(now) - daysAgo * 86_400_000).toISOString()
  test.each([[0, true], [2, true], [2.001, false], [-1, true], [-1.001, false]])('from %d days ago, where two are allowed: %s', (daysAgo, counts) => expect(isFresh('bmi', at(daysAgo), now, rows)).toBe(counts))
  test('without a row it counts for as long as nothing newer is written, but not from the future', () => {
    expect([freshnessOf('bmi', rows), freshnessOf('age', rows)]).toEqual([2, undefined])
    expect([isFresh('age', at(10_000), now, rows), isFresh('age', at(-2), now, rows)]).toEqual([true, false])
  })
})
