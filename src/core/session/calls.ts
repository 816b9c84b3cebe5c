import type { EntryOf } from '../chart/entry.ts'
import type { Instant } from '../shared/time.ts'
import type { Alert } from './alerts.ts'
import { escalationOf } from './escalation.ts'
import { isAtLeast } from './level.ts'
import type { AlertLevel, EscalationRow } from './rows.ts'
import type { SessionNow } from './session.ts'

/** Somebody has to be called about an alert: the room, the care team, whoever is on call, and at last those who answer for the practice. */
export interface Call {
  /** The first of its kind that nobody has answered: the time since then is what counts. */
  readonly alert: Alert
  /** What the newest of them says. */
  readonly newest: Alert
  readonly circle: number
}

export interface CallsNow {
  /** Calls whose time has come and that the record does not hold yet, the first first. */
  readonly due: readonly Call[]
  /** When the next one would be due, if nobody answers. */
  readonly nextAt: Instant | undefined
  /** Whether anything stands that nobody has answered. */
  readonly unanswered: boolean
}

/**
 * Who has to be called about this session now. Read from the record: what was called before stands in it, so that a
 * server that comes back calls nobody twice and forgets nobody. A new reading of the same kind does not begin the time
 * anew, or closer watching would bring help later; a worse level is a call of its own. A closed session calls nobody, and nor does a reading that was typed from paper.
 */
export function callsOf(session: SessionNow, row: EscalationRow, now: Instant): CallsNow {
  if (session.closed) return { due: [], nextAt: undefined, unanswered: false }
  const made = session.entries.all('alert-escalated.v1')
  const last = row.afterSec.length + 1
  const waiting = waitingOf(session.alerts.all.filter(({ level, fromPaper }) => !fromPaper && row.levels.includes(level)), session.alerts.open, row.levels)
  const due: Call[] = []
  const next: Instant[] = []
  for (const { first, newest, level } of waiting) {
    // Never nothing: the level is one of the row's, and nobody has answered.
    const escalation = escalationOf({ level, at: first.at, answers: [] }, row, now)!
    const reached = escalation.prescriberLate ? last : escalation.circle
    for (let circle = 1; circle <= reached; circle += 1) if (!wasMade(made, first, circle)) due.push({ alert: first, newest, circle })
    if (escalation.nextAt) next.push(escalation.nextAt)
    else if (!escalation.prescriberLate) next.push(escalation.prescriberBy)
  }
  return { due, nextAt: next.toSorted()[0], unanswered: waiting.length > 0 }
}

interface Waiting {
  readonly first: Alert
  readonly newest: Alert
  readonly level: AlertLevel
}

/** For each kind of alert and each level: the first since the last answer, where one of them is still open. */
function waitingOf(alerts: readonly Alert[], open: readonly Alert[], levels: readonly AlertLevel[]): Waiting[] {
  const series = new Map<string, Alert[]>()
  for (const alert of alerts) {
    // An answer to one hold speaks for no other.
    const name = alert.row.watches === 'hold' ? alert.id : `${alert.row.id} ${alert.symptom ?? ''}`
    series.set(name, [...(series.get(name) ?? []), alert])
  }
  const found = [...series.values()].flatMap((list) => levels.flatMap((level): Waiting[] => {
    const severe = list.filter((alert) => isAtLeast(alert.level, level))
    const since = severe.slice(severe.findLastIndex(({ answers }) => answers.length > 0) + 1)
    const [first] = since
    const newest = since.at(-1)
    return first && newest && since.some((alert) => open.includes(alert)) ? [{ first, newest, level }] : []
  }))
  return found.filter((one, place) => found.findIndex(({ first }) => first.id === one.first.id) === place)
}

const wasMade = (made: readonly EntryOf<'alert-escalated.v1'>[], alert: Alert, circle: number): boolean => made.some(({ body }) => body.alert === alert.id && body.circle === circle)

/** Kinds after which an alert may stand that did not before, or stand no more; so may any correction. */
export const changesCalls: readonly string[] = ['vitals.v1', 'vitals-missed.v1', 'mental-status.v1', 'symptom.v1', 'rating.v1', 'signal.v1', 'alert-answered.v1', 'checked-in.v1', 'checked-out.v1', 'dose-given.v1', 'dose-ended.v1', 'dose-conflict-resolved.v1', 'session-note.v1', 'session-started.v1', 'session-closed.v1', 'clearance.v1', 'clearance-reopened.v1', 'consent.v1', 'consent-withdrawn.v1']
