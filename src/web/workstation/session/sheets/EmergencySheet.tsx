import { useState } from 'react'
import { cardsFor, type EmergencyCard } from '../../../../core/session/cards.ts'
import { begunCards, cardNow, IT_BEGAN, type CardNow } from '../../../../core/session/emergency.ts'
import { emergencyCards, emergencyRoles } from '../../../../knowledge/emergency.ts'
import { Badge, Button, buttonClass, Sheet } from '../../../kit/index.ts'
import { useDevice } from '../../../sync/index.ts'
import { telOf, useEmergencyNumbers, type Callable } from '../emergency-numbers.ts'
import { minutesAndSeconds, shortName, wallTime, type Room } from '../room.ts'
import { useInRoom } from '../room-context.tsx'

const all: readonly EmergencyCard[] = emergencyCards

/** One card at a time, steps to read aloud, each ticked with its time. It covers no number and opens without a network. */
export function EmergencySheet({ room, readOnly = false }: { readonly room: Room; readonly readOnly?: boolean }) {
  const { show } = useInRoom()
  const written = room.session.entries.all('emergency-step.v1')
  const first = [...new Set([...begunCards(all, written), ...cardsFor(room.session.alerts.open, all)])]
  const [chosen, setChosen] = useState<EmergencyCard | undefined>(first[0])
  return (
    <Sheet open title={chosen ? `Emergency: ${chosen.title}` : 'Emergency'} reach="100%" onClose={() => show(null)}>
      <div className="r-form">
        {chosen
          ? <Card card={chosen} room={room} readOnly={readOnly} onOther={() => setChosen(undefined)} />
          : <div className="r-tiles" role="group" aria-label="What is happening">{[...first, ...all.filter((card) => !first.includes(card))].map((card) => <Button key={card.id} size="room" kind="danger" onClick={() => setChosen(card)}>{card.title}</Button>)}</div>}
      </div>
    </Sheet>
  )
}

interface OnCard {
  readonly card: EmergencyCard
  readonly room: Room
  readonly readOnly: boolean
}

function Card({ card, room, readOnly, onOther }: OnCard & { readonly onOther: () => void }) {
  const { show } = useInRoom()
  const now = cardNow(card, room.session.entries.all('emergency-step.v1'), emergencyRoles, room.now)
  const on: OnCard = { card, room, readOnly }
  return (
    <>
      {readOnly && <p className="soft">The screen is locked: the steps can be read. Enter your PIN to write down what was done.</p>}
      <Running {...on} state={now} />
      <Steps {...on} state={now} />
      {card.onOrder.length > 0 && <p><b>Only on a prescriber’s order:</b> {card.onOrder.join(' ')}</p>}
      <Calls {...on} />
      {!readOnly && <Roles {...on} state={now} />}
      <div className="k-buttons">
        <Button size="room" onClick={onOther}>Another card</Button>
        {!readOnly && <Button size="room" onClick={() => show('rescue')}>Something was given</Button>}
      </div>
      {!card.verified && <p className="soft small">Not verified: written from common practice. Your medical director checks every line before anybody relies on it.</p>}
    </>
  )
}

/** The clock of this card and of what is looked at again, counted from what was written down: the same on every device, and after a reload. */
function Running({ card, room, readOnly, state: { beganAt, timers } }: OnCard & { readonly state: CardNow }) {
  const { run } = useInRoom()
  const left = (at: string) => Date.parse(at) - Date.parse(room.now)
  return (
    <div className="r-running" role="group" aria-label="Clocks of this card">
      {beganAt === undefined
        ? !readOnly && <Button size="room" kind="danger" onClick={() => void run(() => room.write('emergency-step.v1', { card: card.id, step: IT_BEGAN }), 'stay', `${card.id} began`)}>It is happening: start the clock</Button>
        : <p className="r-running__one"><span className="r-running__time" role="timer" aria-label="Since it began">{minutesAndSeconds(-left(beganAt))}</span> since {wallTime(beganAt, room.zone)}</p>}
      {timers.map(({ timer, at, reached }) => (
        <p key={timer.id} className="r-running__one" data-reached={reached || undefined} role={reached ? 'alert' : undefined}>
          <span className="r-running__time">{minutesAndSeconds(left(at))}</span> {reached ? <><Badge level="call">now</Badge> {timer.says}</> : `until: ${timer.says}`}
        </p>
      ))}
    </div>
  )
}

