import { useEffect, useState } from 'react'
import type { BodyOf } from '../../../core/chart/kinds.ts'
import type { RoomLook } from '../../../core/contract/charting.ts'
import { ways } from '../../../core/session/room-gates.ts'
import type { GateRow } from '../../../core/session/rows.ts'
import { instant, MINUTE_MS, plusMinutes, type Day, type Instant } from '../../../core/shared/time.ts'
import { Button, CheckboxGroup, DateField, Notice, RadioTiles } from '../../kit/index.ts'
import { call, useDevice } from '../../sync/index.ts'
import { colleagues, useGuests, type Colleague } from './guests.ts'
import { PinField } from './PinField.tsx'
import { shortName, wallTime, type Room } from './room.ts'

type Kit = BodyOf<'room-checked.v1'>
type Reachable = BodyOf<'prescriber-reachable.v1'>

export interface KitFormProps {
  readonly chart: string
  readonly row: GateRow['kit']
  readonly room: Kit['room']
  readonly today: Day
  readonly zone: string
  readonly onChecked: (body: Kit) => void
}

/** The emergency kit of the room, thing by thing. Where somebody looked today already, that stands here as a fact, and a person finds it still so. */
export function KitForm({ chart, row, room, today, zone, onChecked }: KitFormProps) {
  const look = useLook(chart, room?.id)
  const [again, setAgain] = useState(false)
  const [here, setHere] = useState<readonly string[]>([])
  const [expiry, setExpiry] = useState<Day | null>(null)
  const inRoom = room ? { room } : {}
  const missing = row.items.length - here.length
  const found = look && sayLook(look, row, today)
  if (look === undefined) return <p className="soft">Asking when the emergency kit was last checked today …</p>
  return (
    <section aria-label="Emergency kit" className="r-form r-ready">
      <h2>{room ? `Emergency kit, ${room.name}` : 'Emergency kit'}</h2>
      {look && found && <p>Checked {wallTime(look.at, zone)} by {look.name}: {found.says}</p>}
      {look && found?.whole && !again
        ? (
          <div className="k-buttons">
            <Button kind="primary" size="room" onClick={() => onChecked({ ...inRoom, items: look.items, earliestExpiry: look.earliestExpiry, confirms: { at: look.at, person: look.person, name: look.name } })}>It is still so</Button>
            <Button size="room" onClick={() => setAgain(true)}>Check it again</Button>
          </div>
        )
        : (
          <>
            <CheckboxGroup label="What is here" hint="Look at each thing and tick it. What is not ticked is written down as not there." choices={row.items.map(({ id, name }) => ({ value: id, label: name }))} value={here} onChange={setHere} tile="10rem" />
            <DateField label="Earliest date on anything in it" value={expiry} onChange={setExpiry} problem={expiry !== null && expiry < today ? 'This date has passed: the kit does not count as in date.' : undefined} />
            <div className="k-buttons">
              <Button kind="primary" size="room" disabled={expiry === null || here.length === 0} onClick={() => { if (expiry) onChecked({ ...inRoom, items: row.items.map(({ id }) => ({ item: id, present: here.includes(id) })), earliestExpiry: expiry }) }}>{missing === 0 ? 'Kit checked' : `Kit checked: ${missing} not there`}</Button>
            </div>
          </>
        )}
    </section>
  )
}

function sayLook({ items, earliestExpiry }: RoomLook, row: GateRow['kit'], today: Day): { readonly whole: boolean; readonly says: string } {
  const absent = row.items.filter(({ id }) => items.every(({ item }) => item !== id) || items.some(({ item, present }) => item === id && !present))
  const whole = absent.length === 0 && earliestExpiry >= today
  return { whole, says: `${absent.length === 0 ? 'everything was there' : `not there: ${absent.map(({ name }) => name).join(', ')}`}, in date until ${earliestExpiry}.` }
}

/** So long an answer is waited for; one that comes later moves nothing under the thumb. */
const PATIENCE_MS = 1_500

/** The last look of the day at this room, on whichever chart it was written; `undefined` while that is asked. Without the network nothing is offered, and everything can be looked at. */
function useLook(chart: string, room: string | undefined): RoomLook | null | undefined {
  const { simulated } = useDevice()
  const asks = room !== undefined && !simulated
  const [look, setLook] = useState<RoomLook | null>()
  useEffect(() => {
    if (!asks) return
    let waiting = true
    const settle = (found: RoomLook | null) => { if (waiting) setLook(found); waiting = false }
    const impatient = setTimeout(() => settle(null), PATIENCE_MS)
    call('roomChecked', { params: { chart, room } }).then(({ checked }) => settle(checked), () => settle(null))
    return () => { waiting = false; clearTimeout(impatient) }
  }, [chart, room, asks])
  return asks ? look : null
}

export interface ReachFormProps {
  readonly row: GateRow['prescriber']
  readonly prescribers: readonly { readonly person: string; readonly name: string }[]
  /** Whether the medicine goes by a route for which they have to be in the building. */
  readonly onSite: boolean
  readonly neededUntil: Instant
  readonly zone: string
  readonly onReached: (body: Reachable) => void
}

const HOWS = (['in-the-room', 'on-site', 'phone', 'video'] as const).map((by) => ({ value: by, label: ways[by].charAt(0).toUpperCase() + ways[by].slice(1) }))
const QUARTER_MIN = 15
const LATER_MIN = [0, 60, 120] as const

