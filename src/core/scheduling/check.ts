import { Temporal } from 'temporal-polyfill'
import type { VisitType } from '../chart/kinds/aftercare.ts'
import { isOfCourse } from '../course/dosing-visit.ts'
import { phaseOf, type ProtocolPhase } from '../course/protocol.ts'
import { orderViolations } from './check-order.ts'
import { peopleViolations } from './check-people.ts'
import type { PlannedVisit, PlanRequest } from './request.ts'

/** One rule that a plan breaks. */
export interface Violation {
  readonly code: string
  readonly says: string
  readonly visits: readonly string[]
  /** Not a rule of the course: somebody else stands where this visit was to stand, since the plan was made. */
  readonly taken?: true
  /** A longest distance is exceeded, which a person may have meant when they booked it. */
  readonly late?: true
}

/** A visit as the check sees it, planned or standing, with its day and hour on the wall. */
export interface Checked {
  readonly visit: string
  readonly type: VisitType
  readonly number: number
  readonly day: Temporal.PlainDate
  readonly start: Temporal.ZonedDateTime
  readonly end: Temporal.ZonedDateTime
  readonly planned?: PlannedVisit
}

/**
 * Everything a plan breaks, found without any of the planner's own code: a second pair of eyes, which the
 * server also asks before it books. An empty list means that every rule of the protocol's row, every calendar
 * and every wish that must be kept is kept. Visits that stood before are facts and are not judged against each other.
 */
export function violations(proposal: { readonly visits: readonly PlannedVisit[] }, request: PlanRequest): readonly Violation[] {
  const checked = [...standing(request), ...proposal.visits.map((visit) => ({ ...inZone(visit, request.zone), visit: visit.visit, type: visit.type, number: visit.number, planned: visit }))]
  return [
    ...completeness(checked, request),
    ...proposal.visits.flatMap((visit) => wallClock(visit, request)),
    ...orderViolations(checked, request),
    ...patientViolations(checked, request),
    ...peopleViolations(proposal.visits, request),
  ]
}

function inZone(visit: { readonly startsAt: string; readonly endsAt: string }, zone: string): Pick<Checked, 'day' | 'start' | 'end'> {
  const start = Temporal.Instant.from(visit.startsAt).toZonedDateTimeISO(zone)
  return { start, day: start.toPlainDate(), end: Temporal.Instant.from(visit.endsAt).toZonedDateTimeISO(zone) }
}

function standing(request: PlanRequest): Checked[] {
  const earlier = (request.earlierDoses ?? []).toSorted()
  const doses = earlier.map((at, i) => ({ ...inZone({ startsAt: at, endsAt: at }, request.zone), visit: `earlier dose ${i + 1}`, type: 'medicine' as const, number: i + 1 - earlier.length }))
  return [...doses, ...request.fixed.map((visit) => ({ ...inZone(visit, request.zone), visit: visit.visit, type: visit.type, number: visit.number }))]
}

const unplanned: readonly VisitType[] = ['inquiry-call', 'maintenance']

/** Each visit of the course once: none forgotten, none twice. */
function completeness(checked: readonly Checked[], request: PlanRequest): Violation[] {
  const expected = request.protocol.phases.filter((phase) => !unplanned.includes(phase.type)).flatMap((phase) => numbersOf(phase, request).map((number) => ({ type: phase.type, number })))
  const missing = expected.flatMap(({ type, number }) => {
    const found = checked.filter((one) => one.type === type && one.number === number)
    if (found.length === 1) return []
    const bookedMeanwhile = found.some((one) => one.planned) && found.some((one) => !one.planned)
    return [{ code: found.length === 0 ? 'missing' : 'twice', says: bookedMeanwhile ? `${type} ${number} stands already.` : `${type} ${number} is planned ${found.length} times.`, visits: found.map((one) => one.visit), ...(bookedMeanwhile ? { taken: true as const } : {}) }]
  })
  const odd = checked.filter((one) => one.planned && !expected.some(({ type, number }) => type === one.type && number === one.number))
  return [...missing, ...odd.map((one) => ({ code: 'not-in-protocol', says: `The protocol has no ${one.type} ${one.number}.`, visits: [one.visit] }))]
}

function numbersOf(phase: ProtocolPhase, request: PlanRequest): number[] {
  const booked = request.fixed.some((visit) => visit.type === 'medical-clearance')
  if (phase.type === 'medical-clearance' && request.clearance.state !== 'needed' && !booked) return []
  const count = phase.type === 'follow-up' ? Math.min(phase.count, request.protocol.followUpDays.length) : phase.count
  return Array.from({ length: count }, (_, i) => i + 1)
}

