/** One person: how long somebody was watched, and whether it happened then (1) or was not seen to happen (0). */
export interface Followed {
  readonly time: number
  readonly event: 0 | 1
}

/** One distinct time. What cannot be computed is null, never a number that looks like one. */
export interface SurvivalStep {
  readonly time: number
  readonly atRisk: number
  readonly events: number
  readonly censored: number
  readonly survival: number
  readonly standardError: number | null
  readonly lower: number | null
  readonly upper: number | null
}

export interface SurvivalCurve {
  readonly n: number
  readonly events: number
  readonly median: number | null
  readonly medianLower: number | null
  readonly medianUpper: number | null
  readonly steps: readonly SurvivalStep[]
}

/**
 * The Kaplan–Meier estimate: events before censorings of the same time, errors after Greenwood, limits on the
 * log scale. `criticalValue` is the normal quantile of the limits. The same numbers as R's survfit with
 * conf.type = "log" and the standard error of its summary.
 */
export const survival = (people: readonly Followed[], criticalValue: number): SurvivalCurve => survivalOf(riskTable(people), criticalValue)

/** The same from people counted by their times already. */
export function survivalOf(table: readonly AtRisk[], criticalValue: number): SurvivalCurve {
  const steps: SurvivalStep[] = []
  let survives = 1
  let greenwood = 0
  for (const { time, atRisk, events, censored } of table) {
    survives *= (atRisk - events) / atRisk
    greenwood += events / (atRisk * (atRisk - events)) // Endless where nobody is left.
    steps.push({ time, atRisk, events, censored, survival: survives, ...limits(survives, Math.sqrt(greenwood), criticalValue) })
  }
  return {
    n: table[0]?.atRisk ?? 0, events: table.reduce((sum, { events }) => sum + events, 0), median: halfTime(steps, (step) => step.survival),
    medianLower: halfTime(steps, (step) => step.lower), medianUpper: halfTime(steps, (step) => step.upper), steps,
  }
}

/** The estimate at one time: 1 before the first step, then that of the last step not after it. */
export const survivalAt = ({ steps }: Pick<SurvivalCurve, 'steps'>, time: number): number => steps.findLast((step) => step.time <= time)?.survival ?? 1

export interface AtRisk {
  readonly time: number
  readonly atRisk: number
  readonly events: number
  readonly censored: number
}

/** Every distinct time, censorings included, with how many were still watched just before it. */
export const riskTable = (people: readonly Followed[]): AtRisk[] => riskTableOf(people.map(({ time, event }) => ({ time, event, people: 1 })))

/** The same from people counted together where they agree. */
export function riskTableOf(counted: readonly (Followed & { readonly people: number })[]): AtRisk[] {
  const at = new Map<number, { events: number; censored: number }>()
  let atRisk = 0
  for (const { time, event, people } of counted) {
    const count = at.get(time) ?? { events: 0, censored: 0 }
    if (event === 1) count.events += people
    else count.censored += people
    at.set(time, count)
    atRisk += people
  }
  return [...at].toSorted(([a], [b]) => a - b).map(([time, count]) => {
    const row = { time, atRisk, ...count }
    atRisk -= count.events + count.censored
    return row
  })
}

/** `logError` is the standard error of the logarithm. When nobody is left it has no bound, and there are no limits. */
function limits(survives: number, logError: number, criticalValue: number): Pick<SurvivalStep, 'standardError' | 'lower' | 'upper'> {
  if (logError === Infinity) return { standardError: null, lower: null, upper: null }
  const factor = Math.exp(criticalValue * logError)
  return { standardError: survives * logError, lower: survives / factor, upper: Math.min(1, survives * factor) }
}

/** Products of fractions miss one half by a rounding error; R allows them the same. */
const tolerance = Math.sqrt(Number.EPSILON)

/** When a curve is first at or below one half; where it lies exactly there for a while, the middle of that while. */
function halfTime(steps: readonly SurvivalStep[], of: (step: SurvivalStep) => number | null): number | null {
  const below = steps.flatMap((step) => {
    const value = of(step)
    return value !== null && value < 0.5 + tolerance ? [{ time: step.time, value }] : []
  })
  const first = below[0]
  if (!first) return null
  const next = Math.abs(first.value - 0.5) < tolerance ? below.find(({ value }) => value < first.value) : undefined
  return next ? (first.time + next.time) / 2 : first.time
}
