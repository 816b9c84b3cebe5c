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
  const { days, on } = ownDays(request, visit, notBefore)
  return days.flatMap(on)
}

/**
 * A few starts of each of the days nearest to where the visit stands: a choice a thumb can make. Days farther off are not
 * looked at. Where calendars were read for some days around it only, nothing is answered if they do not reach far enough.
 */
export function nearestSlots(request: PlanRequest, visit: PlannedVisit, notBefore: Instant, most: Most): readonly PlannedVisit[]
export function nearestSlots(request: PlanRequest, visit: PlannedVisit, notBefore: Instant, most: Most, readDays: number): readonly PlannedVisit[] | undefined
export function nearestSlots(request: PlanRequest, visit: PlannedVisit, notBefore: Instant, most: Most, readDays = Infinity): readonly PlannedVisit[] | undefined {
  const { days, on } = ownDays(request, visit, notBefore)
  const from = dayNumber(visit.day)
  let reaches = true
  const found = nearest(days, (day) => {
    if (Math.abs(day - from) <= readDays) return on(day)
    reaches = false
    return []
  }, from, most)
  return reaches ? found : undefined
}

/** The days the course leaves a visit, as numbers, and what is free on one of them. */
function ownDays(request: PlanRequest, visit: PlannedVisit, notBefore: Instant): { readonly days: readonly number[]; on(day: number): readonly PlannedVisit[] } {
  const problem = problemOf(amongItsOwn(request, visit), { only: new Map([[`${visit.type}-${visit.number}`, visit.visit]]), lookPast: new Set([visit.visit]), standing: new Map([[visit.visit, { minute: clockMinutes(visit.localStart.slice(11, 16)), people: visit.people.map(({ person }) => person), ...(visit.room ? { room: visit.room.id } : {}) }]]) })
  const layer = problem.plan.layers.find((one) => one.visit === visit.visit)
  const bounds = layer && problem.bounds[layer.index]
  if (!layer || !bounds) return { days: [], on: () => [] }
  const last = Math.min(bounds.hi, dayNumber(visit.day) + FARTHEST_DAYS)
  const days = Array.from({ length: Math.max(0, last - bounds.lo + 1) }, (_, i) => bounds.lo + i)
  const [fromMs, nowMs] = [Date.parse(notBefore), Date.parse(visit.startsAt)]
  return {
    days,
    on: (day) => problem.openings(layer, day).all().flatMap((opening) => {
      if (opening.startMs < fromMs || opening.startMs === nowMs || !keepsOrder(problem, layer, opening)) return []
      const slot = plannedVisit(request.zone, layer, opening)
      return isLike(slot, visit) ? [slot] : []
    }),
  }
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

export interface Most { readonly days: number; readonly perDay: number }
/** A few of each of the nearest days on which there is anything, in the order in which they come. Of two days as near, the earlier. */
export function nearest<Slot>(days: readonly number[], on: (day: number) => readonly Slot[], from: number, most: Most): readonly Slot[] {
  const found = new Map<number, readonly Slot[]>()
  for (const day of days.toSorted((a, b) => Math.abs(a - from) - Math.abs(b - from) || a - b)) {
    if (found.size === most.days) break
    const that = on(day)
    if (that.length > 0) found.set(day, that)
  }
  return [...found].toSorted(([a], [b]) => a - b).flatMap(([, that]) => few(that, most.perDay))
}

/** So many of them, spread evenly from the first to the last. */
function few<Slot>(all: readonly Slot[], most: number): readonly Slot[] {
  if (all.length <= most) return all
  const chosen = new Set(Array.from({ length: most }, (_, i) => Math.round((i * (all.length - 1)) / Math.max(1, most - 1))))
  return all.filter((_, i) => chosen.has(i))
}
