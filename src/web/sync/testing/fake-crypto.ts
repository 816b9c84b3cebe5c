type Bytes = Uint8Array<ArrayBuffer>
interface FakeKey {
  readonly secret: Bytes
}

/**
 * What stands for the browser's cryptography in a life: it answers at once and the same for the same seed, opens only with
 * what it was sealed with, and keeps nothing from anybody. How well the real one seals is told by the tests of the vault.
 */
export function fakeCrypto() {
  let pairs = 0
  return {
    generateKey: async () => {
      const secret = spread(SECRET, number((pairs += 1)))
      return { privateKey: { secret }, publicKey: { secret: halfOf(secret) } }
    },
    exportKey: async (_format: string, { secret }: FakeKey) => secret.slice().buffer,
    importKey: async (format: string, raw: BufferSource): Promise<FakeKey> => ({ secret: format === 'pkcs8' ? halfOf(asBytes(raw)) : asBytes(raw).slice() }),
    deriveBits: async ({ salt }: { readonly salt: Bytes }, { secret }: FakeKey) => spread(secret, salt).buffer,
    sign: async (how: string | object, { secret }: FakeKey, data: BufferSource) => (how === 'HMAC' ? spread(secret, asBytes(data)) : signedBy(secret, asBytes(data))).buffer,
    encrypt: async (_how: object, { secret }: FakeKey, data: BufferSource) => joined(spread(secret, asBytes(data)), asBytes(data)).buffer,
    async decrypt(_how: object, { secret }: FakeKey, sealed: BufferSource) {
      const data = asBytes(sealed).slice(32)
      if (spread(secret, data).some((byte, at) => byte !== asBytes(sealed)[at])) throw new Error('Sealed with something else')
      return data.buffer
    },
  }
}

/** A key of a shelf, which nobody makes. */
export const fakeKey = (name: string) => ({ secret: spread(new TextEncoder().encode(name)) }) as unknown as CryptoKey
/** Whether the half that signs belongs to this one. */
export const fakeFits = (publicKey: Bytes, text: Bytes, proof: Bytes): boolean => signedBy(publicKey, text).join() === proof.join()

const SECRET = new Uint8Array([7])
const HALF = new Uint8Array([9])
const number = (value: number) => new Uint8Array([value >> 8, value & 255])
const halfOf = (secret: Bytes) => joined(spread(HALF, secret), HALF)
const signedBy = (half: Bytes, data: Bytes) => joined(spread(half, data), spread(data, half))

/** 32 bytes that depend on all of these. */
function spread(...parts: readonly Bytes[]): Bytes {
  const out = new Uint32Array(8)
  let hash = 0x811c9dc5
  for (const part of parts) {
    for (const byte of part) hash = Math.imul(hash ^ byte, 0x01000193)
    hash = Math.imul(hash ^ part.length, 0x01000193)
  }
  for (let at = 0; at < out.length; at += 1) out[at] = hash = Math.imul((hash ^ (hash >>> 15)) + at + 1, 0x2c1b3c6d)
  return new Uint8Array(out.buffer)
}

function joined(...parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) { whole.set(part, at); at += part.length }
  return whole
}

const asBytes = (source: BufferSource): Bytes => (source instanceof ArrayBuffer ? new Uint8Array(source) : new Uint8Array(source.buffer as ArrayBuffer, source.byteOffset, source.byteLength))
