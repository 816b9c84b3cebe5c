import type { Away, Busy, Hours, PersonCalendar, RoomCalendar } from './request.ts'
import { momentOf } from './moment.ts'
import { clockMinutes, dayNumber, weekdayOf, type Wall } from './zone.ts'

/** From and to in UTC milliseconds; the end is not part of it. */
export interface Stretch {
  readonly fromMs: number
  readonly toMs: number
}

/** What is open on a local day, worked out once per day and kept. */
export type OpenOn = (dayNo: number) => readonly Stretch[]

export const covers = (open: readonly Stretch[], fromMs: number, toMs: number): boolean => open.some((stretch) => stretch.fromMs <= fromMs && toMs <= stretch.toMs)
export const overlaps = (fromMs: number, toMs: number, other: Stretch): boolean => fromMs < other.toMs && other.fromMs < toMs
export const stretchOf = (busy: Busy): Stretch => ({ fromMs: Date.parse(busy.startsAt), toMs: Date.parse(busy.endsAt) })

/** Where a visit is: online, or in a room, which may belong to a location. */
export interface Place {
  readonly online: boolean
  readonly location: string | undefined
}
export const holdsAt = (hours: Pick<Hours, 'place' | 'location'>, place: Place): boolean =>
  (hours.place === undefined || (hours.place === 'online') === place.online) && (place.online || hours.location === undefined || hours.location === place.location)

/** A person's free time: the hours of the day, less days away, less what is taken. Visits in `lookPast` are not counted as taken. */
export function freeTimeOf(person: PersonCalendar, wall: Wall, lookPast: ReadonlySet<string>, place?: Place): OpenOn {
  const taken = takenOf(person.busy, lookPast)
  const hours = workingHoursOf(person, wall, place)
  return keep((dayNo) => subtract(hours(dayNo), taken))
}

/** The hours a person works, less those in which they are busy elsewhere, whatever is booked in them: what being on call asks for. */
export function workingHoursOf(person: Pick<PersonCalendar, 'hours' | 'away' | 'otherHours' | 'elsewhere'>, wall: Wall, place?: Place): OpenOn {
  const other = new Map((person.otherHours ?? []).map((row) => [dayNumber(row.day), row.hours]))
  const elsewhere = takenOf(person.elsewhere ?? [], new Set())
  return keep((dayNo) => {
    if (awayOn(person.away, dayNo)) return []
    const spans: readonly Hours[] = other.get(dayNo) ?? person.hours.filter((row) => row.weekday === weekdayOf(dayNo))
    const open = spans.flatMap((span) => {
      const fromMs = wall.edge(dayNo, clockMinutes(span.from))
      const toMs = wall.edge(dayNo, clockMinutes(span.to))
      return toMs <= fromMs || (place && !holdsAt(span, place)) ? [] : [{ fromMs, toMs }]
    })
    return subtract(open, elsewhere)
  })
}

/** Whether nothing that is booked touches this time: what somebody keeps free around a visit need not lie in their hours. */
export function isClearOf(busy: readonly Busy[], lookPast: ReadonlySet<string>): (fromMs: number, toMs: number) => boolean {
  const { sorted, longestMs } = takenOf(busy, lookPast)
  return (fromMs, toMs) => {
    for (let i = lowerBound(sorted, fromMs - longestMs); i < sorted.length && sorted[i]!.fromMs < toMs; i += 1) if (sorted[i]!.toMs > fromMs) return false
    return true
  }
}

/** A room is open all day unless it is closed. */
export function openTimeOf(room: RoomCalendar, wall: Wall, lookPast: ReadonlySet<string>): OpenOn {
  const taken = takenOf(room.busy, lookPast)
  return keep((dayNo) => {
    if (awayOn(room.closed, dayNo)) return []
    return subtract([{ fromMs: wall.edge(dayNo, 0), toMs: wall.edge(dayNo + 1, 0) }], taken)
  })
}

/** For each lane of a prescriber on call, the lowest first, whether it is free for the whole time. */
export function lanesOf(person: PersonCalendar, maxRooms: number, lookPast: ReadonlySet<string>): readonly ((fromMs: number, toMs: number) => boolean)[] {
  return Array.from({ length: maxRooms }, (_, i) => isClearOf((person.lanes ?? []).filter((row) => row.lane === i + 1), lookPast))
}

export const awayOn = (away: readonly Away[] | undefined, dayNo: number): Away | undefined =>
  away?.find((row) => dayNumber(row.from) <= dayNo && dayNo <= dayNumber(row.to))

/** What is taken, by its start, and how long the longest of it lasts: nothing earlier than that can still matter. */
interface Taken {
  readonly sorted: readonly Stretch[]
  readonly longestMs: number
}

function takenOf(busy: readonly Busy[], lookPast: ReadonlySet<string>): Taken {
  const all = readOnce(busy)
  const sorted = lookPast.size === 0 ? all : all.filter(({ visit }) => !(visit && lookPast.has(visit)))
  return { sorted, longestMs: sorted.reduce((longest, row) => Math.max(longest, row.toMs - row.fromMs), 0) }
}

/** A calendar's times as numbers, in order. One calendar is read for many questions, and reading dates is what costs. */
function readOnce(busy: readonly Busy[]): readonly (Stretch & { readonly visit: string | undefined })[] {
  const known = read.get(busy)
  if (known) return known
  const sorted = busy.map((row) => ({ fromMs: momentOf(row.startsAt), toMs: momentOf(row.endsAt), visit: row.visit })).toSorted((a, b) => a.fromMs - b.fromMs)
  read.set(busy, sorted)
  return sorted
}
const read = new WeakMap<readonly Busy[], ReturnType<typeof readOnce>>()

function subtract(open: readonly Stretch[], { sorted, longestMs }: Taken): readonly Stretch[] {
  if (sorted.length === 0) return open
  const left: Stretch[] = []
  for (const { fromMs: beginMs, toMs } of open) {
    let fromMs = beginMs
    for (let i = lowerBound(sorted, beginMs - longestMs); i < sorted.length && sorted[i]!.fromMs < toMs; i += 1) {
      const busy = sorted[i]!
      if (busy.toMs <= fromMs) continue
      if (busy.fromMs > fromMs) left.push({ fromMs, toMs: busy.fromMs })
      fromMs = busy.toMs
    }
    if (fromMs < toMs) left.push({ fromMs, toMs })
  }
  return left
}

function lowerBound(sorted: readonly Stretch[], fromMs: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle]?.fromMs ?? Infinity) < fromMs) low = middle + 1
    else high = middle
  }
  return low
}

function keep(work: OpenOn): OpenOn {
  const known = new Map<number, readonly Stretch[]>()
  return (dayNo) => {
    const found = known.get(dayNo) ?? work(dayNo)
    known.set(dayNo, found)
    return found
  }
}
