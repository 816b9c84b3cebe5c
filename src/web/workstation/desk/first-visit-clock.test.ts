import { describe, expect, it } from 'vitest'
import { firstVisitClock, waited } from './first-visit-clock.ts'

const ZONE = 'America/Los_Angeles'
/** Noon in California on a day of November 2026, after the clocks went back. */
const noon = (day: string) => `${day}T20:00:00.000Z`

describe('the promise of a first visit within the week', () => {
  it.each([
    ['2026-11-20', 'First visit due by Fri, Nov 27, 7 days left', undefined],
    ['2026-11-24', 'First visit due by Fri, Nov 27, 3 days left', undefined],
    ['2026-11-25', 'First visit due by Fri, Nov 27, 2 days left', 'caution'],
    ['2026-11-26', 'First visit due by Fri, Nov 27, 1 day left', 'caution'],
    ['2026-11-27', 'First visit due today, Fri, Nov 27', 'caution'],
    ['2026-11-28', 'First visit was due by Fri, Nov 27, 1 day ago', 'call'],
    ['2026-12-01', 'First visit was due by Fri, Nov 27, 4 days ago', 'call'],
  ])('on %s', (today, says, level) => {
    expect(firstVisitClock(noon('2026-11-27'), noon(today), ZONE)).toEqual(level ? { says, level } : { says })
  })

  it('counts days of the practice, not of the clock in London', () => {
    // Half past four in the afternoon in California is already the next day in UTC.
    expect(firstVisitClock('2026-11-28T00:30:00.000Z', noon('2026-11-26'), ZONE).says).toBe('First visit due by Fri, Nov 27, 1 day left')
  })
})

describe('how long somebody has waited', () => {
  it.each([
    ['2026-11-21', 'today'],
    ['2026-11-20', 'yesterday'],
    ['2026-11-16', '5 days ago'],
  ])('who wrote on %s', (day, says) => expect(waited(noon(day), noon('2026-11-21'), ZONE)).toBe(says))
})
