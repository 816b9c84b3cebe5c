import type { DoseRoute } from '../chart/kinds/clearance.ts'
import type { Cited, Tag } from '../shared/cited.ts'

/** A limit per kilogram, a limit for anyone, or both: then the lower one holds. */
export interface Amount {
  readonly ugPerKg?: number
  readonly ug?: number
}

/** What is known of a route: how much arrives, and when. For teaching and for the expected phase, never for dosing. */
export interface RouteRow extends Cited {
  readonly route: DoseRoute
  readonly name: string
  /** Share of the dose that reaches the blood, lowest and highest figure found. */
  readonly bioavailability: readonly [number, number]
  readonly onsetMin: readonly [number, number]
  readonly peakMin: readonly [number, number]
  /** Minutes from the start of the dose until the acute effect has passed. */
  readonly acuteEndMin: readonly [number, number]
  readonly says: string
}

/** One route of the dose table. Doses above `soft` need a written reason; doses above `hard` are refused. */
export interface DoseRow extends Cited {
  readonly route: DoseRoute
  readonly medication: 'racemic-ketamine' | 'esketamine'
  readonly start: Amount
  readonly usual: readonly [Amount, Amount]
  readonly step: Amount
  readonly soft: Amount
  readonly hard: Amount
  /** The smallest difference that can be given: a dose that is not a multiple of it was typed wrongly. */
  readonly roundToUg: number
  /** Set where the medicine comes in devices of one strength only. */
  readonly unitUg?: number
  /** From here on a number is more likely a slip of the finger than a dose. */
  readonly slip?: Amount
  readonly literature: string
  readonly tags: Readonly<Record<string, Tag>>
}

/** A second, smaller dose in the same session. A route without a row has no booster. */
export interface BoosterRow extends Cited {
  readonly route: DoseRoute
  /** Minutes after the first dose between which it may be given, both ends included. */
  readonly windowMin: readonly [number, number]
  readonly quietMin: number
  readonly moaaSAtLeast: number
  readonly ageBelow: number
  readonly notInFirstSession: boolean
}

/** How the weight is chosen that a dose is computed with. */
export interface WeightRow extends Cited {
  readonly maleBaseG: number
  readonly femaleBaseG: number
  readonly perInchG: number
  readonly fromInches: number
  /** From this body mass index on the actual weight is not used. In tenths: 300 is 30.0. */
  readonly idealFromBmiTenths: number
  readonly adjustedShare: number
  readonly leanMale: { readonly scale: number; readonly base: number; readonly perBmi: number }
  readonly leanFemale: { readonly scale: number; readonly base: number; readonly perBmi: number }
}

/** When a weight is asked for again before anything is computed with it. */
export interface PlausibleWeightRow extends Cited {
  readonly changePercent: number
  readonly bmiTenths: readonly [number, number]
}

export interface DosingRows {
  readonly routes: readonly RouteRow[]
  readonly doses: readonly DoseRow[]
  readonly boosters: readonly BoosterRow[]
  readonly weight: WeightRow
  readonly plausibleWeight: PlausibleWeightRow
}

export const doseRowOf = (rows: Pick<DosingRows, 'doses'>, route: DoseRoute): DoseRow | undefined => rows.doses.find((row) => row.route === route)
export const boosterRowOf = (rows: Pick<DosingRows, 'boosters'>, route: DoseRoute): BoosterRow | undefined => rows.boosters.find((row) => row.route === route)
