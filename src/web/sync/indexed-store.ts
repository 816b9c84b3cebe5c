import { merge } from '../../core/chart/chart.ts'
import type { StoredEntry } from '../../core/chart/entry.ts'
import { pagesOf, seal, unseal, type ActRecord, type DeviceDatabase, type Sealed } from './database.ts'
import { emptyCopy, withChange, withProblem, type Act, type ActProblem, type Copy, type CopyChange, type DeviceStore } from './device-store.ts'
import { keepRest } from './put-back.ts'
import { keepWhereItLies, nowhere, type SecondPlace } from './second-place.ts'

/** What a store is read and written with. Writing is always possible; reading, while it is open. */
export interface Keyring {
  /** For what this device has read of others; nothing while it is closed. */
  readonly reading: () => CryptoKey | undefined
  readonly sealAct: (act: Act) => Promise<Omit<ActRecord, 'owner' | 'act'>>
  /** Nothing while it is closed, or where the keys it was sealed with are gone. */
  readonly openAct: (record: ActRecord) => Promise<Act | undefined>
  /** Whether other keys lie here by now, or none. */
  readonly replaced: () => Promise<boolean>
}
type Head = Omit<Copy, 'entries'>

/** So many pieces of one chart are put together into one. */
const PIECES = 48
const STRICT = { durability: 'strict' } as const

