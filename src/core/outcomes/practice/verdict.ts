import { category } from '../category.ts'
import { madrsChange, qidsChange, traumaChange, type MadrsRow, type QidsRow, type TraumaRow } from '../change.ts'
import { changeRowFor, type OutcomeRows } from '../rows.ts'

/** What two scores of one questionnaire say. Null where its rows say nothing of the kind. */
export interface Verdict {
  /** Whether there was something to respond to. */
  readonly isCase: boolean
  readonly response: boolean | null
  readonly remission: boolean | null
  /** Better by more than the questionnaire's own noise. */
  readonly reliable: boolean | null
  readonly worse: boolean | null
}

export interface VerdictRows {
  readonly outcomes: Pick<OutcomeRows, 'changes'>
  readonly trauma: TraumaRow
  readonly madrs: MadrsRow
  readonly qids: QidsRow
}

/** One way in for every questionnaire that has rows of change; undefined for one that has none. */
export function verdict(rows: VerdictRows, instrument: string, pre: number, post: number): Verdict | undefined {
  const change = changeRowFor(rows.outcomes as OutcomeRows, instrument)
  if (change) {
    const { response, remission, reliable, band } = category(change, pre, post)
    return { isCase: pre >= change.caseFrom, response, remission, reliable, worse: band === 'deteriorated' }
  }
  if (instrument === 'pcl-5') {
    const { meaningful, reliable15, change: fall } = traumaChange(rows.trauma, pre, post)
    return { isCase: true, response: meaningful, remission: null, reliable: reliable15, worse: -fall >= rows.trauma.reliablePoints[0] }
  }
  if (instrument === 'madrs') {
    const { response, remission12 } = madrsChange(rows.madrs, pre, post)
    return { isCase: true, response, remission: remission12, reliable: null, worse: null }
  }
  return instrument === 'qids-sr16' ? { isCase: true, response: qidsChange(rows.qids, pre, post).response, remission: null, reliable: null, worse: null } : undefined
}
