import type { Chart } from '../chart/chart.ts'
import type { EntryOf } from '../chart/entry.ts'
import type { Day } from '../shared/time.ts'

type Order = EntryOf<'order.v1'>

/**
 * The order that may be given from on this day. The newest order speaks alone: when it was stopped or has run
 * out, no older one comes back.
 */
export function orderInForce(chart: Chart, day: Day): Order | undefined {
  const newest = chart.latest('order.v1')
  return newest && isInForce(chart, newest, day) ? newest : undefined
}

export const isInForce = (chart: Chart, order: Order, day: Day): boolean =>
  order.body.validFrom <= day && day <= order.body.validUntil && !chart.all('order-stopped.v1').some((stopped) => stopped.body.order === order.id)
