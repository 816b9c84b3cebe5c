import { describe, expect, test } from 'vitest'
import { instruments } from '../../knowledge/instruments.ts'
import { baselineRow, outcomeRows } from '../../knowledge/outcomes.ts'
import { phq9Answers, told, type ToldChart } from '../measures/fixtures.ts'
import { courseOutcome } from './course-outcome.ts'
import { baselineOf, curve } from './curve.ts'
import { exposure } from './exposure.ts'

const zone = 'America/Los_Angeles'
const phq9 = instruments['phq-9']
const answered = (answers: Record<string, number>) => ({ instrument: 'phq-9', version: '2026-1', language: 'en', answers, answeredBy: 'patient' as const })
const scored = (chart: ToldChart, day: string, total: number, item9 = 0) => chart.on(day, 'measure-answered.v1', answered(phq9Answers(total, item9)), { id: `phq-${day}` })
const outcome = (chart: ToldChart) => courseOutcome(chart, phq9, outcomeRows, zone)

const dosed = told().dosed('s1', '2026-03-16T17:00:00Z').dosed('s2', '2026-03-19T17:00:00Z')

describe('the baseline: the last complete score at most fourteen days before the first dose', () => {
  test.each([
    ['fourteen days before, to the minute', '2026-03-02T17:00:00Z', 18],
    ['a minute earlier is too old', '2026-03-02T16:59:00Z', null],
    ['a minute before the dose', '2026-03-16T16:59:00Z', 18],
    ['at the dose itself', '2026-03-16T17:00:00Z', null],
    ['after it', '2026-03-17', null],
  ])('%s', (_, day, total) => {
    expect(baselineOf(baselineRow, scored(dosed, day, 18), phq9)?.total ?? null).toBe(total)
  })
  test('of two, the later; one that is not complete does not count', () => {
    const two = scored(scored(dosed, '2026-03-05', 20), '2026-03-12', 17).on('2026-03-14', 'measure-answered.v1', answered({ q1: 3 }))
    expect(baselineOf(baselineRow, two, phq9)?.total).toBe(17)
  })
})

test('a form with a missing item is a gap in the curve, not a point', () => {
  const chart = scored(dosed, '2026-03-12', 17).on('2026-03-20', 'measure-answered.v1', answered({ q1: 3 }))
  expect(curve(chart, phq9).map((point) => [point.total, point.missing.length])).toEqual([[17, 0], [null, 8]])
})

describe('what is missing is said', () => {
  test.each([
    ['an empty chart', told(), ['no-dose-yet', 'no-baseline', 'no-score-after-dose']],
    ['a dose and no score', dosed, ['no-baseline', 'no-score-after-dose']],
    ['a baseline only', scored(dosed, '2026-03-12', 18), ['no-score-after-dose']],
    ['both', scored(scored(dosed, '2026-03-12', 18), '2026-03-26', 8), []],
  ] as const)('%s', (_, chart, missing) => {
    const found = outcome(chart)
    expect(found.missing).toEqual(missing)
    expect(found.category === null).toBe(missing.length > 0)
  })
  test('an instrument without a row of changes', () => {
    expect(courseOutcome(dosed, instruments['audit-c'], outcomeRows, zone).missing).toContain('no-change-row')
  })
})

const responded = scored(scored(dosed, '2026-03-12', 18), '2026-03-26', 7)

test('response, then relapse: dated at the first of the two scores', () => {
  const relapsed = scored(scored(responded, '2026-04-20', 11), '2026-04-25T15:00:00Z', 12)
  expect(outcome(relapsed)).toMatchObject({
    category: { band: 'partial' }, respondedAt: '2026-03-26T17:00:00.000Z',
    relapse: { at: '2026-04-20T17:00:00.000Z', confirmedAt: '2026-04-25T15:00:00.000Z', confirmedBy: 'score' },
  })
})

test('an admission told in a fact confirms a single score', () => {
  const admitted = scored(responded, '2026-04-20', 11).on('2026-04-24', 'fact.v1', { fact: 'daysSincePsychiatricAdmission', state: 'answered', value: 2 })
  expect(outcome(admitted).relapse).toMatchObject({ confirmedBy: 'admission', confirmedAt: '2026-04-22T17:00:00.000Z' })
})

