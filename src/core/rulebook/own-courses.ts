import type { CourseDialRows } from '../course/course-figures.ts'
import { courseRefusals, OWN_ID, type CourseRefusal } from '../course/own-course.ts'
import type { Protocol } from '../course/protocol.ts'
import { ok, refuse, type Result } from '../shared/result.ts'
import type { Rulebook } from './book.ts'

/** The course by this id in the rulebook that is judged by. An id it does not hold is no course, and never another one. */
export const courseIn = (book: Pick<Rulebook, 'protocols'>, id: string | null | undefined): Protocol | undefined => (typeof id === 'string' && Object.hasOwn(book.protocols, id) ? book.protocols[id] : undefined)

/** The courses in the order in which they ship, each copy after the one it was made from: a book that was kept and read again has lost it. */
export function coursesInOrder(protocols: Rulebook['protocols'], shipped: Rulebook['protocols']): Protocol[] {
  const order = Object.keys(shipped)
  const place = ({ id, own }: Protocol) => { const at = order.indexOf(own?.root ?? id); return at === -1 ? order.length : at }
  return Object.values(protocols).toSorted((a, b) => place(a) - place(b) || Number(a.own !== undefined) - Number(b.own !== undefined) || (a.id < b.id ? -1 : 1))
}

/** Why nothing is planned, given or billed for somebody whose course this rulebook does not hold. */
export const unknownCourseSays = (id: string): string => `The course of this person, “${id}”, does not stand in the rulebook in force here, so nobody can say what it asks for. Nothing was changed. The medical director looks at the rulebook; or another course is chosen.`

/** The book with the practice's own courses, or the first that does not fit: an altered row, a floor, an id that is taken. */
export function withCourses(book: Rulebook, own: readonly Protocol[], rows: CourseDialRows): Result<Rulebook, CourseRefusal> {
  let courses: Readonly<Record<string, Protocol>> = book.protocols
  for (const course of own) {
    if (!course.id.startsWith(OWN_ID) || Object.hasOwn(courses, course.id)) return refuse({ path: '', code: 'unknown-course', says: `“${course.id}” is no name for a course of this practice.` })
    const [refused] = courseRefusals(course, courses, rows)
    if (refused) return refuse({ ...refused, says: `“${course.name}”: ${refused.says}` })
    courses = { ...courses, [course.id]: course }
  }
  return ok(own.length === 0 ? book : { ...book, protocols: courses, screening: asRoots(book, own) })
}

/** What the rules ask of a course by name, they ask of every copy of it. */
function asRoots({ screening }: Rulebook, own: readonly Protocol[]): Rulebook['screening'] {
  const copies = own.filter((course) => screening.alcoholProtocols.includes(course.own?.root ?? ''))
  return copies.length === 0 ? screening : { ...screening, alcoholProtocols: [...screening.alcoholProtocols, ...copies.map(({ id }) => id)] }
}
