import type { GuestRecord, GuestShelf } from '../guests.ts'
import { freshDeviceKey } from '../vault.ts'

/** Where guests are kept, in memory; `closed` as behind the lock. Tests only. */
export async function memoryShelf({ closed = (): boolean => false } = {}): Promise<GuestShelf> {
  const [device, reading] = [await freshDeviceKey(), await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])]
  let known: readonly GuestRecord[] = []
  return { all: async () => known, change: async (how) => { known = how(known) }, keys: async () => (closed() ? undefined : { device, reading }) }
}
