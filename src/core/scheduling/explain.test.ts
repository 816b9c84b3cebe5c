import { describe, expect, test } from 'vitest'
import { protocols } from '../../knowledge/protocols.ts'
import { explainDay } from './explain.ts'
import { ana, ben, hours, mia, requestFor, roomOne, roomTwo, rosa } from './fixtures.ts'
import type { FixedVisit, PlanRequest } from './request.ts'
import { firstVisitSlots } from './slots.ts'

const request = requestFor(protocols['solo-six'])

const stands = (visit: string, type: FixedVisit['type'], number: number, startsAt: string, lengthMin: number): FixedVisit => ({
  visit, type, number, state: 'booked', startsAt, endsAt: new Date(Date.parse(startsAt) + lengthMin * 60_000).toISOString(),
})
/** Everything before medicine has happened; doses on Mon 2 and Thu, Mar 5 at 09:00, integration on the days after. */
const midway: PlanRequest = request({
  earliest: '2026-02-24', clearance: { state: 'signed', validUntil: '2026-05-10' },
  fixed: [
    stands('in', 'intake', 1, '2026-02-02T17:00:00.000Z', 60), stands('p1', 'preparation', 1, '2026-02-09T17:00:00.000Z', 60), stands('p2', 'preparation', 2, '2026-02-16T17:00:00.000Z', 60), stands('p3', 'preparation', 3, '2026-02-23T17:00:00.000Z', 60),
    stands('m1', 'medicine', 1, '2026-03-02T17:00:00.000Z', 180), stands('i1', 'integration', 1, '2026-03-03T17:00:00.000Z', 60), stands('m2', 'medicine', 2, '2026-03-05T17:00:00.000Z', 180), stands('i2', 'integration', 2, '2026-03-06T17:00:00.000Z', 60),
  ],
})
const says = (asked: PlanRequest, day: string, type: FixedVisit['type'] = 'medicine', number?: number) => explainDay(asked, day, type, number).reasons.map((reason) => reason.says)

const elsewhere = (from: string, to: string) => ({ startsAt: `2026-03-09T${from}:00.000Z`, endsAt: `2026-03-09T${to}:00.000Z` })

