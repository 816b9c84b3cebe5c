import type { Entry } from './entry.ts'
import { lentOf } from './lent.ts'

/** What becomes of entries that were written on a device whose access had ended. */
export type QuarantineState = 'open' | 'adopted' | 'discarded' | 'arrived'

interface Held {
  readonly entries: readonly string[]
  readonly decision: 'adopted' | 'discarded' | null
}

/** Open until somebody has decided, or until all of it has come to the chart in the usual way, because its author has access again. */
export function quarantineState({ entries, decision }: Held, onChart: (id: string) => boolean): QuarantineState {
  if (decision !== null) return decision
  return entries.every(onChart) ? 'arrived' : 'open'
}

/** What a device seals of an act, and nobody can change afterwards without it being noticed. */
export interface SealedAct {
  readonly chart: string
  readonly writtenAt: string
  readonly entries: readonly Entry[]
}

/** To whom and to what a sealed act belongs: sealed for one, it does not open as another. */
export const sealedFor = (act: string, { chart, person, device }: { readonly chart: string; readonly person: string; readonly device: string }): string =>
  `openkap act ${act} chart ${chart} person ${person} device ${device}`

/** The same of the bytes of a file that an act names, by their digest. */
export const fileSealedFor = (sha256: string, { chart, person, device }: { readonly chart: string; readonly person: string; readonly device: string }): string =>
  `openkap file ${sha256} chart ${chart} person ${person} device ${device}`

/**
 * What became of the bytes that an entry names: they lie here as what it names, they were not brought, or something else
 * came in their place and is not taken.
 */
export type BroughtFile = 'here' | 'not-brought' | 'another'

/**
 * Why an opened act is not what it was brought as: of another person, another device or chart, or with other entries than
 * were said. Nothing where it is.
 */
export function notAsBrought(opened: SealedAct, brought: { readonly chart: string; readonly person: string; readonly device: string; readonly entries: readonly string[] }): 'chart' | 'author' | 'device' | 'entries' | undefined {
  if (opened.chart !== brought.chart) return 'chart'
  // What a second person signed on this one's device is theirs, and is proven by its own signature.
  if (opened.entries.some((entry) => (lentOf(entry)?.by ?? entry.by) !== brought.person)) return 'author'
  if (opened.entries.some(({ device }) => device !== brought.device)) return 'device'
  const ids = opened.entries.map(({ id }) => id)
  return ids.length === brought.entries.length && ids.every((id) => brought.entries.includes(id)) ? undefined : 'entries'
}
