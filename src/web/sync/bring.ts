import { Refused } from './client.ts'
import type { ActRecord } from './database.ts'
import type { Act } from './device-store.ts'
import { toBase64 } from './envelope.ts'
import type { Patience } from './keep-sending.ts'

/** One act as it is brought: sealed for the server, with as much as has to be known without reading it. */
export interface Held {
  readonly act: string
  readonly chart: string
  readonly device: string
  readonly session: string | null
  readonly entries: readonly string[]
  readonly from: string
  readonly to: string
  /** Digests of the files they name: their bytes are brought before. */
  readonly files: readonly string[]
  readonly key: string
  /** In Base64. */
  readonly sealed: string
}

export interface BringParts {
  /** What lies here, was not brought yet, and may be: oldest first. */
  held(): Promise<readonly Held[]>
  /** Takes it to the server's quarantine. Throws `Refused` where it says no, anything else where nobody answered. */
  bring(one: Held): Promise<void>
  /** The server keeps it: it stays here, sealed, and is not brought again. */
  brought(act: string): Promise<void>
}

const AGAIN_MS = 15_000

/** What of an act that lies here may be brought: as it was sealed for the server. Private notes and a journal are nobody else's to adopt. */
export function heldOf({ act, server, about, brought }: Pick<ActRecord, 'act' | 'server' | 'about' | 'brought'>): Held[] {
  if (!server || !about || brought || about.stream !== 'chart') return []
  const { stream: _, files = [], ...rest } = about
  return [{ act, ...rest, files, key: server.key, sealed: toBase64(server.sealed) }]
}

/** Brings what could not be sent before access ended, each once. True when nothing is left that could be brought now. */
export async function bringHeld({ held, bring, brought }: BringParts, which: (chart: string) => boolean = () => true): Promise<boolean> {
  for (const one of await held()) {
    if (!which(one.chart)) continue
    try {
      await bring(one)
    } catch (failure) {
      if (!(failure instanceof Refused) || failure.status === 429 || failure.status >= 500) return false
      continue // Its author still has access, or this device may not: it stays here until they sign in.
    }
    await brought(one.act)
  }
  return true
}

/** The same, again and again until it is done. */
export const keepBringing = (parts: BringParts, later: Patience['later'], which?: (chart: string) => boolean): (() => void) => untilDone(() => bringHeld(parts, which), later)

/** What this page could not send: all of it once the sign-in has ended, and before that what is about a chart that the server shows to this person no more. */
export function bringOwn(parts: BringParts | undefined, later: Patience['later']) {
  let stop = () => {}
  let known = 0
  const begin = (which?: (chart: string) => boolean) => {
    stop()
    if (parts) stop = keepBringing(parts, later, which)
  }
  return {
    all: () => begin(),
    unseen(acts: readonly Act[]) {
      const unseen = acts.filter(({ problem }) => problem?.code === 'chart.unseen')
      const more = unseen.length > known
      known = unseen.length
      if (more) begin((chart) => unseen.some((act) => act.chart === chart))
    },
    stop: () => stop(),
  }
}

/** Tries, again and again until it is done. */
export function untilDone(attempt: () => Promise<boolean>, later: Patience['later']): () => void {
  let stop = () => {}
  let ended = false
  const run = async () => {
    const done = await attempt().catch(() => false)
    if (!done && !ended) stop = later(() => void run(), AGAIN_MS)
  }
  void run()
  return () => { ended = true; stop() }
}
