import type { EntryOf } from '../chart/entry.ts'
import { minutesBetween, plusMinutes, type Instant } from '../shared/time.ts'
import { persistentOnes, standingOf, type Standing } from './clearing.ts'
import { describeLevel, symptomName } from './describe.ts'
import { compare, type SessionEntries } from './entries.ts'
import { judge, looksAtRise, namesSymptom, type Baseline } from './judge.ts'
import { isAbove, isAtLeast, worst } from './level.ts'
import { observe, type Observation } from './observations.ts'
import type { AlertLevel, AlertRow, Level, MonitoringRows, Symptom, Test } from './rows.ts'
import type { ReadingDue } from './schedule.ts'

export interface Alert {
  /** The entry and the row together, so that both devices and the server see one alert, not three. */
  readonly id: string
  readonly row: AlertRow
  readonly level: AlertLevel
  readonly at: Instant
  readonly entry?: string
  readonly value?: number
  readonly symptom?: Symptom
  /** What the value was compared with, where the row looks at a rise. */
  readonly baseline?: Baseline
  readonly facts: readonly string[]
  readonly says: string
  /** What is behind a hold, in the words of its rules or of whoever said it: for those on the team, and on no locked screen. */
  readonly because?: string
  /** Orange or worse for so long that the prescriber has to come. */
  readonly persistent: boolean
  /** Whether the level it raised has not come down yet. */
  readonly standing: boolean
  /** Whether a later alert of the same kind says as much or more: then that one is answered, not both. */
  readonly superseded: boolean
  /** Raised by what was typed from paper: it would have called people then, and calls nobody now. */
  readonly fromPaper: boolean
  readonly answers: readonly EntryOf<'alert-answered.v1'>[]
}

export interface NotEvaluable {
  readonly entry: string
  readonly at: Instant
  readonly row: AlertRow
  /** A symptom that is there and that no row names. */
  readonly symptom?: Symptom
}

export interface AlertsNow {
  /** Every alert of the session, oldest first. */
  readonly all: readonly Alert[]
  /** Those whose level still stands, and every orange or red one that nobody has answered. */
  readonly open: readonly Alert[]
  /** The worst level that stands. `green` says only that none does: look at `notEvaluable` beside it. */
  readonly level: Level
  /** What the newest reading could not be judged by, because a value or the baseline is missing, and symptoms that the rows of this session do not name. */
  readonly notEvaluable: readonly NotEvaluable[]
  readonly standing: readonly Standing[]
  readonly redToday: boolean
  readonly orangeToday: boolean
  readonly lastSevereAt: Instant | undefined
  /** Since when no level has stood; undefined while one does. */
  readonly quietSince: Instant | undefined
}

export interface Watched {
  readonly session: string
  readonly entries: SessionEntries
  readonly rows: MonitoringRows
  readonly baseline: Baseline
  readonly firstDoseAt: Instant | undefined
  /** The entries that were typed from paper. */
  readonly fromPaper: { has(entry: string): boolean }
}

/** Groups what was observed: each series by itself, in the order in which things happened. */
export function watch(watched: Watched): Map<string, Observation[]> {
  const series = new Map<string, Observation[]>()
  for (const one of observe(watched.entries, watched)) {
    const group = series.get(one.series)
    if (group) group.push(one)
    else series.set(one.series, [one])
  }
  return series
}

/**
 * The alerts of a session, from what was observed and from the reading that is due. The same entries give the
 * same alerts on both devices and on the server, in whatever order they arrived.
 */
export function alertsOf(watched: Watched, series: ReadonlyMap<string, readonly Observation[]>, due: ReadingDue | undefined, nobodyMonitoring: boolean): AlertsNow {
  const standing = [...series].map(([name, observations]) => standingOf(name, observations, watched.rows.clearing))
  const observed = [...series].flatMap(([name, observations]) => {
    const stands = standing.find((one) => one.series === name)!.level
    return raised(observations, stands, watched)
  })
  const late = due ? lateAlerts(due, nobodyMonitoring, watched) : []
  const all = [...observed, ...late].toSorted((a, b) => compare(a.at, b.at) || compare(a.id, b.id))
  const severe = observed.filter((alert) => isAtLeast(alert.level, 'orange'))
  const quiet = watched.firstDoseAt !== undefined && late.length === 0 && standing.every(({ level }) => level === 'green')
  return {
    all, open: all.filter(isOpen),
    level: worst([...standing.map(({ level }) => level), ...late.map(({ level }) => level)]),
    notEvaluable: [...notEvaluable(series, watched), ...unnamedSymptoms(watched)], standing,
    redToday: severe.some(({ level }) => level === 'red'), orangeToday: severe.length > 0, lastSevereAt: severe.map(({ at }) => at).toSorted(compare).at(-1),
    quietSince: quiet ? [watched.firstDoseAt!, ...standing.flatMap(({ clearedAt }) => clearedAt ?? [])].toSorted(compare).at(-1) : undefined,
  }
}

/** A yellow that has passed needs no answer; an orange or red one does, unless a later one speaks for it. */
export const isOpen = (alert: Alert): boolean => alert.standing || (isAtLeast(alert.level, 'orange') && alert.answers.length === 0 && !alert.superseded)

