/** An ISO 8601 instant in UTC with milliseconds, such as `2026-11-21T17:04:00.000Z`. Two of them compare as text. */
export type Instant = string
/** A calendar day without a clock, such as `2026-11-21`. */
export type Day = string

export const MINUTE_MS = 60_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000

export const instant = (epochMs: number): Instant => new Date(epochMs).toISOString()

/** Minutes from `earlier` to `later`, with any fraction; negative when `later` is the earlier of the two. */
export const minutesBetween = (earlier: Instant, later: Instant) => (Date.parse(later) - Date.parse(earlier)) / MINUTE_MS
export const hoursBetween = (earlier: Instant, later: Instant) => (Date.parse(later) - Date.parse(earlier)) / HOUR_MS
export const daysBetween = (earlier: Instant, later: Instant) => (Date.parse(later) - Date.parse(earlier)) / DAY_MS

export const plusMinutes = (at: Instant, minutes: number): Instant => instant(Date.parse(at) + minutes * MINUTE_MS)
export const plusDays = (at: Instant, days: number): Instant => instant(Date.parse(at) + days * DAY_MS)

/** Whole years of age on a day; both are calendar days, so no time zone can make anyone a year older. */
export function ageOn(birthDate: Day, day: Day): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return day.slice(5, 10) < birthDate.slice(5, 10) ? years - 1 : years
}
