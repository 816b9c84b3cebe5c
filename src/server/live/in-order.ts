import type { StoredEntry } from '../../core/chart/entry.ts'

const PATIENCE_MS = 200

/**
 * Passes entries on in the order of their numbers. Two commits on one chart are heard of over two connections, and
 * so perhaps the wrong way round; what comes early waits for what comes before it. If that does not come in a
 * moment (another node wrote it, say), `reread` is asked to fetch everything after a number.
 */
export function inOrder(from: number, pass: (entries: readonly StoredEntry[]) => void, reread: (after: number) => Promise<{ entries: readonly StoredEntry[]; last: number }>) {
  let last = from
  let ended = false
  let timer: NodeJS.Timeout | undefined
  const early = new Map<number, StoredEntry>()

  function settle() {
    const next: StoredEntry[] = []
    for (let one = early.get(last + 1); one; one = early.get(last + 1)) {
      next.push(one)
      early.delete((last += 1))
    }
    if (next.length > 0) pass(next)
    if (early.size === 0 || ended) return stopWaiting()
    timer ??= setTimeout(() => void catchUp(), PATIENCE_MS)
  }
  function stopWaiting() {
    clearTimeout(timer)
    timer = undefined
  }
  async function catchUp() {
    const found = await reread(last).catch(() => undefined)
    timer = undefined
    if (ended) return
    // Some of it may be of a kind this reader does not see, so the numbers need not follow each other here.
    const news = found?.entries.filter(({ seq }) => seq > last) ?? []
    last = Math.max(last, found?.last ?? 0)
    for (const seq of early.keys()) if (seq <= last) early.delete(seq)
    if (news.length > 0) pass(news)
    settle()
  }
  return {
    hear(entries: readonly StoredEntry[]) {
      for (const entry of entries) if (entry.seq > last) early.set(entry.seq, entry)
      settle()
    },
    last: () => last,
    end() {
      ended = true
      stopWaiting()
    },
  }
}
