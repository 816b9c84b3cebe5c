import type { Response } from '../../../core/contract/contract.ts'
import { isDosing } from '../../../core/course/dosing-visit.ts'
import type { Running } from '../../../core/session/running.ts'
import type { Instant } from '../../../core/shared/time.ts'
import type { CalendarNow, CalendarVisit } from './calendar-layout.ts'
import { byStart } from './visits.ts'

/** What a room is to somebody who looks at the board: never more than the calendar and the record say. */
export interface RoomCard {
  readonly id: string
  readonly name: string
  /** The sessions the server has a record of in this room: one for each patient of the visit. */
  readonly running: { readonly sessions: readonly Running[]; readonly visit: CalendarVisit } | undefined
  /** What is booked for this moment. */
  readonly booked: CalendarVisit | undefined
  /** Until when the room is kept after a visit that has ended. */
  readonly keptUntil: Instant | undefined
  readonly next: CalendarVisit | undefined
}

export interface Board {
  readonly cards: readonly RoomCard[]
  /** Sessions that run where today's calendar has no room for them. */
  readonly elsewhere: readonly Running[]
}

/** One card a room, in the order of today: what goes on or comes soonest stands first, a room with nothing more last. */
export function boardOf({ visits, rooms }: Pick<CalendarNow, 'visits' | 'rooms'>, running: Response<'runningSessions'>['running'], now: Instant): Board {
  const inRoom = new Map(running.flatMap((session) => { const visit = visitOf(session, visits, now); return visit?.room ? [[session.session, visit] as const] : [] }))
  const cards = rooms.map(({ id, name }): RoomCard => {
    const here = byStart(visits.filter((visit) => visit.room?.id === id && visit.heldUntil === undefined))
    const sessions = running.filter((one) => inRoom.get(one.session)?.room?.id === id)
    const [first] = sessions
    const booked = here.find(({ startsAt, endsAt }) => startsAt <= now && now < endsAt)
    const kept = here.findLast((visit) => visit.endsAt <= now && takenUntil(visit, id) > now)
    return { id, name, running: first && { sessions, visit: inRoom.get(first.session)! }, booked, keptUntil: kept && takenUntil(kept, id), next: here.find(({ startsAt }) => startsAt > now) }
  })
  const order = ({ running: runs, booked, keptUntil, next }: RoomCard) => runs?.visit.startsAt ?? booked?.startsAt ?? keptUntil ?? next?.startsAt ?? 'later'
  return { cards: cards.toSorted((a, b) => (order(a) === order(b) ? a.name.localeCompare(b.name) : order(a) < order(b) ? -1 : 1)), elsewhere: running.filter(({ session }) => !inRoom.has(session)) }
}

/** The dosing visit of today that a session belongs to: the last one that had begun, or the next one where it began early. */
function visitOf({ chart }: Running, visits: readonly CalendarVisit[], now: Instant): CalendarVisit | undefined {
  const theirs = byStart(visits.filter((visit) => isDosing(visit) && visit.patients.some((one) => one.chart === chart)))
  return theirs.findLast(({ startsAt }) => startsAt <= now) ?? theirs[0]
}

const takenUntil = ({ takes, endsAt }: CalendarVisit, room: string): Instant => takes.find(({ id }) => id === room)?.endsAt ?? endsAt
