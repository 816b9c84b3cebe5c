import type { VisitType } from '../chart/kinds/aftercare.ts'
import type { StaffRole } from '../course/protocol.ts'
import { MINUTE_MS, type Day } from '../shared/time.ts'
import { awayOn, covers, overlaps, stretchOf, workingHoursOf } from './calendar.ts'
import { requestFaults } from './faults.ts'
import { nameOf, visitNames, type CoursePlan, type Layer, type Placed } from './layers.ts'
import { isDosing } from '../course/dosing-visit.ts'
import { sayClock } from '../shared/local-day.ts'
import { needs, type Need } from './desk.ts'
import { openingsOf, type Opening, type OpeningsOn } from './openings.ts'
import { problemOf, type Problem } from './problem.ts'
import { orderReason } from './reasons.ts'
import type { Clock, PersonCalendar, PlanRequest, Reason } from './request.ts'
import { holds, isOnline, lacking } from './rooms.ts'
import { allows } from './stages.ts'
import { dayNumber, dayOfNumber, showClock, showDay, showWeekday, weekdayOf, type Wall } from './zone.ts'

export interface DayExplained {
  readonly possible: boolean
  /** Every start that would be fine, on the wall. */
  readonly starts: readonly Clock[]
  readonly reasons: readonly Reason[]
}

/**
 * Whether the next visit of a type (or a numbered one) could be on a day, seen from all the visits that stand,
 * and if not, why: what comes too soon, who is away, which room lacks what.
 */
export function explainDay(request: PlanRequest, day: Day, type: VisitType, number?: number): DayExplained {
  const faults = requestFaults(request)
  if (faults.length > 0) return { possible: false, starts: [], reasons: faults }
  const problem = problemOf(request)
  const layer = problem.plan.layers.find((one) => one.type === type && one.number >= 1 && (number === undefined ? !one.fixed : one.number === number))
  if (!layer || layer.fixed) return { possible: false, starts: [], reasons: [{ code: 'nothing-to-book', says: 'This course has no such visit left to book.', facts: { type } }] }
  return explainerOf(problem)(layer, dayNumber(day))
}

type Ignoring = (ignored: readonly Need[]) => OpeningsOn

/** The openings there would be if some needs did not count, each set of them worked out once. */
function ignoringOf(problem: Problem): Ignoring {
  const without = new Map<string, OpeningsOn>()
  return (ignored) => {
    const key = ignored.join(' ')
    const made = without.get(key) ?? openingsOf(problem.request, problem.wall, problem.plan.others, { ...problem.options, ignore: new Set(ignored) })
    without.set(key, made)
    return made
  }
}

export function explainerOf(problem: Problem): (layer: Layer, dayNo: number) => DayExplained {
  const ignoring = ignoringOf(problem)
  return (layer, dayNo) => {
    const inOrder = problem.openings(layer, dayNo).all().filter((opening) => standing(problem, layer, opening).length === 0)
    const outside = outsideReasons(problem, layer, dayNo)
    if (inOrder.length > 0 && outside.length === 0) return { possible: true, starts: inOrder.map((opening) => showClock(opening.minute)), reasons: [] }
    if (outside.some((reason) => notUsable.has(reason.code))) return { possible: false, starts: [], reasons: outside }
    const order = orderReasons(problem, layer, dayNo, ignoring([...needs])(layer, dayNo).all())
    const lacks = needReasons(problem, layer, dayNo, ignoring)
    const reasons = [...order, ...(order.length > 0 ? [] : outside), ...lacks]
    return { possible: false, starts: [], reasons: reasons.length > 0 ? reasons : [togetherReason(layer, dayNo)] }
  }
}

/**
 * Why a visit cannot start at one minute of a day: the rules of order against what stands, and whoever or whatever is
 * missing then. Nothing where the start would be fine.
 */
export function startExplainerOf(problem: Problem): (layer: Layer, dayNo: number, minute: number) => readonly Reason[] {
  const ignoring = ignoringOf(problem)
  return (layer, dayNo, minute) => {
    const facts = { visit: layer.visit, day: dayOfNumber(dayNo) }
    const outside = outsideReasons(problem, layer, dayNo)
    if (outside.some((reason) => notUsable.has(reason.code))) return outside
    const on = (openings: OpeningsOn) => openings(layer, dayNo).all().find((opening) => opening.minute === minute)
    const any = on(ignoring([...needs]))
    if (!any) return problem.wall.at(dayNo, minute) === undefined ? [{ code: 'no-such-time', says: `The clocks jump over ${sayClock(minute)} on ${showDay(dayNo)}.`, facts }] : [standsThere(problem, layer, dayNo, minute)]
    const broken = standing(problem, layer, any)
    const order = broken.length > 0 ? broken : outside
    if (on(problem.openings)) return order
    const alone = needs.filter((need) => !on(ignoring(needs.filter((one) => one !== need))))
    const lacks = alone.flatMap((need) => sayNeedAt(problem, layer, any, need))
    const reasons = [...order, ...lacks]
    return reasons.length > 0 ? reasons : [{ code: 'no-common-time', says: `At ${sayClock(minute)} on ${showDay(dayNo)} not everybody who is needed is free.`, facts }]
  }
}