describe('why a day is impossible', () => {
  test.each<[string, string[]]>([
    ['2026-03-06', ['Medicine session 3 comes at least 2 days after medicine session 2 on Thu, Mar 5.', 'There would be too many doses within 7 days, counting the one on Mon, Mar 2.', 'The integration visit of the dose before is on Fri, Mar 6; it comes first.', 'This is less than 48 h after the dose on Thu, Mar 5.'].toSorted()],
    ['2026-03-08', ['There would be too many doses within 7 days, counting the one on Mon, Mar 2.', 'Ana Solano does not work on a Sun.', 'No monitor is free on Sun, Mar 8.', 'No prescriber can be on call for this room on Sun, Mar 8.'].toSorted()],
    ['2026-03-13', ['Medicine session 3 comes at most 7 days after medicine session 2 on Thu, Mar 5.']],
    ['2026-02-20', ['Planning begins on Tue, Feb 24.']],
  ])('the third dose on %s', (day, expected) => expect(expect.arrayContaining(expected)).toEqual(says(midway, day).toSorted()))

  test('Monday 9 March is fine, with every start named', () => {
    const fine = explainDay(midway, '2026-03-09', 'medicine')
    expect(fine).toMatchObject({ possible: true, reasons: [] })
    expect([fine.starts[0], fine.starts.at(-1), fine.starts.length]).toEqual(['09:00', '14:00', 11])
  })

  test.each<[string, Partial<PlanRequest>, string[]]>([
    ['the room lacks what medicine needs', { rooms: [{ ...roomOne, closed: [{ from: '2026-03-09', to: '2026-03-09' }] }, roomTwo] }, ['Room 1 is closed on Mon, Mar 9.', 'Room 2 has no recliner.']],
    ['the room is taken', { rooms: [{ ...roomOne, busy: [{ startsAt: '2026-03-09T06:00:00.000Z', endsAt: '2026-03-10T08:00:00.000Z' }] }] }, ['Room 1 is taken on Mon, Mar 9.']],
    ['the room is taken by day', { rooms: [{ ...roomOne, busy: [{ startsAt: '2026-03-09T16:00:00.000Z', endsAt: '2026-03-10T02:00:00.000Z' }] }] }, ['Room 1 is not free on Mon, Mar 9 when the others are.']],
    ['the therapist is away', { people: [{ ...ana, away: [{ from: '2026-03-09', to: '2026-03-11', why: 'holiday' }] }, mia, rosa] }, ['Ana Solano is away on Mon, Mar 9 (holiday).']],
    ['the practice is closed', { closed: [{ from: '2026-03-09', to: '2026-03-09', why: 'Founders’ Day' }] }, ['The practice is closed on Mon, Mar 9 (Founders’ Day).']],
    ['the practice is closed, and nobody is there anyway', { closed: [{ from: '2026-03-01', to: '2026-03-31' }], people: [{ ...ana, away: [{ from: '2026-03-09', to: '2026-03-11' }] }, mia, rosa] }, ['The practice is closed on Mon, Mar 9.']],
    ['the therapist is off', { people: [{ ...ana, otherHours: [{ day: '2026-03-09', hours: [] }] }, mia, rosa] }, ['Ana Solano is off on Mon, Mar 9.']],
    ['the therapist has only two hours', { people: [{ ...ana, otherHours: [{ day: '2026-03-09', hours: [{ from: '09:00', to: '11:00' }] }] }, mia, rosa] }, ['Ana Solano has no 180 minutes free on Mon, Mar 9.']],
    ['the therapist is busy elsewhere', { people: [{ ...ana, elsewhere: [elsewhere('16:00', '23:00')] }, mia, rosa] }, ['Ana Solano is busy elsewhere on Mon, Mar 9 and has no 180 minutes free.']],
    ['the therapist is busy elsewhere at hours that are not theirs', { people: [{ ...ana, elsewhere: [elsewhere('10:00', '16:00')], otherHours: [{ day: '2026-03-09', hours: [{ from: '09:00', to: '11:00' }] }] }, mia, rosa] }, ['Ana Solano has no 180 minutes free on Mon, Mar 9.']],
    ['the monitor is busy elsewhere', { people: [ana, { ...mia, elsewhere: [elsewhere('15:00', '23:59')] }, rosa] }, ['No monitor is free on Mon, Mar 9. Busy elsewhere that day: Mia Lund.']],
    ['whoever would be on call is busy elsewhere', { people: [ana, mia, { ...rosa, elsewhere: [elsewhere('15:00', '23:59')] }] }, ['No prescriber can be on call for this room on Mon, Mar 9. Busy elsewhere that day: Rosa Feld.']],
    ['no monitor', { people: [ana, { ...mia, away: [{ from: '2026-03-09', to: '2026-03-09' }] }, rosa] }, ['No monitor is free on Mon, Mar 9.']],
    ['every lane is taken', { people: [ana, mia, { ...rosa, lanes: [1, 2, 3, 4].map((lane) => ({ lane, startsAt: '2026-03-09T14:00:00.000Z', endsAt: '2026-03-10T02:00:00.000Z' })) }] }, ['No prescriber can be on call for this room on Mon, Mar 9.']],
    ['the patient cannot come', { wishes: { when: [], blackout: ['2026-03-09'], online: [] } }, ['The patient cannot come on Mon, Mar 9.']],
    ['the patient comes on Tuesdays', { wishes: { when: [{ weekdays: [2], strength: 'must' }], blackout: [], online: [] } }, ['Mon, Mar 9 does not fit the times the patient can come.']],
    ['the clearance has ended', { clearance: { state: 'signed', validUntil: '2026-03-08' } }, ['The medical clearance ends on Sun, Mar 8.']],
    ['people are there at different hours', { people: [{ ...ana, hours: hours('09:00', '13:00') }, { ...mia, hours: hours('13:00', '18:00') }, rosa] }, ['Ana Solano is not free on Mon, Mar 9 when the others are.', 'No monitor is free on Mon, Mar 9 when the others are.']],
  ])('%s', (_, changes, expected) => expect(says({ ...midway, ...changes }, '2026-03-09')).toEqual(expected))

  test('what stands beside a busy time is offered to the minute', () => {
    const { starts } = explainDay({ ...midway, people: [{ ...ana, elsewhere: [elsewhere('16:00', '18:30')] }, mia, rosa] }, '2026-03-09', 'medicine')
    expect([starts[0], starts.at(-1)]).toEqual(['11:30', '14:00'])
  })

  test('a visit between two others is seen from both sides', () => {
    const gone = { ...midway, fixed: midway.fixed.filter((visit) => visit.visit !== 'i1') }
    expect(says(gone, '2026-03-05', 'integration', 1)).toContain('Integration 1 comes before the next dose, on Thu, Mar 5.')
    expect(explainDay(gone, '2026-03-04', 'integration', 1).possible).toBe(true)
    expect(says(gone, '2026-03-02', 'integration', 1)).toContain('Integration 1 comes 1 to 3 days after the dose on Mon, Mar 2.')
  })
  test('too early for what has to come before', () => expect(says(request(), '2026-02-10')).toEqual(['What comes before medicine session 1 takes until then: Thu, Feb 26 is the first day it could be.']))
  test('nothing left to book', () => expect(says(midway, '2026-03-09', 'intake')).toEqual(['This course has no such visit left to book.']))
})

