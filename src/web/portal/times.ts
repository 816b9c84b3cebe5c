import { DAY_MS, type Day, type Instant } from '../../core/shared/time.ts'

/** Times as people say them, on the practice's clock unless another zone is named. */
const format = (zone: string | undefined, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-US', { ...options, ...(zone ? { timeZone: zone } : {}) })

export const clockTime = (at: Instant, zone?: string) => format(zone, { hour: 'numeric', minute: '2-digit' }).format(new Date(at))
export const longDay = (at: Instant, zone?: string) => format(zone, { weekday: 'long', month: 'long', day: 'numeric' }).format(new Date(at))
export const shortDay = (at: Instant, zone?: string) => format(zone, { weekday: 'short', month: 'short', day: 'numeric' }).format(new Date(at))
export const fullDay = (at: Instant, zone?: string) => format(zone, { month: 'long', day: 'numeric', year: 'numeric' }).format(new Date(at))
export const dayAndTime = (at: Instant, zone?: string) => `${longDay(at, zone)}, ${clockTime(at, zone)}`
/** A calendar day without a clock is the same day everywhere. */
export const plainDay = (day: Day) => format('UTC', { month: 'long', day: 'numeric', year: 'numeric' }).format(new Date(`${day}T00:00:00Z`))

/** The calendar day on the wall at this moment, such as `2026-11-21`. */
export function dayOf(at: Instant, zone?: string): Day {
  const parts = format(zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(new Date(at))
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}

/** Whole calendar days from one day to another. */
export const daysApart = (earlier: Day, later: Day) => Math.round((Date.parse(`${later}T00:00:00Z`) - Date.parse(`${earlier}T00:00:00Z`)) / DAY_MS)
export const dayAfter = (day: Day, days = 1): Day => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** "today", "tomorrow", "on Thursday, November 26". */
export function dayWords(at: Instant, now: Instant, zone?: string): string {
  const days = daysApart(dayOf(now, zone), dayOf(at, zone))
  return days === 0 ? 'today' : days === 1 ? 'tomorrow' : days === -1 ? 'yesterday' : `on ${longDay(at, zone)}`
}

export const when = (at: Instant, now: Instant, zone?: string) => `${dayWords(at, now, zone)} at ${clockTime(at, zone)}`

/** A length as people say it: "3 hours", "45 minutes". */
export function lengthOf(startsAt: Instant, endsAt: Instant): string {
  const minutes = Math.round((Date.parse(endsAt) - Date.parse(startsAt)) / 60_000)
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  const said = [hours > 0 && `${hours} ${hours === 1 ? 'hour' : 'hours'}`, rest > 0 && `${rest} minutes`].filter(Boolean)
  return said.join(' ')
}

/** Said only where the phone's own clock is another one than the practice's. */
export function zoneNote(zone: string): string | undefined {
  if (Intl.DateTimeFormat().resolvedOptions().timeZone === zone) return undefined
  const name = format(zone, { timeZoneName: 'longGeneric' }).formatToParts(new Date()).find(({ type }) => type === 'timeZoneName')?.value
  return `Times are the practice’s: ${name ?? zone}.`
}
