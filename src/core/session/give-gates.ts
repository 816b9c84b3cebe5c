import type { Chart } from '../chart/chart.ts'
import type { EntryOf } from '../chart/entry.ts'
import type { DoseRoute } from '../chart/kinds/clearance.ts'
import type { Protocol } from '../course/protocol.ts'
import { checkBooster } from '../dosing/booster.ts'
import { volumeFits } from '../dosing/limits.ts'
import type { DosingRows } from '../dosing/rows.ts'
import type { ScreeningLimits } from '../eligibility/limits.ts'
import { comparedWords } from '../files/photo.ts'
import { dosedSessions } from '../measures/doses.ts'
import { localDay } from '../shared/local-day.ts'
import { ageOn, minutesBetween, plusMinutes, type Instant } from '../shared/time.ts'
import { showMg } from '../shared/units.ts'
import { clearanceGate, consentGate, crisisGate, escortGate, factValue, orderGate, pregnancyGate } from './chart-gates.ts'
import { dayMedicinesGate } from './day-medicines.ts'
import type { DischargeRows } from './discharge-rows.ts'
import { gateOf, met, notKnown, notMet, type Gate, type GateContext } from './gates.ts'
import { isHold } from './holds.ts'
import { isAtLeast } from './level.ts'
import { parameterName, type PreDose } from './predose.ts'
import { preDoseNow } from './predose-now.ts'
import { peopleNeeded } from './presence.ts'
import { measured } from './readings.ts'
import { kitGate, reachableGate } from './room-gates.ts'
import type { PreDoseRow, ScheduleRow } from './rows.ts'
import { riskScreens } from './screens.ts'
import type { SessionNow } from './session.ts'
import { spacingGate } from './spacing-gate.ts'

export interface GiveContext extends GateContext {
  readonly dosing: DosingRows
  readonly preDose: PreDoseRow
  /** How the list of medicines is read. */
  readonly screening: ScreeningLimits
  /** When somebody may leave: until then the prescriber has to answer. */
  readonly discharge: Pick<DischargeRows, 'D1'>
  readonly schedules: readonly ScheduleRow[]
}

/**
 * What has to be so before a dose is given: everything that had to be so at the start, judged again now, and what
 * only the room can say. Step 1 is the first dose; every later step is a booster.
 */
export function giveGates(chart: Chart, session: SessionNow, protocol: Protocol, step: number, context: GiveContext): Gate[] {
  return [
    sessionGate(session), consentGate(chart, context), clearanceGate(chart, context), orderGate(chart, context, [session.route], session.started.body.order), pregnancyGate(chart, context),
    escortGate(chart, context, session.session), crisisGate(chart, context), screenGate(chart, context),
    presenceGate(session, protocol, context), ...onSiteGate(session, context), kitGate(chart, context), answersGate(chart, session, context), identityGate(session), conflictGate(session, step), alertGate(session),
    ...(step === 1 ? firstDoseGates(chart, session, protocol, context) : [boosterGate(chart, session, step, context)]),
    ...preparedGates(session, step),
  ]
}

const sessionGate = ({ closed }: SessionNow): Gate => gateOf('session-open', closed ? notMet('The session is closed.', [closed.id]) : met('The session is open.'))

/** An interview of today. What it found as high stays open in the crisis gate, whatever a later one says. */
function screenGate(chart: Chart, { clock, instruments }: GiveContext): Gate {
  const ofToday = riskScreens(chart, instruments).filter((one) => isToday(one, clock))
  const newest = ofToday.at(-1)
  if (!newest) return gateOf('suicide-screen', notKnown('The suicide screen of today has not been asked.'))
  if (ofToday.some(({ high }) => high)) return gateOf('suicide-screen', notMet('The suicide screen of today is high.', ofToday.map(({ entry }) => entry)))
  return gateOf('suicide-screen', newest.complete ? met('The suicide screen of today is complete and not high.', [newest.entry]) : notMet('The suicide screen of today has unanswered questions.', [newest.entry]))
}

