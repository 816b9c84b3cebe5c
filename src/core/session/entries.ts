import type { Entry, EntryOf } from '../chart/entry.ts'
import type { EntryKind } from '../chart/kinds.ts'

/** The entries of one session, oldest first, found by kind without looking through them again. */
export interface SessionEntries {
  readonly list: readonly Entry[]
  all<Kind extends EntryKind>(kind: Kind): readonly EntryOf<Kind>[]
  latest<Kind extends EntryKind>(kind: Kind): EntryOf<Kind> | undefined
}

export function sessionEntries(written: readonly Entry[]): SessionEntries {
  const list = written.toSorted((a, b) => compare(a.at, b.at) || compare(a.id, b.id))
  const byKind = new Map<EntryKind, Entry[]>()
  for (const entry of list) {
    const group = byKind.get(entry.kind)
    if (group) group.push(entry)
    else byKind.set(entry.kind, [entry])
  }
  const all = <Kind extends EntryKind>(kind: Kind) => (byKind.get(kind) ?? []) as EntryOf<Kind>[]
  return { list, all, latest: (kind) => all(kind).at(-1) }
}

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
