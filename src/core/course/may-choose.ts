import { canonical } from '../shared/canonical.ts'
import type { Instant } from '../shared/time.ts'
import { replacedBy } from './own-course.ts'
import type { Protocol } from './protocol.ts'

/** One act by which a practice's medical director took a course into use. Every one is kept. */
export interface Adoption {
  readonly protocol: string
  readonly edition: string
  readonly adoptedAt: Instant
  readonly adoptedBy: string
  /** The row as it was adopted; null where that was not kept. */
  readonly row: unknown
}

export type MayChoose = { readonly may: true; readonly edition: string } | { readonly may: false; readonly code: 'not-adopted' | 'changed-since-adopted' | 'replaced'; readonly says: string }

/** The newest adoption of a course is the one that counts for courses chosen from then on. */
export const newestAdoption = (protocol: string, adoptions: readonly Adoption[]): Adoption | undefined =>
  adoptions.filter((one) => one.protocol === protocol).toSorted((a, b) => (a.adoptedAt < b.adoptedAt ? -1 : a.adoptedAt > b.adoptedAt ? 1 : 0)).at(-1)

/** The courses that took the place of this one, and of that one in turn. */
function heirs(id: string, courses: Readonly<Record<string, Protocol>>): readonly Protocol[] {
  const next = replacedBy(id, courses)
  return next ? [next, ...heirs(next.id, courses)] : []
}

/** Whether a practice may begin a course by this row: adopted, also where it ships switched off, still the row that was adopted, and not one whose place another has taken. */
export function mayChoose(protocol: Protocol, adoptions: readonly Adoption[], edition: string, courses: Readonly<Record<string, Protocol>> = {}): MayChoose {
  const newest = newestAdoption(protocol.id, adoptions)
  if (!newest) return { may: false, code: 'not-adopted', says: `This practice has not adopted “${protocol.name}”.${protocol.heldBack === undefined ? '' : ` It ships switched off: ${protocol.heldBack}`} The medical director adopts it in the rulebook; then it can be chosen.` }
  if (newest.edition !== edition && (newest.row === null || canonical(newest.row) !== canonical(protocol))) return { may: false, code: 'changed-since-adopted', says: `“${protocol.name}” has changed since it was adopted. The medical director adopts it again in the rulebook; courses that have begun go on.` }
  const newer = heirs(protocol.id, courses).findLast(({ id }) => newestAdoption(id, adoptions))
  if (newer) return { may: false, code: 'replaced', says: `“${newer.name}” has taken the place of “${protocol.name}”. Courses that have begun by it go on; new ones begin by the newer one.` }
  return { may: true, edition: newest.edition }
}
