import { openDB, type DBSchema, type IDBPDatabase } from 'idb'

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

export interface DeviceSchema extends DBSchema {
  /** Keys by person and purpose: deleting one makes what it sealed unreadable for ever. */
  keys: { key: [string, 'copies' | 'outbox']; value: CryptoKey }
  /** Entries of a chart, in the pieces they arrived in. */
  pieces: { key: number; value: { owner: string; chart: string; sealed: Sealed }; indexes: { 'by-chart': [string, string] } }
  heads: { key: [string, string]; value: { sealed: Sealed; keepUntil: string | null } }
  acts: { key: number; value: { owner: string; act: string; sealed: Sealed }; indexes: { 'by-owner': string; 'by-act': string } }
  people: { key: string; value: { me: Sealed; pin: PinRecord | null; lastActAtMs: number } }
  /** Who is signed in on this device. */
  current: { key: 'person'; value: string }
}
export type DeviceDatabase = IDBPDatabase<DeviceSchema>

export const openDeviceDatabase = async (): Promise<DeviceDatabase> =>
  openDB<DeviceSchema>('openkap', 1, {
    upgrade(database) {
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

/** The key for a purpose, made on first use. It cannot be exported, not even by this program. */
export async function keyFor(database: DeviceDatabase, person: string, purpose: 'copies' | 'outbox'): Promise<CryptoKey> {
  const known = await database.get('keys', [person, purpose])
  if (known) return known
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
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
