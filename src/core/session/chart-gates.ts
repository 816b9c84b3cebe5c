import type { Chart } from '../chart/chart.ts'
import type { EntryOf } from '../chart/entry.ts'
import type { DoseRoute } from '../chart/kinds/clearance.ts'
import type { FactName, FactValue } from '../chart/facts.ts'
import { dosedSessions, standingVisits } from '../measures/doses.ts'
import { lastPregnancyTest, pregnancyStatus } from '../eligibility/pregnancy.ts'
import { localDay } from '../shared/local-day.ts'
import { ageOn, daysBetween, type Day } from '../shared/time.ts'
import { showMg } from '../shared/units.ts'
import { rideSaid } from '../reminders/said.ts'
import { gateOf, met, notMet, type Gate, type GateContext } from './gates.ts'
import { orderInForce } from './orders.ts'

/** Every required form signed in the version that counts, not too long ago, and not taken back since. */
export function consentGate(chart: Chart, { clock, row, consentForms }: GateContext): Gate {
  const found = consentForms.map(({ form, version }) => {
    const signed = chart.latest('consent.v1', ({ body, at }) => body.form === form && at <= clock.now)
    const withdrawn = chart.latest('consent-withdrawn.v1', ({ body }) => body.form === form)
    const holds = signed?.body.version === version && daysBetween(signed.at, clock.now) <= row.consentDays && !(withdrawn && withdrawn.at >= signed.at)
    // What was taken back and then given again speaks by the new signature alone.
    return { form, holds, facts: [signed?.id, holds ? undefined : withdrawn?.id].flatMap((id) => id ?? []) }
  })
  const open = found.filter(({ holds }) => !holds)
  const facts = found.flatMap((one) => one.facts)
  if (consentForms.length === 0) return gateOf('consent', notMet('This practice has not said which consent forms it uses.'))
  return gateOf('consent', open.length === 0 ? met('Every consent is signed and current.', facts) : notMet(`Not signed, out of date or taken back: ${open.map(({ form }) => form).join(', ')}.`, facts))
}

export const clearanceGate = (_chart: Chart, { clearance }: GateContext): Gate => gateOf('clearance', clearance)

/** The newest order, in force today. Where a session already runs by an order, that one has to be it. */
export function orderGate(chart: Chart, { clock }: GateContext, routes: readonly DoseRoute[], pinned?: string): Gate {
  const today = localDay(clock.now, clock.zone)
  const order = orderInForce(chart, today)
  if (!order) {
    const newest = chart.latest('order.v1')
    return gateOf('order', notMet(newest ? 'The newest order was stopped, or does not hold today.' : 'There is no order.', newest ? [newest.id] : []))
  }
  if (!routes.includes(order.body.route)) return gateOf('order', notMet(`The order is for ${order.body.route}, which this session does not use.`, [order.id]))
  if (pinned !== undefined && isOtherRoute(chart, order, pinned)) return gateOf('order', notMet('The newest order is for another route than the one this session began with.', [order.id, pinned]))
  return gateOf('order', met(`${showMg(order.body.doseUg)} by ${order.body.route}, in force today.`, [order.id]))
}

function isOtherRoute(chart: Chart, order: EntryOf<'order.v1'>, pinned: string): boolean {
  const first = chart.entry(pinned)
  return first?.kind !== 'order.v1' || first.body.route !== order.body.route
}

