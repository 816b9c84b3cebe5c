import { fakeCrypto } from './fake-crypto.ts'

/** Numbers that look like chance and are the same again for the same seed, with the few questions a simulation asks of them. */
export interface Chance {
  (): number
  /** A whole number from 0 up to, not including, `count`. */
  below(count: number): number
  odds(share: number): boolean
  pick<Value>(from: readonly Value[]): Value
}

export function chanceOf(seed: number): Chance {
  let state = Math.imul(seed, 0x9e3779b1) | 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (count: number) => Math.floor(next() * count)
  return Object.assign(next, { below, odds: (share: number) => next() < share, pick: <Value>(from: readonly Value[]): Value => from[below(from.length)]! })
}

/** What the program takes from its surroundings without being handed it: chance, random bytes, keys, and calls that have no wire of their own. */
export function withoutSurroundings(chance: Chance): () => void {
  const before = { random: Math.random, bytes: crypto.getRandomValues, fetch: globalThis.fetch, abort: globalThis.AbortController, depth: stack.stackTraceLimit }
  // Thousands of connections break in every life, and nobody reads where.
  stack.stackTraceLimit = 0
  Math.random = chance
  replace((bytes) => {
    for (let place = 0; place < bytes.length; place += 1) bytes[place] = chance.below(256)
    return bytes
  })
  Object.defineProperty(crypto, 'subtle', { value: fakeCrypto(), configurable: true })
  globalThis.fetch = () => Promise.reject(new TypeError('There is no network here'))
  globalThis.AbortController = PlainAbort as unknown as typeof AbortController
  return () => {
    Math.random = before.random
    replace(before.bytes.bind(crypto) as never)
    Reflect.deleteProperty(crypto, 'subtle')
    globalThis.fetch = before.fetch
    globalThis.AbortController = before.abort
    stack.stackTraceLimit = before.depth
  }
}

/** As the browser's, for as much of it as a connection uses; made a few hundred times in every life. */
class PlainAbort {
  readonly signal = { aborted: false, heard: [] as (() => void)[], addEventListener(_: 'abort', hear: () => void) { this.heard.push(hear) } }
  abort() {
    if (this.signal.aborted) return
    this.signal.aborted = true
    for (const hear of this.signal.heard) hear()
  }
}

const stack = Error as unknown as { stackTraceLimit: number }
const replace = (getRandomValues: (bytes: Uint8Array) => Uint8Array) => Object.defineProperty(globalThis.crypto, 'getRandomValues', { value: getRandomValues, configurable: true, writable: true })
