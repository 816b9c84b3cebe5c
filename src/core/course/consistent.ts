import { nominalCourse } from '../scheduling/nominal.ts'
import type { VisitType } from '../chart/kinds/aftercare.ts'
import type { CourseValue } from './course-figures.ts'
import { phaseOf, type Protocol, type ProtocolPhase } from './protocol.ts'

/** Two figures of a course that contradict each other, said at the one to put right, with what would. */
export interface CourseFault {
  readonly path: string
  readonly says: string
  readonly mend?: { readonly path: string; readonly to: CourseValue }
}

const DAY_HOURS = 24
const fault = (path: string, says: string, to?: CourseValue, at = path): CourseFault => ({ path, says, ...(to === undefined ? {} : { mend: { path: at, to } }) })

/** Whether a course holds together, judged as a whole: what ships and what a practice makes by the same function. */
export function courseFaults(protocol: Protocol): readonly CourseFault[] {
  const faults = [...protocol.phases.flatMap(phaseFaults), ...inTheRoom(protocol), ...counts(protocol), ...distances(protocol), ...windows(protocol)]
  return faults.length > 0 || nominalCourse(protocol) ? faults : [fault('medicine.gapDays', 'No calendar could hold this course: its distances, its spacing and the time its clearance counts contradict each other.')]
}

function phaseFaults(phase: ProtocolPhase): readonly CourseFault[] {
  const { type, count, countRange, durationMin, durationRangeMin, roomMin, gapDays, afterDays, staff } = phase
  const people = staff.reduce((sum, one) => sum + one.count, 0)
  return [
    ...(durationMin > 0 ? [] : [fault(`${type}.durationMin`, 'A visit has a length.')]),
    ...(people > 0 ? [] : [fault(`${type}.staff.${staff[0]?.role ?? 'therapist'}.count`, 'Somebody has to be there.', 1)]),
    ...(roomMin === undefined || roomMin >= durationMin ? [] : [fault(`${type}.roomMin`, `The room is held for ${roomMin} minutes, and the visit takes ${durationMin}.`, durationMin)]),
    ...(countRange === undefined || (countRange[1] === count && countRange[0] <= count) ? [] : [fault(`${type}.countRange`, `${count} are planned, and the row says ${countRange[0]} to ${countRange[1]}.`, { min: Math.min(countRange[0], count), max: count })]),
    ...(durationRangeMin === undefined || (durationRangeMin[0] <= durationMin && durationMin <= durationRangeMin[1]) ? [] : [fault(`${type}.durationRangeMin`, `${durationMin} minutes are planned, and the row says ${durationRangeMin[0]} to ${durationRangeMin[1]}.`, { min: Math.min(durationRangeMin[0], durationMin), max: Math.max(durationRangeMin[1], durationMin) })]),
    ...([['gapDays', gapDays], ['afterDays', afterDays]] as const).flatMap(([name, range]) => (range === undefined || range.max >= range.min ? [] : [fault(`${type}.${name}`, `The longest distance, ${range.max} days, lies below the shortest, ${range.min}.`)])),
  ]
}

const DOSING: readonly VisitType[] = ['medicine', 'maintenance']

/** Whoever gives medicine is there in person, with as many people as the course itself asks for. */
function inTheRoom(protocol: Protocol): readonly CourseFault[] {
  if (!phaseOf(protocol, 'medicine')) return [fault('medicine.count', 'A course has medicine sessions.')]
  return protocol.phases.filter(({ type }) => DOSING.includes(type)).flatMap(({ type, place, staff }) => {
    const people = staff.reduce((sum, { count }) => sum + count, 0)
    return [
      ...(place === 'in-person' ? [] : [fault(`${type}.place`, 'Medicine is given in person.', 'in-person')]),
      ...(people >= protocol.peopleInRoom ? [] : [fault(`${type}.staff.${staff[0]?.role ?? 'therapist'}.count`, `${people} ${people === 1 ? 'person is' : 'people are'} planned for a dose, and ${protocol.peopleInRoom} have to be in the room.`)]),
    ]
  })
}

