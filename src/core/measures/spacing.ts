import { daysFrom, localDay, plusDaysOf } from '../shared/local-day.ts'
import { minutesBetween, plusMinutes, type Day, type Instant } from '../shared/time.ts'
import type { DosedSession } from './doses.ts'

export interface SpacingRow {
  readonly minHoursBetweenDoses: number
  readonly maxDosesPerSevenDays: number
}

/** How a next dose stands to those before it. */
export interface Spacing {
  /** The session that a dose was given in last. */
  readonly last: DosedSession | undefined
  /** Too soon after it, and from when it is not. */
  readonly tooSoon: { readonly from: Instant } | undefined
  /** The sessions of the seven local days that end today. */
  readonly week: readonly DosedSession[]
  /** As many as a week may hold, and the first day on which there is room for one more. */
  readonly full: { readonly from: Day } | undefined
}

/**
 * A session counts from its beginning, as visits are planned from beginning to beginning; from its last dose where that
 * came on a later day, because it was left open or a step was given in it afterwards. A dose dated before it takes nothing off.
 */
export const countsFrom = ({ startedAt, lastDoseAt }: Pick<DosedSession, 'startedAt' | 'lastDoseAt'>, zone: string): Instant => (localDay(lastDoseAt, zone) > localDay(startedAt, zone) ? lastDoseAt : startedAt)

/** Hours since the last session with a dose, to the minute, and doses in any seven local days. The plan of a course and the door of a session both ask here, so that they cannot answer differently. */
export function spacingOf(dosed: readonly DosedSession[], { minHoursBetweenDoses, maxDosesPerSevenDays }: SpacingRow, now: Instant, zone: string): Spacing {
  const from = (session: DosedSession) => countsFrom(session, zone)
  const sessions = dosed.toSorted((a, b) => Date.parse(from(a)) - Date.parse(from(b)))
  const last = sessions.at(-1)
  const [today, needed] = [localDay(now, zone), minHoursBetweenDoses * 60]
  const dayOf = (session: DosedSession) => localDay(from(session), zone)
  const week = sessions.filter((session) => daysFrom(dayOf(session), today) < 7)
  const leaves = week.at(-maxDosesPerSevenDays)
  return {
    last, week,
    tooSoon: last && Math.round(minutesBetween(from(last), now)) < needed ? { from: plusMinutes(from(last), needed) } : undefined,
    full: leaves && week.length >= maxDosesPerSevenDays ? { from: plusDaysOf(dayOf(leaves), 7) } : undefined,
  }
}
