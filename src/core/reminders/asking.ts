import type { Ask } from '../measures/asks.ts'
import type { Cited } from '../shared/cited.ts'
import { localDay, plusDaysOf } from '../shared/local-day.ts'
import type { Day, Instant } from '../shared/time.ts'
import { isQuiet, onWall, type ReminderRows } from './ladder.ts'

/** One message about questionnaires that are open: so many days after they opened, at this hour on the wall. */
export interface AskingStep {
  readonly step: 'first' | 'again' | 'last'
  readonly afterDays: number
  readonly at: string
}

export interface AskingRows extends Cited {
  readonly steps: readonly AskingStep[]
  /** What is asked on the day of a dose gets no message of its own: that morning has one already. */
  readonly moments: readonly Ask['moment'][]
  /** By when an answer is there, or a person calls. */
  readonly answerBy: { readonly afterDays: number; readonly at: string }
  /** Days for which a link works, if what it asks does not close before. */
  readonly linkDays: number
}

/** The practice's tablet in a patient's hands. */
export interface TabletRows extends Cited {
  /** Minutes for which what is answered is taken. */
  readonly lifeMin: number
  /** Minutes without a touch after which it shows nothing. */
  readonly coverMin: number
}

/** A questionnaire as it is asked once: a dose that moves moves its days, and then it is asked anew. */
export const askKey = ({ instrument, anchor, opensAt }: Pick<Ask, 'instrument' | 'anchor' | 'opensAt'>, zone: string): string => [instrument, anchor, opensAt === null ? 'any' : localDay(opensAt, zone)].join(' ')

export interface Asking {
  readonly rows: AskingRows
  readonly quiet: Pick<ReminderRows, 'quiet'>
  readonly zone: string
  readonly now: Instant
  /** The day on which it was first seen open. */
  readonly since: Day
  readonly closesAt: Instant | null
  /** The steps that were sent, or passed over, already. */
  readonly made: ReadonlySet<string>
}

const stepAt = ({ afterDays, at }: { readonly afterDays: number; readonly at: string }, { since, zone }: Pick<Asking, 'since' | 'zone'>): Instant => onWall(plusDaysOf(since, afterDays), at, zone)

/** The latest whose time has come and that nobody was sent: those before it have lapsed. */
function waiting(asking: Asking): AskingStep | undefined {
  const latest = asking.rows.steps.filter((step) => stepAt(step, asking) <= asking.now).at(-1)
  return latest && !asking.made.has(latest.step) ? latest : undefined
}

/** The message to send now, if there is one. Each goes out once, and none in the quiet hours. */
export const dueAsking = (asking: Asking): AskingStep | undefined => isQuiet(asking.quiet, asking.now, asking.zone) ? undefined : waiting(asking)

/** By when an answer is there. What closes before is over then. */
export function askedBy(asking: Pick<Asking, 'zone' | 'since' | 'closesAt'> & { readonly rows: Pick<AskingRows, 'answerBy'> }): Instant {
  const by = stepAt(asking.rows.answerBy, asking)
  return asking.closesAt !== null && asking.closesAt < by ? asking.closesAt : by
}

/** The next moment at which there may be something to do about one that is open: a message, the end of the quiet hours for one that waits, the end of waiting. Nothing once all of that lies behind. */
export function nextLook(asking: Asking): Instant | undefined {
  const { rows, quiet: { quiet }, zone, now } = asking
  const today = localDay(now, zone)
  const wakes = waiting(asking) ? [onWall(today, quiet.to, zone), onWall(plusDaysOf(today, 1), quiet.to, zone)] : []
  return [...rows.steps.map((step) => stepAt(step, asking)), askedBy(asking), ...wakes].filter((at) => at > now).toSorted()[0]
}
