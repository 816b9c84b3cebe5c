import type { Chart } from '../chart/chart.ts'
import { plannedFrom } from '../scheduling/booked.ts'
import { violations } from '../scheduling/check.ts'
import { nameOf } from '../scheduling/layers.ts'
import { bareRequest } from '../scheduling/nominal.ts'
import type { PlanRequest } from '../scheduling/request.ts'
import { standingVisits } from '../measures/doses.ts'
import { localDay } from '../shared/local-day.ts'
import type { Instant } from '../shared/time.ts'
import { readCourse, type CourseRows } from './course.ts'
import { isOfCourse } from './dosing-visit.ts'
import { standingOf } from './fixed.ts'
import type { Protocol } from './protocol.ts'

/** What somebody who is under way on one course would see on another: another next step, and bookings that no longer fit. */
export interface WouldSee {
  readonly next?: { readonly from: string; readonly to: string }
  readonly bookings: readonly string[]
}

/** Rules between visits of one course. Who is free and which room is taken does not depend on the course. */
const OF_THE_COURSE: ReadonlySet<string> = new Set(['order', 'gap', 'clearance', 'dose-spacing', 'doses-in-seven-days', 'integration', 'integration-first', 'follow-up', 'not-in-protocol', 'length'])

/** Nothing here moves anybody: people stay on the course they are on until somebody chooses another for them. */
export function wouldSee(chart: Chart, from: Protocol, to: Protocol, rows: CourseRows, now: Instant, zone: string): WouldSee | undefined {
  const [before, after] = [from, to].map((protocol) => readCourse(chart, protocol, rows, now, zone))
  const said = (course: typeof before) => course?.next?.title ?? 'Nothing is due'
  const next = before?.next?.id === after?.next?.id && before?.next?.state === after?.next?.state ? undefined : { from: said(before), to: said(after) }
  const was = new Set(brokenBookings(chart, from, now, zone))
  const bookings = brokenBookings(chart, to, now, zone).filter((one) => !was.has(one))
  return next || bookings.length > 0 ? { ...(next ? { next } : {}), bookings } : undefined
}

/** What the visits to come break of a course, in the words of the independent check. */
function brokenBookings(chart: Chart, protocol: Protocol, now: Instant, zone: string): readonly string[] {
  const standing = standingOf(chart, protocol, now, zone)
  const coming = new Set(standing.fixed.filter(({ state }) => state === 'booked').map(({ visit }) => visit))
  if (coming.size === 0) return []
  const named = <Visit extends Pick<PlanRequest['fixed'][number], 'visit' | 'type' | 'number'>>(visit: Visit): Visit => ({ ...visit, visit: nameOf(visit) })
  const request: PlanRequest = { ...bareRequest(protocol), zone, earliest: localDay(now, zone), fixed: standing.fixed.filter(({ state }) => state === 'happened').map(named), earlierDoses: standing.earlierDoses, clearance: { state: 'signed' } }
  const visits = standingVisits(chart).filter((visit) => isOfCourse(visit) && coming.has(visit.visit)).map((visit) => named(plannedFrom(visit, protocol)))
  return violations({ visits }, request).filter(({ code }) => OF_THE_COURSE.has(code)).map(({ says }) => says)
}
