import type { Provenance, Tag } from '../shared/cited.ts'
import type { Day } from '../shared/time.ts'

/** By what somebody who knows a person could find their rows. Every combination that leaves stands for as many people as the row asks for. */
export const quasiNames = ['sex', 'ageBand', 'indication', 'route', 'year', 'protocol'] as const
export type QuasiName = (typeof quasiNames)[number]
export type Quasi = Readonly<Record<QuasiName, string>>

/** What stands where a value is not told. */
export const WITHHELD = 'withheld'
/** What stands where nobody wrote a value down. */
export const UNKNOWN = 'unknown'
/** Side effects in somebody's own words, and those that too few people had. */
export const OTHER = 'other'

export interface AgeBand {
  readonly id: string
  readonly from: number
  /** Not included; nothing where the band has no end. */
  readonly below: number | null
  /** The wider band it becomes where too few people are in it. */
  readonly wider: string
}

interface Row extends Provenance {
  readonly id: string
  readonly tag: Tag
}

/** How rows about persons are taken away from them, and how counts of many are kept from telling of few. */
export interface RegistryRows {
  readonly version: string
  /** Below so many people nothing is said. */
  readonly fewest: Row & { readonly people: number }
  readonly ages: Row & { readonly bands: readonly AgeBand[] }
  /** Each person's chart is taken to open on a day of this calendar, by lot and the same each time. It is nobody's calendar. */
  readonly calendar: Row & { readonly from: Day; readonly days: number }
  /** What is made coarser, one step after the other, for those who are still too few. */
  readonly coarser: Row & { readonly steps: readonly { readonly of: QuasiName; readonly to: 'wider' | 'withheld' }[] }
  /** How many people a cell of counts is meant to hold: in cells as small as the rule allows, nearly every count would be hidden. */
  readonly cells: Row & { readonly people: number }
  /** Ends of the intervals in which relapses are counted, in days from the last dose. */
  readonly intervals: Row & { readonly days: readonly number[] }
}
