import type { BodyOf } from '../chart/kinds.ts'
import { ok, refuse, type Result } from '../shared/result.ts'
import { showKg, showMg } from '../shared/units.ts'
import { checkEntry, limitsFor } from './limits.ts'
import { boosterRowOf, doseRowOf, type DoseRow, type DosingRows } from './rows.ts'
import { dosingWeight, usesIdealWeight, type Body } from './weight.ts'

type Order = Pick<BodyOf<'order.v1'>, 'medication' | 'route' | 'doseUg' | 'boosterUg' | 'maxTotalUg' | 'weightG' | 'validFrom' | 'validUntil' | 'reason'>

export type OrderRefusal =
  | 'route-without-dose-row' | 'medication-does-not-match-route' | 'entry-error' | 'above-hard-max' | 'total-above-hard-max' | 'total-below-dose'
  | 'no-booster-on-this-route' | 'booster-larger-than-dose' | 'with-booster-above-soft-max' | 'with-booster-above-total'
  | 'actual-weight-not-allowed' | 'dates-crossed' | 'reason-needed'

export interface OrderChecked {
  /** Whether the dose lies above the soft maximum, so that the written reason is part of the order. */
  readonly needsReason: boolean
  readonly softUg: number
  readonly hardUg: number
  /** What could not be judged, in words for the prescriber. Nothing here passes silently. */
  readonly asks: readonly string[]
}

export interface OrderRefused {
  readonly code: OrderRefusal
  readonly says: string
}

const REASON_LENGTH = 20

/**
 * Judges an order before it is signed. It refuses what lies above a hard maximum, what mixes up medicines and
 * routes, and what was typed wrongly; above the soft maximum it asks for a written reason. It never proposes a
 * dose. `body` is what is known of weight, height and sex: without it the weight basis stays an open question.
 *
 * Units: doses in whole µg, weights in whole g. Source: the rows, whose `cites` the screen shows beside them.
 */
export function checkOrder(order: Order, rows: DosingRows, body?: Body): Result<OrderChecked, OrderRefused> {
  const row = doseRowOf(rows, order.route)
  if (!row) return no('route-without-dose-row', `This practice has no dose table for the route ${order.route}.`)
  if (row.medication !== order.medication) return no('medication-does-not-match-route', `${order.route} is for ${words(row.medication)}. This order says ${words(order.medication)}.`)
  if (order.validUntil < order.validFrom) return no('dates-crossed', 'The order ends before it begins.')
  const problem = weightProblem(order, rows, body) ?? doseProblem(order, row) ?? boosterProblem(order, row, rows)
  if (problem) return problem

  const { softUg, hardUg } = limitsFor(row, order.weightG)
  const needsReason = order.doseUg > softUg || order.maxTotalUg > softUg
  if (needsReason && order.reason.trim().length < REASON_LENGTH) return no('reason-needed', `This order goes above ${showMg(softUg)}, the usual upper end. Please write why, in ${REASON_LENGTH} characters or more.`)
  return ok({ needsReason, softUg, hardUg, asks: body ? [] : ['Height and sex are not known, so nobody has judged which weight this dose should be computed with.'] })
}

const no = (code: OrderRefusal, says: string) => refuse({ code, says })
const words = (medication: string) => (medication === 'esketamine' ? 'esketamine' : 'racemic ketamine')

function doseProblem(order: Order, row: DoseRow) {
  const { hardUg } = limitsFor(row, order.weightG)
  const entered = checkEntry(order.doseUg, row, order.weightG)
  if (entered.action === 'REFUSE') {
    return entered.flag === 'ENTRY_ERROR'
      ? no('entry-error', `${showMg(order.doseUg)} by ${order.route} at ${showKg(order.weightG)} looks like a slip of the finger. Please type it again.`)
      : no('above-hard-max', `${showMg(order.doseUg)} is above ${showMg(hardUg)}, the most this practice allows by ${order.route} at ${showKg(order.weightG)}.`)
  }
  if (order.maxTotalUg > hardUg) return no('total-above-hard-max', `The total of ${showMg(order.maxTotalUg)} is above ${showMg(hardUg)}, the most this practice allows in one session.`)
  if (order.maxTotalUg < order.doseUg) return no('total-below-dose', 'The total allowed is smaller than the dose.')
  return undefined
}

/** First sessions and age are judged when the booster is due: an order may cover several sessions. */
function boosterProblem(order: Order, row: DoseRow, rows: DosingRows) {
  if (order.boosterUg === 0) return undefined
  if (!boosterRowOf(rows, order.route)) return no('no-booster-on-this-route', `A booster is not given by ${order.route}.`)
  if (order.boosterUg > order.doseUg) return no('booster-larger-than-dose', 'The booster is larger than the dose.')
  const total = order.doseUg + order.boosterUg
  const { softUg } = limitsFor(row, order.weightG)
  if (total > softUg) return no('with-booster-above-soft-max', `Dose and booster together are ${showMg(total)}, above ${showMg(softUg)}.`)
  if (total > order.maxTotalUg) return no('with-booster-above-total', `Dose and booster together are ${showMg(total)}, above the order's own total of ${showMg(order.maxTotalUg)}.`)
  return undefined
}

function weightProblem(order: Order, rows: DosingRows, body: Body | undefined) {
  if (!body || !usesIdealWeight(body, rows.weight)) return undefined
  const largest = Math.max(dosingWeight(body, rows.weight).weightG, dosingWeight(body, rows.weight, 'adjusted').weightG)
  if (order.weightG <= largest) return undefined
  return no('actual-weight-not-allowed', `At this height and weight the dose is computed with the ideal or the adjusted weight, at most ${showKg(largest)}.`)
}