function presenceGate({ present, stays }: SessionNow, protocol: Protocol, { row }: GiveContext): Gate {
  const needed = peopleNeeded(protocol, row)
  const facts = stays.flatMap((stay) => stay.facts)
  return gateOf('two-people', present.length >= needed ? met(`${present.map(({ name }) => name).join(' and ')} are checked in.`, facts) : notMet(`${needed} people have to be checked in; so far ${present.length}.`, facts))
}

function onSiteGate({ route, present }: SessionNow, { row }: GiveContext): Gate[] {
  if (!row.prescriberOnSite.includes(route)) return []
  const there = present.find(({ role }) => role === 'prescriber')
  return [gateOf('prescriber-on-site', there ? met(`${there.name} is on site.`, there.facts) : notMet('With this medicine a prescriber has to be checked in while it is given and watched.'))]
}

/** For as long as nobody may leave after this dose. */
const answersGate = (chart: Chart, { route }: SessionNow, context: GiveContext): Gate =>
  reachableGate(chart, context, route, () => earliestLeaving(route, context))

/** Where leaving counts from the end of an infusion, the infusion comes before it. */
function earliestLeaving(route: DoseRoute, { clock, discharge, schedules }: GiveContext): Instant | undefined {
  const minimum = discharge.D1.minimum[route]
  const runsMin = minimum?.from === 'end' ? schedules.find((row) => row.route === route)?.infusion?.plannedEndMin : 0
  return minimum === undefined || runsMin === undefined ? undefined : plusMinutes(clock.now, runsMin + minimum.minutes)
}

function identityGate({ entries }: SessionNow): Gate {
  const checked = entries.latest('identity-checked.v1')
  const compared = entries.latest('photo-compared.v1')
  // A face that is not the one on the photo stands until somebody has looked again, whatever else was asked.
  if (compared?.body.found === 'does-not-match') return gateOf('identity', notMet(`${comparedWords['does-not-match']} Find out who is here, and compare again.`, [compared.id]))
  if (!checked) return gateOf('identity', notMet('Nobody has checked who the person is.'))
  return gateOf('identity', met(`The person was identified by two details. ${compared ? comparedWords[compared.body.found] : 'No photo was compared.'}`, [checked.id, ...(compared ? [compared.id] : [])]))
}

function conflictGate({ doses }: SessionNow, step: number): Gate {
  const already = doses.steps.find((one) => one.step === step)
  const facts = doses.steps.filter((one) => one.conflict || one.step === step).flatMap((one) => one.given.map(({ id }) => id))
  if (doses.conflicts.length > 0) return gateOf('no-dose-conflict', notMet('A dose was recorded twice. Say which record stands first.', facts))
  if (already) return gateOf('no-dose-conflict', notMet('This step was given already.', facts))
  const missing = step > 1 && !doses.steps.some((one) => one.step === step - 1)
  return gateOf('no-dose-conflict', missing ? notMet('The step before this one has not been recorded.') : met('No dose is in doubt.'))
}

/** Of what was read. A hold has closed the gate of what it is about: clearance, or consent. */
function alertGate({ alerts }: SessionNow): Gate {
  const standing = alerts.all.filter((alert) => alert.standing && isAtLeast(alert.level, 'orange') && !isHold(alert))
  return gateOf('no-alert', standing.length === 0 ? met('No orange or red alert stands.') : notMet(standing.map(({ says }) => says).join('; '), standing.flatMap(({ entry }) => entry ?? [])))
}

function firstDoseGates(chart: Chart, session: SessionNow, protocol: Protocol, context: GiveContext): Gate[] {
  const now = preDoseNow(chart, session, context)
  const others = dosedSessions(chart).filter((dosed) => dosed.session !== session.session)
  return [
    spacingGate(others, protocol, context.clock, 'doses'), takenGate(session, context), mentalGate(session, context), limitsGate(now.result, now.facts), fastingGate(chart, session, context), substancesGate(chart, context),
    dayMedicinesGate(chart, { rows: context.row.dayOf, route: session.route, limits: context.screening, clock: context.clock }),
  ]
}

