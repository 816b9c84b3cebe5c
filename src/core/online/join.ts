import { plusMinutes, type Instant } from '../shared/time.ts'

interface Span {
  readonly startsAt: Instant
  readonly endsAt: Instant
}

/** Whether a visit online is joined about now: not yet, now, or no more. The address itself is no secret before it from whoever is on the visit. */
export const joining = ({ startsAt, endsAt }: Span, fromMinBefore: number, now: Instant): 'before' | 'now' | 'over' =>
  (now >= endsAt ? 'over' : now >= plusMinutes(startsAt, -fromMinBefore) ? 'now' : 'before')

export type VideoOf = 'visit' | 'person' | 'practice'
interface Kept {
  readonly person: string | null
  readonly visit: string | null
  readonly address: string | null
}

/** Of the addresses kept, the one at which a visit is joined: its own, else that of whoever leads it, else the practice's. */
export function addressFor(kept: readonly Kept[], visit: { readonly visit: string; readonly people: readonly { readonly person: string; readonly role: string }[] }): { readonly address: string; readonly of: VideoOf } | undefined {
  const leading = visit.people.toSorted((a, b) => LEADS.indexOf(b.role) - LEADS.indexOf(a.role))
  const found = (of: VideoOf, row: Kept | undefined) => (row?.address ? { of, address: row.address } : undefined)
  const own = leading.map(({ person }) => found('person', kept.find((one) => one.person === person))).find((one) => one !== undefined)
  return found('visit', kept.find((one) => one.visit === visit.visit)) ?? own ?? found('practice', kept.find((one) => one.person === null && one.visit === null))
}
/** Whose room it is where several have one; the last leads. */
const LEADS: readonly string[] = ['monitor', 'prescriber', 'therapist']
