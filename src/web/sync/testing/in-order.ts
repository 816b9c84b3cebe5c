import type { StoredEntry } from '../../../core/chart/entry.ts'
import type { Time } from './time.ts'

const PATIENCE_MS = 200

/** As the server's own: passes entries on in the order of their numbers, and asks again for what does not come. */
export function inOrder(time: Time, from: number, pass: (entries: readonly StoredEntry[], last: number) => void, reread: (after: number) => { entries: readonly StoredEntry[]; last: number }) {
  let last = from
  let ended = false
  let asking = false
  const early = new Map<number, StoredEntry>()

  function settle() {
    const next: StoredEntry[] = []
    for (let one = early.get(last + 1); one; one = early.get(last + 1)) {
      next.push(one)
      early.delete((last += 1))
    }
    if (next.length > 0) pass(next, last)
    if (early.size === 0 || asking) return
    asking = true
    time.after(PATIENCE_MS, catchUp)
  }
  function catchUp() {
    asking = false
    if (ended || early.size === 0) return
    const found = reread(last)
    const news = found.entries.filter(({ seq }) => seq > last)
    last = Math.max(last, found.last)
    for (const seq of early.keys()) if (seq <= last) early.delete(seq)
    if (news.length > 0) pass(news, last)
    settle()
  }
  return {
    hear(entries: readonly StoredEntry[]) {
      if (ended) return
      for (const entry of entries) if (entry.seq > last) early.set(entry.seq, entry)
      settle()
    },
    end() { ended = true },
  }
}
