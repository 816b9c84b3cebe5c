import { namedFigure, sayCourseValue, type CourseValue } from '../../core/course/course-figures.ts'
import { beyondShipped, makeCourse, type CourseDraft, type MadeCourse } from '../../core/course/own-course.ts'
import type { Protocol } from '../../core/course/protocol.ts'
import type { Rulebook } from '../../core/rulebook/book.ts'
import { stepFrom, type Step, type Stepped } from '../../core/rulebook/changes.ts'
import { courseIn, withCourses } from '../../core/rulebook/own-courses.ts'
import { sentenceRefusals, withSentences } from '../../core/session/narrative.ts'
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
/** A sentence of the session's note in other words; empty where what ships is said again. */
export interface OwnWords { readonly id: string; readonly says: string }
/** Figures to turn, a course to make of another, or sentences to say otherwise, on the edition that stood when the person looked. */
export type Asked = { readonly on: number; readonly reason: string } & ({ readonly steps: readonly Step[] } | { readonly courses: readonly CourseDraft[] } | { readonly sentences: readonly OwnWords[] })
export interface Next { readonly before: Edition; readonly next: Rulebook; readonly changes: Edition['changes']; readonly moves: readonly MoveRow[]; readonly made?: Protocol }

/** The edition that comes of what was asked, or everything that is wrong with it. Nothing is written. */
export const nextEdition = (here: Here, asked: Asked, signed: Signed): Promise<Next> =>
  'courses' in asked ? withCourse(here, asked, signed) : 'sentences' in asked ? withWords(here, asked, signed) : withSteps(here, asked, signed)

export async function stepsFrom(here: Here, { on, steps }: { readonly on: number; readonly steps: readonly Step[] }, signed: Signed): Promise<{ before: Edition; stepped: Stepped }> {
  const before = await standsAt(here, on)
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

/** The note's sentences in the practice's own words. They decide nothing, so they are neither tighter nor looser; what the record says stays in each of them. */
async function withWords(here: Here, { on, sentences }: { readonly on: number; readonly sentences: readonly OwnWords[] }, signed: Signed): Promise<Next> {
  const before = await standsAt(here, on)
  const was = new Map(withSentences(shipped.narrative, before.book.narrative).map((row) => [row.id, row]))
  const list = sentences.flatMap(({ id, says }, place) => {
    const row = was.get(id)
    if (!row || sentences.findIndex((one) => one.id === id) !== place) return [{ code: id, says: row ? 'This sentence is named twice.' : 'There is no such sentence in the note of a session.' }]
    return says.trim() === '' ? [] : sentenceRefusals(says.trim(), row).map((one) => ({ code: id, says: `The sentence ${row.when} (“${says.trim().slice(0, 80)}”): ${one.says}` }))
  })
  if (list.length > 0) throw new Problem('rulebook.refused', { list })
  const own = shipped.narrative.map((row) => {
    const said = sentences.find(({ id }) => id === row.id)?.says.trim()
    if (said === undefined || said === was.get(row.id)!.says) return was.get(row.id)!
    return said === '' || said === row.says ? row : { ...row, says: said, own: signed }
  })
  const moves = own.flatMap(({ id, says }): MoveRow[] => (says === was.get(id)!.says ? [] : [{ dial: id, from: was.get(id)!.says, to: says, way: 'tighter', reason: '' }]))
  return { before, next: { ...before.book, narrative: own }, changes: before.changes, moves }
}

export const saysOtherwise = ({ dial }: Pick<MoveRow, 'dial'>): boolean => dial.startsWith('narrative.')

async function standsAt(here: Here, on: number): Promise<Edition> {
  requireShipped()
  const before = await editionInForce(here, 'now')
  if (before.number !== on) throw new Problem('rulebook.moved-on')
  return before
}

/** What the practice made before is in the book it was signed with; what it makes now comes to it. */
function withOwn(book: Rulebook, { book: before }: Edition, more: readonly Protocol[] = []): Rulebook {
  const applied = withCourses({ ...book, narrative: withSentences(shipped.narrative, before.narrative), protocols: shipped.protocols, screening: { ...book.screening, alcoholProtocols: shipped.screening.alcoholProtocols } }, [...ownCourses(before), ...more], courseRows)
  if (!applied.ok) throw new Problem('rulebook.refused', { list: [{ code: applied.refusal.code, says: applied.refusal.says }] })
  return applied.value
}

export async function courseFrom(here: Here, on: number, draft: CourseDraft, signed: Signed & { readonly reason: string }): Promise<{ before: Edition; from: Protocol; made: MadeCourse }> {
  const before = await standsAt(here, on)
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
