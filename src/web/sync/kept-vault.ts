import { fileSealedFor, sealedFor } from '../../core/chart/quarantine.ts'
import type { Response } from '../../core/contract/contract.ts'
import { filesNamedBy } from '../../core/files/file-named.ts'
import { keyFor, seal, tellPages, unseal, type ActRecord, type DeviceDatabase, type Sealed } from './database.ts'
import type { Act } from './device-store.ts'
import { fromBase64, openSealed, sealTo, textOf } from './envelope.ts'
import { openBytes, sealBytes, type FileSeal } from './files-seal.ts'
import type { GuestShelf } from './guests.ts'
import type { Keyring } from './indexed-store.ts'
import type { Vault } from './lock.ts'
import { pinFits, PIN_TRIES } from './pin.ts'
import { makeVault, openVault, withPin, type By, type OpenKeys, type VaultRecord } from './vault.ts'

export type DeviceKeys = Response<'deviceKeys'>

export interface KeptVault extends Vault, Keyring {
  readonly files: FileSeal
  /** By what the server says to somebody signed in, or by the device alone where no PIN has been typed on it. */
  openWithout(share: string | undefined): Promise<boolean>
  readonly guests: GuestShelf
}
interface Whose {
  readonly person: string
  readonly device: string
}

/**
 * What opens this person's store here. Made once the server has said whom to seal for; what lay here before, sealed with
 * keys that any script of this page can use, comes under the new ones in the same step. Nothing where neither is there yet.
 */
export async function vaultOf(database: DeviceDatabase, whose: Whose, keys: DeviceKeys | undefined, ask: () => Promise<string | undefined>): Promise<KeptVault | undefined> {
  const known = await database.get('vaults', whose.person)
  if (!known) return keys && keptVault(database, whose, await begin(database, whose, keys), ask)
  if (keys && known.server.id !== keys.key.id) await changeVault(database, whose.person, (stands) => stands && { ...stands, server: keys.key })
  return keptVault(database, whose, known, ask)
}

/** Where nobody could say yet whom to seal for: as it was kept before, and nothing of it is lost when it comes under the new keys. */
export async function plainKeyring(database: DeviceDatabase, person: string): Promise<Keyring> {
  const [copies, outbox] = [await keyFor(database, person, 'copies'), await keyFor(database, person, 'outbox')]
  return {
    reading: () => copies,
    sealAct: async (act) => ({ sealed: await seal(outbox, act) }),
    // What came back from the second place may be sealed with a key that went with the database.
    openAct: async ({ sealed }) => sealed && unseal<Act>(outbox, sealed).catch(() => undefined),
    replaced: async () => (await database.get('vaults', person)) !== undefined,
  }
}

async function begin(database: DeviceDatabase, { person, device }: Whose, { share, key }: DeviceKeys): Promise<VaultRecord> {
  const deviceKey = await keyFor(database, person, 'device')
  const record = await makeVault({ deviceKey, share, server: key })
  const opened = await openVault(record, deviceKey, { share })
  return opened ? comeUnder(database, { person, device }, record, opened) : record
}

/** All that lies here under the old keys, sealed with the new ones, in one step: before it everything is as it was. */
async function comeUnder(database: DeviceDatabase, whose: Pick<Whose, 'person' | 'device'>, record: VaultRecord, { reading }: OpenKeys): Promise<VaultRecord> {
  const { person } = whose
  const [copies, outbox] = [await database.get('keys', [person, 'copies']), await database.get('keys', [person, 'outbox'])]
  const again = async (sealed: Sealed) => {
    const read = await unsealed<unknown>(copies, sealed)
    return read === undefined ? undefined : seal(reading, read)
  }
  const [heads, pieces, acts] = [await rowsOf(database, 'heads'), await rowsOf(database, 'pieces'), await rowsOf(database, 'acts')]
  const newHeads = await Promise.all(heads.filter(([key]) => key[0] === person).map(async ([key, head]) => [key, head, await again(head.sealed)] as const))
  const newPieces = await Promise.all(pieces.filter(([, { owner }]) => owner === person).map(async ([key, piece]) => [key, piece, await again(piece.sealed)] as const))
  // An act that does not open stays as it lies: it is not ours to throw away.
  const newActs = (await Promise.all(acts.filter(([, { owner }]) => owner === person).map(async ([key, { act, sealed }]) => {
    const read = sealed && (await unsealed<Act>(outbox, sealed))
    return read ? [[key, { owner: person, act, ...(await sealing(record, whose, read)) }] as const] : []
  }))).flat()
  const writing = database.transaction(['keys', 'vaults', 'heads', 'pieces', 'acts'], 'readwrite', { durability: 'strict' })
  const quicker = await writing.objectStore('vaults').get(person)
  if (!quicker) {
    for (const [key, head, sealed] of newHeads) await (sealed ? writing.objectStore('heads').put({ ...head, sealed }, key) : writing.objectStore('heads').delete(key))
    for (const [key, piece, sealed] of newPieces) await (sealed ? writing.objectStore('pieces').put({ ...piece, sealed }, key) : writing.objectStore('pieces').delete(key))
    // Another tab may have sent one meanwhile, or taken it off.
    for (const [key, act] of newActs) {
      const here = await writing.objectStore('acts').get(key)
      if (here && !here.gone) await writing.objectStore('acts').put(act, key)
    }
    await writing.objectStore('vaults').put(record, person)
    await writing.objectStore('keys').delete([person, 'copies'])
  }
  await writing.done
  tellPages(person)
  return quicker ?? record
}

