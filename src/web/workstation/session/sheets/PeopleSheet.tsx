import { useState } from 'react'
import { handedBy, handOverItems, waitingFor, type HandOverNow } from '../../../../core/session/hand-over.ts'
import { useDevice, useDeviceState } from '../../../sync/index.ts'
import { Button, Checkbox, Notice, RadioTiles, Sheet, TextField } from '../../../kit/index.ts'
import { PinField } from '../PinField.tsx'
import { isPresent, myRoomRoles, neededHere, shortName, wallTime, type Room } from '../room.ts'
import { useInRoom } from '../room-context.tsx'

interface InSheet { readonly room: Room }

/** Who is in the room. Nobody is checked in by signing in: being here is said by the person who is here. */
export function PeopleSheet({ room }: InSheet) {
  const { show, run } = useInRoom()
  const { me } = room.used
  const { present } = room.session
  const roles = myRoomRoles(room)
  const here = isPresent(room)
  const needed = neededHere(room)
  return (
    <Sheet open title="Who is here" reach="100%" onClose={() => show(null)}>
      <div className="r-form">
        <ul>{present.map(({ person, name, role, from }) => <li key={person}>{name}, {role}, since {wallTime(from, room.zone)}</li>)}</ul>
        {present.length === 0 && <p>Nobody is checked in yet.</p>}
        {present.length > 0 && present.length < needed && <Notice level="caution" what={`${present.length} of ${needed} people are here.`} next="Ask somebody to come and check in." />}
        {!here && <div className="r-tiles">{roles.map((role) => <Button key={role} kind="primary" size="room" onClick={() => void run(() => room.write('checked-in.v1', { person: me.person, name: me.name, role }))}>{`Check in as ${role}`}</Button>)}</div>}
        {!here && roles.length === 0 && <Notice level="caution" what="You are not on this patient’s team as somebody who may be in the room." />}
        {here && <Leave room={room} needed={needed} />}
      </div>
    </Sheet>
  )
}

/** The ways out: handed over and read back, or without; never without saying how many stay. */
function Leave({ room, needed }: InSheet & { readonly needed: number }) {
  const { show, run } = useInRoom()
  const { me } = room.used
  const others = room.session.present.filter(({ person }) => person !== me.person)
  const [to, setTo] = useState<string | null>(null)
  const mine = handedBy(room.session, me.person)
  const forMe = waitingFor(room.session, me.person)
  return (
    <>
      {forMe && <Notice level="call" what={`${room.name(forMe.handed.by)} hands over to you.`}><Button kind="primary" size="room" onClick={() => show('hand-over')}>Read back and take over</Button></Notice>}
      {mine && <Handed room={room} mine={mine} />}
      {others.length > 0 && <RadioTiles label="Hand over to" optional choices={others.map(({ person, name }) => ({ value: person, label: name }))} value={to} onChange={setTo} />}
      {to && <Give key={to} room={room} to={to} />}
      {others.length === 0 && <Notice level="caution" what="You are the only one here." next="Wait until somebody else has checked in, unless the session is over." />}
      {others.length >= needed || room.session.closed
        ? <div className="k-buttons"><Button size="room" onClick={() => void run(() => room.write('checked-out.v1', { person: me.person }))}>Check out</Button></div>
        : <LeaveTooFew room={room} stay={others.length} needed={needed} />}
    </>
  )
}

/** Handed over and signed by one; whether the other has read it back; then the door. */
function Handed({ room, mine: { handed, taken } }: InSheet & { readonly mine: HandOverNow }) {
  const { run } = useInRoom()
  const who = room.name(handed.body.to)
  if (!taken) return <Notice what={`You handed over to ${who} at ${wallTime(handed.at, room.zone)}.`} next={`${shortName(who)} reads it back and signs on their own device. Stay until then.`} />
  const stays = room.session.present.some(({ person }) => person === handed.body.to)
  if (!stays) return <Notice level="caution" what={`${who} has read it back and signed, and is not checked in any more.`} next="Hand over to somebody who is here." />
  return (
    <Notice what={`${who} has read it back and signed at ${wallTime(taken.at, room.zone)}.`}>
      <Button size="room" kind="primary" onClick={() => void run(() => room.write('checked-out.v1', { person: room.used.me.person, handedOverTo: handed.body.to, readBack: true }))}>Handed over and read back: check out</Button>
    </Notice>
  )
}

