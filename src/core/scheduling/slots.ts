import { phaseOf } from '../course/protocol.ts'
import type { VisitType } from '../chart/kinds/aftercare.ts'
import type { Day, Instant } from '../shared/time.ts'
import { explainerOf } from './explain.ts'
import { requestFaults } from './faults.ts'
import { openingsOf } from './openings.ts'
import { plannedVisit } from './plan.ts'
import { problemOf } from './problem.ts'
import type { PlannedVisit, PlanRequest, Reason } from './request.ts'
import { dayNumber, dayOfNumber, wallOf } from './zone.ts'

export interface SlotRequest extends Omit<PlanRequest, 'fixed' | 'therapist' | 'continuity' | 'clearance' | 'onCall'> {
  readonly type: VisitType
  /** Whose free time is looked for; each slot is one therapist's. */
  readonly therapists: readonly string[]
  /** Nothing earlier than this moment is offered, so that nobody is booked into the past. */
  readonly notBefore: Instant
  /** The day of the match, from which the protocol counts the days to the first visit. */
  readonly matchedOn?: Day
  readonly limit: number
  readonly perDay: number
}

export interface Slot extends PlannedVisit {
  readonly therapist: string
  /** Whether it is soon enough for the protocol's first visit. */
  readonly soonEnough: boolean
}

/** The next free times for a first visit, soonest first, or the reasons why there is none in these days. */
export function firstVisitSlots(request: SlotRequest): { readonly slots: readonly Slot[]; readonly reasons: readonly Reason[] } {
  if (!phaseOf(request.protocol, request.type)) return { slots: [], reasons: [{ code: 'not-in-protocol', says: 'This course has no such visit.', facts: { type: request.type } }] }
  const slots = freeSlots(request)
  return { slots, reasons: slots.length > 0 ? [] : whyNone(request) }
}

/** The same times without the reasons, which take far longer to find. */
export function freeSlots(request: SlotRequest): readonly Slot[] {
  const by = dayNumber(request.matchedOn ?? request.earliest) + request.protocol.firstVisitWithinDays
  const slots = request.therapists.flatMap((therapist) => slotsOf(asPlan(request, therapist), request, by))
  return slots.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : a.startsAt > b.startsAt ? 1 : 0)).slice(0, request.limit)
}

const asPlan = ({ type: _type, therapists: _therapists, notBefore: _notBefore, matchedOn: _matchedOn, limit: _limit, perDay: _perDay, ...rest }: SlotRequest, therapist: string): PlanRequest => ({
  ...rest, fixed: [], therapist, continuity: 'required', clearance: { state: 'needed' }, onCall: 'plan',
})

function slotsOf(plan: PlanRequest, request: SlotRequest, by: number): Slot[] {
  const phase = phaseOf(plan.protocol, request.type)
  if (!phase) return []
  const openings = openingsOf(plan, wallOf(plan.zone), [])
  const layer = { index: 0, visit: `${request.type}-1`, type: request.type, number: 1, phase }
  const slots: Slot[] = []
  for (let dayNo = dayNumber(plan.earliest); dayNo <= dayNumber(plan.latest) && slots.length < request.limit; dayNo += 1) {
    const onDay = openings(layer, dayNo).all().filter((opening) => opening.startMs >= Date.parse(request.notBefore))
    for (const opening of spread(onDay, request.perDay)) slots.push({ ...plannedVisit(plan.zone, layer, opening), therapist: plan.therapist, soonEnough: dayNo <= by })
  }
  return slots
}

/** A few times over the whole day say more than the first few half hours of it. */
function spread<Item>(items: readonly Item[], count: number): readonly Item[] {
  if (items.length <= count) return items
  if (count <= 1) return items.slice(0, count)
  return Array.from({ length: count }, (_, i) => items[Math.round((i * (items.length - 1)) / (count - 1))] as Item)
}

function whyNone(request: SlotRequest): readonly Reason[] {
  const reasons = request.therapists.flatMap((therapist): readonly Reason[] => {
    const plan = asPlan(request, therapist)
    const faults = requestFaults(plan).filter((fault) => fault.code === 'no-such-zone' || fault.code === 'no-days' || fault.code === 'no-therapist' || fault.facts['type'] === request.type)
    if (faults.length > 0) return faults
    const problem = problemOf({ ...plan, latest: dayOfNumber(dayNumber(plan.latest) + 366) })
    const layer = problem.plan.layers.find((one) => one.type === request.type)
    const days = Array.from({ length: Math.min(14, dayNumber(plan.latest) - dayNumber(plan.earliest) + 1) }, (_, i) => dayNumber(plan.earliest) + i)
    return layer ? days.flatMap((dayNo) => explainerOf(problem)(layer, dayNo).reasons) : []
  })
  return reasons.filter((reason, i) => reasons.findIndex((one) => one.says === reason.says) === i)
}
