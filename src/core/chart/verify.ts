import { z } from 'zod'
import { refuse, ok, type Result } from '../shared/result.ts'
import { digestParts, digestText, GENESIS } from './digest.ts'

/** A stored entry with the practice and the stream it stands in: everything its digest is worked out from. */
export const sealedEntrySchema = z.object({
  practice: z.string(), chart: z.string(), seq: z.int(), id: z.string(), kind: z.string(), at: z.string(), writtenAt: z.string(), receivedAt: z.string(),
  by: z.string(), device: z.string(), session: z.string().optional(), amends: z.string().optional(), body: z.unknown(), digest: z.string(),
})
export type SealedEntry = z.infer<typeof sealedEntrySchema>

/** The first entry that does not fit its place in the chain. */
export interface Misfit {
  /** Which number was expected here. */
  readonly seq: number
  readonly id?: string
  readonly why: 'another-stream' | 'number' | 'twice' | 'digest' | 'unreadable' | 'cut-short'
  readonly says: string
}

/** The end of a stream as somebody kept it elsewhere. */
export interface Head { readonly seq: number; readonly digest: string }

/**
 * Works out every digest of one stream again, in the order of the numbers, and names the first entry that does
 * not fit. A chain shows what was edited, taken out, put in, moved or swapped inside it; that its newest entries
 * are missing shows only against its head, noted elsewhere. `sha256` is of UTF-8 text, in hex.
 */
export function verifyStream(entries: readonly SealedEntry[], sha256: (text: string) => string, head?: Head): Result<{ readonly entries: number; readonly head: Head }, Misfit> {
  let previous = GENESIS
  const first = entries[0]
  const seen = new Set<string>()
  for (const [place, entry] of entries.entries()) {
    const misfit = (why: Misfit['why'], says: string) => refuse({ seq: place + 1, id: entry.id, why, says: `Entry ${place + 1} (${entry.id}): ${says}` })
    if (first && (entry.practice !== first.practice || entry.chart !== first.chart)) return misfit('another-stream', 'it belongs to another stream.')
    if (entry.seq !== place + 1) return misfit('number', `it has the number ${entry.seq}; number ${place + 1} is missing or out of place.`)
    if (seen.has(entry.id)) return misfit('twice', 'its id stands in the stream twice.')
    const digest = digestOf(entry, previous, sha256)
    if (digest === undefined) return misfit('unreadable', 'it holds something that no entry can hold.')
    if (digest !== entry.digest) return misfit('digest', 'its content, or the entry before it, is not what was sealed.')
    seen.add(entry.id)
    previous = digest
  }
  const end = { seq: entries.length, digest: previous }
  if (head && (head.seq !== end.seq || head.digest !== end.digest)) {
    return refuse({ seq: end.seq + 1, why: 'cut-short', says: `The stream ends at number ${end.seq}; its head says number ${head.seq}, or another digest there.` })
  }
  return ok({ entries: entries.length, head: end })
}

export const sealOf = (entry: Omit<SealedEntry, 'digest'>, previous: string, sha256: (text: string) => string): string => {
  const { practice, chart, seq, id, kind, at, writtenAt, receivedAt, by, device, session, amends, body } = entry
  return sha256(digestText(digestParts({ practice, chart, id, kind, at, writtenAt, receivedAt, by, device, session, amends, body }), previous, seq))
}

/** A number such as 1e999 reads as infinity, which canonical JSON cannot hold: then there is no digest to compare. */
function digestOf(entry: SealedEntry, previous: string, sha256: (text: string) => string): string | undefined {
  try {
    return sealOf(entry, previous, sha256)
  } catch {
    return undefined
  }
}
