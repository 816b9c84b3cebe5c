import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SoonerWished } from '../chart/kinds/aftercare.ts'
import { protocols } from '../../knowledge/protocols.ts'
import { bookedFrom } from './booked.ts'
import { violations } from './check.ts'
import { fitting, type Freed, type Waiting, type WaitsFirst, type WaitsSooner } from './fill.ts'
import { ana, ben, bookedOn, mia, requestFor, roomOne, roomTwo, rosa, taken } from './fixtures.ts'

/** Doses on 2, 5, 9, 12, 16 and 19 March at 09:00, integration on the day after each, the first follow-up on the 26th. */
const asked = requestFor(protocols['solo-six'])()
const booked = bookedOn(asked)
const request = taken(asked, booked)
const NOW = '2026-03-12T16:00:00.000Z'
const wish: SoonerWished = { from: '2026-03-12', to: '2026-03-31', weekdays: [], otherWay: false, noticeHours: 24 }
/** An hour on the wall of that March, whose clocks have gone forward. */
const at = (day: string, clock: string) => new Date(`2026-03-${day}T${clock}:00.000-07:00`).toISOString()
const withAna = [{ person: 'ana', name: 'Ana Solano', role: 'therapist' }]
const freed = (day = '24', from = '10:00', to = '11:00', more: Partial<Freed> = {}): Freed => ({ startsAt: at(day, from), endsAt: at(day, to), people: withAna, room: { id: 'room-2', name: 'Room 2' }, ...more })
const sooner = (more: Partial<Omit<WaitsSooner, 'wish'>> & { readonly wish?: Partial<SoonerWished>; readonly of?: string } = {}): WaitsSooner => {
  const { wish: named, of = 'follow-up-1', ...rest } = more
  return { kind: 'sooner', id: 'mara', name: 'Mara', since: '2026-03-01T09:00:00.000Z', visit: bookedFrom(booked.find(({ visit }) => visit === of)!, of), wish: { ...wish, ...named }, request, booked, cleared: {}, ...rest }
}
const first = (more: Partial<WaitsFirst> = {}): WaitsFirst => ({
  kind: 'first', id: 'ida', name: 'Ida', since: '2026-03-05T09:00:00.000Z', wanted: { ways: ['in-person', 'online'], when: [] },
  search: { protocol: asked.protocol, zone: asked.zone, people: asked.people, rooms: asked.rooms, stepMin: 30, earliest: '2026-03-12', latest: '2026-04-09', notBefore: NOW, therapists: [{ person: 'ana', takesNew: true, online: true, inPerson: true }] }, ...more,
})
const whoFits = (...asked: Parameters<typeof fitting>) => {
  const work = fitting(...asked)
  for (;;) { const step = work.next(); if (step.done) return step.value }
}
const judged = (who: Waiting, time = freed()) => {
  const { fits, not } = whoFits(time, [who], NOW)
  return fits[0] ? { at: fits[0].place.localStart.slice(5), others: Math.max(0, fits[0].changes.length - 1) } : not[0]!.why
}

