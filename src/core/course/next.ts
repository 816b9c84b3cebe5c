import type { BookedVisit, VisitType } from '../chart/kinds/aftercare.ts'
import type { Chart } from '../chart/chart.ts'
import { standingVisits } from '../measures/doses.ts'
import { afterwardSteps, followUps, type FollowUp } from './afterwards.ts'
import { arrivalSteps, callMade } from './arrival.ts'
import { mayPlan } from './may-plan.ts'
import { isOfCourse } from './dosing-visit.ts'
import { COURSE_ENDED } from './over.ts'
import { phaseOf, type Protocol } from './protocol.ts'
import { ahead, blocker, readingOf, WEEKLY, type CourseFacts, type CourseReading, type Step } from './step.ts'
import { treatmentSteps } from './treatment.ts'

export { mayPlan, type MayPlan } from './may-plan.ts'

interface Count {
  readonly done: number
  readonly needed: number
}

export interface Course {
  /** Where in the course, in a few words. */
  readonly stage: string
  /** 1 for a first course; a course chosen after one has ended counts by itself. */
  readonly cycle: number
  readonly steps: readonly Step[]
  /** The one step that comes next; nothing when all is done. */
  readonly next: Step | undefined
  readonly counts: Readonly<Record<'preparation' | 'medicine' | 'integration', Count>>
  readonly followUps: readonly FollowUp[]
  /** The visits as they stand, moves and cancellations applied. */
  readonly visits: readonly BookedVisit[]
  /** The id of a session that was started and not closed. */
  readonly openSession: string | undefined
}

/**
 * What comes next for this person, and what blocks it. The one function that draws every button and guards every
 * route: it is pure over the chart, and what other parts judge (clearance, order, risks) comes in as facts.
 */
export function courseNext(protocol: Protocol, chart: Chart, facts: CourseFacts): Course {
  const reading = readingOf(protocol, chart, facts)
  const arrival = arrivalSteps(reading)
  const steps = stopped(reading, [...arrival, ...treatmentSteps(reading, arrival), ...afterwardSteps(reading)])
  const closed = new Set(chart.all('session-closed.v1').map(({ session }) => session))
  const counted = (type: VisitType) => ({ done: steps.filter(({ id, state }) => id.startsWith(`${type}-`) && state === 'done').length, needed: phaseOf(protocol, type)?.count ?? 0 })
  const counts = { preparation: counted('preparation'), medicine: counted('medicine'), integration: counted('integration') }
  return {
    stage: stageOf(reading, steps, counts), cycle: reading.cycle.number, steps, next: nextOf(steps), counts, followUps: followUps(reading), visits: standingVisits(chart),
    openSession: chart.all('session-started.v1').findLast(({ id }) => !closed.has(id))?.id,
  }
}

/** Where a course has stopped, nothing of it is asked for any more. Nobody writes to the family of somebody who has died. */
function stopped(reading: CourseReading, steps: readonly Step[]): readonly Step[] {
  const why = whyStopped(reading)
  if (!why) return steps
  const wasDosed = reading.sessions.length > 0
  const goesOn = ({ id, state }: Step) => state === 'done' || (why.code === COURSE_ENDED && ((wasDosed && (id === WEEKLY || /^(follow-up|maintenance|no-answer|place-review|exposure)/.test(id))) || (id.startsWith('integration') && state !== 'not-yet')))
  return steps.map((step) => {
    if (goesOn(step)) return step
    const { dueBy: _nothingIsDue, ...rest } = step
    return { ...rest, ...ahead([blocker(why.code, why.says, why.facts)]) }
  })
}

/** Why nobody goes on with somebody's course, where that is so. */
export function whyStopped({ chart, protocol, facts, cycle }: Pick<CourseReading, 'chart' | 'protocol' | 'cycle'> & { readonly facts: Pick<CourseReading['facts'], 'now' | 'zone'> }) {
  const may = mayPlan(chart, protocol, facts.now, facts.zone)
  if (!may.may && may.code === 'deceased') return { code: may.code, says: may.says, facts: [] }
  if (cycle.ended) return { code: COURSE_ENDED, says: 'The course has ended.', facts: [cycle.ended.entry] }
  const call = callMade({ chart })
  const wentOn = call && chart.entries.some((entry) => entry.at > call.at && (entry.kind === 'match-chosen.v1' || entry.kind === 'intake.v1' || (entry.kind === 'visits-booked.v1' && entry.body.visits.some(isOfCourse))))
  if (!call || wentOn || (call.body.outcome !== 'not-now' && call.body.outcome !== 'referred-elsewhere')) return undefined
  return { code: call.body.outcome, says: call.body.outcome === 'not-now' ? 'The person decided not to go on for now.' : 'The person was referred to somebody else.', facts: [call.id] }
}

/** An open session first, then what is overdue, what is due, what can be done, what is blocked; last, the visit that is booked next. */
function nextOf(steps: readonly Step[]): Step | undefined {
  const running = steps.find(({ id, state, facts }) => id.startsWith('medicine-') && state === 'due' && facts.length > 0)
  const first = (state: Step['state']) => steps.find((step) => step.state === state)
  const booked = steps.filter(({ state, visit, dueBy }) => state === 'not-yet' && visit && dueBy !== undefined).toSorted((a, b) => ((a.visit?.startsAt ?? '') < (b.visit?.startsAt ?? '') ? -1 : 1))
  return running ?? first('overdue') ?? first('due') ?? first('open') ?? first('blocked') ?? booked[0]
}

function stageOf(reading: CourseReading, steps: readonly Step[], counts: Course['counts']): string {
  const isDone = (id: string) => steps.some((step) => step.id === id && step.state === 'done')
  const { preparation, medicine } = counts
  const why = whyStopped(reading)
  if (why?.code === 'deceased') return 'Deceased'
  if (medicine.done > 0 && medicine.done >= medicine.needed) return 'After the course'
  if (why?.code === COURSE_ENDED) return `Ended after ${medicine.done} of ${medicine.needed} medicine sessions`
  if (why) return why.code === 'not-now' ? 'Not now' : 'Referred elsewhere'
  if (medicine.done > 0) return `In the course, ${medicine.done} of ${medicine.needed} medicine sessions`
  if (preparation.done > 0) return `Preparing, ${preparation.done} of ${preparation.needed}`
  if (isDone('clearance')) return 'Cleared, before preparation'
  if (isDone('referral')) return 'Waiting for medical clearance'
  if (isDone('intake')) return 'After intake'
  if (isDone('match') || !steps.some(({ id }) => id === 'match')) return 'Before intake'
  return 'Inquiry'
}
