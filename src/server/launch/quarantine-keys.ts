import { createHash, webcrypto } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { CannotStart } from './cannot-start.ts'

/** Devices seal to the newest; what was sealed to an older one is still opened. */
export interface QuarantineKeys {
  readonly newest: { readonly id: string; readonly publicKey: string }
  /** What was sealed for this text, or nothing where no key of this server opens it. */
  open(key: string, sealed: Buffer, belongs: string): Promise<Buffer | undefined>
}

const kept = z.array(z.object({ id: z.string(), madeAt: z.string(), publicKey: z.string(), privateKey: z.string() })).min(1)
type Kept = z.infer<typeof kept>
const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const
/** So old, and a new one is made beside it. Old ones are never thrown away: a device may bring what it sealed long ago. */
const DAYS = 180

/** The keys of this installation, made at its first start. Without them nobody reads what devices sealed for the server. */
export async function quarantineKeys(folder: string, nowMs = Date.now()): Promise<QuarantineKeys> {
  const file = path.join(folder, 'quarantine-keys')
  const known = existsSync(file) ? read(file) : []
  if (known[0] && nowMs - Date.parse(known[0].madeAt) < DAYS * 86_400_000) return keysOf(known)
  const all = [await fresh(nowMs), ...known]
  const half = `${file}.${process.pid}`
  writeFileSync(half, JSON.stringify(all), { mode: 0o600, flush: true })
  renameSync(half, file)
  return keysOf(all)
}

/** Keys that end with the process: for tests. */
export const passingKeys = async (): Promise<QuarantineKeys> => keysOf([await fresh(Date.now())])

function read(file: string): Kept {
  try {
    return kept.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    throw new CannotStart(`The file ${file} is damaged: without it nobody can open what devices have sealed for this server. Put it back from the backup; nothing was changed.`)
  }
}

async function fresh(nowMs: number): Promise<Kept[number]> {
  const { publicKey, privateKey } = await webcrypto.subtle.generateKey(CURVE, true, ['deriveBits'])
  const [open, secret] = [Buffer.from(await webcrypto.subtle.exportKey('raw', publicKey)), Buffer.from(await webcrypto.subtle.exportKey('pkcs8', privateKey))]
  return { id: createHash('sha256').update(open).digest('hex').slice(0, 16), madeAt: new Date(nowMs).toISOString(), publicKey: open.toString('base64'), privateKey: secret.toString('base64') }
}

function keysOf(all: Kept): QuarantineKeys {
  const { id, publicKey } = all[0]!
  return {
    newest: { id, publicKey },
    async open(key, sealed, belongs) {
      const one = all.find((each) => each.id === key)
      return one && openWith(one, sealed, belongs).catch(() => undefined)
    },
  }
}

const POINT = 65
const NONCE = 12

/** As a device seals: a key of one use, agreed with the server's, spread, and AES-GCM under it. */
async function openWith({ privateKey }: Kept[number], sealed: Buffer, belongs: string): Promise<Buffer> {
  const { subtle } = webcrypto
  const point = sealed.subarray(0, POINT)
  const [mine, theirs] = await Promise.all([subtle.importKey('pkcs8', Buffer.from(privateKey, 'base64'), CURVE, false, ['deriveBits']), subtle.importKey('raw', point, CURVE, false, [])])
  const shared = await subtle.importKey('raw', await subtle.deriveBits({ name: 'ECDH', public: theirs }, mine, 256), 'HKDF', false, ['deriveKey'])
  const key = await subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt: point, info: Buffer.from('openkap envelope 1') }, shared, { name: 'AES-GCM', length: 256 }, false, ['decrypt'])
  const opened = await subtle.decrypt({ name: 'AES-GCM', iv: sealed.subarray(POINT, POINT + NONCE), additionalData: Buffer.from(belongs) }, key, sealed.subarray(POINT + NONCE))
  return Buffer.from(opened)
}
