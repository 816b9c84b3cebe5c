import { webcrypto } from 'node:crypto'
import { lentText } from '../../core/chart/lent.ts'

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const

/** The pair of keys a device makes for its guest, as its browser would. Tests only. */
export async function guestKeys() {
  const { publicKey, privateKey } = await webcrypto.subtle.generateKey(CURVE, false, ['sign', 'verify'])
  return {
    publicKey: Buffer.from(await webcrypto.subtle.exportKey('raw', publicKey)).toString('base64'),
    /** The same entry with its proof. */
    async proven<Draft extends { readonly body: object }>(chart: string, by: string, draft: Draft): Promise<Draft> {
      const { signature } = draft.body as { signature: { lent: object } }
      const proof = Buffer.from(await webcrypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, Buffer.from(lentText(chart, { ...draft, by } as never)))).toString('base64')
      return { ...draft, body: { ...draft.body, signature: { ...signature, lent: { ...signature.lent, proof } } } }
    },
  }
}
