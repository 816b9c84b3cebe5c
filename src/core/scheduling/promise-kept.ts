import type { Day } from '../shared/time.ts'

/** One inquiry, and what the chart it became says of a first visit. */
export interface FirstVisitOf {
  readonly dueOn: Day
  readonly state: 'new' | 'called' | 'matched' | 'closed'
  /** The day on which a first visit took place, by what was written of it. */
  readonly cameOn: Day | null
  /** The day of the first visit that stands in the calendar, also where nobody wrote what became of it. */
  readonly bookedOn: Day | null
}

/** `unwritten`: the booked day has passed, and nothing says whether they came. It counts as nothing, and never as kept. */
export type Kept = 'kept' | 'later' | 'within' | 'unwritten' | 'not-yet' | 'closed'
export const keptWords = ['kept', 'later', 'not-yet', 'unwritten', 'within', 'closed'] as const satisfies readonly Kept[]

/** Whether the promise of a first visit was kept for somebody. Only a visit of which something is written keeps it. */
export function promiseKept({ dueOn, state, cameOn, bookedOn }: FirstVisitOf, today: Day): Kept {
  if (cameOn !== null) return cameOn <= dueOn ? 'kept' : 'later'
  if (state === 'closed') return 'closed'
  if (bookedOn !== null && bookedOn < today) return 'unwritten'
  return today <= dueOn ? 'within' : 'not-yet'
}
