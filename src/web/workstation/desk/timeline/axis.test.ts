import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { daysFromDay } from '../calendar-layout.ts'
import { axisOf, momentAt, momentOf, localStart, ticksOf, windowOf, xOf, xOfMoment } from './axis.ts'
import { nearest } from './use-places.ts'

const ZONE = 'America/Los_Angeles'
const week = (from: string, days = 7) => Array.from({ length: days }, (_, at) => daysFromDay(from, at))
const whole = { fromHour: 0, toHour: 24 }

describe('a day is as wide as it lasts', () => {
  it.each([
    ['an ordinary day', '2026-11-24', whole, 24],
    ['the day on which an hour is left out', '2026-03-08', whole, 23],
    ['the day on which an hour comes twice', '2026-11-01', whole, 25],
    ['working hours of the day on which an hour is left out', '2026-03-08', { fromHour: 8, toHour: 18 }, 10],
    ['working hours of the day on which an hour comes twice', '2026-11-01', { fromHour: 8, toHour: 18 }, 10],
  ])('%s', (_, day, hours, expected) => expect(axisOf(ZONE, [day], hours, 10).width).toBe(expected * 10))

  it('and the hours are named where they stand: none that is left out', () => {
    const axis = axisOf(ZONE, ['2026-03-08'], whole, 50)
    expect(ticksOf(axis, axis.days[0]!).slice(0, 4)).toEqual([{ hour: 0, x: 0 }, { hour: 1, x: 50 }, { hour: 3, x: 100 }, { hour: 4, x: 150 }])
  })
  it('an hour that the clocks jump over is no place', () => {
    const axis = axisOf(ZONE, ['2026-03-08'], whole, 50)
    expect([xOfMoment(axis, { day: '2026-03-08', minute: 150 }), xOfMoment(axis, { day: '2026-03-08', minute: 180 }), xOfMoment(axis, { day: '2026-03-09', minute: 180 })]).toEqual([undefined, 100, undefined])
  })
})

test('a quarter of an hour is found again where it stands, on every day of the year', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 364 }), fc.integer({ min: 32, max: 71 }), fc.integer({ min: 8, max: 120 }), (ahead, quarter, pxPerHour) => {
    const day = daysFromDay('2026-01-01', ahead)
    const axis = axisOf(ZONE, week(daysFromDay(day, -2), 5), { fromHour: 8, toHour: 18 }, pxPerHour)
    const moment = { day, minute: quarter * 15 }
    expect(momentAt(axis, xOfMoment(axis, moment)! + 0.01)).toEqual(moment)
    expect(momentOf(localStart(moment))).toEqual(moment)
  }), { numRuns: 60 })
})

test('what lies outside the hours drawn stands at their edge, and never outside the canvas', () => {
  const axis = axisOf(ZONE, week('2026-11-23'), { fromHour: 8, toHour: 18 }, 20)
  fc.assert(fc.property(fc.integer({ min: -5_000, max: 20_000 }), (minutes) => {
    const x = xOf(axis, Date.parse('2026-11-23T08:00:00Z') + minutes * 60_000)
    expect(x >= 0 && x <= axis.width).toBe(true)
    expect(xOf(axis, Date.parse('2026-11-23T08:00:00Z') + (minutes + 15) * 60_000)).toBeGreaterThanOrEqual(x)
  }), { numRuns: 60 })
})

test('the window moves in steps, and always holds what is seen', () => {
  for (const scrollLeft of [0, 1, 119, 120, 333]) {
    const { left, right } = windowOf({ scrollLeft, scrollTop: 0, clientWidth: 1_000, clientHeight: 600 })
    expect([left <= scrollLeft, right >= scrollLeft + 1_000, left % 120 === 0]).toEqual([true, true, true])
  }
})

test('the days around the one in hand are asked about first, every day once', () => {
  const days = week('2026-11-23')
  const asked = nearest(days, '2026-11-25')
  expect(asked[0]).toEqual(['2026-11-25', '2026-11-25'])
  expect(asked.flatMap(([from, to]) => week(from, 2).filter((day) => day <= to)).toSorted()).toEqual(days)
})
