import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { KeeperRecord } from './keeper.ts'
import { newFileKey, openBytes, sealBytes, type FileSeal, type SealedBytes } from './files-seal.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** A file on this device: made here and not yet brought, a copy of what the server holds, or kept here and nowhere else until its owner says otherwise. */
export interface FileHere {
  readonly owner: string
  readonly chart: string
  readonly sha256: string
  readonly why: 'to-send' | 'copy' | 'here-only'
  /** When it was put here, or last looked at. */
  readonly atMs: number
}
export type Place = Pick<FileHere, 'owner' | 'chart' | 'sha256'>

/** A file as it is brought once access has ended: sealed for the server. */
export interface HeldFile extends Place {
  readonly key: string
  readonly device: string
  readonly sealed: Bytes
}

/** The bytes of files that this device keeps, for whoever made or read them here. Every change is whole or did not happen. */
export interface DeviceFiles {
  /** From now on what this person keeps here is under these keys, and what lies here of theirs comes under them. */
  under(owner: string, seal: FileSeal): Promise<void>
  put(file: FileHere, bytes: Bytes): Promise<void>
  /** Nothing where they are not here. Throws where they wait to be brought and cannot be opened now. */
  bytes(place: Place): Promise<Bytes | undefined>
  all(): Promise<readonly FileHere[]>
  /** The server has them: they stay as a copy. */
  settle(place: Place): Promise<void>
  touch(place: Place, atMs: number): Promise<void>
  drop(place: Place): Promise<void>
  /** Copies that anybody but this person has read go, and the key to them. What was made here and not brought stays, sealed. */
  forget(owner: string | null): Promise<void>
  /** The copies of one chart go. */
  forgetCopies(owner: string, chart: string): Promise<void>
  /** Of these, what was not brought yet and may be. */
  held(owner: string, chart: string, digests: readonly string[]): Promise<readonly HeldFile[]>
  /** The server keeps it, sealed: it stays here, sealed, and is not brought again. */
  brought(place: Place): Promise<void>
  /** What waits, and was sealed with keys that are gone: only the server can give it back. */
  shut(owner: string): Promise<readonly HeldFile[]>
  /** The server has given it back; or never will, and then its entry goes without it and says so. */
  giveBack(place: Place, bytes: Bytes | null): Promise<void>
  /** Whether something can be kept here alone: what it is sealed with outlives a sign-in, and is made with the server's help. */
  readyToKeep(owner: string): Promise<boolean>
}

/** So long a copy stays that nobody looks at, where no session says how long its chart does. */
const COPY_HOURS = 12
/** Bytes that no act names: their act was never kept, so nobody was told that they are. */
const LOOSE_HOURS = 24

interface Wanted {
  /** Digests that waiting acts of this person name. */
  readonly named: readonly string[]
  /** Charts that are kept here for a session, with their files, until its own time is over. */
  readonly pinned: readonly string[]
}

/** What has no use here any more leaves the device: copies that nobody looked at, and bytes that no waiting act of theirs names. */
export async function sweepFiles(files: DeviceFiles, owner: string, { named, pinned }: Wanted, nowMs: number): Promise<void> {
  for (const file of await files.all()) {
    const ageHours = (nowMs - file.atMs) / 3_600_000
    const forSession = file.owner === owner && pinned.includes(file.chart)
    const isOver = file.why === 'copy' ? !forSession && ageHours > COPY_HOURS : file.owner === owner && !named.includes(file.sha256) && ageHours > LOOSE_HOURS
    if (isOver && file.why !== 'here-only') await files.drop(file)
  }
}

let opened: Promise<DeviceFiles> | undefined
/** This device's files; where nothing can be sealed or kept, in memory for as long as the page is open. */
export const deviceFiles = (): Promise<DeviceFiles> => (opened ??= globalThis.crypto?.subtle && globalThis.indexedDB ? openFilesDatabase().then(indexedFiles).catch(() => memoryFiles()) : Promise.resolve(memoryFiles()))

type KeptFile = FileHere & SealedBytes & {
  readonly brought?: true
  /** Neither this device nor the server opens it any more. */
  readonly lost?: true
}
interface FilesSchema extends DBSchema {
  files: { key: [string, string, string]; value: KeptFile }
  keys: { key: [string, 'copies' | 'outbox' | 'keeper']; value: CryptoKey }
  keepers: { key: string; value: KeeperRecord }
}
export type FilesDatabase = IDBPDatabase<FilesSchema>
const STRICT = { durability: 'strict' } as const
const keyOf = ({ owner, chart, sha256 }: Place): [string, string, string] => [owner, chart, sha256]