function counts(protocol: Protocol): readonly CourseFault[] {
  const count = (type: VisitType) => phaseOf(protocol, type)?.count ?? 0
  const { gates, followUpDays, followUpWindowDays, reviewAfterMedicine, integration } = protocol
  const [doses, integrations] = [count('medicine'), count('integration')]
  const beyond = reviewAfterMedicine.filter((number) => number > doses)
  return [
    ...(gates.preparationVisits <= count('preparation') ? [] : [fault('gates.preparationVisits', `The gate before the first dose asks for ${gates.preparationVisits} preparation visits, and ${count('preparation')} are planned.`, count('preparation'))]),
    ...(integration.beforeNextDose && integrations !== doses ? [fault('integration.count', `Each dose is integrated before the next one: ${doses} doses need ${doses} integration visits, and ${integrations} are planned.`, doses)] : []),
    ...(!integration.beforeNextDose && (integrations < 1 || integrations > doses) ? [fault('integration.count', `Between one integration visit and one for each dose: ${doses} doses, ${integrations} integration visits.`, Math.min(Math.max(1, integrations), doses))] : []),
    ...(followUpDays.length === followUpWindowDays.length ? [] : [fault('followUpWindowDays', `${followUpDays.length} follow-ups are named, and ${followUpWindowDays.length} say how many days early or late they may be.`, followUpDays.map((_, place) => followUpWindowDays[place] ?? followUpWindowDays.at(-1) ?? 0))]),
    ...(count('follow-up') === followUpDays.length ? [] : [fault('follow-up.count', `${followUpDays.length} follow-ups are named by their day, and ${count('follow-up')} visits are planned.`, followUpDays.length)]),
    ...(beyond.length === 0 ? [] : [fault('reviewAfterMedicine', `A review after session ${beyond.join(' and ')} is asked for, and the course has ${doses} ${doses === 1 ? 'session' : 'sessions'}.`, reviewAfterMedicine.filter((number) => number <= doses))]),
  ]
}

function distances(protocol: Protocol): readonly CourseFault[] {
  const gap = phaseOf(protocol, 'medicine')?.gapDays
  const { minHoursBetweenDoses: hours } = protocol.spacing
  const least = Math.ceil(hours / DAY_HOURS)
  return gap === undefined || gap.min * DAY_HOURS >= hours ? [] : [fault('medicine.gapDays', `The next dose may come after ${gap.min} ${gap.min === 1 ? 'day' : 'days'}, and ${hours} hours have to lie between doses.`, { min: least, max: Math.max(least, gap.max) })]
}

function windows({ integration, followUpDays, followUpWindowDays, reviewAfterMedicine }: Protocol): readonly CourseFault[] {
  const { fromDays, withinDays, window } = integration
  const rising = (list: readonly number[]) => list.every((one, place) => one > (list[place - 1] ?? 0))
  const early = followUpDays.findIndex((day, place) => day <= (followUpWindowDays[place] ?? 0))
  return [
    ...(fromDays <= withinDays ? [] : [fault('integration.withinDays', `Integration begins after ${fromDays} days and should be over within ${withinDays}.`)]),
    ...(window.dueFromHours < window.overdueAfterHours ? [] : [fault('integration.window.overdueAfterHours', `Integration would be overdue after ${window.overdueAfterHours} hours and due only from ${window.dueFromHours}.`)]),
    ...(rising(followUpDays) ? [] : [fault('followUpDays', 'Follow-ups are named by their day, each later than the one before.', followUpDays.toSorted((a, b) => a - b))]),
    ...(rising(reviewAfterMedicine) ? [] : [fault('reviewAfterMedicine', 'Reviews are named by the session they follow, each once and in order.', [...new Set(reviewAfterMedicine)].toSorted((a, b) => a - b))]),
    ...(early < 0 ? [] : [fault('followUpWindowDays', `Day ${followUpDays[early]} could be ${followUpWindowDays[early]} days early: that is before the last dose.`)]),
  ]
}
