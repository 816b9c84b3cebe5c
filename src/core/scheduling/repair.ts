import type { Instant } from '../shared/time.ts'
import { ok, refuse, type Result } from '../shared/result.ts'
import { sayClock } from '../shared/local-day.ts'
import { explainerOf, startExplainerOf } from './explain.ts'
import { requestFaults } from './faults.ts'
import { stuckReasons } from './impossible.ts'
import { nameOf, placedFrom, visitKey, type CoursePlan, type Layer, type Relation } from './layers.ts'
import { openingsOf, type Opening, type Openings, type OpeningsOn } from './openings.ts'
import { plannedVisit } from './plan.ts'
import { boundsFor, lasting, problemOf, type Problem } from './problem.ts'
import { orderReason } from './reasons.ts'
import type { Impossible, PlannedVisit, PlanRequest, Reason } from './request.ts'
import { search, type Costs } from './search.ts'
import { allows, type Bounds } from './stages.ts'
import { clockMinutes, dayNumber, dayOfNumber, showDay } from './zone.ts'

/** What happened to a booked course. A move without `to` asks for another time, whichever fits best; without `room`, for any room that does. */
export type CourseChange =
  | { readonly kind: 'move'; readonly visit: string; readonly to?: string; readonly room?: string }
  | { readonly kind: 'absence'; readonly person: string; readonly startsAt: Instant; readonly endsAt: Instant }
  | { readonly kind: 'room-closed'; readonly room: string; readonly startsAt: Instant; readonly endsAt: Instant }

export interface Changed {
  readonly visit: string
  readonly from: PlannedVisit
  readonly to: PlannedVisit
  readonly what: 'asked' | 'time' | 'people' | 'room'
  readonly why: readonly Reason[]
}

export interface Repair {
  /** Every booked visit as it would stand, changed or not. */
  readonly visits: readonly PlannedVisit[]
  readonly changes: readonly Changed[]
}

/**
 * Repairs a booked course after one change, so that as few other visits as possible change, and those as
 * little as possible; each change comes with its reason. `request.fixed` holds only what cannot move (what
 * happened); `booked` is everything that could. Refused with reasons when no repair keeps the protocol's rules.
 */
export function repair(request: PlanRequest, booked: readonly PlannedVisit[], change: CourseChange): Result<Repair, Impossible> {
  const faults = requestFaults({ ...request, clearance: { state: 'elsewhere', expectedOn: request.earliest } })
  if (faults.length > 0) return refuse({ impossible: faults, wouldHelp: [] })
  if (change.kind === 'move' && !booked.some((visit) => visit.visit === change.visit)) return refuse({ impossible: [{ code: 'no-such-visit', says: 'There is no such visit to move.', facts: { visit: change.visit } }], wouldHelp: [] })
  const { problem, unpinned } = repairProblem(request, booked, change)
  const notThere = pinnedReasons(problem, unpinned, change)
  if (notThere.length > 0) return refuse({ impossible: notThere, wouldHelp: [] })
  const [costs, likely] = [costsOf(problem, booked, change), staying(problem, booked, change)]
  const found = lasting(problem.plan, (plan) => search(plan, boundsWith(request, plan, change), problem.openings, costs, likely))
  if ('stuck' in found) return refuse({ impossible: stuckReasons(problem, found), wouldHelp: [] })
  const after = problem.plan.layers.flatMap((layer) => {
    const place = found.placed[layer.index]
    return place?.minute === undefined ? [] : [plannedVisit(request.zone, layer, place)]
  })
  return ok({ visits: after, changes: changesOf(problem, booked, after, change) })
}

