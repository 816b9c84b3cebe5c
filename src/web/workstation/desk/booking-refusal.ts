import type { BookedVisit } from '../../../core/chart/kinds/aftercare.ts'
import type { Refusal } from './use-act.ts'
import { visitDay, visitTitle } from './visits.ts'

/** Whether somebody else was faster: the database said so, or the check before it found people or rooms taken. */
export const isLostRace = ({ code, list }: Refusal): boolean => code === 'plan.clash' || (code === 'plan.violates' && list.some((reason) => reason.code === 'busy'))

/**
 * A refused booking in words. A plan is made of times that were free, so a person who is taken means that somebody
 * booked meanwhile; the single collisions would only hide that. Visits are called by their names, not their ids.
 */
export function bookingRefusal(refusal: Refusal, visits: readonly BookedVisit[], act: 'book' | 'move' | 'hold' = 'book'): Refusal {
  if (isLostRace(refusal) && act === 'move') return { ...refusal, what: 'Somebody booked one of these times a moment ago. Nothing was moved; what you asked for is kept, and what it would mean now stands below.', list: [] }
  if (isLostRace(refusal)) return { ...refusal, what: `Somebody booked or held some of these times a moment ago. Nothing was ${act === 'hold' ? 'held' : 'booked'}, and your wishes are kept; the plans below are new and know of that.`, list: [] }
  const named = (says: string) => visits.reduce((words, visit) => words.replaceAll(visit.visit, `${visitTitle(visit)} on ${visitDay(visit)}`), says)
  return { ...refusal, list: refusal.list.map(({ code, says }) => ({ code, says: named(says) })) }
}
