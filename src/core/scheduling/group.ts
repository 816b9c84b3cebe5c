import type { VisitType } from '../chart/kinds/aftercare.ts'
import { violations } from './check.ts'
import { requestFaults } from './faults.ts'
import { stuckReasons } from './impossible.ts'
import { nameOf, type Layer } from './layers.ts'
import { plannedVisit, soonest, steady, visitsOf } from './plan.ts'
import { problemOf, solve } from './problem.ts'
import type { FixedVisit, PlannedVisit, PlanRequest, Proposal, Reason } from './request.ts'
import { clearlyDifferent } from './score.ts'
import { findsSome, search, type Costs, type Found } from './search.ts'
import { withTaken } from './taken.ts'
import { membersFaults, type MemberReason } from './group-faults.ts'
import { mergedPlan, type MergedPlan } from './group-plan.ts'
import { staffedFor, type TogetherRows } from './group-staff.ts'
import { dayNumber, showDay, wallOf } from './zone.ts'

/** One patient of several, with the request that would be made for them alone. */
export interface Member {
  readonly id: string
  /** For the desk; no patient reads it of another. */
  readonly name: string
  readonly request: PlanRequest
}

export interface Together {
  readonly members: readonly Member[]
  /** The visits that they have together; every other is planned for each by itself. */
  readonly types: readonly VisitType[]
  /** Who leads them: a therapist’s place in a visit together is theirs alone. */
  readonly therapists: readonly string[]
  readonly rows: TogetherRows
}

export interface TogetherProposal {
  readonly id: Proposal['id']
  readonly says: string
  /** Each visit once, whoever shares it. */
  readonly visits: readonly PlannedVisit[]
  /** The visits of each that still have to be planned, and fit around these. */
  readonly alone: readonly { readonly member: string; readonly visits: number }[]
  readonly notes: readonly string[]
}

export type TogetherAnswer = { readonly proposals: readonly [TogetherProposal, ...TogetherProposal[]] } | { readonly impossible: readonly MemberReason[] }

/** How many weeks later it is tried again where what each has alone finds no room before or between. */
const WEEKS_LATER = 4
const MOST_PROPOSALS = 2

/**
 * Plans the visits that several patients have together, so that every rule of every one of them holds at once: the gaps to
 * what each had already, earlier doses, clearance, wishes, days away, their own therapist in the room. What each still has
 * alone is planned around it and has to fit too. The answer passes `violations` for every member by itself. Refused with
 * reasons that name the member they come from.
 */
export function planTogether(asked: Together): TogetherAnswer {
  const faults = membersFaults(asked)
  if (faults.length > 0) return { impossible: faults }
  const all = requestOfAll(asked)
  // What each has alone is held against rooms and people for one, when it is planned around this.
  const general = requestFaults({ ...all, protocol: { ...all.protocol, phases: all.protocol.phases.filter(({ type }) => asked.types.includes(type)) } })
  if (general.length > 0) return { impossible: general }
  const found: TogetherProposal[] = []
  let why: readonly MemberReason[] | undefined
  for (const { id, costs, later } of attempts()) {
    if (found.length >= MOST_PROPOSALS || (why && later > 0 && why.some(({ code }) => code === NO_PLACE))) break
    const answer = attempt(asked, all, costs, later)
    if ('impossible' in answer) why ??= answer.impossible
    else if (found.every((one) => clearlyDifferent(one.visits, answer.visits))) found.push({ id, ...answer })
  }
  const [first, ...rest] = found
  return first ? { proposals: [first, ...rest] } : { impossible: why ?? [] }
}
const NO_PLACE = 'no-place-together'

const attempts = (): readonly { readonly id: Proposal['id']; readonly costs: Costs; readonly later: number }[] => [
  { id: 'soonest', costs: soonest, later: 0 }, { id: 'steady', costs: steady, later: 0 }, ...Array.from({ length: WEEKS_LATER }, (_, i) => ({ id: 'later' as const, costs: soonest, later: i + 1 })),
]

/** The one request that stands for everybody where they are alike: the same people and rooms, as many patients as they are. */
export function requestOfAll({ members, types, therapists, rows }: Together): PlanRequest {
  const requests = members.map(({ request }) => request)
  const first = requests[0] as PlanRequest
  const states = new Set(requests.map(({ sitsIn }) => sitsIn))
  const online = first.wishes.online.filter((type) => types.includes(type) && states.size === 1 && requests.every(({ wishes }) => wishes.online.includes(type)))
  return {
    ...first, protocol: staffedProtocol({ members, types, rows }), fixed: [], earlierDoses: [], patients: members.length, wishes: { when: [], blackout: [], online },
    earliest: requests.map(({ earliest }) => earliest).toSorted().at(-1)!, latest: requests.map(({ latest }) => latest).toSorted()[0]!,
    continuity: requests.some(({ continuity }) => continuity === 'required') ? 'required' : 'preferred', needs: requests.flatMap(({ needs }) => needs ?? []),
    people: first.people.map((person) => (therapists.includes(person.id) ? person : { ...person, roles: person.roles.filter((role) => role !== 'therapist') })),
  }
}

