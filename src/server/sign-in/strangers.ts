const TRIES = 5
const MINUTE_MS = 60_000
const REMEMBERED = 10_000

/** Tries at addresses that nobody has: closed after as many, and for as long, as those of somebody who is here. */
export function countStrangers(now: () => number = Date.now) {
  const tried = new Map<string, { failures: number; lockedUntil: number }>()
  return {
    mayTry(address: string): boolean {
      const key = address.normalize('NFKC').trim().toLowerCase()
      const { failures, lockedUntil } = tried.get(key) ?? { failures: 0, lockedUntil: 0 }
      if (lockedUntil > now()) return false
      if (tried.size >= REMEMBERED) tried.clear()
      tried.set(key, { failures: failures + 1, lockedUntil: failures + 1 >= TRIES ? now() + Math.min(60, 2 ** (failures - 3)) * MINUTE_MS : 0 })
      return true
    },
  }
}
