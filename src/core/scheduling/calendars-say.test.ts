import { expect, test } from 'vitest'
import { protocols } from '../../knowledge/protocols.ts'
import type { VisitType } from '../chart/kinds/aftercare.ts'
import { phaseOf } from '../course/protocol.ts'
import { ana, ben, mia, requestFor, roomOne, roomTwo, rosa } from './fixtures.ts'
import { openingsOf } from './openings.ts'
import type { PersonCalendar, PlanRequest, RoomCalendar } from './request.ts'
import { dayNumber, showClock, wallOf } from './zone.ts'

const request = requestFor(protocols['solo-six'])
const DAY = '2026-02-10' // A Tuesday; the wall is eight hours behind UTC.
const at = (hour: number, more: object = {}) => ({ startsAt: `${DAY}T${hour + 8}:00:00.000Z`, endsAt: `${DAY}T${hour + 9}:00:00.000Z`, ...more })
const withAna = (more: Partial<PersonCalendar>): Partial<PlanRequest> => ({ people: [{ ...ana, ...more }, ben, mia, rosa] })
const withRoom = (more: Partial<RoomCalendar>): Partial<PlanRequest> => ({ rooms: [{ ...roomOne, ...more }] })
const online = { wishes: { when: [], blackout: [], online: ['integration' as const] } }
const starts = (type: VisitType, changes: Partial<PlanRequest>): readonly string[] => {
  const plan = request(changes)
  const phase = phaseOf(plan.protocol, type)
  return phase ? openingsOf(plan, wallOf(plan.zone), [])({ index: 0, visit: type, type, number: 1, phase }, dayNumber(DAY)).all().map(({ minute }) => showClock(minute)) : []
}
const onCall = (...lanes: number[]): Partial<PlanRequest> => ({ people: [ana, ben, mia, { ...rosa, lanes: lanes.map((lane) => at(9, { lane })) }] as PersonCalendar[] })
const kept = (type: VisitType, beforeMin: number, afterMin: number) => [{ type, beforeMin, afterMin }]
const doseAt = (hour: number) => ({ ...withAna({ mostDosingPerDay: 1, busy: [at(hour, { dosing: true })] }) })

/** What a calendar says, at its edge and beyond: a start that is offered and one that is not. */
test.each<[string, VisitType, Partial<PlanRequest>, offered: string | undefined, refused: string]>([
  ['something booked at noon', 'integration', withAna({ busy: [at(12)] }), '11:00', '11:30'],
  ['half an hour kept free afterwards', 'integration', withAna({ busy: [at(12)], buffers: kept('integration', 0, 30) }), '10:30', '11:00'],
  ['half an hour kept free before', 'integration', withAna({ busy: [at(12)], buffers: kept('integration', 30, 0) }), '13:30', '13:00'],
  ['time kept free around another kind of visit', 'integration', withAna({ busy: [at(12)], buffers: kept('medicine', 60, 60) }), '11:00', '12:00'],
  ['one dosing visit already, and one a day at most', 'medicine', doseAt(16), undefined, '09:00'],
  ['one dosing visit already, and two a day at most', 'medicine', withAna({ mostDosingPerDay: 2, busy: [at(16, { dosing: true })] }), '09:00', '16:00'],
  ['one visit of another kind, and one dosing visit a day at most', 'medicine', withAna({ mostDosingPerDay: 1, busy: [at(16)] }), '09:00', '16:00'],
  ['on call for three rooms already', 'medicine', onCall(1, 2, 4), '09:00', '16:00'],
  ['on call for four rooms already', 'medicine', onCall(1, 2, 3, 4), '10:00', '09:00'],
  ['hours at another place', 'integration', { ...withRoom({ location: 'north' }), ...withAna({ hours: [{ weekday: 2, from: '09:00', to: '12:00', place: 'in-person', location: 'north' }, { weekday: 2, from: '13:00', to: '17:00', place: 'in-person', location: 'south' }] }) }, '11:00', '13:00'],
  ['hours that hold online, and a visit in a room', 'integration', withAna({ hours: [{ weekday: 2, from: '09:00', to: '12:00', place: 'online' }, { weekday: 2, from: '13:00', to: '17:00', place: 'in-person' }] }), '13:00', '09:00'],
  ['hours that hold in person, and a visit online', 'integration', { ...online, ...withAna({ hours: [{ weekday: 2, from: '09:00', to: '12:00', place: 'online' }, { weekday: 2, from: '13:00', to: '17:00', place: 'in-person' }] }) }, '09:00', '13:00'],
  ['a room that is made ready for half an hour', 'integration', withRoom({ turnoverMin: 30, busy: [at(12)] }), '10:30', '11:00'],
  ['a room for as many as come', 'integration', { patients: 2, ...withRoom({ capacity: 2 }) }, '09:00', '16:30'],
  ['a room for fewer than come', 'integration', { patients: 3, ...withRoom({ capacity: 2 }) }, undefined, '09:00'],
  ['a recliner that is good until that day', 'medicine', withRoom({ featuresUntil: { recliner: DAY } }), '09:00', '16:00'],
  ['a recliner that was good until the day before', 'medicine', withRoom({ featuresUntil: { recliner: '2026-02-09' } }), undefined, '09:00'],
  ['a training that is brought', 'integration', { needs: [{ role: 'therapist', skill: 'Spanish' }], ...withAna({ skills: ['Spanish'] }) }, '09:00', '16:30'],
  ['a training that is not brought', 'integration', { needs: [{ role: 'therapist', skill: 'Spanish' }] }, undefined, '09:00'],
  ['a licence of the state until that day', 'integration', { ...online, sitsIn: 'CO', ...withAna({ licensedIn: [{ state: 'CO', until: DAY }] }) }, '09:00', '16:30'],
  ['a licence of the state until the day before', 'integration', { ...online, sitsIn: 'CO', ...withAna({ licensedIn: [{ state: 'CO', until: '2026-02-09' }] }) }, undefined, '09:00'],
  ['a licence of another state', 'integration', { ...online, sitsIn: 'CO', ...withAna({ licensedIn: [{ state: 'UT' }] }) }, undefined, '09:00'],
  ['a licence of another state, and the visit in a room', 'integration', { sitsIn: 'CO', ...withAna({ licensedIn: [{ state: 'UT' }] }) }, '09:00', '16:30'],
  ['a room too small beside one that is not', 'integration', { patients: 2, rooms: [roomTwo, { ...roomOne, capacity: 2 }] }, '09:00', '16:30'],
])('%s', (_, type, changes, offered, refused) => {
  const told = starts(type, changes)
  if (offered === undefined) expect(told).toEqual([])
  else expect(told).toContain(offered)
  expect(told).not.toContain(refused)
})