/** Each value of today, whoever wrote it, taken in the last minutes before the dose. */
function takenGate({ entries }: SessionNow, { preDose, clock }: GiveContext): Gate {
  const needed = preDose.needs.filter((parameter) => parameter !== 'moaaS')
  const found = needed.map((parameter) => ({ parameter, last: measured(entries, parameter).findLast(({ at }) => minutesBetween(at, clock.now) <= preDose.notOlderMin) }))
  const open = found.filter(({ last }) => last === undefined).map(({ parameter }) => parameterName(parameter))
  return gateOf('vitals-taken', open.length === 0 ? met('All values were taken.', [...new Set(found.map(({ last }) => last!.entry))]) : notKnown(`Not taken lately: ${open.join(', ')}.`))
}

function mentalGate({ entries }: SessionNow, { preDose, clock }: GiveContext): Gate {
  const last = measured(entries, 'moaaS').findLast(({ at }) => minutesBetween(at, clock.now) <= preDose.notOlderMin)
  if (!last) return gateOf('mental-status', notKnown('Nobody has written down how awake the person is.'))
  return gateOf('mental-status', met(`MOAA/S ${last.value}.`, [last.entry]))
}

/** A finding decides; a missing value alone leaves it open. Only findings that a prescriber may carry are overridable. */
function limitsGate(result: PreDose, facts: readonly string[]): Gate {
  const found = result.findings.filter(({ missing }) => missing === undefined)
  if (result.gate === 'go') return gateOf('pre-dose', met(`${result.says}.`, facts))
  const says = `${result.says}. ${result.findings.map((one) => one.says).join(' ')}`
  return gateOf('pre-dose', found.length === 0 ? notKnown(says) : notMet(says, facts), result.overridable)
}

function fastingGate(chart: Chart, { route }: SessionNow, { row, clock }: GiveContext): Gate {
  const needs = row.fasting[route]
  const [food, fluid] = [factValue(chart, 'lastFoodAt'), factValue(chart, 'lastFluidAt')]
  const early = (at: string | undefined, minutes: number) => at !== undefined && minutesBetween(at, clock.now) < minutes
  const [ate, drank] = [factNow(chart, 'lastFoodAt'), factNow(chart, 'lastFluidAt')]
  const ids = [ate, drank].flatMap((one) => one?.id ?? [])
  if (early(food, needs.foodMin) || early(fluid, needs.fluidMin)) return gateOf('fasting', notMet(`Too soon after eating or drinking. ${needs.says}`, ids), true)
  if (!ate || !drank) return gateOf('fasting', notKnown('Nobody has asked when the person last ate and drank.'), true)
  // What was eaten before an earlier session says nothing about today.
  if (!isToday(ate, clock) || !isToday(drank, clock)) return gateOf('fasting', notMet('When the person last ate and drank was asked on another day. Ask again.', ids), true)
  return gateOf('fasting', food && fluid ? met('Food and drink were long enough ago.', ids) : notMet('When the person last ate and drank is not known.', ids), true)
}

function substancesGate(chart: Chart, { clock }: GiveContext): Gate {
  const asked = factNow(chart, 'alcoholOrCannabisWithin48h')
  if (!asked) return gateOf('alcohol-cannabis', notKnown('Nobody has asked about alcohol and cannabis today.'), true)
  if (!isToday(asked, clock)) return gateOf('alcohol-cannabis', notMet('Alcohol and cannabis were asked about on another day. Ask again.', [asked.id]), true)
  return gateOf('alcohol-cannabis', factValue(chart, 'alcoholOrCannabisWithin48h') === false ? met('No alcohol or cannabis in the last two days.', [asked.id]) : notMet('There was alcohol or cannabis in the last two days, or it is not known.', [asked.id]), true)
}

const factNow = (chart: Chart, name: string): EntryOf<'fact.v1'> | undefined => chart.latest('fact.v1', ({ body }) => body.fact === name)
const isToday = ({ at }: { readonly at: Instant }, { now, zone }: GiveContext['clock']): boolean => localDay(at, zone) === localDay(now, zone)

