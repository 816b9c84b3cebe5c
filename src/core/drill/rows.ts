import type { BodyOf, EntryKind } from '../chart/kinds.ts'
import type { PlasmaRoute } from '../plasma/rows.ts'
import type { Parameter, Symptom } from '../session/rows.ts'
import type { Cited } from '../shared/cited.ts'

export type RatingScale = BodyOf<'rating.v1'>['scale']

/** From the least to the most that is drawn for one simulated person. */
export type Span = readonly [number, number]

/** What somebody is like before the dose. */
export interface DrillPersonRow extends Cited {
  readonly weightKg: Span
  readonly at: Readonly<Record<'systolicMmHg' | 'diastolicMmHg' | 'heartRatePerMin' | 'respiratoryRatePerMin' | 'spo2Percent' | 'temperatureDeciC', Span>>
  /** How far one reading lies from the next with nothing going on, in either direction. */
  readonly unsteady: Readonly<Partial<Record<Parameter, number>>>
  /** How strongly one person answers to the same concentration, as a factor. */
  readonly sensitivity: Span
}

/** How one number answers to ketamine in plasma: the most it moves, half of it at `halfNgPerMl`. */
export interface DrillMoveRow extends Cited {
  readonly moves: Parameter | RatingScale
  readonly most: Span
  readonly halfNgPerMl: number
}

/** How awake somebody is from a concentration on. */
export interface DrillDepthRow extends Cited {
  readonly fromNgPerMl: number
  readonly moaaS: number
  readonly rass: number
  readonly orientation: number
}

/** Something that goes wrong, for training. It comes some time after the dose and stays until somebody has acted. */
export interface DrillEventRow extends Cited {
  readonly name: string
  /** What a trainer reads. */
  readonly says: string
  readonly startsMin: Span
  readonly overMin: number
  /** Where the numbers go, whoever it is. */
  readonly reaches: Readonly<Partial<Record<Parameter | RatingScale, number>>>
  readonly symptoms: readonly Symptom[]
  /** Rows of the alert table that have to speak. */
  readonly raises: readonly string[]
  /** What somebody has to have written down before it eases, and how long that takes. */
  readonly eases: { readonly after: readonly EntryKind[]; readonly overMin: number }
  /** What the training looks for afterwards. */
  readonly asks: readonly string[]
}

export interface DrillRows {
  readonly person: DrillPersonRow
  readonly moves: readonly DrillMoveRow[]
  readonly depths: readonly DrillDepthRow[]
  readonly events: readonly DrillEventRow[]
  /** The published model that the simulated concentrations follow. */
  readonly model: string
  readonly routes: readonly PlasmaRoute[]
}