/** Who answers for this session, how and until when: said by the prescriber just now, written down by whoever heard it. */
export function ReachForm({ row, prescribers, onSite, neededUntil, zone, onReached }: ReachFormProps) {
  const [who, setWho] = useState<string | null>(null)
  const [by, setBy] = useState<Reachable['by'] | null>(null)
  const [until, setUntil] = useState<Instant | null>(null)
  const chosen = prescribers.length === 1 ? prescribers[0] : prescribers.find(({ person }) => person === who)
  const hours = LATER_MIN.map((minutes) => plusMinutes(nextQuarter(neededUntil), minutes))
  if (prescribers.length === 0) return <Notice level="caution" what="No prescriber is on this person’s team." next="Have one join the team from the chart; then say here that they can be reached." />
  return (
    <section aria-label="Prescriber to reach" className="r-form r-ready">
      <h2>{prescribers.length === 1 ? `Prescriber to reach: ${prescribers[0]!.name}` : 'Prescriber to reach'}</h2>
      <p>Ask them now. They answer within {row.answersWithinSec} seconds for as long as the session lasts{onSite ? ', and by this route from within the building' : ''}.</p>
      {prescribers.length > 1 && <RadioTiles label="Who" choices={prescribers.map(({ person, name }) => ({ value: person, label: name }))} value={who} onChange={setWho} />}
      <RadioTiles label="Where they are" choices={HOWS} value={by} onChange={setBy} tile="9rem" />
      <RadioTiles label="Until" choices={hours.map((hour) => ({ value: hour, label: wallTime(hour, zone) }))} value={until !== null && hours.includes(until) ? until : null} onChange={setUntil} tile="7rem" />
      <div className="k-buttons">
        <Button kind="primary" size="room" disabled={!chosen || !by || until === null || !hours.includes(until)} onClick={() => { if (chosen && by && until) onReached({ person: chosen.person, name: chosen.name, by, answersWithinSec: row.answersWithinSec, until }) }}>They can be reached</Button>
      </div>
    </section>
  )
}

/** Held still within a quarter of an hour, so that what somebody chose does not move under the thumb. */
const nextQuarter = (at: Instant): Instant => instant(Math.ceil(Date.parse(at) / (QUARTER_MIN * MINUTE_MS)) * QUARTER_MIN * MINUTE_MS)

/** Who can sign on this device if the connection goes: each typed their PIN here once. Nobody has to. */
export function GuestsForm({ room }: { readonly room: Room }) {
  const device = useDevice()
  const here = useGuests(room)
  const [who, setWho] = useState<string | null>(null)
  const others = colleagues(room, device)
  const missing = others.filter(({ person }) => !here.some((one) => one.person === person))
  const chosen = missing.find(({ person }) => person === who)
  if (others.length === 0) return <Notice what="On this device only you can sign." next="Everybody else signs on their own." />
  return (
    <section aria-label="Who can sign on this device" className="r-form r-ready">
      <p>Whoever has typed their PIN here can sign on this device, also without a connection. Nobody has to.</p>
      <ul>
        <li>{device.me.name}, whose device this is</li>
        {here.map(({ person, until }) => <li key={person} className="r-guest"><span>{room.name(person)}, until {wallTime(until, room.zone)}</span><TakeOff room={room} person={person} /></li>)}
      </ul>
      {here.length > 0 && <p>Whoever is taken off signs on their own device, or types their PIN here again with a connection. What they have signed stays. Somebody who sets a new PIN on a device of their own is taken off everywhere.</p>}
      {missing.length > 0 && room.used.connection !== 'live' && <Notice what="A PIN is typed here the first time with a connection." next="Nothing is lost by waiting; this opens by itself once it is back." />}
      {missing.length > 0 && room.used.connection === 'live' && <RadioTiles label="Who else signs here" choices={missing.map(({ person, name }) => ({ value: person, label: name }))} value={who} onChange={setWho} tile="12rem" />}
      {chosen && room.used.connection === 'live' && <LetIn key={chosen.person} room={room} colleague={chosen} />}
    </section>
  )
}

/** Asked once more where it cannot be taken back before the connection is. */
function TakeOff({ room, person }: { readonly room: Room; readonly person: string }) {
  const { guests } = useDevice()
  const [sure, setSure] = useState(false)
  const end = () => void guests!.end({ chart: room.chartId, session: room.session.session, person }).catch(() => setSure(false))
  const who = <span className="heard"> {room.name(person)}</span>
  return sure ? <Button size="room" kind="danger" onClick={end}>Yes, take off{who}</Button> : <Button size="room" onClick={() => setSure(true)}>Take off{who}</Button>
}

function LetIn({ room, colleague }: { readonly room: Room; readonly colleague: Colleague }) {
  const { guests } = useDevice()
  const [pin, setPin] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const who = shortName(colleague.name)
  const submit = async () => {
    if (busy) return
    setBusy(true)
    const answer = await guests!.enrol({ chart: room.chartId, session: room.session.session, ...colleague }, pin).catch(() => ({ open: false as const, say: 'This device could not keep it. Nothing was changed; try again.' }))
    setPin('')
    setBusy(false)
    setProblem(answer.open ? undefined : answer.say)
  }
  return (
    <form className="r-form" aria-label={`${who} can sign here`} onSubmit={(event) => { event.preventDefault(); void submit() }}>
      <PinField label={`PIN of ${who}`} value={pin} onChange={setPin} problem={problem} />
      <div className="k-buttons"><Button kind="primary" size="room" type="submit" pending={busy} disabled={pin.length < 4}>{`${who} can sign here`}</Button></div>
    </form>
  )
}