async function rowsOf<Name extends 'heads' | 'pieces' | 'acts'>(database: DeviceDatabase, name: Name) {
  const { store } = database.transaction(name)
  const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()])
  return keys.map((key, place) => [key, values[place]!] as const)
}

const unsealed = <Value>(key: CryptoKey | undefined, sealed: Sealed): Promise<Value | undefined> => (key ? unseal<Value>(key, sealed).catch(() => undefined) : Promise.resolve(undefined))

/** The same act twice: for its author, with whatever became of it, and for the server, as it was written. */
async function sealing({ publicKey, server }: VaultRecord, { person, device }: Pick<Whose, 'person' | 'device'>, act: Act): Promise<Omit<ActRecord, 'owner' | 'act'>> {
  const { problem: _, ...asWritten } = act
  const from = act.entries[0]?.device ?? device
  const times = act.entries.map(({ writtenAt }) => writtenAt).toSorted()
  return {
    own: await sealTo(publicKey, JSON.stringify(act), ownText(act.id)),
    server: { key: server.id, sealed: await sealTo(fromBase64(server.publicKey), JSON.stringify({ chart: act.chart, writtenAt: asWritten.writtenAt, entries: act.entries }), sealedFor(act.id, { chart: act.chart, person, device: from })) },
    about: { chart: act.chart, stream: act.stream, device: from, session: act.entries[0]?.session ?? null, entries: act.entries.map(({ id }) => id), from: times[0] ?? act.writtenAt, to: times.at(-1) ?? act.writtenAt, files: filesNamedBy(act.entries) },
  }
}
const ownText = (act: string) => `openkap own ${act}`
const KEEPER = 'openkap keeper of what is here alone'
const ownFile = (sha256: string) => `openkap own file ${sha256}`

/** Files as acts: what is made is sealed twice, what is read is sealed as the charts it belongs to. */
const sealingFiles = ({ person, device }: Pick<Whose, 'person' | 'device'>, stands: () => Promise<VaultRecord>, open: () => OpenKeys | undefined, share: () => Promise<string | undefined>): FileSeal => ({
  async sealCopy(bytes) {
    const keys = open()
    return keys && { read: await sealBytes(keys.reading, bytes) }
  },
  async sealMade({ chart, sha256 }, bytes) {
    const { publicKey, server } = await stands()
    return { own: await sealTo(publicKey, bytes, ownFile(sha256)), server: { key: server.id, device, sealed: await sealTo(fromBase64(server.publicKey), bytes, fileSealedFor(sha256, { chart, person, device })) } }
  },
  async open({ sha256 }, { read, own }) {
    const keys = open()
    if (!keys) return undefined
    return (read ? openBytes(keys.reading, read) : own ? openSealed(keys.opens, own, ownFile(sha256)) : Promise.reject(new Error('nothing is sealed'))).catch(() => undefined)
  },
  keeping: {
    share, closed: () => open() === undefined,
    wrap: async (secret) => sealTo((await stands()).publicKey, secret, KEEPER),
    unwrap: async (sealed) => { const keys = open(); return keys && openSealed(keys.opens, sealed, KEEPER).catch(() => undefined) },
  },
})

async function changeVault(database: DeviceDatabase, person: string, change: (known: VaultRecord | undefined) => VaultRecord | undefined) {
  const writing = database.transaction('vaults', 'readwrite', { durability: 'strict' })
  const next = change(await writing.store.get(person))
  if (next) await writing.store.put(next, person)
  await writing.done
}

