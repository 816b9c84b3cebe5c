import { loudest, type Alert } from '../../../core/session/alerts.ts'
import { symptomName } from '../../../core/session/describe.ts'
import { escalationOf } from '../../../core/session/escalation.ts'
import { isHold } from '../../../core/session/holds.ts'
import type { AlertLevel } from '../../../core/session/rows.ts'
import { Badge, Button, LevelShape, type Level } from '../../kit/index.ts'
import { minutesAndSeconds, wallTime, type Room } from './room.ts'
import { useInRoom } from './room-context.tsx'
import { answers } from './say.ts'

export const shapeOf: Record<AlertLevel, Level> = { yellow: 'caution', orange: 'call', red: 'emergency' }
const words: Record<AlertLevel, string> = { yellow: 'caution', orange: 'call', red: 'emergency' }

/** The open alerts that nobody in this room has answered come first. */
export function toAnswer(alerts: readonly Alert[]): Alert | undefined {
  const open = alerts.filter((alert) => alert.answers.length === 0 && !alert.superseded)
  return loudest(open.length > 0 ? open : alerts)
}

/**
 * One line that is always there, so that an alert moves nothing. With no alert it says when was read and when is next;
 * what the newest reading could not be judged by is said here too, and never counts as quiet.
 */
export function AlertStrip({ room, locked = false }: { readonly room: Room; readonly locked?: boolean }) {
  const { alerts } = room.session
  const first = toAnswer(alerts.open)
  if (!first) return <Quiet room={room} />
  return (
    <section className={`r-strip r-strip--${first.level}`} aria-label="Alerts">
      <LevelShape level={shapeOf[first.level]} />
      {/* Only the alert itself is read out; the countdown beside it changes every second. */}
      <p className="r-strip__says" role="alert" key={first.id}><b>{words[first.level]}</b> {headline(first)} {first.because && !locked && <span className="r-strip__because">{first.because}</span>} <span className="soft">{wallTime(first.at, room.zone)}</span></p>
      <p className="r-strip__who">{whoHasIt(first, room)}</p>
      {!locked && <Answer alert={first} more={alerts.open.length - 1} />}
    </section>
  )
}

function Answer({ alert, more }: { readonly alert: Alert; readonly more: number }) {
  const { room, show, run } = useInRoom()
  return (
    <span className="r-strip__act">
      {alert.answers.length === 0 && <Button kind="primary" onClick={() => void run(() => room.write('alert-answered.v1', { alert: alert.id, action: 'seen', note: '' }), 'stay', alert.id)}>I am on it</Button>}
      <Button kind="quiet" onClick={() => show('alerts')}>{more > 0 ? `All alerts (${more + 1})` : 'What to do'}</Button>
    </span>
  )
}

/** What it is, without the rule: the rule stands beside what to do. What stops a dose says so. */
const headline = (alert: Alert): string => `${alert.says.split(' (')[0] ?? alert.says}${isHold(alert) && alert.standing ? '. No further dose.' : ''}`

/** Who answered, by name, or how long until others are told. */
export function whoHasIt(alert: Alert, { name, now, zone, used, rules }: Room): string {
  const last = alert.answers.at(-1)
  if (last) return `${name(last.by)}: ${answers[last.body.action].toLowerCase()}, ${wallTime(last.at, zone)}${alert.persistent ? ' · persists, prescriber to the bedside' : ''}`
  if (alert.fromPaper) return 'Read from paper: it would have called people then. Nobody is called now'
  const told = escalationOf(alert, rules.book.monitoring.escalation, now)
  if (!told) return 'Nobody has answered yet'
  if (used.connection === 'away') return 'Nobody has answered. No connection: others are told once it is back'
  if (told.prescriberLate) return 'Nobody has answered. The prescriber was expected by now: call'
  if (told.nextAt) return `Nobody has answered. More people are told in ${minutesAndSeconds(Date.parse(told.nextAt) - Date.parse(now))}`
  return `Nobody has answered. Prescriber expected within ${minutesAndSeconds(Date.parse(told.prescriberBy) - Date.parse(now))}`
}

function Quiet({ room: { session, zone } }: { readonly room: Room }) {
  const last = session.vitals[0]
  const gaps = [...new Set(session.alerts.notEvaluable.flatMap(({ row, symptom }) => (symptom ? [] : row.name)))]
  const unnamed = session.alerts.notEvaluable.flatMap(({ row, symptom }) => (symptom ? row.words?.[symptom] ?? symptomName(symptom) : []))
  const next = session.due && session.due.why !== 'before-dose' ? `next ${wallTime(session.due.at, zone)}` : session.closed ? 'the session is closed' : undefined
  return (
    <section className="r-strip" aria-label="Alerts">
      <p className="r-strip__says">{[last ? `Last reading ${wallTime(last.at, zone)}` : 'No reading yet', next].filter(Boolean).join(', ')}</p>
      {gaps.length > 0 && <p className="r-strip__who"><Badge level="caution">not judged</Badge> {gaps.join(', ')}: a value or the baseline is missing</p>}
      {unnamed.length > 0 && <p className="r-strip__who"><Badge level="caution">not judged</Badge> {unnamed.join(', ')}: the rules that this session began with do not name it. Judge it yourselves, and call if in doubt.</p>}
    </section>
  )
}
