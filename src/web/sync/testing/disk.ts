import { merge } from '../../../core/chart/chart.ts'
import type { StoredEntry } from '../../../core/chart/entry.ts'
import type { ActRecord } from '../database.ts'
import { bytesOf, toBase64 } from '../envelope.ts'
import { heldOf, type BringParts } from '../bring.ts'
import type { GuestRecord, GuestShelf } from '../guests.ts'
import type { Vault } from '../lock.ts'
import { emptyCopy, withChange, withProblem, type Act, type Copy, type DeviceStore } from '../device-store.ts'
import { asWritten } from '../second-place.ts'
import { ACT, LEAVE, valueOf } from '../second-log.ts'
import { fakeKey } from './fake-crypto.ts'
import { diedAfter, goesOn, never, type Process } from './process.ts'
import { simSecond, type Second } from './second.ts'
import type { World } from './world.ts'

interface Owner {
  /** Heads, and entries in the pieces they arrived in, each sealed with the key of its time. */
  readonly heads: Map<string, { readonly key: number; readonly head: Omit<Copy, 'entries'> }>
  readonly pieces: Map<string, { readonly key: number; readonly entries: readonly StoredEntry[] }[]>
  /** Each sealed for its author with the key of its time, and for the server. */
  readonly acts: Map<string, Lying>
  /** Zero: there is no key, so nothing that was read can be read again. */
  key: number
  /** Leave to bring sealed acts after the end of a sign-in. */
  credential: boolean
  triesLeft: number
  /** Who else can sign here: gone with the key. */
  guests: readonly GuestRecord[]
  /** Taken off this device since both places were compared last. */
  readonly marks: Set<string>
}
interface Lying extends Pick<ActRecord, 'server' | 'about' | 'brought'> {
  readonly act: Act
  readonly own: number
  /** Its number on this disk. */
  readonly place: number
}
/** A page that has somebody's store open, and is told what the others do with it. */
interface Tab {
  readonly process: Process
  readonly listeners: Set<() => void>
}
export const PIN = '2468'

/** What lies on one device, for each person who was signed in there; it outlives every program. Like the browser's own database. */
export interface Disk {
  full: boolean
  /** How often something that was read was deleted here. */
  readonly forgotten: number
  /** What was read is deleted, with its keys, for everybody but this person. What was written and not sent stays. */
  forgetOthers(person: string | null): void
  /** A program of this person opens what is theirs. */
  store(person: string, process: Process): DeviceStore & { readonly vault: Vault; readonly shelf: GuestShelf; begin(): void }
  /** The server gives back to its author what is sealed with keys that are gone. */
  recover(person: string): void
  keepCredential(person: string): void
  /** The browser finds its database broken and begins anew, with no page open: only the second place is left. */
  throwAway(): void
  /** What the browser may throw away is in the second place as well, and can be read there. */
  bothHold(): boolean
  /** The database was thrown away, and nobody has opened a page since. */
  readonly onlySecond: boolean
  readonly second: Second
  /** Both places hold the same, before anything is written. */
  fillAgain(): void
  bringing(person: string, process: Process, bring: BringParts['bring']): BringParts
  acts(person: string): readonly Act[]
  copies(person: string): ReadonlyMap<string, Copy>
  /** Everybody who has something here that was not sent. */
  owners(): readonly string[]
  /** Who else can sign here, on what is this person’s. */
  guests(person: string): readonly GuestRecord[]
  /** What this person's copies are sealed with by now; zero where nothing can be read. */
  key(person: string): number
}

const LONGEST_MS = 3_000

