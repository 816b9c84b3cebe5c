import type { Away, Busy, Hours, PersonCalendar, RoomCalendar } from './request.ts'
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
  const taken = takenOf(busy, lookPast)
  return (fromMs, toMs) => within(taken, { fromMs, toMs }).length === 0
}

/** A room is open all day unless it is closed. */
export function openTimeOf(room: RoomCalendar, wall: Wall, lookPast: ReadonlySet<string>): OpenOn {
  const taken = takenOf(room.busy, lookPast)
  return keep((dayNo) => {
    if (awayOn(room.closed, dayNo)) return []
    return subtract([{ fromMs: wall.edge(dayNo, 0), toMs: wall.edge(dayNo + 1, 0) }], taken)
  })
}

/** The lanes of a prescriber on call that are free for the whole time, the lowest first. */
export type FreeLanes = (fromMs: number, toMs: number) => readonly number[]

export function freeLanesOf(person: PersonCalendar, maxRooms: number, lookPast: ReadonlySet<string>): FreeLanes {
  const lanes = Array.from({ length: maxRooms }, (_, i) => takenOf((person.lanes ?? []).filter((row) => row.lane === i + 1), lookPast))
  return (fromMs, toMs) => lanes.flatMap((taken, i) => (within(taken, { fromMs, toMs }).length === 0 ? [i + 1] : []))
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
function readOnce(busy: readonly Busy[]): readonly (Stretch & Pick<Busy, 'visit'>)[] {
  const known = read.get(busy)
  if (known) return known
  const sorted = busy.map((row) => ({ ...stretchOf(row), ...(row.visit === undefined ? {} : { visit: row.visit }) })).toSorted((a, b) => a.fromMs - b.fromMs)
  read.set(busy, sorted)
  return sorted
}
const read = new WeakMap<readonly Busy[], ReturnType<typeof readOnce>>()

function subtract(open: readonly Stretch[], taken: Taken): readonly Stretch[] {
  return open.flatMap((stretch) => {
    const left: Stretch[] = []
    let { fromMs } = stretch
    for (const busy of within(taken, stretch)) {
      if (busy.toMs <= fromMs) continue
      if (busy.fromMs > fromMs) left.push({ fromMs, toMs: Math.min(busy.fromMs, stretch.toMs) })
      fromMs = Math.max(fromMs, busy.toMs)
    }
    if (fromMs < stretch.toMs) left.push({ fromMs, toMs: stretch.toMs })
    return left
  })
}

function within({ sorted, longestMs }: Taken, stretch: Stretch): readonly Stretch[] {
  const first = lowerBound(sorted, stretch.fromMs - longestMs)
  const last = lowerBound(sorted, stretch.toMs)
  return sorted.slice(first, last).filter((busy) => busy.toMs > stretch.fromMs)
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
