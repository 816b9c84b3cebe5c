import { clearanceGate } from '../../core/session/clearance-gate.ts'
import { carriedBy, passage, type Gate, type GateContext } from '../../core/session/gates.ts'
import { giveGates } from '../../core/session/give-gates.ts'
import { recordedGates, type RecordedDose } from '../../core/session/recorded-dose.ts'
import { readSession } from '../../core/session/session.ts'
import { startGates } from '../../core/session/start-gates.ts'
import { openRisks } from '../../core/measures/open-risks.ts'
import { dosingVisits, standingVisits } from '../../core/measures/doses.ts'
import { dayStart, localDay } from '../../core/shared/local-day.ts'
import { plusMinutes } from '../../core/shared/time.ts'
import type { Chart } from '../../core/chart/chart.ts'
import { sessionRowsOf } from '../../core/rulebook/book.ts'
import { courseIn, unknownCourseSays } from '../../core/rulebook/own-courses.ts'
import { lookOfRoom, team, tell } from '../store/charts.ts'
import { practiceRow } from '../store/practice.ts'
import { entry, writeAct, written } from './acts.ts'
import { judgeLocked, requireCourse, requireRules, type Judged } from './judging.ts'
import { Problem } from './problems.ts'
import type { Handlers, Here } from './shell.ts'

/** A running session holds its device's sign-in open this long at a time. */
const HOLD_MIN = 8 * 60

export const sessionHandlers: Handlers<'startSession' | 'joinSession' | 'roomChecked'> = {
  async startSession({ params, body }, here) {
    const judged = await judgeLocked(here, params.chart)
    const before = await written(here, params.chart, body.id, 'session-started.v1', { order: body.order, visit: body.visit })
    if (before) return before
    requireRules(judged.edition)
    const { chart } = judged
    const protocol = requireCourse(judged, 'session.gates')
    if (body.visit && !dosingVisits(chart).some(({ visit }) => visit === body.visit)) throw new Problem('session.gates', { list: [{ code: 'visit', says: 'This visit does not stand in the calendar of this person any more. Open the chart again and start from the visit that does.' }] })
    const people = await peopleFor(here, judged, body.visit)
    const gates = startGates(chart, protocol, { ...gateContext(judged, here.now), people, ...(body.visit ? { visit: body.visit } : {}) })
    const overrides = here.standings.some(({ relation, roles }) => relation === 'team' && roles.includes('prescriber'))
      ? Object.entries(body.reasons ?? {}).map(([gate, reason]) => ({ gate, role: 'prescriber' as const, reason })) : []
    const passed = passage(gates, overrides)
    if (!passed.passes) throw new Problem('session.gates', { list: passed.blocking.map(({ gate, says }) => ({ code: gate, says })) })
    const order = chart.entry(body.order)
    const judgedOrder = gates.find(({ gate }) => gate === 'order')?.facts[0]
    if (order?.kind !== 'order.v1' || order.id !== judgedOrder) throw new Problem('session.gates', { list: [{ code: 'order', says: 'This is not the order in force. Open the chart again and start by the one that is.' }] })
    const answer = await writeAct(here, params.chart, 'session.started', entry('session-started.v1', body.id, body.device, here, {
      ...(body.visit ? { visit: body.visit } : {}), protocol: protocol.id, route: order.body.route, order: order.id, clearance: judged.clearance.entry!.id,
      consents: gates.find(({ gate }) => gate === 'consent')!.facts.slice(), ...(chart.latest('safety-plan.v1') ? { safetyPlan: chart.latest('safety-plan.v1')!.id } : {}),
      edition: judged.edition.name, number: chart.all('session-started.v1').length + 1, people: people.map(({ person, name, role }) => ({ person, name, role })),
      gates: gates.map((gate) => ({ gate: gate.gate, state: gate.state, facts: gate.facts.slice(0, 20), ...reasonFor(gate, passed.overridden) })),
    }))
    await here.client.query('select app.hold_session_open($1, $2)', [here.token, HOLD_MIN])
    await tell(here.client, here.actor.practice, people.map(({ person }) => person).filter((person) => person !== here.actor.person), { chart: params.chart, kind: 'session', says: `The medicine session of ${judged.row.name} has started.`, entry: body.id, at: here.now })
    return answer
  },
  async roomChecked({ params }, here) {
    const { zone } = await practiceRow(here)
    return { checked: await lookOfRoom(here, params.room, dayStart(localDay(here.now, zone), zone)) }
  },
  async joinSession({ params }, here) {
    const { rows } = await here.client.query('select from app.session_claim where chart_id = $1 and session_id = $2 and not closed', [params.chart, params.session])
    if (rows.length === 0) throw new Problem('session.unknown')
    await here.client.query('select app.hold_session_open($1, $2)', [here.token, HOLD_MIN])
    return { until: await keptUntil(here, params) }
  },
}

