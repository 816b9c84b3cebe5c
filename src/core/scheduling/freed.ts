import type { Chart } from '../chart/chart.ts'
import type { BookedVisit } from '../chart/kinds/aftercare.ts'
import { instant, type Instant } from '../shared/time.ts'
import { awayOn, covers, freeTimeOf, openTimeOf, type Stretch } from './calendar.ts'
import type { Away, PersonCalendar, RoomCalendar } from './request.ts'
import { wallOf } from './zone.ts'

/** A place in the calendar that a visit had and has no more. */
export interface LeftPlace {
  readonly place: BookedVisit
  readonly at: Instant
  readonly how: 'cancelled' | 'moved'
}

/** The places ahead that visits of one chart had, before they were cancelled or moved; by whomever. */
export function leftPlaces(chart: Pick<Chart, 'entries'>, now: Instant): readonly LeftPlace[] {
  const standing = new Map<string, BookedVisit>()
  const left: LeftPlace[] = []
  const leave = (visit: string, at: Instant, how: LeftPlace['how']) => {
    const place = standing.get(visit)
    if (place && place.startsAt > now) left.push({ place, at, how })
  }
  for (const { kind, at, body } of chart.entries) {
    if (kind === 'visits-booked.v1' || kind === 'therapy-continued.v1') for (const visit of body.visits) standing.set(visit.visit, visit)
    if (kind === 'visit-moved.v1') {
      leave(body.to.visit, at, 'moved')
      standing.set(body.to.visit, body.to)
    }
    if (kind === 'visit-cancelled.v1') {
      leave(body.visit, at, 'cancelled')
      standing.delete(body.visit)
    }
  }
  return left
}

/** What of a left place is still free now: the time of whoever led it, and who else and which room are free for all of that time. */
export interface FreedTime extends LeftPlace {
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly people: readonly { readonly person: string; readonly name: string; readonly role: string }[]
  readonly room?: { readonly id: string; readonly name: string }
}

interface Calendars {
  readonly people: readonly PersonCalendar[]
  readonly rooms: readonly RoomCalendar[]
  readonly closed?: readonly Away[]
  readonly zone: string
}

/** Soonest first. Time that somebody has by now, that is away, closed or begun, is not free; a place that lies in another one is not said twice. */
export function freedTimes(left: readonly LeftPlace[], calendars: Calendars, now: Instant): readonly FreedTime[] {
  const found = left.flatMap((one) => piecesOf(one, calendars, now)).toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : a.startsAt > b.startsAt ? 1 : length(b) - length(a) || (a.at < b.at ? 1 : -1)))
  const kept: FreedTime[] = []
  for (const one of found) if (!kept.some((other) => lead(other) === lead(one) && other.startsAt <= one.startsAt && one.endsAt <= other.endsAt)) kept.push(one)
  return kept
}

const length = ({ startsAt, endsAt }: FreedTime) => Date.parse(endsAt) - Date.parse(startsAt)
const LEADS = ['therapist', 'prescriber', 'monitor']
/** The one whose time it is. */
export const lead = ({ place: { people } }: Pick<LeftPlace, 'place'>): string | undefined => people.toSorted((a, b) => rank(a.role) - rank(b.role))[0]?.person
const rank = (role: string) => (LEADS.includes(role) ? LEADS.indexOf(role) : LEADS.length)

function piecesOf(left: LeftPlace, { people, rooms, closed, zone }: Calendars, now: Instant): FreedTime[] {
  const { place } = left
  const wall = wallOf(zone)
  const [fromMs, toMs] = [Date.parse(place.startsAt), Date.parse(place.endsAt)]
  const dayNo = wall.dayNo(fromMs)
  const leading = people.find(({ id }) => id === lead(left))
  if (!leading || awayOn(closed, dayNo)) return []
  const none = new Set<string>()
  return freeTimeOf(leading, wall, none)(dayNo).flatMap((open) => {
    const piece = { fromMs: Math.max(fromMs, open.fromMs, Date.parse(now)), toMs: Math.min(toMs, open.toMs) }
    if (piece.fromMs >= piece.toMs || place.startsAt <= now) return []
    const free = (id: string) => people.some((one) => one.id === id && isFree(freeTimeOf(one, wall, none)(dayNo), piece))
    const room = rooms.find(({ id }) => id === place.room?.id)
    return [{
      ...left, startsAt: instant(piece.fromMs), endsAt: instant(piece.toMs), people: place.people.filter(({ person }) => free(person)),
      ...(place.room && room && isFree(openTimeOf(room, wall, none)(dayNo), piece) ? { room: place.room } : {}),
    }]
  })
}

const isFree = (open: readonly Stretch[], { fromMs, toMs }: Stretch) => covers(open, fromMs, toMs)
