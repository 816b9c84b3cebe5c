import { Temporal } from 'temporal-polyfill'
import { phaseOf, type ProtocolPhase } from '../course/protocol.ts'
import { inState } from '../shared/us-states.ts'
import { clock, type Violation } from './check.ts'
import { isLicensedIn, isTreating } from './licensed.ts'
import type { Busy, Hours, PersonCalendar, PlannedVisit, PlanRequest } from './request.ts'

/** Whether the right people and a fitting room are really free for every planned visit. */
export function peopleViolations(visits: readonly PlannedVisit[], request: PlanRequest): Violation[] {
  const moving = new Set(visits.map((visit) => visit.visit))
  const alone = visits.flatMap((visit) => {
    const phase = phaseOf(request.protocol, visit.type)
    if (!phase) return []
    const found = [...roleFaults(visit, phase, request), ...fitFaults(visit, request), ...personFaults(visit, request, moving), ...roomFaults(visit, phase, request, moving), ...onCallFaults(visit, phase, request, moving)]
    return found.map(({ code, says, ...rest }) => ({ code, says: `${visit.visit}: ${says}`, visits: [visit.visit], ...rest }))
  })
  return [...alone, ...tooClose(visits, request), ...roomNotReady(visits, request)]
}

/** Two planned visits of one person leave the time between them that this person keeps free. */
function tooClose(visits: readonly PlannedVisit[], request: PlanRequest): Violation[] {
  const inTurn = visits.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
  return request.people.flatMap((person) => {
    const own = inTurn.filter((visit) => visit.people.some((one) => one.person === person.id))
    return own.slice(1).flatMap((later, i) => {
      const earlier = own[i] as PlannedVisit
      return heldFor(person, earlier).to > heldFor(person, later).from ? [{ code: 'buffer', says: `${person.name} has no time between ${earlier.visit} and ${later.visit}.`, visits: [earlier.visit, later.visit] }] : []
    })
  })
}

/** Nothing begins in a room before it has been made ready after the visit before. */
function roomNotReady(visits: readonly PlannedVisit[], request: PlanRequest): Violation[] {
  const inTurn = visits.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
  return request.rooms.flatMap((room) => {
    const here = inTurn.filter((visit) => visit.room?.id === room.id)
    return here.slice(1).flatMap((later, i) => {
      const earlier = here[i] as PlannedVisit
      return shifted(earlier.roomUntil, room.turnoverMin ?? 0) > later.startsAt ? [{ code: 'room', says: `${room.name} is not ready between ${earlier.visit} and ${later.visit}.`, visits: [earlier.visit, later.visit] }] : []
    })
  })
}

/** From when to when a visit takes somebody, with what they keep free around it. */
function heldFor(person: PersonCalendar, visit: PlannedVisit): { readonly from: string; readonly to: string } {
  const buffer = person.buffers?.find(({ type }) => type === visit.type)
  return { from: shifted(visit.startsAt, -(buffer?.beforeMin ?? 0)), to: shifted(visit.endsAt, buffer?.afterMin ?? 0) }
}
const shifted = (at: string, minutes: number): string => Temporal.Instant.from(at).add({ minutes }).toString({ fractionalSecondDigits: 3 })

/** What is asked of people beyond a role: a skill, and the licence of the state in which somebody sits who is seen online. */
function fitFaults(visit: PlannedVisit, request: PlanRequest): Fault[] {
  return visit.people.flatMap(({ person, name, role }) => {
    const calendar = request.people.find((one) => one.id === person)
    const lacks = (request.needs ?? []).filter((need) => need.role === role && calendar?.skills?.includes(need.skill) !== true).map(({ skill }) => ({ code: 'skill', says: `${name} does not bring ${skill}` }))
    const unlicensed = visit.online && request.sitsIn !== undefined && isTreating(role) && !isLicensedIn(calendar?.licensedIn, request.sitsIn, visit.day)
    return unlicensed ? [...lacks, { code: 'licence', says: `${name} is not entered as licensed ${inState(request.sitsIn ?? '')}` }] : lacks
  })
}