describe('what the chart itself tells of', () => {
  const single = scored(responded, '2026-04-20', 11)
  const symptom = (symptom: 'suicidal-act' | 'nausea', present: boolean) => single.on('2026-04-21', 'symptom.v1', { symptom, present }, { session: 's9' })
  test.each([
    ['an attempt', symptom('suicidal-act', true), 'attempt'],
    ['an attempt that was asked about and denied', symptom('suicidal-act', false), null],
    ['nausea', symptom('nausea', true), null],
    ['an admission that nobody could date', single.on('2026-04-21', 'fact.v1', { fact: 'daysSincePsychiatricAdmission', state: 'not-known' }), null],
    ['another fact with a number', single.on('2026-04-21', 'fact.v1', { fact: 'adequateTrials', state: 'answered', value: 1 }), null],
  ] as const)('%s', (_, chart, confirmedBy) => {
    expect(outcome(chart).relapse?.confirmedBy ?? null).toBe(confirmedBy)
  })
  test('a score at the moment of the first dose is neither before nor after', () => {
    expect(outcome(scored(scored(dosed, '2026-03-12', 18), '2026-03-16T17:00:00Z', 5)).latest).toBeNull()
  })
})

describe('early warning, after the last dose of the course', () => {
  test.each([
    ['four points above the low', scored(responded, '2026-04-10', 11), null],
    ['five points above the low', scored(responded, '2026-04-10', 12), ['rise']],
    ['counted from the low, not from the last', scored(scored(responded, '2026-04-03', 4), '2026-04-10', 9), ['rise']],
    ['better again since', scored(scored(responded, '2026-04-10', 12), '2026-04-17', 8), null],
    ['item 9 newly positive', scored(responded, '2026-04-10', 7, 1), ['item']],
    ['item 9 newly positive in a form that was not finished', responded.on('2026-04-10', 'measure-answered.v1', answered({ q9: 1 })), ['item']],
    ['item 9 positive as it was before', scored(scored(responded, '2026-04-10', 7, 1), '2026-04-17', 7, 1), null],
    ['both', scored(responded, '2026-04-10', 13, 2), ['rise', 'item']],
    ['a low score between two doses of the course is not the low after it', scored(scored(scored(dosed, '2026-03-12', 18), '2026-03-18', 4), '2026-03-26', 9), null],
    ['a score at the moment of the last dose is not after it', scored(scored(scored(dosed, '2026-03-12', 18), '2026-03-19T17:00:00Z', 2), '2026-03-26', 7), null],
    ['one score only, however high', scored(scored(dosed, '2026-03-12', 18), '2026-03-26', 20), null],
    ['a form that was not finished takes no rise back', scored(responded, '2026-04-10', 12).on('2026-04-17', 'measure-answered.v1', answered({ q1: 0, q9: 0 })), ['rise']],
    ['nor the item, where it left that open', scored(responded, '2026-04-10', 7, 1).on('2026-04-17', 'measure-answered.v1', answered({ q1: 0 })), ['item']],
    ['the item answered again with a no', scored(responded, '2026-04-10', 7, 1).on('2026-04-17', 'measure-answered.v1', answered({ q9: 0 })), null],
    ['a form that was not finished says nothing of a rise', responded.on('2026-04-10', 'measure-answered.v1', answered({ q1: 3, q9: 0 })), null],
  ] as const)('%s', (_, chart, because) => {
    expect(outcome(chart).warning?.because ?? null).toEqual(because)
  })
  test('another instrument does not warn by this row', () => {
    expect(courseOutcome(scored(responded, '2026-04-10', 12), instruments['gad-7'], outcomeRows, zone).warning).toBeNull()
  })
  test('asks for a contact within two days', () => {
    expect(outcome(scored(responded, '2026-04-10', 12)).warning).toMatchObject({ rise: 5, contactBy: '2026-04-12T17:00:00.000Z' })
  })
})

