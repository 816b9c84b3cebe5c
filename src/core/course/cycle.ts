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
export const inCycle = (chart: Chart): Cycle => cycles(chart).at(-1)!

/** Every course that a chart went through, oldest first; at least one, which may have no session yet. */
export function cycles(chart: Chart): Cycle[] {
  const found: Pick<Cycle, 'number' | 'from' | 'ended'>[] = [{ number: 1 }]
  for (const entry of chart.entries) {
    const current = found.at(-1)!
    if (entry.kind === 'course-ended.v1') found[found.length - 1] = { ...current, ended: { at: entry.at, entry: entry.id } }
    if (entry.kind === 'course-chosen.v1' && current.ended) found.push({ number: current.number + 1, from: entry.at })
  }
  const given = dosedSessions(chart).filter(({ part }) => part === 'course')
  return found.map((cycle, at) => {
    const until = found[at + 1]?.from
    return { ...cycle, sessions: given.filter(({ firstDoseAt }) => (cycle.from === undefined || firstDoseAt >= cycle.from) && (until === undefined || firstDoseAt < until)) }
  })
}
