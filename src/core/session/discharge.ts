import type { DoseRoute } from '../chart/kinds/clearance.ts'
import { both, either, type Truth } from '../shared/truth.ts'
import { dischargeRuleIds, type DischargeRow, type DischargeRows, type DischargeRuleId } from './discharge-rows.ts'
import type { Baseline } from './judge.ts'
import type { Parameter } from './rows.ts'

/** What is known when somebody wants to go home. What is absent was not taken, and never counts as fine. */
export interface DischargeFacts {
  readonly route: DoseRoute | undefined
  /** Minutes since the last dose, or since the end of the infusion where the route counts from there. */
  readonly minutesSinceDose?: number
  readonly minutesSinceRescue: number | 'none'
  readonly baseline: Omit<Baseline, 'facts'>
  readonly values: Readonly<Partial<Record<Parameter, number>>>
  readonly roomAir?: boolean
  readonly dissociation?: { readonly cadss: number; readonly before: number | undefined } | 'none-above-baseline' | 'present'
  readonly gait?: 'steady' | 'assisted'
  readonly padss?: number
  readonly aldrete?: number
  /** Minutes since the last orange or red alert; `none` when there was none, `open` while one stands or nobody answered it. */
  readonly lastSevereAlert?: number | 'none' | 'open'
  readonly redToday?: boolean
  /** Whether a reading is due that nobody has taken: then nobody can say that it was quiet. */
  readonly readingDue: boolean
  readonly suicideScreen?: { readonly complete: boolean; readonly high: boolean; readonly newThoughts: boolean; readonly reviewed: boolean }
  readonly escort?: 'adult' | 'rideshare' | 'none'
  readonly noDrivingSigned?: boolean
  readonly instructionsGiven?: boolean
  readonly hoursToIntegration?: number
  readonly signedBy: { readonly monitor: boolean; readonly rnOrPrescriber: boolean; readonly twoPeople: boolean }
  /** The entries each rule looked at. */
  readonly facts?: Readonly<Partial<Record<DischargeRuleId, readonly string[]>>>
}

export interface DischargeResult {
  readonly rule: DischargeRuleId
  readonly state: 'met' | 'not-met' | 'not-evaluable'
  readonly asks: string
  readonly row: DischargeRow
  readonly facts: readonly string[]
}

export interface DischargeCheck {
  /** Every rule met. Only then do two people's signatures let the session close as discharged. */
  readonly ready: boolean
  /** Every rule met but the signatures themselves. */
  readonly readyToSign: boolean
  readonly rules: readonly DischargeResult[]
  /** Every rule that is not met, whether it failed or could not be judged. */
  readonly failed: readonly DischargeRuleId[]
}

/** Judges the thirteen rules. A rule that cannot be judged is not met: taking any value away never makes anybody ready. */
export function dischargeCheck(facts: DischargeFacts, rows: DischargeRows): DischargeCheck {
  const rules = dischargeRuleIds.map((rule): DischargeResult => {
    const truth = judges[rule](facts, rows)
    return { rule, state: truth === 'yes' ? 'met' : truth === 'no' ? 'not-met' : 'not-evaluable', asks: rows[rule].asks, row: rows[rule], facts: facts.facts?.[rule] ?? [] }
  })
  const failed = rules.filter(({ state }) => state !== 'met').map(({ rule }) => rule)
  return { ready: failed.length === 0, readyToSign: failed.every((rule) => rule === 'D13'), rules, failed }
}

