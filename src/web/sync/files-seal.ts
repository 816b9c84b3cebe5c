import type { Sealed } from './database.ts'

/**
 * The one place where the bytes of files are made unreadable on this device and readable again. `copies` are what was read
 * of others, `outbox` what somebody made here and nobody else has: each with a key of its own, which no script can read out.
 * Whoever keeps other keys for a person puts them behind these two.
 */
export interface FileSeal {
  seal(bytes: Uint8Array<ArrayBuffer>): Promise<Sealed>
  open(sealed: Sealed): Promise<Uint8Array<ArrayBuffer>>
}

export const sealWith = (key: CryptoKey): FileSeal => ({
  async seal(bytes) {
    const iv = crypto.getRandomValues(new Uint8Array(12))
    return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes) }
  },
  open: async ({ iv, data }) => new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, data)),
})

export const newFileKey = (): Promise<CryptoKey> => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
