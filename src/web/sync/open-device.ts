import { filesNamedBy } from '../../core/files/file-named.ts'
import { heldOf, keepBringing, type BringParts } from './bring.ts'
import { bringSealed, depositFile, recoverFile, recoverFiles } from './bring-files.ts'
import { backAgainFor } from './back-again.ts'
import { call, Offline, Refused } from './client.ts'
import { clock } from './clock.ts'
import { keyFor, openDeviceDatabase, seal, tellPages, unseal, type DeviceDatabase } from './database.ts'
import { startDevice, type Device, type Me } from './device.ts'
import type { DeviceMemory, DeviceParts } from './device-parts.ts'
import { memoryStore, type Act } from './device-store.ts'
import { toBase64 } from './envelope.ts'
import { deviceFiles, sweepFiles } from './files.ts'
import { indexedStore, type Keyring } from './indexed-store.ts'
import { plainKeyring, startOver, vaultOf, type DeviceKeys, type KeptVault } from './kept-vault.ts'
import { laterBy } from './later.ts'
import { fillAgain, type Returned } from './put-back.ts'
import { keepWhereItLies, secondPlace } from './second-place.ts'
import { keepShut, type ShutAct } from './shut.ts'

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
  const back = database ? await fillAgain(database, secondPlace()) : { acts: [], done: Promise.resolve() }
  try {
    const me = await call('me')
    if (!database) return { state: 'signed-in', device: await startDevice({ me, store: memoryStore(), memory: forgetful(), durable: false, judge }) }
    await forgetOthers(database, me.person)
    return { state: 'signed-in', device: await onDatabase(database, me, judge, await keysFor(database, me.person), back) }
  } catch (failure) {
    if (failure instanceof Refused && failure.status === 401) {
      if (database) await forgetAndBring(database)
      return { state: 'signed-out' }
    }
    if (!(failure instanceof Offline || failure instanceof Refused)) throw failure
    const me = database && (await lastMe(database))
    return database && me ? { state: 'signed-in', device: await onDatabase(database, me, judge, undefined, back) } : { state: 'away' }
  }
}

/** Deletes from this device what was read here, whoever read it. What was written and not sent stays, sealed, and is brought to the server as it is. */
export async function forgetEverybody(): Promise<void> {
  const database = globalThis.crypto?.subtle ? await openDeviceDatabase().catch(() => undefined) : undefined
  if (!database) return
  await fillAgain(database, secondPlace()).catch(() => {})
  await forgetAndBring(database)
}

async function forgetAndBring(database: DeviceDatabase) {
  await forgetOthers(database, null)
  keepBringing(bringing(database), laterBy(clock))
}

/**
 * A sign-in is an act of the person at this device. Without this the time of the last touch before it would still
 * stand, and whoever has no PIN would be led from the lock to the door and back for ever.
 */
export async function cameBack(person: string): Promise<void> {
  const database = globalThis.crypto?.subtle ? await openDeviceDatabase().catch(() => undefined) : undefined
  if (database) await changePerson(database, person, { lastActAtMs: Date.now() })
}

/** Long before it ends, another one is asked for: it has to work after the sign-in has ended. */
const FRESH_MS = 36 * 3_600_000

/** The server's part of what opens this person's store, and leave to bring sealed acts later. Nothing where it does not answer. */
async function keysFor(database: DeviceDatabase, person: string): Promise<DeviceKeys | undefined> {
  const held = await database.get('credentials', person)
  const keys = await call('deviceKeys', { body: { credential: !held || Date.parse(held.until) < Date.now() + FRESH_MS } }).catch(() => undefined)
  if (keys?.credential) {
    await database.put('credentials', keys.credential, person).catch(() => {})
    void secondPlace().keepLeave(person, keys.credential)
  }
  return keys
}

/** What opens this person's store, opened as far as the server can; begun anew where neither the server nor a PIN ever will. */
async function vaultFor(database: DeviceDatabase, me: Me, keys: DeviceKeys | undefined): Promise<KeptVault | undefined> {
  const ask = () => call('deviceKeys', { body: { credential: false } }).then(({ share }) => share, () => undefined)
  const vault = await vaultOf(database, me, keys, ask)
  if (!vault || !keys || (await vault.openWithout(keys.share)) || (await vault.triesLeft()) !== null) return vault
  await startOver(database, me.person)
  const fresh = await vaultOf(database, me, keys, ask)
  await fresh?.openWithout(keys.share)
  return fresh
}

