import type { SeriesRule } from '../chart/kinds/series-rule.ts'
import { isDosing } from '../course/dosing-visit.ts'
import type { Cited } from '../shared/cited.ts'
import { localDay, sayTime } from '../shared/local-day.ts'
import type { Day } from '../shared/time.ts'
import { startExplainerOf } from './explain.ts'
import { requestFaults } from './faults.ts'
import { visitNames, type Layer } from './layers.ts'
import type { Opening } from './openings.ts'
import { plannedVisit } from './plan.ts'
import { problemOf, type Problem } from './problem.ts'
import type { PlannedVisit, PlanRequest, Reason } from './request.ts'
import { therapyCourse } from './therapy-course.ts'
import { timeOff, type TimeOffRows } from './time-off.ts'
import { clockMinutes, comesTwice, dayNumber, dayOfNumber, showDay, weekdayOf } from './zone.ts'

/** How long therapy may be, how often, and how far ahead it is booked where nobody says an end. */
export interface TherapyRows extends Cited {
  readonly lengthsMin: readonly number[]
  readonly usualMin: number
  readonly mostWeeksApart: number
  readonly mostVisits: number
  /** An hour without an end is booked so many weeks ahead, and further ones by themselves. */
  readonly aheadWeeks: number
  /** How many other times of a week are shown where the hour itself is not free. */
  readonly nearest: number
}

/** Who may come, which rooms there are, and what of this patient stands: everything a series needs beside its own rule. */
export interface SeriesRequest extends Pick<PlanRequest, 'zone' | 'earliest' | 'people' | 'rooms' | 'closed' | 'needs' | 'sitsIn' | 'fixed' | 'stepMin'> {
  readonly rows: Pick<TherapyRows, 'mostVisits' | 'nearest'>
  readonly timeOff: TimeOffRows
}

/** One hour of a series. Placed, or not and why, and then the nearest times of its week that are free for everybody. */
export interface Occurrence {
  readonly day: Day
  readonly localStart: string
  readonly placed?: PlannedVisit
  /** Why it cannot be then; nothing where it is placed. */
  readonly reasons: readonly Reason[]
  /** What somebody should know who books it: a dose on that day, or a wall that shows the hour twice. */
  readonly notes: readonly Reason[]
  readonly nearest: readonly PlannedVisit[]
}

/** The days of a series up to a day, pauses left out. Days are counted, not hours: no change of the clocks moves one. */
export function daysOfSeries({ everyWeeks, weekday, from, until, visits, pauses }: Pick<SeriesRule, 'everyWeeks' | 'weekday' | 'from' | 'until' | 'visits' | 'pauses'>, to: Day, most: number): readonly Day[] {
  const first = dayNumber(from) + ((weekday - weekdayOf(dayNumber(from)) + 7) % 7)
  const last = dayNumber(until !== undefined && until < to ? until : to)
  const days: Day[] = []
  for (let dayNo = first; dayNo <= last && days.length < Math.min(visits ?? most, most); dayNo += 7 * everyWeeks) {
    const day = dayOfNumber(dayNo)
    if (!pauses.some((pause) => pause.from <= day && day <= pause.to)) days.push(day)
  }
  return days
}

/** Up to when an hour that comes back is planned: to its end, or so many weeks ahead where nobody has said one. */
export function plannedTo(rule: Parameters<typeof daysOfSeries>[0], today: Day, { aheadWeeks, mostVisits }: Pick<TherapyRows, 'aheadWeeks' | 'mostVisits'>): Day {
  const open = rule.until === undefined && rule.visits === undefined
  if (!open) return daysOfSeries(rule, LAST_DAY, mostVisits).at(-1) ?? rule.from
  return dayOfNumber(dayNumber(rule.from > today ? rule.from : today) + 7 * aheadWeeks)
}

/** No series gets there: each of them ends by its own rule before. */
const LAST_DAY = '9999-12-31'

/**
 * Every hour of a series on the days given, in the order they come: at the same time on the wall whatever the clocks do, with
 * its own therapist, and in one room for all of them where that room is free. An hour that cannot be is never moved by itself:
 * it comes back with its reasons and with the nearest times of that week, for a person to choose. The same question always has
 * the same answer.
 */
export function planSeries(request: SeriesRequest, rule: SeriesRule, days: readonly Day[]): readonly Occurrence[] {
  const last = days.at(-1) ?? request.earliest
  const asked = asPlan(request, rule, last)
  const faults = requestFaults(asked)
  if (faults.length > 0) return days.map((day) => ({ day, localStart: `${day}T${rule.at}`, reasons: faults, notes: [], nearest: [] }))
  const first = seriesProblem(asked, rule)
  const room = mostOf(days.flatMap((day) => openingOn(first, day, rule)?.room?.id ?? []))
  const problem = room === undefined ? first : seriesProblem(asked, rule, room)
  const whyNot = startExplainerOf(problem)
  return days.map((day) => occurrence(problem, whyNot, day, rule, request))
}