/** The course as it is staffed for the visits together; what each has alone keeps its own row. */
export const staffedProtocol = ({ members, types, rows }: Pick<Together, 'members' | 'types' | 'rows'>): PlanRequest['protocol'] =>
  staffedFor(members[0]!.request.protocol, { patients: members.length, ownTherapists: new Set(members.map(({ request }) => request.therapist)).size, types }, rows)

/** The request against which one member’s part of a visit together is held. */
export const requestOfMember = (asked: Pick<Together, 'members' | 'types' | 'rows'>, { request }: Member): PlanRequest => ({ ...request, protocol: staffedProtocol(asked), patients: asked.members.length })

type Asked = Pick<Together, 'members' | 'types' | 'rows'>
export type Broken = MemberReason & { readonly taken?: true }

/** What visits together would break by themselves, and for whom; what lies between two visits is left out as long as others are missing between them. */
export const brokenAlready = (asked: Asked, visits: readonly PlannedVisit[]): readonly Broken[] => brokenAmong(asked, visits, () => []).filter(({ code }) => code !== 'gap')

const brokenAmong = (asked: Asked, visits: readonly PlannedVisit[], besides: (member: Member) => readonly FixedVisit[]): readonly Broken[] =>
  asked.members.flatMap((member) => {
    const request = requestOfMember(asked, member)
    const found = violations({ visits }, { ...request, fixed: [...request.fixed, ...besides(member)] })
    return found.filter(({ code }) => code !== 'missing').map(({ code, says, taken }) => ({ code, says: `${member.name}: ${says}`, facts: {}, member: member.id, ...(taken ? { taken } : {}) }))
  })

/**
 * What visits together would break for anybody, with what each still has alone planned around them: of that the answer says
 * how many visits there are, or for whom they find no room.
 */
export function brokenTogether(asked: Asked, visits: readonly PlannedVisit[]): { readonly broken: readonly Broken[] } | { readonly alone: TogetherProposal['alone'] } {
  const already = brokenAlready(asked, visits)
  if (already.length > 0) return { broken: already }
  const rest = aloneAround(asked, visits)
  if ('impossible' in rest) return { broken: rest.impossible }
  const broken = brokenAmong(asked, visits, ({ id }) => asStanding(rest.own.get(id) ?? []))
  return broken.length > 0 ? { broken } : { alone: [...rest.own].map(([member, own]) => ({ member, visits: own.length })) }
}

const asStanding = (visits: readonly PlannedVisit[]): readonly FixedVisit[] => visits.map(({ visit, type, number, startsAt, endsAt }): FixedVisit => ({ visit, type, number, startsAt, endsAt, state: 'booked' }))

type Attempt = Omit<TogetherProposal, 'id'> | { readonly impossible: readonly MemberReason[] }

function attempt(asked: Together, all: PlanRequest, costs: Costs, weeksLater: number): Attempt {
  const merged = mergedFor(asked, all, weeksLater, false)
  const found = placed(asked, all, merged, costs, weeksLater)
  if ('stuck' in found) return { impossible: whyNoPlace(asked, found) }
  const visits = merged.plan.layers.flatMap((layer): PlannedVisit[] => {
    const place = found.placed[layer.index]
    return place?.minute !== undefined && asked.types.includes(layer.type) ? [plannedVisit(all.zone, layer, place)] : []
  })
  if (visits.length === 0) return { impossible: [{ code: 'nothing-to-book', says: 'Everything that is done together is booked or has taken place for everybody.', facts: {} }] }
  const held = brokenTogether(asked, visits)
  return 'broken' in held ? { impossible: held.broken } : { says: sentence(visits), visits, alone: held.alone, notes: merged.plan.notes }
}

const sentence = (visits: readonly PlannedVisit[]): string => {
  const days = visits.map(({ day }) => dayNumber(day))
  const [first, last] = [Math.min(...days), Math.max(...days)]
  return visits.length === 1 ? `One visit together, on ${showDay(first)}.` : `${visits.length} visits together, from ${showDay(first)} to ${showDay(last)}.`
}

