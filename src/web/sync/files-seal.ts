import type { Sealed } from './database.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** The bytes of a file as they lie here. */
export interface SealedBytes {
  /** As it was kept before there was a vault, or while nobody could say whom to seal for: with a key this page can use. */
  readonly sealed?: Sealed
  /** A copy of what the server holds, for as long as the store is not begun anew. */
  readonly read?: Sealed
  /** What was made here, for whoever opens the vault. */
  readonly own?: Bytes
  /** The same for the server: it outlives the keys of this device. */
  readonly server?: { readonly key: string; readonly device: string; readonly sealed: Bytes }
  /** What is kept on this device and nowhere else. */
  readonly here?: Bytes
}

/** What stands behind the lock of a vault, and what the server says to whoever is signed in. */
export interface Keeping {
  closed(): boolean
  wrap(secret: Bytes): Promise<Bytes>
  /** Nothing while the vault is closed, or where it was sealed to another. */
  unwrap(sealed: Bytes): Promise<Bytes | undefined>
  share(): Promise<string | undefined>
}

interface Of {
  readonly chart: string
  readonly sha256: string
}

/** How one person's files are made unreadable on this device and readable again: with the keys of everything else they keep here. */
export interface FileSeal {
  /** Nothing while the store is closed: then no copy is kept, and the server is asked again. */
  sealCopy(bytes: Bytes): Promise<SealedBytes | undefined>
  /** Always possible, also while nothing can be read. */
  sealMade(file: Of, bytes: Bytes): Promise<SealedBytes>
  /** Nothing while the store is closed, or where the keys it was sealed with are gone. */
  open(file: Of, sealed: SealedBytes): Promise<Bytes | undefined>
  readonly keeping: Keeping
}

export async function sealBytes(key: CryptoKey, bytes: Bytes): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes) }
}

export const openBytes = async (key: CryptoKey, { iv, data }: Sealed): Promise<Bytes> => new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, data))

export const newFileKey = (): Promise<CryptoKey> => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
