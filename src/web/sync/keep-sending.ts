import type { Outbox } from './outbox.ts'

const FIRST_WAIT_MS = 500
/** Short, because a connection that has come back has to empty the queue within half a minute by itself. */
const LONGEST_WAIT_MS = 10_000

export interface Patience {
  readonly later: (act: () => void, afterMs: number) => () => void
  /** Between 0 and 1: devices that lost the same server do not all come back in the same moment. */
  readonly chance: () => number
  readonly nowMs: () => number
}

export interface Sending {
  /** The connection may be back: try now. */
  wake(): void
  close(): void
}

/** Sends what waits, now and again, until nothing is left; waits longer each time nobody answers. */
export function keepSending(outbox: Outbox, { later, chance, nowMs }: Patience): Sending {
  let waitMs = FIRST_WAIT_MS
  let cancel = () => {}
  let busy = false
  let asked = false
  let closed = false

  async function run() {
    cancel()
    asked = true
    if (busy || closed) return
    busy = true
    const beganMs = nowMs()
    let done = false
    while (asked && !closed) {
      asked = false
      const before = outbox.acts().length
      done = await outbox.round().catch(() => false)
      if (done || outbox.acts().length < before) waitMs = FIRST_WAIT_MS
    }
    busy = false
    if (done || closed || outbox.signedOut()) return
    // Whoever waited for an answer that did not come has waited already.
    const waitedMs = Math.max(0, nowMs() - beganMs)
    cancel = later(() => void run(), Math.max(FIRST_WAIT_MS, waitMs - waitedMs) * (0.75 + chance() / 2))
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
  }

  let known = waiting(outbox)
  const stop = outbox.onChange(() => {
    const count = waiting(outbox)
    if (count > known) void run()
    known = count
  })
  void run()
  return {
    wake() { waitMs = FIRST_WAIT_MS; void run() },
    close() { closed = true; stop(); cancel() },
  }
}

const waiting = (outbox: Outbox) => outbox.acts().filter((act) => !act.problem).length
