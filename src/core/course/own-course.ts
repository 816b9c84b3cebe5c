import { z } from 'zod'
import { refuse, ok, type Result } from '../shared/result.ts'
import type { Tag } from '../shared/cited.ts'
import { courseFaults } from './consistent.ts'
import { courseWay, figureRowOf, filledOut, floorsOn, isRange, namedFigure, pruned, sameValue, sayCourseValue, valuesOf, withValue, type CourseDialRows, type CourseFigureRow, type CourseValue } from './course-figures.ts'
import { figurePaths, phaseOf, type CourseChange, type Figure, type Protocol } from './protocol.ts'

const days = z.array(z.number()).max(24)
const value = z.union([z.number(), z.boolean(), z.string().max(40), days, z.strictObject({ min: z.number(), max: z.number() })])
/** A course to be made from another. `from` of a change is where the figure stood when the person looked. */
export const courseDraftSchema = z.strictObject({
  from: z.string().max(80), name: z.string().max(200), says: z.string().max(600), replaces: z.boolean(),
  changes: z.array(z.strictObject({ path: z.string().max(80), from: value, to: value, reason: z.string().trim().max(2000) })).max(100),
})
export type CourseDraft = z.infer<typeof courseDraftSchema>

export interface CourseRefusal {
  /** The figure it is said at; empty for the course as a whole. */
  readonly path: string
  readonly code: 'unknown-course' | 'replaced' | 'name' | 'says' | 'unknown-figure' | 'twice' | 'moved-on' | 'not-a-value' | 'out-of-range' | 'floor' | 'inconsistent' | 'reason'
  readonly says: string
  readonly mend?: { readonly path: string; readonly to: CourseValue }
}

export interface MadeCourse {
  readonly course: Protocol
  readonly changes: readonly CourseChange[]
}

interface Making {
  /** Every course there is here: what ships and what the practice made before. */
  readonly courses: Readonly<Record<string, Protocol>>
  readonly rows: CourseDialRows
  readonly signed: { readonly by: string; readonly at: string; readonly reason: string }
  /** Ids that any course has had here before, whether or not it is still known. */
  readonly named?: ReadonlySet<string>
}

/** The course that comes of a draft, or everything that is wrong with it, each at its figure. Nothing is half made. */
export function makeCourse(draft: CourseDraft, making: Making): Result<MadeCourse, readonly CourseRefusal[]> {
  const base = Object.hasOwn(making.courses, draft.from) ? making.courses[draft.from] : undefined
  if (!base) return refuse([{ path: '', code: 'unknown-course', says: `There is no course “${draft.from}” in the rulebook in force here.` }])
  const { course, changes } = drafted(base, draft, making)
  const filled = filledOut(base, making.rows)
  const refusals = [...aboutCourse(base, draft, making), ...draft.changes.flatMap((change, place) => [...aboutChange(filled, change, draft.changes.slice(0, place), making.rows), ...ofNoVisit(filled, course, change)]), ...courseRefusals(course, making.courses, making.rows)]
  return refusals.length > 0 ? refuse(refusals.filter(({ path, says }, place) => refusals.findIndex((one) => one.path === path && one.says === says) === place)) : ok({ course, changes })
}

/** The course as it would be, whether or not it may: what a screen lays out beside the one it comes from. */
export function drafted(base: Protocol, draft: CourseDraft, { courses, rows, signed, named }: Making): MadeCourse {
  const changes = draft.changes.flatMap(({ path, from, to, reason }): CourseChange[] => {
    const row = figureRowOf(path, rows)
    const way = row ? courseWay(row, from as CourseValue, to as CourseValue) : 'same'
    return way === 'same' ? [] : [{ path, from: from as CourseValue, to: to as CourseValue, way, reason: reason.trim(), by: signed.by, at: signed.at }]
  })
  const changed = pruned(changes.reduce((course, { path, to }) => withValue(course, path, to), filledOut(base, rows)), base)
  const added = figurePaths(changed).filter((path) => !Object.hasOwn(base.figures, path))
  const figures: Protocol['figures'] = { ...base.figures, ...Object.fromEntries([...changes.map(({ path }) => path).filter((path) => Object.hasOwn(base.figures, path)), ...added].map((path) => [path, HERE])) }
  const cites = [...new Set([...Object.values(figures), ...(base.rules ?? [])].flatMap((figure) => figure.cites))] as [string, ...string[]]
  return {
    changes,
    course: {
      ...changed, id: idFor(draft.name, courses, named), name: draft.name.trim(), says: draft.says.trim(), figures, cites, verified: Object.values(figures).every(({ tag }) => tag !== MEMORY),
      own: { from: base.id, root: base.own?.root ?? base.id, ...(draft.replaces && base.own ? { replaces: base.id } : {}), by: signed.by, at: signed.at, reason: signed.reason, changes },
    },
  }
}

