import { isDosing } from '../course/dosing-visit.ts'
import type { VisitType } from '../chart/kinds/aftercare.ts'
import type { StaffRole } from '../course/protocol.ts'
import { MINUTE_MS } from '../shared/time.ts'
import { covers, freeLanesOf, freeTimeOf, isClearOf, workingHoursOf, type FreeLanes, type OpenOn, type Place } from './calendar.ts'
import type { Buffer, PersonCalendar, PlanRequest } from './request.ts'
import { isLicensedIn, isTreating } from './licensed.ts'
import { dayOfNumber, type Wall } from './zone.ts'

/** A visit as far as it concerns whoever is there. */
export interface Stint {
  readonly type: VisitType
  readonly dayNo: number
  readonly startMs: number
  readonly endMs: number
  /** Nothing where it does not matter: somebody who is free anywhere will do. */
  readonly place: Place | undefined
}

/** Somebody who works here, with what their calendar says to any question. */
export interface Colleague {
  readonly person: PersonCalendar
  /** Free at some place. */
  readonly free: OpenOn
  readonly works: OpenOn
  readonly freeLanes: FreeLanes
  readonly canBeAt: (stint: Stint) => boolean
}

export function colleagueOf(person: PersonCalendar, { protocol }: Pick<PlanRequest, 'protocol'>, wall: Wall, lookPast: ReadonlySet<string>): Colleague {
  const byPlace = new Map<string, OpenOn>()
  const free = freeTimeOf(person, wall, lookPast)
  const freeAt = (place: Place | undefined): OpenOn => {
    if (!place) return free
    const key = place.online ? 'online' : `at ${place.location ?? ''}`
    const known = byPlace.get(key) ?? freeTimeOf(person, wall, lookPast, place)
    byPlace.set(key, known)
    return known
  }
  const isClear = isClearOf(person.busy, lookPast)
  const dosing = person.busy.filter((row) => row.dosing && !(row.visit && lookPast.has(row.visit)))
  const dosingOn = (dayNo: number) => dosing.filter(({ startsAt }) => wall.dayNo(Date.parse(startsAt)) === dayNo).length
  return {
    person, free, works: workingHoursOf(person, wall), freeLanes: freeLanesOf(person, protocol.onCall?.maxRooms ?? 0, lookPast),
    canBeAt({ type, dayNo, startMs, endMs, place }) {
      if (!covers(freeAt(place)(dayNo), startMs, endMs)) return false
      const buffer = bufferOf(person, type)
      if (buffer && !isClear(startMs - buffer.beforeMin * MINUTE_MS, endMs + buffer.afterMin * MINUTE_MS)) return false
      return person.mostDosingPerDay === undefined || !isDosing({ type }) || dosingOn(dayNo) < person.mostDosingPerDay
    },
  }
}

export const bufferOf = (person: PersonCalendar, type: VisitType): Buffer | undefined => person.buffers?.find((one) => one.type === type)

/** Whether somebody may fill a role in a visit of this course: they hold it, bring what is asked of it, and are licensed where the patient sits, on some day or on that one. */
export const mayFill = (person: PersonCalendar, role: StaffRole, { needs, sitsIn }: Pick<PlanRequest, 'needs' | 'sitsIn'>, online: boolean, dayNo?: number): boolean =>
  person.roles.includes(role) &&
  (needs ?? []).every((need) => need.role !== role || (person.skills ?? []).includes(need.skill)) &&
  (!online || sitsIn === undefined || !isTreating(role) || isLicensedIn(person.licensedIn, sitsIn, dayNo === undefined ? undefined : dayOfNumber(dayNo)))

/** Gives each open place a person who may fill it, trying the preferred people first and going back when a place stays empty. */
export function fill(slots: readonly StaffRole[], candidates: readonly PersonCalendar[], may: (person: PersonCalendar, role: StaffRole) => boolean): { readonly person: PersonCalendar; readonly role: StaffRole }[] | undefined {
  const [role, ...rest] = slots
  if (!role) return []
  for (const person of candidates) {
    if (!may(person, role)) continue
    const others = fill(rest, candidates.filter((one) => one !== person), may)
    if (others) return [{ person, role }, ...others]
  }
  return undefined
}

/** Those who can be had at all, by what they cost; of equals in the order they came. */
export function cheapestFirst(people: readonly PersonCalendar[], priceOf: (person: PersonCalendar) => number): readonly PersonCalendar[] {
  const priced = people.map((person) => ({ person, price: priceOf(person) })).filter(({ price }) => price < Infinity)
  return priced.toSorted((a, b) => a.price - b.price).map(({ person }) => person)
}
