import type { Chart } from '../chart/chart.ts'
import { dosedSessions, type DosedSession } from '../measures/doses.ts'
import { spacingOf } from '../measures/spacing.ts'
import { dayStart, localDay, plusDaysOf } from '../shared/local-day.ts'
import { dayNumber, showDay } from '../scheduling/zone.ts'
import { plusDays, plusMinutes, type Instant } from '../shared/time.ts'
import { isOfCourse } from './dosing-visit.ts'
import { mayPlan } from './may-plan.ts'
import { phaseOf, type Protocol } from './protocol.ts'
import { ahead, blocker, done, FURTHER_INTEGRATION, standing, visiting, WEEKLY, type Blocker, type CourseReading, type Step } from './step.ts'

/** Preparation, safety plan, order, then medicine sessions each with its integration, a further one after the course as well. */
export function treatmentSteps(reading: CourseReading, arrival: readonly Step[]): Step[] {
  const around = [planStep(reading), ...preparationSteps(reading), safetyPlanStep(reading), ...beforeFirstDose(reading), orderStep(reading)]
  return [...around, ...weeklyStep(reading), ...doseSteps(reading, [...arrival, ...around]), ...furtherIntegrationStep(reading)]
}

/** Why no course can be planned or given to this person at all. */
function refusals({ chart, protocol, facts }: CourseReading): Blocker[] {
  const may = mayPlan(chart, protocol, facts.now, facts.zone)
  return may.may ? [] : [blocker(may.code, may.says)]
}

function planStep(reading: CourseReading): Step {
  const { protocol, visits, sessions, facts } = reading
  const needed = phaseOf(protocol, 'medicine')?.count ?? 0
  const withoutVisit = sessions.filter(({ visit }) => visit === undefined).length
  const booked = visits.filter(({ type }) => type === 'medicine').length + withoutVisit
  const refused = facts.clearance.state === 'refused' ? [blocker('clearance-refused', facts.clearance.says, facts.clearance.facts)] : []
  return { id: 'plan', title: 'Plan and book the course', who: ['coordinator', 'therapist'], ...(needed > 0 && booked >= needed ? done([]) : standing([...refusals(reading), ...refused, ...notYetClient(reading)], facts.now)) }
}

/** Where a course is for people already in care here, a first visit has to have taken place. */
function notYetClient({ chart, protocol }: CourseReading): Blocker[] {
  const inCare = chart.latest('intake.v1') ?? chart.latest('visit-closed.v1', ({ body }) => body.outcome === 'completed' && isOfCourse(body))
  return protocol.access === 'open' || inCare ? [] : [blocker('current-clients-only', 'This course is for people already in care here; a first visit comes before it.')]
}

function preparationSteps(reading: CourseReading): Step[] {
  const { chart, protocol, facts, visit } = reading
  const closed = reading.completed('preparation')
  const phase = phaseOf(protocol, 'preparation')
  const count = phase?.count ?? protocol.gates.preparationVisits
  return Array.from({ length: count }, (_, at): Step => {
    const booked = visit('preparation', at + 1)
    const one = closed[at]
    const before = closed[at - 1]
    const promised = before && phase?.gapDays ? plusDays(before.body.startedAt, phase.gapDays.max) : undefined
    const common = { id: `preparation-${at + 1}`, title: `Preparation ${at + 1} of ${count}`, who: ['therapist'], ...(booked ? { visit: booked } : {}), ...(before ? { since: before.body.endedAt } : {}) } as const
    if (one) return { ...common, ...done([one.id]) }
    if (at > closed.length) return { ...common, ...ahead([blocker(`preparation-${at}`, 'The preparation visit before this one comes first.')]) }
    if (!booked && at === 0 && !chart.latest('intake.v1')) return { ...common, ...ahead([blocker('intake', 'The intake comes first.')]) }
    return { ...common, ...visiting(booked, facts, refusals(reading), promised) }
  })
}

/** Until when the newest safety plan counts; nothing where there is none. */
export function safetyPlanUntil(chart: Chart, { gates }: Pick<Protocol, 'gates'>, zone: string): Instant | undefined {
  const plan = chart.latest('safety-plan.v1')
  const until = plan && plusDays(plan.at, gates.safetyPlanWithinDays)
  const reviewBy = plan && dayStart(plusDaysOf(plan.body.reviewOn, 1), zone)
  return until !== undefined && reviewBy !== undefined && reviewBy < until ? reviewBy : until
}