export function repairProblem(request: PlanRequest, booked: readonly PlannedVisit[], change: CourseChange): { readonly problem: Problem; readonly unpinned: Problem } {
  const only = new Map(booked.map((visit) => [visitKey(visit.type, visit.number), visit.visit]))
  const standing = new Map(booked.map((visit) => [visit.visit, { minute: minuteOf(wantedStart(visit, change)), people: visit.people.map((one) => one.person), ...(visit.room ? { room: visit.room.id } : {}) }]))
  // Of a signed clearance the last day is known; one that is still to come has to last as long as the course that moves.
  const withClearanceValidity = request.clearance.state === 'needed' || booked.some(({ type }) => type === 'medical-clearance')
  const unpinned = problemOf(withChange(request, change), { only, standing, lookPast: new Set(booked.map((visit) => visit.visit)), withClearanceValidity })
  const asked = change.kind === 'move' && change.room !== undefined ? onlyInRoom(unpinned, change.room) : unpinned
  const byId = new Map(booked.map((visit) => [visit.visit, visit]))
  const openings: Problem['openings'] = (layer, dayNo) => {
    const visit = byId.get(layer.visit)
    if (!visit) return unpinned.openings(layer, dayNo)
    return listOf(standingOpenings(change.kind === 'move' && change.visit === visit.visit ? asked : unpinned, layer, dayNo, visit, change))
  }
  const plan = { ...unpinned.plan, relations: unpinned.plan.relations.map((relation) => unlessBroken(relation, unpinned, byId)) }
  return { problem: { ...unpinned, plan, bounds: boundsWith(request, plan, change), openings }, unpinned: asked }
}

/** Other days than the one that is asked for need no look, and nothing is to be said of them. */
function boundsWith(request: PlanRequest, plan: CoursePlan, change: CourseChange): readonly Bounds[] {
  const all = boundsFor(request, plan)
  if (change.kind !== 'move' || change.to === undefined) return all
  const dayNo = dayNumber(change.to.slice(0, 10))
  return all.map((days, index) => (plan.layers[index]?.visit === change.visit && days.lo <= dayNo && dayNo <= days.hi ? { lo: dayNo, hi: dayNo } : days))
}

/** The same problem as if this were the practice's only room. */
export function onlyInRoom(problem: Problem, room: string): Problem {
  const request = { ...problem.request, rooms: problem.request.rooms.filter(({ id }) => id === room) }
  return { ...problem, request, openings: openingsOf(request, problem.wall, problem.plan.others, problem.options) }
}

const minuteOf = (localStart: string) => clockMinutes(localStart.slice(11, 16))
const wantedStart = (visit: PlannedVisit, change: CourseChange) => (change.kind === 'move' && change.visit === visit.visit && change.to !== undefined ? change.to : visit.localStart)
const listOf = (all: readonly Opening[]): Openings => ({ at: (i) => all[i], all: () => all })
const nowhere = listOf([])

/** The absence or the closed room is one more thing that is taken. */
function withChange(request: PlanRequest, change: CourseChange): PlanRequest {
  if (change.kind === 'move') return request
  const busy = { startsAt: change.startsAt, endsAt: change.endsAt }
  if (change.kind === 'absence') return { ...request, people: request.people.map((person) => (person.id === change.person ? { ...person, busy: [...person.busy, busy] } : person)) }
  return { ...request, rooms: request.rooms.map((room) => (room.id === change.room ? { ...room, busy: [...room.busy, busy] } : room)) }
}

/**
 * Where a booked visit may go. Where it stands is always one of the places unless the change itself takes it
 * away: somebody may have booked it outside the usual hours on purpose.
 */
function standingOpenings(problem: Problem, layer: Layer, dayNo: number, visit: PlannedVisit, change: CourseChange): readonly Opening[] {
  const found = problem.openings(layer, dayNo).all()
  if (change.kind === 'move' && change.visit === visit.visit) {
    const { to } = change
    return to === undefined ? found.filter((one) => one.startMs !== Date.parse(visit.startsAt)) : found.filter((one) => one.dayNo === dayNumber(to.slice(0, 10)) && one.minute === minuteOf(to))
  }
  if (dayNo !== dayNumber(visit.day) || touches(change, visit)) return found
  const kept = asOpening(problem, visit)
  return [...found.filter((one) => one.startMs !== kept.startMs), kept].toSorted((a, b) => a.startMs - b.startMs)
}

function touches(change: CourseChange, visit: PlannedVisit): boolean {
  if (change.kind === 'move' || visit.startsAt >= change.endsAt) return false
  if (change.kind === 'room-closed') return visit.room?.id === change.room && change.startsAt < visit.roomUntil
  if (visit.onCall?.person === change.person && change.startsAt < visit.roomUntil) return true
  return visit.people.some((one) => one.person === change.person) && change.startsAt < visit.endsAt
}

