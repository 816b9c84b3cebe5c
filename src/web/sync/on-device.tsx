import { useEffect, useState, type ReactNode } from 'react'
import { DeviceContext } from './chart-on-device.ts'
import { onIdentity } from './client.ts'
import type { Device } from './device.ts'
import type { DeviceParts } from './device-parts.ts'
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

/** The device of this page, opened where no screen has done so yet. */
export function deviceOfPage(judge: DeviceParts['judge']): Promise<Opened> {
  const asked = (current ??= openDevice({ judge }))
  const forget = () => { if (current === asked) current = undefined } // Asked again by the next screen.
  void asked.then((next) => { if (next.state !== 'signed-in') forget() }, forget)
  return asked
}

/** Opens what the signed-in person has on this device, for `useChart` and its kin below; and opens it again where another page of this browser has begun it anew. */
export function OnDevice({ children, opening = null, signedOut, away, judge }: OnDeviceProps) {
  const [opened, setOpened] = useState<Opened>()
  useEffect(() => {
    let here = true
    let stop = () => {}
    const open = () => {
      stop()
      const asked = deviceOfPage(judge)
      void asked.then((next) => {
        if (!here) return
        setOpened(next)
        if (next.state === 'signed-in') stop = whenReplaced(next.device, () => { if (current === asked) current = undefined; open() })
      }, (failure: unknown) => {
        if (here) setOpened(() => { throw failure })
      })
    }
    open()
    return () => { here = false; stop() }
  }, [judge])
  if (!opened) return opening
  if (opened.state !== 'signed-in') return opened.state === 'away' ? away : signedOut
  // Whoever is at the device now begins with empty screens: what somebody else had half typed never goes out in another name.
  return <DeviceContext key={opened.device.me.person} value={opened.device}>{children}</DeviceContext>
}

function whenReplaced({ onChange, state }: Device, act: () => void): () => void {
  const look = () => { if (state().replaced) act() }
  const stop = onChange(look)
  look()
  return stop
}
