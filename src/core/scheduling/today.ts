import { MINUTE_MS } from '../shared/time.ts'
import { covers, overlaps, type OpenOn, type Stretch } from './calendar.ts'
import { isDosing, isOfCourse } from '../course/dosing-visit.ts'
import type { Colleague, During, Stint } from './colleague.ts'
import type { Asks, Desk } from './desk.ts'
import type { Layer } from './layers.ts'
import { laneKey, roomKey } from './market.ts'
import type { Opening } from './openings.ts'
import type { RoomCalendar } from './request.ts'
import { lacking } from './rooms.ts'
import { flawCosts, teamOn, type Team, type TeamAt } from './team.ts'
import { wishesOn } from './wishes.ts'

/** What one day holds for a visit, worked out once for all its starts. */
export interface Today {
  readonly dayNo: number
  readonly wish: ReturnType<typeof wishesOn>
  readonly meets: During
  /** Prescribers at work that day, with their hours. */
  readonly onCall: readonly { readonly colleague: Colleague; readonly works: readonly Stretch[] }[] | undefined
  readonly rooms: readonly RoomToday[] | undefined
  /** Who comes where no room is asked for. */
  readonly team: TeamAt
  readonly therapistBusyMin: number
}
interface RoomToday {
  readonly room: RoomCalendar
  readonly open: readonly Stretch[]
  readonly readyMs: number
  readonly team: TeamAt
}

export function todayOf(desk: Desk, layer: Layer, asks: Asks, dayNo: number): Today {
  const teams = new Map<string | undefined, TeamAt>()
  const team = (place: Stint['place']) => teamOn(asks, desk.market, { type: layer.type, dayNo, place })
  const teamAt = (location: string | undefined) => {
    const found = teams.get(location) ?? team({ online: false, location })
    teams.set(location, found)
    return found
  }
  const rooms = asks.rooms?.flatMap(({ room, open: openOn }): RoomToday[] => {
    const open = openOn(dayNo)
    return open.length === 0 || lacking(room, layer, dayNo).length > 0 ? [] : [{ room, open, readyMs: (room.turnoverMin ?? 0) * MINUTE_MS, team: teamAt(room.location) }]
  })
  const onCall = asks.onCall?.flatMap((colleague) => {
    const works = colleague.works(dayNo)
    return works.length > 0 ? [{ colleague, works }] : []
  })
  return {
    dayNo, rooms, onCall, wish: wishesOn(desk.request.wishes.when, layer, dayNo), meets: othersOn(desk, layer, dayNo),
    team: rooms ? () => undefined : team(asks.online ? { online: true, location: undefined } : undefined), therapistBusyMin: busyMinutes(desk, dayNo),
  }
}

interface Where {
  readonly room: RoomCalendar | undefined
  readonly team: Team
  readonly price: number
}

/** A room with the people who can be there: of each location the cheapest room that fits, and of these the one with the best team. */
export function whereAt(desk: Desk, today: Today, startMs: number, endMs: number, roomUntilMs: number): Where | undefined {
  if (!today.rooms) {
    const team = today.team(startMs, endMs)
    return team && { room: undefined, team, price: team.price }
  }
  let best: Where | undefined
  for (const { room, price, teamAt } of freeRooms(desk, today.rooms, startMs, roomUntilMs)) {
    const team = teamAt(startMs, endMs)
    if (team && (!best || flaws(team) + team.price + price < flaws(best.team) + best.price)) best = { room, team, price: team.price + price }
    if (best && flaws(best.team) + best.price === 0) break
  }
  return best
}
/** The own therapist before anything else, then the usual people. */
const flaws = ({ otherTherapist, strangers }: Team): number => otherTherapist * flawCosts.otherTherapist + strangers * flawCosts.stranger

interface FreeRoom {
  readonly room: RoomCalendar
  readonly price: number
  readonly teamAt: TeamAt
}

/** Of each location the cheapest room that is free; without a market the first one. */
function freeRooms({ market }: Desk, rooms: readonly RoomToday[], startMs: number, untilMs: number): Iterable<FreeRoom> {
  const cheapest = new Map<string | undefined, FreeRoom>()
  for (const { room, open, readyMs, team } of rooms) {
    const known = cheapest.get(room.location)
    if (known?.price === 0 || !covers(open, startMs, untilMs + readyMs)) continue
    const price = market?.(roomKey(room.id), startMs, untilMs + readyMs) ?? 0
    if (price < (known?.price ?? Infinity)) cheapest.set(room.location, { room, price, teamAt: team })
  }
  return cheapest.values()
}

/** Whether a visit of that day would meet another one that stands: at once with it, or on one day with a dose. */
function othersOn({ others }: Desk, layer: Layer, dayNo: number): During {
  const sharesDay = others.some((other) => other.dayNo === dayNo && isOfCourse(layer) && isOfCourse(other) && (isDosing(layer) || isDosing(other)))
  return (startMs, endMs) => sharesDay || others.some((other) => overlaps(startMs, endMs, { fromMs: other.startMs, toMs: other.endMs }))
}

/** A prescriber at work with a free lane. */
export function onCallAt({ market }: Desk, prescribers: NonNullable<Today['onCall']>, fromMs: number, toMs: number): NonNullable<Opening['onCall']> & { readonly price: number } | undefined {
  let best: NonNullable<Opening['onCall']> & { readonly price: number } | undefined
  for (const { colleague: { person, lanes }, works } of prescribers) {
    if (!covers(works, fromMs, toMs)) continue
    for (const [i, isFree] of lanes.entries()) {
      if (!isFree(fromMs, toMs)) continue
      const price = market?.(laneKey(person.id, i + 1), fromMs, toMs) ?? 0
      if (price < (best?.price ?? Infinity)) best = { person, lane: i + 1, price }
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