function asOpening(problem: Problem, visit: PlannedVisit): Opening {
  const room = problem.request.rooms.find((one) => one.id === visit.room?.id)
  const prescriber = problem.request.people.find((one) => one.id === visit.onCall?.person)
  return {
    ...placedFrom(visit, problem.wall), minute: minuteOf(visit.localStart), people: visit.people, online: visit.online, roomUntilMs: Date.parse(visit.roomUntil),
    room, onCall: prescriber && visit.onCall ? { person: prescriber, lane: visit.onCall.lane } : undefined,
    missedWish: 0, otherTherapist: 0, strangers: 0, therapistBusyMin: 0, price: 0,
  }
}

/** A longest gap that the booking exceeded before is not enforced now: a repair mends one change, nothing else. */
function unlessBroken(relation: Relation, problem: Problem, byId: ReadonlyMap<string, PlannedVisit>): Relation {
  const placeOf = (index: number) => {
    const layer = problem.plan.layers[index]
    const visit = layer && byId.get(layer.visit)
    return layer?.fixed ?? (visit && placedFrom(visit, problem.wall))
  }
  const [a, b] = [placeOf(relation.earlier), placeOf(relation.later)]
  if (!a || !b || relation.maxDays === undefined || b.dayNo - a.dayNo <= relation.maxDays) return relation
  const { maxDays: _exceeded, ...rest } = relation
  return rest
}

const isAsked = (visit: PlannedVisit, change: CourseChange) => change.kind === 'move' && change.visit === visit.visit

/** The same openings, but what the change does not touch stays where it is: mostly that is all it takes. */
function staying(problem: Problem, booked: readonly PlannedVisit[], change: CourseChange): OpeningsOn {
  const kept = new Map(booked.filter((visit) => !isAsked(visit, change) && !touches(change, visit)).map((visit) => [visit.visit, listOf([asOpening(problem, visit)])]))
  return (layer, dayNo) => {
    const stays = kept.get(layer.visit)
    if (!stays) return problem.openings(layer, dayNo)
    return stays.at(0)?.dayNo === dayNo ? stays : nowhere
  }
}

const OTHER_TIME = 10_000
const perDay = 20

/** A visit that changes its time costs far more than any distance; other people cost less than another time. */
function costsOf(problem: Problem, booked: readonly PlannedVisit[], change: CourseChange): Costs {
  const byId = new Map(booked.map((visit) => [visit.visit, visit]))
  const of = (layer: Layer, opening: Opening): number => {
    const visit = byId.get(layer.visit)
    if (!visit) return 0
    const people = opening.people.filter((one) => !visit.people.some((before) => before.person === one.person)).length
    const team = 100 * people + 200 * opening.otherTherapist + (opening.room?.id === visit.room?.id ? 0 : 10)
    if (opening.startMs === Date.parse(visit.startsAt)) return team
    const distance = perDay * Math.abs(opening.dayNo - dayNumber(visit.day)) + Math.abs(opening.minute - minuteOf(visit.localStart)) / 30 + 10 * opening.missedWish
    return team + distance + (isAsked(visit, change) ? 0 : OTHER_TIME)
  }
  const stays = (layer: Layer, visit: PlannedVisit) => !touches(change, visit) || problem.openings(layer, dayNumber(visit.day)).all().some((one) => one.startMs === Date.parse(visit.startsAt))
  const must = new Map<string, number>()
  const least = (layer: Layer, dayNo: number): number => {
    const visit = byId.get(layer.visit)
    if (!visit) return 0
    const days = Math.abs(dayNo - dayNumber(visit.day))
    if (isAsked(visit, change)) return perDay * days
    if (days > 0) return OTHER_TIME + perDay * days
    const found = must.get(visit.visit) ?? (stays(layer, visit) ? 0 : OTHER_TIME)
    must.set(visit.visit, found)
    return found
  }
  return { of, byFlawsAlone: false, perDay: 0, rhythm: 0, least }
}

