import { clockMinutes, dayOfNumber, wallOf, weekdayOf } from '../scheduling/zone.ts'
import type { Instant } from '../shared/time.ts'
import type { Role } from './roles.ts'

/** Somebody who works here, with the hours they keep. */
export interface AtWork {
  readonly person: string
  readonly active: boolean
  readonly roles: readonly Role[]
  readonly weekly: readonly { readonly weekday: number; readonly from: string; readonly to: string }[]
  readonly exceptions: readonly { readonly day: string; readonly off: boolean; readonly from?: string | undefined; readonly to?: string | undefined }[]
}

const CLINICIANS: readonly Role[] = ['therapist', 'prescriber', 'medical-director']
const holding = <Somebody extends Pick<AtWork, 'active' | 'roles'>>(people: readonly Somebody[], ...roles: readonly Role[]): Somebody[] => people.filter((one) => one.active && one.roles.some((role) => roles.includes(role)))

/** The clinicians whose hours it is now. When it is nobody's, all of them; where there is none at all, the owners: a danger is never told to nobody. */
export function cliniciansToTell(people: readonly AtWork[], now: Instant, zone: string): string[] {
  const clinicians = holding(people, ...CLINICIANS)
  const here = clinicians.filter((one) => worksAt(one, now, zone))
  const told = here.length > 0 ? here : clinicians.length > 0 ? clinicians : holding(people, 'owner')
  return told.map(({ person }) => person)
}

/** Who answers for what nobody else has taken up: the medical directors, or the owners where there is none left to tell. */
export function responsibleToTell(people: readonly Pick<AtWork, 'person' | 'active' | 'roles'>[], told: readonly string[] = []): string[] {
  const left = (role: Role) => holding(people, role).map(({ person }) => person).filter((person) => !told.includes(person))
  const directors = left('medical-director')
  return directors.length > 0 ? directors : left('owner')
}

/** Whoever keeps the calendar; where there is nobody for that, the owners, and at last the medical directors. */
export function deskToTell(people: readonly Pick<AtWork, 'person' | 'active' | 'roles'>[]): string[] {
  const some = (['coordinator', 'owner', 'medical-director'] as const).map((role) => holding(people, role)).find((found) => found.length > 0)
  return (some ?? []).map(({ person }) => person)
}

/** By the hours of that day where it has its own, otherwise by those of its weekday; a day off is no duty. */
function worksAt({ weekly, exceptions }: AtWork, now: Instant, zone: string): boolean {
  const wall = wallOf(zone)
  const [dayNo, minute] = [wall.dayNo(Date.parse(now)), wall.minute(Date.parse(now))]
  const ofDay = exceptions.filter(({ day }) => day === dayOfNumber(dayNo))
  if (ofDay.some(({ off }) => off)) return false
  const own = ofDay.flatMap(({ from, to }) => (from && to ? [{ from, to }] : []))
  const hours = own.length > 0 ? own : weekly.filter(({ weekday }) => weekday === weekdayOf(dayNo))
  return hours.some(({ from, to }) => clockMinutes(from) <= minute && minute < clockMinutes(to))
}