/** So long after the booked end the copies of a chart stay on the devices of its session; after the hour it is now, where that runs on. */
const KEPT_MIN = 4 * 60

export async function keptUntil({ client, actor, now }: Pick<Here, 'client' | 'actor' | 'now'>, { chart, session }: { readonly chart: string; readonly session: string }): Promise<string> {
  const { rows } = await client.query<{ ends: Date }>(`select upper(v.during) as ends from app.entry e join app.visit v on v.practice_id = e.practice_id and v.visit_id = (e.body->>'visit')::uuid where e.practice_id = $1 and e.stream_id = $2 and e.id = $3`, [actor.practice, chart, session])
  const ends = rows[0]?.ends.toISOString() ?? now
  return plusMinutes(ends > now ? ends : now, KEPT_MIN)
}

const reasonFor = (gate: Gate, overridden: readonly (Gate & { reason: string })[]) => {
  const reason = overridden.find((one) => one.gate === gate.gate)?.reason
  return reason ? { reason } : {}
}

/** Who is named to be in the room: those booked for the visit, or else those on the care team who may be. */
async function peopleFor(here: Here, { chart, row }: Judged, visit: string | undefined): Promise<{ person: string; name: string; role: string }[]> {
  const booked = visit ? standingVisits(chart).find((each) => each.visit === visit)?.people : undefined
  if (booked && booked.length > 0) return booked.filter(({ role }) => role !== 'coordinator').slice(0, 8)
  const members = (await team(here, row.chart)).filter(({ role }) => role === 'therapist' || role === 'monitor' || role === 'prescriber')
  return members.slice(0, 8).map(({ person, name, role }) => ({ person, name, role }))
}

/** What the gates are judged with: alike on the server, here, and on the devices in the room. */
export function gateContext({ chart, zone, clearance, edition: { book } }: Pick<Judged, 'chart' | 'zone' | 'clearance' | 'edition'>, now: string): GateContext {
  return {
    clock: { now, zone }, row: book.monitoring.gates, instruments: book.instruments, clearance: clearanceGate(clearance),
    consentForms: book.consents.filter(({ required }) => required).map(({ form, version }) => ({ form, version })),
    openRisks: openRisks(chart, now, { instruments: book.instruments, paths: book.risk.paths, followUpHours: book.risk.followUpHours.value, zone }),
  }
}

/** The gates that stand in the way of recording this dose as given, judged on the chart as it now stands by the edition that its session started with. */
export function blockedDose(chart: Chart, judged: Pick<Judged, 'zone' | 'clearance' | 'edition'>, dose: RecordedDose & { readonly session: string }): readonly Gate[] {
  const { edition: { book } } = judged
  const unjudged = (says: string): readonly Gate[] => [{ gate: 'session-open', state: 'unknown', facts: [], says, overridable: false }]
  const session = readSession(chart, dose.session, sessionRowsOf(book), { now: dose.at, zone: judged.zone })
  if (!session.ok) return unjudged('There is no such medicine session on this chart.')
  const { visit, protocol: started } = session.value.started.body
  // The course that the session was started by, as its edition holds it, whatever was chosen for this person since.
  const protocol = courseIn(book, started)
  if (!protocol) return unjudged(unknownCourseSays(started))
  const gates = giveGates(chart, session.value, protocol, dose.body.step, { ...gateContext({ ...judged, chart }, dose.at), ...(visit ? { visit } : {}), dosing: book.dosing, preDose: book.monitoring.preDose, screening: book.screening, discharge: book.discharge, schedules: book.monitoring.schedules })
  return passage([...gates, ...recordedGates(session.value, dose)], carriedBy(chart, dose.session, dose.body.step)).blocking
}