export function simDisk(world: Pick<World, 'time' | 'chance' | 'troubleChance' | 'landed' | 'calm' | 'envelopes'>, device: string): Disk {
  const { time, chance, landed } = world
  const owners = new Map<string, Owner>()
  const tabs = new Map<string, Set<Tab>>()
  let keys = 0
  let places = 0
  let forgotten = 0
  let onlySecond = false
  const ownerOf = (person: string): Owner => {
    const known = owners.get(person) ?? { heads: new Map(), pieces: new Map(), acts: new Map(), key: 0, credential: false, triesLeft: 5, guests: [], marks: new Set() }
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

  /** The same acts a second time, in the real log. */
  const second = simSecond(world)
  const { change, down } = second

  const tellPages = (person: string, from?: Tab) => {
    for (const tab of tabs.get(person) ?? []) if (tab !== from) time.after(chance.below(400), () => { if (!tab.process.dead) for (const listener of tab.listeners) listener() })
  }

  const disk: Disk = {
    full: false, second,
    get forgotten() { return forgotten },
    get onlySecond() { return onlySecond },
    forgetOthers(person) {
      forgotten += 1
      for (const [one, owner] of owners) if (one !== person) { owner.heads.clear(); owner.pieces.clear(); owner.key = 0; owner.guests = []; tellPages(one) }
    },
    acts: (person) => [...ownerOf(person).acts.values()].map(({ act }) => act),
    recover(person) {
      const owner = ownerOf(person)
      for (const [id, lying] of owner.acts) if (lying.own !== owner.key) owner.acts.set(id, { ...lying, own: owner.key })
    },
    keepCredential(person) {
      ownerOf(person).credential = true
      change([{ name: LEAVE + person, value: true }])
    },
    throwAway() {
      forgotten += 1
      onlySecond = true
      owners.clear()
      tabs.clear()
    },
    bothHold: () => !second.away && [...owners].every(([person, { acts, credential, marks }]) => [...marks].every((id) => second.misses(ACT + id)) && !(credential && second.lacks(LEAVE + person)) && [...acts.keys()].every((id) => !second.lacks(ACT + id))),
    fillAgain() {
      const there = second.readAnew()
      if (!there) return
      onlySecond = false
      for (const { marks } of owners.values()) { for (const id of marks) change([{ name: ACT + id }]); marks.clear() }
      const here = new Set([...owners.values()].flatMap(({ acts }) => [...acts.keys()]))
      for (const [name, record] of there) {
        if (name.startsWith(LEAVE)) ownerOf(name.slice(LEAVE.length)).credential = true
        else if (!here.has(name.slice(ACT.length))) {
          const { person, lying } = valueOf(record) as { readonly person: string; readonly lying: Lying }
          ownerOf(person).acts.set(lying.act.id, lying)
          tellPages(person)
        }
      }
      for (const { acts } of owners.values()) {
        const all = asWritten([...acts.values()])
        acts.clear()
        for (const lying of all) acts.set(lying.act.id, lying)
      }
      for (const [person, { acts }] of owners) for (const [id, lying] of acts) if (!there.has(ACT + id)) change([{ name: ACT + id, value: { person, lying } }])
    },
    bringing: (person, process, bring) => ({
      held: async () => (process.dead || !ownerOf(person).credential ? [] : [...ownerOf(person).acts].flatMap(([act, lying]) => heldOf({ ...lying, act }))),
      bring,
      async brought(act) {
        const known = ownerOf(person).acts.get(act)
        if (!known || process.dead) return
        ownerOf(person).acts.set(act, { ...known, brought: true })
        change([{ name: ACT + act, value: { person, lying: ownerOf(person).acts.get(act) } }])
      },
    }),
    copies: (person) => new Map([...ownerOf(person).heads.keys()].flatMap((chart) => {
      try { return [[chart, read(ownerOf(person), ownerOf(person).key, chart)]] } catch { return [] }
    })),
    owners: () => [...owners].filter(([, { acts }]) => acts.size > 0).map(([person]) => person),
    guests: (person) => ownerOf(person).guests,
    key: (person) => ownerOf(person).key,
    store(person, process) {
      const owner = ownerOf(person)
      const begun = owner.key === 0
      const key = (owner.key ||= (keys += 1))
      let open = false
      const closed = () => !open
      const sealed = (act: Act, before?: Lying): Lying => ({ ...before, act, own: owner.key || key, place: before?.place ?? (places += 1), ...(before ? {} : sealedForServer(world, act, person, device)) })
      const tab: Tab = { process, listeners: new Set() }
      const others = tabs.get(person) ?? new Set<Tab>()
      tabs.set(person, others.add(tab))
      const tell = () => tellPages(person, tab)
      if (begun) tell()

      /** A change lands whole or not at all, a while after it was asked for and a while before that is known. */
      const op = <Value>(grows: boolean, land: () => Value, said = latency): Promise<Value> => {
        time.stir()
        if (!goesOn(process)) return never()
        return new Promise((resolve, reject) => later(latency(), () => {
          if (process.dead) return
          const refused = grows && disk.full
          const value = refused ? undefined : land()
          if (diedAfter(process)) return
          later(said(), () => { if (!process.dead) { if (refused) reject(new Error('The disk is full')); else resolve(value as Value) } })
        }))
      }
      const forget = (chart: string) => { forgotten += 1; owner.heads.delete(chart); owner.pieces.delete(chart) }
      const add = (chart: string, entries: readonly StoredEntry[] | undefined) => { if (entries?.length) owner.pieces.set(chart, [...(owner.pieces.get(chart) ?? []), { key, entries }]) }
      const opens = (pin: string) => { const fits = pin === PIN && owner.key === key; open ||= fits; return fits }
      const vault: Vault = {
        closed,
        triesLeft: () => op(false, () => (owner.key === key ? owner.triesLeft : null)),
        keepTries: (left) => op(false, () => { owner.triesLeft = left }),
        open: (pin) => op(false, () => opens(pin)),
        learn: (pin) => op(false, () => { opens(pin); owner.triesLeft = 5 }),
        close: () => { open = false },
      }
      const shelf: GuestShelf = {
        all: () => op(false, () => (owner.key === key ? owner.guests : [])),
        change: (how) => op(false, () => { if (owner.key === key) owner.guests = how(owner.guests) }),
        keys: () => op(false, () => (closed() || owner.key !== key ? undefined : { device: fakeKey(device), reading: fakeKey(`reading ${key}`) })),
      }
      return {
        vault, shelf, closed, begin: () => { open = true },
        copy: (chart) => op(false, () => {
          if (closed()) return emptyCopy
          try { return read(owner, key, chart) } catch { forget(chart); return emptyCopy }
        }),
        keep: (chart, change) => op(true, () => {
          if (closed()) return
          const before = owner.heads.get(chart)
          if (before && before.key !== key) return
          const { entries: _, ...head } = withChange({ ...(before?.head ?? emptyCopy), entries: [] }, { ...change, entries: [] })
          owner.heads.set(chart, { key, head })
          add(chart, change.entries)
        }),
        forget: (chart) => op(false, () => forget(chart)),
        replaced: () => op(false, () => owner.key !== key),
        acts: () => op(false, () => (closed() ? undefined : [...owner.acts.values()].filter(({ own }) => own === key).map(({ act }) => act))),
        lying: async () => new Set(owner.acts.keys()),
        async putAct(act) {
          const lying = await op(true, () => {
            owner.acts.set(act.id, sealed(act))
            for (const { id } of act.entries) landed.add(id)
            tell()
            return owner.acts.get(act.id)!
          })
          await down(process, { name: ACT + act.id, value: { person, lying } })
          // What another page kept in the first place alone before it ended.
          for (const [id, one] of owner.acts) if (second.misses(ACT + id)) await down(process, { name: ACT + id, value: { person, lying: one } })
          if (!owner.acts.has(act.id)) void down(process, { name: ACT + act.id }).then((isGone) => { if (!isGone) owner.marks.add(act.id) })
        },
        settle(act, stored) {
          // What it is sealed with is taken when it is asked for: closed a moment later, it lands all the same.
          const readable = !closed()
          return op(true, () => {
            owner.acts.delete(act.id)
            if (act.stream === 'chart' && readable) add(act.chart, stored)
            tell()
          }).then(() => { void down(process, { name: ACT + act.id }) })
        },
        park: (id, problem) => op(true, () => {
          const lying = owner.acts.get(id)
          if (lying?.own === key && !closed()) { owner.acts.set(id, sealed(withProblem(lying.act, problem), lying)); tell() }
        }, () => (process.toldLate ? 2_000 : latency())),
        async withdraw(id) {
          await op(false, () => { owner.acts.delete(id); owner.marks.add(id); tell() })
          await down(process, { name: ACT + id })
        },
        onOtherTab(listener) {
          tab.listeners.add(listener)
          return () => { tab.listeners.delete(listener); others.delete(tab) }
        },
      }
    },
  }
  return disk
}

/** Something that only the server can make sense of. */
function sealedForServer({ envelopes }: Pick<World, 'envelopes'>, act: Act, person: string, device: string): Pick<Lying, 'server' | 'about'> {
  const sealed = bytesOf(`envelope ${envelopes.size}`)
  const times = act.entries.map(({ writtenAt }) => writtenAt).toSorted()
  envelopes.set(toBase64(sealed), { act: act.id, person, device, opened: { chart: act.chart, writtenAt: act.writtenAt, entries: act.entries } })
  return { server: { key: 'k', sealed }, about: { chart: act.chart, stream: act.stream, device, session: act.entries[0]?.session ?? null, entries: act.entries.map(({ id }) => id), from: times[0]!, to: times.at(-1)! } }
}
