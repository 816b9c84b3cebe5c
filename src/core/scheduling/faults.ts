import { nameOf } from './layers.ts'
import { fill, mayFill } from './colleague.ts'
import type { StaffRole } from '../course/protocol.ts'
import type { PlanRequest, Reason } from './request.ts'
import { holds, isOnline, lacking } from './rooms.ts'
import { inState } from '../shared/us-states.ts'
import { isZone } from './zone.ts'

/** What is wrong with a request before any day is looked at: nobody holds a role, no room has what medicine needs. */
export function requestFaults(request: PlanRequest): readonly Reason[] {
  if (!isZone(request.zone)) return [{ code: 'no-such-zone', says: `${request.zone} is not a time zone.`, facts: { zone: request.zone } }]
  const therapist = request.people.find((person) => person.id === request.therapist)
  const faults: Reason[] = []
  if (request.latest < request.earliest) faults.push({ code: 'no-days', says: 'The last day of planning lies before the first.', facts: { earliest: request.earliest, latest: request.latest } })
  if (!therapist?.roles.includes('therapist')) faults.push({ code: 'no-therapist', says: 'The course has no therapist of its own here.', facts: { person: request.therapist } })
  const { protocol } = request
  const planned = protocol.phases.filter((phase) => phase.count > 0 && phase.type !== 'inquiry-call' && !(phase.type === 'medical-clearance' && request.clearance.state !== 'needed'))
  for (const phase of planned) {
    const slots = phase.staff.flatMap(({ role, count }) => Array.from({ length: count }, () => role))
    const online = isOnline(request, phase)
    const name = nameOf({ type: phase.type, number: 1 })
    const inRole = fill(slots, request.people, (person, role) => person.roles.includes(role))
    if (!inRole) faults.push({ code: 'too-few-people', says: `${name} needs ${slots.join(' and ')}; too few people here hold these roles.`, facts: { type: phase.type } })
    else if (!fill(slots, request.people, (person, role) => mayFill(person, role, request, online))) faults.push({ code: 'nobody-fits', says: `${name} finds too few people who ${asked(request, slots, online).join(' and ')}.`, facts: { type: phase.type } })
    else if (slots.includes('therapist') && request.continuity === 'required' && therapist && !mayFill(therapist, 'therapist', request, online)) faults.push({ code: 'therapist-does-not-fit', says: `${name} needs somebody who ${asked(request, ['therapist'], online, 'one').join(' and ')}; that is not entered of ${therapist.name}.`, facts: { type: phase.type, person: therapist.id } })
    if (!online && request.rooms.every((room) => lacking(room, { phase }).length > 0)) faults.push({ code: 'no-room', says: roomFault(phase.roomFeatures ?? []), facts: { type: phase.type } })
    else if (!online && request.rooms.every((room) => lacking(room, { phase }).length > 0 || !holds(room, request))) faults.push({ code: 'room-too-small', says: `No room here is entered as holding ${request.patients ?? 1} patients.`, facts: { type: phase.type } })
  }
  if (protocol.onCall && request.onCall === 'plan' && !request.people.some((person) => person.roles.includes('prescriber'))) faults.push({ code: 'no-prescriber-on-call', says: 'A prescriber has to be on call for medicine sessions, and none is entered here.', facts: {} })
  return faults.filter((fault, i) => faults.findIndex((one) => one.says === fault.says) === i)
}

/** What is asked of people beyond their role, for a sentence that begins with “who”. */
const asked = ({ needs, sitsIn }: PlanRequest, roles: readonly StaffRole[], online: boolean, of: 'one' | 'several' = 'several'): readonly string[] => [
  ...(needs ?? []).filter(({ role }) => roles.includes(role)).map(({ skill }) => `${of === 'one' ? 'brings' : 'bring'} ${skill}`),
  ...(online && sitsIn !== undefined ? [`${of === 'one' ? 'is' : 'are'} entered as licensed ${inState(sitsIn)}, where the patient sits`] : []),
]
const roomFault = (features: readonly string[]) => (features.length > 0 ? `No room here has a ${features.join(' and a ')}.` : 'No room has been entered.')
