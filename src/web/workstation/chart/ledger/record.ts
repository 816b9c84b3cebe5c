import type { Chart } from '../../../../core/chart/chart.ts'
import type { Entry } from '../../../../core/chart/entry.ts'

interface Recorded {
  readonly entry: Entry
  readonly correctedBy: Entry | undefined
}

/** Everything ever written that this person may read: what stands and what was corrected, each correction beside what it corrects. */
export function recordOf(chart: Chart): Recorded[] {
  const all: Recorded[] = []
  for (const standing of chart.entries) {
    all.push({ entry: standing, correctedBy: undefined })
    const seen = new Set([standing.id])
    let by = standing
    while (by.amends !== undefined && !seen.has(by.amends)) {
      const before = chart.entry(by.amends)
      if (!before) break
      all.push({ entry: before, correctedBy: by })
      seen.add(before.id)
      by = before
    }
  }
  return all.toSorted((a, b) => (a.entry.at < b.entry.at ? -1 : a.entry.at > b.entry.at ? 1 : a.entry.id < b.entry.id ? -1 : 1))
}
