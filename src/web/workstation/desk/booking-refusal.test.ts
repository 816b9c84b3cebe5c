import { describe, expect, it } from 'vitest'
import type { BookedVisit } from '../../../core/chart/kinds/aftercare.ts'
import { clock } from '../../sync/clock.ts'
import { bookingRefusal, isLostRace } from './booking-refusal.ts'

const year = clock.now().slice(0, 4)
const visit: BookedVisit = { visit: '4b066255-b583-4147-9722-4087af633112', type: 'preparation', number: 2, startsAt: `${year}-12-07T17:00:00.000Z`, endsAt: `${year}-12-07T18:00:00.000Z`, localStart: `${year}-12-07T09:00`, zone: 'America/Los_Angeles', people: [], online: false }
const refused = (code: string, ...list: { code: string; says: string }[]) => ({ code, what: 'Refused.', list })
const taken = { code: 'busy', says: `${visit.visit}: Jonas Lindqvist is taken` }
const noRoom = { code: 'room', says: `${visit.visit}: has no room` }

describe('a lost race', () => {
  it.each([
    ['the database refused the overlap', refused('plan.clash'), true],
    ['the check found somebody taken', refused('plan.violates', taken), true],
    ['a rule is broken', refused('plan.violates', noRoom), false],
    ['a course may not be planned', refused('plan.refused', { code: 'too-young', says: 'Too young.' }), false],
  ])('%s', (_, refusal, lost) => expect(isLostRace(refusal)).toBe(lost))

  it('is told once, not visit by visit', () => expect(bookingRefusal(refused('plan.violates', taken, noRoom), [visit]).list).toEqual([]))
})

it('calls a visit by its name and day', () => {
  const [reason] = bookingRefusal(refused('plan.violates', noRoom), [visit]).list
  expect(reason?.says).toMatch(/^Preparation 2 on \w{3}, Dec 7: has no room$/)
})
