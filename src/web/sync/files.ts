import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Sealed } from './database.ts'
import { newFileKey, sealWith, type FileSeal } from './files-seal.ts'

/** A file on this device: made here and not yet brought, or a copy of what the server holds. */
export interface FileHere {
  readonly owner: string
  readonly chart: string
  readonly sha256: string
  readonly why: 'to-send' | 'copy'
  /** When it was put here, or last looked at. */
  readonly atMs: number
}
type Place = Pick<FileHere, 'owner' | 'chart' | 'sha256'>

/** The bytes of files that this device keeps, for whoever made or read them here. Every change is whole or did not happen. */
export interface DeviceFiles {
  put(file: FileHere, bytes: Uint8Array<ArrayBuffer>): Promise<void>
  bytes(place: Place): Promise<Uint8Array<ArrayBuffer> | undefined>
  all(): Promise<readonly FileHere[]>
  /** The server has them: they stay as a copy. */
  settle(place: Place): Promise<void>
  touch(place: Place, atMs: number): Promise<void>
  drop(place: Place): Promise<void>
  /** Copies that anybody but this person has read go, and the key to them. What was made here and not brought stays, sealed. */
  forget(owner: string | null): Promise<void>
}

/** So long a copy stays that nobody looks at: longer than a session, shorter than a day. */
const COPY_HOURS = 12
/** Bytes that no act names: their act was never kept, so nobody was told that they are. */
const LOOSE_HOURS = 24

/** What has no use here any more leaves the device: copies that nobody looked at, and bytes that no waiting act of theirs names. */
export async function sweepFiles(files: DeviceFiles, owner: string, named: readonly string[], nowMs: number): Promise<void> {
  for (const file of await files.all()) {
    const ageHours = (nowMs - file.atMs) / 3_600_000
    const isOver = file.why === 'copy' ? ageHours > COPY_HOURS : file.owner === owner && !named.includes(file.sha256) && ageHours > LOOSE_HOURS
    if (isOver) await files.drop(file)
  }
}

let opened: Promise<DeviceFiles> | undefined
/** This device's files; where nothing can be sealed or kept, in memory for as long as the page is open. */
export const deviceFiles = (): Promise<DeviceFiles> => (opened ??= globalThis.crypto?.subtle && globalThis.indexedDB ? openFiles().catch(() => memoryFiles()) : Promise.resolve(memoryFiles()))

interface FilesSchema extends DBSchema {
  files: { key: [string, string, string]; value: FileHere & { sealed: Sealed } }
  keys: { key: [string, 'copies' | 'outbox']; value: CryptoKey }
}
const STRICT = { durability: 'strict' } as const
const keyOf = ({ owner, chart, sha256 }: Place): [string, string, string] => [owner, chart, sha256]

async function openFiles(): Promise<DeviceFiles> {
  const database = await openDB<FilesSchema>('openkap files', 1, {
    upgrade(fresh) { fresh.createObjectStore('files'); fresh.createObjectStore('keys') },
    blocking: (_before, _wanted, event) => { opened = undefined; (event.target as IDBDatabase).close() },
  })
  const sealFor = async ({ owner, why }: Pick<FileHere, 'owner' | 'why'>) => sealWith(await keyFor(database, owner, why === 'copy' ? 'copies' : 'outbox'))
  return {
    async put(file, bytes) {
      const sealed = await (await sealFor(file)).seal(bytes)
      const writing = database.transaction('files', 'readwrite', STRICT)
      const before = await writing.store.get(keyOf(file))
      // What waits to be brought is never replaced by a copy of it.
      if (before?.why !== 'to-send') await writing.store.put({ ...file, sealed }, keyOf(file))
      await writing.done
    },
    async bytes(place) {
      const kept = await database.get('files', keyOf(place))
      if (!kept) return undefined
      return (await sealFor(kept)).open(kept.sealed).catch(() => undefined) // Sealed with a key that was deleted meanwhile.
    },
    all: async () => (await database.getAll('files')).map(({ sealed: _, ...file }) => file),
    async settle(place) {
      const kept = await database.get('files', keyOf(place))
      if (kept?.why !== 'to-send') return
      const bytes = await (await sealFor(kept)).open(kept.sealed)
      const copy = { ...kept, why: 'copy' as const }
      await database.put('files', { ...copy, sealed: await (await sealFor(copy)).seal(bytes) }, keyOf(place))
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
  }
}

async function keyFor(database: IDBPDatabase<FilesSchema>, owner: string, purpose: 'copies' | 'outbox'): Promise<CryptoKey> {
  const known = await database.get('keys', [owner, purpose])
  if (known) return known
  const fresh = await newFileKey()
  const writing = database.transaction('keys', 'readwrite', STRICT)
  const first = await writing.store.get([owner, purpose]) // Another tab may have been quicker.
  if (!first) await writing.store.put(fresh, [owner, purpose])
  await writing.done
  return first ?? fresh
}

export function memoryFiles(sealed?: FileSeal): DeviceFiles {
  const kept = new Map<string, { file: FileHere; bytes: Uint8Array<ArrayBuffer> | Sealed }>()
  const name = (place: Place) => keyOf(place).join(' ')
  const set = (place: Place, change: Partial<FileHere>) => { const one = kept.get(name(place)); if (one) kept.set(name(place), { ...one, file: { ...one.file, ...change } }) }
  return {
    async put(file, bytes) {
      const held = sealed ? await sealed.seal(bytes) : bytes
      if (kept.get(name(file))?.file.why !== 'to-send') kept.set(name(file), { file, bytes: held })
    },
    async bytes(place) {
      const held = kept.get(name(place))?.bytes
      return held === undefined || held instanceof Uint8Array ? held : sealed!.open(held)
    },
    all: async () => [...kept.values()].map(({ file }) => file),
    settle: async (place) => set(place, { why: 'copy' }),
    touch: async (place, atMs) => set(place, { atMs }),
    drop: async (place) => { kept.delete(name(place)) },
    forget: async (owner) => { for (const { file } of kept.values()) if (file.why === 'copy' && file.owner !== owner) kept.delete(name(file)) },
  }
}