interface Fault {
  readonly code: string
  readonly says: string
  readonly taken?: true
}

/** As many people in each role as the protocol asks for, each person once, the course's own therapist among them. */
function roleFaults(visit: PlannedVisit, phase: ProtocolPhase, request: PlanRequest): Fault[] {
  const faults: Fault[] = []
  for (const { role, count } of phase.staff) {
    const inRole = visit.people.filter((one) => one.role === role && request.people.some((person) => person.id === one.person && person.roles.includes(role)))
    if (inRole.length !== count) faults.push({ code: 'staff', says: `${count} ${role} asked for, ${inRole.length} there` })
  }
  if (new Set(visit.people.map((one) => one.person)).size !== visit.people.length) faults.push({ code: 'staff', says: 'one person stands in two places' })
  if (visit.type === 'medicine' && visit.people.length < request.protocol.peopleInRoom) faults.push({ code: 'staff', says: 'too few people for a dose' })
  const asksTherapist = phase.staff.some((row) => row.role === 'therapist')
  if (asksTherapist && request.continuity === 'required' && !visit.people.some((one) => one.person === request.therapist && one.role === 'therapist')) faults.push({ code: 'continuity', says: 'the own therapist is not there' })
  return faults
}

function personFaults(visit: PlannedVisit, request: PlanRequest, moving: ReadonlySet<string>): Fault[] {
  return visit.people.flatMap(({ person, name }) => {
    const calendar = request.people.find((one) => one.id === person)
    if (!calendar) return [{ code: 'person', says: `${name} is not known here` }]
    const room = request.rooms.find((one) => one.id === visit.room?.id)
    const faults: Fault[] = []
    if (!atWork(calendar, visit.startsAt, visit.endsAt, request.zone, (hours) => isThere(hours, visit, room?.location))) faults.push({ code: 'hours', says: `${name} is not at work there` })
    if (taken(calendar.elsewhere ?? [], visit.startsAt, visit.endsAt, moving)) faults.push({ code: 'busy-elsewhere', says: `${name} is busy elsewhere then`, taken: true })
    const held = heldFor(calendar, visit)
    if (taken(calendar.busy, held.from, held.to, moving)) faults.push({ code: 'busy', says: `${name} is taken`, taken: true })
    const dayOf = (at: string) => Temporal.Instant.from(at).toZonedDateTimeISO(request.zone).toPlainDate().toString()
    const doses = calendar.busy.filter((row) => row.dosing === true && !(row.visit !== undefined && moving.has(row.visit)) && dayOf(row.startsAt) === visit.day).length
    if ((visit.type === 'medicine' || visit.type === 'maintenance') && calendar.mostDosingPerDay !== undefined && doses >= calendar.mostDosingPerDay) faults.push({ code: 'enough-doses', says: `${name} already has ${doses} dosing visits that day` })
    return faults
  })
}

/** Hours name where they hold, or hold everywhere. */
function isThere(hours: Hours, visit: PlannedVisit, location: string | undefined): boolean {
  if (visit.online) return hours.place !== 'in-person'
  return hours.place !== 'online' && (hours.location === undefined || hours.location === location)
}

/** By the wall: the whole time lies inside one span of that day's hours. */
function atWork(person: PersonCalendar, startsAt: string, endsAt: string, zone: string, there: (hours: Hours) => boolean = () => true): boolean {
  const start = Temporal.Instant.from(startsAt).toZonedDateTimeISO(zone)
  const end = Temporal.Instant.from(endsAt).toZonedDateTimeISO(zone)
  const day = start.toPlainDate().toString()
  if ((person.away ?? []).some((away) => away.from <= day && day <= away.to)) return false
  const spans: readonly Hours[] = (person.otherHours ?? []).find((row) => row.day === day)?.hours ?? person.hours.filter((row) => row.weekday === start.dayOfWeek)
  const until = end.toPlainDate().equals(start.toPlainDate()) ? clock(end) : '24:00'
  const sameNight = end.toPlainDate().equals(start.toPlainDate()) || end.equals(start.add({ days: 1 }).startOfDay())
  return sameNight && spans.some((span) => there(span) && span.from <= clock(start) && until <= span.to)
}

