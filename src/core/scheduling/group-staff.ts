import type { VisitType } from '../chart/kinds/aftercare.ts'
import type { Protocol, ProtocolPhase } from '../course/protocol.ts'
import { isDosing } from '../course/dosing-visit.ts'

/** How many patients one monitor watches where several are dosed in one room: a row of the rulebook. */
export interface TogetherRows {
  readonly patientsPerMonitor: { readonly value: number }
}

/** Who has to be there for several patients at once. */
export interface Company {
  readonly patients: number
  /** The patients’ own therapists, each of whom is there. */
  readonly ownTherapists: number
  readonly types: readonly VisitType[]
}

/**
 * The course with the people it takes for several patients in one visit: what its own row asks, each patient’s own therapist,
 * and for every dose no fewer monitors than the rulebook’s row asks. Never fewer people than the course asks for one.
 */
export const staffedFor = (protocol: Protocol, company: Company, rows: TogetherRows): Protocol =>
  ({ ...protocol, phases: protocol.phases.map((phase) => (company.types.includes(phase.type) ? { ...phase, staff: staffOf(phase, company, rows) } : phase)) })

function staffOf(phase: ProtocolPhase, { patients, ownTherapists }: Company, rows: TogetherRows): ProtocolPhase['staff'] {
  const monitors = isDosing(phase) ? Math.ceil(patients / rows.patientsPerMonitor.value) : 0
  const least = (role: ProtocolPhase['staff'][number]['role']) => (role === 'therapist' ? ownTherapists : role === 'monitor' ? monitors : 0)
  const asked = phase.staff.map(({ role, count }) => ({ role, count: Math.max(count, least(role)) }))
  return monitors === 0 || asked.some(({ role }) => role === 'monitor') ? asked : [...asked, { role: 'monitor', count: monitors }]
}
