import { isDosing } from '../course/dosing-visit.ts'
import type { VisitType } from '../chart/kinds/aftercare.ts'
import type { StaffRole } from '../course/protocol.ts'
import { MINUTE_MS } from '../shared/time.ts'
import { covers, freeTimeOf, isClearOf, lanesOf, workingHoursOf, type OpenOn, type Place } from './calendar.ts'
import type { Buffer, PersonCalendar, PlanRequest } from './request.ts'
import { isLicensedIn, isTreating } from './licensed.ts'
import { dayOfNumber, type Wall } from './zone.ts'

/** A visit on some day, as far as it concerns whoever is there. */
export interface Stint {
  readonly type: VisitType
  readonly dayNo: number
  /** Nothing where it does not matter: somebody who is free anywhere will do. */
  readonly place: Place | undefined
}
/** Whether something can be from one moment to another, in UTC milliseconds. */
export type During = (startMs: number, endMs: number) => boolean

/** Somebody who works here, with what their calendar says to any question. */
export interface Colleague {
  readonly person: PersonCalendar
  /** Free at some place. */
  readonly free: OpenOn
  readonly works: OpenOn
  /** The lanes on call, the lowest first. */
  readonly lanes: readonly During[]
  /** When on its day they can be there; nothing where at no time. */
  readonly canBeOn: (stint: Stint) => During | undefined
}

/** One calendar is asked many questions, so what it said is kept as long as it is, except where a repair looks past something in it. */
export function colleagueOf(person: PersonCalendar, { protocol }: Pick<PlanRequest, 'protocol'>, wall: Wall, lookPast: ReadonlySet<string>): Colleague {
  const lanes = protocol.onCall?.maxRooms ?? 0
  if (lookPast.size > 0) return askedAnew(person, lanes, wall, lookPast)
  const known = asked.get(person)
  if (known?.wall === wall && known.lanes === lanes) return known.colleague
  const colleague = askedAnew(person, lanes, wall, lookPast)
  asked.set(person, { wall, lanes, colleague })
  return colleague
}
const asked = new WeakMap<PersonCalendar, { readonly wall: Wall; readonly lanes: number; readonly colleague: Colleague }>()

function askedAnew(person: PersonCalendar, lanes: number, wall: Wall, lookPast: ReadonlySet<string>): Colleague {
  const byPlace = new Map<string, OpenOn>()
  const free = freeTimeOf(person, wall, lookPast)
  const anywhere = [...person.hours, ...(person.otherHours ?? []).flatMap(({ hours }) => hours)].every(({ place, location }) => place === undefined && location === undefined)
  const freeAt = (place: Place | undefined): OpenOn => {
    if (!place || anywhere) return free
    const key = place.online ? 'online' : `at ${place.location ?? ''}`
    const known = byPlace.get(key) ?? freeTimeOf(person, wall, lookPast, place)
    byPlace.set(key, known)
    return known
  }
  const isClear = isClearOf(person.busy, lookPast)
  const dosing = person.mostDosingPerDay === undefined ? [] : person.busy.filter((row) => row.dosing && !(row.visit && lookPast.has(row.visit))).map(({ startsAt }) => wall.dayNo(Date.parse(startsAt)))
  const dosingOn = (dayNo: number) => dosing.filter((day) => day === dayNo).length
  return {
    person, free, works: workingHoursOf(person, wall), lanes: lanesOf(person, lanes, lookPast),
    canBeOn({ type, dayNo, place }) {
      const open = freeAt(place)(dayNo)
      if (open.length === 0 || (person.mostDosingPerDay !== undefined && isDosing({ type }) && dosingOn(dayNo) >= person.mostDosingPerDay)) return undefined
      const buffer = bufferOf(person, type)
      if (!buffer) return (startMs, endMs) => covers(open, startMs, endMs)
      return (startMs, endMs) => covers(open, startMs, endMs) && isClear(startMs - buffer.beforeMin * MINUTE_MS, endMs + buffer.afterMin * MINUTE_MS)
    },
  }
}

export const bufferOf = (person: PersonCalendar, type: VisitType): Buffer | undefined => person.buffers?.find((one) => one.type === type)

/** Whether somebody may fill a role in a visit of this course: they hold it, bring what is asked of it, and are licensed where the patient sits, on some day or on that one. */
export const mayFill = (person: PersonCalendar, role: StaffRole, { needs, sitsIn }: Pick<PlanRequest, 'needs' | 'sitsIn'>, online: boolean, dayNo?: number): boolean =>
  person.roles.includes(role) &&
  (needs ?? []).every((need) => need.role !== role || (person.skills ?? []).includes(need.skill)) &&
  (!online || sitsIn === undefined || !isTreating(role) || isLicensedIn(person.licensedIn, sitsIn, dayNo === undefined ? undefined : dayOfNumber(dayNo)))

/** Gives each open place somebody who may fill it, trying the preferred ones first and going back when a place stays empty. */
export function fill<One>(slots: readonly StaffRole[], candidates: readonly One[], may: (one: One, role: StaffRole) => boolean): { readonly one: One; readonly role: StaffRole }[] | undefined {
  const [role, ...rest] = slots
  if (!role) return []
  for (const one of candidates) {
    if (!may(one, role)) continue
    const others = rest.length === 0 ? [] : fill(rest, candidates.filter((other) => other !== one), may)
    if (others) return [{ one, role }, ...others]
  }
  return undefined
}

/** Those who can be had at all, by what they cost; of equals in the order they came. */
export function cheapestFirst<One>(all: readonly One[], priceOf: (one: One) => number): readonly One[] {
  const priced = all.map((one) => ({ one, price: priceOf(one) })).filter(({ price }) => price < Infinity)
  return priced.toSorted((a, b) => a.price - b.price).map(({ one }) => one)
}
