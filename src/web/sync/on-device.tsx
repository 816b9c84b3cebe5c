import { useEffect, useState, type ReactNode } from 'react'
import { DeviceContext } from './chart-on-device.ts'
import { onIdentity } from './client.ts'
import type { DeviceParts } from './device.ts'
import { openDevice, type Opened } from './open-device.ts'

interface OnDeviceProps extends Pick<DeviceParts, 'judge'> {
  readonly children: ReactNode
  /** While the device is being opened. */
  readonly opening?: ReactNode
  readonly signedOut: ReactNode
  /** No connection, and nobody known here. */
  readonly away: ReactNode
}

/** One device for the page, shared by every screen that asks for it; a new sign-in opens another. */
let current: Promise<Opened> | undefined
onIdentity(() => {
  const before = current
  current = undefined
  void before?.then((opened) => { if (opened.state === 'signed-in') opened.device.close() })
})

/** Opens what the signed-in person has on this device, for `useChart` and its kin below. */
export function OnDevice({ children, opening = null, signedOut, away, judge }: OnDeviceProps) {
  const [opened, setOpened] = useState<Opened>()
  useEffect(() => {
    let here = true
    current ??= openDevice({ judge })
    void current.then((next) => {
      if (next.state !== 'signed-in') current = undefined // Asked again by the next screen.
      if (here) setOpened(next)
    }, (failure: unknown) => {
      current = undefined
      if (here) setOpened(() => { throw failure })
    })
    return () => { here = false }
  }, [judge])
  if (!opened) return opening
  if (opened.state !== 'signed-in') return opened.state === 'away' ? away : signedOut
  return <DeviceContext value={opened.device}>{children}</DeviceContext>
}
