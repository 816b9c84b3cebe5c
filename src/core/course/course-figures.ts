import type { Cited } from '../shared/cited.ts'
import { visitNames } from '../scheduling/layers.ts'
import type { VisitType } from '../chart/kinds/aftercare.ts'
import { phaseOf, type DayRange, type Protocol, type ProtocolPhase, type StaffRole } from './protocol.ts'

/** What a figure of a course can be: a number, a span of days, a list of days, yes or no, one of a few words, several words. */
export type CourseValue = number | boolean | string | DayRange | readonly number[] | readonly string[]

/** A figure of a course that a practice may change in a course of its own, and between what. */
export interface CourseFigureRow {
  /** `preparation.count`; `*` for the phase or the role. The first row that fits a path speaks for it. */
  readonly at: string
  readonly name: string
  readonly unit: string
  /** Which way is tighter. A span is tighter inside another, a list the more it holds, days early or late the fewer they are. */
  readonly tighter: 'higher' | 'lower' | 'inside' | 'more' | 'fewer-days'
  readonly takes: { readonly between: readonly [number, number]; readonly step: number } | { readonly choices: readonly string[] } | { readonly yesOrNo: true }
}

/** What no course of a practice goes below, whoever signs; a course that ships outside of it is as far as its own copies go. */
export interface CourseFloorRow extends Cited {
  readonly holds: readonly string[]
  readonly atLeast?: number
  readonly atMost?: number
  /** Only where the course gives medicine by this route. */
  readonly onRoute?: string
  readonly because: string
}

export interface CourseDialRows {
  readonly figures: readonly CourseFigureRow[]
  readonly floors: readonly CourseFloorRow[]
  /** Names of what is compared between two courses and changed in none. */
  readonly names: readonly { readonly at: string; readonly name: string; readonly unit: string }[]
  /** Visits that a course may be given where it has none of the kind, as the rows that ship have them, and who may be asked to be there. */
  readonly adds: { readonly phases: readonly ProtocolPhase[]; readonly roles: Readonly<Partial<Record<VisitType, readonly StaffRole[]>>> }
  readonly reasonCharacters: number
  /** How long a name and a sentence of a course are, and how many figures a list holds. */
  readonly text: { readonly name: readonly [number, number]; readonly says: readonly [number, number]; readonly list: number }
}

const ABOUT: ReadonlySet<string> = new Set(['id', 'name', 'says', 'phases', 'figures', 'cites', 'verified', 'reviewBy', 'rules', 'own', 'type', 'tag'])

/** Everything of a course that is a figure or a choice, by its path, phase by phase as they come. Spans are read alike, however they are written. */
export function valuesOf(protocol: Protocol): ReadonlyMap<string, CourseValue> {
  return new Map([...protocol.phases.flatMap((phase) => leaves(phase, phase.type)), ...leaves(protocol, '')])
}

function leaves(node: object, path: string): readonly (readonly [string, CourseValue])[] {
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) => (ABOUT.has(key) || value === undefined ? [] : leaf(value, path === '' ? key : `${path}.${key}`)))
}

function leaf(value: unknown, path: string): readonly (readonly [string, CourseValue])[] {
  if (Array.isArray(value)) {
    if (isWrittenAsPair(path)) return [[path, { min: value[0] as number, max: value[1] as number }]]
    if (value.some((item) => typeof item === 'object')) return (value as ProtocolPhase['staff']).map(({ role, count }) => [`${path}.${role}.count`, count])
    return [[path, value as readonly number[] | readonly string[]]]
  }
  if (typeof value !== 'object' || value === null) return [[path, value as number | boolean | string]]
  return 'min' in value && 'max' in value ? [[path, value as DayRange]] : leaves(value, path)
}

const isWrittenAsPair = (path: string): boolean => /\.(count|duration)Range(Min)?$/.test(path)

const IN_ORDER: readonly VisitType[] = ['inquiry-call', 'intake', 'consult', 'medical-clearance', 'preparation', 'medicine', 'integration', 'follow-up', 'maintenance', 'therapy']

/**
 * A course with everything that it may be given: visits of a kind that it has not, planned not once, and people who are
 * not asked to be there, none of them. So that what is added or taken away is a figure like any other, with its way and its floor.
 */
export function filledOut(course: Protocol, { adds }: Pick<CourseDialRows, 'adds'>): Protocol {
  const lacking = adds.phases.filter(({ type }) => !phaseOf(course, type)).map((phase) => ({ ...phase, count: 0 }))
  const place = ({ type }: ProtocolPhase) => IN_ORDER.indexOf(type)
  const phases = lacking.length === 0 ? course.phases : [...course.phases, ...lacking].toSorted((a, b) => place(a) - place(b))
  return { ...course, phases: phases.map((phase) => {
    const nobody = (adds.roles[phase.type] ?? []).filter((role) => !phase.staff.some((one) => one.role === role)).map((role) => ({ role, count: 0 }))
    return nobody.length === 0 ? phase : { ...phase, staff: [...phase.staff, ...nobody] }
  }) }
}

/** The course as it is kept: without visits that it was not given, and without people who are not asked to be there. */
export function pruned(course: Protocol, base: Protocol): Protocol {
  return { ...course, phases: course.phases.filter(({ type, count }) => count !== 0 || phaseOf(base, type)).map((phase) => (phase.staff.every(({ count }) => count !== 0) ? phase : { ...phase, staff: phase.staff.filter(({ count }) => count !== 0) })) }
}

