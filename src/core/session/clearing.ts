import { minutesBetween, type Instant } from '../shared/time.ts'
import { isAbove, isAtLeast, worst } from './level.ts'
import type { Observation } from './observations.ts'
import type { ClearingRow, Level } from './rows.ts'

export interface Standing {
  readonly series: string
  readonly level: Level
  /** When the level last went down. */
  readonly clearedAt: Instant | undefined
}

/**
 * The level a series stands at: raised at once, lowered only after consecutive readings below it that lie far
 * enough apart. A reading that could not be judged is not evidence of being below.
 */
export function standingOf(series: string, observations: readonly Observation[], row: ClearingRow): Standing {
  let level: Level = 'green'
  let clearedAt: Instant | undefined
  let below: Observation[] = []
  for (const one of observations) {
    if (one.gone) {
      if (level !== 'green') clearedAt = one.at
      level = 'green'
    } else if (isAtLeast(one.level, level)) {
      level = one.level
      below = []
    } else if (isAbove(level, one.ceiling)) {
      below.push(one)
      if (below.length < row.readings || minutesBetween(below[0]!.at, one.at) < row.apartMin) continue
      const lower = worst(below.map(({ ceiling }) => ceiling))
      level = lower
      clearedAt = one.at
      // For the next step down only those count that came after the last one at this level: they have to follow each other.
      below = below.slice(below.findLastIndex(({ ceiling }) => !isAbove(lower, ceiling)) + 1)
    }
  }
  return { series, level, clearedAt }
}

/** The orange or red observations of one series that had been orange or worse for long enough already. */
export function persistentOnes(observations: readonly Observation[], row: ClearingRow): Set<Observation> {
  const persistent = new Set<Observation>()
  let since: Instant | undefined
  for (const one of observations) {
    if (isAtLeast(one.level, 'orange')) {
      since ??= one.at
      if (since !== one.at && minutesBetween(since, one.at) >= row.apartMin) persistent.add(one)
    } else if (!isAtLeast(one.ceiling, 'orange')) since = undefined
  }
  return persistent
}
