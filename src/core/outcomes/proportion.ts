import { roundTo } from './category.ts'

export interface ProportionRow {
  /** Below so many people a share says more about persons than about a practice, and is not shown. */
  readonly fewest: number
  /** The normal quantile of the limits. */
  readonly criticalValue: number
}

export type Proportion = { readonly suppressed: true } | { readonly p: number; readonly lo: number; readonly hi: number }

/** A share with Wilson's limits, to four decimals; suppressed where too few people stand behind it. */
export function proportion(events: number, n: number, row: ProportionRow): Proportion {
  if (n < row.fewest || n <= 0) return { suppressed: true }
  const p = events / n
  const z2 = row.criticalValue ** 2
  const middle = (p + z2 / (2 * n)) / (1 + z2 / n)
  const half = (row.criticalValue / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n))
  const shown = (value: number) => roundTo(4, Math.min(1, Math.max(0, value)))
  return { p: shown(p), lo: shown(middle - half), hi: shown(middle + half) }
}
