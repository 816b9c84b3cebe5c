import { call, Offline, Refused } from './client.ts'
import { keyFor, openDeviceDatabase, seal, unseal, type DeviceDatabase } from './database.ts'
import { startDevice, type Device, type DeviceMemory, type DeviceParts, type Me } from './device.ts'
import { memoryStore } from './device-store.ts'
import { indexedStore } from './indexed-store.ts'
import { clock } from './clock.ts'

export type Opened =
  | { readonly state: 'signed-in'; readonly device: Device }
  | { readonly state: 'signed-out' }
  /** No connection, and nobody known on this device. */
  | { readonly state: 'away' }

/**
 * Who is at this device? Asked of the server; without the network, whoever was signed in here last, behind the lock
 * if the device was left alone. Called once when the page opens and again after every sign-in.
 */
export async function openDevice({ judge }: Pick<DeviceParts, 'judge'> = {}): Promise<Opened> {
  // Sealing needs a secure page; without it nothing is kept, rather than kept in the open.
  const database = globalThis.crypto?.subtle ? await openDeviceDatabase().catch(() => undefined) : undefined
  try {
    const me = await call('me')
    if (!database) return { state: 'signed-in', device: await startDevice({ me, store: memoryStore(), memory: forgetful(), durable: false, judge }) }
    await forgetOthers(database, me.person)
    return { state: 'signed-in', device: await onDatabase(database, me, judge) }
  } catch (failure) {
    if (failure instanceof Refused && failure.status === 401) {
      if (database) await forgetOthers(database, null)
      return { state: 'signed-out' }
    }
    if (!(failure instanceof Offline || failure instanceof Refused)) throw failure
    const me = database && (await lastMe(database))
    return database && me ? { state: 'signed-in', device: await onDatabase(database, me, judge) } : { state: 'away' }
  }
}

/** Deletes from this device what was read here, whoever read it. What was written and not sent stays, sealed. */
export async function forgetEverybody(): Promise<void> {
  const database = globalThis.crypto?.subtle ? await openDeviceDatabase().catch(() => undefined) : undefined
  if (database) await forgetOthers(database, null)
}

/**
 * A sign-in is an act of the person at this device. Without this the time of the last touch before it would still
 * stand, and whoever has no PIN would be led from the lock to the door and back for ever.
 */
export async function cameBack(person: string): Promise<void> {
  const database = globalThis.crypto?.subtle ? await openDeviceDatabase().catch(() => undefined) : undefined
  if (database) await changePerson(database, person, { lastActAtMs: Date.now() })
}

async function onDatabase(database: DeviceDatabase, me: Me, judge: DeviceParts['judge']): Promise<Device> {
  const keys = { copies: await keyFor(database, me.person, 'copies'), outbox: await keyFor(database, me.person, 'outbox') }
  await keepPerson(database, keys.copies, me)
  await sweep(database, me.person)
  void navigator.storage?.persist?.().catch(() => false)
  const known = await database.get('people', me.person)
  const others = (await database.getAll('acts')).filter(({ owner }) => owner !== me.person).length
  return startDevice({
    me, judge, othersWaiting: others, store: indexedStore(database, me.person, keys),
    memory: memoryIn(database, me.person, known?.lastActAtMs ?? Date.now()),
  })
}

async function keepPerson(database: DeviceDatabase, key: CryptoKey, me: Me) {
  const sealed = await seal(key, me)
  const writing = database.transaction(['people', 'current'], 'readwrite')
  const known = await writing.objectStore('people').get(me.person)
  await writing.objectStore('people').put({ pin: null, lastActAtMs: Date.now(), ...known, me: sealed }, me.person)
  await writing.objectStore('current').put(me.person, 'person')
  await writing.done
}

async function lastMe(database: DeviceDatabase): Promise<Me | undefined> {
  const person = await database.get('current', 'person')
  const [known, key] = person ? await Promise.all([database.get('people', person), database.get('keys', [person, 'copies'])]) : []
  return known && key ? unseal<Me>(key, known.me).catch(() => undefined) : undefined
}

/** Copies whose time is over leave the device even if nobody signs out. */
async function sweep(database: DeviceDatabase, owner: string) {
  const writing = database.transaction(['heads', 'pieces'], 'readwrite')
  const heads = writing.objectStore('heads')
  for (const key of await heads.getAllKeys()) {
    const head = await heads.get(key)
    if (key[0] !== owner || !head?.keepUntil || head.keepUntil > clock.now()) continue
    await heads.delete(key)
    for (const piece of await writing.objectStore('pieces').index('by-chart').getAllKeys(key)) await writing.objectStore('pieces').delete(piece)
  }
  await writing.done
}

/** Deletes what everybody but this person has read here, and the keys to it. What was written and not sent stays sealed. */
async function forgetOthers(database: DeviceDatabase, person: string | null) {
  const writing = database.transaction(['keys', 'pieces', 'heads', 'people', 'current'], 'readwrite', { durability: 'strict' })
  for (const key of await writing.objectStore('keys').getAllKeys()) if (key[1] === 'copies' && key[0] !== person) await writing.objectStore('keys').delete(key)
  for (const key of await writing.objectStore('heads').getAllKeys()) if (key[0] !== person) await writing.objectStore('heads').delete(key)
  for (const key of await writing.objectStore('people').getAllKeys()) if (key !== person) await writing.objectStore('people').delete(key)
  for (let piece = await writing.objectStore('pieces').openCursor(); piece; piece = await piece.continue()) if (piece.value.owner !== person) await piece.delete()
  if ((await writing.objectStore('current').get('person')) !== person) await writing.objectStore('current').delete('person')
  await writing.done
}

function memoryIn(database: DeviceDatabase, person: string, lastActAtMs: number): DeviceMemory {
  return {
    lastActAtMs,
    keepLastAct: (ms) => void changePerson(database, person, { lastActAtMs: ms }).catch(() => {}),
    pin: async () => (await database.get('people', person))?.pin ?? null,
    keepPin: (pin) => changePerson(database, person, { pin }),
    forget: () => forgetOthers(database, null),
  }
}

/** What is known of a person here; somebody who is not known stays so. */
async function changePerson(database: DeviceDatabase, person: string, what: object) {
  const writing = database.transaction('people', 'readwrite', { durability: 'strict' })
  const known = await writing.store.get(person)
  if (known) await writing.store.put({ ...known, ...what }, person)
  await writing.done
}

/** Where nothing can be kept, everything ends with the tab. */
function forgetful(): DeviceMemory {
  let pin: Awaited<ReturnType<DeviceMemory['pin']>> = null
  return { lastActAtMs: Date.now(), keepLastAct: () => {}, pin: async () => pin, keepPin: async (next) => { pin = next }, forget: async () => { pin = null } }
}
