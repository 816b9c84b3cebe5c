import type { StaffRole } from '../course/protocol.ts'
import { MINUTE_MS } from '../shared/time.ts'
import { awayOn, covers, freeLane, freeTimeOf, openTimeOf, overlaps, workingHoursOf, type OpenOn, type Stretch } from './calendar.ts'
import type { CoursePlan, Layer, Placed } from './layers.ts'
import type { PersonCalendar, PlanRequest, PlannedVisit, RoomCalendar, Wish } from './request.ts'
import { clockMinutes, dayNumber, weekdayOf, type Wall } from './zone.ts'

/** What a visit needs apart from its place in the course. An explanation leaves these out one at a time. */
export type Need = 'closed' | 'therapist' | 'staff' | 'room' | 'on-call' | 'wishes' | 'blackout'
export const needs: readonly Need[] = ['closed', 'blackout', 'therapist', 'staff', 'room', 'on-call', 'wishes']

/** A start at which everything a visit needs is there, with the people and the room it would take. */
export interface Opening extends Placed {
  readonly minute: number
  readonly people: PlannedVisit['people']
  readonly room?: RoomCalendar
  readonly onCall?: { readonly person: PersonCalendar; readonly lane: number }
  readonly online: boolean
  readonly roomUntilMs: number
  /** 1 when the patient would rather have had another time. */
  readonly missedWish: 0 | 1
  /** Whether somebody takes the place of the course's own therapist. */
  readonly otherTherapist: 0 | 1
  /** How many of the team are not the people who are usually there. */
  readonly strangers: number
  readonly therapistBusyMin: number
}