/** Whether a figure ends looser than in the course that ships at the beginning of all copies, whichever way it was turned. What that one does not know is looser. */
export function beyondShipped(root: Protocol | undefined, path: string, to: CourseValue, rows: CourseDialRows): boolean {
  const [row, ships] = [figureRowOf(path, rows), root && valuesOf(filledOut(root, rows)).get(path)]
  return !row || ships === undefined || courseWay(row, ships, to) === 'looser'
}

/** A figure that the practice proposes. */
const HERE: Figure = { tag: 'P', cites: ['P'] }
const MEMORY: Tag = 'M'

/** No course that ships begins like this, and a test of content says so. */
export const OWN_ID = 'own-'
const LONGEST_ID = 48

/** From the name, once and for good: an id that was anybody's course is never another's. */
export function idFor(name: string, courses: Readonly<Record<string, unknown>>, named: ReadonlySet<string> = new Set()): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').slice(0, LONGEST_ID).replaceAll(/^-+|-+$/g, '')
  const first = `${OWN_ID}${plain || 'course'}`
  const taken = (id: string) => Object.hasOwn(courses, id) || named.has(id)
  if (!taken(first)) return first
  let number = 2
  while (taken(`${first}-${number}`)) number += 1
  return `${first}-${number}`
}

/** The course of the practice's own that has taken this one's place, if one has. */
export const replacedBy = (id: string, courses: Readonly<Record<string, Protocol>>): Protocol | undefined => Object.values(courses).find(({ own }) => own?.replaces === id)

function aboutCourse(base: Protocol, { name, says, replaces }: CourseDraft, { courses, rows: { text } }: Making): CourseRefusal[] {
  const within = (written: string, [least, most]: readonly [number, number]) => written.trim().length >= least && written.trim().length <= most
  const newer = replaces ? replacedBy(base.id, courses) : undefined
  const stands = replaces ? base.id : undefined
  const sameName = Object.values(courses).find((one) => one.id !== stands && one.name.toLowerCase() === name.trim().toLowerCase() && !replacedBy(one.id, courses))
  return [
    ...(newer ? [{ path: '', code: 'replaced' as const, says: `“${newer.name}” has taken the place of this course meanwhile. Begin from that one.` }] : []),
    ...(replaces && !base.own ? [{ path: '', code: 'replaced' as const, says: 'A course that ships stays as it is; a course of your own stands beside it.' }] : []),
    ...(within(name, text.name) ? [] : [{ path: 'name', code: 'name' as const, says: `A name of ${text.name[0]} to ${text.name[1]} characters, as the team and patients will read it.` }]),
    ...(sameName ? [{ path: 'name', code: 'name' as const, says: `Another course here is called “${sameName.name}”. Two courses need two names.` }] : []),
    ...(within(says, text.says) && /^\p{Lu}.*\.$/u.test(says.trim()) ? [] : [{ path: 'says', code: 'says' as const, says: `One sentence for patients, of ${text.says[0]} to ${text.says[1]} characters: it begins with a capital and ends with a full stop.` }]),
  ]
}

function aboutChange(base: Protocol, { path, from, to, reason }: CourseDraft['changes'][number], before: CourseDraft['changes'], rows: CourseDialRows): CourseRefusal[] {
  const row = figureRowOf(path, rows)
  const stands = valuesOf(base).get(path)
  if (!row || stands === undefined) return [{ path, code: 'unknown-figure', says: `There is no figure “${path}” to change in “${base.name}”.` }]
  const { title, unit } = namedFigure(base, path, rows)
  if (before.some((one) => one.path === path)) return [{ path, code: 'twice', says: `${title} is named twice.` }]
  if (!sameValue(stands, from as CourseValue)) return [{ path, code: 'moved-on', says: `${title} stands at ${sayCourseValue(stands, unit)} in “${base.name}”, and this change was made to ${sayCourseValue(from as CourseValue, unit)}.` }]
  if (!isValue(row, to as CourseValue)) return []
  if (courseWay(row, stands, to as CourseValue) === 'looser' && reason.trim().length < rows.reasonCharacters) return [{ path, code: 'reason', says: `${title} is looser than in “${base.name}”: that needs a written reason of at least ${rows.reasonCharacters} characters.` }]
  return []
}

/** A figure of visits that the course is not given says nothing. */
function ofNoVisit(filled: Protocol, course: Protocol, { path }: CourseDraft['changes'][number]): CourseRefusal[] {
  const phase = filled.phases.find(({ type }) => type === path.split('.')[0])
  return phase === undefined || phaseOf(course, phase.type) ? [] : [{ path, code: 'inconsistent', says: 'The course has no such visit. Say how many there are first.', mend: { path: `${phase.type}.count`, to: 1 } }]
}

