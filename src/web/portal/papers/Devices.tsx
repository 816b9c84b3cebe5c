import { useEffect, useState, type FormEvent } from 'react'
import { Button, ButtonLink, Notice, Row, Rows, Stack, TextField } from '../../kit/index.ts'
import { call, useDevice, useDeviceState, useShutActs } from '../../sync/index.ts'
import { countHere } from '../../sync/here-only.ts'
import { KEPT_TWICE, keptHere } from '../../sync/kept-here.ts'
import { useAsked } from '../ask.ts'
import { dropDrafts } from '../draft.ts'
import { Frame } from '../Frame.tsx'
import { usePatient } from '../patient.tsx'
import { forgetPlan } from '../safety/kept-plan.ts'
import { dayAndTime } from '../times.ts'
import { CouldNotAsk, saidOf, Waiting } from '../Trouble.tsx'

/** Where she is signed in, a PIN for this device, and the way out. */
export function Devices() {
  return (
    <Frame title="My devices">
      <Stack air="wide">
        <h1>My devices</h1>
        <KeptHere />
        <SignIns />
        <Pin />
        <SignOut />
      </Stack>
    </Frame>
  )
}

/** What she wrote here and the practice does not have: it lies here twice, sealed, until it is sent or she decides. */
function KeptHere() {
  const { othersWaiting, durable } = useDevice()
  const { waiting, problems } = useDeviceState()
  const { me, chartId } = usePatient()
  const shut = useShutActs(me.person, chartId)
  const count = shut.reduce((sum, { entries }) => sum + entries, 0)
  const said = keptHere({ waiting, problems, shut: count, others: othersWaiting }, 'at the top of the page')
  const any = said.length > 0
  return (
    <section className="k-stack" aria-labelledby="kept">
      <h2 id="kept">What waits on this device</h2>
      {any ? said.map((words) => <p key={words}>{words}</p>) : <p>Nothing that you wrote here waits to be sent.</p>}
      {any && durable && <p>{KEPT_TWICE}</p>}
    </section>
  )
}
function SignIns() {
  const { me, zone } = usePatient()
  const [problem, setProblem] = useState('')
  const [ended, setEnded] = useState(false)
  const { value, failure, again } = useAsked(`sign-ins ${me.person}`, async () => (await call('mySessions')).signIns)
  const end = (id: string) => { setProblem(''); setEnded(false); void call('endSession', { params: { id }, body: {} }).then(() => { setEnded(true); again() }, (reason: unknown) => setProblem(saidOf(reason))) }
  return (
    <section className="k-stack" aria-labelledby="sign-ins">
      <h2 id="sign-ins">Where I am signed in</h2>
      <p>Is one of these not yours? End it, and tell the practice.</p>
      {!value && failure === undefined && <Waiting />}
      {!value && failure !== undefined && <CouldNotAsk failure={failure} again={again} />}
      {problem && <Notice urgent level="caution" what={problem} />}
      {ended && <Notice what="It is ended: nothing goes out from there any more." kept="What was read there is deleted once that device hears of it. What was written there and not sent stays there, sealed, and is brought to the practice, where a clinician decides. Your journal is not: it stays there for you alone." next="Is that device yours? Sign in there again, and what waits goes out by itself. Is it not? Tell the practice." />}
      {value && (
        <Rows label="Where I am signed in">
          {value.map((one, place) => (
            <Row
              key={one.id} who={one.thisOne ? 'This device' : 'Another device'} where={`since ${dayAndTime(one.since, zone)}`} missing={`last seen ${dayAndTime(one.lastSeen, zone)}`}
              act={one.thisOne ? null : <Button kind="plain" onClick={() => end(one.id)}>End it<span className="heard">: sign-in {place + 1}, since {dayAndTime(one.since, zone)}</span></Button>}
            />
          ))}
        </Rows>
      )}
    </section>
  )
}

function Pin() {
  const device = useDevice()
  const { hasPin } = useDeviceState()
  const [pin, setPin] = useState('')
  const [state, setState] = useState<{ readonly problem?: string; readonly kept?: boolean }>({})
  async function keep(event: FormEvent) {
    event.preventDefault()
    if (!/^\d{4,8}$/.test(pin)) { setState({ problem: 'A PIN is four to eight digits.' }); return }
    await device.setPin(pin).then(() => { setPin(''); setState({ kept: true }) }, (failure: unknown) => setState({ problem: saidOf(failure) }))
  }
  return (
    <form noValidate onSubmit={(event) => void keep(event)}>
      <Stack>
        <h2>A PIN for this page</h2>
        <p>{hasPin ? 'You have one: the page asks for it when it was left alone for a while.' : 'Do others use this device? With a PIN, the page locks itself when it is left alone for a while. The safety plan stays open.'}</p>
        <TextField label={hasPin ? 'New PIN' : 'PIN of four to eight digits'} type="password" inputMode="numeric" autoComplete="new-password" value={pin} problem={state.problem} onChange={(value) => { setState({}); setPin(value) }} />
        <Button type="submit">{hasPin ? 'Change my PIN' : 'Set my PIN'}</Button>
        <output className="p-outcome">{state.kept ? 'The PIN is set.' : ''}</output>
      </Stack>
    </form>
  )
}

function SignOut() {
  const device = useDevice()
  const { waiting } = useDeviceState()
  const [pending, setPending] = useState(false)
  const [left, setLeft] = useState(0)
  const [here, setHere] = useState(0)
  useEffect(() => { void countHere(device.me.person).then(setHere, () => {}) }, [device.me.person])
  async function signOut() {
    setPending(true)
    forgetPlan()
    const answer = await device.signOut().catch(() => ({ left: 0 }))
    dropDrafts()
    if (answer.left === 0) location.assign('/my/sign-in')
    else setLeft(answer.left)
  }
  return (
    <section className="k-stack" aria-labelledby="out">
      <h2 id="out">Sign out</h2>
      {left > 0
        ? <Notice level="caution" what={`You are signed out. ${left === 1 ? 'One thing' : `${left} things`} you wrote could not be sent yet.`} kept="It lies locked on this device and goes out when you sign in here again."><ButtonLink href="/my/sign-in">To the sign-in page</ButtonLink></Notice>
        : <>
          <p>What was read here is deleted from this device, the copy of your safety plan too.{waiting > 0 && ' What was not sent yet stays, locked, until you sign in here again.'}{here > 0 && ' A recording that you keep on this device only stays as well, sealed, and opens when you sign in here again.'}</p>
          <Button pending={pending} onClick={() => void signOut()}>Sign out on this device</Button>
        </>}
    </section>
  )
}
