import { useSyncExternalStore } from 'react'
import { backAgainSays } from './back-again.ts'
import { useDevice } from './chart-on-device.ts'
import type { Device } from './device.ts'

const read = new WeakSet<Device>()
const listeners = new Set<() => void>()
const listen = (listener: () => void) => { listeners.add(listener); return () => { listeners.delete(listener) } }

/** What there is to say to whoever is at the device about a database that was thrown away, until they have read it. */
export function useBackAgain(): { readonly says: ReturnType<typeof backAgainSays>; readonly understood: () => void } | undefined {
  const device = useDevice()
  const back = useSyncExternalStore(listen, () => (read.has(device) ? undefined : device.backAgain))
  return back && { says: backAgainSays(back), understood: () => { read.add(device); for (const listener of listeners) listener() } }
}