/** Days that may not be used at all need no further reason. */
const notUsable: ReadonlySet<string> = new Set(['before-planning', 'after-planning', 'clearance-ends', 'practice-closed'])

/** The rules a place would break against the visits that stand. */
function standing(problem: Problem, layer: Layer, at: Placed): Reason[] {
  return problem.plan.relations.flatMap((relation) => {
    const other = problem.plan.layers[relation.earlier === layer.index ? relation.later : relation.earlier]
    if (!other?.fixed || (relation.earlier !== layer.index && relation.later !== layer.index)) return []
    const fine = relation.earlier === layer.index ? allows(relation, at, other.fixed) : allows(relation, other.fixed, at)
    return fine ? [] : [orderReason(relation, layer, at, { ...other, fixed: other.fixed })]
  })
}

/** Reasons of order, when every start of the day breaks some rule; those of the start that breaks fewest. */
function orderReasons(problem: Problem, layer: Layer, dayNo: number, anyStart: readonly Opening[]): Reason[] {
  const broken = anyStart.map((at) => standing(problem, layer, at))
  if (broken.length === 0 || broken.some((reasons) => reasons.length === 0)) return meetsOthers(problem, dayNo, anyStart.length)
  return broken.reduce((fewest, reasons) => (reasons.length < fewest.length ? reasons : fewest))
}

function meetsOthers(problem: Problem, dayNo: number, starts: number): Reason[] {
  const there = problem.plan.others.filter((other) => other.dayNo === dayNo)
  return starts === 0 && there.length > 0 ? [sayStands(problem, dayNo, there.find(({ type }) => type === 'therapy'))] : []
}

/** What stands where a visit was to start; therapy is named with its hour, for it is what a person may move. */
function standsThere(problem: Problem, layer: Layer, dayNo: number, minute: number): Reason {
  const startMs = problem.wall.at(dayNo, minute) ?? 0
  const there = problem.plan.others.find((other) => overlaps(startMs, startMs + layer.phase.durationMin * MINUTE_MS, { fromMs: other.startMs, toMs: other.endMs }))
  return sayStands(problem, dayNo, layer.type === 'therapy' || there?.type === 'therapy' ? there : undefined)
}

function sayStands({ wall }: Problem, dayNo: number, there: CoursePlan['others'][number] | undefined): Reason {
  const facts = { day: dayOfNumber(dayNo) }
  if (!there) return { code: 'another-visit', says: `Another visit already stands on ${showDay(dayNo)}.`, facts }
  const span = `${sayClock(wall.minute(there.startMs))} to ${sayClock(wall.minute(there.endMs))}`
  return { code: 'another-visit', says: `${visitNames[there.type]} stands on ${showDay(dayNo)}, ${span}${there.type === 'therapy' ? '; it would have to give way' : ''}.`, facts }
}

/** Days outside what may be used at all, or too early or late for the visits that are still to be placed around it. */
function outsideReasons(problem: Problem, layer: Layer, dayNo: number): Reason[] {
  const { request, bounds } = problem
  const bound = bounds[layer.index]
  const facts = { visit: layer.visit, day: dayOfNumber(dayNo) }
  if (dayNo < dayNumber(request.earliest)) return [{ code: 'before-planning', says: `Planning begins on ${showDay(dayNumber(request.earliest))}.`, facts }]
  if (layer.type !== 'follow-up' && dayNo > dayNumber(request.latest)) return [{ code: 'after-planning', says: `Planning ends on ${showDay(dayNumber(request.latest))}.`, facts }]
  const closed = awayOn(request.closed, dayNo)
  if (closed) return [{ code: 'practice-closed', says: `The practice is closed on ${showDay(dayNo)}${closed.why ? ` (${closed.why})` : ''}.`, facts }]
  const until = layer.type === 'medicine' && request.clearance.state === 'signed' ? request.clearance.validUntil : undefined
  if (until !== undefined && dayNo > dayNumber(until)) return [{ code: 'clearance-ends', says: `The medical clearance ends on ${showDay(dayNumber(until))}.`, facts }]
  if (bound && dayNo < bound.lo) return [{ code: 'too-early', says: `What comes before ${nameOf(layer).toLowerCase()} takes until then: ${showDay(bound.lo)} is the first day it could be.`, facts: { ...facts, first: dayOfNumber(bound.lo) } }]
  if (bound && dayNo > bound.hi) return [{ code: 'too-late', says: `What comes after ${nameOf(layer).toLowerCase()} would have no room: ${showDay(bound.hi)} is the last day it could be.`, facts: { ...facts, last: dayOfNumber(bound.hi) } }]
  return []
}

