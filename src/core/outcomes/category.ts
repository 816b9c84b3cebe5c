import type { ChangeRow } from './rows.ts'

export type Band = 'remission' | 'response' | 'partial' | 'none' | 'deteriorated' | 'not-a-case'

export interface Category {
  /** Percent fallen from the first score, to one decimal; negative when it rose, null when the first score was 0. */
  readonly percentChange: number | null
  readonly response: boolean
  readonly remission: boolean
  /** Improved by at least the reliable points. */
  readonly reliable: boolean
  readonly recovered: boolean
  readonly band: Band
}

/**
 * Two scores of one instrument, lower being better. Remission is always also a response. Who began below the
 * cut-off had nothing to respond or to remit from: only the points and a deterioration are said. Percentages are
 * compared as whole numbers of points, so that rounding decides nothing.
 */
export function category(row: ChangeRow, pre: number, post: number): Category {
  const change = pre - post
  const hasFallen = (percent: number) => pre > 0 && change * 100 >= percent * pre
  const wasCase = pre >= row.caseFrom
  const response = wasCase && hasFallen(row.responsePercent)
  const remission = response && post < row.remissionBelow
  const reliable = change >= row.reliablePoints
  const recovered = reliable && wasCase && post < row.caseFrom
  return { percentChange: percentFallen(pre, post), response, remission, reliable, recovered, band: bandOf() }

  function bandOf(): Band {
    if (remission) return 'remission'
    if (response) return 'response'
    if (-change >= row.reliablePoints) return 'deteriorated'
    if (!wasCase) return 'not-a-case'
    return hasFallen(row.partialPercent) ? 'partial' : 'none'
  }
}

export const percentFallen = (pre: number, post: number): number | null => (pre === 0 ? null : roundTo(1, ((pre - post) / pre) * 100))

/**
 * Rounds half away from zero, as a person would: 12.25 to one decimal is 12.3. The nudge undoes the error of
 * binary fractions, which would otherwise put 1.005 below its own half.
 */
export function roundTo(decimals: number, value: number): number {
  const factor = 10 ** decimals
  const rounded = Math.round(Math.abs(value) * factor * (1 + Number.EPSILON)) / factor
  return value < 0 && rounded !== 0 ? -rounded : rounded
}
