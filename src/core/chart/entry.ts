import type { Instant } from '../shared/time.ts'
import type { BodyOf, EntryKind } from './kinds.ts'

/** What a device sends: a fact, made once on the device, so that sending it twice stores it once. */
interface Draft<Kind extends EntryKind> {
  /** UUIDv7 made on the device that wrote the entry. */
  readonly id: string
  readonly kind: Kind
  /** When it happened, by the clock of the person who saw it. */
  readonly at: Instant
  /** When it was written down, by the same device's clock; later than `at` for a transcribed entry. */
  readonly writtenAt: Instant
  /** The device that wrote it; a device is enrolled at sign-in. */
  readonly device: string
  /** The medicine session it belongs to: the id of its `session-started.v1`. */
  readonly session?: string
  /** The entry that this one corrects. Nothing is ever edited in place. */
  readonly amends?: string
  readonly body: BodyOf<Kind>
}

/** An entry as the server keeps it: signed with its author's name, numbered without gaps, chained by digest. */
interface Stamp {
  readonly by: string
  readonly seq: number
  readonly receivedAt: Instant
  /** SHA-256, hex, over the canonical JSON of the entry and the digest before it (`digest.ts`). */
  readonly digest: string
}

/** Who wrote, and on what device, what no person wrote: the server itself, when it found something that follows from entries. */
export const theServer = '00000000-0000-0000-0000-000000000000'

export type DraftOf<Kind extends EntryKind> = Kind extends EntryKind ? Draft<Kind> : never
export type EntryDraft = { [Kind in EntryKind]: Draft<Kind> }[EntryKind]
/** On a device an entry may not have reached the server yet: then it has an author but no number. */
export type Entry = { [Kind in EntryKind]: Draft<Kind> & Pick<Stamp, 'by'> & Partial<Stamp> }[EntryKind]
export type StoredEntry = { [Kind in EntryKind]: Draft<Kind> & Stamp }[EntryKind]
export type EntryOf<Kind extends EntryKind> = Extract<Entry, { kind: Kind }>
