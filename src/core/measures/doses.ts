import type { BookedVisit, VisitType } from '../chart/kinds/aftercare.ts'
import type { DoseRoute } from '../chart/kinds/clearance.ts'
import type { Chart } from '../chart/chart.ts'
import type { EntryOf } from '../chart/entry.ts'
import type { Instant } from '../shared/time.ts'

/** A session in which medicine was given. */
export interface DosedSession {
  readonly session: string
  readonly visit?: string
  /** `maintenance` when the visit it belongs to is one; otherwise part of the course. */
  readonly part: 'course' | 'maintenance'
  readonly firstDoseAt: Instant
  readonly lastDoseAt: Instant
  /** All steps of the session together. */
  readonly doseUg: number
  readonly steps: number
  readonly route: DoseRoute
}

/** Every session with a dose, oldest first. A step recorded twice counts as the one a person said stands. */
export function dosedSessions(chart: Chart): DosedSession[] {
  const types = new Map(standingVisits(chart).map((visit) => [visit.visit, visit.type]))
  return chart
    .all('session-started.v1')
    .flatMap((started) => {
      const doses = standingDoses(chart, started.id)
      const [first] = doses
      const last = doses.at(-1)
      if (!first || !last) return []
      const { visit } = started.body
      const maintenance = visit !== undefined && types.get(visit) === 'maintenance'
      return [{
        session: started.id, ...(visit === undefined ? {} : { visit }), part: maintenance ? ('maintenance' as const) : ('course' as const),
        firstDoseAt: first.at, lastDoseAt: last.at, doseUg: doses.reduce((sum, dose) => sum + dose.body.doseUg, 0), steps: doses.length, route: first.body.route,
      }]
    })
    .toSorted((a, b) => (a.firstDoseAt < b.firstDoseAt ? -1 : a.firstDoseAt > b.firstDoseAt ? 1 : 0))
}

/** The visits as they stand now: moved ones where they were moved to, cancelled ones left out. */
export function standingVisits(chart: Chart): BookedVisit[] {
  const visits = new Map<string, BookedVisit>()
  for (const entry of chart.entries) {
    if (entry.kind === 'visits-booked.v1') for (const visit of entry.body.visits) visits.set(visit.visit, visit)
    if (entry.kind === 'visit-moved.v1') visits.set(entry.body.to.visit, entry.body.to)
  }
  for (const cancelled of chart.all('visit-cancelled.v1')) visits.delete(cancelled.body.visit)
  return [...visits.values()].toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : a.startsAt > b.startsAt ? 1 : 0))
}

const dosing: readonly VisitType[] = ['medicine', 'maintenance']

/** Visits at which medicine is planned, leaving out those that were closed as missed. */
export function dosingVisits(chart: Chart): BookedVisit[] {
  const missed = new Set(chart.all('visit-closed.v1').filter((closed) => closed.body.outcome === 'missed').map((closed) => closed.body.visit))
  return standingVisits(chart).filter((visit) => dosing.includes(visit.type) && !missed.has(visit.visit))
}

function standingDoses(chart: Chart, session: string): EntryOf<'dose-given.v1'>[] {
  const resolved = new Map(chart.all('dose-conflict-resolved.v1').filter((entry) => entry.session === session).map((entry) => [entry.body.step, entry.body.stands]))
  return chart.all('dose-given.v1').filter((dose) => dose.session === session && (resolved.get(dose.body.step) ?? dose.id) === dose.id)
}
