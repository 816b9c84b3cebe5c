const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const
const POINT = 65
const NONCE = 12
type Bytes = Uint8Array<ArrayBuffer>

export interface Pair {
  /** Whoever has it can seal, and can open nothing. */
  readonly publicKey: Bytes
  /** As it is wrapped; gone from memory as soon as that was done. */
  readonly secret: Bytes
}

export async function freshPair(): Promise<Pair> {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(CURVE, true, ['deriveBits'])
  return { publicKey: new Uint8Array(await crypto.subtle.exportKey('raw', publicKey)), secret: new Uint8Array(await crypto.subtle.exportKey('pkcs8', privateKey)) }
}

/** The key that opens, for use and not to be read out again. */
export const openingKey = (secret: Bytes): Promise<CryptoKey> => crypto.subtle.importKey('pkcs8', secret, CURVE, false, ['deriveBits'])

/** Seals so that only the holder of the other half can open, and only as what it was sealed as. Whoever sealed it cannot. */
export async function sealTo(publicKey: Bytes, plain: Bytes | string, belongs: string): Promise<Bytes> {
  const once = await crypto.subtle.generateKey(CURVE, false, ['deriveBits'])
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', once.publicKey))
  const key = await agreed(once.privateKey, await crypto.subtle.importKey('raw', publicKey, CURVE, false, []), point, 'encrypt')
  const iv = crypto.getRandomValues(new Uint8Array(NONCE))
  const data = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bytesOf(belongs) }, key, typeof plain === 'string' ? bytesOf(plain) : plain))
  const sealed = new Uint8Array(POINT + NONCE + data.length)
  sealed.set(point)
  sealed.set(iv, POINT)
  sealed.set(data, POINT + NONCE)
  return sealed
}

/** Throws where it was sealed for somebody else, as something else, or was changed. */
export async function openSealed(opens: CryptoKey, sealed: Bytes, belongs: string): Promise<Bytes> {
  const point = sealed.slice(0, POINT)
  const key = await agreed(opens, await crypto.subtle.importKey('raw', point, CURVE, false, []), point, 'decrypt')
  return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.slice(POINT, POINT + NONCE), additionalData: bytesOf(belongs) }, key, sealed.slice(POINT + NONCE)))
}

async function agreed(mine: CryptoKey, theirs: CryptoKey, point: Bytes, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  const shared = await crypto.subtle.importKey('raw', await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, mine, 256), 'HKDF', false, ['deriveKey'])
  return crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt: point, info: bytesOf('openkap envelope 1') }, shared, { name: 'AES-GCM', length: 256 }, false, [use])
}

export const bytesOf = (text: string): Bytes => new TextEncoder().encode(text)
export const textOf = (bytes: Bytes): string => new TextDecoder().decode(bytes)
/** In pieces: a long list of arguments is more than an engine takes at once. */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(text)
}
export const fromBase64 = (text: string): Bytes => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
