import { GENESIS } from '../../chart/digest.ts'
import type { StoredEntry } from '../../chart/entry.ts'
import { kinds, type EntryKind } from '../../chart/kinds.ts'
import { sealOf } from '../../chart/verify.ts'
import type { Sha256 } from '../sha256.ts'
import { richBodies } from './rich-bodies.ts'
import { chartId, idOf, practice } from './rich-people.ts'

/** An invented patient's whole course, with at least one entry of every kind, sealed as a server seals it. Tests only. */
export function richChart(sha256: Sha256): { readonly chart: StoredEntry[]; readonly hidden: StoredEntry[] } {
  const chart: StoredEntry[] = []
  const hidden: StoredEntry[] = []
  for (const { kind, body, at, by, session, amends, place } of richBodies()) {
    const stream = kinds[kind].stream === 'chart' ? chart : hidden
    const draft = {
      practice, chart: chartId, seq: stream.length + 1, id: idOf(place), kind, at, writtenAt: at, receivedAt: at, by, device: '0193a000-0000-7000-8000-0000000000e1',
      body: kinds[kind as EntryKind].body.parse(body), ...(session && { session }), ...(amends && { amends }),
    }
    const { practice: _practice, chart: _chart, ...entry } = draft
    stream.push({ ...entry, digest: sealOf(draft, stream.at(-1)?.digest ?? GENESIS, sha256) } as unknown as StoredEntry)
  }
  return { chart, hidden }
}
