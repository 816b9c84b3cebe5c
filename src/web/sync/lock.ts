import { call, Offline, Refused } from './client.ts'
import { makePin, pinFits, PIN_TRIES } from './pin.ts'
import type { PinRecord } from './database.ts'

/** Where this device remembers how to let this person back in. */
export interface LockMemory {
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
    await memory.keepPin(right ? await makePin(pin) : triesLeft > 0 ? await memory.pin() : null)
    return right ? { open: true } : wrong(triesLeft)
  } catch (failure) {
    if (failure instanceof Refused && failure.status === 401) return { open: false, triesLeft: 0, say: failure.say }
    if (failure instanceof Refused && failure.status < 500) return { open: false, triesLeft: 1, say: failure.say }
    if (failure instanceof Offline || failure instanceof Refused) return tryAlone(memory, pin)
    throw failure
  }
}

/** Without the network. A try counts before it is judged, so that nobody gains one by closing the page. */
async function tryAlone(memory: LockMemory, pin: string): Promise<Unlocked> {
  const known = await memory.pin()
  if (!known) return { open: false, triesLeft: 1, say: 'This device has not seen your PIN yet, and there is no connection to ask. It opens once the connection is back.' }
  const triesLeft = known.triesLeft - 1
  if (triesLeft < 0) return wrong(0)
  await memory.keepPin({ ...known, triesLeft })
  if (!(await pinFits(known, pin))) return wrong(triesLeft)
  await memory.keepPin({ ...known, triesLeft: PIN_TRIES })
  return { open: true }
}

const askServer = (pin: string) => call('unlock', { body: { pin } })
