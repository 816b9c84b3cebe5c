import { readChart, type Chart } from '../chart/chart.ts'
import type { Entry, EntryOf } from '../chart/entry.ts'
import { factValue } from '../session/chart-gates.ts'
import { consentNow } from '../course/consent.ts'
import { dosedSessions, dosesIn, type DosedSession } from '../measures/doses.ts'
import { instrumentOf } from '../measures/instrument.ts'
import { courseRows, type CourseRow, type CourseRowRows } from '../outcomes/practice/course-row.ts'
import { dayNumber, dayNumbers } from '../outcomes/practice/day-number.ts'
import { curve, scored } from '../outcomes/curve.ts'
import { ageOn, minutesBetween, type Day, type Instant } from '../shared/time.ts'
import { OTHER, UNKNOWN, type AgeBand, type Quasi, type RegistryRows } from './rows.ts'

/** Why a chart is in no export. Each is counted and said. */
export const leftOutReasons = ['not-asked', 'withdrawn', 'older-words', 'unreadable', 'no-course-counted', 'too-few-alike'] as const
export type LeftOut = (typeof leftOutReasons)[number]

export interface ToldSession {
  readonly course: number
  readonly number: number
  readonly part: 'course' | 'maintenance'
  readonly day: number
  readonly totalMg: number | null
  readonly doses: readonly { readonly step: number; readonly minute: number; readonly mg: number }[]
}

/** One person, as far as a registry may hear of them. Days are counted from the opening of the chart: no date is in it any more. */
export interface Told {
  readonly quasi: Quasi
  readonly courses: readonly (CourseRow & { readonly firstDay: number; readonly lastDay: number })[]
  readonly sessions: readonly ToldSession[]
  readonly scores: readonly { readonly instrument: string; readonly course: number | null; readonly day: number; readonly total: number }[]
  readonly events: readonly { readonly term: string; readonly grade: number; readonly course: number; readonly day: number }[]
}

export interface ToldRows {
  readonly course: CourseRowRows
  readonly registry: Pick<RegistryRows, 'ages'>
  readonly consent: { readonly form: string; readonly version: string }
  /** Side effects that have a row; everything else is somebody's own words. */
  readonly terms: ReadonlySet<string>
  /** Courses that ship; a practice's own are told as its own. */
  readonly shippedCourses: ReadonlySet<string>
  readonly today: Day
}

/** What a chart says for a registry, or why it says nothing: without a consent in today's words that stands, nothing is read from it. */
export function tell(entries: readonly Entry[], openedAt: Instant, rows: ToldRows): Told | LeftOut {
  const chart = readChart(entries)
  const refused = consentRefusal(chart, rows.consent)
  if (refused) return refused
  const counted = courseRows(chart, rows.course).filter(({ settlesOn }) => settlesOn <= rows.today)
  return counted.length === 0 ? 'no-course-counted' : toldOf(chart, counted, openedAt, rows)
}

export function consentRefusal(chart: Chart, form: ToldRows['consent']): LeftOut | undefined {
  const { state } = consentNow(chart, form)
  return state === 'signed' ? undefined : state === 'withdrawn' ? 'withdrawn' : state === 'older-version' ? 'older-words' : 'not-asked'
}

function toldOf(chart: Chart, counted: readonly CourseRow[], openedAt: Instant, rows: ToldRows): Told {
  const dayOf = dayNumbers(chart, rows.course.zone)
  const opened = dayOf(openedAt)
  const since = (at: Instant) => dayOf(at) - opened
  const [start, over] = [dayNumber(counted[0]!.firstDose), dayNumber(rows.today)]
  /** Which counted course a day belongs to: the last one begun by then. Nothing is told of what came after today, or of courses that are not counted. */
  const courseOn = (at: Instant) => counted.findLast(({ firstDose }) => dayNumber(firstDose) <= dayOf(at))?.number ?? null
  const uncounted = courseRows(chart, rows.course).find(({ settlesOn }) => settlesOn > rows.today)
  const end = uncounted ? dayNumber(uncounted.firstDose) : over + 1
  const isIn = (at: Instant) => dayOf(at) < end
  return {
    quasi: quasiOf(chart, counted, rows),
    courses: counted.map((course) => ({ ...course, firstDay: dayNumber(course.firstDose) - opened, lastDay: dayNumber(course.lastDose) - opened })),
    sessions: sessionsOf(chart, dosedSessions(chart).filter(({ firstDoseAt }) => isIn(firstDoseAt) && dayOf(firstDoseAt) >= start), courseOn, since),
    scores: rows.course.practice.instruments.flatMap(({ instrument }) => {
      const form = instrumentOf(rows.course.instruments, instrument)
      return form ? scored(curve(chart, form)).filter(({ at }) => isIn(at)).map(({ at, total }) => ({ instrument, course: courseOn(at), day: since(at), total })) : []
    }),
    events: chart.all('side-effect.v1').filter(({ body }) => isIn(body.onsetAt)).flatMap(({ body: { term, grade, onsetAt } }) => {
      const course = courseOn(onsetAt)
      return course === null ? [] : [{ term: rows.terms.has(term) ? term : OTHER, grade, course, day: since(onsetAt) }]
    }),
  }
}

function sessionsOf(chart: Chart, sessions: readonly DosedSession[], courseOn: (at: Instant) => number | null, since: (at: Instant) => number): ToldSession[] {
  return sessions.flatMap(({ session, part, firstDoseAt, doseUg }, at) => {
    const course = courseOn(firstDoseAt)
    if (course === null || part === 'unknown') return []
    const given = dosesIn(chart, session).steps.flatMap(({ stands }) => (stands ? [stands] : []))
    return [{ course, number: at + 1, part, day: since(firstDoseAt), totalMg: doseUg === undefined ? null : doseUg / 1_000, doses: given.map((dose) => doseOf(dose, firstDoseAt)) }]
  })
}

const doseOf = ({ at, body: { step, doseUg } }: EntryOf<'dose-given.v1'>, firstDoseAt: Instant) => ({ step, minute: Math.round(minutesBetween(firstDoseAt, at)), mg: doseUg / 1_000 })

/** Of several courses the first says the year and the age; where they differ in what for or which way, that is what is told. */
function quasiOf(chart: Chart, counted: readonly CourseRow[], { registry: { ages }, shippedCourses }: ToldRows): Quasi {
  const [first] = counted as [CourseRow, ...CourseRow[]]
  const one = (values: readonly (string | null)[]) => (new Set(values).size > 1 ? 'several' : (values[0] ?? UNKNOWN))
  const born = chart.latest('demographics.v1')?.body.birthDate
  return {
    sex: sexNames[factValue(chart, 'sexAtBirth') ?? ''] ?? UNKNOWN, ageBand: born === undefined ? UNKNOWN : bandOf(ages.bands, ageOn(born, first.firstDose)), indication: one(counted.map(({ indication }) => indication)),
    route: one(counted.map(({ route }) => route)), year: first.firstDose.slice(0, 4), protocol: one(counted.map(({ protocol }) => (protocol === null || shippedCourses.has(protocol) ? protocol : 'own'))),
  }
}

const sexNames: Readonly<Record<string, string>> = { F: 'female', M: 'male', other: 'other' }
const bandOf = (bands: readonly AgeBand[], age: number): string => bands.find(({ from, below }) => age >= from && (below === null || age < below))?.id ?? UNKNOWN
