import { describe, expect, test } from 'vitest'
import { instruments } from '../../knowledge/instruments.ts'
import { maintenanceRow, outcomeRows } from '../../knowledge/outcomes.ts'
import { phq9Answers, told, type ToldChart } from '../measures/fixtures.ts'
import type { OpenRisk } from '../measures/open-risks.ts'
import { maintenanceProposal } from './maintenance.ts'

const rows = { outcomes: outcomeRows, instruments, zone: 'America/Los_Angeles' }
const scored = (chart: ToldChart, day: string, total: number, item9 = 0) =>
  chart.on(day, 'measure-answered.v1', { instrument: 'phq-9', version: '2026-1', language: 'en', answers: phq9Answers(total, item9), answeredBy: 'patient' })
const propose = (chart: ToldChart, now = '2026-05-01') => maintenanceProposal(chart, rows, `${now}T18:00:00.000Z`)
const decided = (chart: ToldChart, day: string, intervalDays: number | null, decision: 'maintenance' | 'not-now' | 'booster-review' = 'maintenance') =>
  chart.on(day, 'maintenance-decided.v1', { decision, reason: 'as discussed', proposal: '', ...(intervalDays === null ? {} : { intervalDays }) })

const course = scored(scored(told().dosed('s1', '2026-03-16T17:00:00Z').dosed('s2', '2026-03-19T17:00:00Z'), '2026-03-12', 18), '2026-03-26', 7)
const relapsed = scored(scored(course, '2026-04-10', 12), '2026-04-17', 13)

describe('what is proposed', () => {
  test.each([
    ['nothing to act on', course, 'watch', null, ['no-trigger']],
    ['an early warning', scored(course, '2026-04-10', 12), 'integration-offered', null, ['warning-rise']],
    ['item 9 newly positive', scored(course, '2026-04-10', 7, 1), 'integration-offered', null, ['warning-item']],
    ['a relapse', relapsed, 'booster-review', 7, ['relapse', 'warning-rise']],
    ['a relapse that was already decided about', decided(relapsed, '2026-04-18', null, 'booster-review'), 'watch', null, ['no-trigger']],
    ['decided about, responded again, and lost again', scored(scored(scored(decided(relapsed, '2026-04-18', null, 'booster-review'), '2026-04-22', 6), '2026-04-27', 12), '2026-05-01', 14), 'integration-offered', null, ['warning-rise']],
    ['on 14 days, no scores since', decided(relapsed, '2026-04-18', 14), 'maintenance', 14, ['not-yet-stable']],
    ['on 14 days, one steady score', scored(decided(relapsed, '2026-04-18', 14), '2026-04-25', 10), 'maintenance', 14, ['not-yet-stable']],
    ['on 14 days, two steady scores, three points up', scored(scored(decided(scored(course, '2026-04-17', 6), '2026-04-18', 14), '2026-04-24', 9), '2026-04-30', 9), 'maintenance', 21, ['stable']],
    ['on 14 days and steady, but the newest form was not finished', scored(scored(decided(scored(course, '2026-04-17', 6), '2026-04-18', 14), '2026-04-24', 9), '2026-04-28', 9).on('2026-04-30', 'measure-answered.v1', { instrument: 'phq-9', version: '2026-1', language: 'en', answers: { q1: 3 }, answeredBy: 'patient' }), 'maintenance', 14, ['not-yet-stable']],
    ['on 14 days, one of the two four points up', scored(scored(decided(scored(course, '2026-04-17', 6), '2026-04-18', 14), '2026-04-24', 10), '2026-04-30', 6), 'maintenance', 14, ['not-yet-stable']],
    ['on 42 days and steady: the ladder ends', scored(scored(decided(course, '2026-04-18', 42), '2026-04-24', 7), '2026-04-30', 7), 'maintenance', 42, ['stable']],
    ['on 60 days, which the practice chose itself, and steady: it stays', scored(scored(decided(course, '2026-04-18', 60), '2026-04-24', 7), '2026-04-30', 7), 'maintenance', 60, ['stable']],
    ['a score at the moment of the decision is what the later ones are held against', scored(scored(decided(scored(course, '2026-04-18', 8), '2026-04-18', 14), '2026-04-24', 11), '2026-04-30', 9), 'maintenance', 21, ['stable']],
    ['a warning known at the moment of the decision is not raised again', decided(scored(course, '2026-04-18', 12), '2026-04-18', 14), 'maintenance', 14, ['not-yet-stable']],
    ['on 21 days and warned: one step closer', scored(decided(course, '2026-04-18', 21), '2026-04-24', 12), 'maintenance', 14, ['warning-rise']],
    ['on 7 days and warned: no closer than the ladder', scored(decided(course, '2026-04-18', 7), '2026-04-24', 12), 'maintenance', 7, ['warning-rise']],
    ['stopped', decided(decided(course, '2026-04-18', 21), '2026-04-20', null, 'not-now'), 'watch', null, ['no-trigger']],
  ] as const)('%s', (_, chart, proposed, intervalDays, because) => {
    expect(propose(chart)).toMatchObject({ propose: proposed, intervalDays, because })
  })

  test('without scores it proposes nothing and says what is missing', () => {
    expect(propose(told().dosed('s1', '2026-03-16T17:00:00Z'))).toMatchObject({ propose: 'not-evaluable', because: ['no-baseline', 'no-score-after-dose'] })
    expect(propose(told())).toMatchObject({ propose: 'not-evaluable', because: ['no-dose-yet', 'no-baseline', 'no-score-after-dose'] })
  })

  test('an open risk comes before any of it', () => {
    expect(maintenanceProposal(relapsed, rows, '2026-05-01T18:00:00.000Z', [{ opened: 'nine' } as OpenRisk])).toMatchObject({ propose: 'not-evaluable', intervalDays: null, because: ['open-risk'], facts: ['nine'] })
  })

  test('an interval it proposes is always a step of the ladder', () => {
    for (const days of [1, 7, 10, 14, 28, 42, 60]) {
      const { intervalDays } = propose(scored(decided(course, '2026-04-18', days), '2026-04-24', 12))
      expect(maintenanceRow.ladderDays).toContain(intervalDays)
    }
  })
})

