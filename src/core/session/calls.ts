import type { EntryOf } from '../chart/entry.ts'
import type { Instant } from '../shared/time.ts'
import type { Alert } from './alerts.ts'
import { escalationOf } from './escalation.ts'
import type { EscalationRow } from './rows.ts'
import type { SessionNow } from './session.ts'

/** Somebody has to be called about an alert: the room, the care team, whoever is on call, and at last those who answer for the practice. */
export interface Call {
  readonly alert: Alert
  readonly circle: number
}

export interface CallsNow {
  /** Calls whose time has come and that the record does not hold yet, the first first. */
  readonly due: readonly Call[]
  /** When the next one would be due, if nobody answers. */
  readonly nextAt: Instant | undefined
}

/**
 * Who has to be called about this session now. Read from the record: what was called before stands in it, so that a
 * server that comes back calls nobody twice and forgets nobody. A closed session calls nobody.
 */
export function callsOf(session: SessionNow, row: EscalationRow, now: Instant): CallsNow {
  if (session.closed) return { due: [], nextAt: undefined }
  const made = session.entries.all('alert-escalated.v1')
  const last = row.afterSec.length + 1
  const due: Call[] = []
  const next: Instant[] = []
  for (const alert of session.alerts.open) {
    const escalation = alert.superseded ? undefined : escalationOf(alert, row, now)
    if (!escalation) continue
    const reached = escalation.prescriberLate ? last : escalation.circle
    for (let circle = 1; circle <= reached; circle += 1) if (!wasMade(made, alert, circle)) due.push({ alert, circle })
    if (escalation.nextAt) next.push(escalation.nextAt)
    else if (!escalation.prescriberLate) next.push(escalation.prescriberBy)
  }
  return { due, nextAt: next.toSorted()[0] }
}

const wasMade = (made: readonly EntryOf<'alert-escalated.v1'>[], alert: Alert, circle: number): boolean => made.some(({ body }) => body.alert === alert.id && body.circle === circle)

/** Kinds after which an alert may stand that did not before, or stand no more. */
export const changesCalls = ['vitals.v1', 'vitals-missed.v1', 'mental-status.v1', 'symptom.v1', 'rating.v1', 'signal.v1', 'alert-answered.v1', 'checked-in.v1', 'checked-out.v1', 'dose-given.v1', 'dose-ended.v1', 'session-started.v1', 'session-closed.v1'] as const
