import { z } from 'zod'
import { routeOfDose } from '../chart/kinds/clearance.ts'
import type { DischargeRows } from './discharge-rows.ts'
import { dischargeCheck, type DischargeFacts } from './discharge.ts'
import { judge, type Baseline, type Subject } from './judge.ts'
import { isAtLeast, worst } from './level.ts'
import { preDoseGate } from './predose.ts'
import type { AlertRow, ClearingRow, MonitoringRows, Parameter, Symptom } from './rows.ts'

/** The same rules asked from outside, one moment at a time: the shapes of `kap decide predose`, `monitor` and `discharge`. */
const number = z.number().nullish()
const yes = z.boolean().nullish()
/** Bounds of the possible: a saturation of 400 is a slip, and must not read as a good one. */
const within = (low: number, high: number) => z.number().min(low).max(high).nullish()
const whole = (low: number, high: number) => z.int().min(low).max(high).nullish()
const pressure = within(0, 400)
const symptoms = ['nausea', 'headache', 'vomiting', 'severe-anxiety', 'new-confusion', 'dyspnea', 'vision-loss', 'syncope', 'laryngeal-noise', 'chest-pain', 'focal-deficit', 'seizure', 'anaphylaxis', 'airway-loss', 'thunderclap-headache', 'suicidal-act', 'apnea'] as const satisfies readonly Symptom[]
const vitals = {
  baseline: z.strictObject({ systolic: pressure, diastolic: pressure, oxygenSaturation: within(0, 100) }).nullish(),
  systolic: pressure, diastolic: pressure, heartRate: within(0, 400), respiratoryRate: within(0, 120), oxygenSaturation: within(0, 100), moaaS: whole(0, 5), rass: whole(-5, 4),
}
const screen = z.strictObject({ q1: yes, q2: yes, q3: yes, q4: yes, q5: yes, q6Lifetime: yes, q6PastThreeMonths: yes }).nullish()

export const momentQuestion = z.strictObject({
  ...vitals, symptoms: z.array(z.enum(symptoms)).nullish(), minutesLate: number, deepSedationExpected: yes,
  temperature: within(20, 45), intoxicated: yes, onOxygen: yes, cSsrs: screen, previous: z.strictObject({ alerts: z.array(z.string()), minutesAgo: z.number() }).nullish(),
})
export type MomentQuestion = z.infer<typeof momentQuestion>

export const dischargeQuestion = z.strictObject({
  ...vitals, route: z.string().nullish(), minutesSinceLastDose: number, orientation: whole(0, 4), cadss: within(0, 92), cadssBeforeDose: within(0, 92), gait: z.enum(['steady', 'assisted']).nullish(), padss: within(0, 10), aldrete: within(0, 10),
  minutesSinceLastAlert: number, redAlertToday: yes, minutesSinceRescueDrug: number, cSsrs: screen, escort: z.enum(['adult', 'rideshare', 'none']).nullish(),
  noDrivingSigned: yes, instructionsGiven: yes, hoursToIntegration: number, signOffs: z.array(z.enum(['monitor', 'rn', 'prescriber'])).nullish(), onOxygen: yes,
})
export type DischargeQuestion = z.infer<typeof dischargeQuestion>

export function answerPreDose(asked: MomentQuestion, rows: Pick<MonitoringRows, 'preDose'>) {
  const { gate, findings } = preDoseGate({
    values: valuesOf(asked), baseline: known(asked.baseline?.systolic) && known(asked.baseline?.diastolic) ? 'known' : 'missing', symptoms: asked.symptoms ?? [],
    intoxicated: asked.intoxicated === true, onOxygen: asked.onOxygen === true, suicideRiskHigh: isHigh(asked.cSsrs),
  }, rows.preDose)
  return { gate, findings: findings.map(({ id, missing }) => (missing ? `${id}:${missing}` : id)) }
}

