import { minutesBetween, plusMinutes, type Instant } from '../shared/time.ts'
import type { DoseStep } from './doses.ts'
import { compare, type SessionEntries } from './entries.ts'
import { isAtLeast } from './level.ts'
import type { Standing } from './clearing.ts'
import type { Observation } from './observations.ts'
import { completions, missingAt } from './readings.ts'
import type { Parameter, ReadingRow, ScheduleRow } from './rows.ts'

export interface Planned {
  readonly at: Instant
  readonly why: 'before-dose' | 'schedule' | 'after-booster' | 'observation' | 'after-alert'
}

export interface ReadingDue extends Planned {
  /** What this reading still lacks. */
  readonly missing: readonly Parameter[]
  /** Minutes since it was due; 0 while there is time. */
  readonly minutesLate: number
}

/**
 * The planned readings up to a moment, and the first one after it. A booster starts the schedule again; while an
 * infusion runs readings go on, and after the last planned one they go on for as long as the person is here.
 */
export function plannedReadings(steps: readonly DoseStep[], row: ScheduleRow, until: Instant): Planned[] {
  const starts = steps.map(({ stands, given, endedAt }) => ({ at: (stands ?? given[0]!).at, endedAt })).toSorted((a, b) => compare(a.at, b.at))
  return starts.flatMap((start, index) => {
    const next = starts[index + 1]?.at
    const planned = afterDose(start, row, until, index > 0)
    return next === undefined ? planned : planned.filter(({ at }) => at < next)
  })
}

function afterDose(start: { at: Instant; endedAt: Instant | undefined }, row: ScheduleRow, until: Instant, booster: boolean): Planned[] {
  const why = booster ? 'after-booster' : 'schedule'
  const times = row.fromStartMin.map((minutes) => plusMinutes(start.at, minutes))
  const { infusion } = row
  if (infusion) {
    const end = start.endedAt
    const running = every(infusion.everyMinUntilEnd, times.at(-1) ?? start.at, until)
    const during = [...times, ...running].filter((at) => end === undefined || at < end)
    if (end === undefined) return during.map((at) => ({ at, why }))
    times.splice(0, times.length, ...during, ...infusion.fromEndMin.map((minutes) => plusMinutes(end, minutes)))
  }
  const observed = every(row.thenEveryMin, times.at(-1) ?? start.at, until)
  return [...times.map((at): Planned => ({ at, why })), ...observed.map((at): Planned => ({ at, why: 'observation' }))]
}

/** Times at a fixed interval after one, up to the first that lies beyond `until`. */
function every(minutes: number, after: Instant, until: Instant): Instant[] {
  const times: Instant[] = []
  for (let at = plusMinutes(after, minutes); times.length === 0 || times.at(-1)! <= until; at = plusMinutes(at, minutes)) times.push(at)
  return times
}

export interface Due {
  readonly entries: SessionEntries
  readonly steps: readonly DoseStep[]
  readonly schedule: ScheduleRow
  readonly reading: ReadingRow
  readonly series: ReadonlyMap<string, readonly Observation[]>
  readonly standing: readonly Standing[]
  readonly startedAt: Instant
  readonly now: Instant
}

/** The reading that is due next, or is overdue. One that was taken only in part stays due until it is whole. */
export function nextReading(due: Due): ReadingDue {
  const { entries, steps, reading, now } = due
  const complete = completions(entries, reading)
  if (steps.length === 0) return beforeDose(due, complete)
  const planned = plannedReadings(steps, due.schedule, now)
  const next = planned.find((_, index) => index > lastDone(planned, complete, due))
  const repeat = afterAlert(due, complete)
  const soonest = [...(next ? [next] : []), ...(repeat ? [repeat] : [])].toSorted((a, b) => compare(a.at, b.at))[0]
  const { at, why } = soonest ?? { at: now, why: 'observation' }
  return { at, why, missing: missingAt(entries, reading, plusMinutes(at, -reading.earlyMin), now), minutesLate: Math.max(0, minutesBetween(at, now)) }
}

/** Before the dose nothing works yet and nothing can be late: the first values are simply asked for. */
function beforeDose({ entries, reading, startedAt, now }: Due, complete: readonly Instant[]): ReadingDue {
  const done = complete.length > 0
  return { at: startedAt, why: 'before-dose', missing: done ? [] : missingAt(entries, reading, startedAt, now), minutesLate: 0 }
}

/** The last planned reading that a complete one has answered, or that somebody wrote off with a reason. */
function lastDone(planned: readonly Planned[], complete: readonly Instant[], { entries, reading }: Due): number {
  const opens = planned.map((one) => plusMinutes(one.at, -reading.earlyMin))
  const answered = (at: Instant) => opens.findLastIndex((from) => from <= at)
  const missed = entries.all('vitals-missed.v1').map((entry) => planned.findLastIndex((one, place) => one.at <= entry.body.plannedFor && opens[place]! <= entry.at))
  return Math.max(-1, ...complete.map(answered), ...missed)
}

/** Orange and red ask for readings in short steps until they have cleared; a first yellow asks for one more. */
function afterAlert({ entries, reading, series, standing }: Due, complete: readonly Instant[]): Planned | undefined {
  const all = [...series].map(([name, observations]) => ({ observations, level: standing.find((one) => one.series === name)!.level }))
  const latest = (times: readonly Instant[]) => times.toSorted(compare).at(-1)
  const severe = latest(all.filter(({ level }) => isAtLeast(level, 'orange')).flatMap(({ observations }) => observations.filter((one) => isAtLeast(one.level, 'orange')).map(({ at }) => at)))
  if (severe !== undefined) {
    const from = latest([severe, ...complete, ...entries.all('vitals-missed.v1').map(({ at }) => at)])!
    return { at: plusMinutes(from, reading.afterAlertEveryMin), why: 'after-alert' }
  }
  const firstYellow = latest(all.flatMap(({ observations }) => observations.filter((one, index) => one.level === 'yellow' && (observations[index - 1]?.level ?? 'green') === 'green').map(({ at }) => at)))
  if (firstYellow === undefined || complete.some((at) => at > firstYellow)) return undefined
  return { at: plusMinutes(firstYellow, reading.afterAlertEveryMin), why: 'after-alert' }
}
