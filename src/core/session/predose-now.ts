import type { Chart } from '../chart/chart.ts'
import type { Instruments } from '../measures/instrument.ts'
import { localDay } from '../shared/local-day.ts'
import { minutesBetween, plusMinutes, type Instant } from '../shared/time.ts'
import { factValue } from './chart-gates.ts'
import { compare } from './entries.ts'
import { within } from './judge.ts'
import { preDoseGate, type PreDose, type PreDoseFacts } from './predose.ts'
import { lastMean, measured, type Measured } from './readings.ts'
import type { Bound, Parameter, PreDoseRow, PreDoseRule } from './rows.ts'
import { riskScreens } from './screens.ts'
import type { Clock, SessionNow } from './session.ts'

export interface PreDoseNow {
  readonly result: PreDose
  readonly facts: readonly string[]
  readonly recheckAt: readonly Instant[]
}

const pressures: readonly Parameter[] = ['systolicMmHg', 'diastolicMmHg']

/**
 * The pre-dose gate of a running session: pressures as the mean of the last readings, so far apart as the row asks,
 * everything else by its newest value, and nothing older than the row allows. A pressure that is still too high
 * after the last planned rest is `no_dose` for today, which only a prescriber who is in the room may pass.
 */
export function preDoseNow(chart: Chart, session: SessionNow, context: { readonly preDose: PreDoseRow; readonly clock: Clock; readonly instruments: Instruments }): PreDoseNow {
  const { preDose: row, clock } = context
  const { values, facts } = newestValues(session, row, clock.now)
  const lastVitals = session.vitals.find(({ body }) => body.spo2Percent !== undefined)
  const today = localDay(clock.now, clock.zone)
  const intoxicated = chart.latest('fact.v1', ({ body }) => body.fact === 'intoxicated')
  const asked: PreDoseFacts = {
    values, baseline: pressures.every((parameter) => values[parameter] !== undefined) ? 'known' : 'missing', symptoms: session.openSymptoms.map(({ symptom }) => symptom),
    intoxicated: intoxicated !== undefined && localDay(intoxicated.at, clock.zone) === today && factValue(chart, 'intoxicated') === true,
    onOxygen: lastVitals?.body.onRoomAir === false,
    suicideRiskHigh: riskScreens(chart, context.instruments).some(({ at, high }) => high && localDay(at, clock.zone) === today),
  }
  const result = preDoseGate(asked, row)
  const newest = measured(session.entries, 'systolicMmHg').at(-1)?.at
  const first = firstHeld(session, row)
  const recheckAt = first === undefined ? [] : result.recheckMin.map((minutes) => plusMinutes(first, minutes))
  const prescriberHere = session.present.some(({ role }) => role === 'prescriber')
  return { result: stillTooHigh(result, row, first, newest) ? { ...result, gate: 'no_dose', says: row.words.no_dose, overridable: prescriberHere, recheckMin: [] } : result, facts, recheckAt }
}

/** Each value as the gate counts it. One that is too old, or a pressure without its second reading, is missing. */
function newestValues({ entries }: SessionNow, row: PreDoseRow, now: Instant) {
  const values: Partial<Record<Parameter, number>> = {}
  const facts = new Set<string>()
  for (const parameter of [...row.needs, 'temperatureDeciC'] as const) {
    const taken = measured(entries, parameter)
    const counted = pressures.includes(parameter) ? meanOf(taken, row) : taken.at(-1)
    if (!counted || minutesBetween(counted.at, now) > row.notOlderMin) continue
    values[parameter] = counted.value
    for (const id of 'facts' in counted ? counted.facts : [counted.entry]) facts.add(id)
  }
  return { values, facts: [...facts] }
}

function meanOf(taken: readonly Measured[], row: PreDoseRow) {
  const mean = lastMean(taken, row)
  return mean?.enough ? mean : undefined
}

const isTooHigh = (rule: PreDoseRule): boolean => pressures.some((parameter) => parameter === rule.watches) && rule.when !== undefined && 'atLeast' in rule.when

/** When the pressure first was so high that it had to be read again. */
function firstHeld({ entries }: SessionNow, row: PreDoseRow): Instant | undefined {
  const held = row.rules.filter((rule) => rule.gate === 'hold' && isTooHigh(rule))
  const times = held.flatMap((rule) => measured(entries, rule.watches as Parameter).filter(({ value }) => rule.when && within(rule.when as Bound, value) === 'yes').map(({ at }) => at))
  return times.toSorted(compare)[0]
}

/** Only a pressure that stays too high runs out of rests. A low one, or anything else that holds, keeps holding. */
function stillTooHigh(result: PreDose, row: PreDoseRow, first: Instant | undefined, newest: Instant | undefined): boolean {
  const lastRest = row.recheckMin.hold.at(-1) ?? 0
  const onlyPressure = result.findings.every(({ rule }) => rule !== undefined && isTooHigh(rule))
  return result.gate === 'hold' && onlyPressure && first !== undefined && newest !== undefined && minutesBetween(first, newest) >= lastRest
}
