import { bytesOf, freshPair, openingKey, openSealed, sealTo } from './envelope.ts'
import type { GuestRecord } from './guests.ts'
import { PIN_TRIES, stretch } from './pin.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** The key that opens a store, wrapped. It takes the device's own key and one thing more that is not on the device. */
export interface Wrapped {
  readonly iv: Bytes
  readonly data: ArrayBuffer
}

/** What lies on the disk of what a person keeps here. Alone it opens nothing. */
export interface VaultRecord {
  /** Seals what is written, also while nothing can be read. */
  readonly publicKey: Bytes
  /** The key of what was read, sealed to it. */
  readonly reading: Bytes
  readonly byPin: { readonly salt: Bytes; readonly wrapped: Wrapped; readonly triesLeft: number } | null
  readonly byServer: Wrapped | null
  /** Only until a PIN has been typed on this device: so long the device alone opens it. */
  readonly byDevice: Wrapped | null
  /** Whom to seal for, so that nothing written here is lost with the keys of this device. */
  readonly server: { readonly id: string; readonly publicKey: string }
  /** Who else can sign on this device: what lies here of them goes with the rest. */
  readonly guests?: readonly GuestRecord[]
}

/** What an open store is read with. Neither can be read out again. */
export interface OpenKeys {
  readonly opens: CryptoKey
  readonly reading: CryptoKey
}

export type By = { readonly pin: string } | { readonly share: string } | 'device'

interface Making {
  readonly deviceKey: CryptoKey
  readonly share: string
  readonly server: VaultRecord['server']
}

/** A new store with nothing in it. Until a PIN is typed here the device opens it by itself: a page that is opened again without the network must not be blind. */
export async function makeVault({ deviceKey, share, server }: Making): Promise<VaultRecord> {
  const { publicKey, secret } = await freshPair()
  const reading = await sealTo(publicKey, crypto.getRandomValues(new Uint8Array(32)), READING)
  return { publicKey, reading, server, byPin: null, byServer: await wrap(deviceKey, bytesOf(`server ${share}`), secret), byDevice: await wrap(deviceKey, bytesOf('device'), secret) }
}

/** The keys of a store, or nothing where this does not open it. */
export async function openVault(record: VaultRecord, deviceKey: CryptoKey, by: By): Promise<OpenKeys | undefined> {
  const secret = await secretOf(record, deviceKey, by)
  if (!secret) return undefined
  const opens = await openingKey(secret)
  secret.fill(0)
  const raw = await openSealed(opens, record.reading, READING)
  const reading = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
  raw.fill(0)
  return { opens, reading }
}

/** The same store, and from now on this PIN opens it, and the device alone does not. Nothing where `by` does not open it. */
export async function withPin(record: VaultRecord, deviceKey: CryptoKey, by: By, pin: string): Promise<VaultRecord | undefined> {
  const secret = await secretOf(record, deviceKey, by)
  if (!secret) return undefined
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const wrapped = await wrap(deviceKey, await stretched(pin, salt), secret)
  secret.fill(0)
  return { ...record, byPin: { salt, wrapped, triesLeft: PIN_TRIES }, byDevice: null }
}

async function secretOf({ byPin, byServer, byDevice }: VaultRecord, deviceKey: CryptoKey, by: By): Promise<Bytes | undefined> {
  if (by === 'device') return byDevice ? unwrap(deviceKey, bytesOf('device'), byDevice) : undefined
  if ('share' in by) return byServer ? unwrap(deviceKey, bytesOf(`server ${by.share}`), byServer) : undefined
  return byPin ? unwrap(deviceKey, await stretched(by.pin, byPin.salt), byPin.wrapped) : undefined
}

const READING = 'openkap reading key'
export const stretched = async (pin: string, salt: Bytes): Promise<Bytes> => new Uint8Array(await stretch(pin, salt))

export const wrap = async (deviceKey: CryptoKey, other: Bytes, secret: Bytes): Promise<Wrapped> => {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await both(deviceKey, other), secret) }
}

export const unwrap = async (deviceKey: CryptoKey, other: Bytes, { iv, data }: Wrapped): Promise<Bytes | undefined> =>
  crypto.subtle.decrypt({ name: 'AES-GCM', iv }, await both(deviceKey, other), data).then((secret) => new Uint8Array(secret), () => undefined)

/** A key that takes both: the device's own, and what is not on the device. */
const both = async (deviceKey: CryptoKey, other: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', await crypto.subtle.sign('HMAC', deviceKey, other), 'AES-GCM', false, ['encrypt', 'decrypt'])

export const freshDeviceKey = (): Promise<CryptoKey> => crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign'])
