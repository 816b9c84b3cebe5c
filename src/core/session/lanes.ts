import type { Chart } from '../chart/chart.ts'
import type { Entry, EntryOf } from '../chart/entry.ts'
import type { EntryKind } from '../chart/kinds.ts'
import type { Instant } from '../shared/time.ts'
import { compare, sessionEntries, type SessionEntries } from './entries.ts'

/** An entry that the closed session does not contain. It is kept, shown, and waits for somebody to look at it. */
export interface LateEntry {
  readonly entry: Entry
  readonly why: 'arrived-after-close' | 'happened-after-close'
}

export interface Lanes {
  readonly started: EntryOf<'session-started.v1'>
  readonly closed: EntryOf<'session-closed.v1'> | undefined
  readonly main: SessionEntries
  readonly late: readonly LateEntry[]
}

/** Kinds that speak about the record and not about the room: they belong to a closed session whenever they come. */
const aboutTheRecord: readonly EntryKind[] = ['alert-answered.v1', 'dose-conflict-resolved.v1', 'session-narrative.v1']

/**
 * Divides a session's entries at its close. What reached the server after the close, and what happened after it,
 * goes into the late lane: never thrown away, and never merged into a record that people have signed. A late
 * correction leaves the entry it corrects standing.
 */
export function lanesOf(chart: Chart, session: string): Lanes | undefined {
  const started = chart.entry(session)
  if (started?.kind !== 'session-started.v1') return undefined
  const entries = chart.entries.filter((entry) => entry.session === session)
  const closed = entries.find((entry) => entry.kind === 'session-closed.v1')
  if (!closed) return { started, closed: undefined, main: sessionEntries(entries), late: [] }

  const close = closeOf(chart, closed)
  const late = entries.flatMap((entry) => {
    const why = entry.id === closed.id ? undefined : lateness(entry, close)
    return why ? [{ entry, why }] : []
  })
  const lateIds = new Set(late.map(({ entry }) => entry.id))
  const onTime = entries.filter((entry) => !lateIds.has(entry.id))
  return { started, closed, main: sessionEntries([...onTime, ...standingStill(chart, late, onTime, close)]), late }
}

interface Close {
  readonly at: Instant
  readonly writtenAt: Instant
  readonly device: string
  readonly receivedAt: Instant | undefined
}

/** A correction of the closing entry does not move the moment at which the record was closed. */
function closeOf(chart: Chart, closed: EntryOf<'session-closed.v1'>): Close {
  const received = versionsOf(chart, closed).flatMap((version) => version.receivedAt ?? [])
  return { at: closed.at, writtenAt: closed.writtenAt, device: closed.device, receivedAt: received.toSorted(compare)[0] }
}

function versionsOf(chart: Chart, newest: Entry): Entry[] {
  const chain: Entry[] = []
  for (let one: Entry | undefined = newest; one && !chain.includes(one); one = one.amends === undefined ? undefined : chart.entry(one.amends)) chain.push(one)
  return chain
}

function lateness(entry: Entry, close: Close): LateEntry['why'] | undefined {
  if (aboutTheRecord.includes(entry.kind)) return undefined
  if (entry.at > close.at) return 'happened-after-close'
  if (close.receivedAt !== undefined) return entry.receivedAt === undefined || entry.receivedAt > close.receivedAt ? 'arrived-after-close' : undefined
  // The close itself has not reached the server: then only its own device knows what was written after it.
  return entry.device === close.device && entry.writtenAt > close.writtenAt ? 'arrived-after-close' : undefined
}

/** What late corrections would have replaced, as far as nothing on time has replaced it. */
function standingStill(chart: Chart, late: readonly LateEntry[], onTime: readonly Entry[], close: Close): Entry[] {
  const kept = new Map(onTime.map((entry) => [entry.id, entry]))
  const replaced = new Set(onTime.flatMap((entry) => entry.amends ?? []))
  const still: Entry[] = []
  for (const { entry } of late) {
    const before = versionsOf(chart, entry).slice(1).find((version) => lateness(version, close) === undefined)
    if (!before || before.session !== entry.session || kept.has(before.id) || replaced.has(before.id)) continue
    kept.set(before.id, before)
    still.push(before)
  }
  return still
}
