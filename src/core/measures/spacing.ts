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

/** Two things lie apart: sessions, from beginning to beginning as visits are planned, and doses, from first dose to first dose. */
export type Apart = 'sessions' | 'doses'

type Counted = Pick<DosedSession, 'startedAt' | 'firstDoseAt' | 'lastDoseAt' | 'doseUg'>

/**
 * The moment a session counts from. As a dose: from the first one given. Where that is not certain it counts from what is
 * known and later: from the later record while two of them claim one step, and from the beginning where the dose is dated
 * before it. As a session: from its beginning. Either way from its last dose where that came on a later day, because it
 * was left open or a step was given in it afterwards.
 */
export function countsFrom(session: Counted, zone: string, apart: Apart): Instant {
  const { startedAt, lastDoseAt } = session
  if (localDay(lastDoseAt, zone) > localDay(startedAt, zone)) return lastDoseAt
  const first = session.doseUg === undefined ? lastDoseAt : session.firstDoseAt
  return apart === 'sessions' || first < startedAt ? startedAt : first
}

/**
 * Hours since the last one, in absolute time and to the minute, and how many in any seven local days. The plan of a course,
 * the door of a session and the gate before a dose all ask here, so that they cannot answer differently. A session may begin
 * when the one before began long enough ago, and the hour it takes to the dose is not lost; the dose itself waits for its own.
 */
export function spacingOf(dosed: readonly DosedSession[], { minHoursBetweenDoses, maxDosesPerSevenDays }: SpacingRow, now: Instant, zone: string, apart: Apart): Spacing {
  const from = (session: DosedSession) => countsFrom(session, zone, apart)
  const sessions = dosed.toSorted((a, b) => Date.parse(from(a)) - Date.parse(from(b)))
  const last = sessions.at(-1)
  const [today, needed] = [localDay(now, zone), minHoursBetweenDoses * 60]
  const dayOf = (session: DosedSession) => localDay(from(session), zone)
  const week = sessions.filter((session) => daysFrom(dayOf(session), today) < 7)
  const leaves = week.at(-maxDosesPerSevenDays)
  return {
    last, week,
    tooSoon: last && Math.round(minutesBetween(from(last), now)) < needed ? { from: plusMinutes(from(last), needed) } : undefined,
    full: leaves && { from: plusDaysOf(dayOf(leaves), 7) },
  }
}
