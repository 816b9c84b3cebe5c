import type { BookedVisit } from '../chart/kinds/aftercare.ts'
import type { SeriesRule } from '../chart/kinds/series-rule.ts'
import type { Day } from '../shared/time.ts'
import { daysOfSeries } from './series.ts'
import type { TherapySeries } from './series-on-chart.ts'
import { dayNumber, dayOfNumber, weekdayOf } from './zone.ts'

/** One day of a series under its changed rule, and the visit that would go there; nothing for a day that it did not have before. */
export interface ChangedDay {
  readonly day: Day
  readonly was?: BookedVisit
}
export type ChangedRule = Pick<SeriesRule, 'everyWeeks' | 'weekday' | 'at' | 'lengthMin' | 'online' | 'roomFeatures' | 'therapist'>

/**
 * What becomes of visits that stand when their rule changes. As often as before, each goes to the new weekday of its own
 * week, and a week that was left out stays out; where two of them stand in one week, the second stays where it is. At
 * another rhythm the days are counted anew from the first of them, each takes the visit of its week, and whatever visit
 * finds no day is for a person to cancel.
 */
export function changedDays({ rule, plannedTo }: Pick<TherapySeries, 'rule' | 'plannedTo'>, affected: readonly BookedVisit[], to: ChangedRule): { readonly rule: SeriesRule; readonly days: readonly ChangedDay[]; readonly plannedTo: Day } {
  // Whatever weekday it was, its last week has been decided, and no other day of it is booked by itself.
  const decided = dayOfNumber(mondayOf(plannedTo) + 6)
  const weekOf = ({ localStart }: BookedVisit) => mondayOf(localStart.slice(0, 10))
  const first = affected[0]
  const from = first ? dayOfNumber(weekOf(first) + to.weekday - 1) : rule.from
  const { visits, ...rest } = { ...rule, ...to, from }
  const next: SeriesRule = visits === undefined ? rest : { ...rest, visits }
  if (to.everyWeeks === rule.everyWeeks) {
    const seen = new Set<number>()
    const days = affected.flatMap((was) => {
      const week = weekOf(was)
      if (seen.has(week)) return []
      seen.add(week)
      return [{ day: dayOfNumber(week + to.weekday - 1), was }]
    })
    return { rule: counted(next, days.length), days, plannedTo: decided }
  }
  const byWeek = new Map(affected.map((visit) => [weekOf(visit), visit]))
  // Only a series of so many visits has as many left; any other goes on to where it was planned to, more often or less.
  const most = rule.visits === undefined ? Number.POSITIVE_INFINITY : affected.length
  const days = daysOfSeries(next, plannedTo, most).map((day) => ({ day, ...withVisit(byWeek.get(mondayOf(day))) }))
  return { rule: counted(next, days.length), days, plannedTo: decided }
}

const mondayOf = (day: Day): number => dayNumber(day) - weekdayOf(dayNumber(day)) + 1
const withVisit = (was: BookedVisit | undefined): { readonly was?: BookedVisit } => (was ? { was } : {})
/** A series of so many visits has as many left as were counted; one that runs to a day or on says nothing of it. */
const counted = (rule: SeriesRule, visits: number): SeriesRule => (rule.visits === undefined ? rule : { ...rule, visits: Math.max(1, visits) })