const judges: Readonly<Record<DischargeRuleId, (facts: DischargeFacts, rows: DischargeRows) => Truth>> = {
  D1: (facts, { D1 }) => {
    const minimum = facts.route === undefined ? undefined : D1.minimum[facts.route]
    if (!minimum) return 'no'
    return both([holds(facts.minutesSinceDose, (minutes) => minutes >= minimum.minutes), holds(facts.minutesSinceRescue, (minutes) => minutes === 'none' || minutes >= D1.afterRescueMin)])
  },
  D2: ({ values, baseline }, { D2 }) => both([
    holds(values.systolicMmHg, (systolic) => systolic >= D2.systolicAtLeast && systolic < D2.systolicBelow),
    holds(values.diastolicMmHg, (diastolic) => diastolic < D2.diastolicBelow),
    compares(values.systolicMmHg, baseline.systolicMmHg, (now, then) => now * 100 <= then * D2.atMostPercentOfBaseline),
    compares(values.diastolicMmHg, baseline.diastolicMmHg, (now, then) => now * 100 <= then * D2.atMostPercentOfBaseline),
    compares(values.systolicMmHg, baseline.systolicMmHg, (now, then) => now >= D2.orSystolicAtLeast || now * 100 >= then * D2.atLeastPercentOfBaseline),
  ]),
  D3: ({ values, baseline, roomAir }, { D3 }) => both([
    holds(values.heartRatePerMin, between(D3.heartRate)), holds(values.respiratoryRatePerMin, between(D3.respiratoryRate)), known(roomAir),
    either([holds(values.spo2Percent, (spo2) => spo2 >= D3.spo2AtLeast), compares(values.spo2Percent, baseline.spo2Percent, (now, then) => now >= D3.orSpo2AtLeast && now >= then - D3.notBelowBaselineBy)]),
  ]),
  D4: ({ values }, { D4 }) => both([holds(values.moaaS, (moaaS) => moaaS >= D4.moaaS), holds(values.rass, between(D4.rass))]),
  D5: ({ values, dissociation }, { D5 }) => both([holds(values.orientation, (orientation) => orientation >= D5.orientation), dissociated(dissociation, D5.cadssAtMost)]),
  D6: ({ gait }) => holds(gait, (walks) => walks === 'steady'),
  D7: ({ padss, aldrete }, { D7 }) => both([holds(padss, (score) => score >= D7.padssAtLeast), holds(aldrete, (score) => score >= D7.aldreteAtLeast)]),
  D8: ({ lastSevereAlert, redToday, readingDue }, { D8 }) => both([
    holds(lastSevereAlert, (last) => (typeof last === 'number' ? last >= D8.quietMin : last === 'none')), holds(redToday, (red) => !red), readingDue ? 'unknown' : 'yes',
  ]),
  D9: ({ suicideScreen }) => {
    if (!suicideScreen) return 'unknown'
    if (suicideScreen.high) return 'no'
    return both([suicideScreen.complete ? 'yes' : 'unknown', known(!suicideScreen.newThoughts || suicideScreen.reviewed)])
  },
  D10: ({ escort }) => holds(escort, (who) => who === 'adult'),
  D11: ({ noDrivingSigned }) => known(noDrivingSigned),
  D12: ({ instructionsGiven, hoursToIntegration }, { D12 }) => both([known(instructionsGiven), holds(hoursToIntegration, (hours) => hours >= 0 && hours <= D12.integrationWithinHours)]),
  D13: ({ signedBy }) => (signedBy.monitor && signedBy.rnOrPrescriber && signedBy.twoPeople ? 'yes' : 'no'),
}

const holds = <Value>(value: Value | undefined, test: (known: Value) => boolean): Truth => (value === undefined ? 'unknown' : test(value) ? 'yes' : 'no')
const known = (value: boolean | undefined): Truth => holds(value, (yes) => yes)
const between = ([low, high]: readonly [number, number]) => (value: number) => value >= low && value <= high
const compares = (now: number | undefined, then: number | undefined, test: (now: number, then: number) => boolean): Truth => (now === undefined || then === undefined ? 'unknown' : test(now, then) ? 'yes' : 'no')

function dissociated(dissociation: DischargeFacts['dissociation'], atMost: number): Truth {
  if (dissociation === undefined) return 'unknown'
  if (typeof dissociation === 'string') return known(dissociation === 'none-above-baseline')
  const { cadss, before } = dissociation
  return either([known(cadss <= atMost), holds(before, (score) => cadss <= score)])
}