function boosterGate(chart: Chart, session: SessionNow, step: number, { dosing, clock }: GiveContext): Gate {
  const prepared = session.entries.all('dose-prepared.v1').findLast(({ body }) => body.step === step)
  const order = session.order.inForce
  const birthDate = chart.latest('demographics.v1')?.body.birthDate
  const complete = session.due !== undefined && session.due.at > session.asOf && session.alerts.notEvaluable.length === 0
  const since = session.alerts.quietSince
  const result = checkBooster({
    route: session.route, initialUg: session.doses.steps.find((one) => one.step === 1)?.stands?.body.doseUg, boosterUg: prepared?.body.doseUg ?? order?.body.boosterUg ?? Infinity,
    weightG: order?.body.weightG, age: birthDate === undefined ? undefined : ageOn(birthDate, localDay(clock.now, clock.zone)),
    firstSession: !dosedSessions(chart).some((dosed) => dosed.session !== session.session && dosed.part !== 'unknown'), alreadyGiven: session.doses.steps.length > 1,
    minutesSinceDose: session.minutesSinceFirstDose, quietMin: since !== undefined && complete ? minutesBetween(since, session.asOf) : undefined,
    orangeToday: session.alerts.orangeToday, moaaS: session.mentalStatus.find(({ body }) => body.moaaS !== undefined)?.body.moaaS,
  }, dosing)
  return gateOf('booster', result.allowed ? met('A booster may be given now.') : notMet(result.because.map(({ says }) => says).join(' '), session.doses.steps.flatMap((one) => one.given.map(({ id }) => id))))
}

/** Drawn up by one person, confirmed by another, and exactly what the order allows. */
function preparedGates(session: SessionNow, step: number): Gate[] {
  const prepared = session.entries.all('dose-prepared.v1').findLast(({ body }) => body.step === step)
  if (!prepared) return [gateOf('prepared', notMet('The dose has not been prepared.')), gateOf('confirmed', notMet('Nobody has confirmed the dose.')), gateOf('within-order', notKnown('There is no prepared dose to compare with the order.'))]
  const others = session.entries.all('dose-confirmed.v1').filter(({ body }) => body.prepared === prepared.id)
  const confirmed = others.find(({ by, body }) => by !== prepared.by && body.doseUg === prepared.body.doseUg)
  return [
    gateOf('prepared', met(`${showMg(prepared.body.doseUg)} by ${prepared.body.route} was prepared.`, [prepared.id])),
    gateOf('confirmed', confirmed ? met('A second person confirmed the dose.', [confirmed.id]) : notMet(others.length > 0 ? 'The same person cannot confirm the dose, and the amounts have to be the same.' : 'Nobody has confirmed the dose.', others.map(({ id }) => id))),
    gateOf('within-order', withinOrder(session, prepared, step)),
  ]
}

function withinOrder({ order: { inForce: order }, doses, route }: SessionNow, prepared: EntryOf<'dose-prepared.v1'>, step: number) {
  const { body, id } = prepared
  if (!order) return notMet('There is no order in force.', [id])
  const facts = [id, order.id]
  if (body.order !== order.id) return notMet('The dose was prepared for another order.', facts)
  if (body.route !== route || body.route !== order.body.route) return notMet('The route is not the one ordered.', facts)
  if (step === 1 ? body.doseUg !== order.body.doseUg : body.doseUg > order.body.boosterUg) return notMet(`The order says ${showMg(step === 1 ? order.body.doseUg : order.body.boosterUg)}.`, facts)
  if (doses.totalUg === undefined || doses.totalUg + body.doseUg > order.body.maxTotalUg) return notMet(`The total would go above the ${showMg(order.body.maxTotalUg)} ordered for one session.`, facts)
  if (body.volumeUl !== undefined && body.strengthUgPerMl !== undefined && !volumeFits(body.doseUg, body.volumeUl, body.strengthUgPerMl)) return notMet('Volume times strength is not this dose.', facts)
  if (order.body.strengthUgPerMl !== undefined && body.strengthUgPerMl !== undefined && body.strengthUgPerMl !== order.body.strengthUgPerMl) return notMet('The strength is not the one ordered.', facts)
  return met('The dose is what the order says.', facts)
}
