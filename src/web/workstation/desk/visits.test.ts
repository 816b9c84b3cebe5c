import { expect, test, vi } from 'vitest'
import { visitDay } from './visits.ts'

let now = '2026-11-24T17:00:00.000Z'
vi.mock('../../sync/clock.ts', () => ({ clock: { now: () => now } }))

test.each([
  ['2026-11-24T17:00:00.000Z', '2027-01-01T00:30:00.000Z', 'Thu, Dec 31'], ['2026-11-24T17:00:00.000Z', '2027-01-01T18:00:00.000Z', 'Fri, Jan 1, 2027'],
  ['2027-01-01T02:00:00.000Z', '2027-01-01T03:00:00.000Z', 'Thu, Dec 31'], ['2027-01-01T02:00:00.000Z', '2027-01-02T18:00:00.000Z', 'Sat, Jan 2, 2027'],
])('at %s a visit of %s is on %s: both by the wall', (at, startsAt, says) => {
  now = at
  expect(visitDay({ startsAt, endsAt: startsAt, zone: 'America/Los_Angeles' })).toBe(says)
})
