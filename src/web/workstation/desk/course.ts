import type { BookedVisit } from '../../../core/chart/kinds/aftercare.ts'
import type { Response } from '../../../core/contract/contract.ts'
import type { CourseNow } from '../../../core/course/course.ts'
import { isDosing } from '../../../core/course/dosing-visit.ts'
import { leftToBook } from '../../../core/course/left-to-book.ts'
import type { Protocol } from '../../../core/course/protocol.ts'
import type { ThreadState, ThreadVisit } from '../../kit/index.ts'
import { byStart, visitDay, visitTitle } from './visits.ts'

/** A course as the desk sees it: what comes next and what is booked, without the clinical facts behind it. */
export type DeskCourse = Pick<CourseNow, 'stage' | 'steps' | 'counts' | 'visits'>
export const deskCourse = (answer: Response<'course'>): DeskCourse => answer.course as DeskCourse

/** What the course still has to book. */
export const leftInCourse = (protocol: Pick<Protocol, 'phases'>, { steps, visits }: DeskCourse): ReturnType<typeof leftToBook> =>
  leftToBook(protocol, visits, steps.some(({ id, state }) => id === 'clearance' && state === 'done'))

/** The course's visits as a line: what was held, what comes next, what is booked after it. */
export function courseThread(course: DeskCourse, now: string): ThreadVisit[] {
  const visits = byStart(course.visits)
  const states = visits.map((visit) => stateOf(visit, course, now))
  const next = states.indexOf('planned')
  return visits.map((visit, place) => {
    const state = place === next ? 'next' : states[place] ?? 'planned'
    return { ...threadVisit(visit, state), ...(state === 'blocked' ? { note: 'not written down as held' } : {}) }
  })
}

export const threadVisit = (visit: BookedVisit, state: ThreadState): ThreadVisit => ({ id: visit.visit, label: visitTitle(visit), state, when: visitDay(visit), large: isDosing(visit) })

/** Steps know what was held. One that is over and not written down waits for that; nobody says that it did not happen. */
function stateOf({ type, number, visit, endsAt }: BookedVisit, { steps }: DeskCourse, now: string): ThreadState {
  const own = steps.find((step) => step.visit?.visit === visit || step.id === `${type}-${number}` || step.id === type)
  if (own?.state === 'done' || own?.state === 'missed') return own.state
  if (endsAt > now) return 'planned'
  return own ? 'blocked' : 'done'
}
