import type { ChangeRow, RelapseRow } from './rows.ts'

/** A score on a day, counted from any fixed day. Oldest first. */
export type DayScore = readonly [day: number, score: number]

/** A hospital stay for the illness, an attempt, or acute treatment begun again: one such score beside it is enough. */
export interface RelapseEvent {
  readonly day: number
  readonly what: 'admission' | 'attempt' | 'acute-treatment'
}

export type Relapse =
  /** `day` is the first of the scores that make it; `confirmedDay` is when it was known. */
  | { readonly relapse: true; readonly day: number; readonly confirmedDay: number; readonly confirmedBy: 'score' | RelapseEvent['what'] }
  | { readonly relapse: false; readonly respondedDay: number | null; readonly suspectedDay: number | null }

/**
 * Relapse after a response: a score at or above `fromScore` and improved less than the row's percent from
 * baseline, which stands: at a second score at least `confirmedAfterDays` later with no better score between,
 * or beside an event between the same two better scores. Nobody who never responded relapses.
 */
export function relapse(row: RelapseRow, change: Pick<ChangeRow, 'responsePercent'>, baseline: number, scores: readonly DayScore[], events: readonly RelapseEvent[] = []): Relapse {
  const sorted = scores.toSorted((a, b) => a[0] - b[0])
  const responded = sorted.find(([, score]) => baseline > 0 && (baseline - score) * 100 >= change.responsePercent * baseline)
  if (!responded) return { relapse: false, respondedDay: null, suspectedDay: null }
  const isLost = (score: number) => score >= row.fromScore && (baseline - score) * 100 < row.improvementBelowPercent * baseline
  const runs = runsOf(sorted.filter(([day]) => day >= responded[0]), isLost)
  for (const run of runs) {
    const first = run.days[0] ?? 0
    const byScore = run.days.find((day) => day - first >= row.confirmedAfterDays)
    const event = events.filter((one) => one.day > run.afterDay && one.day < run.beforeDay).toSorted((a, b) => a.day - b.day)[0]
    const byEvent = event && Math.max(first, event.day)
    if (event && byEvent !== undefined && (byScore === undefined || byEvent <= byScore)) return { relapse: true, day: first, confirmedDay: byEvent, confirmedBy: event.what }
    if (byScore !== undefined) return { relapse: true, day: first, confirmedDay: byScore, confirmedBy: 'score' }
  }
  return { relapse: false, respondedDay: responded[0], suspectedDay: runs.find((run) => run.beforeDay === Infinity)?.days[0] ?? null }
}

interface Run {
  readonly days: number[]
  /** The better score before it and the better score after it. */
  readonly afterDay: number
  beforeDay: number
}

/** Stretches of lost scores without a better one between. */
function runsOf(scores: readonly DayScore[], isLost: (score: number) => boolean): Run[] {
  const runs: Run[] = []
  let betterDay = -Infinity
  let open: Run | undefined
  for (const [day, score] of scores) {
    if (isLost(score)) {
      if (!open) runs.push((open = { days: [], afterDay: betterDay, beforeDay: Infinity }))
      open.days.push(day)
    } else {
      if (open) open.beforeDay = day
      open = undefined
      betterDay = day
    }
  }
  return runs
}
