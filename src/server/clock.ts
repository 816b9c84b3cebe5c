import { instant, type Instant } from '../core/shared/time.ts'

/** The one clock of the server. Everything that asks for the time asks here, so that a test or a demonstration can set it. */
export interface Clock {
  now(): Instant
  /** Sets the time; the clock then goes on from there. Only the sample practice's server offers it. */
  set?(now: Instant): void
  /** Whoever waits for a time wants to hear that it was set. */
  readonly moved?: (heard: () => void) => void
}

export const wallClock: Clock = { now: () => instant(Date.now()) }

/** A clock that can be set and goes on by itself, for the embedded sample practice and for tests. */
export function settableClock(start?: Instant): Required<Clock> {
  let offsetMs = start ? Date.parse(start) - Date.now() : 0
  const waiting: (() => void)[] = []
  return {
    now: () => instant(Date.now() + offsetMs),
    set: (now) => { offsetMs = Date.parse(now) - Date.now(); for (const heard of waiting) heard() },
    moved: (heard) => { waiting.push(heard) },
  }
}
