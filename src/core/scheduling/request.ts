import type { VisitType } from '../chart/kinds/aftercare.ts'
import type { Protocol, StaffRole } from '../course/protocol.ts'
import type { Day, Instant } from '../shared/time.ts'

/** Monday is 1, Sunday is 7. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7
/** A time on the wall, `09:30`; `24:00` is the end of the day. */
export type Clock = string

export interface Span {
  readonly from: Clock
  readonly to: Clock
}

/** Time that is already taken, in UTC, with the time kept free around it. `visit` names what takes it, so that a repair can look past it. */
export interface Busy {
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly visit?: string
  /** It is a dosing visit: a person may have a limit of these for one day. */
  readonly dosing?: true
}

/** Whole days away, both ends included. */
export interface Away {
  readonly from: Day
  readonly to: Day
  readonly why?: string
}

/** Hours of work: for visits of any place, only online, or only in person, there perhaps at one location. */
export interface Hours extends Span {
  readonly place?: 'online' | 'in-person'
  readonly location?: string
}

/** Minutes that somebody keeps free before and after a visit, to prepare and to write. */
export interface Buffer {
  readonly type: VisitType
  readonly beforeMin: number
  readonly afterMin: number
}

export interface PersonCalendar {
  readonly id: string
  readonly name: string
  readonly roles: readonly StaffRole[]
  readonly hours: readonly (Hours & { readonly weekday: Weekday })[]
  /** Days with other hours than usual; an empty list is a day off. */
  readonly otherHours?: readonly { readonly day: Day; readonly hours: readonly Hours[] }[]
  readonly buffers?: readonly Buffer[]
  /** Dosing visits in one local day, those booked already among them. */
  readonly mostDosingPerDay?: number
  /** What a course may ask of whoever fills a role: a language, a training. */
  readonly skills?: readonly string[]
  /** The states whose licence this person holds, up to and including a day where it ends. */
  readonly licensedIn?: readonly { readonly state: string; readonly until?: Day }[]
  readonly away?: readonly Away[]
  /** When calendars of their own say that somebody is busy: hours in which they are not there, for a visit or on call. */
  readonly elsewhere?: readonly Busy[]
  readonly busy: readonly Busy[]
  /** Rooms this prescriber already answers for while on call, each in its numbered lane. */
  readonly lanes?: readonly (Busy & { readonly lane: number })[]
}

export interface RoomCalendar {
  readonly id: string
  readonly name: string
  readonly features: readonly string[]
  /** Features that are good up to and including a day, such as an emergency kit. */
  readonly featuresUntil?: Readonly<Record<string, Day>>
  readonly location?: string
  /** Patients at once; one where nothing is said. */
  readonly capacity?: number
  /** Minutes after a visit in which the room is made ready and nothing else begins. */
  readonly turnoverMin?: number
  readonly closed?: readonly Away[]
  readonly busy: readonly Busy[]
}

/**
 * One thing the patient said about time. The fields of one wish hold together; several wishes are alternatives,
 * and a visit that fits any of them is fine. `must` is kept or the plan is refused, `rather` is weighed.
 */
export interface Wish {
  readonly types?: readonly VisitType[]
  readonly weekdays?: readonly Weekday[]
  /** The whole visit lies between these, on the patient's wall. */
  readonly from?: Clock
  readonly to?: Clock
  readonly strength: 'must' | 'rather'
}

/** A visit that stands: it happened or is booked, and the plan is made around it. */
export interface FixedVisit {
  readonly visit: string
  readonly type: VisitType
  readonly number: number
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly state: 'happened' | 'booked'
}

export type ClearanceFor =
  | { readonly state: 'needed' }
  /** Signed, and good up to and including this day. */
  | { readonly state: 'signed'; readonly validUntil?: Day }
  /** A prescriber outside the practice decides; the day their answer is expected. */
  | { readonly state: 'elsewhere'; readonly expectedOn: Day }

