import { describe, expect, test } from 'vitest'
import { practiceOutcomes, practiceRules } from '../../../knowledge/practice-outcomes.ts'
import { phq9Answers, told, type ToldChart } from '../../measures/fixtures.ts'
import { courseRows } from './course-row.ts'
import { milestones } from './milestones.ts'
import { rows } from './testing/rows.ts'
import { verdict } from './verdict.ts'

const answered = (total: number) => ({ instrument: 'phq-9', version: '2026-1', language: 'en', answers: phq9Answers(total), answeredBy: 'patient' as const })
const scored = (chart: ToldChart, ...scores: readonly (readonly [day: string, total: number])[]) => scores.reduce((so, [day, total]) => so.on(day, 'measure-answered.v1', answered(total)), chart)
const chosen = (chart: ToldChart, day = '2026-03-01') => chart.on(day, 'course-chosen.v1', { protocol: 'solo-six', edition: 'test' })
const six = ['16', '19', '23', '26', '30'].reduce((chart, day, at) => chart.dosed(`s${at}`, `2026-03-${day}T17:00:00Z`), chosen(told())).dosed('s5', '2026-04-02T17:00:00Z')
const course = (chart: ToldChart) => courseRows(chart, rows)[0]!
const phq9 = (chart: ToldChart) => course(chart).measures.find(({ instrument }) => instrument === 'phq-9')!

test('a chart without a dose has no course', () => expect(courseRows(chosen(told()), rows)).toEqual([]))

test('six sessions of six are finished, five are not, and without a protocol nobody knows', () => {
  const five = six.on('2026-04-02', 'course-ended.v1', { reason: 'enough' })
  expect(course(five)).toMatchObject({ number: 1, protocol: 'solo-six', route: 'IM', doseRange: 'IM-middle', sessions: 6, finished: true, firstDose: '2026-03-16', lastDose: '2026-04-02', settlesOn: '2026-05-08', maintained: false, indication: null })
  expect(course(chosen(told()).dosed('a', '2026-03-16')).finished).toBe(false)
  expect(course(told().dosed('a', '2026-03-16')).finished).toBeNull()
})

test('the rows in words say the days of the rows in numbers', () => {
  const says = practiceRules.map((rule) => rule.says).join(' ')
  for (const words of [`when ${practiceOutcomes.endpoint.withinDays} days`, `at most ${rows.outcomes.baseline.withinDays} days before`, `up to ${practiceOutcomes.endpoint.withinDays} days after`, `for ${practiceOutcomes.carried.days} at most`]) expect(says).toContain(words)
})

describe('the score that a course ends with', () => {
  test.each([
    ['the last one up to 35 days after the last dose', [['2026-03-12', 18], ['2026-05-06', 7], ['2026-05-07', 6], ['2026-05-08', 20]], 18, 6],
    ['also a score in between, where it is the last', [['2026-03-12', 18], ['2026-03-20', 9]], 18, 9],
    ['none after a dose', [['2026-03-12', 18]], 18, null],
    ['none before', [['2026-05-06', 7]], null, 7],
    ['too old a first one', [['2026-03-01', 18], ['2026-05-06', 7]], null, 7],
    ['only one that came too late', [['2026-03-12', 18], ['2026-05-08', 7]], 18, null],
  ] as const)('%s', (_, scores, baseline, end) => expect(phq9(scored(six, ...scores))).toMatchObject({ baseline, end }))

  test('what is missing has no verdict', () => {
    expect(phq9(scored(six, ['2026-03-12', 18])).verdict).toBeNull()
    expect(phq9(scored(six, ['2026-03-12', 18], ['2026-05-06', 4])).verdict).toEqual({ isCase: true, response: true, remission: true, reliable: true, worse: false })
  })

  test('a maintenance dose ends it', () => {
    const chart = scored(six, ['2026-03-12', 18], ['2026-04-20', 7], ['2026-05-01', 15]).booked('m', 'maintenance', '2026-04-25').dosed('again', '2026-04-25', 50, 'm')
    expect(course(chart)).toMatchObject({ maintained: true, sessions: 6 })
    expect(phq9(chart).end).toBe(7)
  })

  test('follow-ups are the nearest in their windows', () => {
    expect(phq9(scored(six, ['2026-03-12', 18], ['2026-04-09', 8], ['2026-04-10', 9], ['2026-04-30', 10])).followUps).toEqual([8, null, 10, null, null, null])
  })
})

