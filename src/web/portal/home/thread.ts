import { isOver } from '../../../core/course/over.ts'
import type { Step } from '../../../core/course/step.ts'
import type { Instant } from '../../../core/shared/time.ts'
import type { ThreadVisit } from '../../kit/plain/Thread.tsx'
import { shortDay } from '../times.ts'
import { visitName } from '../visits.ts'

const visitStep = /^(intake|consult|clearance|preparation|medicine|integration|follow-up)(?:-(\d+))?$/
const types = { intake: 'intake', consult: 'consult', clearance: 'medical-clearance', preparation: 'preparation', medicine: 'medicine', integration: 'integration', 'follow-up': 'follow-up' } as const

/** The course as one line: every visit of it, in the order they come, and where she is. What an ended course left undone is no longer hers to wait for. */
export function threadOf(steps: readonly Step[], now: Instant, zone: string): readonly ThreadVisit[] {
  const line = steps.flatMap((step, place) => {
    const [, kind, number] = visitStep.exec(step.id) ?? []
    if (!kind || isOver(step)) return []
    const type = types[kind as keyof typeof types]
    return [{ step, place, type, label: visitName({ type, number: Number(number ?? 1) }) }]
  }).toSorted((a, b) => compare(orderOf(a.step), orderOf(b.step)) || a.place - b.place)
  const reached = line.findLastIndex(({ step }) => step.state === 'done')
  const here = line[reached + 1]
  return line.map((one, place): ThreadVisit => ({
    id: one.step.id, label: one.label, large: one.type === 'medicine',
    state: place > reached ? (one !== here ? 'planned' : one.step.state === 'blocked' ? 'blocked' : 'next') : stateBehind(one.step),
    ...whenOf(one.step, one === here, now, zone),
  }))
}

/** What lies before something that took place is behind her too. A clearance that has run out since was a visit all the same. */
const stateBehind = ({ id, state }: Step): ThreadVisit['state'] => (state === 'done' || id === 'clearance' ? 'done' : 'missed')

/** A day that went by without the visit is told as what it is, and not as the day of what comes next. */
function whenOf({ visit, state, blockedBy }: Step, isHere: boolean, now: Instant, zone: string): Pick<ThreadVisit, 'when' | 'note'> {
  const day = visit && shortDay(visit.startsAt, zone)
  const passed = isHere && visit && state !== 'done' && visit.endsAt <= now
  return { when: passed ? undefined : day, note: isHere && state === 'blocked' ? blockedBy[0]?.says : passed ? `was planned for ${day}` : undefined }
}

/** What was done without a booking stands first; what is not booked yet stands last, in the order of the course. */
const orderOf = ({ visit, state }: Step): Instant => visit?.startsAt ?? (state === 'done' ? '' : '9999')
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
