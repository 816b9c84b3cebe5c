import { isDosing } from '../course/dosing-visit.ts'
import { plusMinutes } from '../shared/time.ts'
import { bufferOf } from './colleague.ts'
import type { PlannedVisit, PlanRequest } from './request.ts'

/** The calendars with what booked visits leave in them, as the database keeps it: time kept free around a visit, and the room made ready. */
export const withTaken = <Request extends Pick<PlanRequest, 'people' | 'rooms'>>(request: Request, visits: readonly PlannedVisit[], nameOf: (visit: PlannedVisit) => string = ({ visit }) => visit): Request => ({
  ...request,
  people: request.people.map((person) => {
    const own = visits.filter((visit) => visit.people.some((one) => one.person === person.id))
    const calls = visits.filter(({ onCall }) => onCall?.person === person.id)
    if (own.length + calls.length === 0) return person
    return {
      ...person,
      busy: [...person.busy, ...own.map((visit) => {
        const buffer = bufferOf(person, visit.type)
        return { startsAt: plusMinutes(visit.startsAt, -(buffer?.beforeMin ?? 0)), endsAt: plusMinutes(visit.endsAt, buffer?.afterMin ?? 0), visit: nameOf(visit), ...(isDosing(visit) ? { dosing: true as const } : {}) }
      })],
      lanes: [...(person.lanes ?? []), ...calls.map((visit) => ({ startsAt: visit.startsAt, endsAt: visit.roomUntil, visit: nameOf(visit), lane: visit.onCall?.lane ?? 1 }))],
    }
  }),
  rooms: request.rooms.map((room) => {
    const here = visits.filter((visit) => visit.room?.id === room.id)
    return here.length === 0 ? room : { ...room, busy: [...room.busy, ...here.map((visit) => ({ startsAt: visit.startsAt, endsAt: plusMinutes(visit.roomUntil, room.turnoverMin ?? 0), visit: nameOf(visit) }))] }
  }),
})
