import type { CoursePlan, Relation } from '../../src/core/scheduling/layers.ts'
import { coursePlan } from '../../src/core/scheduling/layers.ts'
import type { Opening } from '../../src/core/scheduling/openings.ts'
import { openingsOf } from '../../src/core/scheduling/openings.ts'
import { plannedVisit, soonest } from '../../src/core/scheduling/plan.ts'
import { boundsFor } from '../../src/core/scheduling/problem.ts'
import type { PlannedVisit, PlanRequest } from '../../src/core/scheduling/request.ts'
import { wallOf } from '../../src/core/scheduling/zone.ts'
import { HOUR_MS } from '../../src/core/shared/time.ts'

/**
 * How a start is asked for: by a column that says whether a visit has begun by then, which makes of the whole course something
 * close to a cut through a network and is the form that suits a solver best; or by one that says whether it begins just then,
 * as it stands in the textbooks of scheduling. Both have the same plans and the same relaxation.
 */
export type Form = 'begun' | 'begins'

/** A whole-number model: of each row a sum of columns between two limits, at the least cost. */
export interface CourseModel {
  readonly costs: readonly number[]
  /** Of each column the least it may be; the most is one. */
  readonly least: readonly number[]
  readonly rows: readonly { readonly terms: readonly (readonly [column: number, factor: number])[]; readonly atLeast: number; readonly atMost: number }[]
  readonly visitsOf: (values: readonly number[]) => readonly PlannedVisit[]
}

/** One visit with every start it may have; `first` is the column of its earliest one. */
interface Starts {
  readonly first: number
  readonly all: readonly Opening[]
}

/**
 * The search's own problem as a solver is asked for it: the same visits, the same starts with the same people and rooms, the
 * same relations and the same cost of the soonest plan, and nothing of how the search goes about it. A column says whether a
 * visit has begun by one of its starts, so that every rule of order and distance ties two columns. Undefined where a visit
 * has no start at all. No visit may stand already.
 */
export function courseModel(request: PlanRequest, form: Form): CourseModel | undefined {
  const wall = wallOf(request.zone)
  const plan = coursePlan(request, wall, { withClearanceValidity: request.clearance.state === 'needed' })
  const bounds = boundsFor(request, plan)
  const openings = openingsOf(request, wall, plan.others)
  const model = emptyModel(form)
  const starts = plan.layers.map((layer): Starts => {
    const { lo, hi } = bounds[layer.index]!
    const all = Array.from({ length: Math.max(0, hi - lo + 1) }, (_, i) => openings(layer, lo + i).all()).flat()
    return { first: model.begin(all.map((one) => soonest.of(layer, one))), all }
  })
  if (starts.some(({ all }) => all.length === 0)) return undefined
  for (const relation of plan.relations) relate(model, relation, starts[relation.earlier]!, starts[relation.later]!)
  finish(model, plan, starts, bounds[0]!.lo)
  return { ...model.made(), visitsOf: (values) => plan.layers.map((layer, i) => plannedVisit(request.zone, layer, starts[i]!.all.find((_, at) => values[starts[i]!.first + at]! > 0.5)!)) }
}

type Term = readonly [column: number, factor: number]

function emptyModel(form: Form) {
  const [costs, least, rows]: [number[], number[], { terms: Term[]; atLeast: number; atMost: number }[]] = [[], [], []]
  const column = (cost: number, atLeast = 0) => {
    costs.push(cost)
    least.push(atLeast)
    return costs.length - 1
  }
  /** A row whose terms come to at most so much; a term may be left out, and those of one column are put together. */
  const atMost = (most: number, ...terms: readonly (Term | undefined)[]) => {
    const byColumn = new Map<number, number>()
    for (const [column, factor] of terms.flatMap((term) => (term ? spelledOut(term) : []))) byColumn.set(column, (byColumn.get(column) ?? 0) + factor)
    const left = [...byColumn].filter(([, factor]) => factor !== 0)
    if (left.length > 0) rows.push({ terms: left, atLeast: -Infinity, atMost: most })
  }
  /** The columns of a visit, which has begun by its last start in any case. */
  const begin = (prices: readonly number[]) => {
    const first = costs.length
    const [begun, last] = [form === 'begun', prices.length - 1]
    for (const [i, price] of prices.entries()) column(begun ? price - (prices[i + 1] ?? 0) : price, begun && i === last ? 1 : 0)
    for (let i = 0; i <= last; i += 1) firstOf.set(first + i, first)
    // Whoever has begun by one start has begun by all later ones.
    for (let i = 1; begun && i <= last; i += 1) atMost(0, [first + i - 1, 1], [first + i, -1])
    if (!begun && last >= 0) rows.push({ terms: prices.map((_, i) => [first + i, 1]), atLeast: 1, atMost: 1 })
    return first
  }
  const firstOf = new Map<number, number>()
  /** That a visit has begun by a start, in columns that say when it begins: at this start or at one before it. */
  const spelledOut = ([column, factor]: Term): readonly Term[] => {
    const first = form === 'begins' ? firstOf.get(column) : undefined
    return first === undefined ? [[column, factor]] : Array.from({ length: column - first + 1 }, (_, i) => [first + i, factor])
  }
  return { column, atMost, begin, made: () => ({ costs, least, rows }) }
}
type Model = ReturnType<typeof emptyModel>

