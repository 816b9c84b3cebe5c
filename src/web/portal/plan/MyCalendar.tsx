import { useState, type FormEvent } from 'react'
import type { Response } from '../../../core/contract/contract.ts'
import { Button, Notice, RadioTiles, Row, Rows, Stack, TextField } from '../../kit/index.ts'
import { call } from '../../sync/index.ts'
import { useAsked } from '../ask.ts'
import { Frame } from '../Frame.tsx'
import { usePatient } from '../patient.tsx'
import { dayAndTime } from '../times.ts'
import { CouldNotAsk, saidOf, Waiting } from '../Trouble.tsx'

type Own = Response<'myCalendars'>
interface PartProps {
  readonly own: Own
  readonly again: () => void
}

/** Her dates where she looks anyway: in the calendar of her telephone, kept up to date, or by mail. */
export function MyCalendar() {
  const { me } = usePatient()
  const { value, failure, again } = useAsked(`my calendars ${me.person}`, () => call('myCalendars'))
  return (
    <Frame title="My calendar">
      <Stack air="wide">
        <div className="k-stack k-stack--tight">
          <h1>My calendar</h1>
          <p>Your dates, kept up to date by themselves. There they say “Visit” and the hour, and nothing of who, where or why.</p>
        </div>
        {!value && failure === undefined && <Waiting />}
        {!value && failure !== undefined && <CouldNotAsk failure={failure} again={again} />}
        {value && <><ByAddress own={value} again={again} /><ByMail own={value} again={again} /></>}
      </Stack>
    </Frame>
  )
}

/** Does it, says what went wrong, and asks again for how things stand. */
function useTold(again: () => void) {
  const [problem, setProblem] = useState('')
  const tell = <Answer,>(work: Promise<Answer>) => {
    setProblem('')
    return work.then((answer) => { again(); return answer }, (failure: unknown) => { setProblem(saidOf(failure)); return undefined })
  }
  return { problem: problem && <Notice urgent level="caution" what={problem} />, tell }
}

function ByAddress({ own: { feeds }, again }: PartProps) {
  const { zone } = usePatient()
  const [label, setLabel] = useState('')
  const [made, setMade] = useState<Response<'makeFeed'>>()
  const { problem, tell } = useTold(again)
  const make = (event: FormEvent) => {
    event.preventDefault()
    void tell(call('makeFeed', { body: { label: label.trim() || 'My phone' } })).then((answer) => { if (answer) { setMade(answer); setLabel('') } })
  }
  const end = (feed: string) => void tell(call('revokeFeed', { params: { feed }, body: {} })).then((answer) => { if (answer && made?.id === feed) setMade(undefined) })
  return (
    <section className="k-stack" aria-labelledby="by-address">
      <h2 id="by-address">In my telephone</h2>
      <p>You get an address that your telephone’s calendar reads. Whoever has it can read when your visits are, so keep it to yourself; you can end it at any time.</p>
      {made && <Notice urgent what="This address is shown once. Copy it now." next="In your telephone’s calendar, choose to subscribe to a calendar, and paste it."><p className="p-address">{made.address}</p></Notice>}
      {feeds.length > 0 && (
        <Rows label="Addresses that answer">
          {feeds.map((one) => <Row key={one.id} who={one.label} where={one.lastReadAt === null ? 'not read yet' : `last read ${dayAndTime(one.lastReadAt, zone)}`} act={<Button kind="plain" onClick={() => end(one.id)}>End it<span className="heard">: {one.label}</span></Button>} />)}
        </Rows>
      )}
      {problem}
      <form onSubmit={make} aria-label="A new address">
        <Stack>
          <TextField label="What it is for" optional hint="So that you know later which one to end" maxLength={80} value={label} onChange={setLabel} />
          <Button type="submit">Make an address</Button>
        </Stack>
      </form>
    </section>
  )
}

function ByMail({ own: { invitations: { on, to } }, again }: PartProps) {
  const { problem, tell } = useTold(again)
  return (
    <section className="k-stack" aria-labelledby="by-mail">
      <h2 id="by-mail">By mail</h2>
      {to === null
        ? <p>The practice has no e-mail address of yours. Tell them one, and this can be switched on.</p>
        : <RadioTiles<'on' | 'off'>
          label={`A mail to ${to} for each visit`} hint="When it is booked, moved or called off." value={on ? 'on' : 'off'} onChange={(choice) => void tell(call('setInvitations', { body: { on: choice === 'on' } }))}
          choices={[{ value: 'off', label: 'No', hint: 'Visits that you had a mail about are still kept up to date.' }, { value: 'on', label: 'Yes', hint: 'For what is booked or changed from now on.' }]}
        />}
      {problem}
    </section>
  )
}
