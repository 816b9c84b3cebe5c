import { LRUCache } from 'lru-cache'
import type { StoredEntry } from '../../core/chart/entry.ts'
import type { ChartRow } from './charts.ts'

/** Entries of all charts together: some two kilobytes each. */
const MOST_ENTRIES = 20_000
const FORGOTTEN_AFTER_MS = 10 * 60_000

/**
 * Charts as they were read here, oldest entry first. Entries never change, and each digest covers the one before it: where the
 * newest digest is the one on the chart's head, all of it is what lies in the database, whoever wrote or rolled back meanwhile.
 */
const known = new LRUCache<string, readonly [StoredEntry, ...StoredEntry[]]>({ maxSize: MOST_ENTRIES, sizeCalculation: (entries) => entries.length, ttl: FORGOTTEN_AFTER_MS })
const keyOf = (practice: string, chart: string) => `${practice} ${chart}`

export const isKnown = (practice: string, chart: string): boolean => known.has(keyOf(practice, chart))

/**
 * The entries of a chart whose head was just read under its reader's own row security: nobody comes here for a chart that is
 * none of theirs. Reads what was appended since, and everything where what is known has no place on the chart.
 */
export async function entriesOfKnown(practice: string, { chart, lastDigest }: Pick<ChartRow, 'chart' | 'lastDigest'>, readAfter: (after: number) => Promise<StoredEntry[]>): Promise<readonly StoredEntry[]> {
  const before = known.get(keyOf(practice, chart))
  const newest = before?.at(-1)
  if (!before || !newest) return remember(practice, chart, await readAfter(0))
  if (newest.digest === lastDigest) return before
  const [same, ...fresh] = await readAfter(newest.seq - 1)
  return remember(practice, chart, same?.digest === newest.digest ? [...before, ...fresh] : await readAfter(0))
}

/** Many requests lean on the same entries: whoever tried to change one would fail. */
export function remember(practice: string, chart: string, entries: readonly StoredEntry[]): readonly StoredEntry[] {
  const [first, ...others] = entries
  if (first) known.set(keyOf(practice, chart), [frozen(first), ...others.map(frozen)])
  return first ? known.get(keyOf(practice, chart)) ?? entries : entries
}

function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) frozen(part)
  }
  return value
}
