import { createHash } from 'node:crypto'

/** Bytes as a device sends them. Tests only. */
export const sent = (bytes: Uint8Array) => ({ sha256: createHash('sha256').update(bytes).digest('hex'), data: Buffer.from(bytes).toString('base64') })