/** Current when made within the protocol's days and not past its own review date. */
function safetyPlanStep({ chart, protocol, facts }: CourseReading): Step {
  const plan = chart.latest('safety-plan.v1')
  const endsAt = safetyPlanUntil(chart, protocol, facts.zone)
  const current = plan && endsAt !== undefined && facts.now <= endsAt
  return { id: 'safety-plan', title: plan && !current ? 'Safety plan: to review' : 'Safety plan', who: ['therapist', 'patient'], ...(current ? done([plan.id]) : standing([], facts.now, endsAt)) }
}

/** Asked for before the first dose; neither stops it, since the session day asks for both again. */
function beforeFirstDose({ latest, facts }: CourseReading): Step[] {
  const intention = latest('intention.v1')
  const agreements = latest('agreements.v1')
  return [
    { id: 'intention', title: 'Intention', who: ['patient', 'therapist'], ...(intention ? done([intention.id]) : standing([], facts.now)) },
    { id: 'agreements', title: 'Agreements about touch and signals', who: ['therapist', 'patient'], ...(agreements ? done([agreements.id]) : standing([], facts.now)) },
  ]
}

/** Before the sessions in the list, so that of two overdue things the question comes first. */
function weeklyStep({ facts: { weekly, now, zone } }: CourseReading): Step[] {
  if (!weekly) return []
  const { last, dueFrom, dueBy, says } = weekly
  const common = { id: WEEKLY, title: `${says}: ${last ? `last asked ${named(localDay(last.at, zone))}` : 'not asked since the first dose'}`, who: ['therapist'], ...(last ? { since: last.at } : {}) } as const
  return [now < dueFrom ? { ...common, ...ahead(), dueBy, facts: last ? [last.entry] : [] } : { ...common, ...standing([], now, dueBy, dueFrom) }]
}

function orderStep(reading: CourseReading): Step {
  const { facts } = reading
  const waits = facts.clearance.state === 'cleared' ? [] : [blocker('clearance', facts.clearance.says, facts.clearance.facts)]
  return { id: 'order', title: 'Order for the medicine', who: ['prescriber'], ...(facts.order ? done([facts.order]) : standing([...refusals(reading), ...waits], facts.now)) }
}

/** What has to be done before a first dose; the estimate, the intention and the agreements are asked for and stop nobody. */
const NEEDED = /^(clearance|consent-|baseline|preparation-|safety-plan|order)/

/** A clearance that was signed and does not count now says so itself: it is not something nobody did. */
const notDone = ({ id, title }: Step, { clearance }: CourseReading['facts']) => (id === 'clearance' && clearance.state !== 'none' ? clearance.says : `${title}: not done yet.`)

function doseSteps(reading: CourseReading, before: readonly Step[]): Step[] {
  const { chart, protocol, facts, sessions } = reading
  const count = phaseOf(protocol, 'medicine')?.count ?? 0
  const closed = new Set(chart.all('session-closed.v1').map(({ session }) => session))
  const open = chart.all('session-started.v1').find(({ id }) => !closed.has(id))
  const missing = before.filter(({ id, state }) => NEEDED.test(id) && state !== 'done').map((step) => blocker(step.id, notDone(step, facts), step.facts))
  const spacing = spacingBlockers(reading)
  return Array.from({ length: Math.max(count, sessions.length) }, (_, at) => {
    const session = sessions[at]
    const number = at + 1
    const booked = session?.visit ? reading.visits.find(({ visit }) => visit === session.visit) : reading.visit('medicine', number)
    const common = { id: `medicine-${number}`, title: `Medicine session ${number} of ${count}`, who: ['therapist', 'monitor', 'prescriber'], ...(booked ? { visit: booked } : {}) } as const
    const running = session ?? (open && at === sessions.length ? { session: open.id } : undefined)
    const blockers = [...refusals(reading), ...missing, ...facts.holds, ...unintegrated(reading)]
    const medicine: Step = session && closed.has(session.session) ? { ...common, ...done([session.session]) }
      : running ? { ...common, state: 'due', facts: [running.session], blockedBy: [], dueBy: facts.now }
      : at > sessions.length ? { ...common, ...ahead([blocker(`medicine-${at}`, 'The session before this one comes first.')]) }
      : blockers.length === 0 && spacing.length > 0 ? { ...common, ...ahead(spacing) }
      : { ...common, ...visiting(booked, facts, [...blockers, ...spacing]) }
    const finished = session && closed.has(session.session) ? session : undefined
    return [medicine, integrationStep(reading, number, count, finished), ...reviewStep(reading, number, finished)]
  }).flat()
}

