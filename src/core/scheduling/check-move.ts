import { violations, type Violation } from './check.ts'
import type { PlannedVisit, PlanRequest } from './request.ts'

/**
 * What a move breaks that was not broken before. A visit that does not move stands as it was booked, whatever became since of
 * somebody's hours, of a room or of a day, and a longest distance that was exceeded before may be: a person put it so, or will
 * put it right, and it keeps nothing else from moving. What of the course is not booked yet, the course itself says.
 */
export function moveViolations(before: readonly PlannedVisit[], after: readonly PlannedVisit[], request: PlanRequest): readonly Violation[] {
  const stood = new Map(before.map((visit) => [visit.visit, JSON.stringify(placeOf(visit))]))
  const moved = new Set(after.filter((visit) => stood.get(visit.visit) !== JSON.stringify(placeOf(visit))).map(({ visit }) => visit))
  const broken = violations({ visits: before }, request)
  const wasSo = (one: Violation) => broken.some((was) => was.code === one.code && was.visits.join() === one.visits.join() && ((one.late && was.late) || !one.visits.some((visit) => moved.has(visit))))
  return violations({ visits: after }, request).filter((one) => one.code !== 'missing' && !wasSo(one))
}

/** Where a visit is and with whom; how it is written down may differ. */
const placeOf = ({ startsAt, endsAt, people, room, online, onCall }: PlannedVisit) => [startsAt, endsAt, people.map(({ person, role }) => `${person} ${role}`).toSorted(), room?.id, online, onCall?.person]
