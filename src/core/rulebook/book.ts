import type { CourseRows } from '../course/course.ts'
import type { Protocol } from '../course/protocol.ts'
import type { DosingRows } from '../dosing/rows.ts'
import type { MisuseRows } from '../misuse/rows.ts'
import type { TogetherRows } from '../scheduling/group-staff.ts'
import type { EffectRows } from '../session/effects.ts'
import type { DischargeRows } from '../session/discharge-rows.ts'
import type { NarrativeSentence } from '../session/narrative.ts'
import type { MonitoringRows } from '../session/rows.ts'
import type { SessionRows } from '../session/session.ts'

/** The rows that decide, in the shape in which they ship: an edition of a practice has the same shape and other figures. */
export interface Rulebook extends CourseRows {
  readonly published: string
  readonly dosing: DosingRows
  readonly monitoring: MonitoringRows
  readonly discharge: DischargeRows
  readonly effects: EffectRows
  readonly misuse: MisuseRows
  readonly protocols: Readonly<Record<string, Protocol>>
  /** What a session's note is drafted in; a practice may say it in its own words. */
  readonly narrative: readonly NarrativeSentence[]
  /** Who watches several patients who are dosed in one room. */
  readonly together: TogetherRows
}

const known = new WeakMap<Rulebook, SessionRows>()

/** What a medicine session is read with, out of one edition. The same rows for the same book, so that what is read out of them is read once. */
export function sessionRowsOf(book: Rulebook): SessionRows {
  const rows = known.get(book) ?? { monitoring: book.monitoring, discharge: book.discharge, routes: book.dosing.routes, effects: book.effects, instruments: book.instruments, eligibility: book.eligibility, screening: book.screening, consents: book.consents }
  known.set(book, rows)
  return rows
}
