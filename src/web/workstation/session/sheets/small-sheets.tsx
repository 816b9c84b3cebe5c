import { useState } from 'react'
import { Button, RadioTiles, Sheet, TextArea, TextField } from '../../../kit/index.ts'
import type { Room } from '../room.ts'
import { useInRoom } from '../room-context.tsx'
import { atOf, useWhen } from './when.tsx'

interface InSheet { readonly room: Room }

/** Who takes the person home: named before the dose, seen with an identity card before leaving. */
export function EscortSheet({ room }: InSheet) {
  const { show, run } = useInRoom()
  const named = room.chart.latest('escort-named.v1')?.body
  const [name, setName] = useState(named?.name ?? '')
  const [phone, setPhone] = useState(named?.phone ?? '')
  const [seen, setSeen] = useState('')
  const filled = name.trim() !== ''
  return (
    <Sheet open title="Going home with" reach="100%" onClose={() => show(null)}>
      <div className="r-form">
        <TextField label="Name of the adult" value={name} onChange={setName} maxLength={200} />
        <TextField label="Phone of the adult" value={phone} onChange={setPhone} maxLength={40} />
        <div className="k-buttons"><Button size="room" disabled={!filled || phone.trim() === ''} onClick={() => void run(() => room.write('escort-named.v1', { name: name.trim(), phone: phone.trim(), relationship: named?.relationship ?? '', adult: true }))}>Named, an adult</Button></div>
        <TextField label="Identity document seen" optional hint="Such as “driver’s license”. No numbers." value={seen} onChange={setSeen} maxLength={100} />
        <div className="k-buttons">
          <Button size="room" kind="primary" disabled={!filled || seen.trim() === ''} onClick={() => void run(() => room.write('escort-arrived.v1', { name: name.trim(), idNoted: seen.trim(), kind: 'adult' }))}>Is here, an adult</Button>
          <Button size="room" onClick={() => void run(() => room.write('escort-arrived.v1', { name: name.trim() || 'ride-share driver', idNoted: '', kind: 'rideshare' }))}>Only a ride-share driver is here</Button>
        </div>
      </div>
    </Sheet>
  )
}

/** Medicine given to help, with who ordered it. Leaving waits after some of them. */
export function RescueSheet({ room }: InSheet) {
  const { show, run } = useInRoom()
  const { when, field } = useWhen()
  const [what, setWhat] = useState('')
  const [amount, setAmount] = useState('')
  const [reason, setReason] = useState('')
  const [orderedBy, setOrderedBy] = useState('')
  const filled = what.trim() !== '' && reason.trim() !== ''
  return (
    <Sheet open title="Given to help" reach="100%" onClose={() => show(null)}>
      <form className="r-form" onSubmit={(event) => { event.preventDefault(); if (filled) void run(() => room.write('rescue-given.v1', { what: what.trim(), amount: amount.trim(), reason: reason.trim(), orderedBy: orderedBy.trim() }, atOf(when, room.now, room.zone))) }}>
        <TextField label="What was given" value={what} onChange={setWhat} maxLength={200} />
        <TextField label="How much" optional value={amount} onChange={setAmount} maxLength={100} />
        <TextField label="Why it was given" value={reason} onChange={setReason} maxLength={400} />
        <TextField label="Ordered by" optional value={orderedBy} onChange={setOrderedBy} maxLength={200} />
        {field}
        <div className="k-buttons"><Button kind="primary" size="room" type="submit" disabled={!filled}>Record what was given</Button></div>
      </form>
    </Sheet>
  )
}

const FORMS = [{ value: 'touch', label: 'Touch' }, { value: 'treatment', label: 'The whole treatment' }] as const

/** Taking back is never refused, never asked why, and needs no network. */
export function WithdrawSheet({ room }: InSheet) {
  const { show, run } = useInRoom()
  const [form, setForm] = useState<(typeof FORMS)[number]['value'] | null>(null)
  const [said, setSaid] = useState('')
  return (
    <Sheet open title="Taken back" reach="100%" onClose={() => show(null)}>
      <div className="r-form">
        <RadioTiles label="The person takes back consent to" choices={FORMS} value={form} onChange={setForm} />
        <TextArea label="What was said or shown" optional value={said} onChange={setSaid} maxLength={1000} />
        <div className="k-buttons"><Button kind="primary" size="room" disabled={!form} onClick={() => { if (form) void run(() => room.write('consent-withdrawn.v1', { form, said: said.trim() })) }}>Write down: taken back</Button></div>
        <p className="soft">Consent can be given again only outside a session.</p>
      </div>
    </Sheet>
  )
}