/** What one person keeps on this device, sealed, in the browser's database. */
export function indexedStore(database: DeviceDatabase, owner: string, keys: Keyring, second: SecondPlace = nowhere): DeviceStore {
  const otherTabs = pagesOf(owner)
  const tell = () => otherTabs?.postMessage(null)
  const actKey = (id: string) => database.getKeyFromIndex('acts', 'by-act', id)

  async function copy(chart: string): Promise<Copy> {
    const key = keys.reading()
    if (!key) return emptyCopy
    try {
      return await read(chart, key)
    } catch {
      // Sealed with a key that was deleted meanwhile: nothing of it can be read, so it is fetched again.
      await forget(chart)
      return emptyCopy
    }
  }

  async function read(chart: string, key: CryptoKey): Promise<Copy> {
    const reading = database.transaction(['heads', 'pieces'])
    const byChart = reading.objectStore('pieces').index('by-chart')
    const [head, pieces, pieceKeys] = await Promise.all([reading.objectStore('heads').get([owner, chart]), byChart.getAll([owner, chart]), byChart.getAllKeys([owner, chart])])
    const entries = (await Promise.all(pieces.map(({ sealed }) => unseal<StoredEntry[]>(key, sealed)))).flat()
    const known = head ? await unseal<Head>(key, head.sealed) : emptyCopy
    if (pieces.length > PIECES) await putTogether(chart, pieceKeys, entries, key)
    return withChange({ ...known, entries: [] }, { entries })
  }

  /** Only the pieces that were read are replaced: another tab may have added one since. */
  async function putTogether(chart: string, pieceKeys: readonly number[], entries: readonly StoredEntry[], key: CryptoKey) {
    const sealed = await seal(key, merge(entries))
    const writing = database.transaction('pieces', 'readwrite')
    for (const piece of pieceKeys) await writing.store.delete(piece)
    await writing.store.add({ owner, chart, sealed })
    await writing.done
  }

  async function forget(chart: string) {
    const writing = database.transaction(['heads', 'pieces'], 'readwrite')
    await writing.objectStore('heads').delete([owner, chart])
    for (const piece of await writing.objectStore('pieces').index('by-chart').getAllKeys([owner, chart])) await writing.objectStore('pieces').delete(piece)
    await writing.done
  }

  return {
    copy,
    closed: () => keys.reading() === undefined,
    replaced: keys.replaced,
    async keep(chart, { entries, ...change }: CopyChange) {
      const key = keys.reading()
      if (!key) return // What is not kept now is asked for again: the number that was come to does not move either.
      const piece = entries?.length ? await seal(key, entries) : undefined
      for (;;) {
        const before = await database.get('heads', [owner, chart])
        const head = headOf(withChange({ ...(before ? await unseal<Head>(key, before.sealed) : emptyCopy), entries: [] }, change))
        const sealed = await seal(key, head)
        const writing = database.transaction(['heads', 'pieces'], 'readwrite')
        // Another tab may have gone on, or have deleted it all, since it was read.
        const here = isSame(before?.sealed, (await writing.objectStore('heads').get([owner, chart]))?.sealed)
        if (here) await writing.objectStore('heads').put({ sealed, keepUntil: head.keepUntil }, [owner, chart])
        if (here && piece) await writing.objectStore('pieces').add({ owner, chart, sealed: piece })
        await writing.done
        if (here) return
      }
    },
    forget,
    async acts() {
      const key = keys.reading()
      const kept = await database.getAllFromIndex('acts', 'by-owner', owner)
      const acts = (await Promise.all(kept.map(keys.openAct))).filter((act) => act !== undefined)
      // Whoever locks and opens again has another key in hand.
      return key && keys.reading() === key ? acts : undefined
    },
    async lying() {
      const kept = await database.getAllFromIndex('acts', 'by-owner', owner)
      return new Set(kept.flatMap(({ act, gone }) => (gone ? [] : [act])))
    },
    async putAct(act) {
      const record = { owner, act: act.id, ...(await keys.sealAct(act)) }
      const writing = database.transaction('acts', 'readwrite', STRICT)
      const place = await writing.store.add(record)
      await writing.done
      tell()
      // Second, so that what could not be kept is nowhere: it would come back beside what was written in its stead.
      const there = await keepWhereItLies(database, second, record, place)
      // What another page kept here, and could not keep there before it ended: this may be the correction of it. What is kept now is kept, whatever comes of the rest.
      if (there !== undefined && there < (await database.count('acts'))) await keepRest(database, second).catch(() => {})
    },
    async settle(act, stored) {
      const reading = keys.reading()
      const sealed = act.stream === 'chart' && reading ? await seal(reading, stored) : undefined
      const writing = database.transaction(['acts', 'pieces'], 'readwrite', STRICT)
      const key = await writing.objectStore('acts').index('by-act').getKey(act.id)
      if (key !== undefined) await writing.objectStore('acts').delete(key)
      if (sealed) await writing.objectStore('pieces').add({ owner, chart: act.chart, sealed })
      await writing.done
      tell()
      void second.drop(act.id) // Coming back it would be sent once more, and stored once.
    },
    async park(id: string, problem: ActProblem | null) {
      const key = await actKey(id)
      const known = key === undefined ? undefined : await database.get('acts', key)
      const act = known && (await keys.openAct(known))
      if (key === undefined || !act) return
      // For the server it stays sealed as it was written: what became of it is for its author alone.
      const { sealed, own } = await keys.sealAct(withProblem(act, problem))
      const writing = database.transaction('acts', 'readwrite', STRICT)
      // Only if it is still there: another tab may have brought it to the server meanwhile, or taken it off.
      const here = await writing.store.get(key)
      if (here && !here.gone) await writing.store.put({ ...known, ...(sealed && { sealed }), ...(own && { own }) }, key)
      await writing.done
      tell()
    },
    async withdraw(id) {
      const key = await actKey(id)
      // A mark stands in its place until both places are compared next: nobody who compares them now puts it back from the second one, or there again, and it does not come back from there after a crash.
      if (key !== undefined) await database.put('acts', { owner, act: id, gone: true }, key).catch(() => database.delete('acts', key)) // A full disk takes no mark.
      tell()
      await second.drop(id)
    },
    onOtherTab(listener) {
      otherTabs?.addEventListener('message', listener)
      return () => otherTabs?.removeEventListener('message', listener)
    },
  }
}

const headOf = ({ entries: _, ...head }: Copy): Head => head
/** Nothing is sealed twice with the same beginning. */
const isSame = (one: Sealed | undefined, other: Sealed | undefined): boolean => one?.iv.join() === other?.iv.join()
