import type { Entry, EntryDraft, StoredEntry } from '../../../core/chart/entry.ts'
import type { ChartHead } from '../../../core/contract/charting.ts'
import type { Wire } from '../../sync/wire.ts'

/** Stands where the server stands in a real room: numbers what is written and lets the device hear of it. Nothing leaves the page. */
export function noServer(head: Omit<ChartHead, 'lastSeq'>, told: readonly (EntryDraft & Pick<Entry, 'by'>)[]) {
  const entries: StoredEntry[] = []
  const heard = new Set<() => void>()
  const take = (written: readonly (EntryDraft & Pick<Entry, 'by'>)[], receivedAt: string) => {
    for (const each of written) if (!entries.some(({ id }) => id === each.id)) entries.push({ ...each, seq: entries.length + 1, receivedAt, digest: '' } as StoredEntry)
    for (const tell of heard) tell()
  }
  take(told, told.at(-1)?.writtenAt ?? '')
  const wire: Wire = {
    post: async (act) => {
      take(act.entries as readonly (EntryDraft & Pick<Entry, 'by'>)[], act.writtenAt)
      return entries.filter(({ id }) => act.entries.some((one) => one.id === id)).map(({ id, seq, digest, receivedAt }) => ({ id, seq, digest, receivedAt }))
    },
    readHead: async () => ({ ...head, lastSeq: entries.length }),
    open: async (_chart, after, signal) => new Response(streamOf(after, signal)),
  }

  function streamOf(after: number, signal: AbortSignal): ReadableStream<Uint8Array> {
    let last = after
    return new ReadableStream({
      start(out) {
        const say = () => {
          const fresh = entries.filter(({ seq }) => seq > last)
          last = fresh.at(-1)?.seq ?? last
          out.enqueue(new TextEncoder().encode(`data: ${JSON.stringify({ entries: fresh, lastSeq: last })}\n\n`))
        }
        const beat = setInterval(say, BEAT_MS)
        heard.add(say)
        signal.addEventListener('abort', () => { clearInterval(beat); heard.delete(say); try { out.close() } catch { /* It was closed already. */ } })
        say()
      },
    })
  }
  return { wire, entries: (): readonly StoredEntry[] => entries }
}

/** Often enough that the room never takes the silence for a lost connection, however fast the drill's clock runs. */
const BEAT_MS = 1_000
