import type { StaffRole } from '../course/protocol.ts'
import { MINUTE_MS } from '../shared/time.ts'
import { awayOn, covers, openTimeOf, overlaps, type OpenOn } from './calendar.ts'
import { isDosing, isOfCourse } from '../course/dosing-visit.ts'
import { cheapestFirst, colleagueOf, fill, mayFill, type Colleague, type Stint } from './colleague.ts'
import type { CoursePlan, Layer, Placed } from './layers.ts'
import { laneKey, priceFor, roomKey, type Market } from './market.ts'
import type { PersonCalendar, PlanRequest, PlannedVisit, RoomCalendar } from './request.ts'
import { holds, isOnline, lacking } from './rooms.ts'
import { wishesFor } from './wishes.ts'
import { dayNumber, type Wall } from './zone.ts'

/** What a visit needs apart from its place in the course. An explanation leaves these out one at a time. */
export type Need = 'closed' | 'therapist' | 'staff' | 'room' | 'on-call' | 'wishes' | 'blackout'
export const needs: readonly Need[] = ['closed', 'blackout', 'therapist', 'staff', 'room', 'on-call', 'wishes']

/** A start at which everything a visit needs is there, with the people and the room it would take. */
export interface Opening extends Placed {
  readonly minute: number
  readonly people: PlannedVisit['people']
  readonly room: RoomCalendar | undefined
  readonly onCall: { readonly person: PersonCalendar; readonly lane: number } | undefined
  readonly online: boolean
  readonly roomUntilMs: number
  /** 1 when the patient would rather have had another time. */
  readonly missedWish: 0 | 1
  /** Whether somebody takes the place of the course's own therapist. */
  readonly otherTherapist: 0 | 1
  /** How many of the team are not the people who are usually there. */
  readonly strangers: number
  readonly therapistBusyMin: number
  /** What the market asks for its people, its room and its lane; 0 where there is none. */
  readonly price: number
}

export interface OpeningOptions {
  /** What plans for other patients leave: among people and rooms that are free, the cheapest are taken. */
  readonly market?: Market
  readonly ignore?: ReadonlySet<Need>
  /** Visits whose booked time counts as free, because they are being moved. */
  readonly lookPast?: ReadonlySet<string>
  /** Where a visit stands now: its hour is tried as well, and its people and room come first. */
  readonly standing?: ReadonlyMap<string, { readonly minute: number; readonly people: readonly string[]; readonly room?: string }>
}

/** The openings of one day, soonest first. Each is worked out when it is asked for, and once. */
export interface Openings {
  readonly at: (index: number) => Opening | undefined
  readonly all: () => readonly Opening[]
}

/** Finds the openings of a local day for a visit of the course. */
export type OpeningsOn = (layer: Layer, dayNo: number) => Openings

/** What another therapist and somebody unusual cost beside a day of the course; a market's prices are in the same coin. */
export const flawCosts = { otherTherapist: 500, stranger: 3 }

/** Nothing about it could be better at another hour of the same day. */
export const isFlawless = (opening: Opening): boolean => opening.missedWish + opening.otherTherapist + opening.strangers === 0

interface Desk {
  readonly request: PlanRequest
  readonly wall: Wall
  readonly others: CoursePlan['others']
  readonly ignore: ReadonlySet<Need>
  readonly standing: NonNullable<OpeningOptions['standing']>
  readonly market: Market | undefined
  readonly people: readonly Colleague[]
  /** Everybody, those who are free most first, and for each role those who come first beside the own therapist. */
  readonly usual: () => { readonly ranked: readonly Colleague[]; readonly byRole: Readonly<Record<StaffRole, readonly string[]>> }
  readonly rooms: readonly { readonly room: RoomCalendar; readonly open: OpenOn }[]
  readonly blackout: ReadonlySet<number>
  readonly closedOn: (dayNo: number) => boolean
}

export function openingsOf(request: PlanRequest, wall: Wall, others: CoursePlan['others'], options: OpeningOptions = {}): OpeningsOn {
  const desk = deskOf(request, wall, others, options)
  const known = new Map<string, Openings>()
  const shapes = new Map<Layer, { readonly key: string; readonly asks: Asks }>()
  const shapeOf = (layer: Layer) => {
    const shape = shapes.get(layer) ?? { key: desk.standing.has(layer.visit) ? layer.visit : sameNeeds(desk, layer), asks: asksOf(desk, layer) }
    shapes.set(layer, shape)
    return shape
  }
  return (layer, dayNo) => {
    const { key, asks } = shapeOf(layer)
    const onThat = `${key} ${dayNo}`
    const found = known.get(onThat) ?? onDay(desk, layer, asks, dayNo)
    known.set(onThat, found)
    return found
  }
}

