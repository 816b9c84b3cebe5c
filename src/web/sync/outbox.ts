import type { StoredEntry } from '../../core/chart/entry.ts'
import { fileNamedBy } from '../../core/files/file-named.ts'
import { Offline, Refused } from './client.ts'
import { withProblem, type Act, type ActProblem, type DeviceStore } from './device-store.ts'

export interface Numbered {
  readonly id: string
  readonly seq: number
  readonly digest: string
  readonly receivedAt: string
}
/** Brings one act to the server. Throws `Refused` when it says no, anything else when nobody answered. */
export type Post = (act: Act) => Promise<readonly Numbered[]>

export interface OutboxParts {
  readonly store: DeviceStore
  readonly post: Post
  /** What the server has taken, as it will be read by everybody. */
  readonly settled: (act: Act, stored: readonly StoredEntry[]) => void
  /** Another tab has brought something on this chart to the server: it lies on the chart's copy before it leaves the outbox. */
  readonly settledElsewhere?: (chart: string) => Promise<void>
}

/** Everything written here that the server has not confirmed, in the order it was written. */
export interface Outbox {
  acts(): readonly Act[]
  /** Resolves once the act is durable on this device: only then may a screen say that it was recorded. */
  add(act: Act): Promise<void>
  /** Sends what waits, once down every lane. True when nothing is left that could be sent now. */
  round(): Promise<boolean>
  /** Makes a refused act wait again. */
  retry(act: string): Promise<void>
  /** Takes a refused act off this device, because somebody decided so. */
  withdraw(act: string): Promise<void>
  /** Another tab has written or sent. */
  reload(): Promise<void>
  /** The sign-in has ended: everything is kept, and goes on once this person has signed in again. */
  signedOut(): boolean
  /** How the server said so. */
  endOfSignIn(): Refused | undefined
  onChange(listener: () => void): () => void
}

/** A server that breaks on the same act again and again is a problem to show, not to hammer. */
const BREAKS = 8

export async function openOutbox({ store, post, settled, settledElsewhere = async () => {} }: OutboxParts): Promise<Outbox> {
  let acts = (await store.acts()) ?? []
  let out: Refused | undefined
  let running: Promise<boolean> | undefined
  const broken = new Map<string, number>()
  /** How often it was read what lies on the disk. */
  let readings = 0
  const listeners = new Set<() => void>()

  const change = (next: readonly Act[]) => {
    acts = next
    for (const listener of listeners) listener()
  }
  const without = (id: string) => acts.filter((act) => act.id !== id)
  const marked = (id: string, problem: ActProblem | null) => acts.map((act) => (act.id === id ? withProblem(act, problem) : act))

  /** One act after the other, so that a correction never arrives before what it corrects. A refused one lets the rest pass. */
  async function lane(waiting: readonly Act[]): Promise<boolean> {
    for (const act of waiting) {
      try {
        const stored = asStored(act, await post(act))
        // Locked away meanwhile: sent once more when it is open, and stored once.
        if (store.closed?.()) return false
        const before = readings
        await store.settle(act, stored)
        settled(act, stored)
        change(without(act.id))
        broken.delete(act.id)
        // A page that opened just then may have put it back from the second place, and this one have read so before it knew that it was settled.
        if (readings !== before) await reload()
      } catch (failure) {
        const problem = forGood(failure, act)
        if (!problem) return false
        await store.park(act.id, problem)
        change(marked(act.id, problem))
        // Another tab may have sent it again before this one came to know, or it was locked away just then: what lies on the disk counts.
        await reload()
      }
    }
    return true
  }

  /** What the server said for good; nothing when it may say otherwise in a moment. */
  function forGood(failure: unknown, { id }: Act): ActProblem | undefined {
    if (!(failure instanceof Refused)) return undefined
    const { status, code, say, list } = failure
    if (status === 401) {
      out = failure
      change(acts)
    }
    if (status === 401 || status === 408 || status === 429 || code === 'database.away') return undefined
    const times = status < 500 ? 0 : (broken.get(id) ?? 0) + 1
    broken.set(id, times)
    return status >= 500 && times < BREAKS ? undefined : { code, say, list }
  }

  async function reload(): Promise<void> {
    for (;;) {
      const before = acts
      const kept = await store.acts()
      // What cannot be read here has not gone away: not now, nor where it was opened while it was read.
      if (store.closed?.()) {
        // What lies here no more has: sent by another tab, or taken off.
        const lying = await store.lying()
        if (acts !== before) continue
        if (before.some(({ id }) => !lying.has(id))) change(before.filter(({ id }) => lying.has(id)))
        return
      }
      if (!kept) continue
      const gone = before.filter(({ id, stream }) => stream === 'chart' && !kept.some((act) => act.id === id))
      await Promise.all([...new Set(gone.map(({ chart }) => chart))].map(settledElsewhere))
      // What was written or sent here meanwhile is not in what was read.
      if (acts === before) { readings += 1; change(kept); return }
    }
  }

  async function pass(): Promise<boolean> {
    const done = await Promise.all([...lanesOf(acts).values()].map(lane))
    return done.every(Boolean) && acts.every((act) => act.problem)
  }

  return {
    acts: () => acts,
    async add(act) {
      await store.putAct(act)
      out = undefined
      // Another tab may have been heard meanwhile, and this read with what was written after it: it keeps its place.
      change(acts.some(({ id }) => id === act.id) ? acts : [...acts, act])
    },
    round() {
      // What lies here unread was written before, and goes first.
      if (store.closed?.()) return Promise.resolve(false)
      running ??= pass().finally(() => { running = undefined })
      return running
    },
    async retry(id) {
      broken.delete(id)
      await store.park(id, null)
      change(marked(id, null))
    },
    async withdraw(id) {
      await store.withdraw(id)
      change(without(id))
    },
    reload,
    signedOut: () => out !== undefined,
    endOfSignIn: () => out,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Acts about different charts do not wait for each other, and none waits for another's bytes. */
function lanesOf(acts: readonly Act[]): Map<string, Act[]> {
  const lanes = new Map<string, Act[]>()
  for (const act of acts) {
    if (act.problem) continue
    const key = act.entries.some(fileNamedBy) ? act.id : `${act.chart} ${act.stream}`
    lanes.set(key, [...(lanes.get(key) ?? []), act])
  }
  return lanes
}

/** An answer that leaves an entry out has not answered. */
function asStored(act: Act, numbered: readonly Numbered[]): StoredEntry[] {
  const byId = new Map(numbered.map((each) => [each.id, each]))
  return act.entries.map((entry) => {
    const known = byId.get(entry.id)
    if (!known) throw new Offline()
    return { ...entry, seq: known.seq, digest: known.digest, receivedAt: known.receivedAt } as StoredEntry
  })
}

export const counted = (acts: readonly Act[]) => ({ waiting: acts.filter(({ problem }) => !problem).length, problems: acts.filter(({ problem }) => problem).length })
