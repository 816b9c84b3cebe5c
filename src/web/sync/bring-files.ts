import type { Entry } from '../../core/chart/entry.ts'
import type { EntryKind } from '../../core/chart/kinds.ts'
import { fileBroughtBy } from '../../core/files/file-named.ts'
import { call, Offline, Refused } from './client.ts'
import type { Act } from './device-store.ts'
import { fromBase64, toBase64 } from './envelope.ts'
import { deviceFiles, type DeviceFiles, type HeldFile } from './files.ts'

/** Brings bytes to the server. Throws `Refused` when it says no, anything else when nobody answered. */
export type Put = (chart: string, body: { readonly by: string; readonly kind: string; readonly sha256: string; readonly data: string }) => Promise<unknown>

/** A slow road may take its time over bytes: nothing else waits for them. */
const LONGEST_MS = 120_000
const overHttp: Put = (chart, body) => call('putFile', { params: { chart }, body }, { timeoutMs: LONGEST_MS })

const OF_A_JOURNAL: readonly EntryKind[] = ['journal-photo.v1', 'journal-voice.v1']
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
    if (bytes) await put(chart, { by, kind, sha256, data: toBase64(bytes) })
    there.add(key)
  }

  return {
    async bring({ chart, entries }) {
      for (const entry of entries) {
        const sha256 = fileBroughtBy(entry)?.sha256
        const key = `${entry.by} ${chart} ${sha256}`
        if (sha256 === undefined || there.has(key)) continue
        const way = underWay.get(key) ?? bringOne(chart, entry, sha256, key).finally(() => underWay.delete(key))
        underWay.set(key, way)
        await inTime(way, patienceMs)
      }
    },
    async settled({ chart, entries }) {
      for (const entry of entries) {
        const sha256 = fileBroughtBy(entry)?.sha256
        if (sha256 === undefined) continue
        const place = { owner: entry.by, chart, sha256 }
        // A journal is read with a connection: no copy of it stays.
        await (await files())[OF_A_JOURNAL.includes(entry.kind) ? 'drop' : 'settle'](place).catch(() => {})
      }
    },
  }
}

async function inTime(way: Promise<void>, patienceMs: number): Promise<void> {
  let impatient: ReturnType<typeof setTimeout> | undefined
  const tooLong = new Promise<never>((_, reject) => { impatient = setTimeout(() => reject(new Offline('the bytes are still on their way')), patienceMs) })
  await Promise.race([way, tooLong]).finally(() => clearTimeout(impatient))
}

/** Said of the device or of its person, not of the file: then what names it is not taken either. */
const OF_THE_DEVICE = ['quarantine.not-ended', 'quarantine.refused']

/**
 * Brings the bytes that a sealed act names, sealed themselves, before that act. A file the server will not take keeps no
 * entry back: it stays here, and its entry says that the bytes have not arrived. Throws where the act has to wait as well.
 */
export async function bringSealed(files: DeviceFiles, held: readonly HeldFile[], bring: (file: HeldFile) => Promise<unknown>): Promise<void> {
  for (const file of held) {
    try {
      await bring(file)
    } catch (failure) {
      if (!(failure instanceof Refused) || failure.status === 429 || failure.status >= 500 || OF_THE_DEVICE.includes(failure.code)) throw failure
      continue
    }
    await files.brought(file)
  }
}

/** What was sealed with keys that are gone, its author is given back by the server, to be brought in the usual way. True when nothing is left that it could give back. */
export async function recoverFiles(files: DeviceFiles, owner: string, ask: (file: HeldFile) => Promise<Uint8Array<ArrayBuffer>>): Promise<boolean> {
  for (const file of await files.shut(owner)) {
    const given = await ask(file).catch((failure: Error) => failure)
    if (given instanceof Error && (!(given instanceof Refused) || given.status === 429 || given.status >= 500)) return false
    await files.giveBack(file, given instanceof Error ? null : given)
  }
  return true
}

export const depositFile = ({ chart, sha256, key, sealed }: HeldFile, credential: string): Promise<unknown> => call('depositFile', { body: { chart, sha256, key, sealed: toBase64(sealed), credential } }, { timeoutMs: LONGEST_MS })
export const recoverFile = async ({ chart, sha256, key, device, sealed }: HeldFile): Promise<Uint8Array<ArrayBuffer>> => fromBase64((await call('recoverFile', { body: { chart, sha256, key, device, sealed: toBase64(sealed) } }, { timeoutMs: LONGEST_MS })).data)