/** That a visit has begun by the last of its starts that passes; nothing where none does. */
const begunBy = ({ first, all }: Starts, passes: (start: Opening) => boolean, factor: number): Term | undefined => {
  const last = all.findLastIndex(passes)
  return last < 0 ? undefined : [first + last, factor]
}
const begunOn = (starts: Starts, dayNo: number, factor: number) => begunBy(starts, (start) => start.dayNo <= dayNo, factor)

function relate(model: Model, relation: Relation, a: Starts, b: Starts): void {
  const { minDays, maxDays, minHours, apart, restMs = 0 } = relation
  const far = (from: Opening, to: Opening) => to.dayNo - from.dayNo >= (minDays ?? -Infinity) && to.startMs - from.startMs >= (minHours ?? -Infinity) * HOUR_MS && (apart !== 'in-order' || to.startMs >= from.endMs + restMs)
  if (minDays !== undefined || minHours !== undefined || apart === 'in-order') needs(model, b, a, (later, earlier) => far(earlier, later))
  if (maxDays !== undefined) needs(model, a, b, (earlier, later) => later.dayNo <= earlier.dayNo + maxDays)
  if (apart === 'not-together') dodge(model, a, b, restMs)
  if (apart === 'other-day') for (const dayNo of daysOf([a, b])) model.atMost(1, begunOn(a, dayNo, 1), begunOn(a, dayNo - 1, -1), begunOn(b, dayNo, 1), begunOn(b, dayNo - 1, -1))
  if (relation.idealDays !== undefined) awayFromIdeal(model, a, b, relation.idealDays)
}

/** Whoever has begun by a start has the other one begun by the last start that may go with it. Of starts with the same one, the last says it for all. */
function needs(model: Model, one: Starts, other: Starts, may: (start: Opening, other: Opening) => boolean): void {
  const lastOf = one.all.map((start) => other.all.findLastIndex((there) => may(start, there)))
  for (const [i, last] of lastOf.entries()) if (last !== lastOf[i + 1]) model.atMost(0, [one.first + i, 1], last < 0 ? undefined : [other.first + last, -1])
}

/** Two visits in either order, never at once: whatever begins, the other is not under way. */
function dodge(model: Model, a: Starts, b: Starts, restMs: number): void {
  const underWay = (starts: Starts, atMs: number) => [begunBy(starts, ({ startMs }) => startMs <= atMs, 1), begunBy(starts, ({ endMs }) => endMs + restMs <= atMs, -1)]
  for (const atMs of new Set([...a.all, ...b.all].map(({ startMs }) => startMs))) model.atMost(1, ...underWay(a, atMs), ...underWay(b, atMs))
}

/** One for every day between the day on which a visit is best and its own. */
function awayFromIdeal(model: Model, a: Starts, b: Starts, idealDays: number): void {
  for (const dayNo of daysOf([a, b])) {
    model.atMost(0, begunOn(a, dayNo - idealDays, 1), begunOn(b, dayNo, -1), [model.column(1), -1])
    model.atMost(0, begunOn(b, dayNo, 1), begunOn(a, dayNo - idealDays, -1), [model.column(1), -1])
  }
}

/** Every day from the first that may be used on which some visit before follow-ups has not come yet. */
function finish(model: Model, { layers }: CoursePlan, starts: readonly Starts[], fromDay: number): void {
  const counted = starts.filter((_, i) => layers[i]!.type !== 'follow-up')
  const last = Math.max(...counted.map(({ all }) => all.at(-1)!.dayNo))
  for (let dayNo = fromDay; dayNo < last; dayNo += 1) {
    const open = model.column(soonest.perDay)
    for (const one of counted) model.atMost(-1, [open, -1], begunOn(one, dayNo, -1))
  }
}

function daysOf(all: readonly Starts[]): readonly number[] {
  const days = all.flatMap((one) => [one.all[0]!.dayNo, one.all.at(-1)!.dayNo])
  return Array.from({ length: Math.max(...days) - Math.min(...days) + 1 }, (_, i) => Math.min(...days) + i)
}
