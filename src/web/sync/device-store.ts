import type { Entry, StoredEntry } from '../../core/chart/entry.ts'
import { merge } from '../../core/chart/chart.ts'
import type { ChartHead } from '../../core/contract/charting.ts'
import type { Instant } from '../../core/shared/time.ts'

export type Stream = 'chart' | 'notes' | 'journal'

/** Why an act was not taken, in the server's words. */
export interface ActProblem {
  readonly code: string
  readonly say: string
  readonly list: readonly { readonly code: string; readonly says: string }[]
}

/** What one person did in one go: all of it is stored, or none. Kept on the device until the server has it. */
export interface Act {
  readonly id: string
  readonly chart: string
  readonly stream: Stream
  readonly entries: readonly Entry[]
  readonly writtenAt: Instant
  /** Set once the server has refused it. The act stays, is shown, and lets the others pass. */
  readonly problem?: ActProblem
}

/** A chart as far as this device has heard of it. */
export interface Copy {
  readonly entries: readonly Entry[]
  /** Everything up to this number has been heard, or is not for this person to read. */
  readonly lastSeq: number
  readonly heardAt: Instant | null
  readonly head: ChartHead | null
  /** After this the copy is deleted from the device. */
  readonly keepUntil: Instant | null
}
export type CopyChange = Partial<Omit<Copy, 'entries'>> & {
  readonly entries?: readonly StoredEntry[]
  /** The number that these entries follow. A copy that has not come so far keeps them and stays at its own, so that what lies between is asked for again. */
  readonly after?: number
}
export const emptyCopy: Copy = { entries: [], lastSeq: 0, heardAt: null, head: null, keepUntil: null }

/** What one signed-in person keeps on this device. Every change is whole or did not happen, and is durable when it returns. */
export interface DeviceStore {
  /** Locked away: what is written is kept, nothing can be read, and nothing is sent before what lies here already. */
  closed?(): boolean
  /** Another page has begun this store anew, or ended it: what is written from now on cannot be read with what this one holds. */
  replaced?(): Promise<boolean>
  copy(chart: string): Promise<Copy>
  keep(chart: string, change: CopyChange): Promise<void>
  forget(chart: string): Promise<void>
  /** In the order they were written. Nothing where they lay locked away at any moment of the reading: that is not the same as none. */
  acts(): Promise<readonly Act[] | undefined>
  /** The ids of all that lies here, which can be told of it closed as well. */
  lying(): Promise<ReadonlySet<string>>
  putAct(act: Act): Promise<void>
  /** The server has it: the act goes, its numbered entries come, in one step. */
  settle(act: Act, stored: readonly StoredEntry[]): Promise<void>
  park(act: string, problem: ActProblem | null): Promise<void>
  withdraw(act: string): Promise<void>
  /** Another tab of this browser has changed something. */
  onOtherTab(listener: () => void): () => void
}

export function withChange(copy: Copy, { entries, after, lastSeq = copy.lastSeq, heardAt = copy.heardAt, ...change }: CopyChange): Copy {
  const follows = after === undefined || copy.lastSeq >= after
  // What another page knows and this copy does not was not heard here: neither its number nor the moment.
  const heard = follows ? { lastSeq: after === undefined ? lastSeq : Math.max(copy.lastSeq, lastSeq), heardAt } : {}
  return { ...copy, ...change, ...heard, entries: entries ? merge(copy.entries, entries) : copy.entries }
}

/** The same in memory: for tests, and for a browser that lets nothing be kept. */
export function memoryStore(): Omit<DeviceStore, 'acts'> & { acts(): Promise<readonly Act[]> } {
  const copies = new Map<string, Copy>()
  const acts = new Map<string, Act>()
  const copy = (chart: string) => copies.get(chart) ?? emptyCopy
  return {
    copy: async (chart) => copy(chart),
    keep: async (chart, change) => { copies.set(chart, withChange(copy(chart), change)) },
    forget: async (chart) => { copies.delete(chart) },
    acts: async () => [...acts.values()],
    lying: async () => new Set(acts.keys()),
    putAct: async (act) => { acts.set(act.id, act) },
    settle: async (act, stored) => {
      acts.delete(act.id)
      if (act.stream === 'chart') copies.set(act.chart, withChange(copy(act.chart), { entries: stored }))
    },
    park: async (id, problem) => {
      const act = acts.get(id)
      if (act) acts.set(id, withProblem(act, problem))
    },
    withdraw: async (id) => { acts.delete(id) },
    onOtherTab: () => () => {},
  }
}

export function withProblem({ problem: _, ...act }: Act, problem: ActProblem | null): Act {
  return problem ? { ...act, problem } : act
}
