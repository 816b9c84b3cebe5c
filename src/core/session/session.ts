import type { Chart } from '../chart/chart.ts'
import type { EntryOf } from '../chart/entry.ts'
import type { DoseRoute } from '../chart/kinds/clearance.ts'
import type { RouteRow } from '../dosing/rows.ts'
import type { Instruments } from '../measures/instrument.ts'
import { localDay } from '../shared/local-day.ts'
import { ok, refuse, type Result } from '../shared/result.ts'
import { minutesBetween, plusMinutes, type Day, type Instant } from '../shared/time.ts'
import { alertsOf, watch, type AlertsNow } from './alerts.ts'
import { standingOf } from './clearing.ts'
import { dischargeFacts } from './discharge-facts.ts'
import type { DischargeRows } from './discharge-rows.ts'
import { dischargeCheck, type DischargeCheck } from './discharge.ts'
import { dosesOf, type DosesNow } from './doses.ts'
import { sideEffectsOf, type EffectRows, type SideEffectNow } from './effects.ts'
import type { SessionEntries } from './entries.ts'
import { holdsOf, withHolds, type HoldRules } from './holds.ts'
import { lanesOf, type Lanes, type LateEntry } from './lanes.ts'
import { orderInForce } from './orders.ts'
import { phaseOf, type PhaseNow } from './phase.ts'
import { presentAt, staysOf, type Stay } from './presence.ts'
import { baselineOf } from './readings.ts'
import type { Baseline } from './judge.ts'
import type { MonitoringRows, Symptom } from './rows.ts'
import { nextReading, type ReadingDue } from './schedule.ts'
import { roomTold, type RoomTold } from './room-gates.ts'
import { touchNow, type TouchNow } from './touch.ts'
import { comparedIn, marksOf, type Compared, type Mark } from './transcribed.ts'

/** The rows a session is read with. They are pinned when it starts, so that nobody changes a limit under a running one. */
export interface SessionRows {
  readonly monitoring: MonitoringRows
  readonly discharge: DischargeRows
  readonly routes: readonly RouteRow[]
  readonly effects: EffectRows
  readonly instruments: Instruments
  /** What a hold that arises in the room is found by. */
  readonly eligibility: HoldRules['eligibility']
  readonly screening: HoldRules['screening']
  readonly consents: HoldRules['consents']
}

/** The moment it is read at, and the zone whose wall clock says which day that is. */
export interface Clock {
  readonly now: Instant
  readonly zone: string
}

export interface SessionNow {
  readonly session: string
  readonly started: EntryOf<'session-started.v1'>
  readonly route: DoseRoute
  readonly closed: EntryOf<'session-closed.v1'> | undefined
  /** The moment everything here is true for: now, or the close of a closed session. */
  readonly asOf: Instant
  readonly today: Day
  readonly entries: SessionEntries
  readonly late: readonly LateEntry[]
  /** Whether it was typed from paper, how far that was compared, and the marks of the entries that were. */
  readonly paper: { readonly state: Compared | 'none'; readonly marks: ReadonlyMap<string, Mark> }
  readonly stays: readonly Stay[]
  readonly present: readonly Stay[]
  readonly order: { readonly inForce: EntryOf<'order.v1'> | undefined; readonly pinned: string; readonly changedSinceStart: boolean }
  readonly doses: DosesNow
  readonly minutesSinceFirstDose: number | undefined
  readonly minutesSinceLastDose: number | undefined
  readonly phase: PhaseNow | undefined
  readonly baseline: Baseline
  /** Newest first. */
  readonly vitals: readonly EntryOf<'vitals.v1'>[]
  readonly mentalStatus: readonly EntryOf<'mental-status.v1'>[]
  readonly ratings: readonly EntryOf<'rating.v1'>[]
  readonly signals: readonly EntryOf<'signal.v1'>[]
  readonly notes: readonly EntryOf<'session-note.v1'>[]
  readonly comfort: readonly EntryOf<'comfort.v1'>[]
  readonly openSymptoms: readonly { readonly symptom: Symptom; readonly since: Instant; readonly entry: string }[]
  readonly sideEffects: readonly SideEffectNow[]
  readonly escort: EntryOf<'escort-arrived.v1'> | undefined
  /** The look through the emergency kit, and the prescriber to reach, that this session began with or was told since. */
  readonly room: RoomTold
  /** Consent taken back since the session began, whichever it was; the one that the gates ask for is a hold as well. */
  readonly consentWithdrawn: readonly EntryOf<'consent-withdrawn.v1'>[]
  /** What may be done about touch, less what was taken back; a closed session keeps what held at its close. */
  readonly touch: TouchNow
  readonly alerts: AlertsNow
  /** The reading that is due next or overdue; nothing is due once the session is closed. */
  readonly due: ReadingDue | undefined
  readonly discharge: DischargeNow
}

export interface DischargeNow {
  readonly check: DischargeCheck
  readonly assessed: EntryOf<'discharge-assessed.v1'> | undefined
  readonly signed: readonly EntryOf<'discharge-signed.v1'>[]
  /** The earliest moment the time rule allows, where it can be said. */
  readonly earliestAt: Instant | undefined
  /** Still here long after the dose: first the prescriber is called, then somebody decides about a transfer. */
  readonly overdue: 'no' | 'call-prescriber' | 'decide-transfer'
}

