import type { Clock } from './clock.ts'
import type { Patience } from './keep-sending.ts'

/** Waits by the clock's own ticks, which go on while the tab is hidden. A clock that is put back meanwhile makes nobody wait longer. */
export const laterBy = (clock: Pick<Clock, 'onTick' | 'deviceMs'>): Patience['later'] => (act, afterMs) => {
  let leftMs = afterMs
  let lastMs = clock.deviceMs()
  const stop = clock.onTick(() => {
    const now = clock.deviceMs()
    leftMs -= Math.max(0, now - lastMs)
    lastMs = now
    if (leftMs <= 0) { stop(); act() }
  })
  return stop
}

/** When somebody comes back to this page, or the network does. */
export function onReturn(act: () => void): () => void {
  if (typeof document === 'undefined') return () => {}
  const seen = () => { if (document.visibilityState === 'visible') act() }
  addEventListener('online', act)
  document.addEventListener('visibilitychange', seen)
  return () => { removeEventListener('online', act); document.removeEventListener('visibilitychange', seen) }
}
