import type { Chart } from '../chart/chart.ts'
import type { Entry, EntryOf } from '../chart/entry.ts'
import type { EntryKind } from '../chart/kinds.ts'
import type { Instant } from '../shared/time.ts'
import { compare, sessionEntries, type SessionEntries } from './entries.ts'
import { transcriptions } from './transcribed.ts'

/** An entry that came after the close. It is kept, shown, and stays outside the record until a clinician has looked at it. */
export interface LateEntry {
  readonly entry: Entry
  readonly why: 'arrived-after-close' | 'happened-after-close'
  /** What the last clinician who looked at it made of it; nothing while it waits. */
  readonly review?: Review
}

export interface Review {
  readonly found: 'taken' | 'aside'
  readonly reason: string
  readonly by: EntryOf<'late-reviewed.v1'>
}

/** Taken into the record by somebody's signature: it counts there, and stays marked late. */
export const isTaken = ({ review }: LateEntry): boolean => review?.found === 'taken'
/** Nobody has looked at it yet. */
export const isWaiting = ({ review }: LateEntry): boolean => review === undefined

export interface Lanes {
  readonly started: EntryOf<'session-started.v1'>
  readonly closed: EntryOf<'session-closed.v1'> | undefined
  readonly main: SessionEntries
  readonly late: readonly LateEntry[]
}

/** Kinds that speak about the record and not about the room: they belong to a closed session whenever they come. */
export const aboutTheRecord: readonly EntryKind[] = ['alert-answered.v1', 'dose-conflict-resolved.v1', 'session-narrative.v1', 'session-transcribed.v1', 'transcription-checked.v1', 'late-reviewed.v1', 'entries-adopted.v1', 'spoken-note-written.v1']

/**
 * Divides a session's entries at its close. What reached the server after the close, and what happened after it,
 * goes into the late lane: never thrown away, and merged into a record that people have signed only where a clinician
 * took it in by name. A late correction leaves the entry it corrects standing until then. A session that was typed from
 * paper closes when a second person has compared it: until then it is being written.
 */
export function lanesOf(chart: Chart, session: string): Lanes | undefined {
  const started = chart.entry(session)
  if (started?.kind !== 'session-started.v1') return undefined
  const entries = chart.entries.filter((entry) => entry.session === session)
  const closed = entries.find((entry) => entry.kind === 'session-closed.v1')
  if (!closed) return { started, closed: undefined, main: sessionEntries(entries), late: [] }

  const close = closeOf(chart, closed)
  const lateOf = (entry: Entry): LateEntry[] => {
    const why = entry.id === closed.id ? undefined : lateness(entry, close)
    const review = why && reviewOf(entries, entry)
    return why ? [{ entry, why, ...(review ? { review } : {}) }] : []
  }
  const late = entries.flatMap(lateOf)
  const waiting = late.filter((one) => !isTaken(one))
  const outside = new Set(waiting.map(({ entry }) => entry.id))
  const inside = entries.filter((entry) => !outside.has(entry.id))
  const still = standingStill(chart, waiting, inside, (version) => lateOf(version).every(isTaken))
  return { started, closed, main: sessionEntries([...inside, ...still]), late: [...late, ...still.flatMap(lateOf)] }
}

function reviewOf(entries: readonly Entry[], { id }: Entry): Review | undefined {
  for (const by of entries.toReversed()) {
    const said = by.kind === 'late-reviewed.v1' ? by.body.reviewed.findLast(({ entry }) => entry === id) : undefined
    if (said && by.kind === 'late-reviewed.v1') return { found: said.found, reason: said.reason, by }
  }
  return undefined
}

interface Close {
  readonly at: Instant
  readonly writtenAt: Instant
  readonly device: string
  readonly receivedAt: Instant | undefined
  /** Typed from paper and not compared yet: whatever arrives belongs to the typing. */
  readonly typing: boolean
}

/** A correction of the closing entry does not move the moment at which the record was closed. */
function closeOf(chart: Chart, closed: EntryOf<'session-closed.v1'>): Close {
  const versions = versionsOf(chart, closed)
  const received = versions.flatMap((version) => version.receivedAt ?? [])
  const typed = transcriptions(chart).find(({ entry }) => entry.body.lines.some((line) => versions.some(({ id }) => id === line.entry)))
  const compared = typed?.checks.flatMap((check) => check.receivedAt ?? []).toSorted(compare)[0]
  const first = versions.at(-1)!
  return { at: closed.at, writtenAt: first.writtenAt, device: first.device, receivedAt: typed ? compared : received.toSorted(compare)[0], typing: typed !== undefined && typed.checks.length === 0 }
}

function versionsOf(chart: Chart, newest: Entry): Entry[] {
  const chain: Entry[] = []
  for (let one: Entry | undefined = newest; one && !chain.includes(one); one = one.amends === undefined ? undefined : chart.entry(one.amends)) chain.push(one)
  return chain
}

function lateness(entry: Entry, close: Close): LateEntry['why'] | undefined {
  if (aboutTheRecord.includes(entry.kind)) return undefined
  if (entry.at > close.at) return 'happened-after-close'
  if (close.typing) return undefined
  if (close.receivedAt !== undefined) return entry.receivedAt === undefined || entry.receivedAt > close.receivedAt ? 'arrived-after-close' : undefined
  // The close itself has not reached the server: then only its own device knows what was written after it.
  return entry.device === close.device && entry.writtenAt > close.writtenAt ? 'arrived-after-close' : undefined
}

/** What late corrections would have replaced, as far as nothing in the record has replaced it: the newest version that was on time, or was taken in. */
function standingStill(chart: Chart, late: readonly LateEntry[], inside: readonly Entry[], counts: (version: Entry) => boolean): Entry[] {
  const kept = new Map(inside.map((entry) => [entry.id, entry]))
  const replaced = new Set(inside.flatMap((entry) => entry.amends ?? []))
  const still: Entry[] = []
  for (const { entry } of late) {
    const before = versionsOf(chart, entry).slice(1).find(counts)
    if (!before || before.session !== entry.session || kept.has(before.id) || replaced.has(before.id)) continue
    kept.set(before.id, before)
    still.push(before)
  }
  return still
}