function changesOf(problem: Problem, booked: readonly PlannedVisit[], after: readonly PlannedVisit[], change: CourseChange): readonly Changed[] {
  return booked.flatMap((from) => {
    const to = after.find((visit) => visit.visit === from.visit)
    const what = to && whatChanged(from, to, change)
    return to && what ? [{ visit: from.visit, from, to, what, why: whyChanged(problem, from, after, change) }] : []
  })
}

function whatChanged(from: PlannedVisit, to: PlannedVisit, change: CourseChange): Changed['what'] | undefined {
  if (change.kind === 'move' && change.visit === from.visit) return 'asked'
  if (from.startsAt !== to.startsAt) return 'time'
  const people = (visit: PlannedVisit) => [...visit.people.map((one) => one.person), visit.onCall?.person ?? ''].toSorted().join(' ')
  if (people(from) !== people(to)) return 'people'
  return from.room?.id === to.room?.id ? undefined : 'room'
}

/** Had the visit stayed where it was while the others moved, this is what would have been broken. */
function whyChanged(problem: Problem, from: PlannedVisit, after: readonly PlannedVisit[], change: CourseChange): readonly Reason[] {
  const facts = { visit: from.visit, day: from.day }
  if (change.kind === 'move' && change.visit === from.visit) return [{ code: 'asked', says: 'This is the visit that was asked to move.', facts }]
  if (change.kind !== 'move' && touches(change, from)) return [touched(problem, from, change)]
  const layer = problem.plan.layers.find((one) => one.visit === from.visit)
  const stayed = placedFrom(from, problem.wall)
  const broken = problem.plan.relations.flatMap((relation) => {
    const other = problem.plan.layers[relation.earlier === layer?.index ? relation.later : relation.earlier]
    const now = after.find((visit) => visit.visit === other?.visit)
    const place = other?.fixed ?? (now && placedFrom(now, problem.wall))
    if (!layer || !other || !place || (relation.earlier !== layer.index && relation.later !== layer.index)) return []
    const fine = relation.earlier === layer.index ? allows(relation, stayed, place) : allows(relation, place, stayed)
    return fine ? [] : [orderReason(relation, layer, stayed, { ...other, fixed: place })]
  })
  return broken.length > 0 ? broken : [{ code: 'makes-room', says: `${nameOf(from)} makes room so that the course keeps its order.`, facts }]
}

function touched(problem: Problem, visit: PlannedVisit, change: Exclude<CourseChange, { kind: 'move' }>): Reason {
  const who = change.kind === 'absence' ? problem.request.people.find((one) => one.id === change.person)?.name : problem.request.rooms.find((one) => one.id === change.room)?.name
  const on = showDay(dayNumber(visit.day))
  return { code: change.kind, says: change.kind === 'absence' ? `${who ?? 'Somebody'} is away on ${on}.` : `${who ?? 'The room'} is closed on ${on}.`, facts: { visit: visit.visit, day: visit.day } }
}

/** When the wished time itself is impossible, its own reasons are the answer, and no search is needed. */
function pinnedReasons(problem: Problem, unpinned: Problem, change: CourseChange): readonly Reason[] {
  if (change.kind !== 'move' || change.to === undefined) return []
  const layer = problem.plan.layers.find((one) => one.visit === change.visit)
  const dayNo = dayNumber(change.to.slice(0, 10))
  if (!layer) return []
  if (problem.openings(layer, dayNo).at(0)) return startExplainerOf({ ...unpinned, plan: problem.plan, bounds: problem.bounds })(layer, dayNo, minuteOf(change.to))
  const that = unpinned.openings(layer, dayNo).all()
  if (that.length === 0) return explainerOf(unpinned)(layer, dayNo).reasons
  const [first, last] = [that[0]?.minute ?? 0, that.at(-1)?.minute ?? 0]
  return [{ code: 'not-then', says: `${nameOf(layer)} cannot start at ${sayClock(minuteOf(change.to))} on ${showDay(dayNo)}; the first start that day is ${sayClock(first)}, the last ${sayClock(last)}.`, facts: { visit: layer.visit, day: dayOfNumber(dayNo) } }]
}
