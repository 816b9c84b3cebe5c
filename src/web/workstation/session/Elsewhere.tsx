import { colleagueQuestions } from '../../../core/course/colleague-questions.ts'
import { escalationOf } from '../../../core/session/escalation.ts'
import { showMg } from '../../../core/shared/units.ts'
import { Button, buttonClass, DataPairs } from '../../kit/index.ts'
import { whoHasIt } from './AlertStrip.tsx'
import { Freshness } from './ConnectionLine.tsx'
import { minutesAndSeconds, shortName, wallTime, type Room } from './room.ts'
import { useInRoom, type SheetName } from './room-context.tsx'

const KEYS: readonly (readonly [SheetName, string])[] = [['alerts', 'Alerts'], ['questions', 'Questions'], ['dose', 'Dose'], ['more', 'More']]

/** The room for somebody who is not in it: what it asks of them first, then who is there, what was given, and how old the news is. */
export function Elsewhere({ room }: { readonly room: Room }) {
  const { session, zone } = room
  const { doses, present } = session
  const order = session.order.inForce
  return (
    // It may scroll, so it has to be reachable by key.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="r-elsewhere" aria-label="Looking in from elsewhere" tabIndex={0}>
      <h2>Looking in from elsewhere</h2>
      <Asked room={room} />
      <DataPairs wide none="none" pairs={[
        ['In the room', present.length > 0 ? present.map(({ name, role, from }) => `${name}, ${role}, since ${wallTime(from, zone)}`).join('; ') : 'nobody is checked in'],
        ['Given', doses.steps.length === 0 ? 'no dose so far' : doses.steps.map(({ step, stands }) => (stands ? `${showMg(stands.body.doseUg)} ${stands.body.route} at ${wallTime(stands.at, zone)}` : `dose ${step} recorded twice, in doubt`)).join('; ')],
        ['Order', order ? `${showMg(order.body.doseUg)} ${order.body.route}${order.body.boosterUg > 0 ? `, booster up to ${showMg(order.body.boosterUg)}` : ', no booster'}` : 'none in force today'],
        ['Newest from', <Freshness key="fresh" room={room} />],
      ]} />
      <p className="soft small">You see what the room sees. You answer, order and sign; what is measured or seen is written by those who are there.</p>
    </section>
  )
}

/** What waits for this person: calls with the time the rules give for an answer, and questions. */
function Asked({ room }: { readonly room: Room }) {
  const { run, show } = useInRoom()
  const { session, now, rules, used } = room
  const calls = session.alerts.open.filter((alert) => alert.answers.length === 0 && !alert.superseded && alert.level !== 'yellow')
  const questions = colleagueQuestions(room.chart, now).filter(({ state, question }) => state !== 'answered' && question.body.to === used.me.person)
  return (
    <>
      {calls.map((alert) => {
        const told = escalationOf(alert, rules.book.monitoring.escalation, now)
        const left = told ? Date.parse(told.prescriberBy) - Date.parse(now) : 0
        return (
          <div key={alert.id} className="r-asked" data-level={alert.level}>
            <p><b>{alert.says.split(' (')[0]}</b> {told && (told.prescriberLate ? `Your answer was expected ${minutesAndSeconds(left)} ago.` : `Your answer is expected within ${minutesAndSeconds(left)}.`)} <span className="soft">{whoHasIt(alert, room)}</span></p>
            <Button size="room" kind="primary" aria-label={`I am on it: ${alert.says}`} onClick={() => void run(() => room.write('alert-answered.v1', { alert: alert.id, action: 'seen', note: 'From elsewhere.' }), 'stay', alert.id)}>I am on it</Button>
          </div>
        )
      })}
      {questions.map(({ question, state }) => (
        <div key={question.id} className="r-asked">
          <p><b>{shortName(room.name(question.by))} asks:</b> {question.body.text} {question.body.dueAt && <span className="soft">{state === 'overdue' ? 'overdue since ' : 'by '}{wallTime(question.body.dueAt, room.zone)}</span>}</p>
          <Button size="room" onClick={() => show('questions')}>Answer it</Button>
        </div>
      ))}
    </>
  )
}

/** The keys of somebody who is not in the room: none of them writes down what only eyes in the room can see. */
export function KeysFromElsewhere({ room, open }: { readonly room: Room; readonly open: string | undefined }) {
  const { show } = useInRoom()
  return (
    <nav className="r-keys" aria-label="From elsewhere">
      {KEYS.map(([name, label]) => <Button key={name} size="room" aria-expanded={open === name} onClick={() => show(name)}>{name === 'dose' && room.session.doses.conflicts.length > 0 ? 'Dose: recorded twice' : label}</Button>)}
      {room.roles.includes('prescriber') && <a className={`${buttonClass('quiet')} k-button--room`} href={`/work/charts/${room.chartId}?step=order`}>Write an order</a>}
      <Button size="room" onClick={() => show('people')}>I am in the room</Button>
    </nav>
  )
}
