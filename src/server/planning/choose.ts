import loadHighs from 'highs'
import type { Chooser } from '../../core/scheduling/choice.ts'

/**
 * HiGHS as the solver that core asks for. Each whole choice ends by its gap or by its count of nodes, never by the clock, so
 * the same question gets the same answer on a slow machine. It blocks its thread meanwhile: at the command line nobody else waits, and the server keeps a thread of its own for it.
 */
export async function highsChooser(): Promise<Chooser> {
  const highs = await loadHighs()
  const known = (value: number) => (value === Infinity ? highs.infinity : value === -Infinity ? -highs.infinity : value)
  return ({ whole, columns, rows }) => Promise.resolve(highs.withModel({
    numCols: columns.length, numRows: rows.length, colCost: Float64Array.from(columns, ({ cost }) => cost),
    colLower: new Float64Array(columns.length), colUpper: new Float64Array(columns.length).fill(whole ? 1 : highs.infinity),
    rowLower: Float64Array.from(rows, ({ least }) => known(least)), rowUpper: Float64Array.from(rows, ({ most }) => known(most)),
    matrix: {
      format: 'csc', numRows: rows.length, numCols: columns.length, starts: startsOf(columns), indices: Int32Array.from(columns.flatMap((column) => column.rows)),
      values: new Float64Array(columns.reduce((sum, column) => sum + column.rows.length, 0)).fill(1),
    },
    ...(whole ? { integrality: new Int32Array(columns.length).fill(highs.constants.variableType.integer) } : {}),
  }, (model) => {
    model.options.set({ output_flag: false, random_seed: 1, ...(whole ? { mip_rel_gap: GAP, mip_max_nodes: NODES } : { solver: 'ipm', run_crossover: 'off' }) })
    model.run()
    const { colValue, rowDual } = model.getSolution()
    return { values: [...colValue], duals: [...rowDual] }
  }))
}
// Of many prices that are all right, the inner-point method gives those in the middle; those at a corner jump from round to round.
/** A thousandth nearer is not worth what it costs to prove. */
const GAP = 0.001
const NODES = 200

function startsOf(columns: readonly { readonly rows: readonly number[] }[]): Int32Array {
  const starts = new Int32Array(columns.length + 1)
  for (const [i, column] of columns.entries()) starts[i + 1] = starts[i]! + column.rows.length
  return starts
}
