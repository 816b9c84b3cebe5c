import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { StoredEntry } from '../../core/chart/entry.ts'
import { inOrder } from './in-order.ts'

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })
const entry = (seq: number) => ({ seq }) as StoredEntry

test('whatever the order in which commits are heard of, each number is passed on once and in turn', () => {
  fc.assert(fc.property(fc.shuffledSubarray(Array.from({ length: 12 }, (_, at) => at + 1), { minLength: 12 }), fc.array(fc.integer({ min: 1, max: 12 })), (order, again) => {
    const passed: number[] = []
    const one = inOrder(0, (entries) => passed.push(...entries.map(({ seq }) => seq)), async () => ({ entries: [], last: 0 }))
    for (const seq of [...order, ...again]) one.hear([entry(seq)])
    expect(passed).toEqual(Array.from({ length: 12 }, (_, at) => at + 1))
    one.end()
  }))
})

test('what never comes is asked for after a moment, and what this reader may not see is stepped over', async () => {
  const passed: number[] = []
  const asked: number[] = []
  const one = inOrder(3, (entries) => passed.push(...entries.map(({ seq }) => seq)), async (after) => {
    asked.push(after)
    return { entries: [entry(4), entry(7)], last: 7 }
  })
  one.hear([entry(7)])
  expect(passed).toEqual([])
  await vi.advanceTimersByTimeAsync(250)
  expect([asked, passed, one.last()]).toEqual([[3], [4, 7], 7])
  one.hear([entry(8)])
  expect(passed).toEqual([4, 7, 8])
  one.end()
})

test('a reread that fails is tried again, and an ended stream asks no more', async () => {
  const passed: number[] = []
  let tries = 0
  const one = inOrder(0, (entries) => passed.push(...entries.map(({ seq }) => seq)), async () => {
    tries += 1
    if (tries === 1) throw new Error('away')
    return { entries: [entry(1), entry(2)], last: 2 }
  })
  one.hear([entry(2)])
  await vi.advanceTimersByTimeAsync(250)
  await vi.advanceTimersByTimeAsync(250)
  expect([tries, passed]).toEqual([2, [1, 2]])
  one.hear([entry(9)])
  one.end()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(tries).toBe(2)
})