/** The same course with one figure changed. A path that the course does not have leaves it as it is. */
export function withValue(protocol: Protocol, path: string, to: CourseValue): Protocol {
  const [head = '', ...rest] = path.split('.')
  const phase = protocol.phases.find(({ type }) => type === head)
  const written = isWrittenAsPair(path) ? [(to as DayRange).min, (to as DayRange).max] : to
  if (phase && new Map(leaves(phase, head)).has(path)) return { ...protocol, phases: protocol.phases.map((one) => (one === phase ? (setIn(phase, rest, written) as ProtocolPhase) : one)) }
  return valuesOf(protocol).has(path) ? (setIn(protocol, [head, ...rest], written) as Protocol) : protocol
}

function setIn(node: object, [key, ...rest]: readonly string[], to: unknown): object {
  if (key === undefined) return node
  if (key === 'staff') return { ...node, staff: (node as ProtocolPhase).staff.map((one) => (one.role === rest[0] ? { ...one, count: to as number } : one)) }
  const child = (node as Readonly<Record<string, unknown>>)[key]
  return { ...node, [key]: rest.length === 0 ? to : setIn(child as object, rest, to) }
}

const isLike = (path: string, pattern: string): boolean => {
  const [parts, wanted] = [path.split('.'), pattern.split('.')]
  return parts.length === wanted.length && wanted.every((want, place) => want === '*' || want === parts[place])
}
export const figureRowOf = (path: string, rows: CourseDialRows): CourseFigureRow | undefined => rows.figures.find(({ at }) => isLike(path, at))
/** Where a figure stands among those of its phase: as the rows name them, however the course was stored. */
export const orderOf = (path: string, rows: CourseDialRows): number => {
  const [figure, name] = [rows.figures, rows.names].map((list) => list.findIndex(({ at }) => isLike(path, at))) as [number, number]
  return figure >= 0 ? figure : name >= 0 ? rows.figures.length + name : rows.figures.length + rows.names.length
}
export const floorsOn = (path: string, protocol: Protocol, rows: CourseDialRows): readonly CourseFloorRow[] =>
  rows.floors.filter(({ holds, onRoute }) => holds.some((at) => isLike(path, at)) && (onRoute === undefined || protocol.routes.some((route) => route === onRoute)))

export interface NamedFigure {
  readonly path: string
  /** `Preparation: number of visits` */
  readonly title: string
  readonly name: string
  readonly unit: string
  /** The phase it belongs to; a figure of the whole course has none. */
  readonly phase?: ProtocolPhase['type']
}

/** What a figure is called by a clinician. A figure without a name is called by its path; a test of content names it. */
export function namedFigure(protocol: Protocol, path: string, rows: CourseDialRows): NamedFigure {
  const { name, unit } = figureRowOf(path, rows) ?? rows.names.find(({ at }) => isLike(path, at)) ?? { name: path, unit: '' }
  const head = path.split('.')[0] ?? ''
  const phase = phaseOf(protocol, head as ProtocolPhase['type'])
  if (!phase || !leaves(phase, head).some(([one]) => one === path)) return { path, title: upper(name), name, unit }
  const [, field, role] = path.split('.')
  const own = field === 'staff' ? `${name}, ${role}` : name
  return { path, title: `${visitNames[phase.type]}: ${own}`, name: own, unit, phase: phase.type }
}
const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** A value as it is read aloud. */
export function sayCourseValue(value: CourseValue | undefined, unit: string): string {
  const united = (text: string) => (unit ? `${text} ${unit}` : text)
  if (value === undefined) return 'not in this course'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return /\s/.test(value) ? value : value.replaceAll('-', ' ')
  if (Array.isArray(value)) return value.length === 0 ? 'none' : united(value.join(', '))
  if (typeof value === 'object') { const { min, max } = value as DayRange; return united(min === max ? String(min) : `${min} to ${max}`) }
  return united(String(value))
}

export const sameValue = (a: CourseValue | undefined, b: CourseValue | undefined): boolean => {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, place) => one === b[place])
  if (isRange(a) && isRange(b)) return a.min === b.min && a.max === b.max
  return a === b
}
export const isRange = (value: CourseValue | undefined): value is DayRange => typeof value === 'object' && !Array.isArray(value)
const numbers = (value: CourseValue): readonly number[] => (Array.isArray(value) ? (value as readonly number[]) : [])

/** Which way it is from one value to another. What is neither clearly asks for more nor is the same, is looser. */
export function courseWay({ tighter, takes }: CourseFigureRow, from: CourseValue, to: CourseValue): 'tighter' | 'looser' | 'same' {
  if (sameValue(from, to)) return 'same'
  const isTighter = (): boolean => {
    if ('choices' in takes) return (takes.choices.indexOf(String(to)) > takes.choices.indexOf(String(from))) === (tighter === 'higher')
    if (tighter === 'inside') return isRange(from) && isRange(to) && to.min >= from.min && to.max <= from.max
    if (tighter === 'more') return numbers(from).every((one) => numbers(to).includes(one))
    if (tighter === 'fewer-days') return numbers(to).every((one, place) => one <= (numbers(from)[place] ?? one))
    return (Number(to) > Number(from)) === (tighter === 'higher')
  }
  return isTighter() ? 'tighter' : 'looser'
}
