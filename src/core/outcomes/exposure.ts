import type { Chart } from '../chart/chart.ts'
import type { VisitType } from '../chart/kinds/aftercare.ts'
import type { DoseRoute } from '../chart/kinds/clearance.ts'
import { dosedSessions, doseOfAll, type DosedSession } from '../measures/doses.ts'
import { DAY_MS, MINUTE_MS, type Instant } from '../shared/time.ts'

/** What the person received: shown beside every outcome, so that a curve is never read without it. */
export interface Exposure {
  readonly sessions: readonly DosedSession[]
  /** Sessions with medicine, by route, with the mean dose of a session; unknown while any of them stands in two records. */
  readonly byRoute: readonly { readonly route: DoseRoute; readonly sessions: number; readonly meanDoseUg: number | undefined }[]
  /** All doses together; unknown while any of them is. */
  readonly totalUg: number | undefined
  /** Sessions a week from the first to the last; null with fewer than two. */
  readonly sessionsPerWeek: number | null
  readonly psychotherapyMin: number
  readonly medicineMin: number
  readonly byType: Readonly<Partial<Record<VisitType, number>>>
}

const psychotherapy: readonly VisitType[] = ['intake', 'preparation', 'integration', 'follow-up', 'therapy']

/** Doses and hours up to now, or up to a moment given. A missed visit counts for nothing. */
export function exposure(chart: Chart, until?: Instant): Exposure {
  const sessions = dosedSessions(chart).filter((session) => until === undefined || session.firstDoseAt <= until)
  const held = heldVisits(chart).filter((visit) => until === undefined || visit.endedAt <= until)
  const minutesOf = (types: readonly VisitType[]) => held.filter((visit) => types.includes(visit.type)).reduce((sum, visit) => sum + visit.minutes, 0)
  const types = [...new Set(held.map((visit) => visit.type))]
  return {
    sessions, byRoute: byRoute(sessions), totalUg: doseOfAll(sessions), sessionsPerWeek: perWeek(sessions),
    psychotherapyMin: minutesOf(psychotherapy), medicineMin: minutesOf(['medicine', 'maintenance']),
    byType: Object.fromEntries(types.map((type) => [type, minutesOf([type])])),
  }
}

interface HeldVisit {
  readonly type: VisitType
  readonly startedAt: Instant
  readonly endedAt: Instant
  readonly minutes: number
}

/** Closed visits; and sessions and integration notes of visits that nobody closed, so that no hour counts twice. */
function heldVisits(chart: Chart): HeldVisit[] {
  const closed = chart.all('visit-closed.v1').filter((entry) => entry.body.outcome !== 'missed').map((entry) => held(entry.body.type, entry.body))
  const covered = (one: HeldVisit) => closed.some((visit) => visit.type === one.type && one.startedAt < visit.endedAt && visit.startedAt < one.endedAt)
  const notes = chart.all('integration.v1').map((entry) => held('integration', entry.body))
  return [...closed, ...[...notes, ...heldSessions(chart)].filter((one) => !covered(one))]
}

function heldSessions(chart: Chart): HeldVisit[] {
  const parts = new Map(dosedSessions(chart).map((session) => [session.session, session.part]))
  return chart.all('session-started.v1').flatMap((started) => {
    const closed = chart.latest('session-closed.v1', (entry) => entry.session === started.id)
    const type = parts.get(started.id) === 'maintenance' ? 'maintenance' : 'medicine'
    return closed ? [held(type, { startedAt: started.at, endedAt: closed.at })] : []
  })
}

const held = (type: VisitType, body: { readonly startedAt: Instant; readonly endedAt: Instant }): HeldVisit => ({
  type, startedAt: body.startedAt, endedAt: body.endedAt, minutes: Math.max(0, Math.round((Date.parse(body.endedAt) - Date.parse(body.startedAt)) / MINUTE_MS)),
})

function byRoute(sessions: readonly DosedSession[]): Exposure['byRoute'] {
  const routes = [...new Set(sessions.map((session) => session.route))]
  return routes.map((route) => {
    const of = sessions.filter((session) => session.route === route)
    const totalUg = doseOfAll(of)
    return { route, sessions: of.length, meanDoseUg: totalUg === undefined ? undefined : Math.round(totalUg / of.length) }
  })
}

/** Intervals, not fenceposts: six sessions over two weeks and a half are two a week. */
function perWeek(sessions: readonly DosedSession[]): number | null {
  const first = sessions[0]
  const last = sessions.at(-1)
  if (!first || !last || sessions.length < 2) return null
  const days = (Date.parse(last.firstDoseAt) - Date.parse(first.firstDoseAt)) / DAY_MS
  return days > 0 ? Math.round(((sessions.length - 1) / days) * 7 * 100) / 100 : null
}
