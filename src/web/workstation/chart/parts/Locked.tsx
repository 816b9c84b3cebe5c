import { Button, Notice } from '../../../kit/index.ts'
import { useDevice, useDeviceState } from '../../../sync/index.ts'
import { LockScreen } from '../../session/LockScreen.tsx'

/** A chart left open does not stay open. With a PIN it opens again; without one, by signing in anew. */
export function Locked() {
  const device = useDevice()
  const { hasPin, signedOut } = useDeviceState()
  const leave = async () => {
    await device.signOut()
    window.location.assign(`/sign-in?back=${encodeURIComponent(window.location.pathname + window.location.search)}`)
  }
  return (
    <>
      <h1>Locked</h1>
      {hasPin && !signedOut ? <LockScreen /> : <Notice what="Nobody was here for a while, so the chart has closed." kept="What you wrote is kept on this device and goes out by itself."><Button kind="primary" onClick={() => void leave()}>Sign in again</Button></Notice>}
    </>
  )
}
