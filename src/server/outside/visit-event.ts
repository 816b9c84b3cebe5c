import { createHash } from 'node:crypto'
import type { CalendarEvent } from '../../core/scheduling/calendar-text.ts'
import { OUR_UID } from './busy-times.ts'

/** A person's part in a visit, as far as another calendar may know of it. */
export interface VisitTold {
  readonly visit: string
  readonly person: string
  readonly sequence: number
  readonly startsAt: string
  readonly endsAt: string
  readonly onCall: boolean
  readonly held: boolean
  readonly room: string | null
  readonly stands: boolean
}

/** No name, no kind of visit, no course: when somebody is where, and nothing that a glance at a telephone could tell. */
export const visitEvent = ({ visit, person, sequence, startsAt, endsAt, onCall, held, room, stands }: VisitTold, changedAt: string): CalendarEvent => ({
  uid: uidOf(visit, person), sequence, changedAt, startsAt, endsAt, summary: onCall ? 'On call' : held ? 'Visit, not booked yet' : 'Visit', ...(room ? { location: room } : {}),
  status: stands ? (held ? 'TENTATIVE' : 'CONFIRMED') : 'CANCELLED',
})

/** The same for a feed and for invitations, another one for each person, and nothing to be looked up by. */
const uidOf = (visit: string, person: string) => `${createHash('sha256').update(`${visit} ${person}`).digest('hex').slice(0, 32)}${OUR_UID}`
