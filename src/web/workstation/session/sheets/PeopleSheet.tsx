import { useState } from 'react'
import { handedBy, handOverItems, waitingFor, type HandOverNow } from '../../../../core/session/hand-over.ts'
import { Button, Checkbox, Notice, RadioTiles, Sheet, TextField } from '../../../kit/index.ts'
import { isPresent, myRoomRoles, neededHere, shortName, wallTime, type Room, type RoomRole } from '../room.ts'
import { useInRoom } from '../room-context.tsx'
import { ByPin, SomebodyElse } from './by-pin.tsx'

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
        <SomebodyElse room={room} label="Somebody else, on this device">{(theirs) => <Theirs room={theirs} />}</SomebodyElse>
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
  if (!taken) return <Notice what={`You handed over to ${who} at ${wallTime(handed.at, room.zone)}.`} next={`${shortName(who)} reads it back and signs, on their own device or on this one. Stay until then.`} />
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
  const items = itemsOf(room)
  return (
    <section aria-label="Hand-over" className="r-form">
      <p>Read this to {room.name(to)}. It is what the record says now; say what it does not.</p>
      <ul className="r-handover">{items.map(({ item, says }) => <li key={item}>{says}</li>)}</ul>
      <ByPin room={room} act="Sign and hand over" write={(signature) => ({ kind: 'hand-over.v1', body: { to, items: items.map((one) => ({ ...one })), signature } })} />
    </section>
  )
}

/** The other side, on one's own device. */
export function HandOverSheet({ room }: InSheet) {
  const { show } = useInRoom()
  const waiting = waitingFor(room.session, room.used.me.person)
  return (
    <Sheet open title={waiting ? `Taking over from ${room.name(waiting.handed.by)}` : 'Taking over'} reach="100%" onClose={() => show(null)}>
      {waiting ? <div className="r-form"><TakeOver room={room} handed={waiting.handed} then={null} /></div> : <p>Nothing is waiting to be read back by you.</p>}
    </Sheet>
  )
}

/** Every item ticked as it is said back, then signed. What has changed since stands beside it. */
function TakeOver({ room, handed, then }: InSheet & Pick<HandOverNow, 'handed'> & { readonly then: null | 'stay' }) {
  const [ticked, setTicked] = useState<readonly string[]>([])
  const now = new Map<string, string>(itemsOf(room).map(({ item, says }) => [item, says]))
  const left = handed.body.items.filter(({ item }) => !ticked.includes(item))
  return (
    <>
      <p>Say each one back, and tick it when {shortName(room.name(handed.by))} has heard you. Handed over at {wallTime(handed.at, room.zone)}.</p>
      {handed.body.items.map(({ item, says }) => (
        <Checkbox key={item} framed label={says} {...(now.get(item) !== undefined && now.get(item) !== says ? { hint: `The record says now: ${now.get(item)}` } : {})} checked={ticked.includes(item)} onChange={(on) => setTicked(on ? [...ticked, item] : ticked.filter((one) => one !== item))} />
      ))}
      {left.length > 0
        ? <p className="soft">{left.length} still to be said back.</p>
        : <ByPin room={room} act="Read back: sign and take over" then={then} write={(signature) => ({ kind: 'hand-over-taken.v1', body: { handOver: handed.id, readBack: [...ticked], signature } })} />}
    </>
  )
}

/** What a second person can do here: come in, read back what was handed to them, or hand over. They leave by the hand of whoever stays. */
function Theirs({ room }: InSheet) {
  const { person, name } = room.used.me
  const [to, setTo] = useState<string | null>(null)
  const [role, setRole] = useState<RoomRole | null>(null)
  const roles = myRoomRoles(room)
  const as = roles.length === 1 ? roles[0]! : role
  const waiting = waitingFor(room.session, person)
  const mine = handedBy(room.session, person)
  const others = room.session.present.filter((stay) => stay.person !== person)
  if (!isPresent(room)) {
    return (
      <ByPin room={room} act={as ? `Check in as ${as}` : 'Check in'} write={(signature) => (as ? { kind: 'checked-in.v1', body: { person, name, role: as, signature } } : 'Say as what you are here.')}>
        {roles.length > 1 && <RadioTiles label="I am here as" choices={roles.map((value) => ({ value, label: value }))} value={role} onChange={setRole} tile="9rem" />}
      </ByPin>
    )
  }
  if (waiting) return <TakeOver room={room} handed={waiting.handed} then="stay" />
  return (
    <>
      {mine && <Notice what={`${shortName(name)} handed over to ${room.name(mine.handed.body.to)} at ${wallTime(mine.handed.at, room.zone)}.`} next={mine.taken ? 'It was read back and signed.' : 'It is not read back yet.'} />}
      {others.length > 0 && <RadioTiles label={`${shortName(name)} hands over to`} optional choices={others.map((stay) => ({ value: stay.person, label: stay.name }))} value={to} onChange={setTo} />}
      {to && <Give key={to} room={room} to={to} />}
    </>
  )
}
