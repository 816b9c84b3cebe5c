import type { VisitType } from '../chart/kinds/aftercare.ts'
import { isDosing } from '../course/dosing-visit.ts'
import { clockMinutes, dayNumber, wallOf } from '../scheduling/zone.ts'
import type { Cited } from '../shared/cited.ts'
import { localClock, localDay, plusDaysOf } from '../shared/local-day.ts'
import { plusMinutes, type Instant } from '../shared/time.ts'

export type StepName = 'week' | 'two-days' | 'day-before' | 'morning'
/** What is asked with a reminder: on the evening before, and on the morning itself. */
export type CheckName = 'day-before' | 'morning'
/** Both checks, the later one first. */
export const LATEST_FIRST: readonly CheckName[] = ['morning', 'day-before']
/** Or, before a visit online: where they are. */
export type AskName = CheckName | 'where'

/** One reminder: how many days before the visit, at which hour on the wall. */
export interface LadderStep {
  readonly step: StepName
  readonly daysBefore: number
  readonly at: string
  /** At the latest so long before the visit begins, also where that breaks the quiet hours: what is asked then is still of use. */
  readonly leadMin?: number
  readonly asks?: AskName
}

export interface ReminderRows extends Cited {
  /** From when to when nobody is written to, by the practice's wall. */
  readonly quiet: { readonly from: string; readonly to: string }
  readonly dosing: readonly LadderStep[]
  readonly other: readonly LadderStep[]
  /** For visits that come every week: whoever comes so often is reminded less. */
  readonly therapy: readonly LadderStep[]
  /** Talking visits by video. */
  readonly online: readonly LadderStep[]
  /** By when an answer is there, or somebody calls: an hour of the day on which it was asked, or minutes before the visit. */
  readonly answerBy: { readonly 'day-before': { readonly at: string }; readonly morning: { readonly leadMin: number }; readonly where: { readonly leadMin: number } }
}

/** Therapy online is reminded as seldom as other therapy, and asked as much as other visits online. */
const onlineTherapy = ({ online, therapy }: ReminderRows): readonly LadderStep[] => online.filter(({ step, asks }) => asks !== undefined || therapy.some((one) => one.step === step))

export function ladderOf(rows: ReminderRows, visit: { readonly type: VisitType; readonly online?: boolean }): readonly LadderStep[] {
  if (isDosing(visit)) return rows.dosing
  if (visit.type === 'therapy') return visit.online ? onlineTherapy(rows) : rows.therapy
  return visit.online ? rows.online : rows.other
}

/** When a reminder goes out. An hour that the clocks jump over is pushed on to the one after it. */
export function dueAt({ daysBefore, at, leadMin }: LadderStep, startsAt: Instant, zone: string): Instant {
  const wall = onWall(plusDaysOf(localDay(startsAt, zone), -daysBefore), at, zone)
  const lead = leadMin === undefined ? wall : plusMinutes(startsAt, -leadMin)
  return lead < wall ? lead : wall
}

/** By when the answer is there. */
export const answerBy = (check: AskName, { answerBy: by }: ReminderRows, startsAt: Instant, zone: string): Instant =>
  check !== 'day-before' ? plusMinutes(startsAt, -by[check].leadMin) : onWall(plusDaysOf(localDay(startsAt, zone), -1), by['day-before'].at, zone)

export interface RemindedVisit {
  readonly type: VisitType
  readonly startsAt: Instant
  readonly online?: boolean
}
export interface Reminding {
  readonly rows: ReminderRows
  readonly zone: string
  readonly now: Instant
  /** What was sent already for this visit at this hour: a visit that has moved begins anew. */
  readonly made: ReadonlySet<string>
}

/**
 * The reminder to send now, if there is one: the latest whose time has come. Those before it have lapsed, each goes out
 * once, none after the visit has begun, and in the quiet hours only one that would otherwise come too late.
 */
export function dueReminder(visit: RemindedVisit, { rows, zone, now, made }: Reminding): LadderStep | undefined {
  if (now >= visit.startsAt) return undefined
  const latest = ladderOf(rows, visit).filter((step) => dueAt(step, visit.startsAt, zone) <= now).toSorted((a, b) => b.daysBefore - a.daysBefore).at(-1)
  if (!latest || made.has(latest.step)) return undefined
  return latest.leadMin === undefined && isQuiet(rows, now, zone) ? undefined : latest
}

/**
 * Whether a dosing visit has come so near that it is looked at each time: from the day before on an adult may be named who
 * takes them home, and what was asked may stay unanswered.
 */
export function isNear(visit: RemindedVisit, { rows, zone, now }: Omit<Reminding, 'made'>): boolean {
  if (!isDosing(visit)) return false
  const asked = ladderOf(rows, visit).find(({ step }) => step === 'day-before')
  return (asked !== undefined && dueAt(asked, visit.startsAt, zone) <= now) || LATEST_FIRST.some((check) => answerBy(check, rows, visit.startsAt, zone) <= now)
}

/** Whether it is an hour at which nobody is written to. */
export function isQuiet({ quiet }: Pick<ReminderRows, 'quiet'>, now: Instant, zone: string): boolean {
  const clock = localClock(now, zone)
  return clock >= quiet.from || clock < quiet.to
}

/** An hour of a day on the wall. One that the clocks jump over is pushed on to the one after it. */
export function onWall(day: string, at: string, zone: string): Instant {
  return new Date(wallOf(zone).edge(dayNumber(day), clockMinutes(at))).toISOString()
}
