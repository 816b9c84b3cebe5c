import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { protocols } from '../../knowledge/protocols.ts'
import { bookedFrom, plannedFrom } from './booked.ts'
import { violations } from './check.ts'
import { ana, bookedOn, mondayThursday, requestFor, taken } from './fixtures.ts'
import { placesOf } from './places.ts'
import { repair, type CourseChange, type Repair } from './repair.ts'
import { dayNumber, dayOfNumber } from './zone.ts'

const request = requestFor(protocols['solo-six'])

const asked = request({ wishes: { when: [{ ...mondayThursday, strength: 'rather' }], blackout: [], online: [] } })
/** Doses on 2, 5, 9, 12, 16 and 19 March at 09:00; what a booking leaves in the calendars is in them. */
const booked = bookedOn(asked)
const standing = taken(asked, booked)
const repaired = (change: CourseChange, plan = standing): Repair => {
  const done = repair(plan, booked, change)
  if (!done.ok) throw new Error(JSON.stringify(done.refusal, null, 1))
  expect(violations({ visits: done.value.visits }, plan)).toEqual([])
  return done.value
}
const moved = (done: Repair) => done.changes.map((change) => `${change.visit} ${change.to.localStart.slice(5)} ${change.what}`)

describe('one visit moves', () => {
  test.each<[string, string, string[]]>([
    // medicine 3 stands on Mon, Mar 9, integration 3 on 10, medicine 4 on Thu 12
    ['to later the same day: nothing else changes', '2026-03-09T13:00', ['medicine-3 03-09T13:00 asked']],
    // Tue 10, Thu 12 and Mon 16 would be three doses in seven days, so the fifth moves as well.
    ['to Tuesday', '2026-03-10T09:00', ['medicine-3 03-10T09:00 asked', 'integration-3 03-11T09:00 time', 'medicine-5 03-17T09:00 time', 'integration-5 03-18T09:00 time']],
  ])('%s', (_, to, expected) => expect(moved(repaired({ kind: 'move', visit: 'medicine-3', to }))).toEqual(expected))

  test('every other change comes with its reason', () => {
    const done = repaired({ kind: 'move', visit: 'medicine-3', to: '2026-03-10T09:00' })
    expect(done.changes.map((change) => change.why.map((reason) => reason.says))).toEqual([
      ['This is the visit that was asked to move.'],
      ['Integration 3 comes 1 to 3 days after the dose on Tue, Mar 10.'],
      ['There would be too many doses within 7 days, counting the one on Tue, Mar 10.'],
      ['Integration 5 comes 1 to 3 days after the dose on Tue, Mar 17.'],
    ])
  })
  test('to Wednesday pushes the doses after it, each as little as the week allows', () => {
    const done = repaired({ kind: 'move', visit: 'medicine-3', to: '2026-03-11T09:00' })
    expect(moved(done)).toEqual(['medicine-3 03-11T09:00 asked', 'integration-3 03-12T09:00 time', 'medicine-4 03-13T09:00 time', 'integration-4 03-16T09:00 time', 'medicine-5 03-18T09:00 time', 'integration-5 03-19T09:00 time', 'medicine-6 03-20T09:00 time', 'integration-6 03-23T09:00 time'])
  })
  test('to another time, whichever fits best', () => {
    const done = repaired({ kind: 'move', visit: 'integration-4' })
    expect(done.changes).toHaveLength(1)
    expect(done.changes[0]?.to.startsAt).not.toBe(done.changes[0]?.from.startsAt)
  })
  test.each<[string, string, string, RegExp]>([
    ['a Sunday', 'medicine-3', '2026-03-08T09:00', /does not work on a Sun/],
    ['an hour that does not exist', 'medicine-3', '2026-03-08T02:30', /./],
    ['the evening', 'medicine-3', '2026-03-09T19:00', /cannot start at 7:00 PM on Mon, Mar 9/],
    ['before the visits that come first', 'medicine-1', '2026-02-10T09:00', /^What comes before medicine session 1 takes until then: \w+, Feb \d+ is the first day it could be\.$/],
    ['a visit nobody knows', 'medicine-9', '2026-03-09T09:00', /no such visit/],
  ])('refused: %s', (_, visit, to, pattern) => {
    const done = repair(standing, booked, { kind: 'move', visit, to })
    expect(done.ok).toBe(false)
    if (!done.ok) expect(done.refusal.impossible.map((reason) => reason.says).join(' ')).toMatch(pattern)
  })
})

