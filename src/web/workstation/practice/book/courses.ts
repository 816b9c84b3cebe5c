import { rulebook as shipped } from '../../../../knowledge/rulebook.ts'
import { coursesInOrder } from '../../../../core/rulebook/own-courses.ts'
import type { Figure, Protocol, ProtocolPhase } from '../../../../core/course/protocol.ts'
import { visitNames } from '../../desk/visits.ts'
import { count, listed, weakest, type BookRule, type Chapter } from './rule.ts'

/** What ships, and the courses this practice made: each by its own row. */
export const coursesChapter = (protocols: Readonly<Record<string, Protocol>>): Chapter => ({
  id: 'courses', title: 'Courses', intro: 'What a course holds, how far apart its visits are, and who has to be there. The planner, the gates, the public page and the patient’s own line all read these rows.',
  groups: coursesInOrder(protocols, shipped.protocols).map((protocol) => ({ title: `${protocol.name}${protocol.heldBack ? ' (switched off as it ships)' : ''}${protocol.own ? ' (this practice’s own)' : ''}`, rules: rulesOf(protocol) })),
})

/** Each rule of a course, with the basis of the very figures it names. */
function rulesOf(protocol: Protocol): BookRule[] {
  const made = (id: string, says: string, paths: readonly string[]): BookRule => {
    const figures = Object.entries(protocol.figures).filter(([path]) => paths.some((one) => path === one || path.startsWith(`${one}.`))).map(([, figure]) => figure)
    return { id: `${protocol.id}.${id}`, says, ...basisOf(figures, protocol) }
  }
  const { spacing, integration, gates, onCall, own } = protocol
  return [
    ...(own ? [{ id: `${protocol.id}.own`, says: `Made in this practice from “${own.from}”. ${own.reason}`, tag: 'P' as const, cites: ['P'], verified: false, reviewBy: protocol.reviewBy }] : []),
    ...(protocol.heldBack ? [{ id: `${protocol.id}.held-back`, says: `Switched off as it ships, and offered only after a medical director adopts it. ${protocol.heldBack}`, tag: 'P' as const, cites: ['P'], verified: false, reviewBy: protocol.reviewBy }] : []),
    ...protocol.phases.filter((phase) => phase.count > 0).map((phase) => made(phase.type, phaseSays(phase), [phase.type])),
    made('spacing', `Between two doses lie at least ${spacing.minHoursBetweenDoses} hours, and any seven days hold at most ${count(spacing.maxDosesPerSevenDays, 'dose')}.`, ['spacing']),
    made('integration-window', `Each dose is followed by integration after ${integration.fromDays} to ${count(integration.withinDays, 'day')}${integration.beforeNextDose ? ', before the next dose' : ''}; it is due from ${integration.window.dueFromHours} hours and overdue after ${integration.window.overdueAfterHours}.`, ['integration.fromDays', 'integration.withinDays', 'integration.window']),
    made('people', `${count(protocol.peopleInRoom, 'person', 'people')} are in the room for every dose${onCall ? `, and a prescriber can be reached who answers for at most ${count(onCall.maxRooms, 'room')} at once` : ''}.`, ['peopleInRoom', 'onCall']),
    made('gates', `Before the first dose: ${count(gates.preparationVisits, 'preparation visit')}, a safety plan reviewed within ${gates.safetyPlanWithinDays} days, and a clearance no older than ${gates.clearanceValidDays} days.`, ['gates']),
    made('age', `For people of ${protocol.minimumAgeYears} and over${protocol.access === 'current-clients-only' ? ' who are already in care here' : ''}.`, ['minimumAgeYears']),
    made('first-visit', `Whoever was matched meets the therapist within ${protocol.firstVisitWithinDays} days.`, ['firstVisitWithinDays']),
    made('review', `Prescriber and therapist look at response and dose together after session ${listed(protocol.reviewAfterMedicine.map(String))}.`, ['reviewAfterMedicine']),
    made('follow-ups', `Follow-ups come ${listed(protocol.followUpDays.map(String))} days after the last dose, each up to ${listed(protocol.followUpWindowDays.map(String))} days early or late.`, ['followUpDays', 'followUpWindowDays']),
    ...(protocol.rules ?? []).map(({ id, says, tag, cites }): BookRule => ({ id: `${protocol.id}.rule.${id}`, says, tag, cites, verified: tag === 'V', reviewBy: protocol.reviewBy })),
  ]
}

function phaseSays({ type, count: visits, countRange, durationMin, gapDays, afterDays, staff, place, roomMin, roomFeatures, content }: ProtocolPhase): string {
  const name = visitNames[type] ?? type
  const gaps = [gapDays && visits > 1 ? `${gapDays.min} to ${gapDays.max} days apart` : '', afterDays ? `${afterDays.min} to ${afterDays.max} days after what comes before` : ''].filter(Boolean)
  const where = place === 'in-person' ? 'in person' : 'online or in person'
  const room = [roomFeatures?.length ? `a room with a ${roomFeatures.join(' and a ')}` : '', roomMin ? `held for ${roomMin} minutes` : ''].filter(Boolean).join(', ')
  return `${name}: ${count(visits, 'visit')}${countRange && countRange[0] !== countRange[1] ? ` (${countRange[0]} to ${countRange[1]})` : ''} of ${durationMin} minutes${gaps.length > 0 ? `, ${listed(gaps)}` : ''}, with ${listed(staff.map(({ role, count: people }) => count(people, role)))}, ${where}${room ? `, in ${room}` : ''}.${content ? ` Covers ${listed(content)}.` : ''}`
}

function basisOf(figures: readonly Figure[], { cites, verified, reviewBy }: Protocol) {
  const named = [...new Set(figures.flatMap((figure) => figure.cites))]
  const tag = figures.length > 0 ? weakest(Object.fromEntries(figures.map((figure, place) => [place, figure.tag]))) : 'V'
  return { tag, cites: named.length > 0 ? named : cites, verified: verified && tag !== 'M', reviewBy }
}
