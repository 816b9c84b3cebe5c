import type { DoseRoute } from '../../chart/kinds/clearance.ts'
import type { FollowUpWindow } from '../../measures/windows.ts'
import type { Provenance } from '../../shared/cited.ts'

/** Sessions of one route, by their mean dose: from this many micrograms on, and below that many. */
export interface DoseRange {
  readonly id: string
  readonly route: DoseRoute
  readonly says: string
  readonly fromUg: number
  /** Not included; nothing where the range has no end. */
  readonly belowUg: number | null
}

/** A published curve as far as its points were read: the share that had not relapsed, by days after the last dose. */
export interface PublishedCurve {
  readonly benchmark: string
  readonly points: readonly (readonly [day: number, share: number])[]
}

/** How the courses of a practice are counted. */
export interface PracticeOutcomeRows {
  /** The score that a course ends with: the last complete one up to so many days after its last dose. */
  readonly endpoint: Provenance & { readonly id: string; readonly withinDays: number }
  /** How long one score speaks for the days after it. */
  readonly carried: Provenance & { readonly id: string; readonly days: number }
  readonly doseRanges: Provenance & { readonly id: string; readonly ranges: readonly DoseRange[] }
  /** Which questionnaires have figures; `always` those that are missing where nobody answered them. */
  readonly instruments: readonly { readonly instrument: string; readonly always: boolean }[]
  readonly followUps: readonly FollowUpWindow[]
  /** Days at which the curve is read, and at which those still watched are counted. */
  readonly survivalDays: readonly number[]
  /** The one of them that is told in words. */
  readonly toldDay: number
  readonly published: readonly PublishedCurve[]
}
