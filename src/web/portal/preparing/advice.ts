import type { DoseRoute } from '../../../core/chart/kinds/clearance.ts'
import type { BookedVisit } from '../../../core/chart/kinds/aftercare.ts'
import type { Chart } from '../../../core/chart/chart.ts'
import { plusMinutes, type Instant } from '../../../core/shared/time.ts'
import { monitoring } from '../../../knowledge/monitoring.ts'
import { timeOff } from '../../../knowledge/pages/program.ts'
import { sessionsHeld } from '../visits.ts'

export interface Fasting {
  readonly foodUntil: Instant
  readonly fluidUntil: Instant
  /** The row's own sentence. */
  readonly says: string
  /** False while nobody has told how the medicine will be given: then the longest wait is shown. */
  readonly routeKnown: boolean
}

/** Until when she may eat and drink before a session, by the row of its route. The route is the one of her last session. */
export function fastingBefore(visit: Pick<BookedVisit, 'startsAt'>, chart: Chart): Fasting {
  const { fasting } = monitoring.gates
  const last = sessionsHeld(chart).at(-1)?.route
  const routeKnown = last !== undefined && last in fasting
  const row = routeKnown ? fasting[last as DoseRoute] : Object.values(fasting).reduce((longest, one) => (one.foodMin > longest.foodMin ? one : longest))
  return { foodUntil: plusMinutes(visit.startsAt, -row.foodMin), fluidUntil: plusMinutes(visit.startsAt, -row.fluidMin), says: row.says, routeKnown }
}

/** What a session asks of the day after it: the rows that stand for themselves, without a number of a protocol. */
export const afterwardsAdvice: readonly string[] = (timeOff.list ?? []).map(({ text }) => text).filter((text) => !text.includes('{') && !text.startsWith('Before a session'))