/** Fewer stay than have to be here: it can be done, and it is written down with why and who was told. */
function LeaveTooFew({ room, stay, needed }: InSheet & { readonly stay: number; readonly needed: number }) {
  const { run } = useInRoom()
  const [why, setWhy] = useState('')
  const leave = () => run(() => room.writeAct([{ kind: 'checked-out.v1', body: { person: room.used.me.person } }, { kind: 'session-note.v1', body: { text: `${stay} of ${needed} people stay: ${why.trim()}` } }]))
  return (
    <form className="r-form" onSubmit={(event) => { event.preventDefault(); if (why.trim()) void leave() }}>
      <TextField label={`When you leave, ${stay} of ${needed} people stay. Why, and who was told`} value={why} onChange={setWhy} maxLength={500} />
      <div className="k-buttons"><Button size="room" type="submit" disabled={!why.trim()}>Check out all the same</Button></div>
    </form>
  )
}

const itemsOf = (room: Room) => handOverItems(room.session, { time: (at) => wallTime(at, room.zone), stopSignal: room.chart.latest('agreements.v1')?.body.stopSignal })

/** What is said: generated from the record, read aloud, signed. */
function Give({ room, to }: InSheet & { readonly to: string }) {
  const { run } = useInRoom()
  const items = itemsOf(room)
  return (
    <section aria-label="Hand-over" className="r-form">
      <p>Read this to {room.name(to)}. It is what the record says now; say what it does not.</p>
      <ul className="r-handover">{items.map(({ item, says }) => <li key={item}>{says}</li>)}</ul>
      <ByOwnPin room={room} act="Sign and hand over" sign={(signature) => run(() => room.write('hand-over.v1', { to, items: items.map((one) => ({ ...one })), signature }), 'stay')} />
    </section>
  )
}

/** The other side: every item ticked as it is said back, then signed. What has changed since stands beside it. */
export function HandOverSheet({ room }: InSheet) {
  const { show, run } = useInRoom()
  const waiting = waitingFor(room.session, room.used.me.person)
  const [ticked, setTicked] = useState<readonly string[]>([])
  const now = new Map<string, string>(itemsOf(room).map(({ item, says }) => [item, says]))
  if (!waiting) return <Sheet open title="Taking over" reach="100%" onClose={() => show(null)}><p>Nothing is waiting to be read back by you.</p></Sheet>
  const { handed } = waiting
  const left = handed.body.items.filter(({ item }) => !ticked.includes(item))
  return (
    <Sheet open title={`Taking over from ${room.name(handed.by)}`} reach="100%" onClose={() => show(null)}>
      <div className="r-form">
        <p>Say each one back, and tick it when {shortName(room.name(handed.by))} has heard you. Handed over at {wallTime(handed.at, room.zone)}.</p>
        {handed.body.items.map(({ item, says }) => (
          <Checkbox key={item} framed label={says} {...(now.get(item) !== undefined && now.get(item) !== says ? { hint: `The record says now: ${now.get(item)}` } : {})} checked={ticked.includes(item)} onChange={(on) => setTicked(on ? [...ticked, item] : ticked.filter((one) => one !== item))} />
        ))}
        {left.length > 0
          ? <p className="soft">{left.length} still to be said back.</p>
          : <ByOwnPin room={room} act="Read back: sign and take over" sign={(signature) => run(() => room.write('hand-over-taken.v1', { handOver: handed.id, readBack: [...ticked], signature }))} />}
      </div>
    </Sheet>
  )
}

type Signature = { readonly person: string; readonly name: string; readonly meaning: 'confirmation'; readonly method: 'pin'; readonly signedAt: string }

/** Signed on one's own device, by one's own PIN. */
function ByOwnPin({ room, act, sign }: InSheet & { readonly act: string; readonly sign: (signature: Signature) => Promise<void> }) {
  const { show } = useInRoom()
  const device = useDevice()
  const { hasPin } = useDeviceState()
  const [pin, setPin] = useState('')
  const [problem, setProblem] = useState<string>()
  const { me } = room.used
  if (!hasPin) return <Notice what="You sign with your PIN, and have none yet."><Button size="room" onClick={() => show('pin')}>Set my PIN</Button></Notice>
  const submit = async () => {
    setProblem(undefined)
    const answer = await device.unlock(pin)
    setPin('')
    if (!answer.open) { setProblem(answer.say); return }
    await sign({ person: me.person, name: me.name, meaning: 'confirmation', method: 'pin', signedAt: room.now })
  }
  return (
    <form className="r-form" onSubmit={(event) => { event.preventDefault(); void submit() }}>
      <PinField label="My PIN" value={pin} onChange={setPin} problem={problem} />
      <div className="k-buttons"><Button kind="primary" size="room" type="submit" disabled={pin.length < 4}>{act}</Button></div>
    </form>
  )
}
