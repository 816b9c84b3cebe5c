import { corrects } from './corrections.ts'
import type { Entry, EntryOf } from './entry.ts'
import type { EntryKind } from './kinds.ts'
import { upcast } from './upcast.ts'

/** A chart as it stands: amended entries left out, oldest first. Read it once, then ask it. */
export interface Chart {
  all<Kind extends EntryKind>(kind: Kind): readonly EntryOf<Kind>[]
  latest<Kind extends EntryKind>(kind: Kind, fits?: (entry: EntryOf<Kind>) => boolean): EntryOf<Kind> | undefined
  /** Any entry by its id, amended ones too: what an old decision points at can always be shown. */
  entry(id: string): Entry | undefined
  /** Every entry that stands, oldest first. */
  readonly entries: readonly Entry[]
}

export function readChart(written: readonly Entry[]): Chart {
  const merged = merge(written).map((entry) => upcast(entry))
  const byId = new Map(merged.map((entry) => [entry.id, entry]))
  const amended = new Set(merged.flatMap((entry) => (entry.amends !== undefined && isCorrection(entry, byId.get(entry.amends)) ? [entry.amends] : [])))
  const entries = merged.filter((entry) => !amended.has(entry.id))
  const byKind = groupByKind(entries)
  const all = <Kind extends EntryKind>(kind: Kind) => (byKind.get(kind) ?? []) as EntryOf<Kind>[]
  return { all, latest: (kind, fits = () => true) => all(kind).findLast(fits), entry: (id) => byId.get(id), entries }
}

/** What names itself corrects nothing: else it would be gone. */
const isCorrection = (entry: Entry, of: Entry | undefined): boolean => of !== undefined && of !== entry && corrects(entry, of)

function groupByKind(entries: readonly Entry[]): Map<EntryKind, Entry[]> {
  const groups = new Map<EntryKind, Entry[]>()
  for (const entry of entries) {
    const group = groups.get(entry.kind)
    if (group) group.push(entry)
    else groups.set(entry.kind, [entry])
  }
  return groups
}

/**
 * Two copies of one chart, put together: the union by id, in any order, any number of times. A copy that the
 * server has numbered outranks the same entry still waiting on a device. Ordered by when things happened.
 */
export function merge(...copies: readonly (readonly Entry[])[]): Entry[] {
  const byId = new Map<string, Entry>()
  for (const entry of copies.flat()) {
    const known = byId.get(entry.id)
    if (!known || (known.seq === undefined && entry.seq !== undefined)) byId.set(entry.id, entry)
  }
  return [...byId.values()].toSorted((a, b) => compare(a.at, b.at) || compare(a.id, b.id))
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
