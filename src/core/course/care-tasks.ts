import type { Role } from '../access/roles.ts'
import { hoursBetween, plusMinutes, type Instant } from '../shared/time.ts'
import { EXPOSURE, FURTHER_INTEGRATION, NO_ANSWER, PLACE_REVIEW, type Step } from './step.ts'

/** What nobody may forget about somebody: whose it is and by when, told by name and not let go of until it is done. */
export interface CareTask {
  /** The same for the same matter, however the words about it change; another one for the next of its kind. */
  readonly key: string
  readonly about: 'no-answer' | 'relapse' | 'integration' | 'exposure' | 'place-review' | 'misuse'
  readonly step: string
  readonly says: string
  readonly who: readonly Role[]
  readonly since: Instant
  readonly dueBy: Instant
  readonly overdue: boolean
}

const ABOUT: readonly (readonly [RegExp, CareTask['about']])[] = [[new RegExp(`^${NO_ANSWER}$`), 'no-answer'], [/^maintenance$/, 'relapse'], [new RegExp(`^(integration-\\d+|${FURTHER_INTEGRATION})$`), 'integration'], [new RegExp(`^${EXPOSURE}$`), 'exposure'], [new RegExp(`^${PLACE_REVIEW}$`), 'place-review']]

/**
 * The steps of a course that go to a person by name: nobody knows how somebody is; a response is lost or about to be; an
 * integration is overdue; repeated doses ask for a look; what was accepted has no time yet. What is overdue longest comes first.
 */
export function careTasks({ steps }: { readonly steps: readonly Step[] }): CareTask[] {
  return steps.flatMap((step): CareTask[] => {
    const about = ABOUT.find(([shape]) => shape.test(step.id))?.[1]
    const { since, dueBy } = step
    if (!about || since === undefined || dueBy === undefined || (step.state !== 'due' && step.state !== 'overdue')) return []
    if (about === 'integration' && step.state !== 'overdue') return []
    const says = about === 'integration' ? `${step.title}: not done ${Math.floor(hoursBetween(since, dueBy))} hours after the session.` : /[.!?]$/.test(step.title) ? step.title : `${step.title}.`
    return [{ key: `${step.id} ${since}`, about, step: step.id, says, who: step.who, since, dueBy, overdue: step.state === 'overdue' }]
  }).toSorted((a, b) => Number(b.overdue) - Number(a.overdue) || (a.dueBy < b.dueBy ? -1 : a.dueBy > b.dueBy ? 1 : 0))
}

/** When there can be something new to see without a new entry: just after a step falls due, or a task is passed on. */
export const nextCareLook = ({ steps }: { readonly steps: readonly Step[] }, tasks: readonly CareTask[], passesOn: (task: CareTask) => Instant, now: Instant): Instant | undefined =>
  [...steps.flatMap(({ id, state, dueBy }) => (state === 'due' && dueBy !== undefined && ABOUT.some(([shape]) => shape.test(id)) ? [dueBy] : [])), ...tasks.map(passesOn)].map((at) => plusMinutes(at, 1)).filter((at) => at > now).toSorted()[0]
