import type { Instant } from '../shared/time.ts'
import { compare } from './entries.ts'
import type { AlertLevel } from './rows.ts'

/** One running session as somebody sees it who is in another room: who, what stands, what is due. Nothing else of the chart. */
export interface Running {
  readonly chart: string
  readonly session: string
  /** "Mara K." */
  readonly name: string
  /** The loudest alert that is open: one that nobody has answered comes before one that somebody has. */
  readonly alert: { readonly level: AlertLevel; readonly says: string; readonly at: Instant; readonly answered: boolean } | null
  /** When the next reading is or was due; null where none is. */
  readonly dueAt: Instant | null
  readonly firstDoseAt: Instant | null
  readonly people: number
  /** Who is checked in, each by a name that others may see. */
  readonly with: readonly string[]
  /** The phase that is expected by the rules' own band, in words; null before a dose. */
  readonly phase: string | null
  /** When the server last received anything of it: what happened since is not known. */
  readonly heardAt: Instant
}

const LOUD: Readonly<Record<AlertLevel, number>> = { red: 0, orange: 1, yellow: 2 }

/** Unanswered alerts by level, then overdue readings, then answered alerts, then whatever is due next. */
function urgency({ alert, dueAt }: Running, now: Instant): number {
  if (alert && !alert.answered && alert.level !== 'yellow') return LOUD[alert.level]
  if (dueAt && dueAt <= now) return 2
  if (alert && !alert.answered) return 3
  return alert ? 4 + LOUD[alert.level] : 7
}

/** The most urgent first; among equals the one that has waited longest or is due soonest, then by name, so that the order never flickers. */
export const mostUrgentFirst = (running: readonly Running[], now: Instant): Running[] =>
  running.toSorted((a, b) => urgency(a, now) - urgency(b, now) || since(a, now) - since(b, now) || a.name.localeCompare(b.name) || compare(a.session, b.session))

/** What is not due at all stands behind everything that is. */
const NEVER = Number.MAX_SAFE_INTEGER
function since(one: Running, now: Instant): number {
  const at = urgency(one, now) === 2 ? one.dueAt : one.alert?.at ?? one.dueAt
  return at ? Date.parse(at) : NEVER
}
