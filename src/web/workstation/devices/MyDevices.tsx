import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Response } from '../../../core/contract/contract.ts'
import { Button, Notice, Row, rowOpen, Rows, Stack } from '../../kit/index.ts'
import { call, notKept, OnDevice, useAllShutActs, useDevice, useDeviceState } from '../../sync/index.ts'
import { judgeBody } from '../../sync/judge-body.ts'
import { KEPT_TWICE, keptHere } from '../../sync/kept-here.ts'
import { Loaded, Refused, Section, Told } from '../desk/parts.tsx'
import { useAct } from '../desk/use-act.ts'
import { Frame } from '../Frame.tsx'
import { dayAndTime } from '../times.ts'
import { keptOnCharts, type KeptOnChart } from './kept-on-charts.ts'
import '../desk/desk.css'

type SignIns = Response<'mySessions'>

/** What lies on this device and is not with the practice, where one is signed in, and on whose devices one may sign by PIN. */
export function MyDevices() {
  return (
    <Frame title="My devices" width="reading">
      <Stack air="wide">
        <Stack air="tight">
          <h1>My devices</h1>
          <p className="soft">Only you see these.</p>
        </Stack>
        <Section id="kept" title="What waits on this device">
          <OnDevice judge={judgeBody} opening={<p className="soft" role="status">Looking …</p>} signedOut={<p>Your sign-in has ended. What was written here stays, sealed, until you are back.</p>} away={<p>No connection, and nobody is known on this device.</p>}><Kept /></OnDevice>
        </Section>
        <Places />
      </Stack>
    </Frame>
  )
}

function Kept() {
  const { me, durable, othersWaiting, acts } = useDevice()
  const { waiting, problems } = useDeviceState()
  const shut = useAllShutActs(me.person)
  const home = useQuery({ queryKey: ['home'], queryFn: () => call('home') })
  const says = keptHere({ waiting, problems, shut: shut.reduce((sum, { entries }) => sum + entries, 0), others: othersWaiting }, 'on its chart')
  const nameOf = (chart: string) => home.data?.rows.find((row) => row.chart === chart)?.name ?? 'A chart'
  if (says.length === 0) return <p>Nothing that you wrote here waits to be sent.{!durable && ` ${notKept().why} ${notKept().next}`}</p>
  return (
    <Stack>
      {says.map((words) => <p key={words}>{words}</p>)}
      <KeptRows charts={keptOnCharts(acts(), shut)} nameOf={nameOf} zone={me.practice.zone} />
      <p className="soft">{durable ? KEPT_TWICE : `${notKept().why} ${notKept().next}`}</p>
    </Stack>
  )
}

const KeptRows = ({ charts, nameOf, zone }: { readonly charts: readonly KeptOnChart[]; readonly nameOf: (chart: string) => string; readonly zone: string }) => charts.length === 0 ? null : (
  <Rows label="Charts with something that waits here">
    {charts.map(({ chart, entries, from, says }) => (
      <Row key={chart} who={<Link className={rowOpen} to="/work/charts/$chart" params={{ chart }}>{nameOf(chart)}</Link>} where={entries === 1 ? 'One entry' : `${entries} entries`} missing={says} since={`since ${dayAndTime(from, zone)}`} />
    ))}
  </Rows>
)

/** Where somebody is signed in, and where they were let in: each can be ended from here. */
function Places() {
  const queries = useQueryClient()
  const query = useQuery({ queryKey: ['sign-ins'], queryFn: () => call('mySessions'), refetchInterval: 60_000 })
  const { pending, refusal, act } = useAct()
  const [ended, setEnded] = useState<'sign-in' | 'guest'>()
  const end = (of: 'sign-in' | 'guest', work: () => Promise<unknown>) => {
    setEnded(undefined)
    void act(async () => { await work(); return true }).then(async (done) => { if (done) setEnded(of); await queries.invalidateQueries({ queryKey: ['sign-ins'] }) })
  }
  const zone = useQuery({ queryKey: ['me'], queryFn: () => call('me'), staleTime: 60_000 }).data?.practice.zone ?? 'UTC'
  return (
    <>
      {ended && <Told key={ended}><Notice {...SAID[ended]} /></Told>}
      <Refused refusal={refusal} />
      <Section id="sign-ins" title="Where I am signed in">
        <Loaded query={query} what="your sign-ins">{(own) => <SignedIn own={own} zone={zone} pending={pending} onEnd={(ids) => end('sign-in', async () => { for (const id of ids) await call('endSession', { params: { id }, body: {} }) })} />}</Loaded>
      </Section>
      <Section id="guests" title="Where I sign by PIN on somebody else’s device">
        <Loaded query={query} what="whose devices you were let in on">{({ guestOn }) => <LetIn guestOn={guestOn} zone={zone} pending={pending} onEnd={(guest) => end('guest', () => call('endOwnGuest', { params: { guest }, body: {} }))} />}</Loaded>
      </Section>
    </>
  )
}

const SAID = {
  'sign-in': { what: 'It is ended: nothing goes out from there any more.', kept: 'What was read there is deleted once that device hears of it. What was written there and not sent stays there, sealed, and is brought to the practice, where a clinician decides.', next: 'Was that sign-in not yours? Set a new password, and tell the practice.' },
  guest: { what: 'It is ended: your PIN opens nothing there any more.', kept: 'What you signed there before and the practice has, stands. What you signed there and was not sent is not taken any more: its device says so.', next: 'To sign there again, type your PIN there anew.' },
}

interface SignedInProps {
  readonly own: SignIns
  readonly zone: string
  readonly pending: boolean
  readonly onEnd: (ids: readonly string[]) => void
}

function SignedIn({ own: { signIns }, zone, pending, onEnd }: SignedInProps) {
  const others = signIns.filter(({ thisOne }) => !thisOne)
  return (
    <Stack>
      <p>Is one of these not yours? End it.</p>
      <Rows label="Where I am signed in">
        {signIns.map(({ id, thisOne, since, lastSeen }, place) => (
          <Row
            key={id} who={thisOne ? 'This device' : 'Another device'} where={`since ${dayAndTime(since, zone)}`} missing={`last seen ${dayAndTime(lastSeen, zone)}`}
            act={thisOne ? null : <Button kind="plain" pending={pending} aria-label={`End it: sign-in ${place + 1}, since ${dayAndTime(since, zone)}`} onClick={() => onEnd([id])}>End it</Button>}
          />
        ))}
      </Rows>
      {others.length > 1 && <div className="k-buttons"><Button pending={pending} onClick={() => onEnd(others.map(({ id }) => id))}>End all but this one</Button></div>}
    </Stack>
  )
}

interface LetInProps {
  readonly guestOn: SignIns['guestOn']
  readonly zone: string
  readonly pending: boolean
  readonly onEnd: (guest: string) => void
}

function LetIn({ guestOn, zone, pending, onEnd }: LetInProps) {
  if (guestOn.length === 0) return <p>Nowhere now. Whoever types their PIN on a colleague’s device in a medicine session may sign there until it is over; that would stand here.</p>
  return (
    <Rows label="Where I sign by PIN">
      {guestOn.map(({ guest, lender, since, until }) => (
        <Row key={guest} who={`The device of ${lender}`} where={`since ${dayAndTime(since, zone)}`} missing={`at the latest until ${dayAndTime(until, zone)}`} act={<Button kind="plain" pending={pending} aria-label={`End it: on the device of ${lender}`} onClick={() => onEnd(guest)}>End it</Button>} />
      ))}
    </Rows>
  )
}
