import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changes, relapseRow } from '../../knowledge/outcomes.ts'
import { relapse, type DayScore, type RelapseEvent } from './relapse.ts'

const judge = (scores: readonly DayScore[], events: readonly RelapseEvent[] = [], baseline = 18) => relapse(relapseRow, changes[0], baseline, scores, events)

describe('relapse of the PHQ-9 from a baseline of 18', () => {
  test.each([
    ['two scores a week apart', [[0, 7], [14, 8], [30, 11], [37, 12]], 30, 37],
    ['exactly five days apart', [[0, 7], [30, 11], [35, 11]], 30, 35],
    ['a third score confirms what the second was too early for', [[0, 7], [30, 11], [33, 12], [36, 10]], 30, 36],
    ['after a first scare that passed', [[0, 7], [10, 11], [17, 8], [40, 12], [47, 13]], 40, 47],
    ['after a response of exactly half', [[0, 9], [30, 11], [37, 12]], 30, 37],
    ['told in any order', [[37, 12], [30, 11], [0, 7], [14, 8]], 30, 37],
  ] as const)('%s', (_, scores, day, confirmedDay) => {
    expect(judge(scores)).toEqual({ relapse: true, day, confirmedDay, confirmedBy: 'score' })
  })

  test.each([
    ['the second score is better again', [[0, 7], [14, 8], [30, 11], [37, 8]], 0, null],
    ['four days apart', [[0, 7], [30, 11], [34, 12]], 0, 30],
    ['below ten', [[0, 7], [30, 9], [37, 9]], 0, null],
    ['never responded', [[0, 12], [30, 14], [37, 15]], null, null],
    ['one score only, so far', [[0, 7], [30, 11]], 0, 30],
    ['lost before it was ever reached', [[0, 15], [7, 16], [14, 8]], 14, null],
  ] as const)('none: %s', (_, scores, respondedDay, suspectedDay) => {
    expect(judge(scores)).toEqual({ relapse: false, respondedDay, suspectedDay })
  })

  test('at ten or more while still half better than a high baseline is no relapse', () => {
    expect(judge([[0, 10], [30, 12], [37, 12]], [], 24)).toMatchObject({ relapse: false })
    expect(judge([[0, 10], [30, 13], [37, 13]], [], 24)).toMatchObject({ relapse: true, day: 30 })
  })
})

describe('one such score beside an event', () => {
  test.each([
    ['admitted a day later', [[0, 7], [30, 11]], { day: 31, what: 'admission' }, { relapse: true, day: 30, confirmedDay: 31, confirmedBy: 'admission' }],
    ['an attempt just before the score', [[0, 7], [14, 8], [30, 11]], { day: 28, what: 'attempt' }, { relapse: true, day: 30, confirmedDay: 30, confirmedBy: 'attempt' }],
    ['an event before a better score belongs to another time', [[0, 7], [14, 8], [30, 11]], { day: 10, what: 'admission' }, { relapse: false }],
    ['an admission on the day of a confirming score is the reason given', [[0, 7], [30, 11], [37, 12]], { day: 37, what: 'admission' }, { relapse: true, day: 30, confirmedDay: 37, confirmedBy: 'admission' }],
    ['an admission later than the confirming score changes nothing', [[0, 7], [30, 11], [37, 12]], { day: 40, what: 'admission' }, { relapse: true, confirmedDay: 37, confirmedBy: 'score' }],
    ['an event on the day of a better score belongs to that score', [[0, 7], [30, 11], [33, 8]], { day: 33, what: 'attempt' }, { relapse: false }],
    ['an event on the day of the better score before', [[0, 7], [14, 8], [30, 11]], { day: 14, what: 'attempt' }, { relapse: false }],
    ['an event alone, without such a score', [[0, 7], [30, 8]], { day: 31, what: 'admission' }, { relapse: false }],
    ['an event after the score was better again', [[0, 7], [30, 11], [33, 8]], { day: 40, what: 'attempt' }, { relapse: false }],
  ] as const)('%s', (_, scores, event, expected) => {
    expect(judge(scores, [event])).toMatchObject(expected)
  })
})

test('of two events the first confirms, and a baseline of nothing cannot relapse', () => {
  expect(judge([[0, 7], [30, 11]], [{ day: 34, what: 'attempt' }, { day: 32, what: 'admission' }])).toMatchObject({ confirmedDay: 32, confirmedBy: 'admission' })
  expect(judge([[0, 0], [30, 11], [37, 12]], [], 0)).toEqual({ relapse: false, respondedDay: null, suspectedDay: null })
})

test('a relapse is dated at a lost score after a response, and confirmed no sooner than the row says', () => {
  const scores = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 27 })), { selector: ([day]) => day, maxLength: 12 })
  fc.assert(fc.property(scores, fc.integer({ min: 10, max: 27 }), (told, baseline) => {
    const found = judge(told, [], baseline)
    if (!found.relapse) return
    const at = told.find(([day]) => day === found.day)
    expect(at?.[1]).toBeGreaterThanOrEqual(relapseRow.fromScore)
    expect(found.confirmedDay - found.day).toBeGreaterThanOrEqual(relapseRow.confirmedAfterDays)
    expect(told.some(([day, score]) => day < found.day && score * 2 <= baseline)).toBe(true)
  }))
})

describe('whoever began below the cut-off relapses at the cut-off as everybody does', () => {
  test.each<[string, readonly DayScore[], boolean]>([
    ['a response lost, below ten', [[0, 4], [30, 9], [37, 9]], false], ['at ten', [[0, 4], [30, 10], [37, 10]], true], ['above', [[0, 4], [30, 11], [37, 12]], true], ['ten once', [[0, 4], [30, 10]], false],
  ])('%s, from a baseline of 8', (_, scores, relapses) => expect(judge(scores, [], 8).relapse).toBe(relapses))
})