export interface OpeningOptions {
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

/** Nothing about it could be better at another hour of the same day. */
export const isFlawless = (opening: Opening): boolean => opening.missedWish + opening.otherTherapist + opening.strangers === 0

interface Desk {
  readonly request: PlanRequest
  readonly wall: Wall
  readonly others: CoursePlan['others']
  readonly ignore: ReadonlySet<Need>
  readonly lookPast: ReadonlySet<string>
  readonly standing: NonNullable<OpeningOptions['standing']>
  readonly people: readonly Colleague[]
  /** Everybody, those who are free most first, and for each role those who come first beside the own therapist. */
  readonly usual: () => { readonly ranked: readonly Colleague[]; readonly byRole: Readonly<Record<StaffRole, readonly string[]>> }
  readonly rooms: readonly { readonly room: RoomCalendar; readonly open: OpenOn }[]
  readonly blackout: ReadonlySet<number>
  readonly closedOn: (dayNo: number) => boolean
}

interface Colleague {
  readonly person: PersonCalendar
  readonly free: OpenOn
  readonly works: OpenOn
}

export function openingsOf(request: PlanRequest, wall: Wall, others: CoursePlan['others'], options: OpeningOptions = {}): OpeningsOn {
  const desk = deskOf(request, wall, others, options)
  const known = new Map<string, Openings>()
  const shapes = new Map<Layer, string>()
  const shapeOf = (layer: Layer): string => {
    const shape = shapes.get(layer) ?? (desk.standing.has(layer.visit) ? layer.visit : sameNeeds(desk, layer))
    shapes.set(layer, shape)
    return shape
  }
  return (layer, dayNo) => {
    const key = `${shapeOf(layer)} ${dayNo}`
    const found = known.get(key) ?? onDay(desk, layer, dayNo)
    known.set(key, found)
    return found
  }
}

function deskOf(request: PlanRequest, wall: Wall, others: CoursePlan['others'], options: OpeningOptions): Desk {
  const lookPast = options.lookPast ?? new Set<string>()
  const people = request.people.map((person) => ({ person, free: freeTimeOf(person, wall, lookPast), works: workingHoursOf(person, wall) }))
  let usual: ReturnType<Desk['usual']> | undefined
  return {
    request, wall, others, lookPast, people, ignore: options.ignore ?? new Set<Need>(), standing: options.standing ?? new Map(),
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
  const wishes = request.wishes.when.flatMap((wish, i) => (!wish.types || wish.types.includes(type) ? [i] : []))
  return JSON.stringify([phase.durationMin, phase.roomMin ?? 0, phase.roomFeatures ?? [], phase.staff, phase.place === 'either' && request.wishes.online.includes(type), isDose(type), wishes])
}

function onDay(desk: Desk, layer: Layer, dayNo: number): Openings {
  if (desk.blackout.has(dayNo) && !desk.ignore.has('blackout')) return lazily(0, () => undefined)
  if (desk.closedOn(dayNo) && !desk.ignore.has('closed')) return lazily(0, () => undefined)
  const { stepMin } = desk.request
  const minutes = Array.from({ length: Math.ceil(1_440 / stepMin) }, (_, i) => i * stepMin)
  const standing = desk.standing.get(layer.visit)?.minute
  const tried = standing === undefined || minutes.includes(standing) ? minutes : [...minutes, standing].toSorted((a, b) => a - b)
  const lead = leadTime(desk, layer, dayNo)
  const therapistBusyMin = busyMinutes(desk, dayNo)
  const starts = tried.flatMap((minute) => {
    const startMs = desk.wall.at(dayNo, minute)
    return startMs !== undefined && covers(lead, startMs, startMs + layer.phase.durationMin * MINUTE_MS) ? [{ minute, startMs }] : []
  })
  return lazily(starts.length, (i) => {
    const start = starts[i]
    return start && openingAt(desk, layer, { dayNo, minute: start.minute, startMs: start.startMs, therapistBusyMin })
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

/** The times worth trying: those of the one person who cannot be replaced, or of anybody at all. */
function leadTime(desk: Desk, layer: Layer, dayNo: number): readonly Stretch[] {
  const roles = layer.phase.staff.map(({ role }) => role).filter((role) => !desk.ignore.has(role === 'therapist' ? 'therapist' : 'staff'))
  if (roles.length === 0) return [{ fromMs: -Infinity, toMs: Infinity }]
  const alone = roles.includes('therapist') && desk.request.continuity === 'required'
  const leads = desk.people.filter(({ person }) => (alone ? person.id === desk.request.therapist : roles.some((role) => person.roles.includes(role))))
  return leads.flatMap(({ free }) => free(dayNo))
}

function openingAt(desk: Desk, layer: Layer, at: Pick<Opening, 'dayNo' | 'minute' | 'startMs' | 'therapistBusyMin'>): Opening | undefined {
  const { phase } = layer
  const { dayNo, minute, startMs } = at
  const endMs = startMs + phase.durationMin * MINUTE_MS
  const wish = wishesFor(desk.request.wishes.when, layer, dayNo, minute)
  if (wish === 'refused' && !desk.ignore.has('wishes')) return undefined
  if (meetsOther(desk, layer, dayNo, startMs, endMs)) return undefined
  const team = teamAt(desk, layer, dayNo, startMs, endMs)
  if (!team) return undefined
  const online = phase.place === 'either' && desk.request.wishes.online.includes(phase.type)
  const roomUntilMs = online ? endMs : startMs + Math.max(phase.durationMin, phase.roomMin ?? 0) * MINUTE_MS
  const room = online || desk.ignore.has('room') ? undefined : roomAt(desk, layer, dayNo, startMs, roomUntilMs)
  if (!online && !room && !desk.ignore.has('room')) return undefined
  const onCall = onCallAt(desk, layer, dayNo, startMs, roomUntilMs)
  if (onCall === 'nobody') return undefined
  return {
    ...at, endMs, people: team.people, online, roomUntilMs, ...(room ? { room } : {}), ...(onCall ? { onCall } : {}),
    missedWish: wish === 'missed' ? 1 : 0, otherTherapist: team.otherTherapist, strangers: team.strangers,
  }
}

/** `refused` when a `must` is not kept, `missed` when nothing the patient would rather have is met. */
export function wishesFor(wishes: readonly Wish[], layer: Pick<Layer, 'type' | 'phase'>, dayNo: number, minute: number): 'refused' | 'missed' | 'met' | 'not-asked' {
  const asked = wishes.filter((wish) => !wish.types || wish.types.includes(layer.type))
  const fits = (wish: Wish) =>
    (!wish.weekdays || wish.weekdays.includes(weekdayOf(dayNo))) &&
    (wish.from === undefined || clockMinutes(wish.from) <= minute) &&
    (wish.to === undefined || minute + layer.phase.durationMin <= clockMinutes(wish.to))
  const musts = asked.filter((wish) => wish.strength === 'must')
  if (musts.length > 0 && !musts.some(fits)) return 'refused'
  const rathers = asked.filter((wish) => wish.strength === 'rather')
  if (rathers.length === 0) return 'not-asked'
  return rathers.some(fits) ? 'met' : 'missed'
}

function meetsOther(desk: Desk, layer: Layer, dayNo: number, startMs: number, endMs: number): boolean {
  return desk.others.some((other) => overlaps(startMs, endMs, { fromMs: other.startMs, toMs: other.endMs }) || (other.dayNo === dayNo && (isDose(layer.type) || isDose(other.type))))
}
const isDose = (type: Layer['type']) => type === 'medicine' || type === 'maintenance'

interface Team {
  readonly people: PlannedVisit['people']
  readonly otherTherapist: 0 | 1
  readonly strangers: number
}

/** "k of n" people, each in one role only. The course's own therapist takes a therapist's place whenever she can. */
function teamAt(desk: Desk, layer: Layer, dayNo: number, fromMs: number, toMs: number): Team | undefined {
  const wanted = layer.phase.staff.flatMap(({ role, count }) => Array.from({ length: count }, () => role)).filter((role) => !desk.ignore.has(role === 'therapist' ? 'therapist' : 'staff'))
  const asksTherapist = wanted.includes('therapist')
  const isFree = ({ free }: Colleague) => covers(free(dayNo), fromMs, toMs)
  const own = asksTherapist ? desk.people.find((one) => one.person.id === desk.request.therapist && one.person.roles.includes('therapist') && isFree(one)) : undefined
  if (asksTherapist && !own && desk.request.continuity === 'required') return undefined
  const open = own ? wanted.toSpliced(wanted.indexOf('therapist'), 1) : wanted
  const others = open.length === 0 ? { people: [], strangers: 0 } : teamBeside(desk, layer, open, desk.usual().ranked.filter((one) => one !== own && isFree(one)))
  if (!others) return undefined
  const people = [...(own ? [{ person: own.person, role: 'therapist' as const }] : []), ...others.people]
  return { people: people.map(({ person, role }) => ({ person: person.id, name: person.name, role })), otherTherapist: asksTherapist && !own ? 1 : 0, strangers: others.strangers }
}

function teamBeside(desk: Desk, layer: Layer, open: readonly StaffRole[], free: readonly Colleague[]) {
  const standing = desk.standing.get(layer.visit)?.people ?? []
  const rank = ({ person }: Colleague) => (standing.includes(person.id) ? 0 : 1)
  const people = fill(open, free.toSorted((a, b) => rank(a) - rank(b)).map(({ person }) => person))
  const usual = (role: StaffRole) => desk.usual().byRole[role].slice(0, open.filter((slot) => slot === role).length)
  return people && { people, strangers: people.filter(({ person, role }) => !usual(role).includes(person.id)).length }
}

/** Gives each open place a person of that role, trying the preferred people first and going back when a place stays empty. */
export function fill(slots: readonly StaffRole[], candidates: readonly PersonCalendar[]): { readonly person: PersonCalendar; readonly role: StaffRole }[] | undefined {
  const [role, ...rest] = slots
  if (!role) return []
  for (const person of candidates) {
    if (!person.roles.includes(role)) continue
    const others = fill(rest, candidates.filter((one) => one !== person))
    if (others) return [{ person, role }, ...others]
  }
  return undefined
}

function roomAt(desk: Desk, layer: Layer, dayNo: number, fromMs: number, toMs: number): RoomCalendar | undefined {
  const fits = desk.rooms.filter(({ room, open }) => lacking(room, layer).length === 0 && covers(open(dayNo), fromMs, toMs))
  const standing = desk.standing.get(layer.visit)?.room
  return (fits.find(({ room }) => room.id === standing) ?? fits[0])?.room
}

export const lacking = (room: RoomCalendar, layer: Pick<Layer, 'phase'>): readonly string[] => (layer.phase.roomFeatures ?? []).filter((feature) => !room.features.includes(feature))

/** A prescriber at work with a free lane, `nobody` when one is needed and there is none, and nothing when none is needed. */
function onCallAt(desk: Desk, layer: Layer, dayNo: number, fromMs: number, toMs: number): Opening['onCall'] | 'nobody' {
  const { protocol, onCall } = desk.request
  if (!isDose(layer.type) || !protocol.onCall || onCall === 'elsewhere' || desk.ignore.has('on-call')) return undefined
  for (const { person, works } of desk.people) {
    if (!person.roles.includes('prescriber') || !covers(works(dayNo), fromMs, toMs)) continue
    const lane = freeLane(person, protocol.onCall.maxRooms, fromMs, toMs, desk.lookPast)
    if (lane !== undefined) return { person, lane }
  }
  return 'nobody'
}

function busyMinutes(desk: Desk, dayNo: number): number {
  const own = desk.people.find(({ person }) => person.id === desk.request.therapist)
  if (!own) return 0
  const lengthMs = (open: OpenOn) => open(dayNo).reduce((sum, row) => sum + row.toMs - row.fromMs, 0)
  return (lengthMs(own.works) - lengthMs(own.free)) / MINUTE_MS
}