/** Too soon after the last dose, or one too many in seven local days; time alone lifts it. */
function spacingBlockers({ chart, protocol, facts: { now, zone } }: CourseReading): Blocker[] {
  const { last, tooSoon, week, full } = spacingOf(dosedSessions(chart), protocol.spacing, now, zone, 'sessions')
  return [
    ...(last && tooSoon ? [blocker('dose-spacing', `Less than ${protocol.spacing.minHoursBetweenDoses} hours since the last dose; the next one is possible from ${named(localDay(tooSoon.from, zone))}.`, last.facts)] : []),
    ...(full ? [blocker('doses-in-seven-days', `${week.length} doses in seven days; the next one is possible from ${named(full.from)}.`, week.flatMap(({ facts }) => facts))] : []),
  ]
}

const named = (day: string) => showDay(dayNumber(day))

function unintegrated(reading: CourseReading): Blocker[] {
  const last = reading.sessions.at(-1)
  return last && reading.protocol.integration.beforeNextDose && !integrationOf(reading, last) ? [blocker('integration', 'The last session has not been integrated yet.', [last.session])] : []
}

/** Due from the first hour of the window after a dose, overdue after its last, whatever is booked. */
function integrationStep(reading: CourseReading, number: number, count: number, session: DosedSession | undefined): Step {
  const { visit, visits } = reading
  const booked = session ? visits.find(({ type, startsAt }) => type === 'integration' && startsAt > session.lastDoseAt) ?? visit('integration', number) : visit('integration', number)
  const common = { id: `integration-${number}`, title: `Integration ${number} of ${count}`, who: ['therapist'], ...(booked ? { visit: booked } : {}) } as const
  if (!session) return { ...common, ...ahead() }
  return { ...common, ...integrated(reading, session) }
}

/** Whether a session was integrated, or how long there is for it by the window after its last dose. */
function integrated(reading: CourseReading, session: DosedSession): Pick<Step, 'since' | 'state' | 'facts' | 'blockedBy' | 'dueBy'> {
  const { dueFromHours, overdueAfterHours } = reading.protocol.integration.window
  const held = integrationOf(reading, session)
  const at = (hours: number) => plusMinutes(session.lastDoseAt, hours * 60)
  return { since: session.lastDoseAt, ...(held ? done([held]) : standing([], reading.facts.now, at(overdueAfterHours), at(dueFromHours))) }
}

/**
 * A further session after the course is integrated within the same window, and the therapist asked by name where it is not.
 * Of the last one alone: whoever gave the next dose has looked at what came before it.
 */
function furtherIntegrationStep(reading: CourseReading): Step[] {
  const { chart, facts, visits, cycle } = reading
  const last = dosedSessions(chart).at(-1)
  const isOver = last && chart.all('session-closed.v1').some(({ session }) => session === last.session)
  if (last?.part !== 'maintenance' || !isOver || (cycle.from !== undefined && last.firstDoseAt < cycle.from)) return []
  const booked = visits.find(({ type, startsAt }) => type === 'integration' && startsAt > last.lastDoseAt)
  return [{ id: FURTHER_INTEGRATION, title: `Integration after the further session of ${named(localDay(last.firstDoseAt, facts.zone))}`, who: ['therapist'], ...(booked ? { visit: booked } : {}), ...integrated(reading, last) }]
}

const integrationOf = ({ chart, sessions }: CourseReading, session: DosedSession): string | undefined => {
  const next = sessions.find(({ firstDoseAt }) => firstDoseAt > session.lastDoseAt)
  return chart.latest('integration.v1', ({ body }) => body.session === session.session)?.id
    ?? chart.latest('visit-closed.v1', ({ body }) => body.type === 'integration' && body.outcome === 'completed' && body.startedAt > session.lastDoseAt && (!next || body.startedAt < next.firstDoseAt))?.id
}

/** After some sessions prescriber and therapist look together at response and dose; a new order or clearance, or a consultation, says it was done. */
function reviewStep({ protocol, latest, facts }: CourseReading, number: number, session: DosedSession | undefined): Step[] {
  if (!protocol.reviewAfterMedicine.includes(number)) return []
  const common = { id: `review-${number}`, title: `Review of response and dose after session ${number}`, who: ['prescriber', 'therapist'] } as const
  if (!session) return [{ ...common, ...ahead() }]
  const since = ({ at }: { readonly at: string }) => at > session.lastDoseAt
  const held = latest('order.v1', since) ?? latest('clearance.v1', since) ?? latest('maintenance-decided.v1', since) ?? latest('visit-closed.v1', (entry) => since(entry) && entry.body.type === 'consult' && entry.body.outcome === 'completed')
  return [{ ...common, since: session.lastDoseAt, ...(held ? done([held.id]) : standing([], facts.now)) }]
}
