import type { Role } from '../access/roles.ts'
import type { BookedVisit, VisitType } from '../chart/kinds/aftercare.ts'
import type { Chart } from '../chart/chart.ts'
import type { EntryOf } from '../chart/entry.ts'
import type { EntryKind } from '../chart/kinds.ts'
import { standingVisits, type DosedSession } from '../measures/doses.ts'
import type { WeeklyAsk } from '../measures/weekly.ts'
import type { ExposureDue } from '../outcomes/exposure-watch.ts'
import type { Silence } from '../outcomes/silence.ts'
import { dayStart, localDay } from '../shared/local-day.ts'
import type { Instant } from '../shared/time.ts'
import { inCycle, type Cycle } from './cycle.ts'
import type { Protocol } from './protocol.ts'

/**
 * `overdue` and `due` have a moment by which they should be done; `open` may be done now; `blocked` waits for
 * something named; `not-yet` lies ahead in the course; `missed` can no longer be done, and stays to be seen.
 */
export type StepState = 'done' | 'overdue' | 'due' | 'open' | 'blocked' | 'not-yet' | 'missed'

export interface Blocker {
  readonly code: string
  readonly says: string
  readonly facts: readonly string[]
}

export interface Step {
  /** `intake`, `preparation-2`, `medicine-3`, `consent-treatment`, `follow-up-30` … */
  readonly id: string
  readonly title: string
  /** Who does it. */
  readonly who: readonly Role[]
  readonly state: StepState
  readonly blockedBy: readonly Blocker[]
  readonly dueBy?: Instant
  /** Since when it could have been done: the moment of what came before. */
  readonly since?: Instant
  readonly visit?: BookedVisit
  /** Entries that say it is done, or what it rests on. */
  readonly facts: readonly string[]
}

/** What other parts of the product judge, and the course only reads. */
export interface CourseFacts {
  readonly now: Instant
  readonly zone: string
  readonly clearance: { readonly state: 'none' | 'cleared' | 'held' | 'refused' | 'expired' | 'reopened'; readonly says: string; readonly facts: readonly string[] }
  /** Forms that have to be signed before a first dose, in the version that counts. */
  readonly consentForms: readonly { readonly form: string; readonly version: string; readonly title: string }[]
  /** Titles of questionnaires that the person answers before the first dose and has not answered yet. */
  readonly baselineOpen: readonly string[]
  /** The same for those that only a clinician may ask; nothing where the protocol has none. */
  readonly interviewsOpen?: readonly string[]
  /** The order in force today, if there is one. */
  readonly order: string | undefined
  /** What stands in the way of the next dose besides all of this, such as an open risk path. */
  readonly holds: readonly Blocker[]
  /** What has to be asked every week, where it is this person's; it stops no dose, since every session asks for it again. */
  readonly weekly?: WeeklyAsk & { readonly says: string }
  /** A proposal for a clinician to decide about; it books nothing. */
  readonly maintenance?: { readonly says: string; readonly facts: readonly string[]; readonly since?: Instant; readonly dueBy?: Instant }
  /** Forms that were asked for and that nobody has answered. */
  readonly silence?: Silence & { readonly titles: readonly string[] }
  /** What repeated doses ask to be looked at. */
  readonly exposure?: ExposureDue
}

/** A chart read once for its course: the questions every step asks. Visits and sessions are those of this course only. */
export interface CourseReading {
  readonly chart: Chart
  readonly protocol: Protocol
  readonly facts: CourseFacts
  readonly cycle: Cycle
  /** Visits that stand, without those that were missed: a missed visit has to be booked again. */
  readonly visits: readonly BookedVisit[]
  /** Sessions of this course in which medicine was given, oldest first. */
  readonly sessions: readonly DosedSession[]
  readonly visit: (type: BookedVisit['type'], number: number) => BookedVisit | undefined
  /** The newest entry of this course of a kind; what an earlier course left does not count. */
  readonly latest: <Kind extends EntryKind>(kind: Kind, fits?: (entry: EntryOf<Kind>) => boolean) => EntryOf<Kind> | undefined
  /** Visits of a type that took place, oldest first. */
  readonly completed: (type: VisitType) => readonly EntryOf<'visit-closed.v1'>[]
}

