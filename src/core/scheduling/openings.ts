import { MINUTE_MS } from '../shared/time.ts'
import { covers } from './calendar.ts'
import { isDosing } from '../course/dosing-visit.ts'
import { asksOf, deskOf, startsAt, type Asks, type Desk, type OpeningOptions, type Start } from './desk.ts'
import type { CoursePlan, Layer, Placed } from './layers.ts'
import type { PersonCalendar, PlanRequest, PlannedVisit, RoomCalendar } from './request.ts'
import { onCallAt, todayOf, whereAt, type Today } from './today.ts'
import type { Wall } from './zone.ts'

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

/** The openings of one day, soonest first. Each is worked out when it is asked for, and once. */
export interface Openings {
  readonly at: (index: number) => Opening | undefined
  readonly all: () => readonly Opening[]
}

/** Finds the openings of a local day for a visit of the course. */
export type OpeningsOn = (layer: Layer, dayNo: number) => Openings

/** Nothing about it could be better at another hour of the same day. */
export const isFlawless = (opening: Opening): boolean => opening.missedWish + opening.otherTherapist + opening.strangers === 0

export function openingsOf(request: PlanRequest, wall: Wall, others: CoursePlan['others'], options: OpeningOptions = {}): OpeningsOn {
  const desk = deskOf(request, wall, others, options)
  const alike = new Map<string, Map<number, Openings>>()
  const shapes = new Map<Layer, { readonly known: Map<number, Openings>; readonly asks: Asks }>()
  const shapeOf = (layer: Layer) => {
    const key = desk.standing.has(layer.visit) ? layer.visit : sameNeeds(desk, layer)
    const known = alike.get(key) ?? new Map<number, Openings>()
    alike.set(key, known)
    const shape = { known, asks: asksOf(desk, layer) }
    shapes.set(layer, shape)
    return shape
  }
  return (layer, dayNo) => {
    const { known, asks } = shapes.get(layer) ?? shapeOf(layer)
    const found = known.get(dayNo) ?? onDay(desk, layer, asks, dayNo)
    known.set(dayNo, found)
    return found
  }
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
  const lead = asks.leads?.flatMap(({ free }) => free(dayNo))
  if (lead?.length === 0) return none
  const lengthMs = layer.phase.durationMin * MINUTE_MS
  const starts = triedOn(desk, layer, dayNo).filter(({ startMs }) => !lead || covers(lead, startMs, startMs + lengthMs))
  if (starts.length === 0) return none
  const today = todayOf(desk, layer, asks, dayNo)
  return lazily(starts.length, (i) => openingAt(desk, layer, asks, today, starts[i]!))
}

/** The starts of the grid, and the one at which the visit stands. */
function triedOn({ standing, startsOn, wall }: Desk, layer: Layer, dayNo: number): readonly Start[] {
  const minute = standing.get(layer.visit)?.minute
  const starts = startsOn(dayNo)
  if (minute === undefined || starts.some((one) => one.minute === minute)) return starts
  return [...starts, ...startsAt(wall, dayNo, [minute])].toSorted((a, b) => a.minute - b.minute)
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

function openingAt(desk: Desk, layer: Layer, asks: Asks, today: Today, { minute, startMs }: Start): Opening | undefined {
  const { phase } = layer
  const endMs = startMs + phase.durationMin * MINUTE_MS
  const wish = today.wish(minute)
  if (wish === 'refused' && !desk.ignore.has('wishes')) return undefined
  if (today.meets(startMs, endMs)) return undefined
  const roomUntilMs = asks.online ? endMs : startMs + Math.max(phase.durationMin, phase.roomMin ?? 0) * MINUTE_MS
  const onCall = today.onCall && onCallAt(desk, today.onCall, startMs, roomUntilMs)
  if (today.onCall && !onCall) return undefined
  const found = whereAt(desk, today, startMs, endMs, roomUntilMs)
  if (!found) return undefined
  const { room, team } = found
  return {
    dayNo: today.dayNo, minute, startMs, endMs, people: team.people, room, onCall, online: asks.online, roomUntilMs, therapistBusyMin: today.therapistBusyMin,
    missedWish: wish === 'missed' ? 1 : 0, otherTherapist: team.otherTherapist, strangers: team.strangers, price: (onCall?.price ?? 0) + found.price,
  }
}
