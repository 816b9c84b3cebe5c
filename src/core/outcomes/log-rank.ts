import { chiSquareTail } from './chi-square.ts'
import { riskTableOf, type AtRisk, type Followed } from './survival.ts'

export interface LogRank {
  readonly chiSquare: number
  readonly degreesOfFreedom: number
  readonly p: number
}

/**
 * Whether curves differ by more than chance: the log-rank test, as R's survdiff counts it. A group in which
 * nothing could be expected tells nothing and is left out; with fewer than two others there is no test.
 */
export const logRank = (groups: readonly (readonly Followed[])[]): LogRank | null => logRankOf(groups.map((people) => people.map((one) => ({ ...one, people: 1 }))))

/** The same from people counted together where they agree. */
export function logRankOf(groups: readonly (readonly (Followed & { readonly people: number })[])[]): LogRank | null {
  const moments = riskTableOf(groups.flat()).filter(({ events }) => events > 0)
  const atRisk = groups.map((people) => watchedAt(moments, riskTableOf(people)))
  const observed = groups.map((counted) => sum(counted.map(({ event, people }) => event * people)))
  const expected = atRisk.map((row) => sum(moments.map((moment, at) => (moment.events * (row[at] as number)) / moment.atRisk)))
  const told = expected.flatMap((count, group) => (count > 0 ? [group] : [])).slice(1)
  if (told.length === 0) return null
  const excess = told.map((group) => (observed[group] as number) - (expected[group] as number))
  const solved = solve(told.map((one) => told.map((other) => covariance(moments, atRisk[one] as number[], atRisk[other] as number[], one === other))), excess)
  if (!solved) return null
  const chiSquare = sum(solved.map((value, at) => value * (excess[at] as number)))
  return { chiSquare, degreesOfFreedom: told.length, p: chiSquareTail(chiSquare, told.length) }
}

/** How many of one group were still watched at each moment: two lists in the order of time, gone through once. */
function watchedAt(moments: readonly AtRisk[], table: readonly AtRisk[]): number[] {
  let at = 0
  return moments.map(({ time }) => {
    while (at < table.length && (table[at] as AtRisk).time < time) at += 1
    return table[at]?.atRisk ?? 0
  })
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** Of two groups' numbers of events, when the deaths of each moment are drawn from all who are at risk. */
function covariance(moments: readonly AtRisk[], one: readonly number[], other: readonly number[], isSame: boolean): number {
  return sum(moments.map(({ events, atRisk }, at) => {
    if (atRisk === 1) return 0
    const share = (one[at] as number) / atRisk
    return ((events * (atRisk - events)) / (atRisk - 1)) * share * ((isSame ? 1 : 0) - (other[at] as number) / atRisk)
  }))
}

/** Gauss, in the order given: variances stand on the diagonal, so no other pivot is safer. Nothing where one of them is none. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] | undefined {
  const rows = matrix.map((row, at) => [...row, right[at] as number])
  const size = rows.length
  for (let column = 0; column < size; column += 1) {
    const pivot = rows[column] as number[]
    if ((pivot[column] as number) < 1e-12) return undefined
    for (const row of rows) {
      if (row === pivot) continue
      const factor = (row[column] as number) / (pivot[column] as number)
      for (let at = column; at <= size; at += 1) row[at] = (row[at] as number) - factor * (pivot[at] as number)
    }
  }
  return rows.map((row, at) => (row[size] as number) / (row[at] as number))
}
