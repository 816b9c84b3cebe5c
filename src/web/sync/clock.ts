import { useSyncExternalStore } from 'react'
import { instant, type Instant } from '../../core/shared/time.ts'

const TICK_MS = 250
const KEPT_AS = 'openkap.clock-offset'
/** Below this a new measurement is the network's unsteadiness, not the clock's. */
const UNSTEADY_MS = 1_000
const SHOWN_FROM_MS = 5_000

export interface Clock {
  /** Milliseconds of the server's time, as well as this device knows it. */
  ms(): number
  now(): Instant
  /** Milliseconds of this device's own clock, which no correction moves: for waiting and for idleness. */
  deviceMs(): number
  /** How far this device's own clock is from the server's; positive when the device is behind. */
  offsetMs(): number
  /** The server said what time it is; asked and heard are on this device's own clock. */
  heard(serverNow: Instant, askedAtMs: number, heardAtMs: number): void
  onTick(listener: () => void): () => void
}

/** One clock for everything this browser shows and writes down. Corrected by the server, so two devices agree. */
export function createClock({ deviceMs = Date.now, kept = keptOffset, keep = keepOffset, ticker = startTicking }: Partial<ClockParts> = {}): Clock {
  let offset = kept()
  let stop = () => {}
  const listeners = new Set<() => void>()
  const tick = () => { for (const listener of listeners) listener() }
  const ms = () => deviceMs() + offset
  return {
    ms,
    now: () => instant(ms()),
    deviceMs,
    offsetMs: () => offset,
    heard(serverNow, askedAtMs, heardAtMs) {
      const measured = Date.parse(serverNow) - (askedAtMs + heardAtMs) / 2
      if (!Number.isFinite(measured)) return
      const moved = Math.abs(measured - offset) >= UNSTEADY_MS + (heardAtMs - askedAtMs) / 2
      if (moved) offset = Math.round(measured)
      // Another tab, gone since, may have kept what it heard late.
      if (moved || Math.abs(kept() - offset) >= UNSTEADY_MS) keep(offset)
      if (moved) tick()
    },
    onTick(listener) {
      if (listeners.size === 0) stop = ticker(tick)
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) stop()
      }
    },
  }
}

interface ClockParts {
  readonly deviceMs: () => number
  readonly kept: () => number
  readonly keep: (offsetMs: number) => void
  readonly ticker: (tick: () => void) => () => void
}

/** A hidden page's timers stand almost still; a worker's do not. Where there is no worker, the page's own must do. */
function startTicking(tick: () => void): () => void {
  if (typeof Worker === 'undefined') {
    const timer = setInterval(tick, TICK_MS)
    return () => clearInterval(timer)
  }
  const worker = new Worker(new URL('./tick.worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', tick)
  return () => worker.terminate()
}

function keptOffset(): number {
  try { return Number(globalThis.localStorage?.getItem(KEPT_AS)) || 0 } catch { return 0 }
}
function keepOffset(offsetMs: number) {
  try { globalThis.localStorage?.setItem(KEPT_AS, String(offsetMs)) } catch { /* A browser that keeps nothing measures again. */ }
}

/** The clock of this page. */
export const clock: Clock = createClock()

/** The time, drawn again every so many milliseconds, also while the tab is hidden. */
export function useNow(everyMs: number, by: Clock = clock): Instant {
  useSyncExternalStore(by.onTick, () => Math.floor(by.ms() / everyMs), () => 0)
  return by.now()
}

/** In words, once the device's own clock is more than five seconds off; else nothing. */
export function offsetInWords(offsetMs: number): string | undefined {
  if (Math.abs(offsetMs) <= SHOWN_FROM_MS) return undefined
  const seconds = Math.round(Math.abs(offsetMs) / 1_000)
  const amount = seconds < 120 ? `${seconds} seconds` : seconds < 7_200 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 3_600)} hours`
  return `This device's own clock is ${amount} ${offsetMs > 0 ? 'behind' : 'ahead'}. Times here are the server's.`
}