/**
 * What is wrong with a course of a practice as it stands, whoever signs and however it came about: every figure in its
 * span and above its floor, and all of them together. A floor is judged from the course that ships at the beginning, so
 * that many copies reach no further than one; and what ships as held back stays so.
 */
export function courseRefusals(course: Protocol, courses: Readonly<Record<string, Protocol>>, rows: CourseDialRows): readonly CourseRefusal[] {
  const rootId = course.own?.root ?? course.id
  const root = Object.hasOwn(courses, rootId) ? courses[rootId] : undefined
  const shipped = root ? valuesOf(filledOut(root, rows)) : new Map<string, CourseValue>()
  const filled = filledOut(course, rows)
  const single = [...valuesOf(filled)].flatMap(([path, to]): readonly CourseRefusal[] => {
    const row = figureRowOf(path, rows)
    if (!row || sameValue(shipped.get(path), to)) return []
    return valueRefusal(filled, path, to, row, rows) ?? floorRefusal(filled, path, to, shipped.get(path), rows)
  })
  const held = root?.heldBack !== undefined && course.heldBack !== root.heldBack ? [{ path: '', code: 'floor' as const, says: `“${root.name}” ships switched off, and so does every copy of it. ${root.heldBack}` }] : []
  const together = single.some(({ code }) => code === 'not-a-value') ? [] : courseFaults(course).map(({ path, says, mend }): CourseRefusal => ({ path, code: 'inconsistent', says, ...(mend ? { mend } : {}) }))
  return [...held, ...single, ...together]
}

const partsOf = (value: CourseValue): readonly unknown[] => (Array.isArray(value) ? value : isRange(value) ? [value.min, value.max] : [value])

function isValue({ takes, tighter }: CourseFigureRow, to: CourseValue): boolean {
  if ('yesOrNo' in takes) return typeof to === 'boolean'
  if ('choices' in takes) return typeof to === 'string' && takes.choices.includes(to)
  const shape = tighter === 'inside' ? isRange(to) : tighter === 'more' || tighter === 'fewer-days' ? Array.isArray(to) : typeof to === 'number'
  return shape && partsOf(to).every((part) => typeof part === 'number' && Number.isFinite(part) && !Object.is(part, -0) && Number.isInteger(part / takes.step))
}

function valueRefusal(course: Protocol, path: string, to: CourseValue, row: CourseFigureRow, rows: CourseDialRows): readonly CourseRefusal[] | undefined {
  const { title, unit } = namedFigure(course, path, rows)
  const no = (code: CourseRefusal['code'], says: string) => [{ path, code, says }]
  if (!isValue(row, to)) return no('not-a-value', 'choices' in row.takes ? `${title} is one of: ${row.takes.choices.join(', ').replaceAll('-', ' ')}.` : 'step' in row.takes ? `${title} takes whole steps of ${row.takes.step}${unit ? ` ${unit}` : ''}.` : `${title} is yes or no.`)
  if (!('between' in row.takes)) return undefined
  const { between: [least, most] } = row.takes
  if (partsOf(to).some((part) => Number(part) < least || Number(part) > most)) return no('out-of-range', `${title} lies between ${least} and ${most}${unit ? ` ${unit}` : ''}, whoever signs.`)
  return partsOf(to).length > rows.text.list ? no('out-of-range', `${title} holds at most ${rows.text.list}.`) : undefined
}

/** Below a floor only as far as the course that ships at the beginning, and not a step further. */
function floorRefusal(course: Protocol, path: string, to: CourseValue, shipped: CourseValue | undefined, rows: CourseDialRows): readonly CourseRefusal[] {
  const { title, unit } = namedFigure(course, path, rows)
  return floorsOn(path, course, rows).flatMap(({ atLeast, atMost, because }): CourseRefusal[] => {
    const [least, most] = [atLeast === undefined ? undefined : Math.min(atLeast, typeof shipped === 'number' ? shipped : atLeast), atMost === undefined ? undefined : Math.max(atMost, typeof shipped === 'number' ? shipped : atMost)]
    if (least !== undefined && Number(to) < least) return [{ path, code: 'floor', says: `${typeof to === 'boolean' ? `${title}: that stays` : `${title} is at least ${sayCourseValue(least, unit)}`}, whoever signs. ${because}` }]
    return most !== undefined && Number(to) > most ? [{ path, code: 'floor', says: `${title} is at most ${sayCourseValue(most, unit)}, whoever signs. ${because}` }] : []
  })
}
