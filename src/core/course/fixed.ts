import type { Chart } from '../chart/chart.ts'
import { dosedSessions, standingVisits } from '../measures/doses.ts'
import { countsFrom } from '../measures/spacing.ts'
import { undosedSessions } from '../session/undosed.ts'
import { plusMinutes, type Instant } from '../shared/time.ts'
import type { FixedVisit } from '../scheduling/request.ts'
import { inCycle } from './cycle.ts'
import { phaseOf, type Protocol } from './protocol.ts'

export interface Standing {
  readonly fixed: readonly FixedVisit[]
  /** Doses of earlier courses and of maintenance, from which spacing counts as well. */
  readonly earlierDoses: readonly Instant[]
}

/**
 * What of a course stands already, as the planner asks for it: visits that took place or are booked, and doses and
 * integrations that were never booked. A visit that was missed, or a session without a dose, has to be planned again. What
 * was dosed stands at its dose, by the count that the gate before the next one goes by.
 */
export function standingOf(chart: Chart, protocol: Protocol, now: Instant, zone: string): Standing {
  const { from, sessions } = inCycle(chart)
  const [notHeld, dosedVisits] = [visitsNotHeld(chart), new Map(sessions.map((session, i) => [session.visit, { number: i + 1, from: countsFrom(session, zone, 'doses') }]))]
  const booked = standingVisits(chart)
    .filter(({ visit, startsAt }) => !notHeld.has(visit) && (from === undefined || startsAt >= from))
    .map((visit): FixedVisit => {
      const dosed = dosedVisits.get(visit.visit)
      const startsAt = dosed?.from ?? visit.startsAt
      return { visit: visit.visit, type: visit.type, number: dosed?.number ?? visit.number, startsAt, endsAt: startsAt > visit.endsAt ? startsAt : visit.endsAt, state: dosed || startsAt <= now ? 'happened' : 'booked' }
    })
  const known = new Set(booked.map(({ visit }) => visit))
  const medicineMin = phaseOf(protocol, 'medicine')?.durationMin ?? 0
  const unbooked = sessions.flatMap((session, i): FixedVisit[] => {
    if (session.visit !== undefined && known.has(session.visit)) return []
    const startsAt = countsFrom(session, zone, 'doses')
    return [{ visit: session.session, type: 'medicine', number: i + 1, startsAt, endsAt: plusMinutes(startsAt, medicineMin), state: 'happened' }]
  })
  const taken = new Set([...booked, ...unbooked].map(({ type, number }) => `${type} ${number}`))
  const written = [...writtenIntegrations(chart, sessions.map(({ session }) => session)), ...closedWithoutVisit(chart, from, booked), ...writtenIntake(chart)].filter(({ type, number }, i, all) => !taken.has(`${type} ${number}`) && all.findIndex((one) => one.type === type && one.number === number) === i)
  const ours = new Set(sessions.map(({ session }) => session))
  return { fixed: [...booked, ...unbooked, ...written], earlierDoses: dosedSessions(chart).filter(({ session }) => !ours.has(session)).map((session) => countsFrom(session, zone, 'doses')) }
}

/** Missed, or a session that was started under this visit and closed without a dose. */
function visitsNotHeld(chart: Chart): ReadonlySet<string | undefined> {
  const missed = chart.all('visit-closed.v1').filter(({ body }) => body.outcome === 'missed').map(({ body }) => body.visit)
  const undosed = undosedSessions(chart)
  return new Set([...missed, ...chart.all('session-started.v1').filter(({ id }) => undosed.has(id)).map(({ body }) => body.visit)])
}

function writtenIntegrations(chart: Chart, sessions: readonly string[]): FixedVisit[] {
  return chart.all('integration.v1').flatMap((entry): FixedVisit[] => {
    const at = sessions.indexOf(entry.body.session)
    return at < 0 ? [] : [{ visit: entry.body.visit ?? entry.id, type: 'integration', number: at + 1, startsAt: entry.body.startedAt, endsAt: entry.body.endedAt, state: 'happened' }]
  })
}

/** An intake is taken once, wherever it was written; a later course builds on it. */
function writtenIntake(chart: Chart): FixedVisit[] {
  const intake = chart.latest('intake.v1')
  return intake ? [{ visit: intake.id, type: 'intake', number: 1, startsAt: intake.at, endsAt: intake.at, state: 'happened' }] : []
}

/** Visits that took place without a booking count in their order, after those that were booked. */
function closedWithoutVisit(chart: Chart, from: Instant | undefined, booked: readonly FixedVisit[]): FixedVisit[] {
  const counts = new Map<string, number>()
  return chart.all('visit-closed.v1').flatMap((entry): FixedVisit[] => {
    const { type, visit, startedAt, endedAt, outcome } = entry.body
    const plain = type === 'intake' || type === 'consult' || type === 'medical-clearance' || type === 'preparation'
    if (!plain || visit !== undefined || outcome !== 'completed' || (from !== undefined && entry.at < from)) return []
    const number = (counts.get(type) ?? booked.filter((one) => one.type === type && one.state === 'happened').length) + 1
    counts.set(type, number)
    return [{ visit: entry.id, type, number, startsAt: startedAt, endsAt: endedAt, state: 'happened' }]
  })
}
