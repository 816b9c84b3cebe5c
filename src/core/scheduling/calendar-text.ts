import type { Instant } from '../shared/time.ts'

/** One event as another calendar is to show it: no more of a visit than may stand on a locked telephone. */
export interface CalendarEvent {
  readonly uid: string
  readonly sequence: number
  /** When this was last changed. */
  readonly changedAt: Instant
  /** Moments, or whole days of which the last is not part of it. */
  readonly startsAt: string
  readonly endsAt: string
  readonly summary: string
  readonly location?: string
  readonly status: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED'
  /** It takes no time from anybody. */
  readonly free?: true
  /** For an invitation: the practice's mailbox, and the one it goes to. */
  readonly between?: { readonly organizer: string; readonly attendee: string }
}

/**
 * Events as iCalendar (RFC 5545), or as an invitation by mail (RFC 5546) where a method is named. Moments are written in
 * UTC, so that every reader shows them by its own rules for the clocks, and nobody has to send those rules along.
 */
export function calendarText(events: readonly CalendarEvent[], method?: 'REQUEST' | 'CANCEL'): string {
  const lines = [
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Appointments//EN', 'CALSCALE:GREGORIAN', ...(method ? [`METHOD:${method}`] : []),
    ...events.flatMap(eventLines), 'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

const eventLines = ({ uid, sequence, changedAt, startsAt, endsAt, summary, location, status, free, between }: CalendarEvent): readonly string[] => [
  'BEGIN:VEVENT', `UID:${escaped(uid)}`, `SEQUENCE:${sequence}`, `STATUS:${status}`, `DTSTAMP:${stamp(changedAt)}`, `DTSTART${when(startsAt)}`, `DTEND${when(endsAt)}`, `SUMMARY:${escaped(summary)}`,
  ...(location ? [`LOCATION:${escaped(location)}`] : []), 'CLASS:PRIVATE', `TRANSP:${free ? 'TRANSPARENT' : 'OPAQUE'}`,
  // Nobody is asked to answer: that somebody takes part was settled when the visit was booked.
  ...(between ? [`ORGANIZER:mailto:${plain(between.organizer)}`, `ATTENDEE;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:${plain(between.attendee)}`] : []),
  'END:VEVENT',
]

const when = (at: string): string => (at.length === '2026-03-05'.length ? `;VALUE=DATE:${at.replaceAll('-', '')}` : `:${stamp(at)}`)

/** `20260305T180000Z`; an end is never said earlier than it is by a cut fraction, for visits stand on whole minutes. */
const stamp = (at: Instant): string => `${at.slice(0, 19).replaceAll(/[-:]/g, '')}Z`

/** What reads as more than a character in a text of RFC 5545; other signs that nobody sees are left out. */
const escaped = (text: string): string => text.replaceAll(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll(/\r\n|\r|\n/g, '\\n').replaceAll(/\p{Cc}/gu, '')
const plain = (address: string): string => address.replaceAll(/[\p{Cc}\s]/gu, '')

const LINE_OCTETS = 75

/** No line is longer than 75 octets; what is longer goes on after a line break and a blank, and no character is cut in two. */
function folded(line: string): string {
  let [all, length] = ['', 0]
  for (const sign of line) {
    const octets = octetsOf(sign.codePointAt(0) ?? 0)
    if (length + octets > LINE_OCTETS) [all, length] = [`${all}\r\n `, 1]
    all += sign
    length += octets
  }
  return all
}
const octetsOf = (point: number): number => (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4)
