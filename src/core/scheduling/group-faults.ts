import type { VisitType } from '../chart/kinds/aftercare.ts'
import { phaseOf } from '../course/protocol.ts'
import { nameOf, visitKey } from './layers.ts'
import type { FixedVisit, Reason } from './request.ts'
import type { Together } from './group.ts'
import { dayNumber } from './zone.ts'

/** A reason that may come from one of several patients: the desk reads which. */
export interface MemberReason extends Reason {
  readonly member?: string
}

/** What keeps these patients from having visits together at all, before any day is looked at. */
export function membersFaults(asked: Together): readonly MemberReason[] {
  const { members, types, therapists } = asked
  const first = members[0]?.request
  if (!first || members.length < 2) return [{ code: 'too-few-members', says: 'Visits together take two patients or more.', facts: { members: members.length } }]
  const missing = types.filter((type) => phaseOf(first.protocol, type) === undefined)
  if (types.length === 0 || missing.length > 0) return [{ code: 'no-such-visit', says: types.length === 0 ? 'Nothing is chosen that is done together.' : `The course has no visit of this kind: ${missing.join(', ')}.`, facts: {} }]
  return members.flatMap(({ id, name, request }): readonly MemberReason[] => [
    ...(request.protocol.id === first.protocol.id ? [] : [{ code: 'other-course', says: `${name} is on another course (${request.protocol.name}).`, facts: {}, member: id }]),
    ...(therapists.includes(request.therapist) ? [] : [{ code: 'own-therapist', says: `${name}’s own therapist does not lead this group.`, facts: { person: request.therapist }, member: id }]),
    ...furtherAlong(asked, { id, name, fixed: request.fixed }),
  ])
}

/** A visit together is the same one of the course for everybody: nobody has had it, or has it booked, alone. */
function furtherAlong({ members, types }: Together, { id, name, fixed }: { readonly id: string; readonly name: string; readonly fixed: readonly FixedVisit[] }): readonly MemberReason[] {
  const has = (visits: readonly FixedVisit[], type: VisitType, number: number) => visits.some((one) => one.type === type && one.number === number)
  const ahead = fixed.filter(({ type, number }) => types.includes(type) && members.some(({ request }) => !has(request.fixed, type, number)))
  // One line for each kind of visit: a course would make a list of a dozen.
  return [...new Set(ahead.map(({ type }) => type))].map((type) => {
    const [had, booked] = [namesOf(ahead, type, 'happened'), namesOf(ahead, type, 'booked')]
    const says = [had && `has had ${had}`, booked && `already has ${booked} booked`].filter(Boolean).join(' and ')
    const first = ahead.find((visit) => visit.type === type)!
    return { code: 'further-along', says: `${name} ${says}; not everybody has.`, facts: { visit: visitKey(type, first.number), day: dayNumber(first.startsAt.slice(0, 10)) }, member: id }
  })
}

/** `medicine session 1`, or the first to the last of them. */
function namesOf(visits: readonly FixedVisit[], type: VisitType, state: FixedVisit['state']): string {
  const found = visits.filter((visit) => visit.type === type && visit.state === state).toSorted((a, b) => a.number - b.number)
  const [first, last] = [found[0], found.at(-1)]
  return !first || !last ? '' : first === last ? nameOf(first).toLowerCase() : `${nameOf(first).toLowerCase()} to ${last.number}`
}