async function onDatabase(database: DeviceDatabase, known: Me, judge: DeviceParts['judge'], keys: DeviceKeys | undefined, back: Returned): Promise<Device> {
  // What was known of somebody when their page was last opened may be older than their PIN.
  const me = { ...known, hasPin: known.hasPin || Boolean((await database.get('vaults', known.person))?.byPin) }
  const vault = await vaultFor(database, me, keys)
  const keyring = vault ?? (await plainKeyring(database, me.person))
  const files = await deviceFiles()
  if (vault) await files.under(me.person, vault.files).catch(() => {})
  await keepPerson(database, await keyFor(database, me.person, 'outbox'), me)
  await sweep(database, me.person)
  await vault?.guests.change((known) => known.filter(({ until }) => until > clock.now()))
  void navigator.storage?.persist?.().catch(() => false)
  const lastActAtMs = (await database.get('people', me.person))?.lastActAtMs ?? Date.now()
  // Left alone, it stays closed until the PIN was typed; but a session that goes on is not made blind by a page that was opened again.
  const leftAlone = me.hasPin && Date.now() - lastActAtMs >= me.idleMinutes * 60_000
  const pins = await pinsOf(database, me.person)
  if (vault && !keys && !leftAlone) await vault.openWithout(undefined)
  const recoversActs = async () => vault?.closed() !== true && recover(database, me.person, keyring)
  const recovers = async () => {
    if (!(await recoversActs())) return false
    void sweepOwnFiles(database, me.person, keyring).catch(() => {})
    return recoverFiles(files, me.person, recoverFile)
  }
  if (keys) await recoversActs().catch(() => false)
  if (leftAlone && ![...pins.values()].some((until) => until > clock.now())) vault?.close()
  const others = (await database.getAll('acts')).filter(({ owner, brought, gone }) => owner !== me.person && !brought && !gone).length
  return startDevice({
    me, judge, othersWaiting: others, backAgain: backAgainFor(me.person, back.acts), store: indexedStore(database, me.person, keyring, secondPlace()), pins,
    memory: { ...memoryIn(database, me.person, lastActAtMs), ...(vault && { vault, guests: vault.guests }), sweep: () => sweep(database, me.person), recover: async () => { await back.done; return recovers() }, quarantine: bringing(database, (owner) => owner === me.person), others: bringing(database, (owner) => owner !== me.person) },
  })
}

/** Until when the charts of running sessions stay here. */
async function pinsOf(database: DeviceDatabase, owner: string): Promise<Map<string, string>> {
  const [keys, heads] = await Promise.all([database.getAllKeys('heads'), database.getAll('heads')])
  return new Map(keys.flatMap(([person, chart], place) => (person === owner && heads[place]!.keepUntil ? [[chart, heads[place]!.keepUntil] as const] : [])))
}

/** What was sealed with keys that are gone, its author is given back by the server, and it is sent in the usual way. True when nothing is left that the server could give back. */
async function recover(database: DeviceDatabase, owner: string, keyring: Keyring): Promise<boolean> {
  const [keys, records] = await Promise.all([database.getAllKeysFromIndex('acts', 'by-owner', owner), database.getAllFromIndex('acts', 'by-owner', owner)])
  const shut: ShutAct[] = []
  for (const [place, record] of records.entries()) {
    const { own: _, ...sealed } = record
    const { act: id, about, server } = record
    if (!about || !server || (await keyring.openAct(record))) continue
    const given = await call('recoverAct', { body: { act: id, chart: about.chart, device: about.device, key: server.key, sealed: toBase64(server.sealed) } }).catch((failure: Error) => failure)
    if (given instanceof Error) {
      // Where it did not answer, it is asked again.
      if (!(given instanceof Refused) || given.status === 429 || given.status >= 500) return false
      // What it says no to stays here, sealed, and it is said that it does.
      shut.push({ act: id, chart: about.chart, entries: about.entries.length, from: about.from, to: about.to })
      continue
    }
    const act = { id, chart: about.chart, stream: about.stream, entries: given.entries, writtenAt: given.writtenAt } as unknown as Act
    const again = await keyring.sealAct(act)
    const writing = database.transaction('acts', 'readwrite', { durability: 'strict' })
    const here = await writing.store.get(keys[place]!)
    if (here && !here.gone) await writing.store.put({ ...sealed, ...(again.sealed && { sealed: again.sealed }), ...(again.own && { own: again.own }) }, keys[place])
    await writing.done
  }
  keepShut(owner, shut)
  return true
}

/** What could not be sent before access ended, brought as it lies here; of everybody, or of whoever is meant. */
function bringing(database: DeviceDatabase, whose: (owner: string) => boolean = () => true): BringParts {
  return {
    async held() {
      const allowed = new Set(await database.getAllKeys('credentials'))
      return (await database.getAll('acts')).filter(({ owner }) => whose(owner) && allowed.has(owner)).flatMap(heldOf)
    },
    async bring({ act, files: named, ...held }) {
      const [known] = await database.getAllFromIndex('acts', 'by-act', act)
      const credential = known && (await database.get('credentials', known.owner))?.token
      if (!credential) return
      const files = await deviceFiles()
      await bringSealed(files, await files.held(known.owner, held.chart, named), (file) => depositFile(file, credential))
      await call('deposit', { body: { ...held, act, credential, entries: [...held.entries], from: held.from as never, to: held.to as never } })
    },
    async brought(act) {
      const writing = database.transaction('acts', 'readwrite', { durability: 'strict' })
      const key = await writing.store.index('by-act').getKey(act)
      const known = key === undefined ? undefined : await writing.store.get(key)
      if (known) await writing.store.put({ ...known, brought: true }, key)
      await writing.done
      if (known && key !== undefined) await keepWhereItLies(database, secondPlace(), { ...known, brought: true }, key)
    },
  }
}

