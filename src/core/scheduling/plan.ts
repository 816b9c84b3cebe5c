import { phaseOf } from '../course/protocol.ts'
import { instant } from '../shared/time.ts'
import { requestFaults } from './faults.ts'
import { whyImpossible } from './impossible.ts'
import type { Layer } from './layers.ts'
import type { Opening } from './openings.ts'
import { isSolvable, problemOf, solve, type Problem } from './problem.ts'
import type { PlanAnswer, PlannedVisit, PlanRequest, Proposal } from './request.ts'
import { clearlyDifferent, scoreOf, sentenceFor } from './score.ts'
import type { Costs, Found } from './search.ts'
import { flawCosts } from './team.ts'
import { dayNumber, dayOfNumber, localStartOf } from './zone.ts'

type Style = { readonly id: Proposal['id']; readonly costs: Costs }

const costing = (missed: number, stranger: number, loadPerHour: number): Costs['of'] => (_layer, opening) =>
  flawCosts.otherTherapist * opening.otherTherapist + missed * opening.missedWish + stranger * opening.strangers + (loadPerHour * opening.therapistBusyMin) / 60

export const soonest: Costs = { of: costing(10, flawCosts.stranger, 0.2), byFlawsAlone: true, perDay: 100, rhythm: 0 }
export const steady: Costs = { of: costing(10, 60, 1), byFlawsAlone: true, perDay: 20, rhythm: 60 }
const styles: readonly Style[] = [
  { id: 'soonest', costs: soonest },
  { id: 'as-wished', costs: { of: costing(300, flawCosts.stranger, 1), byFlawsAlone: true, perDay: 10, rhythm: 0 } },
  { id: 'steady', costs: steady },
]

/**
 * Plans a whole course in one go: up to three proposals that clearly differ, or the reasons why none fits and
 * what would have to give. Days are local days of `zone`, moments are UTC; every start keeps its wall-clock
 * intent, so a change of the clocks moves the moment and never the hour on the wall. The same request always
 * gives the same answer. Every proposal passes `violations` of `check.ts`, which knows nothing of this file.
 */
export function planCourse(request: PlanRequest): PlanAnswer {
  const faults = requestFaults(request)
  if (faults.length > 0) return { impossible: faults, wouldHelp: [] }
  const problem = problemOf(request)
  if (problem.plan.layers.every(({ fixed }) => fixed)) return nothingLeft(request)
  const proposals: Proposal[] = []
  const asked = request.wishes.when.some((wish) => wish.strength === 'rather')
  for (const style of styles) {
    if (style.id === 'as-wished' && !asked) continue
    const found = solve(problem, style.costs)
    if ('stuck' in found) return whyImpossible(problem, found, isPossible)
    add(proposals, proposalOf(problem, found, style.id))
  }
  if (proposals.length < 2) addLater(proposals, request)
  const [first, ...rest] = proposals
  return first ? { proposals: [first, ...rest] } : { impossible: [], wouldHelp: [] }
}

/** Every visit stands already. A course without a visit in it is no proposal, and what would make room for one is said. */
function nothingLeft({ fixed }: PlanRequest): PlanAnswer {
  const coming = fixed.filter(({ state }) => state === 'booked').length
  return {
    impossible: [{ code: 'nothing-to-book', says: coming > 0 ? 'Every visit of this course is booked or has taken place.' : 'Every visit of this course has taken place.', facts: { booked: coming } }],
    wouldHelp: coming > 0 ? [{ changes: ['cancel'], says: 'A visit that is cancelled can be planned again; one that stands can be moved.' }] : [{ changes: ['course'], says: 'A further course can be planned once it is chosen.' }],
  }
}

const isPossible = (request: PlanRequest): boolean => requestFaults(request).length === 0 && isSolvable(request, soonest)

/** When every style comes to the same plan, a start one week later is still a choice for the patient. */
function addLater(proposals: Proposal[], request: PlanRequest): void {
  const later = { ...request, earliest: dayOfNumber(dayNumber(request.earliest) + 7) }
  if (later.earliest > later.latest) return
  const problem = problemOf(later)
  const found = solve(problem, soonest)
  if (!('stuck' in found)) add(proposals, proposalOf({ ...problem, request }, found, 'later'))
}

function add(proposals: Proposal[], proposal: Proposal): void {
  if (proposals.every((one) => clearlyDifferent(one.visits, proposal.visits))) proposals.push(proposal)
}

export function proposalOf(problem: Problem, found: Exclude<Found, { stuck: Layer }>, id: Proposal['id']): Proposal {
  const visits = visitsOf(problem, found)
  const score = scoreOf(problem.request, visits)
  const unasked = problem.request.sitsIn === undefined && visits.some(({ online }) => online)
  return { id, says: sentenceFor(id, score), visits, score, notes: [...problem.plan.notes, ...(unasked ? [NOT_ASKED] : [])] }
}

/** Nobody's licences could be held against it: said with the plan, and asked again on the day of each visit. */
const NOT_ASKED = 'It was not asked in which state the patient sits for visits online, so no licence was looked at.'

/** The visits a search placed; those that stood already are not repeated. */
export function visitsOf({ request, plan }: Problem, found: Exclude<Found, { stuck: Layer }>): readonly PlannedVisit[] {
  return plan.layers.flatMap((layer) => {
    const place = found.placed[layer.index]
    return place?.minute === undefined ? [] : [plannedVisit(request.zone, layer, place)]
  })
}

export const plannedVisit = (zone: string, layer: Pick<Layer, 'visit' | 'type' | 'number'>, place: Opening): PlannedVisit => ({
  visit: layer.visit, type: layer.type, number: layer.number, day: dayOfNumber(place.dayNo), localStart: localStartOf(place.dayNo, place.minute), zone,
  startsAt: instant(place.startMs), endsAt: instant(place.endMs), roomUntil: instant(place.roomUntilMs), people: place.people, online: place.online,
  ...(place.room ? { room: { id: place.room.id, name: place.room.name } } : {}),
  ...(place.onCall ? { onCall: { person: place.onCall.person.id, name: place.onCall.person.name, lane: place.onCall.lane } } : {}),
})

/** How long the course's own therapist is needed for intake, preparation, medicine and integration. */
export const courseHours = (request: PlanRequest): number =>
  (['intake', 'consult', 'preparation', 'medicine', 'integration'] as const).reduce((sum, type) => {
    const phase = phaseOf(request.protocol, type)
    return sum + (phase ? (phase.count * phase.durationMin) / 60 : 0)
  }, 0)