describe('a second course on the same chart', () => {
  const again = scored(six, ['2026-03-12', 18], ['2026-04-20', 7]).on('2026-06-01', 'course-ended.v1', { reason: 'done' }).on('2026-07-01', 'course-chosen.v1', { protocol: 'wilkinson-2017', edition: 'test' }).dosed('t', '2026-07-10')
  const both = courseRows(scored(again, ['2026-07-05', 16], ['2026-07-20', 15]), rows)
  test('is one by itself, with scores of its own', () => {
    expect(both.map(({ number, protocol, sessions }) => [number, protocol, sessions])).toEqual([[1, 'solo-six', 6], [2, 'wilkinson-2017', 1]])
    expect(both.map(({ measures }) => [measures[0]!.baseline, measures[0]!.end])).toEqual([[18, 7], [16, 15]])
  })
})

describe('how long a response held', () => {
  const kept = (...scores: readonly (readonly [string, number])[]) => course(scored(six, ...scores)).kept
  test.each([
    ['no first score', [['2026-04-20', 7]], { state: 'unknown' }],
    ['no score after a dose', [['2026-03-12', 18]], { state: 'unknown' }],
    ['below the cut-off from the beginning', [['2026-03-12', 8], ['2026-04-20', 2]], { state: 'not-a-case' }],
    ['never a response', [['2026-03-12', 18], ['2026-04-20', 12]], { state: 'no-response' }],
    ['a response that came after the end of the course', [['2026-03-12', 18], ['2026-04-20', 12], ['2026-06-01', 5]], { state: 'no-response' }],
    ['lost before the last dose', [['2026-03-12', 18], ['2026-03-18', 6], ['2026-03-22', 15], ['2026-03-31', 16], ['2026-04-20', 7]], { state: 'lost-before-the-end' }],
    ['nobody asked after the last dose', [['2026-03-12', 18], ['2026-03-25', 6]], { state: 'not-asked-after' }],
    ['watched to the last score', [['2026-03-12', 18], ['2026-03-25', 6], ['2026-04-12', 7], ['2026-06-01', 8]], { state: 'followed', days: 60, relapsed: false, toResponseDays: 9, responseDays: 18 + 28 }],
    ['a relapse, dated at its first score', [['2026-03-12', 18], ['2026-03-25', 6], ['2026-04-12', 12], ['2026-04-20', 13]], { state: 'followed', days: 10, relapsed: true, toResponseDays: 9, responseDays: 18 }],
  ] as const)('%s', (_, scores, expected) => expect(kept(...scores)).toEqual(expected))
})

test('side effects are counted once for each term, at their worst', () => {
  const felt = (chart: ToldChart, day: string, term: string, grade: number) => chart.on(day, 'side-effect.v1', { term, grade, onsetAt: `${day}T18:00:00.000Z`, action: '', attributed: true })
  expect(course(felt(felt(felt(felt(six, '2026-03-16', 'nausea', 1), '2026-03-19', 'nausea', 2), '2026-03-19', 'headache', 1), '2026-03-01', 'vertigo', 3)).events).toEqual([{ term: 'headache', grade: 1 }, { term: 'nausea', grade: 2 }])
})

test('from the inquiry to the last follow-up', () => {
  const chart = scored(six, ['2026-03-12', 18], ['2026-09-28', 6])
  expect(milestones(chart, courseRows(chart, rows), '2026-02-20T10:00:00.000Z', rows)).toEqual({
    matched: '2026-02-20T10:00:00.000Z', 'first-visit': '2026-03-16T17:00:00.000Z', cleared: null, 'first-dose': '2026-03-16T17:00:00.000Z', 'last-dose': '2026-04-02T17:00:00.000Z', 'last-follow-up': '2026-09-28T17:00:00.000Z',
  })
})

test.each([
  ['pcl-5', 48, 33, { response: true, remission: null, reliable: true, worse: false }], ['pcl-5', 30, 45, { response: false, worse: true }],
  ['madrs', 32, 12, { response: true, remission: true, reliable: null, worse: null }], ['qids-sr16', 20, 10, { response: true, remission: null }], ['phq-9', 9, 15, { isCase: false, response: false, worse: true }],
])('what %s says of %i → %i', (instrument, pre, post, expected) => expect(verdict(rows, instrument, pre, post)).toMatchObject(expected))
test('a questionnaire without rows says nothing', () => expect(verdict(rows, 'isi', 20, 5)).toBeUndefined())
