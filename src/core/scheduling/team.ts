import type { StaffRole } from '../course/protocol.ts'
import { cheapestFirst, fill, type Colleague, type During, type Stint } from './colleague.ts'
import { priceFor, type Market } from './market.ts'
import type { PersonCalendar, PlannedVisit, PlanRequest } from './request.ts'
import { dayNumber } from './zone.ts'

/** What another therapist and somebody unusual cost beside a day of the course; a market's prices are in the same coin. */
export const flawCosts = { otherTherapist: 500, stranger: 3 }

/** Everybody, those who are free most first, and for each role those who come first beside the own therapist. */
export interface UsualTeam {
  readonly ranked: readonly Colleague[]
  readonly byRole: Readonly<Record<StaffRole, readonly string[]>>
}

/** Who is free most comes first: one team then carries most of a course, which is what continuity means. */
export function usualTeam(people: readonly Colleague[], request: PlanRequest): UsualTeam {
  const from = dayNumber(request.earliest)
  const freeMs = new Map(people.map(({ person, free }) => [person.id, Array.from({ length: 56 }, (_, i) => free(from + i)).flat().reduce((sum, row) => sum + row.toMs - row.fromMs, 0)]))
  const ranked = people.toSorted((a, b) => (freeMs.get(b.person.id) ?? 0) - (freeMs.get(a.person.id) ?? 0))
  const of = (role: StaffRole) => ranked.filter(({ person }) => person.roles.includes(role) && person.id !== request.therapist).map(({ person }) => person.id)
  return { ranked, byRole: { therapist: of('therapist'), prescriber: of('prescriber'), monitor: of('monitor'), coordinator: of('coordinator') } }
}

/** What a visit asks of people, whichever day it is. */
export interface TeamAsked {
  readonly roles: readonly StaffRole[]
  /** The course's own therapist, where a therapist is needed. */
  readonly own: Colleague | undefined
  /** Whether nobody else will do in their place. */
  readonly ownOnly: boolean
  /** Who could take one of the places, in the order in which they are asked. */
  readonly candidates: readonly Colleague[]
  readonly may: (person: PersonCalendar, role: StaffRole, dayNo?: number) => boolean
  readonly withOwn: Places
  readonly withoutOwn: Places
}

/** The places to be filled, and for each role who usually would. */
interface Places {
  readonly roles: readonly StaffRole[]
  readonly usual: ReadonlyMap<StaffRole, readonly string[]>
}
export const placesFor = (roles: readonly StaffRole[], byRole: UsualTeam['byRole']): Places => ({ roles, usual: new Map(roles.map((role) => [role, byRole[role].slice(0, roles.filter((one) => one === role).length)])) })

export interface Team {
  readonly people: PlannedVisit['people']
  readonly otherTherapist: 0 | 1
  readonly strangers: number
  readonly price: number
}
/** The team of a visit from one moment to another, in UTC milliseconds. */
export type TeamAt = (startMs: number, endMs: number) => Team | undefined

/** Somebody as they stand on one day: what they may be there as, and when they can be there. */
interface Today {
  readonly person: PersonCalendar
  readonly roles: readonly StaffRole[]
  readonly isThere: During
}

/** "k of n" people, each in one role only. The course's own therapist takes a therapist's place whenever she can. */
export function teamOn(asked: TeamAsked, market: Market | undefined, stint: Stint): TeamAt {
  const all = asked.candidates.flatMap(({ person, canBeOn }): Today[] => {
    const roles = asked.roles.filter((role) => asked.may(person, role, stint.dayNo))
    const isThere = roles.length > 0 ? canBeOn(stint) : undefined
    return isThere ? [{ person, roles, isThere }] : []
  })
  const own = all.find(({ person, roles }) => person === asked.own?.person && roles.includes('therapist'))
  const others = own ? all.filter((one) => one !== own) : all
  return (startMs, endMs) => {
    const priceOf = market && (({ person }: Today) => priceFor(market, person, { ...stint, startMs, endMs }))
    const led = own?.isThere(startMs, endMs) === true && (!priceOf || priceOf(own) < Infinity) ? own : undefined
    if (asked.ownOnly && !led) return undefined
    const places = led ? asked.withOwn : asked.withoutOwn
    const filled = filling(places, led ? others : all, startMs, endMs, priceOf)
    return filled && teamOf(asked, places, led, filled, priceOf)
  }
}

function filling({ roles, usual }: Places, candidates: readonly Today[], startMs: number, endMs: number, priceOf: ((one: Today) => number) | undefined): ReturnType<typeof fill<Today>> {
  if (!priceOf) return fill(roles, candidates, (one, role) => one.roles.includes(role) && one.isThere(startMs, endMs))
  const there = roles.length === 0 ? [] : candidates.filter(({ isThere }) => isThere(startMs, endMs))
  const isUsual = ({ person }: Today) => roles.some((role) => usual.get(role)?.includes(person.id))
  return fill(roles, cheapestFirst(there, (one) => priceOf(one) + (isUsual(one) ? 0 : flawCosts.stranger)), (one, role) => one.roles.includes(role))
}

function teamOf(asked: TeamAsked, { usual }: Places, led: Today | undefined, filled: readonly { readonly one: Today; readonly role: StaffRole }[], priceOf: ((one: Today) => number) | undefined): Team {
  const people = led ? [{ one: led, role: 'therapist' as const }, ...filled] : filled
  return {
    people: people.map(({ one: { person }, role }) => ({ person: person.id, name: person.name, role })),
    otherTherapist: !led && asked.roles.includes('therapist') ? 1 : 0,
    strangers: filled.filter(({ one, role }) => !usual.get(role)?.includes(one.person.id)).length,
    price: priceOf ? people.reduce((sum, { one }) => sum + priceOf(one), 0) : 0,
  }
}
