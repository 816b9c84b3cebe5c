import type { Chart } from '../chart/chart.ts'
import type { DoseRoute } from '../chart/kinds/clearance.ts'
import { phaseOf, type Protocol } from '../course/protocol.ts'
import { dosedSessions, standingVisits, type DosedSession } from '../measures/doses.ts'
import { localDay } from '../shared/local-day.ts'
import { daysBetween, plusMinutes, type Instant } from '../shared/time.ts'
import { clearanceGate, consentGate, crisisGate, escortGate, orderGate, pregnancyGate } from './chart-gates.ts'
import { gateOf, met, notMet, type Gate, type GateContext } from './gates.ts'
import { peopleNeeded } from './presence.ts'
import { isInRoom, isOnSite, kitGate, reachableGate, reachableNow } from './room-gates.ts'
import { spacingGate } from './spacing-gate.ts'

export interface StartContext extends GateContext {
  /** Who is named to be in the room. Being there is judged again before the dose. */
  readonly people: readonly { readonly person: string; readonly role: string }[]
}

/**
 * What has to be so before a medicine session may start. The first group nobody can pass by; the protocol's own three,
 * the emergency kit and the prescriber to reach a prescriber may pass with a written reason, which then stands in the
 * entry that starts the session.
 */
export function startGates(chart: Chart, protocol: Protocol, context: StartContext): Gate[] {
  const order = orderGate(chart, context, protocol.routes)
  const dosed = dosedSessions(chart)
  return [
    consentGate(chart, context), clearanceGate(chart, context), order, pregnancyGate(chart, context), escortGate(chart, context),
    peopleGate(chart, protocol, context), ...prescriberGate(chart, order, context), crisisGate(chart, context), openSessionGate(chart), spacingGate(dosed, protocol, context.clock, 'sessions'),
    kitGate(chart, context), reachableGate(chart, context, routeOf(chart, order), plannedEnd(chart, protocol, context)),
    preparationGate(chart, protocol), safetyPlanGate(chart, protocol, context), integrationGate(chart, dosed, protocol),
  ]
}

const ATTEND: readonly string[] = ['therapist', 'monitor']

/** Therapists and monitors who are named, and a prescriber who said to sit in the room: one on call is elsewhere, whatever the booking says. */
function peopleGate(chart: Chart, protocol: Protocol, { people, row, clock }: StartContext): Gate {
  const needed = peopleNeeded(protocol, row)
  const inRoom = reachableNow(chart, clock.now).filter(isInRoom)
  const named = new Set([...people.filter(({ role }) => ATTEND.includes(role)).map(({ person }) => person), ...inRoom.map(({ body }) => body.person)]).size
  const facts = inRoom.map(({ id }) => id)
  return gateOf('two-people', named >= needed ? met(`${named} people are named for the room.`, facts) : notMet(`${needed} different people have to be named for the room; so far ${named}. A prescriber on call is not one of them.`, facts))
}

function prescriberGate(chart: Chart, order: Gate, { row, clock }: StartContext): Gate[] {
  const route = routeOf(chart, order)
  if (route === undefined || !row.prescriberOnSite.includes(route)) return []
  const here = reachableNow(chart, clock.now).find(isOnSite)
  return [gateOf('prescriber-on-site', here ? met(`${here.body.name} is on site.`, [here.id]) : notMet('With this medicine a prescriber has to be on site while it is given and watched.'))]
}

function routeOf(chart: Chart, order: Gate): DoseRoute | undefined {
  const entry = order.state === 'met' ? chart.entry(order.facts[0]!) : undefined
  return entry?.kind === 'order.v1' ? entry.body.route : undefined
}

/** Until when a prescriber is needed: the end of the visit, or as long as a session takes from when they said it. */
function plannedEnd(chart: Chart, protocol: Protocol, { visit }: StartContext): (said: { readonly at: Instant }) => Instant {
  const booked = visit === undefined ? undefined : standingVisits(chart).find((one) => one.visit === visit)
  const durationMin = phaseOf(protocol, 'medicine')?.durationMin ?? 0
  return ({ at }) => booked?.endsAt ?? plusMinutes(at, durationMin)
}

/** A session that was never closed is taken up again, not started twice. */
function openSessionGate(chart: Chart): Gate {
  const closed = new Set(chart.all('session-closed.v1').flatMap(({ session }) => session ?? []))
  const open = chart.all('session-started.v1').filter(({ id }) => !closed.has(id)).map(({ id }) => id)
  return gateOf('no-open-session', open.length === 0 ? met('No other session is open.') : notMet('A session of this person is still open. Go on with it, or close it.', open))
}

function preparationGate(chart: Chart, protocol: Protocol): Gate {
  const done = chart.all('visit-closed.v1').filter(({ body }) => body.type === 'preparation' && body.outcome === 'completed')
  const visits = new Set(done.map(({ id, body }) => body.visit ?? id)).size
  const needed = protocol.gates.preparationVisits
  const planned = phaseOf(protocol, 'preparation')?.count ?? needed
  return gateOf('preparation', visits >= needed ? met(`${visits} preparation visits are done.`, done.map(({ id }) => id)) : notMet(`${visits} of ${Math.max(planned, needed)} preparation visits are done.`, done.map(({ id }) => id)), true)
}

function safetyPlanGate(chart: Chart, protocol: Protocol, { clock }: StartContext): Gate {
  const plan = chart.latest('safety-plan.v1')
  if (!plan) return gateOf('safety-plan', notMet('There is no safety plan.'), true)
  const recent = daysBetween(plan.at, clock.now) <= protocol.gates.safetyPlanWithinDays && plan.body.reviewOn >= localDay(clock.now, clock.zone)
  return gateOf('safety-plan', recent ? met('The safety plan is current.', [plan.id]) : notMet('The safety plan is due for review.', [plan.id]), true)
}

function integrationGate(chart: Chart, dosed: readonly DosedSession[], protocol: Protocol): Gate {
  const last = dosed.at(-1)
  if (!last || !protocol.integration.beforeNextDose) return gateOf('integration', met('No integration is open.'), true)
  const written = chart.latest('integration.v1', ({ body }) => body.session === last.session)
  const visited = chart.latest('visit-closed.v1', ({ body }) => body.type === 'integration' && body.outcome === 'completed' && body.startedAt > last.lastDoseAt)
  const facts = [written?.id, visited?.id].flatMap((id) => id ?? [])
  return gateOf('integration', facts.length > 0 ? met('The last session was integrated.', facts) : notMet('The integration of the last session has not taken place.', [last.session]), true)
}
