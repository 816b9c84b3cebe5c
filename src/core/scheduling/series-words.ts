import type { SeriesRule } from '../chart/kinds/series-rule.ts'
import { sayClock } from '../shared/local-day.ts'
import type { Day } from '../shared/time.ts'
import { clockMinutes, dayNumber, dayOfNumber, showDay } from './zone.ts'

const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

/** `Every week on Tuesday at 2:00 PM, 50 minutes` */
export function sayRule({ everyWeeks, weekday, at, lengthMin }: Pick<SeriesRule, 'everyWeeks' | 'weekday' | 'at' | 'lengthMin'>): string {
  const often = everyWeeks === 1 ? 'Every week' : everyWeeks === 2 ? 'Every second week' : `Every ${everyWeeks} weeks`
  return `${often} on ${weekdayNames[weekday - 1] ?? ''} at ${sayClock(clockMinutes(at))}, ${lengthMin} minutes`
}

/** Until when it goes, in words. */
export function sayUntil({ until, visits }: Pick<SeriesRule, 'until' | 'visits'>): string {
  if (until !== undefined) return `until ${showDay(dayNumber(until))}`
  return visits === undefined ? 'without an end' : `${visits} visits`
}

/** The rule with a pause in it, or as it ends on the day before. */
export const paused = (rule: SeriesRule, from: Day, to: Day): SeriesRule => ({ ...rule, pauses: [...rule.pauses, { from, to }] })
export function endedBefore({ visits: _visits, ...rule }: SeriesRule, day: Day): SeriesRule {
  return { ...rule, until: dayOfNumber(dayNumber(day) - 1) }
}
