import type { Chart } from '../../../core/chart/chart.ts'
import { clearanceNow } from '../../../core/eligibility/clearance.ts'
import { judgedChart } from '../../../core/eligibility/reopened.ts'
import { courseIn, unknownCourseSays } from '../../../core/rulebook/own-courses.ts'
import { openRisks } from '../../../core/measures/open-risks.ts'
import { clearanceGate } from '../../../core/session/clearance-gate.ts'
import { carriedBy, passage, type Gate, type GateContext, type Passage } from '../../../core/session/gates.ts'
import { giveGates } from '../../../core/session/give-gates.ts'
import { startGates } from '../../../core/session/start-gates.ts'
import type { SessionNow } from '../../../core/session/session.ts'
import type { Instant } from '../../../core/shared/time.ts'
import type { RulesNow } from '../../sync/editions.ts'
import type { Rulebook } from '../../../core/rulebook/book.ts'

/** The gates as this device judges them, with the same rows and functions as the server, network or not. */
function contextOf(book: Rulebook, chart: Chart, now: Instant, zone: string, visit: string | undefined): GateContext {
  return {
    clock: { now, zone }, row: book.monitoring.gates, instruments: book.instruments,
    clearance: clearanceGate(clearanceNow(judgedChart(chart, book), book.eligibility, now, book.screening)),
    consentForms: book.consents.filter(({ required }) => required).map(({ form, version }) => ({ form, version })),
    openRisks: openRisks(chart, now, { instruments: book.instruments, paths: book.risk.paths, followUpHours: book.risk.followUpHours.value, zone }),
    ...(visit === undefined ? {} : { visit }),
  }
}

export interface Judged extends Passage {
  readonly gates: readonly Gate[]
}

/** What stands between this session and a dose at this step. A protocol that this edition does not hold blocks everything. */
export function doseGates(chart: Chart, session: SessionNow, step: number, now: Instant, zone: string, rules: RulesNow): Judged {
  const { book, missing } = rules
  if (missing) return blocked('rulebook', missing)
  const { body } = session.started
  const protocol = courseIn(book, body.protocol)
  if (!protocol) return blocked('protocol', `This device does not know the protocol “${body.protocol}”, so it cannot judge a dose.`)
  const gates = giveGates(chart, session, protocol, step, { ...contextOf(book, chart, now, zone, body.visit), dosing: book.dosing, preDose: book.monitoring.preDose, screening: book.screening, discharge: book.discharge, schedules: book.monitoring.schedules })
  return { gates, ...passage(gates, carriedBy(chart, session.session, step)) }
}

export function sessionGates(chart: Chart, protocolId: string | null | undefined, people: readonly { person: string; role: string }[], visit: string | undefined, now: Instant, zone: string, reasons: Readonly<Record<string, string>>, asPrescriber: boolean, rules: RulesNow): Judged {
  if (rules.missing) return blocked('rulebook', rules.missing)
  const protocol = courseIn(rules.book, protocolId)
  if (!protocol) return blocked('protocol', protocolId ? unknownCourseSays(protocolId) : 'No protocol has been chosen for this person yet.')
  const gates = startGates(chart, protocol, { ...contextOf(rules.book, chart, now, zone, visit), people })
  return { gates, ...passage(gates, asPrescriber ? Object.entries(reasons).map(([gate, reason]) => ({ gate, role: 'prescriber' as const, reason })) : []) }
}

function blocked(gate: string, says: string): Judged {
  const one = { gate: gate as Gate['gate'], state: 'unknown' as const, facts: [], says, overridable: false }
  return { gates: [one], passes: false, blocking: [one], overridden: [] }
}