async function keepPerson(database: DeviceDatabase, key: CryptoKey, me: Me) {
  const sealed = await seal(key, me)
  const writing = database.transaction(['people', 'current'], 'readwrite')
  const known = await writing.objectStore('people').get(me.person)
  await writing.objectStore('people').put({ pin: null, lastActAtMs: Date.now(), ...known, me: sealed }, me.person)
  await writing.objectStore('current').put(me.person, 'person')
  await writing.done
}

/** Who it was, to be asked for a PIN by name: no word of a chart is in it. */
async function lastMe(database: DeviceDatabase): Promise<Me | undefined> {
  const person = await database.get('current', 'person')
  const known = person ? await database.get('people', person) : undefined
  if (!person || !known) return undefined
  // As it was kept before there was a vault, it is sealed with another key.
  const keys = await Promise.all((['outbox', 'copies'] as const).map((purpose) => database.get('keys', [person, purpose])))
  for (const key of keys) {
    const me = key && (await unseal<Me>(key, known.me).catch(() => undefined))
    if (me) return me
  }
  return undefined
}

/** Copies whose time is over leave the device even if nobody signs out: a chart, and the files that belong to it. */
async function sweep(database: DeviceDatabase, owner: string) {
  const files = await deviceFiles()
  // Files first: what is broken off in between finds its chart again, and them with it.
  for (const [chart, until] of await pinsOf(database, owner)) if (until <= clock.now()) await files.forgetCopies(owner, chart)
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

/** Bytes stay for as long as an act that waits here names them; where one of those cannot be read now, all of them stay. */
async function sweepOwnFiles(database: DeviceDatabase, owner: string, { openAct }: Keyring) {
  const [keys, records] = await Promise.all([database.getAllKeysFromIndex('acts', 'by-owner', owner), database.getAllFromIndex('acts', 'by-owner', owner)])
  const acts = await Promise.all(records.map((record) => openAct(record).catch(() => undefined)))
  for (const [place, act] of acts.entries()) if (act) await sayFiles(database, keys[place]!, filesNamedBy(act.entries))
  if (acts.some((act, place) => act === undefined && !records[place]!.gone)) return
  const pinned = [...(await pinsOf(database, owner))].flatMap(([chart, until]) => (until > clock.now() ? [chart] : []))
  await sweepFiles(await deviceFiles(), owner, { named: acts.flatMap((act) => (act ? filesNamedBy(act.entries) : [])), pinned }, Date.now())
}

/** An act of before it was said beside it which files it names: without that its bytes could not be brought with it. */
async function sayFiles(database: DeviceDatabase, key: number, files: readonly string[]) {
  if (files.length === 0) return
  const writing = database.transaction('acts', 'readwrite', { durability: 'strict' })
  const known = await writing.store.get(key)
  if (known?.about && !known.about.files) await writing.store.put({ ...known, about: { ...known.about, files } }, key)
  await writing.done
}

/** Deletes what everybody but this person has read here, and the keys to it and to what they wrote. What was not sent stays, sealed for the server. */
async function forgetOthers(database: DeviceDatabase, person: string | null) {
  await (await deviceFiles()).forget(person).catch(() => {})
  const writing = database.transaction(['keys', 'vaults', 'pieces', 'heads', 'people', 'current'], 'readwrite', { durability: 'strict' })
  // The key of what is sealed for nobody else stays: without it that would be lost.
  for (const key of await writing.objectStore('keys').getAllKeys()) if (key[1] !== 'outbox' && key[0] !== person) await writing.objectStore('keys').delete(key)
  const ended = (await writing.objectStore('vaults').getAllKeys()).filter((key) => key !== person)
  for (const key of ended) await writing.objectStore('vaults').delete(key)
  for (const key of await writing.objectStore('heads').getAllKeys()) if (key[0] !== person) await writing.objectStore('heads').delete(key)
  for (const key of await writing.objectStore('people').getAllKeys()) if (key !== person) await writing.objectStore('people').delete(key)
  for (let piece = await writing.objectStore('pieces').openCursor(); piece; piece = await piece.continue()) if (piece.value.owner !== person) await piece.delete()
  if ((await writing.objectStore('current').get('person')) !== person) await writing.objectStore('current').delete('person')
  await writing.done
  for (const one of ended) tellPages(one)
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
