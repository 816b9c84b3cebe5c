import { useRef, useState } from 'react'
import type { OpenSheet, Run, Show } from './room-context.tsx'

export interface Sheets {
  readonly sheet: OpenSheet | null
  readonly show: Show
  readonly run: Run
  /** Why the last thing written could not be kept on this device. */
  readonly lost: string | undefined
  readonly seenLost: () => void
}

/**
 * Which sheet is open, and what its keys write. A write that takes its time closes its own sheet and no other:
 * whoever opened the next one meanwhile keeps it. A second press while the first is being written writes nothing more.
 */
export function useSheets(mayOpen: (sheet: OpenSheet) => boolean): Sheets {
  const [sheet, setSheet] = useState<OpenSheet | null>(null)
  const [lost, setLost] = useState<string>()
  const open = useRef<OpenSheet | null>(null)
  const written = useRef(new Set<unknown>())

  const show: Show = (next) => {
    const wanted = typeof next === 'string' ? { name: next } : next
    if (wanted !== null && (!mayOpen(wanted) || isSame(wanted, open.current))) return
    open.current = wanted
    setSheet(wanted)
  }
  const run: Run = async (act, then = null, once) => {
    const from = open.current
    const pressed = then === 'stay' ? once : from
    if (pressed && written.current.has(pressed)) return
    if (pressed) written.current.add(pressed)
    try {
      const next = (await act()) === 'stay' ? 'stay' : then
      setLost(undefined)
      if (next !== 'stay' && open.current === from) show(next)
    } catch (failure) {
      setLost(failure instanceof Error ? failure.message : 'This device could not keep it.')
    } finally {
      written.current.delete(pressed)
    }
  }
  return { sheet, show, run, lost, seenLost: () => setLost(undefined) }
}

const isSame = (one: OpenSheet, other: OpenSheet | null): boolean => JSON.stringify(one) === JSON.stringify(other)
