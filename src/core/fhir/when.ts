import { DAY_MS, instant, type Day, type Instant } from '../shared/time.ts'

/** A FHIR date or dateTime as the chart can hold it: an instant, and how much of it was really said. */
export interface When {
  readonly at: Instant
  readonly said: 'instant' | 'day' | 'month' | 'year'
  /** The calendar day, where one was said; as written, so that no time zone moves it. */
  readonly day?: Day
}

/**
 * Reads a FHIR date, dateTime or instant. A day alone stands at noon UTC, which is the same day from Hawaii to
 * Helsinki; a month or a year alone stands at its first day, since older is the careful reading for a result.
 */
export function readWhen(text: string): When | undefined {
  const found = PATTERN.exec(text)
  if (!found) return undefined
  const [, year = '', month, day, clock, zone] = found
  const date = `${year}-${month ?? '01'}-${day ?? '01'}`
  if (!isDay(date)) return undefined
  if (clock === undefined) return { at: `${date}T12:00:00.000Z`, said: day ? 'day' : month ? 'month' : 'year', ...(day && { day: date }) }
  const epochMs = Date.parse(`${date}T${clock.slice(0, 12)}${zone}`)
  return Number.isNaN(epochMs) ? undefined : { at: instant(epochMs), said: 'instant', day: date }
}

/** Whether something dated so can have happened by `now`: a day in another zone may be a day ahead of UTC. */
export function hasHappened(when: When, now: Instant): boolean {
  const latest = when.said === 'instant' ? when.at : instant(Date.parse(when.at) - DAY_MS)
  return latest <= now
}

/** An entry is never dated later than it was written. */
export const notAfter = (at: Instant, now: Instant): Instant => (at > now ? now : at)

const PATTERN = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:\d\d))?)?)?$/

/** The engine rolls 30 February over to March; a calendar does not. */
function isDay(date: string): boolean {
  const epochMs = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(epochMs) && instant(epochMs).slice(0, 10) === date
}
