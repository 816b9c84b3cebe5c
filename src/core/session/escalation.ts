import { instant, type Instant } from '../shared/time.ts'
import type { Alert } from './alerts.ts'
import type { EscalationRow } from './rows.ts'

export interface Escalation {
  /** How many circles of people have been told by now: 1 the room, 2 the whole care team, 3 whoever is on call. */
  readonly circle: number
  readonly nextAt: Instant | undefined
  readonly prescriberBy: Instant
  readonly prescriberLate: boolean
}

/**
 * How far an alert that nobody has answered has travelled. Yellow stays in the room, and an answer by anybody
 * stops the circles: it does not lower the level. Counted from the moment the thing happened, so that an alert
 * that reached the server late is told to everybody at once.
 */
export function escalationOf(alert: Pick<Alert, 'level' | 'at' | 'answers'>, row: EscalationRow, now: Instant): Escalation | undefined {
  if (!row.levels.includes(alert.level) || alert.answers.length > 0) return undefined
  const after = (seconds: number): Instant => instant(Date.parse(alert.at) + seconds * 1_000)
  const times = row.afterSec.map(after)
  const prescriberBy = after(row.prescriberAnswersWithinSec)
  return { circle: times.filter((at) => at <= now).length, nextAt: times.find((at) => at > now), prescriberBy, prescriberLate: now > prescriberBy }
}
