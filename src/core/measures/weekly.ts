import type { Chart } from '../chart/chart.ts'
import type { EntryOf } from '../chart/entry.ts'
import { truthOf } from '../eligibility/judge.ts'
import type { ScreeningLimits } from '../eligibility/limits.ts'
import type { EligibilityRule } from '../eligibility/rule.ts'
import { screeningFacts } from '../eligibility/screening-facts.ts'
import type { Cited } from '../shared/cited.ts'
import { dayEnd, dayStart, localDay, plusDaysOf } from '../shared/local-day.ts'
import { instant, type Day, type Instant } from '../shared/time.ts'
import type { DosedSession } from './doses.ts'
import { instrumentOf, isComplete, type Instruments } from './instrument.ts'
import { valueById } from './risk.ts'

/** A question that is asked again every so many days while medicine is given, of those whom a rule is about. */
export interface WeeklyRow extends Cited {
  /** The rule that says whom it is about: its ages stand there and nowhere else. */
  readonly rule: string
  readonly everyDays: number
  /** Instruments that answer it: an interview once it is complete, a form once its item about risk is answered. */
  readonly answeredBy: readonly string[]
  /** The step of the course, and the same for those who treat nobody. */
  readonly says: string
  readonly plainly: string
}

export interface WeeklyRows {
  readonly weekly: WeeklyRow
  readonly eligibility: readonly EligibilityRule[]
  readonly screening: ScreeningLimits
  readonly instruments: Instruments
}

/** What a course says of its medicine: the sessions of it in which some was given, and whether more is planned or booked. */
export interface Treatment {
  readonly sessions: readonly DosedSession[]
  readonly goesOn: boolean
}

export interface WeeklyAsk {
  /** The answer that counts last since the first dose; without one, nobody has asked. */
  readonly last: { readonly entry: string; readonly at: Instant } | undefined
  /** The day on which it is due, counted from the last answer, or from the first dose where there is none. */
  readonly dueOn: Day
  readonly dueFrom: Instant
  /** The last moment of that day, so that it is read as that day and not as the next. */
  readonly dueBy: Instant
}

/**
 * The weekly question of one person, or nothing where it is not theirs: before the first dose, where the rule says no,
 * and after the last dose once somebody has asked a week or more after it. A rule that cannot be judged asks all the
 * same, and what was left half-way is not an answer.
 */
export function weeklyAsk(chart: Chart, { sessions, goesOn }: Treatment, rows: WeeklyRows, now: Instant, zone: string): WeeklyAsk | undefined {
  const [first, latest] = [sessions[0], sessions.at(-1)]
  if (!first || !latest || isNoneOfTheirs(chart, rows, now)) return undefined
  const { everyDays } = rows.weekly
  const last = lastAnswer(chart, rows, localDay(first.firstDoseAt, zone), zone)
  if (last && !goesOn && localDay(last.at, zone) >= plusDaysOf(localDay(latest.lastDoseAt, zone), everyDays)) return undefined
  const dueOn = plusDaysOf(localDay(last?.at ?? first.firstDoseAt, zone), everyDays)
  return { last: last && { entry: last.id, at: last.at }, dueOn, dueFrom: dayStart(dueOn, zone), dueBy: instant(Date.parse(dayEnd(dueOn, zone)) - 1) }
}

function isNoneOfTheirs(chart: Chart, { weekly, eligibility, screening }: WeeklyRows, now: Instant): boolean {
  const rule = eligibility.find(({ id }) => id === weekly.rule)
  return rule !== undefined && truthOf(rule.when, screeningFacts(chart, now, screening)) === 'no'
}

/** Of the day of the first dose or after it: what was asked that morning begins the first week. */
function lastAnswer(chart: Chart, rows: WeeklyRows, from: Day, zone: string): EntryOf<'measure-answered.v1'> | undefined {
  return chart.latest('measure-answered.v1', (entry) => isAnswer(entry, rows) && localDay(entry.at, zone) >= from)
}

function isAnswer({ body: { instrument: id, answers } }: EntryOf<'measure-answered.v1'>, { weekly, instruments }: WeeklyRows): boolean {
  const instrument = instrumentOf(instruments, id)
  if (!instrument || !weekly.answeredBy.includes(id)) return false
  return instrument.risk?.kind === 'item' ? valueById(instrument, instrument.risk.item, answers) !== null : isComplete(instrument, answers)
}