export interface PlanRequest {
  readonly protocol: Protocol
  readonly zone: string
  /** The first and the last local day that may be used; follow-ups may lie after the last. */
  readonly earliest: Day
  readonly latest: Day
  readonly medicineFrom?: Day
  /** The last day for medicine, where what follows it may still lie after that. */
  readonly medicineTo?: Day
  readonly fixed: readonly FixedVisit[]
  /** Starts of doses given before this course: spacing counts from them as well. */
  readonly earlierDoses?: readonly Instant[]
  readonly people: readonly PersonCalendar[]
  readonly rooms: readonly RoomCalendar[]
  /** Days on which the whole practice is closed: nothing is placed there, whoever would be free. */
  readonly closed?: readonly Away[]
  /** The course's own therapist, and whether another may step in for a visit. */
  readonly therapist: string
  readonly continuity: 'required' | 'preferred'
  readonly wishes: { readonly when: readonly Wish[]; readonly blackout: readonly Day[]; readonly online: readonly VisitType[] }
  /** What whoever fills a role has to bring, such as the patient's language. */
  readonly needs?: readonly { readonly role: StaffRole; readonly skill: string }[]
  /** The state in which the patient sits for a visit online: whoever treats them there needs its licence. */
  readonly sitsIn?: string
  /** How many patients come together; one where nothing is said. */
  readonly patients?: number
  readonly clearance: ClearanceFor
  /** A prescriber on call who is not in these calendars is arranged by hand. */
  readonly onCall: 'plan' | 'elsewhere'
  /** Gaps may be longer than the protocol's row asks for, when a person has decided so. Shortest gaps always hold. */
  readonly longerGaps?: boolean
  /** Starts are tried at every so many minutes past the hour. */
  readonly stepMin: number
}

/** A visit as planned: the wall-clock intent with its zone, and the same moments in UTC. */
export interface PlannedVisit {
  /** `medicine-3`; a repair keeps the id of the visit it moves. */
  readonly visit: string
  readonly type: VisitType
  readonly number: number
  readonly day: Day
  /** `2026-03-05T10:00` */
  readonly localStart: string
  readonly zone: string
  readonly startsAt: Instant
  readonly endsAt: Instant
  /** Until when the room is held; the same as `endsAt` where there is no room. */
  readonly roomUntil: Instant
  readonly people: readonly { readonly person: string; readonly name: string; readonly role: StaffRole }[]
  readonly room?: { readonly id: string; readonly name: string }
  readonly online: boolean
  /** Lanes count from 1; 0 is any free one, for a visit whose lane stands in the calendar only. */
  readonly onCall?: { readonly person: string; readonly name: string; readonly lane: number }
}

/** Why something cannot be, for a person to read and for a screen to point at. */
export interface Reason {
  readonly code: string
  readonly says: string
  readonly facts: Readonly<Record<string, string | number>>
}

export interface Score {
  /** The last visit of the course before follow-ups. */
  readonly finishDay: Day
  readonly days: number
  readonly continuity: { readonly ownTherapist: number; readonly ofVisits: number; readonly peopleMet: number }
  readonly wishes: { readonly met: number; readonly asked: number }
  /** Medicine sessions that fall on the weekday and hour of another one. */
  readonly rhythm: { readonly weekdays: readonly Weekday[]; readonly starts: readonly Clock[] }
  /** The therapist's fullest day with this plan in it. */
  readonly load: { readonly busiestDay: Day; readonly busiestDayMin: number }
  readonly therapistMin: number
}

export interface Proposal {
  readonly id: 'soonest' | 'as-wished' | 'steady' | 'later'
  readonly says: string
  readonly visits: readonly PlannedVisit[]
  readonly score: Score
  /** What a person should know before booking it, such as a gap that is already longer than usual. */
  readonly notes: readonly string[]
}

export interface Impossible {
  readonly impossible: readonly Reason[]
  /** The smallest changes that would make room for a plan; each one alone is enough. */
  readonly wouldHelp: readonly { readonly changes: readonly string[]; readonly says: string }[]
}

export type PlanAnswer = { readonly proposals: readonly [Proposal, ...Proposal[]] } | Impossible