/** The level is the worst alert; with a value missing and nothing raised there is no level to name. */
export function answerMonitor(asked: MomentQuestion, rows: MonitoringRows) {
  const judged = rows.alerts.filter((row) => row.watches !== 'distress').map((row) => ({ row, ...judge(row, subjectOf(asked, row)) }))
  const raised = judged.flatMap(({ row, level }) => (level === 'green' ? [] : [{ id: row.id, level }]))
  const open = judged.filter(({ level, ceiling }) => level !== ceiling).map(({ row }) => row.id)
  const level = worst(raised.map((alert) => alert.level))
  return {
    level: level === 'green' && open.length > 0 ? 'not-evaluable' : level,
    alerts: [...raised.map((alert) => `${alert.id}:${alert.level}`), ...open.filter((id) => !raised.some((alert) => alert.id === id)).map((id) => `${id}:not-evaluable`)],
    notEvaluable: open,
    persistent: raised.some((alert) => isAtLeast(alert.level, 'orange') && wasSevere(alert.id, asked, rows.clearing)),
  }
}

const wasSevere = (id: string, { previous }: MomentQuestion, { apartMin }: ClearingRow): boolean =>
  previous !== null && previous !== undefined && previous.minutesAgo >= apartMin && previous.alerts.some((alert) => alert === `${id}:orange` || alert === `${id}:red`)

function subjectOf(asked: MomentQuestion, row: AlertRow): Subject {
  return {
    values: valuesOf(asked), baseline: baselineOf(asked.baseline), symptoms: asked.symptoms ?? [], flags: { deepSedationExpected: asked.deepSedationExpected === true },
    ...(row.watches === 'lateness' ? { value: asked.minutesLate ?? 0 } : {}),
  }
}

export function answerDischarge(asked: DischargeQuestion, rows: DischargeRows) {
  const signed = asked.signOffs ?? []
  const facts: DischargeFacts = {
    route: routeOfDose.safeParse(asked.route).data, ...given('minutesSinceDose', asked.minutesSinceLastDose), minutesSinceRescue: asked.minutesSinceRescueDrug ?? 'none',
    baseline: baselineOf(asked.baseline), values: { ...valuesOf(asked), ...given('orientation', asked.orientation) }, roomAir: asked.onOxygen !== true,
    ...(known(asked.cadss) ? { dissociation: { cadss: asked.cadss, before: asked.cadssBeforeDose ?? undefined } } : {}),
    ...given('gait', asked.gait), ...given('padss', asked.padss), ...given('aldrete', asked.aldrete), ...given('lastSevereAlert', asked.minutesSinceLastAlert), redToday: asked.redAlertToday === true, readingDue: false,
    ...(known(asked.cSsrs) ? { suicideScreen: { complete: !Object.values(asked.cSsrs).includes(null), high: isHigh(asked.cSsrs), newThoughts: asked.cSsrs.q3 === true, reviewed: false } } : {}),
    ...given('escort', asked.escort), noDrivingSigned: asked.noDrivingSigned === true, instructionsGiven: asked.instructionsGiven === true, ...given('hoursToIntegration', asked.hoursToIntegration),
    signedBy: { monitor: signed.includes('monitor'), rnOrPrescriber: signed.includes('rn') || signed.includes('prescriber'), twoPeople: true },
  }
  const { ready, failed } = dischargeCheck(facts, rows)
  return { ready, failed }
}

function valuesOf(asked: Pick<MomentQuestion, keyof typeof vitals> & { temperature?: number | null | undefined }): Partial<Record<Parameter, number>> {
  return {
    ...given('systolicMmHg', asked.systolic), ...given('diastolicMmHg', asked.diastolic), ...given('heartRatePerMin', asked.heartRate), ...given('respiratoryRatePerMin', asked.respiratoryRate),
    ...given('spo2Percent', asked.oxygenSaturation), ...given('moaaS', asked.moaaS), ...given('rass', asked.rass), ...given('temperatureDeciC', known(asked.temperature) ? asked.temperature * 10 : undefined),
  }
}

const baselineOf = (baseline: MomentQuestion['baseline']): Baseline => ({ ...given('systolicMmHg', baseline?.systolic), ...given('diastolicMmHg', baseline?.diastolic), ...given('spo2Percent', baseline?.oxygenSaturation), facts: [] })

const known = <Value>(value: Value | null | undefined): value is Value => value !== null && value !== undefined
const given = <Key extends string, Value>(key: Key, value: Value | null | undefined): { [Name in Key]?: Value } => (known(value) ? ({ [key]: value } as { [Name in Key]?: Value }) : {})
const isHigh = (answers: MomentQuestion['cSsrs']): boolean => answers?.q4 === true || answers?.q5 === true || answers?.q6PastThreeMonths === true
