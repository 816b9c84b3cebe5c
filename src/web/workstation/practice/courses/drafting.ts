import { figureRowOf, filledOut, namedFigure, orderOf, sameValue, valuesOf, type CourseFigureRow, type CourseValue, type NamedFigure } from '../../../../core/course/course-figures.ts'
import { beyondShipped, drafted, makeCourse, type CourseDraft, type CourseRefusal } from '../../../../core/course/own-course.ts'
import { phaseOf, type Protocol } from '../../../../core/course/protocol.ts'
import { takesTwo } from '../../../../core/rulebook/changes.ts'
import { courseIn } from '../../../../core/rulebook/own-courses.ts'
import { courseRows } from '../../../../knowledge/course-dials.ts'

/** What somebody has changed so far, before anything is signed. */
export interface Drafting {
  readonly name: string
  readonly says: string
  readonly reason: string
  readonly replaces: boolean
  readonly values: ReadonlyMap<string, CourseValue>
}

/** A copy begins with the figures it is made from and without its words, which may name them; a course of one's own that takes another's place begins with those too. */
export const beginning = ({ own, name, says }: Protocol): Drafting => ({ name: own ? name : '', says: own ? says : '', reason: '', replaces: own !== undefined, values: new Map() })

export function draftOf(base: Protocol, { name, says, reason, replaces, values }: Drafting): CourseDraft {
  const stands = valuesOf(filledOut(base, courseRows))
  const changes = [...values].flatMap(([path, to]) => { const from = stands.get(path); return from === undefined || sameValue(from, to) ? [] : [{ path, from, to, reason: reason.trim() }] })
  return { from: base.id, name, says, replaces, changes: changes as CourseDraft['changes'] }
}

type Courses = Readonly<Record<string, Protocol>>
const unsigned = (courses: Courses) => ({ courses, rows: courseRows, signed: { by: '', at: '', reason: '' } })

/** The course as it would be, and everything that stands in its way, each at its figure. */
export function judgeDraft(base: Protocol, draft: CourseDraft, courses: Courses): { readonly course: Protocol; readonly refusals: readonly CourseRefusal[]; readonly isLooser: boolean; readonly byTwo: boolean } {
  const { course, changes } = drafted(base, draft, unsigned(courses))
  const answer = makeCourse(draft, unsigned(courses))
  return { course, refusals: answer.ok ? [] : answer.refusal, isLooser: changes.some(({ way }) => way === 'looser'), byTwo: changes.some(({ path, to, way }) => takesTwo({ way, beyondShipped: beyondShipped(courseIn({ protocols: courses }, course.own?.root), path, to, courseRows) })) }
}

export interface Turnable extends NamedFigure {
  readonly row: CourseFigureRow
  readonly stands: CourseValue
}
export interface FigureGroup {
  readonly id: string
  readonly title: string
  readonly figures: readonly Turnable[]
}

const WHOLE: readonly (readonly [id: string, title: string, fits: RegExp])[] = [
  ['first-dose', 'Before the first dose', /^gates\./], ['between', 'Between doses', /^(spacing|integration)\./], ['in-the-room', 'In the room', /^peopleInRoom$/], ['afterwards', 'Reviews and afterwards', /./],
]

/** The figures that may be changed, phase by phase and then those of the whole course. */
export function groupsOf(course: Protocol): readonly FigureGroup[] {
  const base = filledOut(course, courseRows)
  const figures = [...valuesOf(base)].flatMap(([path, stands]): Turnable[] => { const row = figureRowOf(path, courseRows); return row ? [{ ...namedFigure(base, path, courseRows), row, stands }] : [] }).toSorted((a, b) => orderOf(a.path, courseRows) - orderOf(b.path, courseRows))
  const phases = base.phases.map(({ type }): FigureGroup => ({ id: type, title: `${figures.find(({ phase }) => phase === type)?.title.split(':')[0] ?? type}${phaseOf(course, type) ? '' : ', not in this course'}`, figures: figures.filter(({ phase }) => phase === type) }))
  const whole = figures.filter(({ phase }) => phase === undefined)
  const groupOf = (path: string) => WHOLE.find(([, , fits]) => fits.test(path))?.[0]
  return [...phases, ...WHOLE.map(([id, title]): FigureGroup => ({ id, title, figures: whole.filter(({ path }) => groupOf(path) === id) }))].filter(({ figures: some }) => some.length > 0)
}

/** Days or sessions as somebody types them; nothing where one of them is no whole number. */
export function readList(text: string): readonly number[] | undefined {
  const parts = text.split(/[\s,;]+/).filter(Boolean)
  return parts.every((part) => /^\d{1,4}$/.test(part)) ? parts.map(Number) : undefined
}
