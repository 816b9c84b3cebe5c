import { useEffect, useState, type FormEvent } from 'react'
import { Brand, Button, Notice, Page, Stack, TextField } from '../../kit/index.ts'
import { call, Refused } from '../../sync/client.ts'
import { useAsked } from '../ask.ts'
import { go } from '../router.ts'
import { arrive } from '../safety/kept-plan.ts'
import { Always, saidOf } from '../Trouble.tsx'

/** The patients' door: a link by mail, and a button that uses it. Opening the link alone uses nothing up: mail programs open links too. */
export function SignIn() {
  const welcome = useAsked('welcome', () => call('welcome')).value
  const [token, setToken] = useState(linkToken)
  useEffect(() => {
    const arrived = () => setToken(linkToken())
    addEventListener('hashchange', arrived)
    return () => removeEventListener('hashchange', arrived)
  }, [])
  return (
    <Page patient width="reading" brand={<Brand href="/">{welcome?.practice ?? 'Sign in'}</Brand>} end={<Always />}>
      <title>Sign in</title>
      <Stack air="wide">
        {token ? <UseLink key={token} token={token} onOther={() => { history.replaceState(null, '', '/my/sign-in'); setToken('') }} /> : <AskForLink />}
        {welcome?.sample && <SampleNote />}
      </Stack>
    </Page>
  )
}

/** The part of the address after the hash is never sent to a server by itself, and so stands in no log. */
function linkToken(): string {
  const text = location.hash.slice(1)
  return text.length >= 20 ? text : ''
}

function UseLink({ token, onOther }: { readonly token: string; readonly onOther: () => void }) {
  const [problem, setProblem] = useState<string>()
  const [spent, setSpent] = useState(false)
  const [pending, setPending] = useState(false)
  async function use() {
    setPending(true)
    setProblem(undefined)
    try {
      await call('redeemLink', { body: { token } })
      arrive()
      history.replaceState(null, '', '/my/sign-in') // The used link does not stay in this browser's history.
      go('/my')
    } catch (failure) {
      setProblem(saidOf(failure))
      setSpent(failure instanceof Refused && failure.code === 'sign-in.link-used')
      setPending(false)
    }
  }
  if (spent) return <Stack><h1>Sign in</h1><Notice urgent level="caution" what={problem} /><Button kind="primary" size="room" wide onClick={onOther}>Ask for a new link</Button></Stack>
  return (
    <Stack>
      <h1>Sign in</h1>
      <p>One press and you are in, on this device, until you sign out or are away for a longer time.</p>
      {problem && <Notice urgent level="caution" what={problem} />}
      <Button kind="primary" size="room" wide pending={pending} onClick={() => void use()}>Sign in</Button>
      <Button kind="plain" onClick={onOther}>Ask for a new link</Button>
    </Stack>
  )
}

function AskForLink() {
  const [email, setEmail] = useState('')
  const [asked, setAsked] = useState('')
  const [problem, setProblem] = useState<string>()
  const [pending, setPending] = useState(false)
  async function ask(event: FormEvent) {
    event.preventDefault()
    setPending(true)
    setProblem(undefined)
    await call('askForLink', { body: { email } }).then(() => setAsked(email), (failure: unknown) => setProblem(saidOf(failure)))
    setPending(false)
  }
  if (asked) {
    return (
      <Stack>
        <h1>Look into your mail</h1>
        <p>If {asked} is the address we know you by, a link is on its way to it. It works once, and only for a short time.</p>
        <p>Nothing came? Look among the unwanted mail, or try another address of yours. We do not say here whether we know an address, because it would tell others who is a patient.</p>
        <Button onClick={() => setAsked('')}>Use another address</Button>
      </Stack>
    )
  }
  return (
    <form onSubmit={(event) => void ask(event)}>
      <Stack>
        <h1>Sign in</h1>
        <p>You need no password. We send a link to your e-mail address; open it on this device and press the button there.</p>
        <TextField label="Your e-mail address" type="email" autoComplete="email" inputMode="email" value={email} onChange={setEmail} />
        {problem && <Notice urgent level="caution" what={problem} />}
        <Button kind="primary" size="room" wide type="submit" pending={pending}>Send me a link</Button>
        <p><a href="/sign-in">I work here</a></p>
      </Stack>
    </form>
  )
}

/** In the sample practice no mail leaves the machine, so it can be read there. */
const SampleNote = () => (
  <Notice what="This is the sample practice: everybody in it is invented." kept={<>Mail does not leave this machine. Read it on the page <a href="/work/outbox">Mail (sample)</a>, or <a href="/sign-in">enter as one of its people</a> with one click.</>} />
)
