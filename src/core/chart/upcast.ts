import type { Entry } from './entry.ts'

/** How an old version of a kind reads as the one after it. Kinds never change once shipped; readers only know the newest. */
export type Lifts = Readonly<Record<string, (entry: Entry) => Entry>>

/** Nothing has been superseded yet. The first `vitals.v2` puts a line here that lifts `vitals.v1`. */
export const lifts: Lifts = {}

/** An entry as today's readers know it, lifted version by version. What is stored stays as it was written, and so does its digest. */
export function upcast(entry: Entry, table: Lifts = lifts): Entry {
  const lift = Object.hasOwn(table, entry.kind) ? table[entry.kind] : undefined
  return lift ? upcast(lift(entry), table) : entry
}
