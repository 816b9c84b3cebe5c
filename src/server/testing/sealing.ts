import { webcrypto } from 'node:crypto'
import { fileSealedFor, sealedFor, type SealedAct } from '../../core/chart/quarantine.ts'

interface Whose {
  readonly chart: string
  readonly person: string
  readonly device: string
}

/** Seals as a device does, for tests of what the server makes of it. */
export const sealFor = (publicKey: string, act: string, whose: Whose, plain: SealedAct | string): Promise<string> =>
  sealAs(publicKey, sealedFor(act, whose), Buffer.from(typeof plain === 'string' ? plain : JSON.stringify(plain)))

/** The bytes of a file, as what they are or as something else. */
export const sealFileFor = (publicKey: string, sha256: string, whose: Whose, bytes: Uint8Array): Promise<string> => sealAs(publicKey, fileSealedFor(sha256, whose), Buffer.from(bytes))

async function sealAs(publicKey: string, belongs: string, plain: Buffer): Promise<string> {
  const { subtle } = webcrypto
  const curve = { name: 'ECDH', namedCurve: 'P-256' } as const
  const once = await subtle.generateKey(curve, true, ['deriveBits'])
  const point = new Uint8Array(await subtle.exportKey('raw', once.publicKey))
  const theirs = await subtle.importKey('raw', Buffer.from(publicKey, 'base64'), curve, false, [])
  const shared = await subtle.importKey('raw', await subtle.deriveBits({ name: 'ECDH', public: theirs }, once.privateKey, 256), 'HKDF', false, ['deriveKey'])
  const key = await subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt: point, info: Buffer.from('openkap envelope 1') }, shared, { name: 'AES-GCM', length: 256 }, false, ['encrypt'])
  const iv = webcrypto.getRandomValues(new Uint8Array(12))
  const data = await subtle.encrypt({ name: 'AES-GCM', iv, additionalData: Buffer.from(belongs) }, key, plain)
  return Buffer.concat([point, iv, Buffer.from(data)]).toString('base64')
}