/** A test that is due and not there is not met; one is due whenever nobody said that it is not, and when a pregnancy was called possible or not known. */
export function pregnancyGate(chart: Chart, { clock, row }: GateContext): Gate {
  const status = pregnancyStatus(chart, clock.now, row.pregnancyStatus)
  if (status.state === 'known' && status.value === 'pregnant') return gateOf('pregnancy', notMet('A pregnancy is written down; only a negative test taken since, or a later entry that there is none, lifts that.', status.entries))
  const open = status.state === 'missing' && status.entries.length > 0
  const newest = lastPregnancyTest(chart, clock.now)
  // Also where none was due: a test that is there is not looked past.
  const positive = newest?.body.result === 'positive' && daysBetween(newest.body.takenAt, clock.now) <= row.pregnancyStatus.withinDays
  if (!positive && !open && !pregnancyTestDue(chart, localDay(clock.now, clock.zone), row.childbearingAge)) return gateOf('pregnancy', met('No pregnancy test is due.'))
  if (!newest) return gateOf('pregnancy', notMet('A pregnancy test is due and there is none.'))
  if (newest.body.result === 'positive') return gateOf('pregnancy', notMet('The last pregnancy test was positive.', [newest.id]))
  const ageDays = daysBetween(newest.body.takenAt, clock.now)
  if (ageDays < 0) return gateOf('pregnancy', notMet('The last pregnancy test is dated ahead of now. Look at the day it was taken.', [newest.id]))
  return gateOf('pregnancy', ageDays <= row.pregnancyTestDays ? met('The pregnancy test is negative and recent.', [newest.id]) : notMet('The last pregnancy test is too old.', [newest.id]))
}

/** Due when stated, and when it is not stated as false for a woman of that age or for somebody whose sex at birth is not known. */
function pregnancyTestDue(chart: Chart, today: Day, [from, to]: readonly [number, number]): boolean {
  const stated = factValue(chart, 'childbearingPotential')
  if (stated !== undefined) return stated
  const sex = factValue(chart, 'sexAtBirth')
  if (sex === 'M') return false
  const birthDate = chart.latest('demographics.v1')?.body.birthDate
  if (sex !== 'F' || birthDate === undefined) return true
  const age = ageOn(birthDate, today)
  return age >= from && age <= to
}

/** The answer to a question as it stands: the newest entry about it, and nothing where that one was not an answer. */
export function factValue<Name extends FactName>(chart: Chart, name: Name): FactValue<Name> | undefined {
  const body = chart.latest('fact.v1', (entry) => entry.body.fact === name)?.body
  return body?.state === 'answered' ? (body.value as FactValue<Name>) : undefined
}

/** A named adult for this visit: somebody named for another visit, or before the last dose, does not carry over. */
export function escortGate(chart: Chart, { visit }: GateContext, session?: string): Gate {
  const lastDose = dosedSessions(chart).findLast((dosed) => dosed.session !== session)?.firstDoseAt
  const since = ({ at }: { readonly at: string }) => lastDose === undefined || at > lastDose
  const named = chart.latest('escort-named.v1', (entry) => (entry.body.visit === undefined ? since(entry) : entry.body.visit === visit))
  if (!named) return gateOf('escort', notMet('Nobody is named to take the person home.'))
  // Somebody was named since who is no adult: whichever visit that was said of, it has to be said again who goes along today.
  const newest = chart.latest('escort-named.v1', since)
  if (newest && newest.at > named.at && !newest.body.adult) return gateOf('escort', notMet('The person named last to go along is not an adult.', [newest.id]))
  const said = rideSaid(named, chart.all('ride-answered.v1'), standingVisits(chart).find((one) => one.visit === visit))
  if (said && !said.body.comes) return gateOf('escort', notMet(`${named.body.name} said that they cannot take the person home.`, [named.id, said.id]))
  return gateOf('escort', named.body.adult ? met(`${named.body.name} will take the person home.`, [named.id]) : notMet('The person named to go along is not an adult.', [named.id]))
}

/** An open crisis path stops dosing until a named person closes it; a moderate one asks for a safety plan made since. */
export function crisisGate(chart: Chart, { openRisks }: GateContext): Gate {
  const blocking = openRisks.filter(({ dosing, openedAt }) => dosing !== 'after-safety-plan' || !chart.latest('safety-plan.v1', ({ at }) => at >= openedAt))
  if (blocking.length === 0) return gateOf('no-crisis', met('No open question about safety stops a dose.', openRisks.map(({ opened }) => opened)))
  return gateOf('no-crisis', notMet(blocking.map(({ says }) => says).join(' '), blocking.map(({ opened }) => opened)))
}
