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
  const byId = united([written])
  for (const [id, entry] of byId) byId.set(id, upcast(entry))
  const merged = inOrder(byId)
  const amended = new Set<string>()
  for (const entry of merged) if (entry.amends !== undefined && isCorrection(entry, byId.get(entry.amends))) amended.add(entry.amends)
  const entries = amended.size === 0 ? merged : merged.filter((entry) => !amended.has(entry.id))
  let byKind: Map<EntryKind, Entry[]> | undefined
  const all = <Kind extends EntryKind>(kind: Kind) => ((byKind ??= groupByKind(entries)).get(kind) ?? []) as EntryOf<Kind>[]
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
export const merge = (...copies: readonly (readonly Entry[])[]): Entry[] => inOrder(united(copies))

function united(copies: readonly (readonly Entry[])[]): Map<string, Entry> {
  const byId = new Map<string, Entry>()
  for (const copy of copies) for (const entry of copy) {
    const known = byId.get(entry.id)
    if (!known || (known.seq === undefined && entry.seq !== undefined)) byId.set(entry.id, entry)
  }
  return byId
}

/** Most of what is put together is in its order already. */
function inOrder(byId: ReadonlyMap<string, Entry>): Entry[] {
  const entries = [...byId.values()]
  for (let place = 1; place < entries.length; place += 1) if (isSooner(entries[place]!, entries[place - 1]!)) return entries.toSorted((a, b) => (isSooner(a, b) ? -1 : isSooner(b, a) ? 1 : 0))
  return entries
}

const isSooner = (a: Entry, b: Entry) => a.at < b.at || (a.at === b.at && a.id < b.id)
