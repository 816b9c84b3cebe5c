import type { BookedVisit } from '../../../core/chart/kinds/aftercare.ts'
import type { Instant } from '../../../core/shared/time.ts'

/**
 * A calendar file (RFC 5545) of visits. A calendar lies open on desks and locks on screens, so it says nothing
 * but that there is an appointment: no practice, no kind of visit, no name.
 */
export function calendarFile(visits: readonly Pick<BookedVisit, 'visit' | 'startsAt' | 'endsAt'>[], now: Instant): string {
  const events = visits.flatMap(({ visit, startsAt, endsAt }) => [
    'BEGIN:VEVENT', `UID:${visit}`, `DTSTAMP:${stamp(now)}`, `DTSTART:${stamp(startsAt)}`, `DTEND:${stamp(endsAt)}`, 'SUMMARY:Appointment', 'CLASS:PRIVATE', 'TRANSP:OPAQUE', 'END:VEVENT',
  ])
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Appointments//EN', 'CALSCALE:GREGORIAN', ...events, 'END:VCALENDAR', ''].join('\r\n')
}

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
