import type { TherapyRows } from '../core/scheduling/series.ts'
import { proposed } from './figures.ts'

/**
 * Therapy that comes back beside a course: how long an hour may be, how often and how far ahead. How a practice runs, and no
 * clinical rule; what a course asks of the days around a dose stands in its own rows and is shown beside an hour, never decided by one.
 */
export const therapyRows: TherapyRows = {
  id: 'therapy.series', ...proposed(), verified: false, reviewBy: '2027-05-31',
  lengthsMin: [30, 45, 50, 60, 80, 90], usualMin: 50,
  mostWeeksApart: 8, mostVisits: 52, aheadWeeks: 12, nearest: 4,
}