export function readingOf(protocol: Protocol, chart: Chart, facts: CourseFacts): CourseReading {
  const cycle = inCycle(chart)
  const missed = new Set(chart.all('visit-closed.v1').filter(({ body }) => body.outcome === 'missed').map(({ body }) => body.visit))
  const visits = standingVisits(chart).filter(({ visit, startsAt }) => !missed.has(visit) && (cycle.from === undefined || startsAt >= cycle.from))
  const isOurs = ({ at }: { readonly at: Instant }) => cycle.from === undefined || at >= cycle.from
  return {
    chart, protocol, facts, cycle, visits, sessions: cycle.sessions,
    visit: (type, number) => visits.find((each) => each.type === type && each.number === number),
    latest: (kind, fits = () => true) => chart.latest(kind, (entry) => isOurs(entry) && fits(entry)),
    completed: (type) => chart.all('visit-closed.v1').filter((entry) => isOurs(entry) && entry.body.type === type && entry.body.outcome === 'completed'),
  }
}

/** The step that asks again every week; whatever ended the course, it is asked once more after the last dose. */
export const WEEKLY = 'weekly-question'

/** Nobody knows how the person is, and somebody has to look for them. */
export const NO_ANSWER = 'no-answer'
/** Repeated doses ask for a look at what they may harm. */
export const EXPOSURE = 'exposure'
/** What was proposed and accepted has no place in the calendar yet. */
export const PLACE_REVIEW = 'place-review'
/** What follows a session after the course; it is known by the word that the end of a course does not stop. */
export const FURTHER_INTEGRATION = 'maintenance-integration'

export const done = (facts: readonly (string | undefined)[]): Pick<Step, 'state' | 'facts' | 'blockedBy'> => ({ state: 'done', facts: facts.filter((id): id is string => id !== undefined), blockedBy: [] })
export const blocker = (code: string, says: string, facts: readonly string[] = []): Blocker => ({ code, says, facts })

/** Not done: blocked if something stands in the way, otherwise open, or due and overdue by its moment. */
export function standing(blockedBy: readonly Blocker[], now: Instant, dueBy?: Instant, dueFrom?: Instant): Pick<Step, 'state' | 'blockedBy' | 'facts'> & { dueBy?: Instant } {
  const due = dueBy === undefined ? {} : { dueBy }
  if (blockedBy.length > 0) return { state: 'blocked', blockedBy, facts: [], ...due }
  if (dueBy !== undefined && now > dueBy) return { state: 'overdue', blockedBy: [], facts: [], ...due }
  if (dueBy !== undefined && (dueFrom === undefined || now >= dueFrom)) return { state: 'due', blockedBy: [], facts: [], ...due }
  return { state: 'open', blockedBy: [], facts: [], ...due }
}

/**
 * A visit that is not done yet: ahead until its day comes, due on that day, overdue when its end has passed and
 * nobody has written what became of it. Without a booking it is open, or due by the moment it was promised for.
 */
export function visiting(visit: BookedVisit | undefined, { now, zone }: CourseFacts, blockedBy: readonly Blocker[], promised?: Instant): ReturnType<typeof standing> {
  if (!visit || blockedBy.length > 0) return standing(blockedBy, now, visit?.endsAt ?? promised)
  if (now < dayStart(localDay(visit.startsAt, zone), zone)) return { state: 'not-yet', blockedBy: [], facts: [], dueBy: visit.endsAt }
  return standing([], now, visit.endsAt)
}

/** Its turn has not come: something before it in the course is not done. */
export const ahead = (blockedBy: readonly Blocker[] = []): Pick<Step, 'state' | 'blockedBy' | 'facts'> => ({ state: 'not-yet', blockedBy, facts: [] })
