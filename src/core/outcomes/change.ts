import { percentFallen, roundTo } from './category.ts'

export interface ReliabilityRow {
  readonly instrument: string
  /** Standard deviation of baseline scores, and the test's reliability. */
  readonly sd: number
  readonly reliability: number
  /** |RC| above this is more than noise. */
  readonly criticalValue: number
}

/** Jacobson and Truax: the change in units of the difference that chance alone would make. Negative is a fall. */
export function reliableChange(pre: number, post: number, row: Omit<ReliabilityRow, 'instrument'>): { readonly rc: number | null; readonly reliable: boolean } {
  const difference = Math.SQRT2 * row.sd * Math.sqrt(1 - row.reliability)
  if (!(difference > 0)) return { rc: null, reliable: false }
  const rc = (post - pre) / difference
  return { rc: roundTo(2, rc), reliable: Math.abs(rc) > row.criticalValue }
}

export interface TraumaRow {
  readonly meaningfulPoints: number
  /** Two samples gave two thresholds; both are shown. */
  readonly reliablePoints: readonly [number, number]
  readonly clinicallySignificantAtMost: number
}

/** PCL-5: a fall of so many points, not a percentage. */
export function traumaChange(row: TraumaRow, pre: number, post: number) {
  const change = pre - post
  return { change, meaningful: change >= row.meaningfulPoints, reliable15: change >= row.reliablePoints[0], reliable18: change >= row.reliablePoints[1], csc28: hasComeTo(row.clinicallySignificantAtMost, pre, post) }
}

export interface MadrsRow {
  readonly responsePercent: number
  /** Two published cuts of remission; both are shown. */
  readonly remissionAtMost: readonly [number, number]
}

export function madrsChange(row: MadrsRow, pre: number, post: number) {
  return { percentChange: percentFallen(pre, post), response: fellBy(row.responsePercent, pre, post), remission12: hasComeTo(row.remissionAtMost[0], pre, post), remission10: hasComeTo(row.remissionAtMost[1], pre, post) }
}

export interface QidsRow {
  readonly responsePercent: number
  /** An improvement of at most this percent is no meaningful benefit. */
  readonly noBenefitAtMostPercent: number
}

export function qidsChange(row: QidsRow, pre: number, post: number) {
  return { percentChange: percentFallen(pre, post), response: fellBy(row.responsePercent, pre, post), noMeaningfulBenefit: (pre - post) * 100 <= row.noBenefitAtMostPercent * pre }
}

/** Nobody comes to where they were from the beginning. */
const hasComeTo = (atMost: number, pre: number, post: number): boolean => pre > atMost && post <= atMost
const fellBy = (percent: number, pre: number, post: number): boolean => pre > 0 && (pre - post) * 100 >= percent * pre
