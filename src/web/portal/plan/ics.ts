import type { BookedVisit } from '../../../core/chart/kinds/aftercare.ts'
import { calendarText, type CalendarEvent } from '../../../core/scheduling/calendar-text.ts'
import type { TimeOff } from '../../../core/scheduling/time-off.ts'
import type { Instant } from '../../../core/shared/time.ts'
import { dayAfter } from '../times.ts'

/**
 * A calendar file of visits. A calendar lies open on desks and locks on screens, so it says nothing but that there is an
 * appointment, and with the days off what has to be kept free: no practice, no kind of visit, no name.
 */
export function calendarFile(visits: readonly Pick<BookedVisit, 'visit' | 'startsAt' | 'endsAt'>[], now: Instant, off: readonly TimeOff[] = []): string {
  const event = { sequence: 0, changedAt: now, status: 'CONFIRMED' } as const
  return calendarText([
    ...visits.map(({ visit, startsAt, endsAt }) => ({ ...event, uid: visit, startsAt, endsAt, summary: 'Appointment' })),
    ...off.filter(({ wholeDay }) => wholeDay).flatMap(({ visit, day, endsAt, noDrivingUntil }): CalendarEvent[] => [
      { ...event, uid: `${visit}-day`, startsAt: day, endsAt: dayAfter(day), summary: 'Keep free' },
      ...(noDrivingUntil && noDrivingUntil > endsAt ? [{ ...event, uid: `${visit}-after`, startsAt: endsAt, endsAt: noDrivingUntil, summary: 'No driving', free: true as const }] : []),
    ]),
  ])
}

/** Hands a file made here to the person, without a server. */
export function handOver(name: string, content: Blob) {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
