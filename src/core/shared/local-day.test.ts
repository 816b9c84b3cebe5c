import { expect, test } from 'vitest'
import { sayDay, sayTime } from './local-day.ts'

test.each([
  ['2026-11-24T18:05:00.000Z', 'America/Los_Angeles', 'Tue, Nov 24', '10:05 AM'], ['2026-11-24T07:59:00.000Z', 'America/Los_Angeles', 'Mon, Nov 23', '11:59 PM'],
  ['2027-01-01T00:00:00.000Z', 'UTC', 'Fri, Jan 1', '12:00 AM'], ['2026-03-29T23:30:00.000Z', 'Europe/Berlin', 'Mon, Mar 30', '1:30 AM'],
])('%s in %s is %s, %s', (at, zone, day, time) => expect([sayDay(at, zone), sayTime(at, zone)]).toEqual([day, time]))
