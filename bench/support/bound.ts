import { masterOf, pricesOf, type Chooser, type Column } from '../../src/core/scheduling/choice.ts'
import { unplacedCost, type Waiting } from '../../src/core/scheduling/joint.ts'
import { mostOf, pricedBy, takenOf, type Market, type Priced } from '../../src/core/scheduling/market.ts'
import { boundsFor, problemOf, type Problem } from '../../src/core/scheduling/problem.ts'
import { soonest } from '../../src/core/scheduling/plan.ts'
import { priced, wayOf, type Way } from '../../src/core/scheduling/way.ts'
import { seeded, type Seeded } from '../../src/core/shared/seeded.ts'

export interface Bound {
  /** No joint plan on this grid of starts costs less. */
  readonly least: number
  /** What the plans found so far cost when they may be taken in part. */
  readonly inParts: number
  readonly round: number
  readonly columns: number
  /** No plan is left that would make it cheaper in parts: the bound is the optimum of the relaxation. */
  readonly ended: boolean
}

/**
 * What the best joint plan costs at least: plans in parts, with prices for all they compete for, and at these prices the
 * best plan of each patient searched, until none is better than what is there. In every round the patients' best plans at
 * the prices, less what all of it is worth, are a bound already (Lagrange), so a run that is cut off has a true one as well.
 */
export async function* boundOf(waiting: readonly Waiting[], choose: Chooser): AsyncGenerator<Bound> {
  const problems = waiting.map(({ request }) => relaxed(problemOf(request)))
  const [first] = problems
  if (!first) return
  const most = mostOf(first.request, first.wall.dayNo)
  const columns: Column[] = [0, 1, 2].flatMap((order) => inTurn(problems, most, seeded(order)))
  // To leave somebody out for less than it costs makes the bound no higher, and keeps prices from running away.
  const dearest = Math.max(...columns.map(({ cost }) => cost))
  const unplaced = waiting.map((one) => Math.min(unplacedCost(one), dearest))
  let [least, prices]: [number, readonly Priced[]] = [-Infinity, []]
  for (let round = 1; ; round += 1) {
    const master = masterOf(columns, unplaced, most, false)
    const answer = await choose(master)
    const now = pricesOf(master, answer)
    const inParts = master.columns.reduce((sum, { cost }, i) => sum + cost * (answer.values[i] ?? 0), 0)
    // Prices jump from one round to the next, so the best ones so far are kept in part; once nothing is found, the plain ones are asked.
    let better = 0
    for (const share of round === 1 ? [0] : [KEPT, 0]) {
      const asked = share === 0 ? now.prices : [...scaled(prices, share), ...scaled(now.prices, 1 - share)]
      const { found, ways } = searchAt(problems, unplaced, pricedBy(asked))
      const bound = found - asked.reduce((sum, { key, price }) => sum + price * most(key), 0)
      if (bound > least) [least, prices] = [bound, asked]
      for (const way of ways) {
        const reduced = way.cost + way.uses.reduce((sum, { key, fromMs, toMs }) => sum + now.market(key, fromMs, toMs), 0)
        if (reduced >= (now.worth[way.patient] ?? 0) - 1e-3) continue
        columns.push(way)
        better += 1
      }
      if (better > 0) break
    }
    yield { least, inParts, round, columns: columns.length, ended: better === 0 }
    if (better === 0) return
  }
}
const KEPT = 0.6
const scaled = (prices: readonly Priced[], share: number): readonly Priced[] => prices.map((one) => ({ ...one, price: one.price * share }))

/** The best plan of each at such prices, and what all of them cost together with them. */
function searchAt(problems: readonly Problem[], unplaced: readonly number[], market: Market): { readonly found: number; readonly ways: readonly Way[] } {
  const ways = problems.flatMap((problem, patient) => wayOf(patient, problem, market, priced) ?? [])
  const costs = new Map(ways.map(({ patient, cost, price }) => [patient, cost + price]))
  return { ways, found: unplaced.reduce((sum, cost, patient) => sum + Math.min(cost, costs.get(patient) ?? Infinity), 0) }
}

/** A first set of plans that go together: each beside those before, in some order. */
function inTurn(problems: readonly Problem[], most: (key: string) => number, chance: Seeded): readonly Column[] {
  const taken = takenOf(most)
  const order = problems.map((_, i) => i).toSorted((a, b) => chance(`${a}`) - chance(`${b}`))
  return order.flatMap((patient) => {
    const way = wayOf(patient, problems[patient]!, taken.market, soonest)
    if (way) taken.take(way.uses)
    return way ? [way] : []
  })
}

/** Without what ties the clearance to visits after it: more is allowed than may be, so what is found costs no more, and is sooner found. */
function relaxed(problem: Problem): Problem {
  const clearance = problem.plan.layers.find(({ type }) => type === 'medical-clearance')?.index
  const plan = { ...problem.plan, relations: problem.plan.relations.filter(({ earlier }) => earlier !== clearance) }
  return { ...problem, plan, bounds: boundsFor(problem.request, problem.plan) }
}
