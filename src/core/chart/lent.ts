import { canonical } from '../shared/canonical.ts'
import { HOUR_MS, type Instant } from '../shared/time.ts'
import type { Entry, EntryDraft } from './entry.ts'
import type { Signature } from './kinds/kind.ts'
import type { EntryKind } from './kinds.ts'

/** What a second person may sign on the device of the first: what the room asks of two people, and nothing else. */
export const lendable = ['checked-in.v1', 'dose-confirmed.v1', 'hand-over.v1', 'hand-over-taken.v1', 'discharge-signed.v1', 'waste-witnessed.v1'] as const satisfies readonly EntryKind[]

/** Somebody who typed their PIN on another person's device while the server was there to judge it, for one session. */
export interface Guest {
  readonly guest: string
  readonly person: string
  readonly chart: string
  readonly session: string
  readonly device: string
  /** Whose device it is. */
  readonly lentBy: string
  readonly until: Instant
  readonly ended: boolean
}

type Lent = NonNullable<Signature['lent']>
type Signed = { readonly signature?: Signature | undefined }

/** On whose device it was signed, where that was somebody else's. */
export const lentOf = ({ body }: Pick<EntryDraft, 'body'>): Lent | undefined => (body as Signed).signature?.lent

/** What is signed: the whole entry with its author and chart, but for the proof itself. */
export function lentText(chart: string, entry: Pick<Entry, 'id' | 'kind' | 'at' | 'writtenAt' | 'device' | 'session' | 'amends' | 'body' | 'by'>): string {
  const { id, kind, at, writtenAt, device, session, amends, body, by } = entry
  const { signature, ...rest } = body as Signed
  const { proof: _, ...lent } = signature?.lent ?? ({} as Lent)
  return `openkap guest ${canonical({ id, kind, at, writtenAt, device, session, amends, by, chart, body: { ...rest, signature: { ...signature, lent } } })}`
}

export type LentFault = 'guest.not-lendable' | 'guest.same-person' | 'guest.unknown' | 'guest.ended'

/** A device without a network is answered late, and a weekend is the longest that anybody waits for one. */
const ARRIVES_MS = 72 * HOUR_MS

/**
 * Why an entry signed on somebody else's device does not count, by what the server knows of that guest; nothing where it may.
 * Whether the proof fits is asked beside it, and what its author may write on that chart by the rules that hold for anybody.
 */
export function lentFault(entry: EntryDraft, { chart, sender, guest, now }: { readonly chart: string; readonly sender: string | null; readonly guest: Guest | undefined; readonly now: Instant }): LentFault | undefined {
  const { signature } = entry.body as Signed
  const lent = signature?.lent
  if (!lent || !(lendable as readonly string[]).includes(entry.kind) || signature.method !== 'pin') return 'guest.not-lendable'
  if (signature.person === lent.by) return 'guest.same-person'
  if (!guest || guest.guest !== lent.guest || guest.person !== signature.person || guest.lentBy !== lent.by || sender !== lent.by) return 'guest.unknown'
  if (guest.chart !== chart || guest.session !== entry.session || guest.device !== entry.device) return 'guest.unknown'
  return guest.ended || signature.signedAt > guest.until || Date.parse(now) > Date.parse(guest.until) + ARRIVES_MS ? 'guest.ended' : undefined
}
