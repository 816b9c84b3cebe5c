import { merge } from '../../../core/chart/chart.ts'
import type { StoredEntry } from '../../../core/chart/entry.ts'
import { emptyCopy, withChange, withProblem, type Act, type Copy, type DeviceStore } from '../device-store.ts'
import type { World } from './world.ts'

/** A program running on a device. It ends at once and anywhere: what it had asked for never comes back to it. */
export interface Process {
  dead: boolean
  /** So many steps until it dies by itself, before the last of them took place or after. */
  fuse: number
  afterwards: boolean
}
export const aProcess = (): Process => ({ dead: false, fuse: Infinity, afterwards: false })
export const never = <Value>() => new Promise<Value>(() => {})

/** Counts one step of a program; false when it died before taking it. */
export function goesOn(process: Process): boolean {
  if (process.dead) return false
  process.fuse -= 1
  if (process.fuse <= 0 && !process.afterwards) process.dead = true
  return !process.dead
}
/** Whether it died right after the step it just took. */
export function diedAfter(process: Process): boolean {
  if (process.fuse <= 0) process.dead = true
  return process.dead
}

interface Owner {
  /** Heads, and entries in the pieces they arrived in, each sealed with the key of its time. */
  readonly heads: Map<string, { readonly key: number; readonly head: Omit<Copy, 'entries'> }>
  readonly pieces: Map<string, { readonly key: number; readonly entries: readonly StoredEntry[] }[]>
  readonly acts: Map<string, Act>
  /** Zero: there is no key, so nothing that was read can be read again. */
  key: number
}

/** What lies on one device, for each person who was signed in there; it outlives every program. Like the browser's own database. */
export interface Disk {
  full: boolean
  /** How often something that was read was deleted here. */
  readonly forgotten: number
  /** What was read is deleted, with its keys, for everybody but this person. What was written and not sent stays. */
  forgetOthers(person: string | null): void
  /** A program of this person opens what is theirs. */
  store(person: string, process: Process): DeviceStore
  acts(person: string): readonly Act[]
  copies(person: string): ReadonlyMap<string, Copy>
  /** Everybody who has something here that was not sent. */
  owners(): readonly string[]
  /** What this person's copies are sealed with by now; zero where nothing can be read. */
  key(person: string): number
}

const LONGEST_MS = 3_000

export function simDisk(world: Pick<World, 'time' | 'chance' | 'landed' | 'calm'>): Disk {
  const { time, chance, landed } = world
  const owners = new Map<string, Owner>()
  const tabs = new Map<string, Set<{ readonly process: Process; readonly listeners: Set<() => void> }>>()
  let keys = 0
  let forgotten = 0
  const ownerOf = (person: string): Owner => {
    const known = owners.get(person) ?? { heads: new Map(), pieces: new Map(), acts: new Map(), key: 0 }
    owners.set(person, known)
    return known
  }
  const read = ({ heads, pieces }: Owner, key: number, chart: string): Copy => {
    const all = pieces.get(chart) ?? []
    const known = heads.get(chart)
    if (all.some((piece) => piece.key !== key) || (known && known.key !== key)) throw new Error('Sealed with a key that is gone')
    return { ...(known?.head ?? emptyCopy), entries: merge(all.flatMap(({ entries }) => entries)) }
  }
  /** Mostly at once, sometimes after a while: sealing takes its time, and the disk is busy. */
  const latency = () => (!world.calm && chance.odds(0.15) ? chance() ** 2 * LONGEST_MS : 0)
  const later = (ms: number, act: () => void) => { if (ms === 0) act(); else time.after(ms, act) }

  const disk: Disk = {
    full: false,
    get forgotten() { return forgotten },
    forgetOthers(person) {
      forgotten += 1
      for (const [one, owner] of owners) if (one !== person) { owner.heads.clear(); owner.pieces.clear(); owner.key = 0 }
    },
    acts: (person) => [...ownerOf(person).acts.values()],
    copies: (person) => new Map([...ownerOf(person).heads.keys()].flatMap((chart) => {
      try { return [[chart, read(ownerOf(person), ownerOf(person).key, chart)]] } catch { return [] }
    })),
    owners: () => [...owners].filter(([, { acts }]) => acts.size > 0).map(([person]) => person),
    key: (person) => ownerOf(person).key,
    store(person, process) {
      const owner = ownerOf(person)
      const key = (owner.key ||= (keys += 1))
      const tab = { process, listeners: new Set<() => void>() }
      const others = tabs.get(person) ?? new Set()
      tabs.set(person, others.add(tab))
      const tell = () => { for (const other of others) if (other !== tab) time.after(chance.below(400), () => { if (!other.process.dead) for (const listener of other.listeners) listener() }) }

      /** A change lands whole or not at all, a while after it was asked for and a while before that is known. */
      const op = <Value>(grows: boolean, land: () => Value): Promise<Value> => {
        time.stir()
        if (!goesOn(process)) return never()
        return new Promise((resolve, reject) => later(latency(), () => {
          if (process.dead) return
          const refused = grows && disk.full
          const value = refused ? undefined : land()
          if (diedAfter(process)) return
          later(latency(), () => { if (!process.dead) { if (refused) reject(new Error('The disk is full')); else resolve(value as Value) } })
        }))
      }
      const forget = (chart: string) => { forgotten += 1; owner.heads.delete(chart); owner.pieces.delete(chart) }
      const add = (chart: string, entries: readonly StoredEntry[] | undefined) => { if (entries?.length) owner.pieces.set(chart, [...(owner.pieces.get(chart) ?? []), { key, entries }]) }
      return {
        copy: (chart) => op(false, () => {
          try { return read(owner, key, chart) } catch { forget(chart); return emptyCopy }
        }),
        keep: (chart, change) => op(true, () => {
          const before = owner.heads.get(chart)
          if (before && before.key !== key) return
          const { entries: _, ...head } = withChange({ ...(before?.head ?? emptyCopy), entries: [] }, { ...change, entries: [] })
          owner.heads.set(chart, { key, head })
          add(chart, change.entries)
        }),
        forget: (chart) => op(false, () => forget(chart)),
        acts: () => op(false, () => Array.from(owner.acts.values())),
        putAct: (act) => op(true, () => {
          owner.acts.set(act.id, act)
          for (const { id } of act.entries) landed.add(id)
          tell()
        }),
        settle: (act, stored) => op(true, () => {
          owner.acts.delete(act.id)
          if (act.stream === 'chart') add(act.chart, stored)
          tell()
        }),
        park: (id, problem) => op(true, () => {
          const act = owner.acts.get(id)
          if (act) { owner.acts.set(id, withProblem(act, problem)); tell() }
        }),
        withdraw: (id) => op(false, () => { owner.acts.delete(id); tell() }),
        onOtherTab(listener) {
          tab.listeners.add(listener)
          return () => { tab.listeners.delete(listener); others.delete(tab) }
        },
      }
    },
  }
  return disk
}
