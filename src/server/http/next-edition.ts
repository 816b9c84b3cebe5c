import { namedFigure, sayCourseValue, type CourseValue } from '../../core/course/course-figures.ts'
import { beyondShipped, makeCourse, type CourseDraft, type MadeCourse } from '../../core/course/own-course.ts'
import type { Protocol } from '../../core/course/protocol.ts'
import type { Rulebook } from '../../core/rulebook/book.ts'
import { stepFrom, type Step, type Stepped } from '../../core/rulebook/changes.ts'
import { courseIn, withCourses } from '../../core/rulebook/own-courses.ts'
import { courseRows } from '../../knowledge/course-dials.ts'
import { dialRows } from '../../knowledge/dials.ts'
import { editionInForce, ownCourses, shipped, type Edition } from '../rulebook.ts'
import { editionRows, type MoveRow } from '../store/editions.ts'
import { adoptions } from '../store/practice.ts'
import { requireShipped } from './judging.ts'
import { Problem } from './problems.ts'
import type { Here } from './shell.ts'

/** Who turned it, and when: it stands in every change. */
export interface Signed { readonly by: string; readonly at: string }
/** Figures to turn, or a course to make of another, on the edition that stood when the person looked. */
export type Asked = { readonly on: number; readonly reason: string } & ({ readonly steps: readonly Step[] } | { readonly courses: readonly CourseDraft[] })
export interface Next { readonly before: Edition; readonly next: Rulebook; readonly changes: Edition['changes']; readonly moves: readonly MoveRow[]; readonly made?: Protocol }

/** The edition that comes of what was asked, or everything that is wrong with it. Nothing is written. */
export const nextEdition = (here: Here, asked: Asked, signed: Signed): Promise<Next> => ('courses' in asked ? withCourse(here, asked, signed) : withSteps(here, asked, signed))

export async function stepsFrom(here: Here, { on, steps }: { readonly on: number; readonly steps: readonly Step[] }, signed: Signed): Promise<{ before: Edition; stepped: Stepped }> {
  requireShipped()
  const before = await editionInForce(here, 'now')
  if (before.number !== on) throw new Problem('rulebook.moved-on')
  const stepped = stepFrom(shipped, before.changes, steps, dialRows, signed)
  if (!stepped.ok) throw new Problem('rulebook.refused', { list: [{ code: stepped.refusal.code, says: stepped.refusal.says }] })
  return { before, stepped: stepped.value }
}

/** Figures turned. The courses that the practice made stand beside them as they are. */
async function withSteps(here: Here, body: { readonly on: number; readonly steps: readonly Step[] }, signed: Signed): Promise<Next> {
  const { before, stepped } = await stepsFrom(here, body, signed)
  return { before, next: withOwn(stepped.book, before), changes: stepped.changes, moves: movesOf(stepped) }
}

/** A course made of another. Every figure in which it departs is a move of its own, with which way it is. */
async function withCourse(here: Here, { on, courses: [draft], reason }: { readonly on: number; readonly courses: readonly CourseDraft[]; readonly reason: string }, signed: Signed): Promise<Next> {
  const { before, from, made: { course, changes } } = await courseFrom(here, on, draft!, { ...signed, reason })
  const said = (path: string, value: CourseValue) => sayCourseValue(value, namedFigure(from, path, courseRows).unit)
  const root = courseIn(shipped, course.own?.root)
  return {
    before, made: course, next: withOwn(before.book, before, [course]), changes: before.changes,
    moves: [
      { dial: `courses/${course.id}`, from: from.id, to: course.id, way: 'tighter', reason: '' },
      ...changes.map(({ path, from: was, to, way, reason: why }): MoveRow => ({ dial: `courses/${course.id}/${path}`, from: said(path, was), to: said(path, to), way, ...(beyondShipped(root, path, to, courseRows) ? { beyondShipped: true } : {}), reason: why })),
    ],
  }
}

/** What the practice made before is in the book it was signed with; what it makes now comes to it. */
function withOwn(book: Rulebook, { book: before }: Edition, more: readonly Protocol[] = []): Rulebook {
  const applied = withCourses({ ...book, protocols: shipped.protocols, screening: { ...book.screening, alcoholProtocols: shipped.screening.alcoholProtocols } }, [...ownCourses(before), ...more], courseRows)
  if (!applied.ok) throw new Problem('rulebook.refused', { list: [{ code: applied.refusal.code, says: applied.refusal.says }] })
  return applied.value
}

export async function courseFrom(here: Here, on: number, draft: CourseDraft, signed: Signed & { readonly reason: string }): Promise<{ before: Edition; from: Protocol; made: MadeCourse }> {
  requireShipped()
  const before = await editionInForce(here, 'now')
  if (before.number !== on) throw new Problem('rulebook.moved-on')
  const made = makeCourse(draft, { courses: before.book.protocols, rows: courseRows, signed, named: await everNamed(here) })
  if (!made.ok) throw new Problem('rulebook.refused', { list: made.refusal.map(({ code, says }) => ({ code, says })) })
  return { before, from: courseIn(before.book, draft.from)!, made: made.value }
}

/** Ids that a course has had here, signed or adopted. Somebody may still be on it, also where its edition is gone: it never becomes another one. */
async function everNamed(here: Here): Promise<ReadonlySet<string>> {
  const signed = (await editionRows(here)).flatMap(({ moves }) => moves.flatMap(({ dial }) => /^courses\/([^/]+)$/.exec(dial)?.[1] ?? []))
  return new Set([...signed, ...(await adoptions(here)).map(({ protocol }) => protocol)])
}

export const movesOf = ({ moves }: Stepped): MoveRow[] => moves.flatMap(({ dial, from, to, way, beyondShipped, reason }) => (way === 'same' ? [] : [{ dial: dial.id, from, to, way, ...(beyondShipped ? { beyondShipped } : {}), reason }]))
