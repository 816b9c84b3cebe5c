import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { Stream } from './device-store.ts'
import { freshDeviceKey, type VaultRecord } from './vault.ts'

/** Encrypted with a key that no script can read out, only use. */
export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>
  readonly data: ArrayBuffer
}

/** What a person needs to get past the lock of this device: a check value of the PIN, and how often it may still be tried. */
export interface PinRecord {
  readonly salt: Uint8Array<ArrayBuffer>
  readonly check: ArrayBuffer
  readonly triesLeft: number
}

/** An act as it lies here. */
export interface ActRecord {
  readonly owner: string
  readonly act: string
  /** As it was kept before there was a vault, or while nobody could say whom to seal it for: with a key this page can use. */
  readonly sealed?: Sealed
  /** Sealed for whoever opens the vault, with what became of it. */
  readonly own?: Uint8Array<ArrayBuffer>
  /** The same act sealed for the server, as it was written: it outlives the keys of this device. */
  readonly server?: { readonly key: string; readonly sealed: Uint8Array<ArrayBuffer> }
  /** As much as has to be known to bring it without reading it. */
  readonly about?: { readonly chart: string; readonly stream: Stream; readonly device: string; readonly session: string | null; readonly entries: readonly string[]; readonly from: string; readonly to: string; /** Digests of the files they name. */ readonly files?: readonly string[] }
  /** The server keeps it, sealed, for a clinician to decide. */
  readonly brought?: true
  /** Somebody took it off this device. Nothing of it lies here but this mark, until the second place has let go of it as well. */
  readonly gone?: true
}

export type KeyPurpose = 'copies' | 'outbox' | 'device'

export interface DeviceSchema extends DBSchema {
  /** Keys by person and purpose: deleting one makes what it sealed unreadable for ever. */
  keys: { key: [string, KeyPurpose]; value: CryptoKey }
  /** Entries of a chart, in the pieces they arrived in. */
  pieces: { key: number; value: { owner: string; chart: string; sealed: Sealed }; indexes: { 'by-chart': [string, string] } }
  heads: { key: [string, string]; value: { sealed: Sealed; keepUntil: string | null } }
  acts: { key: number; value: ActRecord; indexes: { 'by-owner': string; 'by-act': string } }
  people: { key: string; value: { me: Sealed; pin: PinRecord | null; lastActAtMs: number } }
  /** What opens what a person keeps here, wrapped. */
  vaults: { key: string; value: VaultRecord }
  /** Leave to bring sealed acts once a sign-in has ended: good for nothing else. */
  credentials: { key: string; value: { readonly token: string; readonly until: string } }
  /** Who is signed in on this device. */
  current: { key: 'person'; value: string }
}
export type DeviceDatabase = IDBPDatabase<DeviceSchema>

export const openDeviceDatabase = async (): Promise<DeviceDatabase> =>
  openDB<DeviceSchema>('openkap', 2, {
    upgrade(database, before) {
      database.createObjectStore('vaults')
      database.createObjectStore('credentials')
      if (before >= 1) return // What lies here already is brought under the new keys by `vaultOf`, once it can be.
      database.createObjectStore('keys')
      database.createObjectStore('pieces', { autoIncrement: true }).createIndex('by-chart', ['owner', 'chart'])
      database.createObjectStore('heads')
      const acts = database.createObjectStore('acts', { autoIncrement: true })
      acts.createIndex('by-owner', 'owner')
      acts.createIndex('by-act', 'act', { unique: true })
      database.createObjectStore('people')
      database.createObjectStore('current')
    },
    // A newer version of the page waits in another tab: give way instead of blocking it.
    blocking: (_before, _wanted, event) => (event.target as IDBDatabase).close(),
  })

/** The pages of this browser that have this person's store open. */
export const pagesOf = (person: string) => (typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(`openkap ${person}`))

/** What opens this person's store has changed: a page that was opened with something else is told. */
export function tellPages(person: string) {
  const pages = pagesOf(person)
  pages?.postMessage(null)
  pages?.close()
}

/** The key for a purpose, made on first use. It cannot be exported, not even by this program. */
export async function keyFor(database: DeviceDatabase, person: string, purpose: KeyPurpose): Promise<CryptoKey> {
  const known = await database.get('keys', [person, purpose])
  if (known) return known
  const fresh = purpose === 'device' ? await freshDeviceKey() : await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const writing = database.transaction('keys', 'readwrite', { durability: 'strict' })
  // Another tab may have been quicker; the key that is there first is the key.
  const first = await writing.store.get([person, purpose])
  if (!first) await writing.store.put(fresh, [person, purpose])
  await writing.done
  return first ?? fresh
}

export async function seal(key: CryptoKey, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(JSON.stringify(value))) }
}

export async function unseal<Value>(key: CryptoKey, { iv, data }: Sealed): Promise<Value> {
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, data))) as Value
}
