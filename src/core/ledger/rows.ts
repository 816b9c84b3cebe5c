import type { Cited } from '../shared/cited.ts'

/** What the law or a practice's own care asks of a ledger: shown as facts with their source, and files nothing. */
export interface LedgerDuty extends Cited {
  readonly says: string
  readonly citation: string
}
/** A figure that the ledger compares with. */
export interface LedgerFigure extends Cited {
  readonly value: number
  readonly unit: string
  readonly citation: string
}
export interface LedgerRows {
  /** A difference beyond either of these is an incident, not a slip. */
  readonly incidentUl: LedgerFigure
  readonly incidentShare: LedgerFigure
  /** How often everything is counted, at the latest. */
  readonly countEveryMonths: LedgerFigure
  readonly keepYears: LedgerFigure
  readonly duties: readonly LedgerDuty[]
  /** What is shown beside medicine that is gone. */
  readonly loss: readonly LedgerDuty[]
}