/** The hour on the wall, the moment in UTC and the protocol's length must tell one story. */
function wallClock(visit: PlannedVisit, request: PlanRequest): Violation[] {
  const phase = phaseOf(request.protocol, visit.type)
  const wanted = Temporal.PlainDateTime.from(visit.localStart)
  const start = wanted.toZonedDateTime(request.zone, { disambiguation: 'earlier' })
  const real = start.toPlainDateTime().equals(wanted)
  const broken: Violation[] = []
  const say = (code: string, says: string) => broken.push({ code, says, visits: [visit.visit] })
  if (visit.zone !== request.zone) say('zone', `${visit.visit} is planned in ${visit.zone}.`)
  if (!real) say('no-such-time', `${visit.localStart} does not exist in ${request.zone}: the clocks jump over it.`)
  if (real && start.epochMilliseconds !== Date.parse(visit.startsAt)) say('wall-clock', `${visit.localStart} on the wall is not ${visit.startsAt}.`)
  if (visit.day !== visit.localStart.slice(0, 10)) say('wall-clock', `${visit.visit} names two days.`)
  const minutes = (Date.parse(visit.endsAt) - Date.parse(visit.startsAt)) / 60_000
  if (phase && minutes !== phase.durationMin) say('length', `${visit.visit} takes ${minutes} minutes, and the protocol says ${phase.durationMin}.`)
  return broken
}

/** What concerns the patient alone: one visit at a time, nothing else on a medicine day, the days and hours they can come. */
function patientViolations(checked: readonly Checked[], request: PlanRequest): Violation[] {
  const together = checked.flatMap((one, i) => checked.slice(i + 1).flatMap((other) => (one.planned || other.planned ? meeting(one, other) : [])))
  const wishes = checked.flatMap((one) => (one.planned ? wishViolations(one, request) : []))
  return [...together, ...wishes]
}

const dosing = (one: Checked) => one.type === 'medicine' || one.type === 'maintenance'

function meeting(one: Checked, other: Checked): Violation[] {
  const visits = [one.visit, other.visit]
  if (one.start.epochMilliseconds < other.end.epochMilliseconds && other.start.epochMilliseconds < one.end.epochMilliseconds) return [{ code: 'overlap', says: `${one.visit} and ${other.visit} overlap.`, visits }]
  if (one.day.equals(other.day) && isOfCourse(one) && isOfCourse(other) && (dosing(one) || dosing(other))) return [{ code: 'medicine-day', says: `A medicine day holds nothing else: ${one.visit} and ${other.visit} are both on ${one.day.toString()}.`, visits }]
  return []
}

function wishViolations(one: Checked, request: PlanRequest): Violation[] {
  const visits = [one.visit]
  const broken: Violation[] = []
  const day = one.day.toString()
  const late = one.type !== 'follow-up' && day > request.latest
  if (day < request.earliest || late) broken.push({ code: 'outside', says: `${one.visit} on ${day} lies outside the days that may be used.`, visits })
  if (one.type === 'medicine' && request.medicineFrom !== undefined && day < request.medicineFrom) broken.push({ code: 'outside', says: `Medicine begins on ${request.medicineFrom} at the earliest.`, visits })
  if (one.type === 'medicine' && request.medicineTo !== undefined && day > request.medicineTo) broken.push({ code: 'outside', says: `Medicine is given on ${request.medicineTo} at the latest.`, visits })
  const closed = (request.closed ?? []).find((row) => row.from <= day && day <= row.to)
  if (closed) broken.push({ code: 'closed', says: `${one.visit} is on ${day}, when the practice is closed${closed.why ? ` (${closed.why})` : ''}.`, visits })
  if (request.wishes.blackout.includes(day)) broken.push({ code: 'patient-away', says: `The patient cannot come on ${day}.`, visits })
  const musts = request.wishes.when.filter((wish) => wish.strength === 'must' && (wish.types === undefined || wish.types.includes(one.type)))
  const [from, to] = [clock(one.start), one.end.toPlainDate().equals(one.day) ? clock(one.end) : '24:00']
  const kept = musts.some((wish) => (wish.weekdays ?? [one.day.dayOfWeek]).some((weekday) => weekday === one.day.dayOfWeek) && (wish.from ?? '00:00') <= from && to <= (wish.to ?? '24:00'))
  if (musts.length > 0 && !kept) broken.push({ code: 'patient-wish', says: `${one.visit} on ${day} at ${from} is not when the patient can come.`, visits })
  return broken
}

export const clock = (at: Temporal.ZonedDateTime): string => at.toPlainTime().toString().slice(0, 5)