function deskOf(request: PlanRequest, wall: Wall, others: CoursePlan['others'], options: OpeningOptions): Desk {
  const lookPast = options.lookPast ?? new Set<string>()
  const people = request.people.map((person) => colleagueOf(person, request, wall, lookPast))
  let usual: ReturnType<Desk['usual']> | undefined
  return {
    request, wall, others, people, ignore: options.ignore ?? new Set<Need>(), standing: options.standing ?? new Map(), market: options.market,
    usual: () => (usual ??= usualTeam(people, request)),
    rooms: request.rooms.map((room) => ({ room, open: openTimeOf(room, wall, lookPast) })).toSorted((a, b) => a.room.features.length - b.room.features.length),
    blackout: new Set(request.wishes.blackout.map(dayNumber)),
    closedOn: (dayNo) => awayOn(request.closed, dayNo) !== undefined,
  }
}

/** Who is free most comes first: one team then carries most of a course, which is what continuity means. */
function usualTeam(people: readonly Colleague[], request: PlanRequest): ReturnType<Desk['usual']> {
  const from = dayNumber(request.earliest)
  const freeMs = new Map(people.map(({ person, free }) => [person.id, Array.from({ length: 56 }, (_, i) => free(from + i)).flat().reduce((sum, row) => sum + row.toMs - row.fromMs, 0)]))
  const ranked = people.toSorted((a, b) => (freeMs.get(b.person.id) ?? 0) - (freeMs.get(a.person.id) ?? 0))
  const of = (role: StaffRole) => ranked.filter(({ person }) => person.roles.includes(role) && person.id !== request.therapist).map(({ person }) => person.id)
  return { ranked, byRole: { therapist: of('therapist'), prescriber: of('prescriber'), monitor: of('monitor'), coordinator: of('coordinator') } }
}

/** Visits that need the same people, the same room and the same wishes have the same openings. */
function sameNeeds({ request }: Desk, { type, phase }: Layer): string {
  const keptFree = request.people.some(({ buffers }) => buffers?.some((one) => one.type === type))
  const wishes = request.wishes.when.flatMap((wish, i) => (!wish.types || wish.types.includes(type) ? [i] : []))
  return JSON.stringify([phase.durationMin, phase.roomMin ?? 0, phase.roomFeatures ?? [], phase.staff, phase.place === 'either' && request.wishes.online.includes(type), isDosing({ type }), keptFree ? type : '', wishes])
}

function onDay(desk: Desk, layer: Layer, asks: Asks, dayNo: number): Openings {
  if (desk.blackout.has(dayNo) && !desk.ignore.has('blackout')) return none
  if (desk.closedOn(dayNo) && !desk.ignore.has('closed')) return none
  const { stepMin } = desk.request
  const minutes = Array.from({ length: Math.ceil(1_440 / stepMin) }, (_, i) => i * stepMin)
  const standing = desk.standing.get(layer.visit)?.minute
  const tried = standing === undefined || minutes.includes(standing) ? minutes : [...minutes, standing].toSorted((a, b) => a - b)
  const lead = asks.leads?.flatMap(({ free }) => free(dayNo))
  const therapistBusyMin = busyMinutes(desk, dayNo)
  const starts = tried.flatMap((minute) => {
    const startMs = desk.wall.at(dayNo, minute)
    return startMs !== undefined && (!lead || covers(lead, startMs, startMs + layer.phase.durationMin * MINUTE_MS)) ? [{ minute, startMs }] : []
  })
  return lazily(starts.length, (i) => {
    const start = starts[i]
    return start && openingAt(desk, layer, asks, { dayNo, minute: start.minute, startMs: start.startMs, therapistBusyMin })
  })
}

/** A list whose items are made on demand; those that turn out to be nothing are left out. */
function lazily(length: number, make: (i: number) => Opening | undefined): Openings {
  const made: Opening[] = []
  let next = 0
  const upTo = (count: number) => {
    while (made.length < count && next < length) {
      const opening = make(next)
      next += 1
      if (opening) made.push(opening)
    }
    return made
  }
  return { at: (index) => upTo(index + 1)[index], all: () => upTo(Infinity) }
}

