import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { call } from './client.ts'

const PERSON = 'a0000000-0000-4000-8000-000000000002'
const HOUR_MS = 3_600_000
const people = new Map<string, { lastActAtMs: number; pin: unknown; me: string }>()

vi.mock('./database.ts', () => ({
  openDeviceDatabase: async () => ({
    transaction: () => ({ store: { get: async (key: string) => people.get(key), put: async (value: never, key: string) => void people.set(key, value) }, objectStore: () => ({ getAllKeys: async () => [], openCursor: async () => null, get: async () => PERSON }), done: Promise.resolve() }),
  }),
}))

beforeEach(() => {
  people.clear()
  people.set(PERSON, { lastActAtMs: Date.now() - HOUR_MS, pin: 'kept', me: 'sealed' })
  vi.stubGlobal('fetch', async () => Response.json({ person: PERSON, done: true }))
})
afterEach(() => vi.unstubAllGlobals())

const code = { body: { code: '123456' } }
const link = { body: { token: 'x'.repeat(20) } }
const door = { body: { person: PERSON } }

describe('a screen that was left alone for an hour, by somebody without a PIN', () => {
  test.each([
    ['the one-time code', () => call('signInCode', code)],
    ['a link', () => call('redeemLink', link)],
    ['the sample practice’s door', () => call('enterAs', door)],
  ])('is not locked again right after %s', async (_, signIn) => {
    await signIn()
    expect(Date.now() - people.get(PERSON)!.lastActAtMs).toBeLessThan(10_000)
    expect(people.get(PERSON)).toMatchObject({ pin: 'kept', me: 'sealed' })
  })
  test('is still locked when the page is only opened again', async () => {
    await call('me')
    expect(Date.now() - people.get(PERSON)!.lastActAtMs).toBeGreaterThanOrEqual(HOUR_MS)
  })
  test('says nothing about somebody who was never here', async () => {
    people.clear()
    await call('signInCode', code)
    expect([...people.keys()]).toEqual([])
  })
})
