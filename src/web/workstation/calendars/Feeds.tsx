import { useState, type FormEvent } from 'react'
import type { Response } from '../../../core/contract/contract.ts'
import { Button, Notice, Row, Rows, Stack, TextField } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { useNow } from '../../sync/clock.ts'
import { Refused, Told } from '../desk/parts.tsx'
import { useAct } from '../desk/use-act.ts'
import { ago } from '../times.ts'
import type { PartProps } from './MyCalendars.tsx'

/** Addresses that a telephone's calendar reads one's visits from. Each is shown once, and ended when it is not needed any more. */
export function Feeds({ own: { feeds }, onKept }: PartProps) {
  const now = useNow(60_000)
  const [label, setLabel] = useState('')
  const [made, setMade] = useState<Response<'makeFeed'>>()
  const { pending, refusal, act } = useAct()
  const make = (event: FormEvent) => {
    event.preventDefault()
    if (label.trim() === '') return
    void act(() => call('makeFeed', { body: { label: label.trim() } })).then(async (done) => { if (done) { setMade(done); setLabel(''); await onKept() } })
  }
  const end = (feed: string) => void act(() => call('revokeFeed', { params: { feed }, body: {} })).then(async (done) => { if (done) { if (made?.id === feed) setMade(undefined); await onKept() } })
  return (
    <Stack>
      <p>An address that your telephone or another calendar reads: when you have visits and when you are on call, without a name and without what they are for. Whoever has the address can read that, so give it to nobody.</p>
      {made && <Told key={made.id}><Address address={made.address} /></Told>}
      {feeds.length > 0 && (
        <Rows label="Addresses that answer">
          {feeds.map(({ id, label: name, lastReadAt }) => (
            <Row key={id} who={name} where={lastReadAt === null ? 'Not read yet' : `Last read ${ago(lastReadAt, now)}`} act={<Button kind="plain" pending={pending} aria-label={`End the address ${name}`} onClick={() => end(id)}>End it</Button>} />
          ))}
        </Rows>
      )}
      <Refused refusal={refusal} />
      <form onSubmit={make} aria-label="A new address" className="p-form">
        <Stack>
          <TextField label="What it is for" hint="So that you know later which one to end, such as My phone" maxLength={80} value={label} onChange={setLabel} />
          <div className="k-buttons"><Button type="submit" pending={pending}>Make an address</Button></div>
        </Stack>
      </form>
    </Stack>
  )
}

function Address({ address }: { readonly address: string }) {
  const [copied, setCopied] = useState(false)
  const copy = () => void navigator.clipboard.writeText(address).then(() => setCopied(true), () => setCopied(false))
  return (
    <Notice what="This address is shown once. Copy it now." kept="The server keeps no copy that could be shown again; a new address is made in a moment." next="In the other calendar, choose to subscribe by address or URL, and paste it.">
      <p className="p-link">{address}</p>
      <div className="k-buttons"><Button kind="primary" onClick={copy}>{copied ? 'Copied' : 'Copy the address'}</Button></div>
    </Notice>
  )
}
