import { ok, refuse, type Result } from '../shared/result.ts'
import type { Day } from '../shared/time.ts'
import { startExplainerOf } from './explain.ts'
import { requestFaults } from './faults.ts'
import { placedFrom, type Layer, type Placed } from './layers.ts'
import type { Opening, OpeningsOn } from './openings.ts'
import { plannedVisit } from './plan.ts'
import { boundsFor, lasting, type Problem } from './problem.ts'
import { onlyInRoom, repairProblem, type CourseChange } from './repair.ts'
import type { Clock, PlannedVisit, PlanRequest, Reason } from './request.ts'
import { searchAny, type Placing } from './search.ts'
import { allows } from './stages.ts'
import { dayNumber, dayOfNumber, showClock } from './zone.ts'

/** One start in one room at which a booked visit could stand. */
export interface FreePlace {
  readonly to: PlannedVisit
  /** Whether every other visit of the course stays where it is; else some of them have to change as well. */
  readonly alone: boolean
}

/** Starts that follow each other and are refused for the same reasons, the last one included. */
export interface NoPlace {
  readonly from: Clock
  readonly to: Clock
  readonly says: readonly string[]
}

export interface PlacesOn {
  readonly day: Day
  readonly free: readonly FreePlace[]
  readonly refused: readonly NoPlace[]
}

const STEP_MIN = 15

/** Which minutes of a day are asked about; the last one is not among them. */
interface Starts {
  readonly fromMin: number
  readonly toMin: number
}
const wholeDay: Starts = { fromMin: 0, toMin: 24 * 60 }

/**
 * Every start of some days at which one booked visit could stand, in each room that would do, seen from the whole course;
 * and for every other start, why not; for part of a day where only that is asked about. It is the question `repair` answers for one start, asked of all of them.
 */
export function placesOf(request: PlanRequest, booked: readonly PlannedVisit[], visit: string, from: Day, to: Day, starts: Starts = wholeDay): Result<readonly PlacesOn[], readonly Reason[]> {
  const faults = requestFaults({ ...request, clearance: { state: 'elsewhere', expectedOn: request.earliest } })
  if (faults.length > 0) return refuse(faults)
  const change: CourseChange = { kind: 'move', visit }
  const { problem } = repairProblem(request, booked, change)
  const layer = problem.plan.layers.find((one) => one.visit === visit)
  if (!layer || !booked.some((one) => one.visit === visit)) return refuse([{ code: 'no-such-visit', says: 'There is no such visit to move.', facts: { visit } }])
  // The others stay on the coarser grid that they are planned on; the visit in hand may start at every quarter of an hour.
  const others = remembered(problem)
  const still = standStill({ ...repairProblem({ ...request, stepMin: STEP_MIN }, booked, change).unpinned, plan: problem.plan }, booked, layer)
  const asked: Asked = { layer, still, rooms: request.rooms.map(({ id }) => onlyInRoom(still, id).openings), fits: fitsWithOthers(problem, layer, others), whyNot: startExplainerOf(still) }
  const days = Array.from({ length: dayNumber(to) - dayNumber(from) + 1 }, (_, i) => dayNumber(from) + i)
  return ok(days.map((dayNo) => placesOn(asked, dayNo, starts)))
}

interface Asked {
  readonly layer: Layer
  /** The course with every other visit where it stands. */
  readonly still: Problem
  /** What each room alone would offer. */
  readonly rooms: readonly OpeningsOn[]
  readonly fits: (at: Opening) => boolean
  readonly whyNot: ReturnType<typeof startExplainerOf>
}

function placesOn({ layer, still, rooms, fits, whyNot }: Asked, dayNo: number, starts: Starts): PlacesOn {
  const day = dayOfNumber(dayNo)
  const free: FreePlace[] = []
  const refused: { from: Clock; to: Clock; says: readonly string[] }[] = []
  const anywhere = new Map(still.openings(layer, dayNo).all().map((opening) => [opening.minute, opening]))
  const inRooms = rooms.map((openings) => new Map(openings(layer, dayNo).all().map((opening) => [opening.minute, opening])))
  for (let minute = Math.ceil(starts.fromMin / STEP_MIN) * STEP_MIN; minute < starts.toMin; minute += STEP_MIN) {
    const found = anywhere.get(minute)
    const why = whyNot(layer, dayNo, minute)
    const alone = found !== undefined && why.length === 0
    if (found && (alone || fits(found))) {
      const each = found.room ? inRooms.flatMap((byMinute) => byMinute.get(minute) ?? []) : [found]
      free.push(...each.map((opening) => ({ to: plannedVisit(still.request.zone, layer, opening), alone })))
      continue
    }
    const says = why.map((reason) => reason.says)
    const last = refused.at(-1)
    const follows = last && minute === STEP_MIN + Number(last.to.slice(0, 2)) * 60 + Number(last.to.slice(3)) && last.says.join() === says.join()
    if (follows) last.to = showClock(minute)
    else refused.push({ from: showClock(minute), to: showClock(minute), says })
  }
  return { day, free, refused }
}

/** The same course, with each visit but one fixed where it is booked. */
function standStill(problem: Problem, booked: readonly PlannedVisit[], layer: Layer): Problem {
  const stands = new Map(booked.map((visit) => [visit.visit, placedFrom(visit, problem.wall)]))
  const layers = problem.plan.layers.map((one) => fixedAt(one, one.index === layer.index ? undefined : stands.get(one.visit)))
  const plan = { ...problem.plan, layers }
  return { ...problem, plan, bounds: boundsFor(problem.request, plan) }
}
const fixedAt = (layer: Layer, fixed: Placed | undefined): Layer => (fixed ? { ...layer, fixed } : layer)

/** Whether the others can be placed anew around a visit that is put somewhere. How they were placed around one start often does for the next one. */
function fitsWithOthers(problem: Problem, layer: Layer, openings: OpeningsOn): (at: Opening) => boolean {
  const bound = problem.bounds[layer.index]
  let known: readonly Placing[] | undefined
  return (at) => {
    if (!bound || at.dayNo < bound.lo || at.dayNo > bound.hi) return false
    const plan = { ...problem.plan, layers: problem.plan.layers.map((one) => fixedAt(one, one.index === layer.index ? at : undefined)) }
    if (known && keepsEvery(plan.relations, known.with(layer.index, at))) return true
    if (!keepsEvery(plan.relations, plan.layers.map(({ fixed }) => fixed))) return false
    if (boundsFor(problem.request, plan).some(({ lo, hi }) => lo > hi)) return false
    const found = lasting(plan, (one) => searchAny(one, boundsFor(problem.request, one), openings))
    if ('cost' in found) known = found.placed
    return 'cost' in found
  }
}

/** Whether every two visits that have their places keep what they owe each other. */
const keepsEvery = (relations: Problem['plan']['relations'], places: readonly (Placed | undefined)[]): boolean => relations.every((relation) => {
  const [earlier, later] = [places[relation.earlier], places[relation.later]]
  return !earlier || !later || allows(relation, earlier, later)
})

/** The openings of the others are asked for again at every start, and worked out once. */
function remembered({ openings }: Problem): OpeningsOn {
  const known = new Map<string, ReturnType<OpeningsOn>>()
  return (layer, dayNo) => {
    const key = `${layer.visit} ${dayNo}`
    const found = known.get(key) ?? openings(layer, dayNo)
    known.set(key, found)
    return found
  }
}
