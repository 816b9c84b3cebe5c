import type { PinRecord } from './database.ts'

export const PIN_TRIES = 5
/** Slow on purpose: a PIN has few digits, and only the work of one try protects it. */
const ROUNDS = 600_000

export async function makePin(pin: string): Promise<PinRecord> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  return { salt, check: await stretch(pin, salt), triesLeft: PIN_TRIES }
}

export async function pinFits({ salt, check }: PinRecord, pin: string): Promise<boolean> {
  const [known, tried] = [new Uint8Array(check), new Uint8Array(await stretch(pin, salt))]
  return known.length === tried.length && known.reduce((differs, byte, place) => differs | (byte ^ tried[place]!), 0) === 0
}

export async function stretch(pin: string, salt: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveBits'])
  return crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ROUNDS }, key, 256)
}
