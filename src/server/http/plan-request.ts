import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import type { RoomRow, StaffPlanning, Wishes } from '../../core/contract/running.ts'
import { phaseOf, type Protocol, type StaffRole } from '../../core/course/protocol.ts'
import { standingOf } from '../../core/course/fixed.ts'
import type { Violation } from '../../core/scheduling/check.ts'
import { enteredHours } from '../../core/scheduling/entered-hours.ts'
import type { Away, ClearanceFor, PersonCalendar, PlanRequest, RoomCalendar, Weekday, Wish } from '../../core/scheduling/request.ts'
import { joined } from '../../core/scheduling/elsewhere.ts'
import { sitsInOf } from '../../core/online/sits-in.ts'
import { languageName } from '../../core/shared/language-name.ts'
import { localDay } from '../../core/shared/local-day.ts'
import { plusDays, plusMinutes } from '../../core/shared/time.ts'
import { busyFrom, heldFor, type Busy, type Within } from '../store/calendar.ts'
import { team } from '../store/charts.ts'
import { busyElsewhere } from '../store/own-calendars.ts'
import { together } from '../store/together.ts'
import { closingsOf, hasPrescriber, practiceRow, rooms, staff } from '../store/practice.ts'
import { asJob } from './job.ts'
import { requireCourse, type Judged } from './judging.ts'
import { Problem } from './problems.ts'
import type { Here } from './shell.ts'

/** How far ahead a course may be planned, and how finely starts are tried. */
const HORIZON_DAYS = 150
export const STEP_MIN = 30

/** Everything the planner needs to know, gathered: people's hours and bookings, rooms, wishes, and what already stands. */
export async function planRequest(here: Here, judged: Judged, wishes: Wishes, leftOut: readonly string[] = [], among: Among = {}): Promise<PlanRequest> {
  const { row } = judged
  requireCourse(judged, 'plan.refused')
  // What is held for this patient makes room for whatever is planned for them.
  const givesWay = heldFor(here, here.now, row.chart).then((held) => [...leftOut, ...held])
  const [members, read] = await together(team(here, row.chart), calendars(here, givesWay, among), givesWay)
  const therapist = members.find(({ role }) => role === 'therapist')
  if (!therapist) throw new Problem('plan.refused', { list: [{ code: 'therapist', says: 'Nobody on this care team is the therapist yet.' }] })
  const asked = { earliest: wishes.earliest, when: wishList(wishes), blackout: wishes.blackout, online: wishes.online as BookedVisit['type'][], needs: wishes.needs, sitsIn: wishes.sitsIn }
  return requestFrom(judged, read, therapist.person, asked, here.now)
}

interface Asked extends Readonly<PlanRequest['wishes']> {
  readonly earliest: string
  readonly needs?: PlanRequest['needs'] | undefined
  /** Where nobody says it here, what the chart says holds. */
  readonly sitsIn?: string | undefined
}

/** The same from calendars that were read already, for whoever plans many who share them. */
export function requestFrom(judged: Pick<Judged, 'chart' | 'protocol' | 'unknownCourse' | 'zone' | 'clearance'>, { people, rooms: roomCalendars, closed, onCall }: Calendars, therapist: string, wishes: Asked, now: string): PlanRequest {
  const { zone } = judged
  const protocol = requireCourse(judged, 'plan.refused')
  // Nothing is planned into a day that has begun.
  const tomorrow = localDay(plusDays(now, 1), zone)
  const { earliest: asked, needs, sitsIn = sitsInOf(judged.chart)?.body.state, ...asWished } = wishes
  const earliest = asked > tomorrow ? asked : tomorrow
  return {
    protocol, zone, earliest, latest: localDay(plusDays(`${earliest}T12:00:00.000Z`, HORIZON_DAYS), zone),
    ...standingOf(judged.chart, protocol, now, zone), people, rooms: roomCalendars, closed, therapist, continuity: 'required', wishes: asWished,
    ...(sitsIn === undefined ? {} : { sitsIn }), ...(needs === undefined ? {} : { needs }),
    clearance: clearanceFor(judged), onCall, stepMin: STEP_MIN,
  }
}

interface Calendars { readonly people: PersonCalendar[]; readonly rooms: RoomCalendar[]; readonly closed: Away[]; readonly onCall: PlanRequest['onCall'] }
/** Some of the calendars: of these people, of some rooms, of what lies between two moments. Whoever is left out is not there at all. */
export interface Among {
  readonly people?: readonly string[]
  readonly rooms?: (all: readonly RoomRow[]) => readonly RoomRow[]
  readonly from?: string
  readonly until?: string
}
type Reading = Pick<Here, 'client' | 'actor' | 'now'>
/** Visits whose places count as free. */
type LeftOut = readonly string[] | Promise<readonly string[]>
type Taking = (within: Within) => ReturnType<typeof takenFrom>

export const calendars = (here: Here, leftOut: LeftOut = [], among: Among = {}): Promise<Calendars> => calendarsFrom(here, among, (within) => takenTimes(here, leftOut, within))