describe('the first visit', () => {
  const { fixed: _fixed, therapist: _therapist, continuity: _continuity, clearance: _clearance, onCall: _onCall, ...rest } = request({ earliest: '2026-11-23', latest: '2026-12-20' })
  const ask = { ...rest, type: 'intake' as const, therapists: ['ana', 'ben'], notBefore: '2026-11-23T18:10:00.000Z', matchedOn: '2026-11-21', limit: 12, perDay: 2 }

  test('is offered at the next free times, never in the past, and says which are soon enough', () => {
    const people = [{ ...ana, away: [{ from: '2026-11-24', to: '2026-11-27' }] }, ben, mia, rosa]
    const { slots } = firstVisitSlots({ ...ask, people })
    expect(slots.slice(0, 5).map((slot) => [slot.therapist, slot.localStart, slot.soonEnough])).toEqual([
      ['ana', '2026-11-23T10:30', true], ['ben', '2026-11-23T10:30', true], ['ana', '2026-11-23T16:00', true], ['ben', '2026-11-23T16:00', true], ['ben', '2026-11-24T09:00', true],
    ])
    expect(slots.every((slot) => slot.soonEnough === slot.day <= '2026-11-28')).toBe(true)
    expect(slots).toHaveLength(12)
  })
  test('online needs no room', () => expect(firstVisitSlots({ ...ask, rooms: [], wishes: { when: [], blackout: [], online: ['intake'] } }).slots[0]).toMatchObject({ online: true }))
  test('is never on a day on which the practice is closed', () => {
    const closed = [{ from: '2026-11-23', to: '2026-11-27', why: 'Thanksgiving' }]
    expect(firstVisitSlots({ ...ask, closed }).slots[0]?.day).toBe('2026-11-30')
    expect(firstVisitSlots({ ...ask, closed, latest: '2026-11-23' }).reasons.map((reason) => reason.says)).toEqual(['The practice is closed on Mon, Nov 23 (Thanksgiving).'])
  })
  test('none says why', () => {
    const people = [{ ...ana, away: [{ from: '2026-11-01', to: '2026-12-31' }] }]
    const answer = firstVisitSlots({ ...ask, therapists: ['ana'], people, latest: '2026-11-24' })
    expect(answer.slots).toEqual([])
    expect(answer.reasons.map((reason) => reason.says)).toEqual(['Ana Solano is away on Mon, Nov 23.', 'Ana Solano is away on Tue, Nov 24.'])
  })
})
