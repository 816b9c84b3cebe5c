import type { Entry } from '../../core/chart/entry.ts'
import { fileNamedBy } from '../../core/files/file-named.ts'
import { call, Offline } from './client.ts'
import type { Act } from './device-store.ts'
import { deviceFiles, type DeviceFiles } from './files.ts'

/** Brings bytes to the server. Throws `Refused` when it says no, anything else when nobody answered. */
export type Put = (chart: string, body: { readonly by: string; readonly kind: string; readonly sha256: string; readonly data: string }) => Promise<unknown>

/** A slow road may take its time over bytes: nothing else waits for them. */
const LONGEST_MS = 120_000
const overHttp: Put = (chart, body) => call('putFile', { params: { chart }, body }, { timeoutMs: LONGEST_MS })

/** Usually bytes are there before anybody looks up; longer than this their entry does not hold up what was written after it. */
const PATIENCE_MS = 1_000

export interface Bringing {
  /** Resolves once the bytes of everything this act names are with the server, or are not on this device at all: then the entry alone tells of them. */
  readonly bring: (act: Pick<Act, 'chart' | 'entries'>) => Promise<void>
  /** The entries are with the server too. */
  readonly settled: (act: Pick<Act, 'chart' | 'entries'>) => Promise<void>
}

/** Bytes first, the entry after: each file is brought once at a time and on its own, however often its entry asks. */
export function bringingFiles({ files = deviceFiles, put = overHttp, patienceMs = PATIENCE_MS }: { readonly files?: () => Promise<DeviceFiles>; readonly put?: Put; readonly patienceMs?: number } = {}): Bringing {
  const underWay = new Map<string, Promise<void>>()
  const there = new Set<string>()

  async function bringOne(chart: string, { by, kind }: Entry, sha256: string, key: string): Promise<void> {
    const bytes = await (await files()).bytes({ owner: by, chart, sha256 })
    if (bytes) await put(chart, { by, kind, sha256, data: base64(bytes) })
    there.add(key)
  }

  return {
    async bring({ chart, entries }) {
      for (const entry of entries) {
        const sha256 = fileNamedBy(entry)?.sha256
        const key = `${entry.by} ${chart} ${sha256}`
        if (sha256 === undefined || there.has(key)) continue
        const way = underWay.get(key) ?? bringOne(chart, entry, sha256, key).finally(() => underWay.delete(key))
        underWay.set(key, way)
        await inTime(way, patienceMs)
      }
    },
    async settled({ chart, entries }) {
      for (const entry of entries) {
        const sha256 = fileNamedBy(entry)?.sha256
        if (sha256 !== undefined) await (await files()).settle({ owner: entry.by, chart, sha256 }).catch(() => {})
      }
    },
  }
}

async function inTime(way: Promise<void>, patienceMs: number): Promise<void> {
  let impatient: ReturnType<typeof setTimeout> | undefined
  const tooLong = new Promise<never>((_, reject) => { impatient = setTimeout(() => reject(new Offline('the bytes are still on their way')), patienceMs) })
  await Promise.race([way, tooLong]).finally(() => clearTimeout(impatient))
}

/** In pieces: a long list of arguments is more than an engine takes at once. */
export function base64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(text)
}