describe('somebody is away', () => {
  const on = (day: string) => ({ startsAt: `${day}T08:00:00.000Z`, endsAt: `${day}T23:59:00.000Z` })
  test('the monitor: another takes the place and no time changes', () => {
    const done = repaired({ kind: 'absence', person: 'mia', ...on('2026-03-12') })
    expect(moved(done)).toEqual(['medicine-4 03-12T09:00 people'])
    expect(done.changes[0]?.why[0]?.says).toBe('Mia Lund is away on Thu, Mar 12.')
    expect(done.changes[0]?.to.people.map((one) => one.person)).toEqual(['ana', 'ben'])
  })
  test('the therapist: the visit moves, and as few others as possible', () => {
    const done = repaired({ kind: 'absence', person: 'ana', ...on('2026-03-19') })
    expect(moved(done)).toEqual(['medicine-6 03-20T09:00 time', 'integration-6 03-23T09:00 time'])
  })
  test('the therapist, where another may step in: nobody has to come at another time', () => {
    const plan = { ...standing, continuity: 'preferred' as const, people: [...standing.people, { ...ana, id: 'lea', name: 'Lea Roth', busy: [] }] }
    expect(moved(repaired({ kind: 'absence', person: 'ana', ...on('2026-03-20') }, plan))).toEqual(['integration-6 03-20T09:00 people'])
  })
  test('a room is closed', () => {
    const done = repaired({ kind: 'room-closed', room: 'room-2', ...on('2026-03-10') })
    expect(moved(done)).toEqual(['integration-3 03-10T09:00 room'])
    expect(done.changes[0]?.why[0]?.says).toBe('Room 2 is closed on Tue, Mar 10.')
  })
  test('nothing is touched: nothing changes', () => expect(repaired({ kind: 'absence', person: 'rosa', ...on('2026-03-10') }).changes).toEqual([]))
  test('for six weeks: refused with reasons', () => {
    const done = repair({ ...standing, latest: '2026-03-31' }, booked, { kind: 'absence', person: 'ana', startsAt: '2026-03-06T08:00:00.000Z', endsAt: '2026-04-20T08:00:00.000Z' })
    expect(done.ok).toBe(false)
    if (!done.ok) expect(done.refusal.impossible.length).toBeGreaterThan(0)
  })
})

describe('a clearance that is still to come lasts as long as the course that moves', () => {
  const cleared = dayNumber(booked.find(({ type }) => type === 'medical-clearance')?.day ?? '')
  const lasting = (days: number) => ({ ...standing, protocol: { ...standing.protocol, gates: { ...standing.protocol.gates, clearanceValidDays: days } } })
  const toTheDay = lasting(dayNumber('2026-03-19') - cleared)
  const nextDay: CourseChange = { kind: 'move', visit: 'medicine-6', to: '2026-03-20T09:00' }
  test('the last dose moves to the day after its end: the clearance comes later too', () => {
    expect(moved(repaired(nextDay, lasting(dayNumber('2026-03-20') - cleared)))).toEqual(['medicine-6 03-20T09:00 asked', 'integration-6 03-23T09:00 time'])
    const done = repaired(nextDay, toTheDay)
    expect(done.changes.map(({ visit, what }) => `${visit} ${what}`)).toEqual(['medical-clearance-1 time', 'medicine-6 asked', 'integration-6 time'])
    expect(done.changes[0]?.why[0]?.says).toMatch(/^More than \d+ days would lie between clearance and the last dose/)
  })
  test('it has taken place: refused, and a start within it is not offered anywhere beyond', () => {
    const intake = booked.filter(({ type }) => type === 'intake' || type === 'medical-clearance')
    const since = { ...toTheDay, earliest: dayOfNumber(cleared + 1), fixed: intake.map(({ visit, type, number, startsAt, endsAt }) => ({ visit, type, number, startsAt, endsAt, state: 'happened' as const })) }
    const rest = booked.filter((visit) => !intake.includes(visit))
    const refused = repair(since, rest, nextDay)
    expect(refused.ok ? refused.value.changes.map(({ visit }) => visit) : refused.refusal.impossible.map(({ code }) => code)).toEqual(['clearance-valid'])
    const offered = placesOf(since, rest, 'medicine-6', '2026-03-19', '2026-03-20')
    expect(offered.ok && offered.value.map(({ free }) => free.length > 0)).toEqual([true, false])
  })
})

describe('what was booked by hand', () => {
  const evening = booked.map((visit) => (visit.visit === 'preparation-2' ? { ...visit, localStart: '2026-02-16T18:00', startsAt: '2026-02-17T02:00:00.000Z', endsAt: '2026-02-17T03:00:00.000Z', roomUntil: '2026-02-17T03:00:00.000Z' } : visit))
  test('outside the usual hours stays where it is', () => {
    const done = repair(taken(asked, evening), evening, { kind: 'move', visit: 'medicine-6', to: '2026-03-19T13:00' })
    expect(done.ok && done.value.changes.map((change) => change.visit)).toEqual(['medicine-6'])
  })
  test('goes to the chart and back without loss', () => {
    for (const visit of booked) expect(plannedFrom(bookedFrom(visit, visit.visit), asked.protocol, visit.onCall?.lane)).toEqual(visit)
  })
})

test('whatever day anybody is away, the repair is sound and every change has a reason', () => {
  fc.assert(
    fc.property(fc.constantFrom('ana', 'mia', 'rosa'), fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 3 }), (person, from, days) => {
      const start = dayOfNumber(dayNumber('2026-02-02') + from)
      const change = { kind: 'absence' as const, person, startsAt: `${start}T08:00:00.000Z`, endsAt: `${dayOfNumber(dayNumber(start) + days)}T08:00:00.000Z` }
      const done = repair(standing, booked, change)
      if (!done.ok) {
        expect(done.refusal.impossible.length).toBeGreaterThan(0)
        return
      }
      const busy = { ...standing, people: standing.people.map((one) => (one.id === person ? { ...one, busy: [...one.busy, change] } : one)) }
      expect(violations({ visits: done.value.visits }, busy)).toEqual([])
      for (const changed of done.value.changes) expect(changed.why.length).toBeGreaterThan(0)
      const untouched = booked.filter((visit) => !done.value.changes.some((changed) => changed.visit === visit.visit))
      for (const visit of untouched) expect(done.value.visits).toContainEqual(visit)
    }),
    { numRuns: 12, seed: 3 },
  )
})
