import type { EntryOf } from '../chart/entry.ts'
import { plusDays, type Instant } from '../shared/time.ts'
import { freshnessOf, type ScreeningLimits } from './limits.ts'

/** The last moment at which a clearance counts: the day the prescriber named, and never longer than the rulebook allows. */
export function endOf(clearance: EntryOf<'clearance.v1'>, limits: ScreeningLimits): Instant {
  const { signature, expiresOn } = clearance.body
  const longest = plusDays(signature.signedAt, freshnessOf('clearanceSigned', limits) ?? 0)
  const named = expiresOn ?? longest
  return named < longest.slice(0, 10) ? `${named}T23:59:59.999Z` : longest
}
