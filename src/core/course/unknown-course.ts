import type { Chart } from '../chart/chart.ts'
import { clearanceNow } from '../eligibility/clearance.ts'
import { openRisks } from '../measures/open-risks.ts'
import { standingVisits } from '../measures/doses.ts'
import type { Instant } from '../shared/time.ts'
import type { CourseNow, CourseRows } from './course.ts'
import { inCycle } from './cycle.ts'
import { blocker, type Step } from './step.ts'

/**
 * A chart on a course that nobody here knows: what stands on it is read, and the one step says that nothing can be
 * judged. No other course is read in its place.
 */
export function unknownCourse(chart: Chart, says: string, rows: CourseRows, now: Instant, zone: string): CourseNow {
  const closed = new Set(chart.all('session-closed.v1').map(({ session }) => session))
  const step: Step = { id: 'protocol', title: 'The course is not known here', who: ['therapist', 'coordinator', 'prescriber'], state: 'blocked', blockedBy: [blocker('course-unknown', says)], facts: [] }
  const none = { done: 0, needed: 0 }
  return {
    stage: 'Course not known here', cycle: inCycle(chart).number, steps: [step], next: step, counts: { preparation: none, medicine: none, integration: none }, followUps: [], visits: standingVisits(chart),
    openSession: chart.all('session-started.v1').findLast(({ id }) => !closed.has(id))?.id,
    clearance: clearanceNow(chart, rows.eligibility, now, rows.screening),
    risks: openRisks(chart, now, { instruments: rows.instruments, paths: rows.risk.paths, followUpHours: rows.risk.followUpHours.value, zone }),
  }
}
