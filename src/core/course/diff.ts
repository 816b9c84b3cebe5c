import type { VisitType } from '../chart/kinds/aftercare.ts'
import { courseAsks, nominalCourse, type Nominal, type NominalVisit } from '../scheduling/nominal.ts'
import { visitNames } from '../scheduling/layers.ts'
import { courseWay, figureRowOf, namedFigure, orderOf, sameValue, sayCourseValue, valuesOf, type CourseDialRows, type CourseValue, type NamedFigure } from './course-figures.ts'
import type { Protocol, StaffRole } from './protocol.ts'

/** One figure in which two courses differ. `from` or `to` is missing where one of them has no such figure. */
export interface FigureDiff extends NamedFigure {
  readonly from?: CourseValue
  readonly to?: CourseValue
  readonly saysFrom: string
  readonly saysTo: string
  /** Where a practice may change it, which way that is. */
  readonly way?: 'tighter' | 'looser'
}

/** Every figure and every choice in which two courses differ, in the order in which a course is read. */
export function diffCourses(from: Protocol, to: Protocol, rows: CourseDialRows): readonly FigureDiff[] {
  const [before, after] = [valuesOf(from), valuesOf(to)]
  return inOrder(rows, [...new Set([...before.keys(), ...after.keys()])].flatMap((path): readonly FigureDiff[] => {
    const [a, b] = [before.get(path), after.get(path)]
    if (sameValue(a, b)) return []
    const named = namedFigure(a === undefined ? to : from, path, rows)
    const row = figureRowOf(path, rows)
    const [was, is] = [a ?? none(path), b ?? none(path)]
    const way = row && was !== undefined && is !== undefined ? courseWay(row, was, is) : 'same'
    return [{ ...named, ...(was === undefined ? {} : { from: was }), ...(is === undefined ? {} : { to: is }), saysFrom: sayCourseValue(a, named.unit), saysTo: sayCourseValue(b, named.unit), ...(way === 'same' ? {} : { way }) }]
  }), [from, to].toSorted((a, b) => b.phases.length - a.phases.length).flatMap(({ phases }) => phases.map(({ type }) => type)))
}

/** Visits and people that a course does not have are none. */
const none = (path: string): number | undefined => (path.endsWith('.count') ? 0 : undefined)

/** Phase by phase as they come, then what belongs to the whole course. */
function inOrder(rows: CourseDialRows, diff: readonly FigureDiff[], phases: readonly VisitType[]): readonly FigureDiff[] {
  const place = ({ phase }: FigureDiff) => (phase === undefined ? phases.length : phases.indexOf(phase))
  return diff.toSorted((a, b) => place(a) - place(b) || orderOf(a.path, rows) - orderOf(b.path, rows))
}

interface Moved { readonly from: number; readonly to: number }

/** Visits that follow each other and move by as many days. */
export interface MovedVisits {
  readonly says: string
  /** Days later; earlier ones are below nothing. */
  readonly byDays: number
}

/** What becomes of the whole course: each as often as both rows ask for it, and the days on which their visits come. */
export interface CourseMoves {
  readonly visits: readonly (Moved & { readonly type: VisitType; readonly name: string })[]
  readonly personMin: readonly (Moved & { readonly role: StaffRole })[]
  readonly roomMin: Moved
  /** Undefined where one of the two cannot be laid out at all. */
  readonly days?: { readonly toLastDose: Moved; readonly toLastFollowUp: Moved }
  readonly gone: readonly string[]
  readonly added: readonly string[]
  readonly moved: readonly MovedVisits[]
}

/** What moves from one course to another, laid out from their rows alone: no calendar, no patient, always the same answer. */
export function whatMoves(from: Protocol, to: Protocol): CourseMoves {
  const [a, b] = [courseAsks(from), courseAsks(to)]
  const [before, after] = [nominalCourse(from), nominalCourse(to)]
  const types = [...new Set([...a.visits, ...b.visits].map(({ type }) => type))]
  const roles = [...new Set([...a.personMin.keys(), ...b.personMin.keys()])]
  const counted = (asks: typeof a, type: VisitType) => asks.visits.find((one) => one.type === type)?.count ?? 0
  return {
    visits: types.map((type) => ({ type, name: visitNames[type], from: counted(a, type), to: counted(b, type) })),
    personMin: roles.map((role) => ({ role, from: a.personMin.get(role) ?? 0, to: b.personMin.get(role) ?? 0 })),
    roomMin: { from: a.roomMin, to: b.roomMin },
    ...(before && after ? { days: { toLastDose: { from: before.daysToLastDose, to: after.daysToLastDose }, toLastFollowUp: { from: before.daysToLastFollowUp, to: after.daysToLastFollowUp } } } : {}),
    ...visitMoves(before, after),
  }
}

function visitMoves(before: Nominal | undefined, after: Nominal | undefined): Pick<CourseMoves, 'gone' | 'added' | 'moved'> {
  if (!before || !after) return { gone: [], added: [], moved: [] }
  const keyed = (nominal: Nominal) => new Map(nominal.visits.map((visit) => [visit.key, visit]))
  const [was, is] = [keyed(before), keyed(after)]
  return {
    gone: before.visits.filter(({ key }) => !is.has(key)).map(({ name }) => name),
    added: after.visits.filter(({ key }) => !was.has(key)).map(({ name }) => name),
    moved: grouped(after.visits.flatMap((visit) => {
      const old = was.get(visit.key)
      return old && old.day !== visit.day ? [{ visit, byDays: visit.day - old.day }] : []
    })),
  }
}

/** Visits of one type that move alike are said in one line, whatever lies between them. */
function grouped(moved: readonly { readonly visit: NominalVisit; readonly byDays: number }[]): readonly MovedVisits[] {
  const groups = new Map<string, { readonly visits: NominalVisit[]; readonly byDays: number }>()
  for (const { visit, byDays } of moved) {
    const key = `${visit.type} ${byDays}`
    const group = groups.get(key)
    if (group) group.visits.push(visit)
    else groups.set(key, { visits: [visit], byDays })
  }
  return [...groups.values()].map(({ visits, byDays }) => ({ says: saysVisits(visits), byDays }))
}

function saysVisits(visits: readonly NominalVisit[]): string {
  const [first, last] = [visits[0]!, visits.at(-1)!]
  if (visits.length === 1) return first.name
  const inRow = visits.every(({ number }, place) => number === first.number + place)
  return inRow ? `${first.name} to ${last.number}` : visits.map(({ name, number }, place) => (place === 0 ? name : String(number))).join(', ')
}