describe('limits and reviews beside it', () => {
  const doses = (count: number, from = '2026-01-05') => Array.from({ length: count }).reduce<ToldChart>((chart, _, i) => chart.dosed(`d${i}`, new Date(Date.parse(`${from}T17:00:00Z`) + i * 7 * 86_400_000).toISOString()), told())
  test.each([[11, []], [12, maintenanceRow.reviews]])('%i doses', (count, reviews) => {
    expect(propose(doses(count), '2026-04-01').reviewsDue).toEqual(reviews)
  })
  test.each([['2026-07-05', []], ['2026-07-06', maintenanceRow.reviews]])('one dose in January, now %s', (now, reviews) => {
    expect(propose(doses(1), now).reviewsDue).toEqual(reviews)
  })
  test('a review is due on the day itself, and not a moment before', () => {
    const at = (now: string) => maintenanceProposal(doses(1), rows, now).reviewsDue.length
    expect([at('2026-07-06T16:59:59.999Z'), at('2026-07-06T17:00:00.000Z')]).toEqual([0, maintenanceRow.reviews.length])
  })
  test('the weekly limit holds after exactly four weeks have passed, and for exactly seven days', () => {
    const at = (chart: ToldChart, now: string) => maintenanceProposal(chart, rows, now).notBefore
    const chart = told().dosed('a', '2026-03-02T17:00:00Z').dosed('b', '2026-03-28T17:00:00Z').dosed('c', '2026-03-29T17:00:00Z')
    expect(at(chart, '2026-03-30T17:00:00.000Z')).toBeNull()
    expect(at(chart, '2026-03-30T17:00:00.001Z')).toBe('2026-04-04T17:00:00.000Z')
    expect(at(chart, '2026-04-04T16:59:59.999Z')).toBe('2026-04-04T17:00:00.000Z')
    expect(at(chart, '2026-04-04T17:00:00.000Z')).toBeNull()
  })
  const busy = told().dosed('a', '2026-03-02T17:00:00Z').dosed('b', '2026-04-20T17:00:00Z').dosed('c', '2026-04-23T17:00:00Z')
  test.each([
    ['four weeks in, two in seven days: not before the first of them is a week old', busy, '2026-04-24', '2026-04-27T17:00:00.000Z'],
    ['a week after the first of the two', busy, '2026-04-27', null],
    ['one in seven days', told().dosed('a', '2026-03-02T17:00:00Z').dosed('b', '2026-04-23T17:00:00Z'), '2026-04-24', null],
    ['two a week is the course itself within the first four weeks', told().dosed('a', '2026-04-20T17:00:00Z').dosed('b', '2026-04-23T17:00:00Z'), '2026-04-24', null],
  ])('%s', (_, chart, now, notBefore) => {
    expect(propose(chart, now).notBefore).toBe(notBefore)
  })
})
