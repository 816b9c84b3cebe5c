import type { BookedVisit } from '../chart/kinds/aftercare.ts'
import { isDosing } from '../course/dosing-visit.ts'
import type { Cited } from '../shared/cited.ts'
import { dayEnd, dayStart, localDay } from '../shared/local-day.ts'
import { plusMinutes, type Day, type Instant } from '../shared/time.ts'

export interface TimeOffRows {
  /** Hours after a dosing visit has ended in which nobody drives or uses machines. */
  readonly noDriving: Cited & { readonly value: number }
}

/** What one visit takes of a person's days. */
export interface TimeOff {
  readonly visit: string
  readonly day: Day
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly wholeDay: boolean
  /** After a dose only: the later of the next day's beginning and so many hours after the booked end. She must have slept as well, which nobody can book. */
  readonly noDrivingUntil?: Instant
  /** An earlier visit forbids driving to this one: somebody else has to, or she takes the bus. Nothing to ask for where she stays at home. */
  readonly notByOwnCar?: true
}

/** Everything a course takes of a person's days, in the order in which it comes; days as the practice's zone counts them. */
export function timeOff(visits: readonly Pick<BookedVisit, 'visit' | 'type' | 'startsAt' | 'endsAt' | 'online'>[], { noDriving }: TimeOffRows, zone: string): TimeOff[] {
  const taken = visits.map(({ visit, type, startsAt, endsAt }): TimeOff => {
    const day = localDay(startsAt, zone)
    if (!isDosing({ type })) return { visit, day, startsAt, endsAt, wholeDay: false }
    const [slept, waited] = [dayEnd(day, zone), plusMinutes(endsAt, noDriving.value * 60)]
    return { visit, day, startsAt: dayStart(day, zone), endsAt: slept, wholeDay: true, noDrivingUntil: waited > slept ? waited : slept }
  }).toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
  const bookedAs = new Map(visits.map((visit) => [visit.visit, visit]))
  return taken.map((off) => {
    const { startsAt, online } = bookedAs.get(off.visit)!
    return !online && taken.some(({ visit, noDrivingUntil = '' }) => bookedAs.get(visit)!.startsAt < startsAt && noDrivingUntil > startsAt) ? { ...off, notByOwnCar: true } : off
  })
}

/**
 * Words of this list that stand in a text meant for an employer or a school. Nothing found is no promise: a name can tell
 * without any of them, which is why whoever chooses it is asked to read it as a stranger would.
 */
export const wordsThatTell = (text: string, telling: readonly string[]): string[] =>
  telling.filter((word) => new RegExp(`\\b${word}`, 'i').test(text))