/** What is done together begins so many weeks later than it could. */
function mergedFor(asked: Together, all: PlanRequest, weeksLater: number, strict: boolean): MergedPlan {
  const merged = mergedPlan(asked, all, wallOf(all.zone), strict)
  if (weeksLater === 0) return merged
  const first = merged.plan.layers.find(({ type, fixed }) => !fixed && asked.types.includes(type))
  return { ...merged, bounds: merged.bounds.map((bounds, index) => (index === first?.index ? { ...bounds, lo: bounds.lo + 7 * weeksLater } : bounds)) }
}

/** A planned clearance lasts long enough for nearly every course, so its end is only looked at when a plan crosses it. */
function placed(asked: Together, all: PlanRequest, merged: MergedPlan, costs: Costs, weeksLater: number): Found {
  const found = search(merged.plan, merged.bounds, merged.openings, costs)
  if ('stuck' in found) return found
  const dayOf = (layer: Layer | undefined) => (layer ? (found.placed[layer.index]?.dayNo ?? 0) : 0)
  const lastDose = merged.plan.layers.findLast((layer) => layer.type === 'medicine')
  const crossed = merged.plan.layers.some((layer) => layer.type === 'medical-clearance' && dayOf(lastDose) - dayOf(layer) > all.protocol.gates.clearanceValidDays)
  if (!crossed) return found
  const strict = mergedFor(asked, all, weeksLater, true)
  return search(strict.plan, strict.bounds, strict.openings, costs)
}

/** Everybody’s other visits, one person after the other, in calendars with the visits together and everybody else’s in them. */
function aloneAround({ members }: Asked, visits: readonly PlannedVisit[]): { readonly own: ReadonlyMap<string, readonly PlannedVisit[]> } | { readonly impossible: readonly MemberReason[] } {
  const taken: PlannedVisit[] = [...visits]
  const alone = new Map<string, readonly PlannedVisit[]>()
  for (const { id, name, request } of members) {
    const problem = problemOf(withTaken({ ...request, fixed: [...request.fixed, ...asStanding(visits)] }, taken))
    const found = solve(problem, soonest)
    if ('stuck' in found) return { impossible: stuckReasons(problem, found).map((reason) => ({ ...reason, code: `alone-${reason.code}`, says: `${name}, alone: ${reason.says}`, member: id })) }
    const own = visitsOf(problem, found)
    alone.set(id, own)
    taken.push(...own)
  }
  return { own: alone }
}

/** Where everybody at once finds no place: who of them would have to give, each tried. */
function whyNoPlace(asked: Together, { stuck, triedDays }: Extract<Found, { stuck: Layer }>): readonly MemberReason[] {
  const [first, last] = [triedDays[0], triedDays.at(-1)]
  const between = first === undefined || last === undefined ? '' : first === last ? ` on ${showDay(first)}, the only day it could be` : ` between ${showDay(first)} and ${showDay(last)}`
  const base: Reason = { code: NO_PLACE, says: `${nameOf(stuck)} finds no place${between} at which everybody, the people and a room are free.`, facts: { visit: stuck.visit } }
  return [base, ...asked.members.flatMap((member) => standsAgainst(asked, member))]
}

function standsAgainst(asked: Together, member: Member): readonly MemberReason[] {
  const { id, name, request } = member
  const fits = (members: readonly Member[]) => {
    const other = { ...asked, members }
    const all = requestOfAll(other)
    const merged = mergedFor(other, all, 0, false)
    return findsSome(merged.plan, merged.bounds, merged.openings, soonest)
  }
  const asIf = (changes: Partial<PlanRequest>) => fits(asked.members.map((one) => (one === member ? { ...one, request: { ...request, ...changes } } : one)))
  const say = (code: string, says: string): readonly MemberReason[] => [{ code, says, facts: {}, member: id }]
  if (request.wishes.when.some(({ strength }) => strength === 'must') && asIf({ wishes: { ...request.wishes, when: [] } })) return say('wishes', `There is a time if ${name} can also come at other times.`)
  if (request.wishes.blackout.length > 0 && asIf({ wishes: { ...request.wishes, blackout: [] } })) return say('blackout', `There is a time if ${name} can come on some of the days marked as impossible.`)
  if (request.longerGaps !== true && asIf({ longerGaps: true })) return say('longer-gaps', `There is a time if gaps may be longer for ${name} than the course asks for.`)
  return asked.members.length > 2 && fits(asked.members.filter((one) => one !== member)) ? say('without', `The others find a time without ${name}: what stands on this chart keeps them apart.`) : []
}
