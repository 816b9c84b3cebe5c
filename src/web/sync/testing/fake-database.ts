import type { DeviceDatabase } from '../database.ts'

type Key = string | number | readonly string[]
const text = (key: Key) => JSON.stringify(key)
const indexes: Readonly<Record<string, (value: Record<string, unknown>) => Key>> = { 'by-chart': ({ owner, chart }) => [String(owner), String(chart)], 'by-owner': ({ owner }) => String(owner), 'by-act': ({ act }) => String(act) }
const STORES = ['keys', 'pieces', 'heads', 'acts', 'people', 'current', 'vaults', 'credentials', 'files', 'keepers'] as const

/** As much of the browser's database as a device needs, in memory: what is put is a copy, and keys that no script can read out stay so. */
export function fakeDatabase() {
  const stores = new Map<string, Map<string, { readonly key: Key; value: unknown }>>(STORES.map((name) => [name, new Map()]))
  let numbers = 0
  const copyOf = (value: unknown) => (value instanceof CryptoKey || value === undefined ? value : structuredClone(value))
  function store(name: string) {
    const rows = stores.get(name)!
    const all = () => [...rows.values()].toSorted(({ key: a }, { key: b }) => (typeof a === 'number' && typeof b === 'number' ? a - b : 0))
    const index = (named: string) => {
      const found = (wanted: Key) => all().filter(({ value }) => text(indexes[named]!(value as Record<string, unknown>)) === text(wanted))
      return { getAll: async (wanted: Key) => found(wanted).map(({ value }) => copyOf(value)), getAllKeys: async (wanted: Key) => found(wanted).map(({ key }) => key), getKey: async (wanted: Key) => found(wanted)[0]?.key }
    }
    const put = async (value: unknown, at?: Key) => {
      const key = at ?? numbers + 1
      if (typeof key === 'number') numbers = Math.max(numbers, key)
      rows.set(text(key), { key, value: copyOf(value) })
      return key
    }
    return {
      get: async (key: Key) => copyOf(rows.get(text(key))?.value), getKey: async (key: Key) => rows.get(text(key))?.key, put, add: put, delete: async (key: Key) => void rows.delete(text(key)),
      getAll: async () => all().map(({ value }) => copyOf(value)), getAllKeys: async () => all().map(({ key }) => key), index,
      rows: () => all().map(({ value }) => value),
      async openCursor() {
        const left = all()
        const next = (): unknown => { const row = left.shift(); return row && { value: row.value, delete: async () => void rows.delete(text(row.key)), continue: async () => next() } }
        return next()
      },
    }
  }
  const database = {
    get: (name: string, key: Key) => store(name).get(key), put: (name: string, value: unknown, key?: Key) => store(name).put(value, key), delete: (name: string, key: Key) => store(name).delete(key),
    count: async (name: string) => stores.get(name)!.size, getAll: (name: string) => store(name).getAll(), getAllKeys: (name: string) => store(name).getAllKeys(),
    getFromIndex: async (name: string, index: string, key: Key) => (await store(name).index(index).getAll(key))[0], getKeyFromIndex: (name: string, index: string, key: Key) => store(name).index(index).getKey(key), getAllFromIndex: (name: string, index: string, key: Key) => store(name).index(index).getAll(key), getAllKeysFromIndex: (name: string, index: string, key: Key) => store(name).index(index).getAllKeys(key),
    transaction: (names: string | readonly string[]) => ({ store: store(typeof names === 'string' ? names : names[0]!), objectStore: store, done: Promise.resolve() }),
  }
  return { database: database as unknown as DeviceDatabase, count: (name: (typeof STORES)[number]) => stores.get(name)!.size, rows: (name: (typeof STORES)[number]) => store(name).rows() }
}
