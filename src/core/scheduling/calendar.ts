import type { Away, Busy, PersonCalendar, RoomCalendar } from './request.ts'
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

/** A person's free time: the hours of the day, less days away, less what is taken. Visits in `lookPast` are not counted as taken. */
export function freeTimeOf(person: PersonCalendar, wall: Wall, lookPast: ReadonlySet<string>): OpenOn {
  const taken = takenOf(person.busy, lookPast)
  const hours = workingHoursOf(person, wall)
  return keep((dayNo) => subtract(hours(dayNo), taken))
}

/** The hours a person works, whatever is booked in them: what being on call asks for. */
export function workingHoursOf(person: PersonCalendar, wall: Wall): OpenOn {
  const other = new Map((person.otherHours ?? []).map((row) => [dayNumber(row.day), row.hours]))
  return keep((dayNo) => {
    if (awayOn(person.away, dayNo)) return []
    const spans = other.get(dayNo) ?? person.hours.filter((row) => row.weekday === weekdayOf(dayNo))
    return spans.flatMap((span) => {
      const fromMs = wall.edge(dayNo, clockMinutes(span.from))
      const toMs = wall.edge(dayNo, clockMinutes(span.to))
      return toMs <= fromMs ? [] : [{ fromMs, toMs }]
    })
  })
}

/** A room is open all day unless it is closed. */
export function openTimeOf(room: RoomCalendar, wall: Wall, lookPast: ReadonlySet<string>): OpenOn {
  const taken = takenOf(room.busy, lookPast)
  return keep((dayNo) => {
    if (awayOn(room.closed, dayNo)) return []
    return subtract([{ fromMs: wall.edge(dayNo, 0), toMs: wall.edge(dayNo + 1, 0) }], taken)
  })
}

/** The lowest lane of a prescriber on call that is free for the whole time, or nothing when all are taken. */
export function freeLane(person: PersonCalendar, maxRooms: number, fromMs: number, toMs: number, lookPast: ReadonlySet<string>): number | undefined {
  const taken = (person.lanes ?? []).filter((lane) => !(lane.visit && lookPast.has(lane.visit)) && overlaps(fromMs, toMs, stretchOf(lane)))
  const lanes = Array.from({ length: maxRooms }, (_, i) => i + 1)
  return lanes.find((number) => taken.every((lane) => lane.lane !== number))
}

export const awayOn = (away: readonly Away[] | undefined, dayNo: number): Away | undefined =>
  away?.find((row) => dayNumber(row.from) <= dayNo && dayNo <= dayNumber(row.to))

/** What is taken, by its start, and how long the longest of it lasts: nothing earlier than that can still matter. */
interface Taken {
  readonly sorted: readonly Stretch[]
  readonly longestMs: number
}

function takenOf(busy: readonly Busy[], lookPast: ReadonlySet<string>): Taken {
  const sorted = busy
    .filter((row) => !(row.visit && lookPast.has(row.visit)))
    .map(stretchOf)
    .toSorted((a, b) => a.fromMs - b.fromMs)
  return { sorted, longestMs: sorted.reduce((longest, row) => Math.max(longest, row.toMs - row.fromMs), 0) }
}

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