const openFilesDatabase = (): Promise<FilesDatabase> => openDB<FilesSchema>('openkap files', 3, {
  upgrade(database, before) {
    if (before < 1) { database.createObjectStore('files'); database.createObjectStore('keys') }
    if (before < 3) database.createObjectStore('keepers')
  },
  blocking: (_before, _wanted, event) => { opened = undefined; (event.target as IDBDatabase).close() },
})

export function indexedFiles(database: FilesDatabase): DeviceFiles {
  const seals = new Map<string, FileSeal>()
  const oldKey = ({ owner, why }: Pick<FileHere, 'owner' | 'why'>) => keyFor(database, owner, why === 'copy' ? 'copies' : 'outbox')
  const mine = async (owner: string, why: FileHere['why']) => (await database.getAll('files')).filter((one) => one.owner === owner && one.why === why)

  async function sealing(file: FileHere, bytes: Bytes): Promise<SealedBytes | undefined> {
    const seal = seals.get(file.owner)
    if (file.why === 'here-only') {
      if (!seal) throw new Error('nothing is sealed here')
      return { here: await (await keepers()).sealHere(database, file, seal.keeping, bytes) }
    }
    if (!seal) return { sealed: await sealBytes(await oldKey(file), bytes) }
    return file.why === 'copy' ? seal.sealCopy(bytes) : seal.sealMade(file, bytes)
  }
  const openKept = async (kept: KeptFile): Promise<Bytes | undefined> => {
    if (kept.sealed) return openBytes(await oldKey(kept), kept.sealed).catch(() => undefined) // Sealed with a key that was deleted meanwhile.
    const seal = seals.get(kept.owner)
    if (kept.here) return seal && (await keepers()).openHere(database, kept, seal.keeping, kept.here)
    return seal?.open(kept, kept)
  }
  /** As it was read a moment ago, or not at all: another page may have settled or dropped it meanwhile. */
  async function change(kept: KeptFile, next: KeptFile | null) {
    const writing = database.transaction('files', 'readwrite', STRICT)
    const now = await writing.store.get(keyOf(kept))
    if (now && now.why === kept.why && now.atMs === kept.atMs) await (next ? writing.store.put(next, keyOf(kept)) : writing.store.delete(keyOf(kept)))
    await writing.done
  }

  return {
    async under(owner, seal) {
      seals.set(owner, seal)
      for (const kept of (await database.getAll('files')).filter((one) => one.owner === owner && one.sealed)) {
        // What was read is asked for again.
        const bytes = kept.why === 'to-send' ? await openKept(kept) : undefined
        const { sealed: _, ...rest } = kept
        if (bytes || kept.why === 'copy') await change(kept, bytes ? { ...rest, ...(await seal.sealMade(kept, bytes)) } : null)
      }
      await database.delete('keys', [owner, 'copies'])
    },
    async put(file, bytes) {
      const sealed = await sealing(file, bytes)
      if (!sealed) return
      const writing = database.transaction('files', 'readwrite', STRICT)
      const before = await writing.store.get(keyOf(file))
      // What waits to be brought is never replaced by a copy of it.
      if (before?.why !== 'to-send') await writing.store.put({ ...file, ...sealed }, keyOf(file))
      await writing.done
    },
    async bytes(place) {
      const kept = await database.get('files', keyOf(place))
      const bytes = kept && (await openKept(kept))
      if (kept?.why === 'to-send' && !bytes && !kept.lost) throw new Error('these bytes wait until what opens them is here')
      return bytes
    },
    all: async () => (await database.getAll('files')).map(({ owner, chart, sha256, why, atMs }) => ({ owner, chart, sha256, why, atMs })),
    async settle(place) {
      const kept = await database.get('files', keyOf(place))
      if (kept?.why !== 'to-send') return
      const bytes = await openKept(kept)
      const copy: FileHere = { ...keyed(place), why: 'copy', atMs: kept.atMs }
      const sealed = bytes && (await sealing(copy, bytes))
      await change(kept, sealed ? { ...copy, ...sealed } : null)
    },
    async touch(place, atMs) {
      const writing = database.transaction('files', 'readwrite')
      const kept = await writing.store.get(keyOf(place))
      if (kept) await writing.store.put({ ...kept, atMs }, keyOf(place))
      await writing.done
    },
    drop: (place) => database.delete('files', keyOf(place)),
    async forget(owner) {
      const writing = database.transaction(['files', 'keys'], 'readwrite', STRICT)
      for (const key of await writing.objectStore('keys').getAllKeys()) if (key[1] === 'copies' && key[0] !== owner) await writing.objectStore('keys').delete(key)
      for (let one = await writing.objectStore('files').openCursor(); one; one = await one.continue()) if (one.value.why === 'copy' && one.value.owner !== owner) await one.delete()
      await writing.done
    },
    async forgetCopies(owner, chart) {
      for (const kept of await mine(owner, 'copy')) if (kept.chart === chart) await database.delete('files', keyOf(kept))
    },
    held: async (owner, chart, digests) => (await mine(owner, 'to-send')).filter((one) => one.chart === chart && digests.includes(one.sha256) && !one.brought).flatMap(heldOf),
    async brought(place) {
      const kept = await database.get('files', keyOf(place))
      if (kept?.why === 'to-send') await change(kept, { ...kept, brought: true })
    },
    async shut(owner) {
      const waiting = (await mine(owner, 'to-send')).filter((one) => one.server && !one.lost)
      const open = await Promise.all(waiting.map(openKept))
      return waiting.filter((_, place) => !open[place]).flatMap(heldOf)
    },
    async readyToKeep(owner) {
      const seal = seals.get(owner)
      return seal !== undefined && (await (await keepers()).keeperOf(database, owner, seal.keeping)) !== undefined
    },
    async giveBack(place, bytes) {
      const kept = await database.get('files', keyOf(place))
      if (kept?.why !== 'to-send') return
      const own = bytes && (await seals.get(place.owner)?.sealMade(place, bytes))?.own
      // For the server it stays as it was sealed first: brought again, it counts as the same.
      if (own) await change(kept, { ...kept, own })
      if (!bytes) await change(kept, { ...kept, lost: true })
    },
  }
}