/**
 * One medicine session as it stands, from whatever entries this copy of the chart holds. Both devices and the
 * server run this same function; what it says depends on which entries there are, never on the order in which
 * they arrived. Refuses `no-such-session` where the entry that started it is not on this copy.
 */
export function readSession(chart: Chart, session: string, rows: SessionRows, clock: Clock): Result<SessionNow, 'no-such-session'> {
  const lanes = lanesOf(chart, session)
  if (!lanes) return refuse('no-such-session')
  const { main: entries, started, closed } = lanes
  const asOf = closed && closed.at < clock.now ? closed.at : clock.now
  const today = localDay(asOf, clock.zone)
  const doses = dosesOf(entries)
  const stays = staysOf(entries)
  const present = presentAt(stays, asOf)
  const baseline = baselineOf(entries, doses.firstAt, rows.monitoring.preDose)
  const marks = marksOf(chart)
  const watching = watched({ session, lanes, doses, baseline, present, marks, asOf }, rows.monitoring)
  const order = orderInForce(chart, today)
  const since = (at: Instant | undefined) => (at === undefined ? undefined : minutesBetween(at, asOf))
  const route = started.body.route
  const routeRow = rows.routes.find((row) => row.route === route)
  const sinceLast = since(doses.lastAt)
  const facts = dischargeFacts({ chart, entries, route, doses, baseline, alerts: watching.alerts, due: watching.due, asOf }, rows)
  return ok({
    session, started, route, closed, asOf, today, entries, late: lanes.late, paper: { state: comparedIn(chart, session), marks }, stays, present,
    order: { inForce: order, pinned: started.body.order, changedSinceStart: order?.id !== started.body.order },
    doses, minutesSinceFirstDose: since(doses.firstAt), minutesSinceLastDose: sinceLast,
    phase: routeRow && sinceLast !== undefined ? phaseOf(routeRow, sinceLast) : undefined,
    baseline, ...listed(entries), sideEffects: sideEffectsOf(entries, rows.effects, closed?.at), escort: entries.latest('escort-arrived.v1'), room: roomTold(chart, started, entries),
    consentWithdrawn: chart.all('consent-withdrawn.v1').filter(({ at }) => at >= started.at && at <= asOf),
    touch: touchNow(chart, closed?.at),
    // Beside what was read, never among it: a hold stops a dose, and nobody's way home.
    alerts: withHolds(watching.alerts, holdsOf(chart, lanes, { ...rows, hold: rows.monitoring.hold }, marks)), due: closed ? undefined : watching.due,
    discharge: {
      check: dischargeCheck(facts, rows.discharge), assessed: entries.latest('discharge-assessed.v1'), signed: entries.all('discharge-signed.v1'),
      earliestAt: earliest(route, doses, rows.discharge), overdue: closed ? 'no' : overdue(sinceLast, rows.discharge),
    },
  })
}

/** Alerts without lateness say what is due; what is due then says what is late. */
function watched({ session, lanes, doses, baseline, present, marks, asOf }: { session: string; lanes: Lanes; doses: DosesNow; baseline: Baseline; present: readonly Stay[]; marks: ReadonlyMap<string, Mark>; asOf: Instant }, rows: MonitoringRows) {
  const { main: entries, started, closed } = lanes
  const input = { session, entries, rows, baseline, firstDoseAt: doses.firstAt, fromPaper: marks }
  const series = watch(input)
  const standing = [...series].map(([name, observations]) => standingOf(name, observations, rows.clearing))
  const schedule = rows.schedules.find((row) => row.route === started.body.route)
  const due = schedule ? nextReading({ entries, steps: doses.steps, schedule, reading: rows.reading, series, standing, startedAt: started.at, now: asOf }) : undefined
  return { due, alerts: alertsOf(input, series, closed ? undefined : due, present.length === 0) }
}

function listed(entries: SessionEntries) {
  return {
    vitals: entries.all('vitals.v1').toReversed(), mentalStatus: entries.all('mental-status.v1').toReversed(), ratings: entries.all('rating.v1').toReversed(), signals: entries.all('signal.v1').toReversed(),
    notes: entries.all('session-note.v1').toReversed(), comfort: entries.all('comfort.v1').toReversed(), openSymptoms: openSymptoms(entries),
  }
}

/** What came and has not gone. A symptom written down again keeps the time it began. */
export function openSymptoms(entries: SessionEntries): { symptom: Symptom; since: Instant; entry: string }[] {
  const open = new Map<Symptom, { symptom: Symptom; since: Instant; entry: string }>()
  for (const { id, at, body } of entries.all('symptom.v1')) {
    if (!body.present) open.delete(body.symptom)
    else if (!open.has(body.symptom)) open.set(body.symptom, { symptom: body.symptom, since: at, entry: id })
  }
  return [...open.values()]
}

function earliest(route: DoseRoute, doses: DosesNow, rows: DischargeRows): Instant | undefined {
  const minimum = rows.D1.minimum[route]
  const from = minimum?.from === 'end' ? doses.lastStep?.endedAt : doses.lastAt
  return minimum && from !== undefined && doses.conflicts.length === 0 ? plusMinutes(from, minimum.minutes) : undefined
}

function overdue(minutes: number | undefined, { overdue: row }: DischargeRows): DischargeNow['overdue'] {
  if (minutes === undefined || minutes < row.prescriberAfterMin) return 'no'
  return minutes < row.transferAfterMin ? 'call-prescriber' : 'decide-transfer'
}
