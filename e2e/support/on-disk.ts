import type { Page } from '@playwright/test'

/** Everything that lies in the browser's own database of this site and beside it, as text a person could search, and what its keys open without anything more. */
export interface OnDisk {
  readonly text: string
  readonly counts: Readonly<Record<string, number>>
  /** What came out when every key that lies there was tried on everything that is sealed there. */
  readonly opened: readonly string[]
  /** Keys that would let themselves be read out. */
  readonly readable: number
}

/** Reads the raw database, as somebody with a copy of it would. */
export const onDisk = (page: Page): Promise<OnDisk> => page.evaluate(async () => {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const asked = indexedDB.open('openkap')
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error!)
  })
  const keys: CryptoKey[] = []
  const blobs: Uint8Array[] = []
  const counts: Record<string, number> = {}
  let text = ''
  const walk = (value: unknown): void => {
    if (value instanceof CryptoKey) keys.push(value)
    else if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
      const bytes = value instanceof ArrayBuffer ? new Uint8Array(value) : new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
      blobs.push(bytes)
      text += ` ${new TextDecoder('latin1').decode(bytes)} ${new TextDecoder('utf-16le').decode(bytes.slice(0, bytes.length - (bytes.length % 2)))}`
    } else if (typeof value === 'object' && value !== null) for (const [key, each] of Object.entries(value)) { text += ` ${key}`; walk(each) }
    else text += ` ${String(value)}`
  }
  for (const name of Array.from(database.objectStoreNames)) {
    const store = database.transaction(name).objectStore(name)
    const all = await new Promise<unknown[]>((resolve, reject) => { const asked = store.getAll(); asked.onsuccess = () => resolve(asked.result); asked.onerror = () => reject(asked.error!) })
    counts[name] = all.length
    walk(all)
  }
  database.close()
  // What the device's own key opens alone, without a PIN and without the server.
  for (const key of keys.filter(({ algorithm }) => algorithm.name === 'HMAC')) {
    const derived = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode('device'))
    keys.push(await crypto.subtle.importKey('raw', derived, 'AES-GCM', false, ['decrypt']))
  }
  const opened: string[] = []
  const ivs = blobs.filter(({ length }) => length === 12)
  for (const key of keys.filter(({ algorithm }) => algorithm.name === 'AES-GCM')) for (const iv of ivs) for (const data of blobs) {
    if (data.length < 17) continue
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: iv as BufferSource }, key, data as BufferSource).catch(() => undefined)
    if (plain) opened.push(new TextDecoder().decode(plain))
  }
  for (let place = 0; place < localStorage.length; place += 1) text += ` ${localStorage.key(place)} ${localStorage.getItem(localStorage.key(place)!)}`
  // The second place of what was not sent.
  text += await navigator.storage.getDirectory().then((root) => root.getFileHandle('openkap unsent')).then((handle) => handle.getFile()).then((file) => file.text()).catch(() => '')
  return { text, counts, opened, readable: keys.filter(({ extractable }) => extractable).length }
})

/** Puts there what a page of before the vault kept: a chart that was read and one act that waits, with the keys of its time. */
export const asKeptBefore = (page: Page, { person, me, chart, entry }: { readonly person: string; readonly me: object; readonly chart: string; readonly entry: object }): Promise<void> => page.evaluate(async (given) => {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const asked = indexedDB.open('openkap', 1)
    asked.onupgradeneeded = () => {
      const made = asked.result
      made.createObjectStore('keys')
      made.createObjectStore('pieces', { autoIncrement: true }).createIndex('by-chart', ['owner', 'chart'])
      made.createObjectStore('heads')
      const acts = made.createObjectStore('acts', { autoIncrement: true })
      acts.createIndex('by-owner', 'owner')
      acts.createIndex('by-act', 'act', { unique: true })
      made.createObjectStore('people')
      made.createObjectStore('current')
    }
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error!)
  })
  const key = () => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const [copies, outbox] = [await key(), await key()]
  const seal = async (by: CryptoKey, value: unknown) => { const iv = crypto.getRandomValues(new Uint8Array(12)); return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, by, new TextEncoder().encode(JSON.stringify(value))) } }
  const act = { id: crypto.randomUUID(), chart: given.chart, stream: 'chart', entries: [given.entry], writtenAt: (given.entry as { writtenAt: string }).writtenAt }
  const rows: [store: string, value: unknown, key?: IDBValidKey][] = [
    ['keys', copies, [given.person, 'copies']], ['keys', outbox, [given.person, 'outbox']], ['current', given.person, 'person'],
    ['people', { me: await seal(copies, given.me), pin: null, lastActAtMs: Date.now() }, given.person],
    ['heads', { sealed: await seal(copies, { lastSeq: 0, heardAt: null, head: null, keepUntil: null }), keepUntil: null }, [given.person, given.chart]],
    ['acts', { owner: given.person, act: act.id, sealed: await seal(outbox, act) }],
  ]
  const writing = database.transaction(['keys', 'current', 'people', 'heads', 'acts'], 'readwrite')
  for (const [store, value, at] of rows) { if (at === undefined) writing.objectStore(store).add(value); else writing.objectStore(store).put(value, at) }
  await new Promise<void>((resolve, reject) => { writing.oncomplete = () => resolve(); writing.onerror = () => reject(writing.error!) })
  database.close()
}, { person, me, chart, entry })
