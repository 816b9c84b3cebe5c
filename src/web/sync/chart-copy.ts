import { merge, readChart, type Chart } from '../../core/chart/chart.ts'
import type { Entry, StoredEntry } from '../../core/chart/entry.ts'
import type { ChartHead } from '../../core/contract/charting.ts'
import type { Instant } from '../../core/shared/time.ts'
import type { Refused } from './client.ts'
import { emptyCopy, type Act, type Copy, type CopyChange, type DeviceStore } from './device-store.ts'
import { listen, type Live, type LiveParts } from './live-stream.ts'
import type { Outbox } from './outbox.ts'

export type Kept = 'saved' | 'saved here' | 'problem'

/** A chart as this device knows it at this moment. */
export interface ChartSnapshot {
  readonly chart: Chart
  readonly head: ChartHead | null
  /** False until the device has read its own copy, or has heard from the server all that stood there: what is still on its way does not read as nothing. */
  readonly ready: boolean
  /** Written here and not yet confirmed by the server. */
  readonly waiting: readonly Act[]
  /** Written here and refused by the server. What was seen stays on this chart; a refused correction corrects nothing. */
  readonly problems: readonly Act[]
  readonly connection: 'live' | 'away'
  readonly lastHeardAt: Instant | null
  /** The server does not show this chart to this person. */
  readonly refused: Refused | null
}

export interface ChartCopy {
  snapshot(): ChartSnapshot
  subscribe(listener: () => void): () => void
  /** Something was settled by the outbox: it is on the chart before the live stream says so. */
  settled(stored: readonly StoredEntry[]): void
  /** Another tab has put something on the kept copy. */
  reread(): Promise<void>
  wake(): void
  /** The store is locked away: nothing of this chart stays in memory. */
  close(): void
  /** The store is open again. */
  reopen(): void
}

export interface ChartCopyParts {
  readonly chart: string
  readonly store: DeviceStore
  readonly outbox: Outbox
  readonly now: () => Instant
  readonly heardNow: (serverNow: Instant) => void
  readonly readHead: (chart: string) => Promise<ChartHead>
  readonly open: LiveParts['open']
  readonly later: LiveParts['later']
  readonly refused: (why: Refused) => void
  /** The connection is back: whatever waits may go. */
  readonly back: () => void
}

/** Leaving one screen for another must not hang up on the chart. */
const LINGER_MS = 5_000

