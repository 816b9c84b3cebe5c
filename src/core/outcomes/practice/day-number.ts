import type { Chart } from '../../chart/chart.ts'
import { localDay } from '../../shared/local-day.ts'
import { DAY_MS, type Day, type Instant } from '../../shared/time.ts'

const known = new WeakMap<Chart, Map<Instant, number>>()

/** Local days as numbers that can be taken from each other. Each moment of a chart is looked up once, however many figures ask for it. */
export function dayNumbers(chart: Chart, zone: string): (at: Instant) => number {
  const mine = known.get(chart) ?? new Map<Instant, number>()
  known.set(chart, mine)
  return (at) => {
    const found = mine.get(at) ?? dayNumber(localDay(at, zone))
    mine.set(at, found)
    return found
  }
}

export const dayNumber = (day: Day): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS
