import { useState } from 'react'
import { cardsFor, type EmergencyCard } from '../../../../core/session/cards.ts'
import { emergencyCards } from '../../../../knowledge/emergency.ts'
import { Button, Sheet } from '../../../kit/index.ts'
import { wallTime, type Room } from '../room.ts'
import { useInRoom } from '../room-context.tsx'

const all: readonly EmergencyCard[] = emergencyCards

/** One card at a time, steps to read aloud, each ticked with its time. It covers no number and opens without a network. */
export function EmergencySheet({ room, readOnly = false }: { readonly room: Room; readonly readOnly?: boolean }) {
  const { show } = useInRoom()
  const asked = cardsFor(room.session.alerts.open, all)
  const [chosen, setChosen] = useState<EmergencyCard | undefined>(asked[0])
  return (
    <Sheet open title={chosen ? `Emergency: ${chosen.title}` : 'Emergency'} reach="100%" onClose={() => show(null)}>
      <div className="r-form">
        {chosen
          ? <Card card={chosen} room={room} readOnly={readOnly} onOther={() => setChosen(undefined)} />
          : <div className="r-tiles" role="group" aria-label="What is happening">{[...asked, ...all.filter((card) => !asked.includes(card))].map((card) => <Button key={card.id} size="room" kind="danger" onClick={() => setChosen(card)}>{card.title}</Button>)}</div>}
      </div>
    </Sheet>
  )
}

function Card({ card, room, readOnly, onOther }: { readonly card: EmergencyCard; readonly room: Room; readonly readOnly: boolean; readonly onOther: () => void }) {
  const { run, show } = useInRoom()
  const done = room.session.entries.all('emergency-step.v1').filter(({ body }) => body.card === card.id)
  return (
    <>
      {readOnly && <p className="soft">The screen is locked: the steps can be read. Enter your PIN to write down what was done.</p>}
      <ol className="r-steps">
        {card.steps.map((step) => {
          const at = done.findLast(({ body }) => body.step === step.says)
          return (
            <li key={step.id} data-done={at ? true : undefined}>
              <span className={step.call911 ? 'r-call' : undefined}>{step.says}</span>
              <span className="soft">{at && `${wallTime(at.at, room.zone)} ${room.name(at.by)}`}</span>
              {!readOnly && <Button size="room" aria-label={`Done: ${step.says}`} onClick={() => void run(() => room.write('emergency-step.v1', { card: card.id, step: step.says }), 'stay')}>{at ? 'Again' : 'Done'}</Button>}
            </li>
          )
        })}
      </ol>
      {card.onOrder.length > 0 && <p><b>Only on a prescriber’s order:</b> {card.onOrder.join(' ')}</p>}
      <div className="k-buttons">
        <Button size="room" onClick={onOther}>Another card</Button>
        {!readOnly && <Button size="room" onClick={() => show('rescue')}>Something was given</Button>}
      </div>
      {!card.verified && <p className="soft small">Not verified: written from common practice. Your medical director checks every line before anybody relies on it.</p>}
    </>
  )
}