/** One chart on this device: its kept copy, what waits to be sent, and the live stream, put together. */
export function chartCopy(parts: ChartCopyParts): ChartCopy {
  let copy: Copy = emptyCopy
  let opened = false
  let ready = false
  let shut = false
  let openings = 0
  let connection: ChartSnapshot['connection'] = 'away'
  /** Something came since the stream was lost. */
  let reached = false
  let refused: Refused | null = null
  let live: Live | undefined
  let stopOutbox = () => {}
  let cancelClose = () => {}
  let shown: ChartSnapshot | undefined
  let keeping: Promise<unknown> = Promise.resolve()
  let timesForgotten = 0
  const listeners = new Set<() => void>()

  const change = () => {
    shown = undefined
    for (const listener of listeners) listener()
  }
  /** One after the other, and each says what it follows: a later number never stands on the device without the entries before it. */
  const keep = (what: CopyChange) => { keeping = keeping.then(() => parts.store.keep(parts.chart, what)).catch(() => {}) }

  /** What was read is gone from the device and from this page, so that whoever is let in again reads all of it. */
  function forget() {
    timesForgotten += 1
    copy = emptyCopy
    ready = false
    keeping = keeping.then(() => parts.store.forget(parts.chart)).catch(() => {})
  }

  const isShutOut = () => refused?.status === 403 || refused?.status === 404
  /** What lies on the device once everything has been done there that was asked for before. Whoever is shut out reads nothing of it, however much lies there still. */
  async function onDevice(): Promise<Copy> {
    await keeping
    return isShutOut() ? emptyCopy : parts.store.copy(parts.chart).catch(() => emptyCopy)
  }

  function hear(entries: readonly StoredEntry[], lastSeq: number) {
    const after = copy.lastSeq
    copy = { ...copy, lastSeq: Math.max(after, lastSeq), entries: entries.length > 0 ? merge(copy.entries, entries) : copy.entries }
    keep({ entries, after, lastSeq: copy.lastSeq, ...(copy.heardAt && { heardAt: copy.heardAt }) })
    change()
  }

  function alive(serverNow: Instant | undefined, whole: boolean) {
    if (serverNow) parts.heardNow(serverNow)
    const wasAway = !reached
    reached = true
    refused = null
    if (whole) {
      connection = 'live'
      ready = true
      copy = { ...copy, heardAt: parts.now() }
    }
    change()
    if (wasAway) {
      parts.back()
      void askHead()
    }
  }

  /** What the server says about the chart itself; a changed role or a restored server means reading it all again. */
  async function askHead() {
    const asked = copy.lastSeq // What the stream has told since is in no answer yet.
    const head = await parts.readHead(parts.chart).catch(() => undefined)
    if (!head || shut || listeners.size === 0) return
    const other = copy.head !== null && [...copy.head.myRoles].toSorted().join() !== [...head.myRoles].toSorted().join()
    // Until all of it has been read again, a page that opens here knows nothing of it.
    const again = (other || head.lastSeq < asked) && { lastSeq: 0, heardAt: null }
    copy = { ...copy, head, ...again }
    keep({ head, ...again })
    change()
    if (again && head.lastSeq > 0) restart() // Otherwise all of it is on its way already.
  }

  function restart() {
    live?.close()
    live = listen({
      chart: parts.chart, after: () => copy.lastSeq, hear, alive, open: parts.open, later: parts.later,
      lost() { connection = 'away'; reached = false; change() },
      refused(why) {
        refused = why
        if (isShutOut()) forget()
        parts.refused(why)
        change()
      },
    })
  }

  async function begin() {
    cancelClose()
    if (opened || shut) return
    opened = true
    const mine = (openings += 1)
    stopOutbox()
    stopOutbox = parts.outbox.onChange(change)
    const kept = await onDevice()
    if (mine !== openings || shut) return // Closed meanwhile, and perhaps opened again.
    copy = { ...kept, entries: merge(copy.entries, kept.entries) }
    ready ||= kept.heardAt !== null
    change()
    if (opened && !live) restart()
  }

  function end() {
    opened = false
    live?.close()
    live = undefined
    stopOutbox()
    connection = 'away'
    reached = false
  }

  /** A heartbeat changes no entry: the chart stays the same one, and whatever was worked out from it stands. */
  let told: { readonly entries: Copy['entries']; readonly acts: readonly Act[]; readonly read: Pick<ChartSnapshot, 'chart' | 'waiting' | 'problems'> } | undefined
  const read = () => {
    const acts = parts.outbox.acts()
    if (told?.entries !== copy.entries || told.acts !== acts) told = { entries: copy.entries, acts, read: readOf(parts.chart, copy.entries, acts) }
    return told.read
  }
  const snapshot = () => (shown ??= { ...read(), ready, connection, refused, head: copy.head, lastHeardAt: copy.heardAt })
  return {
    snapshot,
    subscribe(listener) {
      listeners.add(listener)
      void begin()
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) cancelClose = parts.later(() => { if (listeners.size === 0) end() }, LINGER_MS)
      }
    },
    settled(stored) {
      if (shut) return
      copy = { ...copy, entries: merge(copy.entries, stored) }
      change()
    },
    async reread() {
      const before = timesForgotten
      const kept = await onDevice()
      if (before !== timesForgotten || shut) return // What was read has been taken away meanwhile.
      copy = { ...copy, entries: merge(copy.entries, kept.entries) }
      change()
    },
    wake: () => live?.wake(),
    close() {
      shut = true
      openings += 1
      end()
      copy = emptyCopy
      told = undefined
      ready = false
      // What waits to be sent comes and goes here as before.
      stopOutbox = parts.outbox.onChange(change)
      change()
    },
    reopen() {
      shut = false
      if (listeners.size > 0) void begin()
    },
  }
}

/** The chart as the device knows it: what the server holds, and what was written here and is not there yet. */
function readOf(chart: string, entries: Copy['entries'], acts: readonly Act[]): Pick<ChartSnapshot, 'chart' | 'waiting' | 'problems'> {
  const mine = acts.filter((act) => act.chart === chart && act.stream === 'chart')
  const waiting = mine.filter((act) => !act.problem)
  const problems = mine.filter((act) => act.problem)
  const seen: Entry[] = [...waiting.flatMap(({ entries }) => entries), ...problems.flatMap(({ entries }) => entries.filter((entry) => !entry.amends))]
  return { chart: readChart([...entries, ...seen]), waiting, problems }
}

/** The three words a screen may say about an entry or about a whole chart. */
export function keptWord({ waiting, problems }: Pick<ChartSnapshot, 'waiting' | 'problems'>, entry?: string): Kept {
  const has = (acts: readonly Act[]) => (entry === undefined ? acts.length > 0 : acts.some((act) => act.entries.some(({ id }) => id === entry)))
  return has(problems) ? 'problem' : has(waiting) ? 'saved here' : 'saved'
}
