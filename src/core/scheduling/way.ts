import type { Column } from './choice.ts'
import { usesOf, type Market } from './market.ts'
import { openingsOf } from './openings.ts'
import { soonest, visitsOf } from './plan.ts'
import { solve, type Problem } from './problem.ts'
import type { Costs, Found } from './search.ts'

/** One plan of one patient, as a column of a choice. */
export interface Way extends Column {
  readonly found: Exclude<Found, { stuck: unknown }>
  /** What the market asked for it, beside its own cost. */
  readonly price: number
}

/** The best plan at a market's prices; its cost is told without them. */
export function wayOf(patient: number, problem: Problem, market: Market, costs: Costs): Way | undefined {
  const found = solve({ ...problem, openings: openingsOf(problem.request, problem.wall, problem.plan.others, { ...problem.options, market }) }, costs)
  if ('stuck' in found) return undefined
  const price = found.placed.reduce((sum, place) => sum + (place.minute === undefined ? 0 : place.price), 0)
  return { patient, cost: found.cost - price, price, found, uses: usesOf(visitsOf(problem, found), problem.request) }
}

/** Where a free place has a price, the soonest one need not be the best of its day. */
export const priced: Costs = { ...soonest, of: (layer, opening) => soonest.of(layer, opening) + opening.price, byFlawsAlone: false }
