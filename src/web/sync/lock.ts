import { call, Offline, Refused } from './client.ts'
import { makePin, pinFits, PIN_TRIES } from './pin.ts'
import type { PinRecord } from './database.ts'

/** What a person keeps on this device, as far as it can be opened and closed. */
export interface Vault {
  closed(): boolean
  /** How often the PIN may still be tried here without the server; nothing where this device has never seen it. */
  triesLeft(): Promise<number | null>
  keepTries(left: number): Promise<void>
  /** Whether this PIN opens it: and then it is open. */
  open(pin: string): Promise<boolean>
  /** The server knows this PIN to be right: it is open, and from now on this PIN opens it without the server as well. */
  learn(pin: string): Promise<void>
  /** Nothing that opens it stays in memory. */
  close(): void
}

/** Where this device remembers how to let this person back in. */
export interface LockMemory {
  /** Where there is none, a PIN only gates the screen. */
  readonly vault?: Vault
  pin(): Promise<PinRecord | null>
  keepPin(pin: PinRecord | null): Promise<void>
}

export type Unlocked =
  | { readonly open: true }
  | { readonly open: false; readonly triesLeft: number; readonly say: string }

const GONE = 'Too many wrong tries. What this device had read is deleted; what you wrote here is kept. Sign in again with your code.'
const wrong = (triesLeft: number): Unlocked => ({ open: false, triesLeft, say: triesLeft > 0 ? `That PIN is not right. ${triesLeft} ${triesLeft === 1 ? 'try' : 'tries'} left.` : GONE })

/** Lets a person back in by their PIN: asked of the server where it answers, else of what this device remembers. */
export async function tryPin(memory: LockMemory, hasPin: boolean, pin: string, ask: typeof askServer = askServer): Promise<Unlocked> {
  if (!hasPin) return { open: false, triesLeft: 0, say: 'You have no PIN yet. Sign in again, then set one.' }
  try {
    const { right, triesLeft } = await ask(pin)
    if (right) await rememberPin(memory, pin)
    else if (triesLeft === 0 && !memory.vault) await memory.keepPin(null)
    return right ? { open: true } : wrong(triesLeft)
  } catch (failure) {
    if (failure instanceof Refused && failure.status === 401) return { open: false, triesLeft: 0, say: failure.say }
    if (failure instanceof Refused && failure.status < 500) return { open: false, triesLeft: 1, say: failure.say }
    if (failure instanceof Offline || failure instanceof Refused) return tryAlone(memory, pin)
    throw failure
  }
}

/** The server knows it to be right. */
export const rememberPin = async (memory: LockMemory, pin: string): Promise<void> =>
  memory.vault ? memory.vault.learn(pin) : memory.keepPin(await makePin(pin))

/** Without the network. A try counts before it is judged, so that nobody gains one by closing the page. */
async function tryAlone(memory: LockMemory, pin: string): Promise<Unlocked> {
  const vault = memory.vault ?? alone(memory)
  const known = await vault.triesLeft()
  if (known === null) return { open: false, triesLeft: 1, say: 'This device has not seen your PIN yet, and there is no connection to ask. It opens once the connection is back.' }
  const triesLeft = known - 1
  if (triesLeft < 0) return wrong(0)
  await vault.keepTries(triesLeft)
  if (!(await vault.open(pin))) return wrong(triesLeft)
  await vault.keepTries(PIN_TRIES)
  return { open: true }
}

/** Where nothing is locked away, and the PIN is only compared. */
const alone = (memory: LockMemory): Pick<Vault, 'triesLeft' | 'keepTries' | 'open'> => ({
  triesLeft: async () => (await memory.pin())?.triesLeft ?? null,
  async keepTries(triesLeft) {
    const known = await memory.pin()
    if (known) await memory.keepPin({ ...known, triesLeft })
  },
  async open(pin) {
    const known = await memory.pin()
    return known !== null && pinFits(known, pin)
  },
})

const askServer = (pin: string) => call('unlock', { body: { pin } })
