import loadHighs from 'highs'
import { violations } from '../../src/core/scheduling/check.ts'
import { soonest } from '../../src/core/scheduling/plan.ts'
import { problemOf, solve } from '../../src/core/scheduling/problem.ts'
import type { PlanRequest } from '../../src/core/scheduling/request.ts'
import { courseModel, type CourseModel, type Form } from './course-model.ts'

export { halfFull } from './half-full.ts'

export interface Answer {
  /** Undefined where there is no plan. */
  readonly cost: number | undefined
  readonly ms: number
}

/** The search as the product asks it: the calendars read, the openings found, the cheapest plan; and once more with the openings a gift, as the solver gets them. */
export function ours(request: PlanRequest): Answer & { readonly wholeMs: number } {
  const started = performance.now()
  const problem = problemOf(request)
  solve(problem, soonest)
  const between = performance.now()
  const found = solve(problem, soonest)
  return { wholeMs: between - started, ms: performance.now() - between, cost: 'stuck' in found ? undefined : found.cost }
}

/** The whole-number model solved to its end. Only the solving is timed: the openings and the model are a gift. `ended` is false where the limit came first. */
export async function exact(form: Form, secondsAtMost: number): Promise<(request: PlanRequest) => Answer & { readonly ended: boolean; readonly broken: number; readonly columns: number }> {
  const highs = await loadHighs()
  return (request) => {
    const model = courseModel(request, form)
    if (!model) return { cost: undefined, ms: 0, ended: true, broken: 0, columns: 0 }
    return highs.withModel(asHighs(model, highs.infinity, highs.constants.variableType.integer), (one) => {
      one.options.set({ output_flag: false, random_seed: 1, mip_rel_gap: 0, mip_abs_gap: 0, time_limit: secondsAtMost })
      const started = performance.now()
      one.run()
      const ms = performance.now() - started
      const status = one.getModelStatus()
      const { infeasible, optimal } = highs.constants.modelStatus
      if (status !== optimal) return { cost: undefined, ms, ended: status === infeasible, broken: 0, columns: model.costs.length }
      const values = [...one.getSolution().colValue]
      return { cost: model.costs.reduce((sum, cost, i) => sum + cost * Math.round(values[i]!), 0), ms, ended: true, broken: violations({ visits: model.visitsOf(values) }, request).length, columns: model.costs.length }
    })
  }
}

function asHighs({ costs, least, rows }: CourseModel, infinity: number, integer: number) {
  const terms = rows.map((row) => row.terms)
  const starts = new Int32Array(rows.length + 1)
  for (const [i, row] of terms.entries()) starts[i + 1] = starts[i]! + row.length
  const flat = terms.flat()
  return {
    numCols: costs.length, numRows: rows.length, colCost: Float64Array.from(costs), colLower: Float64Array.from(least), colUpper: new Float64Array(costs.length).fill(1),
    rowLower: Float64Array.from(rows, ({ atLeast }) => Math.max(atLeast, -infinity)), rowUpper: Float64Array.from(rows, ({ atMost }) => atMost),
    matrix: { format: 'csr' as const, numRows: rows.length, numCols: costs.length, starts, indices: Int32Array.from(flat, ([column]) => column), values: Float64Array.from(flat, ([, factor]) => factor) },
    integrality: new Int32Array(costs.length).fill(integer),
  }
}
