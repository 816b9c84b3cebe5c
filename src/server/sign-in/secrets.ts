import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

/** What a browser or a mail holds: 256 unguessable bits. The database keeps only their digest. */
export const newToken = () => randomBytes(32).toString('base64url')

const ARGON = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
/** Argon2id takes a core for some thirty milliseconds: a burst of sign-ins must not take the room's entries hostage. */
const atOnce = 2
let running = 0
const queue: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) await new Promise<void>((go) => queue.push(go))
  running += 1
  try {
    return await work()
  } finally {
    running -= 1
    queue.shift()?.()
  }
}

export const hashSecret = (secret: string) => inTurn(() => hash(secret.normalize('NFC'), ARGON))
export const secretMatches = (hashed: string, secret: string) => inTurn(() => verify(hashed, secret.normalize('NFC')))

/** A hash of nothing anybody knows: verifying against it takes as long for an address we do not have as for one we do. */
export const nobodysHash = hashSecret(newToken())

/** AES-256-GCM under the installation's secret, for what must be read back: one-time-code secrets. */
export function seal(secret: Buffer, plain: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', secret, nonce)
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64')
}

export function unseal(secret: Buffer, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, 12))
  decipher.setAuthTag(bytes.subarray(12, 28))
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
}
