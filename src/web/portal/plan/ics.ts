import type { BookedVisit } from '../../../core/chart/kinds/aftercare.ts'
import type { TimeOff } from '../../../core/scheduling/time-off.ts'
import type { Day, Instant } from '../../../core/shared/time.ts'
import { dayAfter } from '../times.ts'

/**
 * A calendar file (RFC 5545) of visits. A calendar lies open on desks and locks on screens, so it says nothing
 * but that there is an appointment, and with the days off what has to be kept free: no practice, no kind of visit, no name.
 */
export function calendarFile(visits: readonly Pick<BookedVisit, 'visit' | 'startsAt' | 'endsAt'>[], now: Instant, off: readonly TimeOff[] = []): string {
  const event = (uid: string, when: readonly [from: string, to: string], says: string, busy: boolean) => ['BEGIN:VEVENT', `UID:${uid}`, `DTSTAMP:${stamp(now)}`, `DTSTART${when[0]}`, `DTEND${when[1]}`, `SUMMARY:${says}`, 'CLASS:PRIVATE', `TRANSP:${busy ? 'OPAQUE' : 'TRANSPARENT'}`, 'END:VEVENT']
  const from = (startsAt: Instant, endsAt: Instant) => [`:${stamp(startsAt)}`, `:${stamp(endsAt)}`] as const
  const events = [
    ...visits.flatMap(({ visit, startsAt, endsAt }) => event(visit, from(startsAt, endsAt), 'Appointment', true)),
    ...off.filter(({ wholeDay }) => wholeDay).flatMap(({ visit, day, endsAt, noDrivingUntil }) => [
      ...event(`${visit}-day`, [`;VALUE=DATE:${plain(day)}`, `;VALUE=DATE:${plain(dayAfter(day))}`], 'Keep free', true),
      ...(noDrivingUntil && noDrivingUntil > endsAt ? event(`${visit}-after`, from(endsAt, noDrivingUntil), 'No driving', false) : []),
    ]),
  ]
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Appointments//EN', 'CALSCALE:GREGORIAN', ...events, 'END:VCALENDAR', ''].join('\r\n')
}

/** 2026-11-26 is 20261126. */
const plain = (day: Day) => day.replaceAll('-', '')

/** 2026-11-26T17:00:00.000Z is 20261126T170000Z. */
const stamp = (at: Instant) => at.replace(/[-:]/g, '').replace(/\.\d+/, '')

/** Hands a file made here to the person, without a server. */
export function handOver(name: string, content: Blob) {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
