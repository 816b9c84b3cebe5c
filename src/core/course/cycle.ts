import type { Chart } from '../chart/chart.ts'
import { dosedSessions, type DosedSession } from '../measures/doses.ts'
import type { Instant } from '../shared/time.ts'

/** One course from its beginning to its end. A person may go through several; each is counted by itself. */
export interface Cycle {
  readonly number: number
  /** When this course was chosen after an earlier one had ended; the first course begins with the chart. */
  readonly from?: Instant
  /** Whether it was ended and no other has been chosen since. */
  readonly ended?: { readonly at: Instant; readonly entry: string }
  readonly sessions: readonly DosedSession[]
}

/** The course that a chart is in. A protocol changed midway is still the same course; only an end closes one. */
export function inCycle(chart: Chart): Cycle {
  let [number, from, ended] = [1, undefined as Instant | undefined, undefined as Cycle['ended']]
  for (const entry of chart.entries) {
    if (entry.kind === 'course-ended.v1') ended = { at: entry.at, entry: entry.id }
    if (entry.kind === 'course-chosen.v1' && ended) [number, from, ended] = [number + 1, entry.at, undefined]
  }
  const sessions = dosedSessions(chart).filter(({ part, firstDoseAt }) => part === 'course' && (from === undefined || firstDoseAt >= from))
  return { number, ...(from === undefined ? {} : { from }), ...(ended ? { ended } : {}), sessions }
}
