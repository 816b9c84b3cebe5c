import { Temporal } from 'temporal-polyfill'
import { dayNumber, dayOfNumber, showDay, wallOf } from '../scheduling/zone.ts'
import { instant, type Day, type Instant } from './time.ts'

/** The calendar day that people at the practice's wall clock call "today" at this instant. Every form of every chart asks, so the wall of a zone is looked up once. */
export const localDay = (at: Instant, zone: string): Day => dayOfNumber(wallOf(zone).dayNo(Date.parse(at)))

/** 14:05, as the practice's wall clock shows it, and as the medicine room writes it. */
export const localClock = (at: Instant, zone: string): string => Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' })

/** `9:15 AM`, as every screen outside the medicine room says it: for sentences. */
export const sayClock = (minute: number): string => `${Math.floor(minute / 60) % 12 || 12}:${String(minute % 60).padStart(2, '0')} ${Math.floor(minute / 60) % 24 < 12 ? 'AM' : 'PM'}`
export const sayTime = (at: Instant, zone: string): string => {
  const { hour, minute } = Temporal.Instant.from(at).toZonedDateTimeISO(zone)
  return sayClock(hour * 60 + minute)
}

/** `Tue, Nov 24`: the day beside `sayTime`, in notices as on the screens. */
export const sayDay = (at: Instant, zone: string): string => showDay(wallOf(zone).dayNo(Date.parse(at)))

export const plusDaysOf = (day: Day, days: number): Day => dayOfNumber(dayNumber(day) + days)

/** Whole calendar days from one day to another; negative when the second comes first. */
export const daysFrom = (earlier: Day, later: Day): number => dayNumber(later) - dayNumber(earlier)

/** The first moment of a local day, also on the two days a year when the clocks change. */
export function dayStart(day: Day, zone: string): Instant {
  const known = starts.get(zone)?.get(day)
  if (known !== undefined) return known
  const start = instant(wallOf(zone).edge(dayNumber(day), 0))
  starts.set(zone, (starts.get(zone) ?? new Map<Day, Instant>()).set(day, start))
  return start
}
const starts = new Map<string, Map<Day, Instant>>()

/** The first moment of the next local day: a day's end, not included. */
export const dayEnd = (day: Day, zone: string): Instant => dayStart(plusDaysOf(day, 1), zone)
