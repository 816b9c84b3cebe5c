import { useState } from 'react'
import type { Alert } from '../../../../core/session/alerts.ts'
import { cardsFor } from '../../../../core/session/cards.ts'
import { isHold } from '../../../../core/session/holds.ts'
import { emergencyCards } from '../../../../knowledge/emergency.ts'
import { rulebook } from '../../../../knowledge/rulebook.ts'
import { Badge, Button, buttonClass, EmptyState, Sheet, TextField } from '../../../kit/index.ts'
import { shapeOf, whoHasIt } from '../AlertStrip.tsx'
import { wallTime, type Room } from '../room.ts'
import { useInRoom } from '../room-context.tsx'
import { answers } from '../say.ts'

const TO_A_HOLD = ['seen', 'prescriber-called'] as const
const ACTIONS = ['seen', 'repeating', 'treated', 'prescriber-called', 'emergency-called', 'wrong-reading'] as const

/** Every open alert with the rule that raised it, what to do at its level, and who has answered. An answer does not end it. */
export function AlertsSheet({ room }: { readonly room: Room }) {
  const { show } = useInRoom()
  const { open } = room.session.alerts
  const cards = cardsFor(open, emergencyCards)
  const worstFirst = open.toSorted((a, b) => rank(b) - rank(a) || (a.at < b.at ? 1 : -1))
  return (
    <Sheet open title="Alerts" reach="100%" onClose={() => show(null)}>
      <div className="r-form">
        {open.length === 0 && <EmptyState what="No alert is open." begin="Alerts appear here when a reading, a sign or a late reading crosses a limit of the rulebook." />}
        {worstFirst.map((alert) => <One key={alert.id} alert={alert} room={room} />)}
        {cards.length > 0 && <Button kind="danger" size="room" onClick={() => show('emergency')}>{`Emergency card: ${cards[0]!.title}`}</Button>}
      </div>
    </Sheet>
  )
}

const rank = ({ level }: Alert) => ({ yellow: 1, orange: 2, red: 3 })[level]

function One({ alert, room }: { readonly alert: Alert; readonly room: Room }) {
  const { run } = useInRoom()
  const [note, setNote] = useState('')
  const hold = isHold(alert)
  const response = hold ? rulebook.monitoring.hold : rulebook.monitoring.responses.find(({ level }) => level === alert.level)
  return (
    <section className="r-alert" aria-label={alert.says}>
      <h3><Badge level={shapeOf[alert.level]} /> {alert.says} <small className="soft">{wallTime(alert.at, room.zone)}</small></h3>
      {alert.because && <p>{alert.because}</p>}
      <p>{whoHasIt(alert, room)}</p>
      {response && <><p><b>{response.says}</b></p><ul>{response.steps.map((step) => <li key={step}>{step}</li>)}</ul></>}
      {alert.answers.length > 0 && <ul>{alert.answers.map(({ id, by, at, body }) => <li key={id}>{wallTime(at, room.zone)} {room.name(by)}: {answers[body.action]}{body.note && `. ${body.note}`}</li>)}</ul>}
      <TextField label={`Word to it (${wallTime(alert.at, room.zone)})`} optional value={note} onChange={setNote} maxLength={1000} />
      <div className="r-tiles">
        {(hold ? TO_A_HOLD : ACTIONS).map((action) => <Button key={action} size="room" onClick={() => void run(() => room.write('alert-answered.v1', { alert: alert.id, action, note: note.trim() }), 'stay', `${alert.id} ${action}`)}>{`Answer: ${answers[action].toLowerCase()}`}</Button>)}
        {hold && alert.standing && room.roles.includes('prescriber') && <a className={`${buttonClass('quiet')} k-button--room`} href={`/work/charts/${room.chartId}?step=clearance`}>Look at the clearance</a>}
      </div>
      {alert.level !== 'yellow' && <p className="soft small">Source: {alert.row.cites.join(', ')}, rule {alert.row.id}{alert.row.verified ? '' : ', a proposed figure that your medical director adopts'}.</p>}
    </section>
  )
}
