import { useMemo, useSyncExternalStore } from 'react'

/** An act that lies here sealed, and that neither this device nor the server opens any more. */
export interface ShutAct {
  readonly act: string
  readonly chart: string
  readonly entries: number
  readonly from: string
  readonly to: string
}

let shut: ReadonlyMap<string, readonly ShutAct[]> = new Map()
const listeners = new Set<() => void>()
const NONE: readonly ShutAct[] = []

/** What the server has just said it cannot open, of all that lies here of this person; nothing once it can again. */
export function keepShut(owner: string, acts: readonly ShutAct[]): void {
  shut = new Map([...shut, [owner, acts]])
  for (const listener of listeners) listener()
}

export const shutActs = (owner: string): readonly ShutAct[] => shut.get(owner) ?? NONE

/** The same as a screen shows it, of all charts. */
export const useAllShutActs = (owner: string): readonly ShutAct[] => useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener) }, () => shutActs(owner))

/** And of one: it stands where what was not sent is listed, so that nobody takes it for sent. */
export function useShutActs(owner: string, chart: string): readonly ShutAct[] {
  const all = useAllShutActs(owner)
  return useMemo(() => all.filter((one) => one.chart === chart), [all, chart])
}
