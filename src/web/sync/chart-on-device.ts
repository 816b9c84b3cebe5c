import { createContext, useContext, useMemo, useSyncExternalStore } from 'react'
import { theServer, type Entry } from '../../core/chart/entry.ts'
import { lentOf } from '../../core/chart/lent.ts'
import type { BodyOf, EntryKind } from '../../core/chart/kinds.ts'
import type { Instant } from '../../core/shared/time.ts'
import { keptWord, type ChartCopy, type ChartSnapshot, type Kept } from './chart-copy.ts'
import { Offline } from './client.ts'
import type { Device, DeviceState, Me } from './device.ts'

/** The device of the person signed in, for every screen below. */
export const DeviceContext = createContext<Device | null>(null)

export function useDevice(): Device {
  const device = useContext(DeviceContext)
  if (!device) throw new Error('useDevice needs a <DeviceContext> above it')
  return device
}

export function useDeviceState(): DeviceState {
  const device = useDevice()
  return useSyncExternalStore(device.onChange, device.state)
}

export interface WriteHow {
  /** When it happened, if not just now. */
  readonly at?: Instant | undefined
  readonly session?: string | undefined
  readonly amends?: string | undefined
  /** Made beforehand, where another entry of the same act points at it. */
  readonly id?: string | undefined
}
export type Written = { [Kind in EntryKind]: WriteHow & { readonly kind: Kind; readonly body: BodyOf<Kind> } }[EntryKind]

/** The newest entry that each person's device has brought to this chart: an old one there says that something is stuck. */
export interface HeardFrom {
  readonly person: string
  readonly device: string
  readonly at: Instant
}

export interface UsedChart extends ChartSnapshot {
  readonly me: Me
  /** Resolves once the entry is durable on this device. Rejects if it could not be kept: then nothing was recorded. */
  write<Kind extends EntryKind>(kind: Kind, body: BodyOf<Kind>, how?: WriteHow): Promise<Entry>
  /** Several entries that are stored together or not at all. */
  writeAct(entries: readonly Written[]): Promise<readonly Entry[]>
  retry(act: string): Promise<void>
  withdraw(act: string): Promise<void>
  /** How the whole chart stands, or one entry of it. */
  kept(entry?: string): Kept
  heardFrom(session?: string): readonly HeardFrom[]
  /** Resolves once all that was written on this chart has reached the server: whatever it judges next, it judges by that. Rejects as offline where that takes too long. */
  sent(): Promise<void>
}

/** A chart on this device, live for as long as a screen uses it. Writing succeeds at once, with or without the network. */
export function useChart(chartId: string): UsedChart {
  const device = useDevice()
  const copy = useMemo(() => device.chart(chartId), [device, chartId])
  const snapshot = useSyncExternalStore(copy.subscribe, copy.snapshot)
  return useMemo(() => ({
    ...snapshot,
    me: device.me,
    write: async (kind, body, how) => (await device.write(chartId, [{ kind, body, ...how } as Written]))[0]!,
    writeAct: (entries) => device.write(chartId, entries),
    retry: (act) => device.retry(act),
    withdraw: (act) => device.withdraw(act),
    kept: (entry) => keptWord(snapshot, entry),
    sent: () => untilSent(copy),
    heardFrom: (session) => newestByDevice(snapshot.chart.entries.filter((entry) => session === undefined || entry.session === session)),
  }), [snapshot, device, chartId])
}

const PATIENCE_MS = 10_000

export function untilSent({ snapshot, subscribe }: Pick<ChartCopy, 'snapshot' | 'subscribe'>): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const { waiting, connection } = snapshot()
      if (waiting.length > 0 && connection !== 'away') return
      end()
      if (waiting.length > 0) reject(new Offline())
      else resolve()
    }
    const end = () => { clearTimeout(tooLate); stop() }
    const tooLate = setTimeout(() => { end(); reject(new Offline()) }, PATIENCE_MS)
    const stop = subscribe(look)
    look()
  })
}

function newestByDevice(entries: readonly Entry[]): readonly HeardFrom[] {
  const newest = new Map<string, HeardFrom>()
  for (const entry of entries) {
    const { device, writtenAt } = entry
    // A device is named by whose it is, whoever signed on it.
    const by = lentOf(entry)?.by ?? entry.by
    if (by === theServer) continue
    const key = `${by} ${device}`
    const known = newest.get(key)
    if (!known || known.at < writtenAt) newest.set(key, { person: by, device, at: writtenAt })
  }
  return [...newest.values()].toSorted((a, b) => (a.at < b.at ? 1 : -1))
}
