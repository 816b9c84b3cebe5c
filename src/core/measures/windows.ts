/** How far from its day a follow-up still counts as that follow-up. */
export interface FollowUpWindow {
  readonly day: number
  readonly plusMinusDays: number
}

export interface FollowUpSpan {
  readonly day: number
  readonly fromDay: number
  /** Included. */
  readonly toDay: number
}

/**
 * The protocol's follow-up days with their windows, in days after the last dose. A day without a window of
 * its own takes the one of the nearest listed day before it, or the first. Where two windows meet, the days
 * between are shared by nearness (the earlier one wins a tie), so that one answer never counts twice.
 */
export function followUpSpans(days: readonly number[], windows: readonly FollowUpWindow[]): FollowUpSpan[] {
  const spans: { day: number; fromDay: number; toDay: number }[] = []
  for (const day of [...new Set(days)].toSorted((a, b) => a - b)) {
    const plusMinus = windowFor(day, windows)
    const span = { day, fromDay: day - plusMinus, toDay: day + plusMinus }
    const before = spans.at(-1)
    if (before && before.toDay >= span.fromDay) {
      const middle = Math.floor((before.day + day) / 2)
      before.toDay = Math.min(before.toDay, middle)
      span.fromDay = Math.max(span.fromDay, middle + 1)
    }
    spans.push(span)
  }
  return spans
}

function windowFor(day: number, windows: readonly FollowUpWindow[]): number {
  const sorted = windows.toSorted((a, b) => a.day - b.day)
  return (sorted.findLast((window) => window.day <= day) ?? sorted[0])?.plusMinusDays ?? 0
}
