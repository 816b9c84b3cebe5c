import type { Chart } from '../chart/chart.ts'
import { standingVisits } from '../measures/doses.ts'
import type { FirstVisitOf } from '../scheduling/promise-kept.ts'
import { localDay } from '../shared/local-day.ts'
import type { Instant } from '../shared/time.ts'

/** What a chart says of the first visit after a message: an intake that was written or closed as held, and the booking. */
export function firstVisitOn(chart: Chart, since: Instant, zone: string): Pick<FirstVisitOf, 'cameOn' | 'bookedOn'> {
  const held = chart.all('visit-closed.v1').filter(({ body }) => body.type === 'intake' && body.outcome !== 'missed').map(({ body }) => body.startedAt)
  const came = [...held, ...chart.all('intake.v1').map(({ at }) => at)].filter((at) => at >= since).toSorted()[0]
  const missed = new Set(chart.all('visit-closed.v1').filter(({ body }) => body.outcome === 'missed').map(({ body }) => body.visit))
  const booked = standingVisits(chart).filter(({ visit, type, startsAt }) => type === 'intake' && startsAt >= since && !missed.has(visit)).map(({ startsAt }) => startsAt).toSorted()[0]
  return { cameOn: came === undefined ? null : localDay(came, zone), bookedOn: booked === undefined ? null : localDay(booked, zone) }
}