/** A need that leaves no start even on its own is a reason; else those without which the day would do. */
function needReasons(problem: Problem, layer: Layer, dayNo: number, ignoring: (ignored: readonly Need[]) => OpeningsOn): Reason[] {
  if (problem.openings(layer, dayNo).at(0)) return []
  const alone = needs.filter((need) => ignoring(needs.filter((one) => one !== need))(layer, dayNo).at(0) === undefined)
  const decisive = alone.length > 0 ? alone : needs.filter((need) => ignoring([need])(layer, dayNo).at(0) !== undefined)
  return decisive.flatMap((need) => sayNeed(problem, layer, dayNo, need, alone.length > 0))
}

const togetherReason = (layer: Layer, dayNo: number): Reason => ({ code: 'no-common-time', says: `On ${showDay(dayNo)} there is no time that suits everybody at once.`, facts: { visit: layer.visit, day: dayOfNumber(dayNo) } })

function sayNeed(problem: Problem, layer: Layer, dayNo: number, need: Need, onItsOwn: boolean): Reason[] {
  const facts = { visit: layer.visit, day: dayOfNumber(dayNo) }
  const on = showDay(dayNo)
  if (need === 'closed') return [{ code: 'practice-closed', says: `The practice is closed on ${on}.`, facts }]
  if (need === 'blackout') return [{ code: 'patient-away', says: `The patient cannot come on ${on}.`, facts }]
  if (need === 'wishes') return [{ code: 'patient-wish', says: `${on} does not fit the times the patient can come.`, facts }]
  if (need === 'therapist') return [sayTherapist(problem, layer, dayNo, onItsOwn)]
  if (need === 'on-call') return [{ code: 'no-prescriber-on-call', says: `No prescriber can be on call for this room on ${on}.${whoIsElsewhere(problem, dayNo, 'prescriber')}`, facts }]
  if (need === 'room') return sayRooms(problem.request, layer, dayNo, onItsOwn)
  return missingRoles(problem, layer, dayNo).map((role) => ({ code: `no-${role}-free`, says: `No ${role} is free on ${on}${onItsOwn ? '' : ' when the others are'}.${whoIsElsewhere(problem, dayNo, role)}`, facts: { ...facts, role } }))
}

/** Those in a role whose own calendars take hours from that day: often the whole reason, and theirs to change. */
function whoIsElsewhere({ request, wall }: Problem, dayNo: number, role: StaffRole): string {
  const names = request.people.filter((person) => person.roles.includes(role) && isElsewhereOn(person, wall, dayNo)).map(({ name }) => name)
  return names.length === 0 ? '' : ` Busy elsewhere that day: ${names.join(', ')}.`
}
const isElsewhereOn = ({ elsewhere = [], ...person }: PersonCalendar, wall: Wall, dayNo: number): boolean => {
  const hours = workingHoursOf(person, wall)(dayNo)
  return elsewhere.map(stretchOf).some((busy) => hours.some(({ fromMs, toMs }) => overlaps(fromMs, toMs, busy)))
}

/** A need that is not met at one start. What holds for the whole day is said as it is of the day. */
function sayNeedAt(problem: Problem, layer: Layer, at: Opening, need: Need): Reason[] {
  const { dayNo, minute } = at
  const span = `from ${sayClock(minute)} to ${sayClock(problem.wall.minute(at.endMs))} on ${showDay(dayNo)}`
  return sayNeed(problem, layer, dayNo, need, true).map((reason) => {
    if (reason.code === 'therapist-busy') return { ...reason, says: `${sayHours(problem, dayNo, at) ?? `${nameOfTherapist(problem)} is not free ${span}.`}` }
    if (reason.code === 'room-taken') return { ...reason, says: reason.says.replace(` is taken on ${showDay(dayNo)}.`, ` is not free ${span}.`) }
    if (reason.code === 'patient-wish') return { ...reason, says: `The patient cannot come ${span}.` }
    return reason.code.startsWith('no-') ? { ...reason, says: reason.says.replace(`on ${showDay(dayNo)}`, span) } : reason
  })
}

const nameOfTherapist = ({ request }: Problem) => request.people.find((one) => one.id === request.therapist)?.name ?? 'The therapist'

/** Said where the start lies outside the therapist's hours of that day, rather than in something that is booked. */
function sayHours(problem: Problem, dayNo: number, { startMs, endMs }: Opening): string | undefined {
  const person = problem.request.people.find((one) => one.id === problem.request.therapist)
  const hours = person ? workingHoursOf(person, problem.wall)(dayNo) : []
  if (hours.length === 0 || covers(hours, startMs, endMs)) return undefined
  return `${nameOfTherapist(problem)} works ${hours.map(({ fromMs, toMs }) => `${sayClock(problem.wall.minute(fromMs))} to ${sayClock(problem.wall.minute(toMs))}`).join(' and ')} on ${showDay(dayNo)}.`
}

