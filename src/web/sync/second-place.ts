import type { ActRecord, DeviceDatabase } from './database.ts'
import { ACT, LEAVE, type Change } from './second-log.ts'

export interface Leave {
  readonly token: string
  readonly until: string
}

/**
 * Where acts that were not sent lie a second time, sealed as they lie in the database: a browser may throw its database
 * away whole, and does after a crash at the wrong moment. Nothing lies here that opens anything.
 */
export interface SecondPlace {
  /** Resolves once it lies there, or cannot, or takes too long: the first place has it already, under this number. Says how many acts lie there by now; nothing where it did not answer. */
  keep(record: ActRecord, place: number): Promise<number | undefined>
  /** The server has it, or somebody decided to take it off this device. Says whether it is gone from there. */
  drop(act: string): Promise<boolean>
  /** Leave to bring what this person could not send. */
  keepLeave(owner: string, leave: Leave): Promise<void>
  held(): Promise<Held>
}
/** With its number in the first place; without one where it was kept before those were written down. */
export type Placed = ActRecord & { readonly place?: number }
export interface Held {
  /** In the order they were written. */
  readonly acts: readonly Placed[]
  readonly leaves: ReadonlyMap<string, Leave>
}

type Stands = readonly (readonly [string, unknown])[]

/** What the second place says of whatever takes changes down and answers what stands; nothing where it did not answer. */
export const secondPlaceBy = (change: (changes: readonly Change[]) => Promise<Stands | undefined>): SecondPlace => ({
  keep: (record, place) => change([{ name: ACT + record.act, value: { ...record, place } }]).then((stands) => stands?.filter(([name]) => name.startsWith(ACT)).length, () => undefined),
  drop: (act) => change([{ name: ACT + act }]).then((stands) => stands !== undefined, () => false),
  keepLeave: (owner, leave) => done(change([{ name: LEAVE + owner, value: leave }])),
  async held() {
    const stands = (await change([])) ?? []
    return {
      acts: asWritten(stands.flatMap(([name, value]) => (name.startsWith(ACT) ? [value as Placed] : []))),
      leaves: new Map(stands.flatMap(([name, value]) => (name.startsWith(LEAVE) ? [[name.slice(LEAVE.length), value as Leave]] : []))),
    }
  },
})

/** Kept there late: a page may have sent it meanwhile, or taken it off, and have dropped it there before it lay there. Then it goes again. Says how many acts lie there; nothing where it did not answer. */
export async function keepWhereItLies(database: DeviceDatabase, second: SecondPlace, record: ActRecord, place: number): Promise<number | undefined> {
  const there = await second.keep(record, place)
  const lies = await database.getFromIndex('acts', 'by-act', record.act)
  if (!lies || lies.gone) await dropAgain(database, second, record)
  return there
}

/** Of what lies here no more. Where the second place cannot let go of it now, a mark tells whoever compares both places next. */
async function dropAgain(database: DeviceDatabase, second: SecondPlace, { owner, act }: Pick<ActRecord, 'owner' | 'act'>): Promise<void> {
  if (await second.drop(act)) return
  const writing = database.transaction('acts', 'readwrite', { durability: 'strict' })
  if ((await writing.store.index('by-act').getKey(act)) === undefined) await writing.store.add({ owner, act, gone: true })
  await writing.done
}

/** Two tabs do not come here in the order in which they wrote, nor does what a crash left in the first place alone: a correction stands behind what it corrects all the same. */
export const asWritten = <One extends { readonly place?: number }>(acts: readonly One[]): readonly One[] => acts.toSorted((a, b) => (a.place ?? 0) - (b.place ?? 0))

/** Where it cannot be written down a second time, the first place is as good as it was. */
const done = (changing: Promise<unknown>): Promise<void> => changing.then(() => {}, () => {})

export const nowhere: SecondPlace = { ...secondPlaceBy(async () => []), keep: async () => undefined }

/** Longer than this nobody waits for it, and not again until it has answered. */
const PATIENCE_MS = 2_000
/** Created once: a crash while its content changes touches nothing of the browser's own books. */
const FILE = 'openkap unsent'
let place: SecondPlace | undefined
/** This browser's; where it has no private files, or none that can be flushed, everything is as it was without. */
export const secondPlace = (): SecondPlace => (place ??= hasPrivateFiles() ? secondPlaceBy(inWorker()) : nowhere)

const hasPrivateFiles = () => typeof Worker !== 'undefined' && 'locks' in navigator && typeof navigator.storage?.getDirectory === 'function'

/** Only a worker may write and flush. It is started by the first change, or where there is something to read. */
function inWorker(): (changes: readonly Change[]) => Promise<Stands | undefined> {
  const waiting = new Map<number, (stands: Stands | undefined) => void>()
  let worker: Worker | undefined
  let last = 0
  let isLate = false
  const answer = (number: number, stands?: Stands) => { waiting.get(number)?.(stands); waiting.delete(number) }
  const start = () => {
    const started = new Worker(new URL('./second-place.worker.ts', import.meta.url), { type: 'module' })
    started.addEventListener('message', ({ data }: MessageEvent<{ number: number; stands?: Stands }>) => { isLate = false; answer(data.number, data.stands) })
    started.addEventListener('error', () => { isLate = true; for (const number of waiting.keys()) answer(number) })
    return started
  }
  return async (changes) => {
    if (changes.length === 0 && !worker && (await isEmpty())) return []
    return new Promise((resolve) => {
      const number = (last += 1)
      waiting.set(number, resolve)
      worker ??= start()
      worker.postMessage({ number, changes, file: FILE })
      setTimeout(() => { if (waiting.has(number)) { isLate = true; answer(number) } }, isLate && changes.length > 0 ? 0 : PATIENCE_MS)
    })
  }
}

const isEmpty = async () => {
  const file = await navigator.storage.getDirectory().then((root) => root.getFileHandle(FILE)).then((handle) => handle.getFile()).catch(() => undefined)
  return !file || file.size === 0
}
