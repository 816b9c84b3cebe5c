import { expect, test } from 'vitest'
import { wordsOf } from './invite.ts'

test.each([
  ['2027-01-01T01:00:00.000Z', '2027-01-01T01:50:00.000Z', 'America/Los_Angeles', 'Thu, Dec 31, 2026, 5:00 PM to 5:50 PM (America/Los Angeles)'],
  ['2026-12-31T23:30:00.000Z', '2027-01-01T00:20:00.000Z', 'Europe/Vienna', 'Fri, Jan 1, 2027, 12:30 AM to 1:20 AM (Europe/Vienna)'],
])('day and year of a visit are those of its wall, whatever year it is elsewhere', (startsAt, endsAt, zone, when) => {
  expect(wordsOf({ startsAt, endsAt, zone, stands: true, stood: null })).toEqual(['A visit is booked', `A visit was booked:\n\n${when}`])
})
