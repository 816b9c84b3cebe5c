import type { Chart } from '../chart/chart.ts'
import type { EntryOf } from '../chart/entry.ts'
import type { BookedVisit } from '../chart/kinds/aftercare.ts'
import { standingVisits } from '../measures/doses.ts'

export interface Accepted {
  readonly entry: EntryOf<'proposal-decided.v1'>
  readonly place: NonNullable<EntryOf<'proposal-decided.v1'>['body']['place']>
}

/**
 * What one person accepted after the course and that has no time yet. It stands until a visit of its kind is booked or was
 * held, a later proposal is accepted, or somebody decides for none; a visit that is cancelled or missed leaves it open again.
 * A later proposal that is declined takes nothing away from it.
 */
export function toPlace(chart: Chart): Accepted | undefined {
  const entry = chart.latest('proposal-decided.v1', ({ body }) => body.decision === 'accepted')
  const place = entry?.body.place
  if (!entry || !place || chart.latest('maintenance-decided.v1', ({ at, body }) => at > entry.at && (body.decision === 'watch' || body.decision === 'not-now'))) return undefined
  const closed = chart.all('visit-closed.v1')
  const missed = new Set(closed.filter(({ body }) => body.outcome === 'missed').map(({ body }) => body.visit))
  const stands = standingVisits(chart).some((visit) => visit.type === place.type && visit.startsAt > entry.at && !missed.has(visit.visit))
  return stands || closed.some(({ at, body }) => body.type === place.type && body.outcome !== 'missed' && at > entry.at) ? undefined : { entry, place }
}

/** The visits that stand of what was accepted, by the acceptance they were booked for: they are no part of the course, whatever their kind. */
export function placedFor(chart: Chart): ReadonlyMap<string, string> {
  const standing = new Set(standingVisits(chart).map(({ visit }) => visit))
  return new Map(chart.all('visits-booked.v1').flatMap(({ body: { accepted, visits } }) => (accepted === undefined ? [] : visits.filter(({ visit }) => standing.has(visit)).map(({ visit }) => [visit, accepted] as const))))
}

/** Each kind of visit counts on from what stands and from what the course itself plans, so that none is taken for another. */
export const numberAfter = (chart: Chart, { phases }: { readonly phases: readonly { readonly type: BookedVisit['type']; readonly count: number }[] }, type: BookedVisit['type']): number =>
  Math.max(0, ...phases.filter((phase) => phase.type === type).map(({ count }) => count), ...standingVisits(chart).filter((visit) => visit.type === type).map(({ number }) => number)) + 1
