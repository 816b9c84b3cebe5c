import type { BookedVisit } from '../chart/kinds/aftercare.ts'
import { phaseOf, type Protocol, type StaffRole } from '../course/protocol.ts'
import { plusMinutes } from '../shared/time.ts'
import type { PlannedVisit } from './request.ts'

/** How a prescriber on call is named among the people of a booked visit. */
export const ON_CALL = 'prescriber on call'

/** A planned visit as the chart keeps it, under the id the booking gave it. */
export const bookedFrom = (planned: PlannedVisit, visit: string): BookedVisit => ({
  visit, type: planned.type, number: planned.number, startsAt: planned.startsAt, endsAt: planned.endsAt, localStart: planned.localStart, zone: planned.zone, online: planned.online,
  people: [...planned.people, ...(planned.onCall ? [{ person: planned.onCall.person, name: planned.onCall.name, role: ON_CALL }] : [])],
  ...(planned.room ? { room: planned.room } : {}),
})

const staffRoles: readonly string[] = ['therapist', 'prescriber', 'monitor', 'coordinator'] satisfies readonly StaffRole[]
const isStaffRole = (role: string): role is StaffRole => staffRoles.includes(role)

/** A booked visit as the planner sees it. The lane of a prescriber on call stands in the calendar, not on the chart: 0 is any free one. */
export function plannedFrom(booked: BookedVisit, protocol: Protocol, lane = 0): PlannedVisit {
  const phase = phaseOf(protocol, booked.type)
  const onCall = booked.people.find((one) => one.role === ON_CALL)
  const roomMin = phase ? Math.max(phase.durationMin, phase.roomMin ?? 0) : 0
  const held = plusMinutes(booked.startsAt, roomMin)
  return {
    visit: booked.visit, type: booked.type, number: booked.number, day: booked.localStart.slice(0, 10), localStart: booked.localStart, zone: booked.zone,
    startsAt: booked.startsAt, endsAt: booked.endsAt, roomUntil: booked.room && held > booked.endsAt ? held : booked.endsAt, online: booked.online,
    people: booked.people.flatMap(({ person, name, role }) => (isStaffRole(role) ? [{ person, name, role }] : [])),
    ...(booked.room ? { room: booked.room } : {}), ...(onCall ? { onCall: { person: onCall.person, name: onCall.name, lane } } : {}),
  }
}
