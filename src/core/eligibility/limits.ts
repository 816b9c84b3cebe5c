import type { Cited } from '../shared/cited.ts'
import { daysBetween, type Instant } from '../shared/time.ts'
import type { FactName } from './facts.ts'
import type { Medicine } from './medicine.ts'
import type { PregnancyStatusRow } from './pregnancy.ts'

export interface LimitRow extends Cited {
  readonly says: string
  readonly basis: string
}

/** For how many days a fact counts after it was written down. */
export interface FreshnessRow extends LimitRow { readonly facts: readonly FactName[]; readonly withinDays: number }

/** What still counts after it was stopped: for so many days, or, where no source says how many, for as long as nobody has judged it. */
export interface WashoutRow extends LimitRow { readonly ingredients: readonly string[]; readonly stillCountsDays?: number }

/** How a chart is read into facts. Every number is a row of the rulebook. */
export interface ScreeningLimits {
  readonly freshness: readonly FreshnessRow[]
  /** Readings within `sittingHours` are one sitting, and its mean counts; the highest of the last `sittings` is the fact. */
  readonly pressure: LimitRow & { readonly sittingHours: number; readonly sittings: number }
  /** An answer above nothing asks for the interview, from `hoursBefore` before it on. */
  readonly itemNine: LimitRow & { readonly instrument: string; readonly items: readonly string[]; readonly item: string; readonly positiveFrom: number; readonly hoursBefore: number }
  readonly cSsrs: LimitRow & { readonly instrument: string }
  /** The answer of the bladder check that means blood that can be seen, the answers that mean other trouble, and the side effect that is an inflamed bladder. */
  readonly bladder: LimitRow & { readonly instrument: string; readonly item: string; readonly positiveFrom: number; readonly others: readonly string[]; readonly sideEffect: string }
  readonly pregnancyStatus: LimitRow & PregnancyStatusRow
  readonly overrides: LimitRow & { readonly reasonCharacters: number }
  /** Protocols under which drinking is what is treated. */
  readonly alcoholProtocols: readonly string[]
  readonly codeSystems: { readonly icd10cm: string; readonly rxnorm: string }
  readonly medicines: readonly Medicine[]
  readonly washouts: readonly WashoutRow[]
  /** Names of medicines about which no rule says anything; listed so that they count as read. */
  readonly namesWithoutRule: readonly string[]
}

export const freshnessOf = (fact: FactName, limits: ScreeningLimits): number | undefined =>
  limits.freshness.find((row) => row.facts.includes(fact))?.withinDays

/**
 * Whether something from `at` still counts. A fact dated more than a day ahead is a mistake somewhere, and
 * would otherwise never grow old: it counts as stale too.
 */
export function isFresh(fact: FactName, at: Instant, now: Instant, limits: ScreeningLimits): boolean {
  const withinDays = freshnessOf(fact, limits)
  const ageDays = daysBetween(at, now)
  return ageDays >= -1 && (withinDays === undefined || ageDays <= withinDays)
}