function raised(observations: readonly Observation[], stands: Level, watched: Watched): Alert[] {
  const persistent = persistentOnes(observations, watched.rows.clearing)
  const last = stands === 'green' ? undefined : observations.findLast((one) => one.level !== 'green')
  return observations.flatMap((one, index) => {
    if (one.level === 'green') return []
    const id = `${one.entry}/${one.row.id}`
    return [{
      id, row: one.row, level: one.level, at: one.at, entry: one.entry,
      ...(one.value === undefined ? {} : { value: one.value }), ...(one.symptom === undefined ? {} : { symptom: one.symptom }),
      ...(looksAtRise(one.row) && watched.firstDoseAt !== undefined && one.at > watched.firstDoseAt ? { baseline: watched.baseline } : {}),
      facts: one.facts, says: saysOf(one), persistent: persistent.has(one), standing: one === last,
      superseded: observations.slice(index + 1).some((later) => isAtLeast(later.level, one.level)), fromPaper: watched.fromPaper.has(one.entry), answers: answersTo(id, watched.entries),
    }]
  })
}

function saysOf({ row, symptom, value, level }: Observation): string {
  if (symptom) return `${row.name}: ${row.words?.[symptom] ?? symptomName(symptom)}`
  return value === undefined ? row.name : `${row.name} ${value}${row.unit === '' ? '' : ` ${row.unit}`} (${describeLevel(row, level as AlertLevel)})`
}

const answersTo = (id: string, entries: SessionEntries) => entries.all('alert-answered.v1').filter((entry) => entry.body.alert === id)

/**
 * A reading that is late. It has no entry yet, so the time it was due stands in the id; the level stands there
 * too, because an answer given when it was a little late does not answer for it being very late.
 */
function lateAlerts(due: ReadingDue, nobodyMonitoring: boolean, { session, entries, rows }: Watched): Alert[] {
  return rows.alerts.filter((row) => row.watches === 'lateness').flatMap((row) => {
    const { level } = judge(row, { values: {}, value: due.minutesLate, baseline: 'before-dose', symptoms: [], flags: { nobodyMonitoring } })
    if (level === 'green') return []
    const id = `${session}@${due.at}/${row.id}-${level}`
    const at = plusMinutes(due.at, minutesIn(row.levels[level]!))
    return [{ id, row, level, at, value: Math.floor(due.minutesLate), facts: [], says: `The reading due at this time is ${Math.floor(due.minutesLate)} minutes late`, persistent: false, standing: true, superseded: false, fromPaper: false, answers: answersTo(id, entries) }]
  })
}

/** When the reading that is due next would be late enough for one of these levels, if nobody takes it. */
export const lateAt = ({ at }: Pick<ReadingDue, 'at'>, rows: readonly AlertRow[], levels: readonly AlertLevel[]): Instant[] =>
  rows.filter(({ watches }) => watches === 'lateness').flatMap((row) => levels.flatMap((level) => (row.levels[level] ? [plusMinutes(at, minutesIn(row.levels[level]))] : [])))

/** How many minutes after its time the level begins. */
function minutesIn(test: Test): number {
  if ('above' in test) return test.above
  if ('atLeast' in test) return test.atLeast
  if ('all' in test) return Math.max(0, ...test.all.map(minutesIn))
  return 'any' in test ? Math.min(...test.any.map(minutesIn)) : 0
}

/** The gaps of the newest reading, with alertness counted as read when it was written down within the same minutes. */
function notEvaluable(series: ReadonlyMap<string, readonly Observation[]>, { entries, rows }: Watched): NotEvaluable[] {
  const newest = entries.latest('vitals.v1')
  if (!newest) return []
  const here = [...series.values()].flat().filter((one) => one.entry === newest.id)
  const gaps = here.filter((one) => one.ceiling !== one.level || one.value === undefined).map(({ row }) => row)
  const near = entries.all('mental-status.v1').filter((entry) => Math.abs(minutesBetween(entry.at, newest.at)) <= rows.reading.togetherMin)
  const mental = rows.alerts.filter((row) => row.watches === 'moaaS' && rows.reading.needs.includes('moaaS') && !near.some((entry) => entry.body.moaaS !== undefined))
  return [...gaps, ...mental].map((row) => ({ entry: newest.id, at: newest.at, row }))
}

/** A session keeps the rows it began with. A symptom that they do not name yet was seen all the same, and nothing has judged it. */
function unnamedSymptoms({ entries, rows }: Watched): NotEvaluable[] {
  const own = rows.alerts.filter(({ watches }) => watches === 'symptom')
  const newest = new Map(entries.all('symptom.v1').map((entry) => [entry.body.symptom, entry]))
  return [...newest].flatMap(([symptom, { id, at, body }]) => (!body.present || own.some((row) => namesSymptom(row, symptom)) ? [] : own.slice(0, 1).map((row) => ({ entry: id, at, row, symptom }))))
}

/** The one alert that speaks loudest: the worst, and of those the newest. */
export const loudest = (alerts: readonly Alert[]): Alert | undefined =>
  alerts.reduce<Alert | undefined>((most, alert) => (most && (isAbove(most.level, alert.level) || (most.level === alert.level && most.at > alert.at)) ? most : alert), undefined)
