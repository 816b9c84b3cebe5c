import { bytesOf, freshPair, openingKey, openSealed, sealTo } from './envelope.ts'
import type { FilesDatabase } from './files.ts'
import type { Keeping } from './files-seal.ts'
import { freshDeviceKey, unwrap, wrap, type Wrapped } from './vault.ts'

type Bytes = Uint8Array<ArrayBuffer>

/**
 * What somebody keeps on this device and nowhere else outlives their sign-in: nobody could give it back. It is sealed to a pair
 * of its own. The private half lies here twice: sealed to the vault that is open now, behind its lock; and wrapped with a
 * key of this device and the server's share, which the server says to this person on this device and to nobody else. When the
 * vault was begun anew the second opens it, once the new vault is open, and it comes under that one.
 */
export interface KeeperRecord {
  readonly publicKey: Bytes
  readonly byVault: Bytes
  readonly byServer: Wrapped
}
interface Place {
  readonly owner: string
  readonly sha256: string
}

const keptAs = (sha256: string) => `openkap kept here alone ${sha256}`

/** Nothing where there is no pair yet and the server is not there to say its share. */
export async function keeperOf(database: FilesDatabase, owner: string, keeping: Keeping): Promise<KeeperRecord | undefined> {
  const known = await database.get('keepers', owner)
  if (known) return known
  const share = await keeping.share()
  if (share === undefined) return undefined
  const [{ publicKey, secret }, deviceKey] = [await freshPair(), await freshDeviceKey()]
  const record: KeeperRecord = { publicKey, byVault: await keeping.wrap(secret), byServer: await wrap(deviceKey, ofServer(share), secret) }
  secret.fill(0)
  const writing = database.transaction(['keepers', 'keys'], 'readwrite', { durability: 'strict' })
  const first = await writing.objectStore('keepers').get(owner) // Another tab may have been quicker.
  if (!first) {
    await writing.objectStore('keys').put(deviceKey, [owner, 'keeper'])
    await writing.objectStore('keepers').put(record, owner)
  }
  await writing.done
  return first ?? record
}

export async function sealHere(database: FilesDatabase, { owner, sha256 }: Place, keeping: Keeping, bytes: Bytes): Promise<Bytes> {
  const keeper = await keeperOf(database, owner, keeping)
  if (!keeper) throw new Error('nothing can be kept here alone before the server has been heard')
  return sealTo(keeper.publicKey, bytes, keptAs(sha256))
}

/** Nothing behind the lock, or where its keys are gone. */
export async function openHere(database: FilesDatabase, { owner, sha256 }: Place, keeping: Keeping, sealed: Bytes): Promise<Bytes | undefined> {
  const secret = await secretOf(database, owner, keeping)
  if (!secret) return undefined
  const opens = await openingKey(secret)
  secret.fill(0)
  return openSealed(opens, sealed, keptAs(sha256)).catch(() => undefined)
}

async function secretOf(database: FilesDatabase, owner: string, keeping: Keeping): Promise<Bytes | undefined> {
  const [record, deviceKey] = [await database.get('keepers', owner), await database.get('keys', [owner, 'keeper'])]
  if (!record || !deviceKey || keeping.closed()) return undefined
  const byVault = await keeping.unwrap(record.byVault)
  if (byVault) return byVault
  const share = await keeping.share()
  const secret = share === undefined ? undefined : await unwrap(deviceKey, ofServer(share), record.byServer)
  if (secret) await database.put('keepers', { ...record, byVault: await keeping.wrap(secret) }, owner)
  return secret
}

const ofServer = (share: string) => bytesOf(`keeper ${share}`)