function sayTherapist({ request, wall }: Problem, layer: Layer, dayNo: number, onItsOwn: boolean): Reason {
  const person = request.people.find((one) => one.id === request.therapist)
  const name = person?.name ?? 'The therapist'
  const facts = { visit: layer.visit, day: dayOfNumber(dayNo), person: request.therapist }
  const away = awayOn(person?.away, dayNo)
  if (away) return { code: 'therapist-away', says: `${name} is away on ${showDay(dayNo)}${away.why ? ` (${away.why})` : ''}.`, facts }
  const special = person?.otherHours?.find((row) => dayNumber(row.day) === dayNo)
  const hours = special?.hours ?? person?.hours.filter((row) => row.weekday === weekdayOf(dayNo)) ?? []
  if (hours.length === 0) return { code: 'therapist-off', says: special ? `${name} is off on ${showDay(dayNo)}.` : `${name} does not work on a ${showWeekday(weekdayOf(dayNo))}.`, facts }
  const online = isOnline(request, layer.phase)
  if (hours.every(({ place }) => place === (online ? 'in-person' : 'online'))) return { code: 'therapist-elsewhere', says: `${name} works only ${online ? 'in person' : 'online'} on ${showDay(dayNo)}.`, facts }
  const dosing = (person?.busy ?? []).filter((row) => row.dosing && wall.dayNo(Date.parse(row.startsAt)) === dayNo).length
  if (person?.mostDosingPerDay !== undefined && isDosing(layer) && dosing >= person.mostDosingPerDay) return { code: 'therapist-enough-doses', says: `${name} already has ${dosing} dosing visits on ${showDay(dayNo)}, and takes no more in a day.`, facts }
  if (person && isElsewhereOn(person, wall, dayNo)) return { code: 'therapist-busy-elsewhere', says: `${name} is busy elsewhere on ${showDay(dayNo)} and has no ${layer.phase.durationMin} minutes free${onItsOwn ? '' : ' when the others are'}.`, facts }
  return { code: 'therapist-busy', says: onItsOwn ? `${name} has no ${layer.phase.durationMin} minutes free on ${showDay(dayNo)}.` : `${name} is not free on ${showDay(dayNo)} when the others are.`, facts }
}

function sayRooms(request: PlanRequest, layer: Layer, dayNo: number, onItsOwn: boolean): Reason[] {
  const facts = { visit: layer.visit, day: dayOfNumber(dayNo) }
  if (request.rooms.length === 0) return [{ code: 'no-room', says: 'No room has been entered.', facts }]
  return request.rooms.map((room) => {
    const never = lacking(room, layer)
    if (never.length > 0) return { code: 'room-lacks', says: `${room.name} has no ${never.join(' and no ')}.`, facts: { ...facts, room: room.id } }
    const ended = lacking(room, layer, dayNo)
    if (ended.length > 0) return { code: 'room-out-of-date', says: `${room.name}: ${ended.map((feature) => `the ${feature} is good until ${showDay(dayNumber(room.featuresUntil?.[feature] ?? ''))}`).join(', ')}.`, facts: { ...facts, room: room.id } }
    if (!holds(room, request)) return { code: 'room-too-small', says: `${room.name} is not entered as holding ${request.patients ?? 1} patients.`, facts: { ...facts, room: room.id } }
    if (awayOn(room.closed, dayNo)) return { code: 'room-closed', says: `${room.name} is closed on ${showDay(dayNo)}.`, facts: { ...facts, room: room.id } }
    return { code: 'room-taken', says: onItsOwn ? `${room.name} is taken on ${showDay(dayNo)}.` : `${room.name} is not free on ${showDay(dayNo)} when the others are.`, facts: { ...facts, room: room.id } }
  })
}

/** Which of the roles beside the therapist cannot be filled that day; all of them when only the team as a whole fails. */
function missingRoles(problem: Problem, layer: Layer, dayNo: number): readonly StaffRole[] {
  const roles = [...new Set(layer.phase.staff.map(({ role }) => role))].filter((role) => role !== 'therapist')
  const openings = openingsOf(problem.request, problem.wall, problem.plan.others, { ...problem.options, ignore: new Set<Need>(['closed', 'therapist', 'room', 'on-call', 'wishes', 'blackout']) })
  const missing = roles.filter((role) => openings({ ...layer, type: layer.type, phase: { ...layer.phase, staff: layer.phase.staff.filter((row) => row.role === role) } }, dayNo).at(0) === undefined)
  return missing.length > 0 ? missing : roles
}
