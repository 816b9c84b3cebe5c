import type { AskingRows } from '../reminders/asking.ts'
import type { Provenance, Tag } from '../shared/cited.ts'

/** A row that tags each figure by itself. */
interface Tagged extends Provenance {
  readonly id: string
  readonly tags: Readonly<Record<string, Tag>>
}

/** What counts as a change on one instrument where a lower score is better. */
export interface ChangeRow extends Tagged {
  readonly instrument: string
  /** Percent fallen from baseline: at or above is a response, at or above is partial. */
  readonly responsePercent: number
  readonly partialPercent: number
  /** Below this score, after a response, is remission. */
  readonly remissionBelow: number
  /** Points of change, either way, that are more than the instrument's own noise. */
  readonly reliablePoints: number
  /** Reliable change from at or above `caseFrom` to below it is recovery. */
  readonly caseFrom: number
}

export interface RelapseRow extends Tagged {
  readonly instrument: string
  readonly fromScore: number
  /** Improvement from baseline below this percent, together with the score. */
  readonly improvementBelowPercent: number
  readonly confirmedAfterDays: number
}

export interface WarningRow extends Tagged {
  readonly instrument: string
  readonly risePoints: number
  /** The item whose new positive answer is a warning of its own. */
  readonly item: string
  readonly contactWithinDays: number
}

export interface BaselineRow extends Tagged {
  readonly withinDays: number
}

export interface MaintenanceRow extends Tagged {
  readonly instrument: string
  /** Days between doses, from the closest to the widest. */
  readonly ladderDays: readonly number[]
  readonly stableVisits: number
  readonly stableRisePoints: number
  readonly reviewDoses: number
  readonly reviewDays: number
  readonly reviews: readonly string[]
  readonly maxDosesPerSevenDays: number
  readonly afterDays: number
}

/** By when a person has acted on what nobody answered, on what the scores say, and on what repeated doses ask for. */
export interface CareRow extends Tagged, Pick<AskingRows, 'answerBy' | 'moments'> {
  /** Days from when an answer was to be there to when somebody has spoken with the person. */
  readonly contactWithinDays: number
  /** Days from one attempt to the next, where it named no time. */
  readonly againWithinDays: number
  /** Days from a relapse that is borne out to a decision about it. */
  readonly decideWithinDays: number
  /** Days after its moment that nobody has acted on it, until it goes to whoever answers for the practice. */
  readonly passOnAfterDays: number
  /** Days in which a review is placed once it was accepted. */
  readonly placeWithinDays: number
}

/** The bladder is asked about again after so many sessions with medicine, or so many days while it is given. */
export interface ExposureRow extends Tagged {
  readonly bladder: readonly string[]
  readonly bladderSessions: number
  readonly bladderDays: number
  /** Days from when a look is due to when somebody has looked. */
  readonly lookWithinDays: number
}

export interface OutcomeRows {
  readonly changes: readonly ChangeRow[]
  readonly relapse: RelapseRow
  readonly warning: WarningRow
  readonly baseline: BaselineRow
  readonly maintenance: MaintenanceRow
  readonly care: CareRow
  readonly exposure: ExposureRow
}

export const changeRowFor = (rows: OutcomeRows, instrument: string): ChangeRow | undefined => rows.changes.find((row) => row.instrument === instrument)
