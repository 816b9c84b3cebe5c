/** Time that passes only when it is told to, and everything that is to happen in it. */
export interface Time {
  ms: number
  after(delayMs: number, act: () => void): void
  onTick(listener: () => void): () => void
  /** Something has begun that goes on without time passing. */
  stir(): void
  pass(ms: number, tickMs?: number): Promise<void>
}

interface Due {
  readonly ms: number
  readonly order: number
  readonly act: () => void
}

const TICK_MS = 1_000
const TOGETHER_MS = 40

/** Lets everything that can happen without time passing happen: a life waits for promises alone, and those are through when the next tick comes. */
export const breathe = () => new Promise<void>((resolve) => { nextTick(resolve) })
const { nextTick } = (globalThis as unknown as { process: { nextTick(act: () => void): void } }).process

export function simTime(startMs: number): Time {
  const heap: Due[] = []
  const listeners = new Set<() => void>()
  let order = 0
  let stirred = false

  const time: Time = {
    ms: startMs,
    after(delayMs, act) { push(heap, { ms: time.ms + delayMs, order: (order += 1), act }) },
    onTick(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stir() { stirred = true },
    async pass(ms, tickMs = TICK_MS) {
      for (const until = time.ms + ms; time.ms < until;) {
        const tickAt = Math.min(until, time.ms + tickMs)
        for (let first = heap[0]; first && first.ms <= tickAt; first = heap[0]) {
          // What falls together happens together; what follows from it finds its own time before the next tick.
          time.ms = Math.min(tickAt, first.ms + TOGETHER_MS)
          while (heap.length > 0 && heap[0]!.ms <= time.ms) pop(heap).act()
          stirred = false
          await breathe()
        }
        time.ms = tickAt
        const now = Array.from(listeners)
        for (const tick of now) tick()
        if (!stirred) continue
        stirred = false
        await breathe()
      }
    },
  }
  return time
}

const sooner = (a: Due, b: Due) => a.ms < b.ms || (a.ms === b.ms && a.order < b.order)

function push(heap: Due[], due: Due) {
  let place = heap.push(due) - 1
  while (place > 0) {
    const above = (place - 1) >> 1
    if (!sooner(due, heap[above]!)) break
    heap[place] = heap[above]!
    place = above
  }
  heap[place] = due
}

function pop(heap: Due[]): Due {
  const first = heap[0]!
  const last = heap.pop()!
  if (heap.length === 0) return first
  let place = 0
  for (;;) {
    let child = 2 * place + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && sooner(heap[child + 1]!, heap[child]!)) child += 1
    if (!sooner(heap[child]!, last)) break
    heap[place] = heap[child]!
    place = child
  }
  heap[place] = last
  return first
}
