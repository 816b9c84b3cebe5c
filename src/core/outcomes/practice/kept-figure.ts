import { riskTableOf, survivalAt, survivalOf, type SurvivalStep } from '../survival.ts'
import { count, type FigureRows } from './figures.ts'
import type { Kept } from './kept.ts'
import type { CourseTally, DaysTally, KeptTally } from './tallies.ts'

export interface KeptFigure {
  readonly n: number
  readonly relapses: number
  /** Up to where as many people as the row asks for were still watched. */
  readonly steps: readonly Pick<SurvivalStep, 'time' | 'atRisk' | 'events' | 'censored' | 'survival' | 'lower' | 'upper'>[]
  readonly throughDay: number
  /** Null where it lies beyond what is shown. */
  readonly median: number | null
  readonly medianLower: number | null
  readonly medianUpper: number | null
  /** At the days of the rows; null where fewer were still watched. */
  readonly at: readonly { readonly day: number; readonly atRisk: number | null; readonly survival: number | null; readonly lower: number | null; readonly upper: number | null }[]
  /** Courses that are in no curve, by why. */
  readonly missing: Readonly<Record<Exclude<Kept['state'], 'followed'>, number>>
  /** Of those in the curve, how many had maintenance doses. */
  readonly maintained: number
  readonly toResponse: Quartiles
  readonly inResponse: Quartiles
}

export interface Quartiles {
  readonly n: number
  readonly lower: number
  readonly median: number
  readonly upper: number
}

interface Followed {
  readonly kept: readonly KeptTally[]
  readonly toResponse: readonly DaysTally[]
  readonly inResponse: readonly DaysTally[]
}

/** How long responses held, in people of whom enough were watched; whoever asks has made sure that there are enough. */
export function keptFigure(courses: readonly CourseTally[], { kept, toResponse, inResponse }: Followed, rows: FigureRows): KeptFigure {
  const { fewest } = rows.proportion
  const whole = survivalOf(riskTableOf(kept.map(({ days, relapsed, people }) => ({ time: days, event: relapsed ? 1 : 0, people }))), rows.survival.criticalValue)
  const steps = whole.steps.filter(({ atRisk }) => atRisk >= fewest)
  const throughDay = steps.at(-1)?.time ?? 0
  const within = (day: number | null) => (day !== null && day <= throughDay ? day : null)
  const inCurve = courses.filter((course) => course.kept === 'followed')
  const missing = (state: Kept['state']) => count(courses.filter((course) => course.kept === state))
  return {
    n: whole.n, relapses: steps.reduce((sum, { events }) => sum + events, 0), steps: steps.map(({ standardError: _, ...step }) => step), throughDay,
    median: within(whole.median), medianLower: within(whole.medianLower), medianUpper: within(whole.medianUpper),
    at: [0, ...rows.practice.survivalDays].map((day) => atDay(day)),
    missing: { unknown: missing('unknown'), 'not-a-case': missing('not-a-case'), 'no-response': missing('no-response'), 'lost-before-the-end': missing('lost-before-the-end'), 'not-asked-after': missing('not-asked-after') },
    maintained: count(inCurve.filter(({ maintained }) => maintained)), toResponse: quartiles(toResponse), inResponse: quartiles(inResponse),
  }

  function atDay(day: number): KeptFigure['at'][number] {
    const atRisk = whole.steps.find(({ time }) => time >= day)?.atRisk ?? 0
    if (atRisk < fewest) return { day, atRisk: null, survival: null, lower: null, upper: null }
    const step = steps.findLast(({ time }) => time <= day)
    return { day, atRisk, survival: survivalAt(whole, day), lower: step ? step.lower : 1, upper: step ? step.upper : 1 }
  }
}

/** The smallest number of days at or below which lie a quarter, a half, three quarters of the people. */
export function quartiles(tallies: readonly { readonly days: number; readonly people: number }[]): Quartiles {
  const sorted = tallies.toSorted((a, b) => a.days - b.days)
  const n = count(sorted)
  const reach = (part: number) => {
    let seen = 0
    return sorted.find(({ people }) => (seen += people) >= part * n)?.days ?? 0
  }
  return { n, lower: reach(0.25), median: reach(0.5), upper: reach(0.75) }
}
