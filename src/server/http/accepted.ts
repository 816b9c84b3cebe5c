import { numberAfter } from '../../core/course/accepted.ts'
import { standingVisits } from '../../core/measures/doses.ts'
import { asBooked, planExtra } from '../../core/scheduling/extra-visit.ts'
import type { PlanAnswer, Proposal } from '../../core/scheduling/request.ts'
import { sayDay } from '../../core/shared/local-day.ts'
import { bookVisits } from '../store/calendar.ts'
import { askedOf, extraOf, notesFor, refuseExtra, whyNoPlace, type Extra } from './accepted-request.ts'
import { entry, writeAct } from './acts.ts'
import { addTeam, refuseUnplannable } from './calendar.ts'
import { courseOf } from './course.ts'
import { judge, judgeLocked, requireCourse, type Judged } from './judging.ts'
import { roomUntil } from './plan-request.ts'
import { Problem } from './problems.ts'
import { shownProposal } from './shown-proposal.ts'
import type { Handlers, Here } from './shell.ts'
import { deskOf, tellPeople } from './visit-told.ts'

/** What one person accepted after a course finds its time: searched with all that belongs to it, booked whole, by a person. */
export const acceptedHandlers: Handlers<'planAccepted' | 'bookAccepted'> = {
  async planAccepted({ params, body }, here) {
    const judged = await judge(here, params.chart)
    const found = open(judged, here, body.until)
    const { extra } = found
    const days = { what: extra.type, from: extra.from, to: extra.to }
    const none = whyNoPlace(judged, found)
    if (none.length > 0) return { ...days, proposals: [], impossible: none }
    return { ...days, ...shown(planExtra(await askedOf(here, judged), extra), found, judged, here) }
  },
  async bookAccepted({ params, body }, here) {
    const judged = await judgeLocked(here, params.chart)
    const { visits } = body
    if (standingVisits(judged.chart).some(({ visit }) => visits.some((each) => each.visit === visit))) return { booked: visits.length } // Sent twice.
    const found = open(judged, here, body.until)
    const none = whyNoPlace(judged, found)
    if (none.length > 0) throw new Problem('plan.refused', { list: none })
    if (visits.some(({ group }) => group !== undefined)) throw new Problem('visit.together')
    if (misnumbered(visits, judged)) throw new Problem('plan.clash', { list: [{ code: 'number', says: 'Something was booked for this person since the plan was made. Look for a time again.' }] })
    await refuseExtra(here, judged, found, visits)
    await bookVisits(here, params.chart, visits, (visit) => roomUntil(visit, judged.protocol), here.now)
    await addTeam(here, params.chart, visits)
    const { entry: accepted } = found.accepted
    await writeAct(here, params.chart, 'plan.booked', entry('visits-booked.v1', body.id, body.device, here, { visits: [...visits], why: body.why, accepted: accepted.id }))
    const first = visits.find(({ type }) => type === found.extra.type)!
    await tellPeople(here, params.chart, [accepted.by, ...visits.flatMap(({ people }) => people.map(({ person }) => person)), ...await deskOf(here)], `${judged.row.name}: what was accepted after the course is booked, ${sayDay(first.startsAt, judged.zone)}.`)
    return { booked: visits.length }
  },
}

function open(judged: Judged, here: Here, until: string | undefined): Extra {
  refuseUnplannable(judged, here.now)
  const found = extraOf(judged, here.now, until)
  if (!found) throw new Problem('plan.refused', { list: [{ code: 'nothing-to-place', says: 'Nothing waits for a time here: what was accepted is booked, or nothing was.' }] })
  return found
}

/** Numbers are given when a plan is made, and count on from what stands. */
const misnumbered = (visits: Parameters<typeof bookVisits>[2], judged: Judged): boolean =>
  visits.some(({ type, number }) => number !== numberAfter(judged.chart, requireCourse(judged, 'plan.refused'), type))

function shown(answer: PlanAnswer, found: Extra, judged: Judged, here: Here) {
  const { extra } = found
  if ('impossible' in answer) return { proposals: [], impossible: [...answer.impossible.map(({ code, says }) => ({ code, says })), ...answer.wouldHelp.map(({ says }) => ({ code: 'would-help', says }))] }
  const notes = notesFor(found, courseOf(judged, here.now).risks)
  const numberOf = (type: Proposal['visits'][number]['type']) => numberAfter(judged.chart, requireCourse(judged, 'plan.refused'), type)
  const whole = (one: Proposal) => shownProposal({ ...one, notes: [...one.notes, ...notes], visits: asBooked(extra, one.visits, numberOf) })
  return { proposals: answer.proposals.map(whole), impossible: [] }
}
