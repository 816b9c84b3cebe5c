import { describe, expect, test } from 'vitest'
import type { BookedVisit } from '../chart/kinds/aftercare.ts'
import type { SeriesRule } from '../chart/kinds/series-rule.ts'
import { changedDays } from './series-change.ts'
import { dayNumber, dayOfNumber } from './zone.ts'

const every = (weeks: number, more: Partial<SeriesRule> = {}): SeriesRule => ({ everyWeeks: weeks, weekday: 2, at: '14:00', lengthMin: 50, online: true, zone: 'America/Los_Angeles', from: '2026-12-01', pauses: [], roomFeatures: [], therapist: { person: 'thea', name: 'Thea Sample' }, ...more }) as SeriesRule
const later = (weeks: number) => dayOfNumber(dayNumber('2026-12-01') + 7 * weeks)
const standing = (weeks: readonly number[]) => weeks.map((week) => ({ visit: `week ${week}`, type: 'therapy', localStart: `${later(week)}T14:00` }) as BookedVisit)

describe('another rhythm', () => {
  test.each<[string, Partial<SeriesRule>]>([['without an end', {}], ['to a day', { until: later(11) }]])('more often, %s: every week up to where it was planned to, and no visit that stands is lost', (_, more) => {
    const { days } = changedDays({ rule: every(2, more), plannedTo: later(11) }, standing([0, 2, 4, 6, 8, 10]), every(1))
    expect(days.map(({ day, was }) => [day, was?.visit])).toEqual(Array.from({ length: 12 }, (__, week) => [later(week), week % 2 === 0 ? `week ${week}` : undefined]))
  })
  test('a series of so many visits has as many left as before', () => {
    const { days, rule } = changedDays({ rule: every(2, { visits: 6 }), plannedTo: later(10) }, standing([6, 8, 10]), every(1))
    expect([days.map(({ day, was }) => [day, was?.visit]), rule.visits]).toEqual([[[later(6), 'week 6'], [later(7), undefined], [later(8), 'week 8']], 3])
  })
  test('less often: whatever visit finds no day is for a person to cancel', () => {
    const { days } = changedDays({ rule: every(1), plannedTo: later(5) }, standing([0, 1, 2, 3, 4, 5]), every(2))
    expect(days.map(({ was }) => was?.visit)).toEqual(['week 0', 'week 2', 'week 4'])
  })
})
