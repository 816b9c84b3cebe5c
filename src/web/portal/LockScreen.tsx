import { useState, type FormEvent } from 'react'
import { Brand, Button, Notice, Page, Stack, TextField } from '../kit/index.ts'
import { call, useDevice } from '../sync/index.ts'
import { Always } from './Trouble.tsx'

/** The page was left alone by somebody who set a PIN. The safety plan and the crisis line stay open. */
export function LockScreen() {
  const device = useDevice()
  const [pin, setPin] = useState('')
  const [problem, setProblem] = useState<string>()
  const [pending, setPending] = useState(false)

  async function unlock(event: FormEvent) {
    event.preventDefault()
    setPending(true)
    const answer = await device.unlock(pin).catch(() => ({ open: false, say: 'That did not work. Please try again.' }) as const)
    setPending(false)
    setPin('')
    if (!answer.open) setProblem(answer.say)
  }

  /** The way back in without the PIN is a fresh sign-in, so this one has to be over first; only the server can end it. */
  async function startAnew() {
    setProblem(undefined)
    await call('signOut', { body: {} }).then(() => location.assign('/my/sign-in'), () => setProblem('For that there has to be a connection. The safety plan and the crisis line stay open without one.'))
  }

  return (
    <Page patient width="reading" brand={<Brand href="/my">{device.me.practice.name}</Brand>} end={<Always />}>
      <title>Locked</title>
      <form onSubmit={(event) => void unlock(event)}>
        <Stack>
          <h1>Locked</h1>
          <p>You were away for a while. What you wrote is kept.</p>
          <TextField label="Your PIN" type="password" inputMode="numeric" autoComplete="off" value={pin} onChange={setPin} />
          {problem && <Notice urgent level="caution" what={problem} />}
          <Button kind="primary" type="submit" pending={pending}>Open</Button>
          <Button kind="plain" onClick={() => void startAnew()}>I do not know my PIN: let me sign in anew</Button>
        </Stack>
      </form>
    </Page>
  )
}