/** For whoever may read everybody's calendar. */
export async function calendarsFrom(reading: Reading, among: Among = {}, taking: Taking = (within) => takenFrom(reading, reading.now, [], within)): Promise<Calendars> {
  const [everybody, allRooms, practice, onCall] = await together(staff(reading, among.people), rooms(reading), practiceRow(reading), hasPrescriber(reading))
  const there = everybody.filter(({ active }) => active)
  const roomRows = among.rooms?.(allRooms) ?? allRooms
  const { busy, elsewhere } = await taking({ people: there.map(({ person }) => person), rooms: roomRows.map(({ id }) => id), from: among.from, until: among.until })
  const people = there.map((row): PersonCalendar => ({
    id: row.person, name: row.name, roles: row.roles.filter((role): role is StaffRole => ['therapist', 'prescriber', 'monitor', 'coordinator'].includes(role)),
    ...enteredHours(row), elsewhere: joined(elsewhere.filter(({ person }) => person === row.person)),
    ...asPlanned(row.planning, row.languages), ...takenBy(busy, row.person),
  }))
  // A room that is not marked for dosing offers nothing that a dosing visit asks for, whatever stands in it.
  const offered = (room: RoomRow) => (room.dosing ? room.features : [])
  const roomCalendars = roomRows.map((room): RoomCalendar => ({ id: room.id, name: room.name, features: offered(room), busy: busy.rooms[room.id] ?? [], ...placed(room.planning) }))
  const closed = closingsOf(practice).map(({ from, to, name }): Away => ({ from, to, why: name }))
  return { people, rooms: roomCalendars, closed, onCall: onCall ? 'plan' : 'elsewhere' }
}

/** A patient reads nobody's calendar; where a visit of theirs may go is worked out from all of them, and says no more than that. */
async function takenTimes(here: Here, leftOut: LeftOut, within: Within) {
  const free = await leftOut
  const read = (as: Pick<Here, 'client' | 'actor'>) => takenFrom(as, here.now, free, within)
  return here.actor.roles.every((role) => role === 'patient') ? asJob(here.shell, here.actor.practice, (client) => read({ client, actor: here.actor })) : read(here)
}
async function takenFrom(as: Pick<Here, 'client' | 'actor'>, now: string, leftOut: readonly string[], within: Within) {
  const [busy, elsewhere] = await together(busyFrom(as, now, leftOut, within), busyElsewhere(as, within.from ?? now, within.until ?? null))
  return { busy, elsewhere }
}

function takenBy(busy: Busy, person: string) {
  const all = (busy.people[person] ?? []).map(({ dosing, ...row }) => ({ ...row, ...(dosing ? { dosing: true as const } : {}) }))
  return { busy: all.filter(({ lane }) => lane === 0), lanes: all.filter(({ lane }) => lane > 0) }
}

/** What somebody speaks is something they bring, by its code and by its name. */
const asPlanned = ({ buffers, mostDosingPerDay, skills, licences }: StaffPlanning, languages: readonly string[]): Partial<PersonCalendar> => ({
  buffers, skills: [...new Set([...skills, ...languages, ...languages.map(languageName)])], licensedIn: licences.map(({ state, until }) => ({ state, ...(until === null ? {} : { until }) })), ...(mostDosingPerDay === null ? {} : { mostDosingPerDay }),
})
const placed = ({ location, capacity, turnoverMin, featuresUntil }: RoomRow['planning']): Partial<RoomCalendar> => ({ capacity, turnoverMin, featuresUntil, ...(location === '' ? {} : { location }) })

function clearanceFor({ clearance }: Pick<Judged, 'clearance'>): ClearanceFor {
  if (clearance.state !== 'cleared') return { state: 'needed' }
  return { state: 'signed', ...(clearance.entry?.body.expiresOn ? { validUntil: clearance.entry.body.expiresOn } : {}) }
}

function wishList(wishes: Wishes): Wish[] {
  const strength = wishes.hard ? 'must' : 'rather'
  const clock = { ...(wishes.from ? { from: wishes.from } : {}), ...(wishes.to ? { to: wishes.to } : {}) }
  const byType = Object.entries(wishes.days).filter(([, days]) => days.length > 0).map(([type, days]): Wish => ({ ...(type === 'any' ? {} : { types: [type as BookedVisit['type']] }), weekdays: days as Weekday[], ...clock, strength }))
  return byType.length > 0 || Object.keys(clock).length === 0 ? byType : [{ ...clock, strength }]
}

/** Observation may overrun: a dosing room stays taken for the protocol's longer time. */
export function roomUntil(visit: BookedVisit, protocol: Protocol | undefined): string {
  const minutes = protocol && phaseOf(protocol, visit.type)?.roomMin
  return minutes && visit.room ? plusMinutes(visit.startsAt, minutes) : visit.endsAt
}

/** What the checker found, as the refusal it is. */
export function refuseFound(found: readonly Violation[]) {
  // Somebody else was quicker: that is no fault of the plan, and what it would break only follows from it.
  const taken = found.filter((one) => one.taken)
  if (taken.length > 0) throw new Problem('plan.clash', { list: taken.slice(0, 20).map(({ code, says }) => ({ code, says })) })
  if (found.length > 0) throw new Problem('plan.violates', { list: found.slice(0, 20).map(({ code, says }) => ({ code, says })) })
}
