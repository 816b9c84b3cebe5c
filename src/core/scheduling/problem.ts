import { coursePlan, type CoursePlan, type CoursePlanOptions, type Layer } from './layers.ts'
import type { OpeningOptions } from './desk.ts'
import { openingsOf, type OpeningsOn } from './openings.ts'
import type { PlanRequest } from './request.ts'
import { findsSome, search, type Costs, type Found } from './search.ts'
import { allows, boundsOf, type Bounds } from './stages.ts'
import { dayNumber, wallOf, type Wall } from './zone.ts'

/** A request worked out: the visits, what they owe each other, and where each could go. */
export interface Problem {
  readonly request: PlanRequest
  readonly wall: Wall
  readonly plan: CoursePlan
  readonly bounds: readonly Bounds[]
  readonly openings: OpeningsOn
  readonly options: OpeningOptions
}

export function problemOf(request: PlanRequest, options: OpeningOptions & CoursePlanOptions = {}): Problem {
  const wall = wallOf(request.zone)
  const plan = coursePlan(request, wall, options)
  return { request, wall, plan, bounds: boundsFor(request, plan), openings: openingsOf(request, wall, plan.others, options), options }
}

/** The days each visit of a plan can lie on, from the request's own limits and the chain of gaps. */
export const boundsFor = (request: PlanRequest, plan: CoursePlan): readonly Bounds[] => boundsOf(plan, (layer) => firstDay(request, layer), (layer) => lastDay(request, layer))

function firstDay(request: PlanRequest, layer: Layer): number {
  const earliest = dayNumber(request.earliest)
  if (layer.type !== 'medicine') return earliest
  const from = request.medicineFrom === undefined ? earliest : dayNumber(request.medicineFrom)
  const expected = request.clearance.state === 'elsewhere' ? dayNumber(request.clearance.expectedOn) + 1 : earliest
  return Math.max(earliest, from, expected)
}

function lastDay(request: PlanRequest, layer: Layer): number {
  const latest = dayNumber(request.latest)
  const { followUpDays, followUpWindowDays } = request.protocol
  if (layer.type === 'follow-up') return latest + Math.max(0, ...followUpDays) + Math.max(0, ...followUpWindowDays)
  const validUntil = request.clearance.state === 'signed' ? request.clearance.validUntil : undefined
  const ends = layer.type === 'medicine' ? [validUntil, request.medicineTo].flatMap((day) => (day === undefined ? [] : [dayNumber(day)])) : []
  return Math.min(latest, ...ends)
}

/** A planned clearance lasts long enough for nearly every course, so its end is only looked at when a plan crosses it. */
export function solve(problem: Problem, costs: Costs): Found {
  const { request, plan, wall } = problem
  const found = search(plan, problem.bounds, problem.openings, costs)
  if ('stuck' in found || request.clearance.state !== 'needed') return found
  const dayOf = (layer: Layer | undefined) => (layer ? (found.placed[layer.index]?.dayNo ?? 0) : 0)
  const clearance = plan.layers.find((layer) => layer.type === 'medical-clearance')
  const lastDose = plan.layers.findLast((layer) => layer.type === 'medicine')
  if (!clearance || dayOf(lastDose) - dayOf(clearance) <= request.protocol.gates.clearanceValidDays) return found
  const strict = coursePlan(request, wall, { withClearanceValidity: true })
  return search(strict, boundsFor(request, strict), problem.openings, costs)
}

/** Whether some plan exists; a no may be too pessimistic, since only moderate effort is made. */
export const isSolvable = (request: PlanRequest, costs: Costs): boolean => {
  const problem = problemOf(request)
  return findsSome(problem.plan, problem.bounds, problem.openings, costs)
}

/** The same for a course whose clearance is tied to its last dose: a clearance that can still move is let go of first, since keeping its day in mind makes the search many times as long. */
export function lasting(plan: CoursePlan, searchIn: (plan: CoursePlan) => Found): Found {
  const tied = plan.relations.filter(({ code, earlier }) => code === 'clearance-valid' && !plan.layers[earlier]?.fixed)
  const found = searchIn({ ...plan, relations: plan.relations.filter((relation) => !tied.includes(relation)) })
  return 'stuck' in found || tied.every((relation) => allows(relation, found.placed[relation.earlier]!, found.placed[relation.later]!)) ? found : searchIn(plan)
}
