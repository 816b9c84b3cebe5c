import type { Outlook, Wait } from '../core/scheduling/first-visit.ts'
import { minutesBetween, type Instant } from '../core/shared/time.ts'

/** What was seen when the calendars were last looked through for first visits. */
export interface FirstVisits {
  readonly at: Instant
  /** By the id of a course. */
  readonly waits: ReadonlyMap<string, Wait>
  /** By the id of an inquiry, with what was asked for; one that is not here was not looked at. */
  readonly outlooks: ReadonlyMap<string, Outlook & { readonly asked: string }>
}

/** Kept in memory, so that neither a stranger's page nor the desk's list costs a search. */
export interface FirstVisitBoard {
  keep(practice: string, seen: FirstVisits): void
  /** What was seen, while it is new enough to be said; afterwards nothing is known. */
  read(practice: string, now: Instant): FirstVisits | undefined
}

/** Twice as long as it takes until they are looked through again, and a little more. */
const FRESH_MIN = 12

export function firstVisitBoard(): FirstVisitBoard {
  const byPractice = new Map<string, FirstVisits>()
  return {
    keep: (practice, seen) => void byPractice.set(practice, seen),
    read(practice, now) {
      const seen = byPractice.get(practice)
      const age = seen && minutesBetween(seen.at, now)
      return age !== undefined && age >= 0 && age <= FRESH_MIN ? seen : undefined
    },
  }
}
