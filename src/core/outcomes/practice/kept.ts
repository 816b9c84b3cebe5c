import type { Chart } from '../../chart/chart.ts'
import { category } from '../category.ts'
import { eventsOf } from '../course-outcome.ts'
import { relapse } from '../relapse.ts'
import { changeRowFor } from '../rows.ts'
import type { CourseRowRows, Span } from './course-row.ts'
import { dayNumbers } from './day-number.ts'
import { pointsOf } from './measure-row.ts'

/** How long a response held, on the questionnaire of the relapse row. */
export type Kept =
  /** Days from the last dose to the relapse, or to the last score without one. `responseDays` are those that scores speak for. */
  | { readonly state: 'followed'; readonly days: number; readonly relapsed: boolean; readonly toResponseDays: number; readonly responseDays: number }
  /** Why the course is in no curve: nothing to compare, below the cut-off from the beginning, never a response, lost before the last dose, or nobody asked after it. */
  | { readonly state: 'unknown' | 'not-a-case' | 'no-response' | 'lost-before-the-end' | 'not-asked-after' }

type Score = readonly [day: number, score: number]

/** From the end of the course, for those who had responded by the score it ends with. */
export function keptOf(chart: Chart, span: Span, rows: CourseRowRows): Kept {
  const { outcomes, practice, zone } = rows
  const change = changeRowFor(outcomes, outcomes.relapse.instrument)
  const { baseline, after, end } = pointsOf(chart, outcomes.relapse.instrument, span, rows)
  if (!change || !baseline || after.length === 0) return { state: 'unknown' }
  if (baseline.total < change.caseFrom) return { state: 'not-a-case' }
  const dayIn = dayNumbers(chart, zone)
  const dayOf = (at: string) => dayIn(at) - dayIn(baseline.at)
  const scores = after.map(({ at, total }): Score => [dayOf(at), total])
  const isResponse = (score: number) => category(change, baseline.total, score).response
  const responded = after.find(({ total }) => isResponse(total))
  if (!end || !responded || responded.at > end.at) return { state: 'no-response' }
  const events = eventsOf(chart).filter(({ at }) => span.nextAt === undefined || at < span.nextAt).map(({ at, what }) => ({ day: dayOf(at), what }))
  const found = relapse(outcomes.relapse, change, baseline.total, scores, events)
  const [endDay, lastDay] = [dayOf(span.lastDoseAt), scores.at(-1)![0]]
  if (found.relapse && found.day <= endDay) return { state: 'lost-before-the-end' }
  if (lastDay <= endDay) return { state: 'not-asked-after' }
  const since = scores.filter(([day]) => day >= dayOf(responded.at))
  return { state: 'followed', days: (found.relapse ? found.day : lastDay) - endDay, relapsed: found.relapse, toResponseDays: dayOf(responded.at) - dayOf(span.firstDoseAt), responseDays: responseDays(since, isResponse, practice.carried.days) }
}

/** A score that is a response speaks for the days to the next score, up to the row's limit; the last one for none after it. */
function responseDays(scores: readonly Score[], isResponse: (score: number) => boolean, most: number): number {
  return scores.slice(0, -1).reduce((sum, [day, score], at) => sum + (isResponse(score) ? Math.min(most, scores[at + 1]![0] - day) : 0), 0)
}
