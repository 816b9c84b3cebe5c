import { useState, type FormEvent } from 'react'
import { Brand, Button, Notice, Page, Stack, TextField } from '../../kit/index.ts'
import { call, Refused } from '../../sync/client.ts'
import { AskCode } from './SignIn.tsx'

/** A new installation: the practice and its owner are made here, once. Afterwards this page is gone. */
export function FirstRun() {
  const [values, setValues] = useState({ practice: '', givenName: '', familyName: '', email: '', password: '', zone: Intl.DateTimeFormat().resolvedOptions().timeZone })
  const [made, setMade] = useState<{ qr: string; totpUri: string }>()
  const [problem, setProblem] = useState<string>()
  const set = (field: keyof typeof values) => (value: string) => setValues((before) => ({ ...before, [field]: value }))
  const failed = (failure: unknown) => setProblem(failure instanceof Refused ? failure.say : 'The server cannot be reached. Nothing was changed; try again.')

  function begin(event: FormEvent) {
    event.preventDefault()
    setProblem(undefined)
    void call('beginPractice', { body: values }).then(setMade, failed)
  }
  return (
    <Page brand={<Brand>OpenKAP</Brand>} width="reading">
      <title>Begin · OpenKAP</title>
      <Stack>
        <h1>Begin your practice</h1>
        {made ? <AskCode asked={made} problem={problem} pending={false} onCode={(code) => void call('signInCode', { body: { code } }).then(() => window.location.assign('/work'), failed)} /> : (
          <form onSubmit={begin}>
            <Stack>
              <p>This page appears once. It makes the practice and its owner, who then invites everybody else.</p>
              <TextField label="Name of the practice" value={values.practice} onChange={set('practice')} />
              <TextField label="Time zone" hint="Where the practice is, such as America/Los_Angeles" value={values.zone} onChange={set('zone')} />
              <TextField label="Your given name" autoComplete="given-name" value={values.givenName} onChange={set('givenName')} />
              <TextField label="Your family name" autoComplete="family-name" value={values.familyName} onChange={set('familyName')} />
              <TextField label="Work e-mail" type="email" autoComplete="username" value={values.email} onChange={set('email')} />
              <TextField label="Password" type="password" autoComplete="new-password" hint="Fifteen characters or more. A few unrelated words are easy to remember and hard to guess." value={values.password} onChange={set('password')} />
              {problem && <Notice urgent level="caution" what={problem} />}
              <Button type="submit">Make the practice</Button>
            </Stack>
          </form>
        )}
      </Stack>
    </Page>
  )
}