const none: Openings = { at: () => undefined, all: () => [] }

/** What a visit asks of a day, whichever day it is. */
interface Asks {
  /** The one person who cannot be replaced, or everybody of a role it needs: only their free times are worth trying. */
  readonly leads: readonly Colleague[] | undefined
  readonly roles: readonly StaffRole[]
  /** The course's own therapist, where a therapist is needed. */
  readonly own: Colleague | undefined
  /** Who could take one of the places, in the order in which they are asked. */
  readonly candidates: readonly Colleague[]
  readonly may: (person: PersonCalendar, role: StaffRole, dayNo?: number) => boolean
  readonly online: boolean
  readonly rooms: Desk['rooms'] | undefined
  readonly onCall: readonly Colleague[] | undefined
}

function asksOf(desk: Desk, layer: Layer): Asks {
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
    roles, online, may,
    leads: roles.length === 0 ? undefined : desk.people.filter(({ person }) => (alone ? person.id === request.therapist : roles.some((role) => may(person, role)))),
    own: roles.includes('therapist') ? desk.people.find(({ person }) => person.id === request.therapist && may(person, 'therapist')) : undefined,
    candidates: desk.usual().ranked.filter(({ person }) => roles.some((role) => may(person, role))).toSorted((a, b) => stoodFirst(a) - stoodFirst(b)),
    rooms: online || ignore.has('room') ? undefined : [...rooms.filter(({ room }) => room.id === standing?.room), ...rooms.filter(({ room }) => room.id !== standing?.room)],
    onCall: takesCalls ? desk.people.filter(({ person }) => person.roles.includes('prescriber')) : undefined,
  }
}

function openingAt(desk: Desk, layer: Layer, asks: Asks, at: Pick<Opening, 'dayNo' | 'minute' | 'startMs' | 'therapistBusyMin'>): Opening | undefined {
  const { phase } = layer
  const { dayNo, minute, startMs } = at
  const endMs = startMs + phase.durationMin * MINUTE_MS
  const wish = wishesFor(desk.request.wishes.when, layer, dayNo, minute)
  if (wish === 'refused' && !desk.ignore.has('wishes')) return undefined
  if (meetsOther(desk, layer, dayNo, startMs, endMs)) return undefined
  const roomUntilMs = asks.online ? endMs : startMs + Math.max(phase.durationMin, phase.roomMin ?? 0) * MINUTE_MS
  const onCall = asks.onCall && onCallAt(desk, asks.onCall, dayNo, startMs, roomUntilMs)
  if (asks.onCall && !onCall) return undefined
  const found = whereAt(desk, layer, asks, { type: layer.type, dayNo, startMs, endMs }, roomUntilMs)
  if (!found) return undefined
  const { room, team } = found
  return {
    dayNo, minute, startMs, endMs, people: team.people, room, onCall, online: asks.online, roomUntilMs, therapistBusyMin: at.therapistBusyMin,
    missedWish: wish === 'missed' ? 1 : 0, otherTherapist: team.otherTherapist, strangers: team.strangers, price: (onCall?.price ?? 0) + found.price,
  }
}

/** A room with the people who can be there: of each location the cheapest room that fits, and of these the one with the best team. */
function whereAt(desk: Desk, layer: Layer, asks: Asks, stint: Omit<Stint, 'place'>, roomUntilMs: number): { readonly room: RoomCalendar | undefined; readonly team: Team; readonly price: number } | undefined {
  if (!asks.rooms) {
    const team = teamAt(desk, asks, { ...stint, place: asks.online ? { online: true, location: undefined } : undefined })
    return team && { room: undefined, team, price: team.price }
  }
  let best: { readonly room: RoomCalendar; readonly team: Team; readonly price: number } | undefined
  for (const { room, price } of freeRooms(desk, layer, asks.rooms, stint, roomUntilMs)) {
    const team = teamAt(desk, asks, { ...stint, place: { online: false, location: room.location } })
    if (team && (!best || flaws(team) + team.price + price < flaws(best.team) + best.price)) best = { room, team, price: team.price + price }
    if (best && flaws(best.team) + best.price === 0) break
  }
  return best
}
/** The own therapist before anything else, then the usual people. */
const flaws = ({ otherTherapist, strangers }: Team): number => otherTherapist * flawCosts.otherTherapist + strangers * flawCosts.stranger