const taken = (busy: readonly Busy[], startsAt: string, endsAt: string, moving: ReadonlySet<string>): boolean =>
  busy.some((row) => !(row.visit !== undefined && moving.has(row.visit)) && row.startsAt < endsAt && startsAt < row.endsAt)

function roomFaults(visit: PlannedVisit, phase: ProtocolPhase, request: PlanRequest, moving: ReadonlySet<string>): Fault[] {
  if (visit.online) return phase.place === 'either' ? [] : [{ code: 'place', says: 'has to be in person' }]
  const room = request.rooms.find((one) => one.id === visit.room?.id)
  if (!room) return [{ code: 'room', says: 'has no room' }]
  const faults: Fault[] = []
  const heldMin = (Date.parse(visit.roomUntil) - Date.parse(visit.startsAt)) / 60_000
  if (heldMin < Math.max(phase.durationMin, phase.roomMin ?? 0)) faults.push({ code: 'room', says: `the room is held for ${heldMin} minutes only` })
  for (const feature of phase.roomFeatures ?? []) {
    const until = room.featuresUntil?.[feature]
    if (!room.features.includes(feature)) faults.push({ code: 'room', says: `${room.name} has no ${feature}` })
    else if (until !== undefined && until < visit.day) faults.push({ code: 'room', says: `the ${feature} of ${room.name} was good until ${until}` })
  }
  if ((room.capacity ?? 1) < (request.patients ?? 1)) faults.push({ code: 'room', says: `${room.name} is too small for ${request.patients ?? 1} patients` })
  if ((room.closed ?? []).some((away) => away.from <= visit.day && visit.day <= away.to)) faults.push({ code: 'room', says: `${room.name} is closed` })
  if (taken(room.busy, visit.startsAt, shifted(visit.roomUntil, room.turnoverMin ?? 0), moving)) faults.push({ code: 'room', says: `${room.name} is taken`, taken: true })
  return faults
}

function onCallFaults(visit: PlannedVisit, phase: ProtocolPhase, request: PlanRequest, moving: ReadonlySet<string>): Fault[] {
  const { onCall } = request.protocol
  if (phase.type !== 'medicine' || !onCall || request.onCall === 'elsewhere') return []
  const prescriber = request.people.find((person) => person.id === visit.onCall?.person && person.roles.includes('prescriber'))
  if (!prescriber || !visit.onCall) return [{ code: 'on-call', says: 'no prescriber is on call' }]
  const { lane } = visit.onCall
  const faults: Fault[] = []
  if (!atWork(prescriber, visit.startsAt, visit.roomUntil, request.zone)) faults.push({ code: 'on-call', says: `${prescriber.name} is not at work` })
  if (taken(prescriber.elsewhere ?? [], visit.startsAt, visit.roomUntil, moving)) faults.push({ code: 'busy-elsewhere', says: `${prescriber.name} is busy elsewhere then`, taken: true })
  if (lane < 0 || lane > onCall.maxRooms) faults.push({ code: 'on-call', says: `there is no lane ${lane}` })
  const lanes = lane === 0 ? Array.from({ length: onCall.maxRooms }, (_, i) => i + 1) : [lane]
  const isTaken = (number: number) => taken((prescriber.lanes ?? []).filter((row) => row.lane === number), visit.startsAt, visit.roomUntil, moving)
  if (lanes.every(isTaken)) faults.push({ code: 'on-call', says: `${prescriber.name} already answers for as many rooms as may be`, taken: true })
  return faults
}
