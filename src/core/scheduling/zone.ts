import { Temporal } from 'temporal-polyfill'
import { DAY_MS, instant, MINUTE_MS, type Day, type Instant } from '../shared/time.ts'
import type { Clock, Weekday } from './request.ts'

/** Days as whole numbers since 1970-01-01: a calendar without clocks, so no change of the clocks can bend it. */
export function dayNumber(day: Day): number {
  const known = numbers.get(day)
  if (known !== undefined) return known
  const dayNo = Date.parse(`${day}T00:00:00Z`) / DAY_MS
  if (!Number.isNaN(dayNo)) numbers.set(day, dayNo)
  return dayNo
}
export function dayOfNumber(dayNo: number): Day {
  const known = days.get(dayNo)
  if (known !== undefined) return known
  const day = instant(dayNo * DAY_MS).slice(0, 10)
  days.set(dayNo, day)
  return day
}
/** The same few thousand days are written and read millions of times. */
const numbers = new Map<Day, number>()
const days = new Map<number, Day>()

export const weekdayOf = (dayNo: number): Weekday => (((dayNo + 3) % 7) + 1) as Weekday

export const clockMinutes = (clock: Clock): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
export const showClock = (minute: number): Clock => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

const weekdayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
export const showWeekday = (weekday: Weekday): string => weekdayNames[weekday - 1] ?? ''
/** `Tue, Mar 3`, as the screens say it. */
export const showDay = (dayNo: number): string => {
  const day = dayOfNumber(dayNo)
  return `${showWeekday(weekdayOf(dayNo))}, ${monthNames[Number(day.slice(5, 7)) - 1]} ${Number(day.slice(8))}`
}

export const isZone = (zone: string): boolean => {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId.length > 0
  } catch {
    return false
  }
}

/** One zone's wall: from a day and a minute to the moment in UTC and back. */
export interface Wall {
  /** The moment at which the wall shows this minute, or nothing where the clocks jump over it. A minute that comes twice means its first time. */
  readonly at: (dayNo: number, minute: number) => number | undefined
  /** The same for the edge of somebody's hours, which a jump of the clocks pushes on instead of losing. */
  readonly edge: (dayNo: number, minute: number) => number
  readonly dayNo: (epochMs: number) => number
  readonly minute: (epochMs: number) => number
}

/** The wall of a zone, kept for whoever asks next, since looking a day up costs. */
export function wallOf(zone: string): Wall {
  const wall = walls.get(zone) ?? wallIn(zone)
  walls.set(zone, wall)
  return wall
}
const walls = new Map<string, Wall>()

function wallIn(zone: string): Wall {
  const starts = new Map<number, number>()
  const startOf = (dayNo: number): number => {
    const known = starts.get(dayNo)
    if (known !== undefined) return known
    const startMs = Temporal.PlainDate.from(dayOfNumber(dayNo)).toZonedDateTime({ timeZone: zone }).epochMilliseconds
    starts.set(dayNo, startMs)
    return startMs
  }
  const isEven = (day: number): boolean => startOf(day + 1) - startOf(day) === DAY_MS
  const shownAt = (epochMs: number) => Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone)
  /** The last day that had begun: the day itself, unless the clocks have since gone back across midnight. */
  const begun = (epochMs: number): number => {
    // No zone is further than a day from UTC, so the right day is this one or a neighbour.
    let guess = Math.floor(epochMs / DAY_MS) - 1
    while (startOf(guess + 1) <= epochMs) guess += 1
    return guess
  }
  const dayNo = (epochMs: number): number => {
    const day = begun(epochMs)
    return isEven(day) ? day : dayNumber(shownAt(epochMs).toPlainDate().toString())
  }
  const at = (day: number, minute: number): number | undefined => (isEven(day) ? startOf(day) + minute * MINUTE_MS : slowly(day, minute, zone))
  const edge = (day: number, minute: number): number => at(day, minute) ?? plainOf(day, minute).toZonedDateTime(zone).epochMilliseconds
  const minute = (epochMs: number): number => {
    const day = begun(epochMs)
    if (isEven(day)) return (epochMs - startOf(day)) / MINUTE_MS
    const shown = shownAt(epochMs)
    return shown.hour * 60 + shown.minute
  }
  return { at, edge, dayNo, minute }
}

/** On a day when the clocks change, the zone itself is asked. */
function slowly(dayNo: number, minute: number, zone: string): number | undefined {
  const wanted = plainOf(dayNo, minute)
  const shown = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' })
  return shown.toPlainDateTime().equals(wanted) ? shown.epochMilliseconds : undefined
}

const plainOf = (dayNo: number, minute: number) => Temporal.PlainDate.from(dayOfNumber(dayNo)).toPlainDateTime().add({ minutes: minute })

/** A wall-clock intent in UTC, or nothing where the clocks jump over it. */
export function instantOf(localStart: string, zone: string): Instant | undefined {
  const epochMs = slowly(dayNumber(localStart.slice(0, 10)), clockMinutes(localStart.slice(11, 16)), zone)
  return epochMs === undefined ? undefined : instant(epochMs)
}

/** Whether the wall shows this day and minute twice, because the clocks go back over it: what is booked then is the first time. */
export function comesTwice(localStart: string, zone: string): boolean {
  const wanted = Temporal.PlainDateTime.from(localStart)
  const [first, second] = (['earlier', 'later'] as const).map((disambiguation) => wanted.toZonedDateTime(zone, { disambiguation }))
  return first!.toPlainDateTime().equals(wanted) && !first!.equals(second!)
}

export const localStartOf = (dayNo: number, minute: number): string => `${dayOfNumber(dayNo)}T${showClock(minute)}`

/** The moment at which a wall shows a day and a time to the second; one that the clocks jump over counts as much later as they jump. */
export const momentOn = (local: string, zone: string): Instant => instant(Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds)
