import type { BodyOf } from '../chart/kinds.ts'
import type { Instant } from '../shared/time.ts'
import type { SessionEntries } from './entries.ts'

/** One stretch in which somebody was in the room; open at the end while they still are. */
export interface Stay {
  readonly person: string
  readonly name: string
  readonly role: BodyOf<'checked-in.v1'>['role']
  readonly from: Instant
  readonly until?: Instant
  readonly handedOverTo?: string
  readonly readBack?: boolean
  readonly facts: readonly string[]
}

/** Who was there and when. Checking in twice is one stay; checking out without having come changes nothing. */
export function staysOf(entries: SessionEntries): Stay[] {
  const stays: Stay[] = []
  const open = (person: string) => stays.findLastIndex((stay) => stay.person === person && stay.until === undefined)
  for (const entry of entries.list) {
    if (entry.kind === 'checked-in.v1') {
      const { person, name, role } = entry.body
      const at = open(person)
      if (at >= 0 && stays[at]?.role === role) continue
      if (at >= 0) close(stays, at, { until: entry.at, facts: [entry.id] })
      stays.push({ person, name, role, from: entry.at, facts: [entry.id] })
    }
    if (entry.kind === 'checked-out.v1') {
      const { person, handedOverTo, readBack } = entry.body
      const at = open(person)
      if (at >= 0) close(stays, at, { until: entry.at, ...(handedOverTo === undefined ? {} : { handedOverTo }), ...(readBack === undefined ? {} : { readBack }), facts: [entry.id] })
    }
  }
  return stays
}

/** How many have to be here: what the gates ask for, or more where the course does. */
export const peopleNeeded = (course: { readonly peopleInRoom: number } | undefined, row: { readonly fewestPeople: number }): number => Math.max(row.fewestPeople, course?.peopleInRoom ?? 0)

function close(stays: Stay[], at: number, end: Pick<Stay, 'until' | 'handedOverTo' | 'readBack' | 'facts'>): void {
  const stay = stays[at]!
  stays[at] = { ...stay, ...end, facts: [...stay.facts, ...end.facts] }
}

/** The people in the room at a moment, each once. */
export function presentAt(stays: readonly Stay[], at: Instant): Stay[] {
  const there = stays.filter((stay) => stay.from <= at && (stay.until === undefined || stay.until > at))
  return there.filter((stay, index) => there.findLastIndex((other) => other.person === stay.person) === index)
}
