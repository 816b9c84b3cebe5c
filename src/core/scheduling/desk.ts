import { awayOn, openTimeOf, type OpenOn } from './calendar.ts'
import { isDosing } from '../course/dosing-visit.ts'
import { colleagueOf, mayFill, type Colleague } from './colleague.ts'
import type { CoursePlan, Layer } from './layers.ts'
import type { Market } from './market.ts'
import type { PlanRequest, RoomCalendar } from './request.ts'
import { holds, isOnline } from './rooms.ts'
import { placesFor, usualTeam, type TeamAsked, type UsualTeam } from './team.ts'
import { dayNumber, type Wall } from './zone.ts'

/** What a visit needs apart from its place in the course. An explanation leaves these out one at a time. */
export type Need = 'closed' | 'therapist' | 'staff' | 'room' | 'on-call' | 'wishes' | 'blackout'
export const needs: readonly Need[] = ['closed', 'blackout', 'therapist', 'staff', 'room', 'on-call', 'wishes']

export interface OpeningOptions {
  /** What plans for other patients leave: among people and rooms that are free, the cheapest are taken. */
  readonly market?: Market
  readonly ignore?: ReadonlySet<Need>
  /** Visits whose booked time counts as free, because they are being moved. */
  readonly lookPast?: ReadonlySet<string>
  /** Where a visit stands now: its hour is tried as well, and its people and room come first. */
  readonly standing?: ReadonlyMap<string, { readonly minute: number; readonly people: readonly string[]; readonly room?: string }>
}

/** Everything that openings are looked for in: the calendars, and what of them counts. */
export interface Desk {
  readonly request: PlanRequest
  readonly wall: Wall
  readonly others: CoursePlan['others']
  readonly ignore: ReadonlySet<Need>
  readonly standing: NonNullable<OpeningOptions['standing']>
  readonly market: Market | undefined
  readonly people: readonly Colleague[]
  readonly usual: () => UsualTeam
  readonly rooms: readonly { readonly room: RoomCalendar; readonly open: OpenOn }[]
  readonly blackout: ReadonlySet<number>
  readonly closedOn: (dayNo: number) => boolean
  /** Every start of a day that is tried, where the clocks do not jump over it. */
  readonly startsOn: (dayNo: number) => readonly Start[]
}
export interface Start {
  readonly minute: number
  readonly startMs: number
}

export function deskOf(request: PlanRequest, wall: Wall, others: CoursePlan['others'], options: OpeningOptions): Desk {
  const lookPast = options.lookPast ?? new Set<string>()
  const people = request.people.map((person) => colleagueOf(person, request, wall, lookPast))
  const minutes = Array.from({ length: Math.ceil(1_440 / request.stepMin) }, (_, i) => i * request.stepMin)
  const starts = new Map<number, readonly Start[]>()
  let usual: UsualTeam | undefined
  return {
    request, wall, others, people, ignore: options.ignore ?? new Set<Need>(), standing: options.standing ?? new Map(), market: options.market,
    usual: () => (usual ??= usualTeam(people, request)),
    rooms: request.rooms.map((room) => ({ room, open: openTimeOf(room, wall, lookPast) })).toSorted((a, b) => a.room.features.length - b.room.features.length),
    blackout: new Set(request.wishes.blackout.map(dayNumber)),
    closedOn: (dayNo) => awayOn(request.closed, dayNo) !== undefined,
    startsOn(dayNo) {
      const found = starts.get(dayNo) ?? startsAt(wall, dayNo, minutes)
      starts.set(dayNo, found)
      return found
    },
  }
}

export const startsAt = (wall: Wall, dayNo: number, minutes: readonly number[]): readonly Start[] => minutes.flatMap((minute) => {
  const startMs = wall.at(dayNo, minute)
  return startMs === undefined ? [] : [{ minute, startMs }]
})

/** What a visit asks of a day, whichever day it is. */
export interface Asks extends TeamAsked {
  /** The one person who cannot be replaced, or everybody of a role it needs: only their free times are worth trying. */
  readonly leads: readonly Colleague[] | undefined
  readonly online: boolean
  readonly rooms: Desk['rooms'] | undefined
  readonly onCall: readonly Colleague[] | undefined
}

export function asksOf(desk: Desk, layer: Layer): Asks {
  const { request, ignore } = desk
  const { phase } = layer
  const roles = phase.staff.flatMap(({ role, count }) => Array.from({ length: count }, () => role)).filter((role) => !ignore.has(role === 'therapist' ? 'therapist' : 'staff'))
  const alone = roles.includes('therapist') && request.continuity === 'required'
  const standing = desk.standing.get(layer.visit)
  const stoodFirst = ({ person }: Colleague) => (standing?.people.includes(person.id) ? 0 : 1)
  const online = isOnline(request, phase)
  const may: Asks['may'] = (person, role, dayNo) => mayFill(person, role, request, online, dayNo)
  const rooms = desk.rooms.filter(({ room }) => holds(room, request))
  const takesCalls = isDosing(layer) && request.protocol.onCall && request.onCall === 'plan' && !ignore.has('on-call')
  return {
    roles, online, may, ownOnly: alone,
    withOwn: placesFor(roles.includes('therapist') ? roles.toSpliced(roles.indexOf('therapist'), 1) : roles, desk.usual().byRole),
    withoutOwn: placesFor(roles, desk.usual().byRole),
    leads: roles.length === 0 ? undefined : desk.people.filter(({ person }) => (alone ? person.id === request.therapist : roles.some((role) => may(person, role)))),
    own: roles.includes('therapist') ? desk.people.find(({ person }) => person.id === request.therapist && may(person, 'therapist')) : undefined,
    candidates: desk.usual().ranked.filter(({ person }) => roles.some((role) => may(person, role))).toSorted((a, b) => stoodFirst(a) - stoodFirst(b)),
    rooms: online || ignore.has('room') ? undefined : [...rooms.filter(({ room }) => room.id === standing?.room), ...rooms.filter(({ room }) => room.id !== standing?.room)],
    onCall: takesCalls ? desk.people.filter(({ person }) => person.roles.includes('prescriber')) : undefined,
  }
}

