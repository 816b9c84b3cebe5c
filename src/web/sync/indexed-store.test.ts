import { expect, test } from 'vitest'
import type { StoredEntry } from '../../core/chart/entry.ts'
import type { DeviceDatabase } from './database.ts'
import { indexedStore, type Keyring } from './indexed-store.ts'

const CHART = 'c0000000-0000-4000-8000-000000000001'
const entry = (seq: number) => ({ id: `e${seq}`, seq, at: `2026-11-21T17:00:0${seq}.000Z`, kind: 'session-note.v1', body: { text: 'x' } }) as StoredEntry
const key = () => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])

/** As much of the browser's database as a copy of a chart needs; `meanwhile` happens between a read and the write after it. */
function fakeDatabase() {
  const heads = new Map<string, object>()
  const pieces = new Map<number, { owner: string; chart: string }>()
  const here = { heads, pieces, meanwhile: async () => {} }
  const index = { getAll: async () => [...pieces.values()], getAllKeys: async () => [...pieces.keys()] }
  const stores = {
    heads: { get: async (at: string[]) => heads.get(at.join()), put: async (value: object, at: string[]) => void heads.set(at.join(), value), delete: async (at: string[]) => void heads.delete(at.join()) },
    pieces: { index: () => index, add: async (value: { owner: string; chart: string }) => void pieces.set(pieces.size + 1, value), delete: async (at: number) => void pieces.delete(at) },
  }
  const database = {
    get: async (_: string, at: string[]) => {
      const found = heads.get(at.join())
      const once = here.meanwhile
      here.meanwhile = async () => {}
      await once()
      return found
    },
    transaction: () => ({ objectStore: (name: keyof typeof stores) => stores[name], done: Promise.resolve() }),
  }
  return { here, database: database as unknown as DeviceDatabase }
}

test('what another tab deletes while a copy is written leaves no number behind without its entries', async () => {
  const { here, database } = fakeDatabase()
  const reading = await key()
  const keys: Keyring = { reading: () => reading, sealAct: async () => ({}), openAct: async () => undefined, replaced: async () => false }
  const store = indexedStore(database, 'mona', keys)
  await store.keep(CHART, { entries: [entry(1), entry(2)], after: 0, lastSeq: 2 })
  expect(await store.copy(CHART)).toMatchObject({ lastSeq: 2, entries: [{ id: 'e1' }, { id: 'e2' }] })
  here.meanwhile = () => indexedStore(database, 'mona', keys).forget(CHART)
  await store.keep(CHART, { entries: [entry(3)], after: 2, lastSeq: 3 })
  expect(await store.copy(CHART)).toMatchObject({ lastSeq: 0, entries: [{ id: 'e3' }] })
  await store.keep(CHART, { keepUntil: '2026-12-01T00:00:00.000Z' })
  expect(await store.copy(CHART)).toMatchObject({ lastSeq: 0, keepUntil: '2026-12-01T00:00:00.000Z' })
})

test('what was locked away at a moment of the reading was not read, which is not the same as none', async () => {
  const [one, other] = [await key(), await key()]
  let reading: CryptoKey | undefined = one
  let meanwhile = () => {}
  const keys: Keyring = { reading: () => reading, sealAct: async () => ({}), openAct: async () => { meanwhile(); return undefined }, replaced: async () => false }
  const store = indexedStore({ getAllFromIndex: async () => [{}] } as unknown as DeviceDatabase, 'mona', keys)
  expect(await store.acts()).toEqual([])
  meanwhile = () => { reading = other } // Locked, and opened again.
  expect(await store.acts()).toBeUndefined()
  meanwhile = () => { reading = undefined }
  expect([await store.acts(), await store.acts()]).toEqual([undefined, undefined])
})