describe('who fits a time that came free', () => {
  test('at its beginning, in the room that came free, with what speaks for it and against it', () => {
    const { fits: [fit] } = whoFits(freed(), [sooner()], NOW)
    expect([fit!.place.localStart, fit!.place.room?.id, fit!.changes.map(({ visit }) => visit)]).toEqual(['2026-03-24T10:00', 'room-2', ['follow-up-1']])
    expect(fit!.pro).toEqual(['With Ana Solano, as booked.', 'The rest of their course stays as it is, and keeps its order and its spacing.', 'At a time that they named, with enough notice.'])
    expect(fit!.con).toEqual(['It leaves 15 minutes of the time unused.'])
  })
  test.each<[string, Waiting, Freed, unknown]>([
    ['the whole of it', sooner(), freed('24', '10:00', '10:45'), { at: '03-24T10:00', others: 0 }],
    ['an hour that was named, later in the time', sooner({ wish: { after: '10:15' } }), freed(), { at: '03-24T10:15', others: 0 }],
    ['exactly the notice they need', sooner({ wish: { noticeHours: 289 } }), freed(), { at: '03-24T10:00', others: 0 }],
    ['notice enough only for its second half', sooner({ wish: { noticeHours: 289 } }), freed('24', '09:30', '11:00'), { at: '03-24T10:00', others: 0 }],
    ['more notice than there is', sooner({ wish: { noticeHours: 290 } }), freed(), ['They need 290 hours’ notice.']],
    ['shorter than the visit', sooner(), freed('24', '10:00', '10:30'), ['Their visit takes longer than the time that came free.']],
    ['no sooner', sooner(), freed('26', '10:00', '11:00'), ['It is no sooner than their visit.']],
    ['a day before those named', sooner({ wish: { from: '2026-03-25' } }), freed(), ['They would come sooner from Wed, Mar 25 to Tue, Mar 31.']],
    ['another weekday', sooner({ wish: { weekdays: [1, 3] } }), freed(), ['Not on a weekday that they named.']],
    ['another hour', sooner({ wish: { before: '10:15' } }), freed(), ['Not at an hour that they named.']],
    ['said no to it', sooner({ said: 'no' }), freed(), ['They said no to this time.']],
    ['asked about something else', sooner({ held: 'They are being asked about another time now.' }), freed(), ['They are being asked about another time now.']],
    ['the order of the course', sooner(), freed('18'), expect.arrayContaining([expect.stringContaining('Follow-up 1')])],
    ['somebody else’s time, in somebody else’s room', sooner(), freed('24', '10:00', '11:00', { people: [{ person: 'ben', name: 'Ben Okafor', role: 'therapist' }], room: { id: 'room-9', name: 'Room 9' } }), ['They would need nobody and no room of what came free, so it does not hang on this time.']],
    ['the room alone', sooner(), freed('24', '10:00', '11:00', { people: [] }), { at: '03-24T10:00', others: 0 }],
    ['a dose, with its integration', sooner({ of: 'medicine-6' }), freed('18', '09:00', '12:00', { people: [...withAna, { person: 'mia', name: 'Mia Lund', role: 'monitor' }], room: { id: 'room-1', name: 'Room 1' } }), { at: '03-18T09:00', others: expect.any(Number) }],
    ['a dose without a clearance', sooner({ of: 'medicine-6', cleared: undefined }), freed('18', '09:00', '12:00'), ['No clearance stands for them.']],
    ['a dose after the clearance', sooner({ of: 'medicine-6', cleared: { until: '2026-03-17' } }), freed('18', '09:00', '12:00'), ['Their clearance ends on Tue, Mar 17.']],
    ['a dose on the clearance’s last day', sooner({ of: 'medicine-6', cleared: { until: '2026-03-18' } }), freed('18', '09:00', '12:00'), { at: '03-18T09:00', others: expect.any(Number) }],
    ['a first visit', first(), freed(), { at: '03-24T10:00', others: 0 }],
    ['a first visit at other hours', first({ wanted: { ways: ['online'], when: [{ from: '17:00', to: '21:00', strength: 'must' }] } }), freed(), ['No first visit that fits what they named is free on that day.']],
    ['a first visit with nobody who takes new people', first({ search: { ...first().search, therapists: [] } }), freed(), ['No first visit that fits what they named is free on that day.']],
    ['a first visit that is longer', first(), freed('24', '10:00', '10:30'), ['No first visit that fits what they named lies in the time that came free.']],
  ])('%s', (_, who, time, expected) => expect(judged(who, time)).toEqual(expected))

  test('what else would move is said by name, and comes after whoever moves alone', () => {
    const dose = sooner({ id: 'tom', of: 'medicine-6', since: '2026-01-01T09:00:00.000Z' })
    const time = freed('18', '09:00', '12:00', { room: { id: 'room-1', name: 'Room 1' } })
    const { fits } = whoFits(time, [dose, first()], NOW)
    expect(fits.map(({ who }) => who.id)).toEqual(['ida', 'tom'])
    expect(fits[1]!.con.filter((says) => says.includes('would change too')).length).toBe(fits[1]!.changes.length - 1)
    expect(fits[1]!.changes.length).toBeGreaterThan(1)
  })
  test('of those who move alone, whoever leaves less unused; of these, whoever has waited longest', () => {
    const [early, late] = [sooner({ id: 'early', since: '2026-02-01T09:00:00.000Z' }), sooner({ id: 'late', since: '2026-03-11T09:00:00.000Z' })]
    expect(whoFits(freed(), [late, first(), early], NOW).fits.map(({ who }) => who.id)).toEqual(['ida', 'early', 'late'])
  })
  test('online instead, where they said that it would do and the course allows it', () => {
    const noRoom = { ...request, rooms: request.rooms.map((room) => ({ ...room, busy: [...room.busy, { startsAt: at('24', '08:00'), endsAt: at('24', '18:00') }] })) }
    const either = { ...noRoom, protocol: { ...noRoom.protocol, phases: noRoom.protocol.phases.map((phase) => (phase.type === 'follow-up' ? { ...phase, place: 'either' as const } : phase)) } }
    expect(judged(sooner({ request: either }))).toEqual(expect.arrayContaining([expect.stringContaining('Room 1 is not free')]))
    const { fits: [fit] } = whoFits(freed(), [sooner({ request: either, wish: { otherWay: true } })], NOW)
    expect([fit?.place.online, fit?.con[0]]).toEqual([true, 'It would be online instead of at the practice; they said that this would do.'])
  })
})