/** Of each location the cheapest room that is free and has what the visit asks for; without a market the first one. */
function freeRooms({ market }: Desk, layer: Layer, rooms: Desk['rooms'], { dayNo, startMs }: Omit<Stint, 'place'>, untilMs: number): Iterable<{ readonly room: RoomCalendar; readonly price: number }> {
  const cheapest = new Map<string | undefined, { readonly room: RoomCalendar; readonly price: number }>()
  for (const { room, open } of rooms) {
    const known = cheapest.get(room.location)
    if (known?.price === 0 || lacking(room, layer, dayNo).length > 0) continue
    const toMs = untilMs + (room.turnoverMin ?? 0) * MINUTE_MS
    if (!covers(open(dayNo), startMs, toMs)) continue
    const price = market?.(roomKey(room.id), startMs, toMs) ?? 0
    if (price < (known?.price ?? Infinity)) cheapest.set(room.location, { room, price })
  }
  return cheapest.values()
}

function meetsOther(desk: Desk, layer: Layer, dayNo: number, startMs: number, endMs: number): boolean {
  return desk.others.some((other) => overlaps(startMs, endMs, { fromMs: other.startMs, toMs: other.endMs }) || (other.dayNo === dayNo && isOfCourse(layer) && isOfCourse(other) && (isDosing(layer) || isDosing(other))))
}

interface Team {
  readonly people: PlannedVisit['people']
  readonly otherTherapist: 0 | 1
  readonly strangers: number
  readonly price: number
}

/** "k of n" people, each in one role only. The course's own therapist takes a therapist's place whenever she can. */
function teamAt(desk: Desk, asks: Asks, stint: Stint): Team | undefined {
  const may = (person: PersonCalendar, role: StaffRole) => asks.may(person, role, stint.dayNo)
  const priceOf = (person: PersonCalendar) => (desk.market ? priceFor(desk.market, person, stint) : 0)
  const own = asks.own && may(asks.own.person, 'therapist') && asks.own.canBeAt(stint) && priceOf(asks.own.person) < Infinity ? asks.own : undefined
  const asksTherapist = asks.roles.includes('therapist')
  if (asksTherapist && !own && desk.request.continuity === 'required') return undefined
  const open = own ? asks.roles.toSpliced(asks.roles.indexOf('therapist'), 1) : asks.roles
  const usual = (role: StaffRole) => desk.usual().byRole[role].slice(0, open.filter((slot) => slot === role).length)
  const there = open.length === 0 ? [] : asks.candidates.filter((one) => one !== own && one.canBeAt(stint)).map(({ person }) => person)
  const others = fill(open, desk.market ? cheapestFirst(there, (person) => priceOf(person) + (open.some((role) => usual(role).includes(person.id)) ? 0 : flawCosts.stranger)) : there, may)
  if (!others) return undefined
  const people = [...(own ? [{ person: own.person, role: 'therapist' as const }] : []), ...others]
  return {
    people: people.map(({ person, role }) => ({ person: person.id, name: person.name, role })),
    otherTherapist: asksTherapist && !own ? 1 : 0,
    strangers: others.filter(({ person, role }) => !usual(role).includes(person.id)).length,
    price: desk.market ? people.reduce((sum, { person }) => sum + priceOf(person), 0) : 0,
  }
}

/** A prescriber at work with a free lane. */
function onCallAt({ market }: Desk, prescribers: readonly Colleague[], dayNo: number, fromMs: number, toMs: number): Opening['onCall'] & { readonly price: number } | undefined {
  let best: NonNullable<Opening['onCall']> & { readonly price: number } | undefined
  for (const { person, works, freeLanes } of prescribers) {
    if (!covers(works(dayNo), fromMs, toMs)) continue
    for (const lane of freeLanes(fromMs, toMs)) {
      const price = market?.(laneKey(person.id, lane), fromMs, toMs) ?? 0
      if (price < (best?.price ?? Infinity)) best = { person, lane, price }
      if (price === 0) return best
    }
  }
  return best
}

function busyMinutes(desk: Desk, dayNo: number): number {
  const own = desk.people.find(({ person }) => person.id === desk.request.therapist)
  if (!own) return 0
  const lengthMs = (open: OpenOn) => open(dayNo).reduce((sum, row) => sum + row.toMs - row.fromMs, 0)
  return (lengthMs(own.works) - lengthMs(own.free)) / MINUTE_MS
}