function keptVault(database: DeviceDatabase, whose: Whose, first: VaultRecord, ask: () => Promise<string | undefined>): KeptVault {
  const { person } = whose
  let open: OpenKeys | undefined
  const stands = async () => ({ record: await database.get('vaults', person), key: await database.get('keys', [person, 'device']) })
  const oldPin = async () => (await database.get('people', person))?.pin ?? null
  const dropOldPin = async () => {
    const writing = database.transaction('people', 'readwrite', { durability: 'strict' })
    const known = await writing.store.get(person)
    if (known?.pin) await writing.store.put({ ...known, pin: null }, person)
    await writing.done
  }

  async function openBy(by: By): Promise<boolean> {
    const { record, key } = await stands()
    const opened = record && key && (await openVault(record, key, by).catch(() => undefined))
    if (opened) open = opened
    return opened !== undefined
  }
  /** From now on this PIN opens it, where it can be opened by something else now. */
  async function wrapBy(by: By, pin: string): Promise<boolean> {
    const { record, key } = await stands()
    const next = record && key && (await withPin(record, key, by, pin))
    if (!next) return false
    await changeVault(database, person, (known) => known && { ...known, byPin: next.byPin, byDevice: null })
    await dropOldPin()
    return openBy({ pin })
  }
  return {
    files: sealingFiles(whose, async () => (await stands()).record ?? first, () => open, ask),
    closed: () => open === undefined,
    close: () => { open = undefined },
    async openWithout(share) { return (share !== undefined && (await openBy({ share }))) || openBy('device') },
    async triesLeft() { return (await stands()).record?.byPin?.triesLeft ?? (await oldPin())?.triesLeft ?? null },
    async keepTries(triesLeft) {
      const old = await oldPin()
      await changeVault(database, person, (known) => (known?.byPin ? { ...known, byPin: { ...known.byPin, triesLeft } } : undefined))
      if (!old) return
      const writing = database.transaction('people', 'readwrite', { durability: 'strict' })
      const known = await writing.store.get(person)
      if (known?.pin) await writing.store.put({ ...known, pin: { ...known.pin, triesLeft } }, person)
      await writing.done
    },
    async open(pin) {
      if (await openBy({ pin })) return true
      const old = await oldPin()
      return old !== null && (await pinFits(old, pin)) && wrapBy('device', pin)
    },
    async learn(pin) {
      if (await openBy({ pin })) { await this.keepTries(PIN_TRIES); return }
      const share = await ask()
      if (share === undefined || (await wrapBy({ share }, pin)) || (await wrapBy('device', pin))) return
      // Neither the server nor the PIN opens it any more: the next page begins anew, and the server gives back what waits.
      await startOver(database, person)
    },
    reading: () => open?.reading,
    guests: {
      all: async () => (await stands()).record?.guests ?? [],
      change: (how) => changeVault(database, person, (known) => known && { ...known, guests: how(known.guests ?? []) }),
      async keys() {
        const { key } = await stands()
        return key && open && { device: key, reading: open.reading }
      },
    },
    replaced: async () => (await stands()).record?.publicKey.join() !== first.publicKey.join(),
    sealAct: async (act) => sealing((await stands()).record ?? first, whose, act),
    async openAct({ act, own, sealed }) {
      if (!open) return undefined
      const opened = own && (await openSealed(open.opens, own, ownText(act)).catch(() => undefined))
      if (opened) return JSON.parse(textOf(opened)) as Act
      // A page that could not be told whom to seal for may have written beside this one.
      const outbox = sealed && (await database.get('keys', [person, 'outbox']))
      return outbox && unseal<Act>(outbox, sealed).catch(() => undefined)
    },
  }
}

/** What nothing opens any more goes. What was written and not sent stays, sealed for the server. */
export async function startOver(database: DeviceDatabase, person: string): Promise<void> {
  const writing = database.transaction(['keys', 'vaults', 'heads', 'pieces'], 'readwrite', { durability: 'strict' })
  await writing.objectStore('vaults').delete(person)
  await writing.objectStore('keys').delete([person, 'device'])
  for (const key of await writing.objectStore('heads').getAllKeys()) if (key[0] === person) await writing.objectStore('heads').delete(key)
  for (let piece = await writing.objectStore('pieces').openCursor(); piece; piece = await piece.continue()) if (piece.value.owner === person) await piece.delete()
  await writing.done
  tellPages(person)
}
