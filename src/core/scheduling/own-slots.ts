import type { Instant } from '../shared/time.ts'
import type { Layer } from './layers.ts'
import type { Opening } from './openings.ts'
import { plannedVisit } from './plan.ts'
import { problemOf, type Problem } from './problem.ts'
import type { PlannedVisit, PlanRequest } from './request.ts'
import { allows } from './stages.ts'
import { clockMinutes, dayNumber } from './zone.ts'

/**
 * Where one booked visit may go while nothing else moves: the same people, a room of its own kind at the same place, the
 * same way of meeting, and every rule of the course kept with the visits around it. `request.fixed` holds every other visit
 * that stands. Soonest first; where it stands now is not among them.
 */
export function ownSlots(request: PlanRequest, visit: PlannedVisit, notBefore: Instant): readonly PlannedVisit[] {
  const problem = problemOf(amongItsOwn(request, visit), { only: new Map([[`${visit.type}-${visit.number}`, visit.visit]]), lookPast: new Set([visit.visit]), standing: new Map([[visit.visit, { minute: clockMinutes(visit.localStart.slice(11, 16)), people: visit.people.map(({ person }) => person), ...(visit.room ? { room: visit.room.id } : {}) }]]) })
  const layer = problem.plan.layers.find((one) => one.visit === visit.visit)
  const bounds = layer && problem.bounds[layer.index]
  if (!layer || !bounds) return []
  const last = Math.min(bounds.hi, dayNumber(visit.day) + FARTHEST_DAYS)
  const days = Array.from({ length: Math.max(0, last - bounds.lo + 1) }, (_, i) => bounds.lo + i)
  return days.flatMap((dayNo) => problem.openings(layer, dayNo).all().flatMap((opening) => {
    const fits = opening.startMs >= Date.parse(notBefore) && opening.startMs !== Date.parse(visit.startsAt) && keepsOrder(problem, layer, opening)
    const slot = plannedVisit(request.zone, layer, opening)
    return fits && isLike(slot, visit) ? [slot] : []
  }))
}
/** Farther away than this it is another plan, which is the desk's to make. */
export const FARTHEST_DAYS = 60

/** Only the people who are booked, and the rooms where the booked one is. */
function amongItsOwn(request: PlanRequest, visit: PlannedVisit): PlanRequest {
  const booked = new Set([...visit.people.map(({ person }) => person), ...(visit.onCall ? [visit.onCall.person] : [])])
  const therapist = visit.people.find(({ role }) => role === 'therapist')?.person ?? request.therapist
  const place = request.rooms.find(({ id }) => id === visit.room?.id)?.location
  return { ...request, therapist, people: request.people.filter(({ id }) => booked.has(id)), rooms: request.rooms.filter(({ location }) => location === place), wishes: { ...request.wishes, online: visit.online ? [visit.type] : [] }, fixed: request.fixed.filter((one) => one.visit !== visit.visit) }
}

const keepsOrder = ({ plan }: Problem, layer: Layer, opening: Opening): boolean =>
  plan.relations.every((relation) => {
    if (relation.earlier !== layer.index && relation.later !== layer.index) return true
    const other = plan.layers[relation.earlier === layer.index ? relation.later : relation.earlier]?.fixed
    if (!other) return true
    return relation.earlier === layer.index ? allows(relation, opening, other) : allows(relation, other, opening)
  })

const whoComes = ({ people, onCall }: PlannedVisit) => [...people.map(({ person, role }) => `${person} ${role}`), onCall?.person ?? ''].toSorted().join(' ')
const isLike = (slot: PlannedVisit, visit: PlannedVisit): boolean => slot.online === visit.online && whoComes(slot) === whoComes(visit)

/** A few starts of each of the days nearest to where it stands: a choice a thumb can make. In the order in which they come. */
export function nearest<Slot extends Pick<PlannedVisit, 'day' | 'startsAt'>>(slots: readonly Slot[], day: string, most: { readonly days: number; readonly perDay: number }): readonly Slot[] {
  const far = (one: string) => Math.abs(dayNumber(one) - dayNumber(day))
  const days = [...new Set(slots.map((slot) => slot.day))].toSorted((a, b) => far(a) - far(b) || (a < b ? -1 : 1)).slice(0, most.days)
  return days.toSorted().flatMap((one) => {
    const that = slots.filter((slot) => slot.day === one)
    const chosen = new Set(Array.from({ length: Math.min(most.perDay, that.length) }, (_, i) => (that.length <= most.perDay ? i : Math.round((i * (that.length - 1)) / Math.max(1, most.perDay - 1)))))
    return that.filter((_, i) => chosen.has(i))
  })
}