/** Few people keep something here alone: what seals it is loaded with the first. */
const keepers = () => import('./keeper.ts')
const keyed = ({ owner, chart, sha256 }: Place): Place => ({ owner, chart, sha256 })
const heldOf = ({ server, ...file }: KeptFile): HeldFile[] => (server ? [{ ...keyed(file), ...server }] : [])

/** A key of before the vault: for whoever has none yet, and for what still lies under it. */
async function keyFor(database: FilesDatabase, owner: string, purpose: 'copies' | 'outbox'): Promise<CryptoKey> {
  const known = await database.get('keys', [owner, purpose])
  if (known) return known
  const fresh = await newFileKey()
  const writing = database.transaction('keys', 'readwrite', STRICT)
  const first = await writing.store.get([owner, purpose]) // Another tab may have been quicker.
  if (!first) await writing.store.put(fresh, [owner, purpose])
  await writing.done
  return first ?? fresh
}

/** Where nothing can be kept, everything ends with the tab. */
export function memoryFiles(): DeviceFiles {
  const kept = new Map<string, { file: FileHere; bytes: Bytes }>()
  const name = (place: Place) => keyOf(place).join(' ')
  const set = (place: Place, change: Partial<FileHere>) => { const one = kept.get(name(place)); if (one) kept.set(name(place), { ...one, file: { ...one.file, ...change } }) }
  const dropWhere = (isOver: (file: FileHere) => boolean) => { for (const { file } of kept.values()) if (isOver(file)) kept.delete(name(file)) }
  return {
    under: async () => {},
    async put(file, bytes) { if (kept.get(name(file))?.file.why !== 'to-send') kept.set(name(file), { file, bytes }) },
    bytes: async (place) => kept.get(name(place))?.bytes,
    all: async () => [...kept.values()].map(({ file }) => file),
    settle: async (place) => set(place, { why: 'copy' }),
    touch: async (place, atMs) => set(place, { atMs }),
    drop: async (place) => { kept.delete(name(place)) },
    forget: async (owner) => dropWhere((file) => file.why === 'copy' && file.owner !== owner),
    forgetCopies: async (owner, chart) => dropWhere((file) => file.why === 'copy' && file.owner === owner && file.chart === chart),
    held: async () => [], brought: async () => {}, shut: async () => [], giveBack: async () => {}, readyToKeep: async () => false,
  }
}
