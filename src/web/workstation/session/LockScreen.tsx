import { useState } from 'react'
import { Button, Notice, Stack } from '../../kit/index.ts'
import { useDevice, useDeviceState } from '../../sync/index.ts'
import { PinField } from './PinField.tsx'

/** The way back in, from a session room as from a chart. In the room numbers and alerts stay in sight beside it; nothing else does. */
export function LockScreen() {
  const device = useDevice()
  const { hasPin, signedOut, closed } = useDeviceState()
  const [pin, setPin] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const open = async () => {
    setBusy(true)
    const answer = await device.unlock(pin)
    setBusy(false)
    setPin('')
    setProblem(answer.open ? undefined : answer.say)
  }
  const back = `?back=${encodeURIComponent(location.pathname + location.search)}`
  if (signedOut || !hasPin) {
    return (
      <section className="r-lock" aria-label="Locked">
        <Notice level="caution" what={signedOut ? 'Your sign-in has ended.' : 'Nobody was here for a while, so this screen has locked. You have no PIN to open it with.'} kept="Everything you wrote is kept on this device and is sent once you have signed in again." next={<a href={`/sign-in${back}`}>Sign in</a>} />
      </section>
    )
  }
  return (
    <section className="r-lock" aria-label="Locked">
      <form onSubmit={(event) => { event.preventDefault(); void open() }}>
        <Stack>
          <p>{device.me.name}, your PIN opens this screen. {closed ? 'What is kept on this device is closed and opens with it; what was written here is kept, and is sent once it is open.' : 'Everything still to be sent goes out meanwhile, and a session under way goes on.'}</p>
          <PinField label="PIN" value={pin} onChange={setPin} problem={problem} />
          <div className="k-buttons"><Button kind="primary" size="room" type="submit" pending={busy} disabled={pin.length < 4}>Open</Button></div>
        </Stack>
      </form>
    </section>
  )
}
