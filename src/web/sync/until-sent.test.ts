import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ChartSnapshot } from './chart-copy.ts'
import { untilSent } from './chart-on-device.ts'
import { Offline } from './client.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** A chart on a device of which so many acts are still on their way. */
function chart(waiting: number, connection: ChartSnapshot['connection'] = 'live') {
  const listeners = new Set<() => void>()
  let now = { waiting: Array.from({ length: waiting }), connection } as unknown as ChartSnapshot
  return {
    listeners, snapshot: () => now, subscribe: (listener: () => void) => { listeners.add(listener); return () => { listeners.delete(listener) } },
    become: (left: number, as = connection) => { now = { ...now, waiting: Array.from({ length: left }) as never, connection: as }; for (const each of listeners) each() },
  }
}

describe('an act that the server judges waits for what was written a moment ago', () => {
  test('nothing is on its way: at once', async () => {
    const one = chart(0, 'away')
    await untilSent(one)
    expect(one.listeners.size).toBe(0)
  })
  test('until the last of it has arrived', async () => {
    const one = chart(2)
    const done = vi.fn()
    const sent = untilSent(one).then(done)
    one.become(1)
    await vi.advanceTimersByTimeAsync(100)
    expect(done).not.toHaveBeenCalled()
    one.become(0)
    await sent
    expect(one.listeners.size).toBe(0)
  })
  test.each([
    ['without a connection', (one: ReturnType<typeof chart>) => one.become(1, 'away')], ['or when it takes too long', () => vi.advanceTimersByTime(60_000)],
  ])('%s it says so', async (_, happens) => {
    const one = chart(1)
    const sent = expect(untilSent(one)).rejects.toBeInstanceOf(Offline)
    happens(one)
    await sent
    expect(one.listeners.size).toBe(0)
  })
})
