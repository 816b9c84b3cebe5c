import type { Chart } from '../../chart/chart.ts'
import { cycles } from '../../course/cycle.ts'
import { followUpSpans } from '../../measures/windows.ts'
import type { Instant } from '../../shared/time.ts'
import type { CourseRow, CourseRowRows } from './course-row.ts'
import { dayNumbers } from './day-number.ts'

/** From the opening of the chart to the last follow-up, in this order. A chart is opened when somebody is matched. */
export const milestoneNames = ['matched', 'first-visit', 'cleared', 'first-dose', 'last-dose', 'last-follow-up'] as const
export type Milestone = (typeof milestoneNames)[number]
export type Milestones = Readonly<Record<Milestone, Instant | null>>

/** When each was reached in the first course of a chart; null where it was not, or where nobody can tell. */
export function milestones(chart: Chart, courses: readonly CourseRow[], openedAt: Instant, rows: Pick<CourseRowRows, 'practice' | 'zone'>): Milestones {
  const given = cycles(chart).find(({ sessions }) => sessions.length > 0)?.sessions
  const last = given?.at(-1)?.lastDoseAt ?? null
  const visits = [...chart.all('visit-closed.v1').filter(({ body }) => body.outcome !== 'missed').map(({ body }) => body.startedAt), ...chart.all('session-started.v1').map(({ at }) => at)]
  return {
    matched: openedAt, 'first-visit': visits.toSorted()[0] ?? null, cleared: chart.all('clearance.v1').find(({ body }) => body.decision === 'cleared')?.at ?? null,
    'first-dose': given?.[0]?.firstDoseAt ?? null, 'last-dose': courses[0]?.finished ? last : null, 'last-follow-up': last && lastFollowUp(chart, last, rows),
  }
}

/** The first answer in the window of the last follow-up day. */
function lastFollowUp(chart: Chart, lastDoseAt: Instant, { practice, zone }: Pick<CourseRowRows, 'practice' | 'zone'>): Instant | null {
  const window = followUpSpans(practice.followUps.map(({ day }) => day), practice.followUps).at(-1)
  const dayOf = dayNumbers(chart, zone)
  const isInside = (day: number) => window !== undefined && day >= window.fromDay && day <= window.toDay
  return chart.all('measure-answered.v1').find(({ at }) => isInside(dayOf(at) - dayOf(lastDoseAt)))?.at ?? null
}