const anyTime = fc.record({ day: fc.constantFrom('18', '19', '23', '24', '25'), hour: fc.integer({ min: 9, max: 15 }), half: fc.constantFrom('00', '30'), hours: fc.constantFrom(1, 3) })
const anyWish = fc.record({ noticeHours: fc.constantFrom(0, 24, 72, 288), weekdays: fc.constantFrom<number[]>([], [1, 2, 3]), after: fc.constantFrom(undefined, '11:00'), of: fc.constantFrom('follow-up-1', 'follow-up-1', 'medicine-6', 'integration-6') })
const timeOf = ({ day, hour, half, hours }: { day: string; hour: number; half: string; hours: number }): Freed => {
  const startsAt = at(day, `${String(hour).padStart(2, '0')}:${half}`)
  return { startsAt, endsAt: new Date(Date.parse(startsAt) + hours * 3_600_000).toISOString(), people: [...withAna, { person: 'mia', name: 'Mia Lund', role: 'monitor' }], room: { id: 'room-1', name: 'Room 1' } }
}

test('whoever is offered a time keeps every rule of their course, has their notice, and comes within the time; taking one away keeps the order', { timeout: 60_000 }, () => {
  expect([ana, ben, mia, rosa, roomOne, roomTwo].map(({ id }) => id)).toEqual(['ana', 'ben', 'mia', 'rosa', 'room-1', 'room-2'])
  let offered = 0
  fc.assert(fc.property(anyTime, anyWish, anyWish, (some, a, b) => {
    const time = timeOf(some)
    const waiting = [a, b].map(({ of, ...named }, i) => sooner({ id: `w${i}`, of, since: `2026-03-0${i + 1}T09:00:00.000Z`, wish: { noticeHours: named.noticeHours, weekdays: named.weekdays, ...(named.after === undefined ? {} : { after: named.after }) } }))
    const { fits, not } = whoFits(time, waiting, NOW)
    expect(fits.length + not.length).toBe(2)
    for (const { who, place, changes } of fits) {
      offered += 1
      const stands = booked.map((visit) => changes.find((one) => one.visit === visit.visit)?.to ?? visit)
      expect(violations({ visits: stands }, asked)).toEqual([])
      const { wish: named, visit } = who as WaitsSooner
      expect([place.startsAt >= time.startsAt, place.endsAt <= time.endsAt, place.startsAt < visit.startsAt, Date.parse(place.startsAt) - Date.parse(NOW) >= named.noticeHours * 3_600_000]).toEqual([true, true, true, true])
    }
    for (const { why } of not) expect(why.length).toBeGreaterThan(0)
    const order = fits.map(({ who }) => who.id)
    for (const gone of waiting) expect(whoFits(time, waiting.filter((one) => one !== gone), NOW).fits.map(({ who }) => who.id)).toEqual(order.filter((id) => id !== gone.id))
  }), { numRuns: 14, seed: 11 })
  expect(offered).toBeGreaterThan(3)
})
