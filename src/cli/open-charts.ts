import { CannotReach, type ChartPort } from './chart-port.ts'

/** The way to a running practice's charts. */
export function openCharts(): Promise<ChartPort> {
  return Promise.reject(new CannotReach('The practice’s charts cannot be reached from here. Nothing was changed. kap import --plan and kap verify FILE work without them.'))
}
