import type { Protocol } from '../course/protocol.ts'
import { planCourse } from './plan.ts'
import type { PersonCalendar, PlannedVisit, PlanRequest, RoomCalendar, Weekday } from './request.ts'

/** A small invented practice for the tests: people with ordinary hours, two rooms, nothing booked. */
const workdays: readonly Weekday[] = [1, 2, 3, 4, 5]
export const hours = (from: string, to: string, weekdays: readonly Weekday[] = workdays) => weekdays.map((weekday) => ({ weekday, from, to }))

export const ana: PersonCalendar = { id: 'ana', name: 'Ana Solano', roles: ['therapist'], hours: hours('09:00', '17:00'), busy: [] }
export const ben: PersonCalendar = { id: 'ben', name: 'Ben Okafor', roles: ['therapist', 'monitor'], hours: hours('09:00', '17:00'), busy: [] }
export const mia: PersonCalendar = { id: 'mia', name: 'Mia Lund', roles: ['monitor'], hours: hours('08:00', '18:00'), busy: [] }
export const rosa: PersonCalendar = { id: 'rosa', name: 'Rosa Feld', roles: ['prescriber'], hours: hours('08:00', '18:00'), busy: [] }

export const roomOne: RoomCalendar = { id: 'room-1', name: 'Room 1', features: ['recliner'], busy: [] }
export const roomTwo: RoomCalendar = { id: 'room-2', name: 'Room 2', features: [], busy: [] }

/** Medicine on Mondays and Thursdays, as in the worked example of the course. */
export const mondayThursday = { types: ['medicine' as const], weekdays: [1 as const, 4 as const], strength: 'must' as const }

/** A course as it was booked: the first proposal, with doses on Mondays and Thursdays. */
export function bookedOn(plan: PlanRequest): readonly PlannedVisit[] {
  const found = planCourse({ ...plan, wishes: { ...plan.wishes, when: [mondayThursday] } })
  if ('impossible' in found) throw new Error(JSON.stringify(found))
  return found.proposals[0].visits
}

export const requestFor = (protocol: Protocol) => (changes: Partial<PlanRequest> = {}): PlanRequest => ({
  protocol,
  zone: 'America/Los_Angeles',
  earliest: '2026-02-02',
  latest: '2026-05-31',
  fixed: [],
  people: [ana, ben, mia, rosa],
  rooms: [roomOne, roomTwo],
  therapist: 'ana',
  continuity: 'required',
  wishes: { when: [], blackout: [], online: [] },
  clearance: { state: 'needed' },
  onCall: 'plan',
  stepMin: 30,
  ...changes,
})

export { withTaken as taken } from './taken.ts'