describe('what the person received', () => {
  const visit = (type: 'intake' | 'preparation' | 'integration' | 'medicine', startedAt: string, endedAt: string, outcome: 'completed' | 'missed' = 'completed') =>
    ({ type, startedAt, endedAt, outcome, covered: [], modalities: [], summary: '', carePlan: '' })
  const note = (startedAt: string, endedAt: string) => ({ session: 's1', startedAt, endedAt, themes: 'calm', modalities: [], commitments: [], nextIntention: '' })
  const course = dosed
    .on('2026-02-02', 'visit-closed.v1', visit('intake', '2026-02-02T17:00:00.000Z', '2026-02-02T18:00:00.000Z'))
    .on('2026-02-09', 'visit-closed.v1', visit('preparation', '2026-02-09T17:00:00.000Z', '2026-02-09T18:00:00.000Z'))
    .on('2026-02-16', 'visit-closed.v1', visit('preparation', '2026-02-16T17:00:00.000Z', '2026-02-16T18:00:00.000Z', 'missed'))
    .on('2026-03-17', 'visit-closed.v1', visit('integration', '2026-03-17T17:00:00.000Z', '2026-03-17T18:00:00.000Z'))
    .on('2026-03-17', 'integration.v1', note('2026-03-17T17:00:00.000Z', '2026-03-17T18:00:00.000Z'))
    .on('2026-03-20', 'integration.v1', note('2026-03-20T17:00:00.000Z', '2026-03-20T17:30:00.000Z'))
    .on('2026-03-16T20:00:00Z', 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, { session: 's1' })

  test('hours of psychotherapy once each, a missed visit for nothing, sessions apart', () => {
    expect(exposure(course)).toMatchObject({ psychotherapyMin: 210, medicineMin: 180, byType: { intake: 60, preparation: 60, integration: 90, medicine: 180 } })
  })
  test('dose and frequency: two sessions three days apart', () => {
    expect(exposure(course)).toMatchObject({ byRoute: [{ route: 'IM', sessions: 2, meanDoseUg: 50_000 }], sessionsPerWeek: 2.33 })
    expect(exposure(course, '2026-03-17T00:00:00.000Z')).toMatchObject({ byRoute: [{ route: 'IM', sessions: 1, meanDoseUg: 50_000 }], sessionsPerWeek: null })
  })
  test('up to a moment: what ended then counts, what ends after it does not', () => {
    expect(exposure(course, '2026-02-09T18:00:00.000Z').psychotherapyMin).toBe(120)
    expect(exposure(course, '2026-02-09T17:59:00.000Z').psychotherapyMin).toBe(60)
    expect(exposure(course, '2026-03-16T17:00:00.000Z').sessions).toHaveLength(1)
    expect(exposure(told()).sessionsPerWeek).toBeNull()
  })
  test('a note that begins as a closed visit ends is an hour of its own', () => {
    const next = told().on('2026-03-17', 'visit-closed.v1', visit('integration', '2026-03-17T17:00:00.000Z', '2026-03-17T18:00:00.000Z'))
      .on('2026-03-17', 'integration.v1', note('2026-03-17T18:00:00.000Z', '2026-03-17T18:30:00.000Z'))
      .on('2026-03-17', 'integration.v1', note('2026-03-17T16:30:00.000Z', '2026-03-17T17:00:00.000Z'))
    expect(exposure(next).psychotherapyMin).toBe(120)
  })
  test('a dose written twice counts once, as the people in the room resolved it', () => {
    const twice = course
      .on('2026-03-16T17:00:00Z', 'dose-given.v1', { step: 1, doseUg: 60_000, route: 'IM', order: 'o', prepared: 'x', confirmed: 'x', confirmedBy: 'x', site: '', selfAdministered: false }, { session: 's1', id: 'other' })
      .on('2026-03-16T17:05:00Z', 'dose-conflict-resolved.v1', { step: 1, stands: 's1-dose', reason: 'written on both tablets' }, { session: 's1' })
    expect(exposure(twice).sessions[0]).toMatchObject({ doseUg: 50_000, steps: 1 })
    expect(exposure(twice)).toMatchObject({ totalUg: 100_000, byRoute: [{ sessions: 2, meanDoseUg: 50_000 }] })
  })
  test('until they have, neither its sum nor a mean is known, and the session still counts', () => {
    const open = course.on('2026-03-16T17:00:00Z', 'dose-given.v1', { step: 1, doseUg: 60_000, route: 'IM', order: 'o', prepared: 'x', confirmed: 'x', confirmedBy: 'x', site: '', selfAdministered: false }, { session: 's1', id: 'other' })
    const { byRoute, totalUg, sessionsPerWeek } = exposure(open)
    expect([byRoute, totalUg, sessionsPerWeek]).toEqual([[{ route: 'IM', sessions: 2, meanDoseUg: undefined }], undefined, 2.33])
  })
})
