import type { Act, ShutAct } from '../../sync/index.ts'

export interface KeptOnChart {
  readonly chart: string
  readonly entries: number
  /** When the oldest of it was written, UTC. */
  readonly from: string
  readonly says: string
}

/** What lies on this device, by chart: what the server refused first, then what nothing opens, then what only waits; each the oldest first. */
export function keptOnCharts(acts: readonly Act[], shut: readonly ShutAct[]): KeptOnChart[] {
  const kept = [
    ...acts.map((act) => ({ chart: act.chart, entries: act.entries.length, from: act.writtenAt, rank: act.problem ? 0 : 2 })),
    ...shut.map((act) => ({ chart: act.chart, entries: act.entries, from: act.from, rank: 1 })),
  ]
  return [...new Set(kept.map(({ chart }) => chart))]
    .map((chart) => ({ chart, of: kept.filter((one) => one.chart === chart) }))
    .map(({ chart, of }) => ({ chart, entries: of.reduce((sum, { entries }) => sum + entries, 0), from: of.map(({ from }) => from).toSorted()[0]!, rank: Math.min(...of.map(({ rank }) => rank)) }))
    .toSorted((a, b) => a.rank - b.rank || (a.from < b.from ? -1 : 1))
    .map(({ rank, ...one }) => ({ ...one, says: SAYS[rank]! }))
}
const SAYS = ['not taken: decide on the chart', 'cannot be opened any more', 'saved here, on its way']
