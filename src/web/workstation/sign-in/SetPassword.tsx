import { useState, type FormEvent } from 'react'
import { Brand, Button, Notice, Page, Stack, TextField } from '../../kit/index.ts'
import { call, Refused } from '../../sync/client.ts'

/** Opened from a mail: the token stands behind the #, so no server log ever sees it. */
export function SetPassword() {
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<string>()
  const save = (event: FormEvent) => {
    event.preventDefault()
    void call('setPassword', { body: { token: window.location.hash.slice(1), password } }).then(
      () => window.location.assign('/sign-in'),
      (failure: unknown) => setProblem(failure instanceof Refused ? failure.say : 'The server cannot be reached. Nothing was changed; try again.'),
    )
  }
  return (
    <Page brand={<Brand>OpenKAP</Brand>} width="reading">
      <title>Choose a password · OpenKAP</title>
      <form onSubmit={save}>
        <Stack>
          <h1>Choose a password</h1>
          <TextField label="New password" hint="Fifteen characters or more. A few unrelated words are easy to remember and hard to guess." type="password" autoComplete="new-password" value={password} onChange={setPassword} />
          {problem && <Notice urgent level="caution" what={problem} />}
          <Button type="submit">Save the password</Button>
        </Stack>
      </form>
    </Page>
  )
}