/** The question as the planner reads one: therapy is all the course there is, and everything else of the patient stands around it. */
export const asPlan = ({ rows: _rows, timeOff: _timeOff, ...request }: SeriesRequest, { therapist, online, lengthMin, roomFeatures }: Pick<SeriesRule, 'therapist' | 'online' | 'lengthMin' | 'roomFeatures'>, last: Day, visits = 1): PlanRequest => ({
  ...request, fixed: request.fixed.map((one) => (one.type === 'therapy' ? { ...one, number: NOT_COUNTED } : one)), protocol: therapyCourse({ lengthMin, roomFeatures }, visits), latest: dayOfNumber(dayNumber(last) + 7), therapist: therapist.person, continuity: 'required',
  wishes: { when: [], blackout: [], online: online ? ['therapy'] : [] }, clearance: { state: 'needed' }, onCall: 'elsewhere',
})

/** Therapy that stands is none of the hours that are asked for, whatever its number. */
const NOT_COUNTED = 0

const HOUR = 'therapy-1'
const seriesProblem = (asked: PlanRequest, { at, therapist }: SeriesRule, room?: string): Problem =>
  problemOf(asked, { standing: new Map([[HOUR, { minute: clockMinutes(at), people: [therapist.person], ...(room === undefined ? {} : { room }) }]]) })
const hourOf = ({ plan }: Problem): Layer => plan.layers.find(({ visit }) => visit === HOUR)!

function openingOn(problem: Problem, day: Day, { at }: Pick<SeriesRule, 'at'>): Opening | undefined {
  if (day < problem.request.earliest) return undefined
  return problem.openings(hourOf(problem), dayNumber(day)).all().find(({ minute }) => minute === clockMinutes(at))
}

function occurrence(problem: Problem, whyNot: ReturnType<typeof startExplainerOf>, day: Day, rule: SeriesRule, request: SeriesRequest): Occurrence {
  const { zone } = request
  const opening = openingOn(problem, day, rule)
  const common = { day, localStart: `${day}T${rule.at}` }
  if (opening) {
    const placed = plannedVisit(zone, hourOf(problem), opening)
    return { ...common, placed, reasons: [], notes: notesOn(placed, request), nearest: [] }
  }
  return { ...common, reasons: whyNot(hourOf(problem), dayNumber(day), clockMinutes(rule.at)), notes: [], nearest: nearestOf(problem, day, rule, request) }
}

/** Of one week, Monday to Sunday: two times of the day itself, and of each other day the one nearest to the usual hour, the nearest days first. */
function nearestOf(problem: Problem, day: Day, { at }: SeriesRule, { zone, earliest, rows }: SeriesRequest): readonly PlannedVisit[] {
  const [wanted, hour] = [dayNumber(day), clockMinutes(at)]
  const week = Array.from({ length: 7 }, (_, i) => wanted - weekdayOf(wanted) + 1 + i).filter((dayNo) => dayNo >= dayNumber(earliest))
  const far = ({ minute }: Opening) => Math.abs(minute - hour)
  const found = week.flatMap((dayNo) => problem.openings(hourOf(problem), dayNo).all().toSorted((a, b) => far(a) - far(b)).slice(0, dayNo === wanted ? 2 : 1))
  const away = ({ dayNo }: Opening) => Math.abs(dayNo - wanted)
  return found.toSorted((a, b) => away(a) - away(b) || a.startMs - b.startMs).slice(0, rows.nearest).toSorted((a, b) => a.startMs - b.startMs).map((opening) => plannedVisit(zone, hourOf(problem), opening))
}

/** What a row of the rulebook says about the days around a dose is shown, with the row; whether the hour stands is a person's to say. */
export function notesOn(placed: Pick<PlannedVisit, 'visit' | 'startsAt' | 'endsAt' | 'localStart' | 'online'>, { zone, fixed, timeOff: rows }: Pick<SeriesRequest, 'zone' | 'fixed' | 'timeOff'>): readonly Reason[] {
  const day = placed.localStart.slice(0, 10)
  const notes: Reason[] = comesTwice(placed.localStart, zone) ? [{ code: 'comes-twice', says: `The clocks go back on ${showDay(dayNumber(day))}, and the wall shows this hour twice. The first of the two is meant.`, facts: { day } }] : []
  const dosing = fixed.filter(isDosing)
  const same = dosing.find((dose) => localDay(dose.startsAt, zone) === day)
  if (same) notes.push({ code: 'dosing-day', says: `${visitNames[same.type]} the same day, at ${sayTime(same.startsAt, zone)}.`, facts: { day, visit: same.visit } })
  const { id, cites } = rows.noDriving
  const after = timeOff(dosing.map((dose) => ({ ...dose, online: false })), rows, zone).find(({ visit, noDrivingUntil = '' }) => visit !== same?.visit && dosing.some((dose) => dose.visit === visit && dose.startsAt < placed.startsAt) && noDrivingUntil > placed.startsAt)
  if (after) notes.push({ code: 'after-dose', says: `${showDay(dayNumber(after.day))} is a medicine session. Until ${sayTime(after.noDrivingUntil!, zone)} they do not drive${placed.online ? '' : ' here'} themselves.`, facts: { day, row: id, cites: cites.join(', ') } })
  return notes
}

const mostOf = (rooms: readonly string[]): string | undefined => {
  const counts = new Map<string, number>()
  for (const room of rooms) counts.set(room, (counts.get(room) ?? 0) + 1)
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0]
}