function Steps({ card, room, readOnly, state }: OnCard & { readonly state: CardNow }) {
  const { run } = useInRoom()
  return (
    <ol className="r-steps">
      {state.steps.map(({ step, done }) => {
        const last = done.at(-1)
        return (
          <li key={step.id} data-done={last ? true : undefined}>
            <span className={step.call911 ? 'r-call' : undefined}>{step.says}</span>
            <span className="soft">{last && `${wallTime(last.at, room.zone)} ${room.name(last.by)}${done.length > 1 ? `, ${done.length} times` : ''}`}</span>
            {!readOnly && <Button size="room" aria-label={`${last ? 'Again' : 'Done'}: ${step.says}`} onClick={() => void run(() => room.write('emergency-step.v1', { card: card.id, step: step.says }), 'stay', `${card.id} ${step.id}`)}>{last ? 'Again' : 'Done'}</Button>}
          </li>
        )
      })}
    </ol>
  )
}

/** The telephone, with what to say into it. Each press is written down as a press: whether anybody answered is said by ticking the step. */
function Calls({ card, room, readOnly }: OnCard) {
  const { run } = useInRoom()
  const { simulated } = useDevice()
  const { place, numbers } = useEmergencyNumbers(room.used.me.practice.id, false)
  const escort = room.chart.latest('escort-named.v1')?.body
  const whom: readonly Callable[] = [{ who: '911', phone: '911' }, ...numbers, ...(escort && !readOnly ? [{ who: `${escort.name}, who takes the person home`, phone: escort.phone }] : [])]
  if (simulated) return <p className="soft">In a drill nobody is called from here: say the number aloud, and tick the step.</p>
  const pressed = ({ who }: Callable) => { if (!readOnly) void run(() => room.write('emergency-step.v1', { card: card.id, step: `Call pressed: ${who}`.slice(0, 200) }), 'stay') }
  return (
    <section aria-label="Call" className="r-form">
      {place && <p>Here is: <b>{place}</b></p>}
      <div className="r-tiles r-tiles--hints">{whom.map((one) => <a key={`${one.who} ${one.phone}`} className={`${buttonClass(one.phone === '911' ? 'danger' : 'quiet')} k-button--room`} href={telOf(one.phone)} onClick={() => pressed(one)}><span>Call {one.who} {one.phone !== one.who && <small>{one.phone}</small>}</span></a>)}</div>
      {numbers.length === 0 && <p className="soft small">This device knows no number of the practice. The owner writes them down under Practice, and a room that opens with a connection keeps them.</p>}
    </section>
  )
}

function Roles({ card, room, state }: OnCard & { readonly state: CardNow }) {
  const { run } = useInRoom()
  return (
    <fieldset className="k-field">
      <legend className="k-field__label">Who does what</legend>
      <div className="r-tiles r-tiles--hints">
        {state.roles.map(({ role, taken }) => (
          <button key={role.id} type="button" className="k-button k-button--quiet k-button--room" aria-pressed={taken?.by === room.used.me.person} onClick={() => void run(() => room.write('emergency-step.v1', { card: card.id, step: role.says }), 'stay', `${card.id} ${role.id}`)}>
            <span>{role.says} <small>{taken ? `${shortName(room.name(taken.by))}, ${wallTime(taken.at, room.zone)}` : 'nobody yet'}</small></span>
          </button>
        ))}
      </div>
    </fieldset>
  )
}
