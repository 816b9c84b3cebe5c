import { describe, expect, test } from 'vitest'
import { createClock, offsetInWords } from './clock.ts'
import { Offline, Refused } from './client.ts'
import type { PinRecord } from './database.ts'
import { readEvents } from './live-stream.ts'
import { tryPin, type LockMemory } from './lock.ts'
import { newId } from './new-id.ts'
import { makePin } from './pin.ts'

describe('ids', () => {
  test('are UUIDs of version 7 that sort by the time they were made', () => {
    const made = Array.from({ length: 3_000 }, (_, place) => newId(1_795_280_400_000 + Math.floor(place / 1_000)))
    for (const id of made) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(made.toSorted()).toEqual(made)
    expect(new Set(made).size).toBe(3_000)
    expect(Number.parseInt(made[0]!.replace('-', '').slice(0, 12), 16)).toBe(1_795_280_400_000)
  })
})

describe('the clock', () => {
  const at = (deviceMs: number, kept = 0) => createClock({ deviceMs: () => deviceMs, kept: () => kept, keep: () => {}, ticker: () => () => {} })
  const rows: [string, number, number, number][] = [
    // what the server says, minus the device; round trip; the offset that follows
    ['a clock that is right', 0, 100, 0],
    ['the network is unsteady, the clock is right', 900, 100, 0],
    ['slow answer, the clock may be right', 2_900, 4_000, 0],
    ['four minutes behind', 240_000, 200, 240_000],
    ['two hours ahead', -7_200_000, 200, -7_200_000],
  ]
  test.each(rows)('%s', (_, off, roundTripMs, expected) => {
    const clock = at(1_000_000_000)
    clock.heard(new Date(1_000_000_000 + off).toISOString(), 1_000_000_000 - roundTripMs / 2, 1_000_000_000 + roundTripMs / 2)
    expect(clock.offsetMs()).toBe(expected)
    expect(clock.ms()).toBe(1_000_000_000 + expected)
  })
  test('an offset is said in words above five seconds', () => {
    expect([0, 5_000, -5_000].map(offsetInWords)).toEqual([undefined, undefined, undefined])
    expect(offsetInWords(5_001)).toContain('5 seconds behind')
    expect(offsetInWords(-600_000)).toContain('10 minutes ahead')
  })
})

test('events are read from pieces of any size', async () => {
  const text = 'retry: 1000\ndata: {"lastSeq":4}\n\nid: 5\ndata: {"entries":[{"text":"tränen"}],"lastSeq":5}\n\nevent: beat\ndata: {"now":"x"}\n\n: comment\n\ndata: cut off'
  const bytes = new TextEncoder().encode(text)
  for (const size of [1, 2, 3, 7, 1_000]) {
    const heard: [string, string][] = []
    const body = new ReadableStream<Uint8Array>({ start(out) { for (let from = 0; from < bytes.length; from += size) out.enqueue(bytes.slice(from, from + size)); out.close() } })
    await readEvents(body, ({ event, data }) => heard.push([event, data]))
    expect(heard).toEqual([['message', '{"lastSeq":4}'], ['message', '{"entries":[{"text":"tränen"}],"lastSeq":5}'], ['beat', '{"now":"x"}']])
  }
})

describe('the PIN', () => {
  const memory = (pin: PinRecord | null = null): LockMemory & { kept: PinRecord | null } => ({ kept: pin, async pin() { return this.kept }, async keepPin(next) { this.kept = next } })
  const away = async () => { throw new Offline() }

  test('is asked of the server, and remembered for times without it', async () => {
    const here = memory()
    expect(await tryPin(here, true, '4711', async () => ({ right: true, triesLeft: 5 }))).toEqual({ open: true })
    expect(await tryPin(here, true, '4711', away)).toEqual({ open: true })
    expect(await tryPin(here, true, '4712', away)).toMatchObject({ open: false, triesLeft: 4 })
  })
  test('five wrong tries without the network close this device, the right one after them too', async () => {
    const here = memory(await makePin('4711'))
    const left = []
    for (let time = 0; time < 5; time += 1) left.push(await tryPin(here, true, '0000', away))
    expect(left.map((answer) => !answer.open && answer.triesLeft)).toEqual([4, 3, 2, 1, 0])
    expect(await tryPin(here, true, '4711', away)).toMatchObject({ open: false, triesLeft: 0 })
  })
  test('a try counts before it is judged', async () => {
    const here = memory(await makePin('4711'))
    const counted: number[] = []
    await tryPin({ pin: () => here.pin(), keepPin: async (pin) => { counted.push(pin!.triesLeft); await here.keepPin(pin) } }, true, '4711', away)
    expect(counted).toEqual([4, 5])
  })
  test('never seen here and no network: it stays closed, and no try is counted', async () => {
    expect(await tryPin(memory(), true, '4711', away)).toMatchObject({ open: false, triesLeft: 1 })
  })
  test('the last wrong try at the server is the last here', async () => {
    const here = memory(await makePin('4711'))
    expect(await tryPin(here, true, '0000', async () => ({ right: false, triesLeft: 0 }))).toMatchObject({ open: false, triesLeft: 0 })
    expect(here.kept).toBeNull()
    expect(await tryPin(here, true, '4711', async () => { throw new Refused(401, 'sign-in.needed', 'Sign in.') })).toMatchObject({ open: false, triesLeft: 0 })
  })
})
