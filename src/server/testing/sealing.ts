import { webcrypto } from 'node:crypto'
import { sealedFor, type SealedAct } from '../../core/chart/quarantine.ts'

/** Seals as a device does, for tests of what the server makes of it. */
export async function sealFor(publicKey: string, act: string, whose: { readonly chart: string; readonly person: string; readonly device: string }, plain: SealedAct | string): Promise<string> {
  const { subtle } = webcrypto
  const curve = { name: 'ECDH', namedCurve: 'P-256' } as const
  const once = await subtle.generateKey(curve, true, ['deriveBits'])
  const point = new Uint8Array(await subtle.exportKey('raw', once.publicKey))
  const theirs = await subtle.importKey('raw', Buffer.from(publicKey, 'base64'), curve, false, [])
  const shared = await subtle.importKey('raw', await subtle.deriveBits({ name: 'ECDH', public: theirs }, once.privateKey, 256), 'HKDF', false, ['deriveKey'])
  const key = await subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt: point, info: Buffer.from('openkap envelope 1') }, shared, { name: 'AES-GCM', length: 256 }, false, ['encrypt'])
  const iv = webcrypto.getRandomValues(new Uint8Array(12))
  const data = await subtle.encrypt({ name: 'AES-GCM', iv, additionalData: Buffer.from(sealedFor(act, whose)) }, key, Buffer.from(typeof plain === 'string' ? plain : JSON.stringify(plain)))
  return Buffer.concat([point, iv, Buffer.from(data)]).toString('base64')
}
