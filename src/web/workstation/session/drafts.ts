import { useState } from 'react'
import { useDevice, type Device } from '../../sync/index.ts'
import type { Drafts } from './sheets/OpenedSheet.tsx'

/** What is half typed, by the session it was typed in: looking into another room and coming back loses none of it, and takes none along. Gone with the sign-in. */
const kept = new WeakMap<Device, Map<string, Drafts>>()
const nothing: Drafts = { vitals: {}, note: '' }

/** Changed from what stands there now: what was typed while something was being written down is not put back. */
export function useDrafts(session: string): readonly [Drafts, (change: (drafts: Drafts) => Drafts) => void] {
  const device = useDevice()
  const [drafts, setDrafts] = useState(() => kept.get(device)?.get(session) ?? nothing)
  const keep = (change: (drafts: Drafts) => Drafts) => {
    const mine = kept.get(device) ?? new Map<string, Drafts>()
    const next = change(mine.get(session) ?? nothing)
    kept.set(device, mine.set(session, next))
    setDrafts(next)
  }
  return [drafts, keep]
}
