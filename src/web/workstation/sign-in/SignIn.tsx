import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { roleNames } from '../../../core/access/roles.ts'
import type { Response } from '../../../core/contract/contract.ts'
import { Brand, Button, Card, CodeField, Notice, Page, Stack, TextField } from '../../kit/index.ts'
import { call, Refused } from '../../sync/client.ts'
import { homeOf, type Me } from '../me.ts'

/** The staff's door: password, then the one-time code. In the sample practice, one click as any of its people. */
export function SignIn() {
  const { data: welcome } = useQuery({ queryKey: ['welcome'], queryFn: () => call('welcome') })
  if (welcome?.firstRun) window.location.replace('/first-run')
  return (
    <Page brand={<Brand href="/">{welcome?.practice ?? 'OpenKAP'}</Brand>} width="reading">
      <title>Sign in · OpenKAP</title>
      <Stack air="wide">
        <h1>Sign in</h1>
        <PasswordThenCode />
        <p><a href="/my/sign-in">I am a patient: send me a link instead</a></p>
        {welcome?.sample && <SampleDoor />}
      </Stack>
    </Page>
  )
}

/** On to where the person wanted to go, as long as that is a place of ours. */
function enter(me: Me) {
  const back = new URLSearchParams(window.location.search).get('back')
  window.location.assign(back?.startsWith('/work') && homeOf(me) === '/work' ? back : homeOf(me))
}

function PasswordThenCode() {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [asked, setAsked] = useState<Response<'signIn'>>()
  const [problem, setProblem] = useState<string>()
  const [pending, setPending] = useState(false)

  async function attempt<T>(work: () => Promise<T>, then: (answer: T) => void) {
    setPending(true)
    setProblem(undefined)
    await work().then(then, (failure: unknown) => setProblem(failure instanceof Refused ? failure.say : 'The server cannot be reached. Check the connection and try again.'))
    setPending(false)
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    void attempt(() => call('signIn', { body: { email, password } }), setAsked)
  }
  if (asked) return <AskCode asked={asked} problem={problem} pending={pending} onCode={(code) => void attempt(() => call('signInCode', { body: { code } }), enter)} />
  return (
    <form onSubmit={send}>
      <Stack>
        <TextField label="Work e-mail" type="email" autoComplete="username" value={email} onChange={setEmail} />
        <TextField label="Password" type="password" autoComplete="current-password" value={password} onChange={setPassword} />
        {problem && <Notice urgent level="caution" what={problem} />}
        <Button type="submit" pending={pending}>Go on</Button>
      </Stack>
    </form>
  )
}

/** The second step; the first time it also shows what to scan. */
export function AskCode({ asked, problem, pending, onCode }: { asked: { qr?: string | undefined; totpUri?: string | undefined }; problem?: string | undefined; pending: boolean; onCode: (code: string) => void }) {
  const [code, setCode] = useState('')
  return (
    <form onSubmit={(event) => { event.preventDefault(); onCode(code) }}>
      <Stack>
        {asked.qr && <Card label="Set up one-time codes">
          <p>Scan this with an authenticator app on your phone. You will need its code at every sign-in, and again when you sign something.</p>
          <div className="w-qr" role="img" aria-label="Code to scan" dangerouslySetInnerHTML={{ __html: asked.qr }} />
          <details><summary>I cannot scan it</summary><p className="soft">{asked.totpUri}</p></details>
        </Card>}
        <CodeField label="One-time code" hint="Six digits from your authenticator app" value={code} onChange={setCode} autoFocus />
        {problem && <Notice urgent level="caution" what={problem} />}
        <Button type="submit" pending={pending}>Sign in</Button>
      </Stack>
    </form>
  )
}

/** Only the sample practice has this door, and only on this machine. */
function SampleDoor() {
  const { data } = useQuery({ queryKey: ['sample people'], queryFn: () => call('samplePeople') })
  return (
    <section aria-labelledby="sample-door">
      <h2 id="sample-door">The sample practice</h2>
      <p>Everybody here is invented. Enter as any of them with one click.</p>
      <ul className="w-door">
        {data?.people.map((person) => (
          <li key={person.person}>
            <Button kind="quiet" onClick={() => void call('enterAs', { body: { person: person.person } }).then(enter)}>
              {person.name}<small className="soft">{person.roles.map((role) => roleNames[role]).join(', ')}</small>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
