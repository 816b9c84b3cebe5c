import type { AlertRow, ClearingRow, EscalationRow, GateRow, HoldRow, MonitoringRows, PreDoseRow, PreDoseRule, ReadingRow, ResponseRow, ScheduleRow, Symptom } from '../core/session/rows.ts'
import { pregnancyStatus } from './eligibility/pregnancy-status.ts'
import { emergencyKit } from './emergency.ts'
import { dayOf } from './interactions.ts'
import type { SourceId } from './sources.ts'

type Sourced<Row> = Row & { readonly cites: readonly [SourceId, ...SourceId[]] }

/** A product default: a medical director has to adopt it before anybody is watched by it. */
const adopt = { tag: 'P', verified: false, reviewBy: '2027-05-31' } as const

/** With a high pressure these make an emergency of it. */
export const redFlagSymptoms = ['chest-pain', 'dyspnea', 'focal-deficit', 'vision-loss', 'thunderclap-headache', 'new-confusion'] as const satisfies readonly Symptom[]

/**
 * The alert table. Anchors: rises of 40 and 25 and the 180/110 mark are counted on the label (S11), an emergency
 * department stops above 180 systolic, 150 beats or a breathing rate outside 10 to 30 (S37), saturation below
 * 88 % is a severe event (S35). The cuts themselves are proposed here and adopted by the practice.
 */
export const alerts = [
  {
    id: 'BP-S', watches: 'systolicMmHg', name: 'Systolic pressure', unit: 'mmHg', ...adopt, cites: ['P', 'S11', 'S37'],
    levels: {
      yellow: { any: [{ atLeast: 160 }, { riseAtLeast: 40 }] },
      orange: { atLeast: 180 },
      red: { any: [{ atLeast: 200 }, { all: [{ atLeast: 180 }, { symptom: redFlagSymptoms }] }] },
    },
  },
  {
    id: 'BP-D', watches: 'diastolicMmHg', name: 'Diastolic pressure', unit: 'mmHg', ...adopt, cites: ['P', 'S11'],
    levels: {
      yellow: { any: [{ atLeast: 100 }, { riseAtLeast: 25 }] },
      orange: { atLeast: 110 },
      red: { any: [{ atLeast: 120 }, { all: [{ atLeast: 110 }, { symptom: redFlagSymptoms }] }] },
    },
  },
  {
    id: 'BP-LOW', watches: 'systolicMmHg', name: 'Low pressure', unit: 'mmHg', ...adopt, cites: ['P'],
    levels: { yellow: { below: 90 }, orange: { below: 85 }, red: { any: [{ below: 80 }, { all: [{ below: 90 }, { symptom: ['syncope'] }] }] } },
  },
  {
    id: 'HR', watches: 'heartRatePerMin', name: 'Pulse', unit: '/min', ...adopt, cites: ['P', 'S37'],
    levels: { yellow: { any: [{ atLeast: 120 }, { below: 50 }] }, orange: { any: [{ atLeast: 140 }, { below: 45 }] }, red: { any: [{ atLeast: 150 }, { below: 40 }] } },
  },
  {
    id: 'RR', watches: 'respiratoryRatePerMin', name: 'Breathing rate', unit: '/min', ...adopt, cites: ['P', 'S37'],
    levels: { yellow: { any: [{ atLeast: 25 }, { below: 12 }] }, orange: { any: [{ atLeast: 31 }, { below: 10 }] }, red: { any: [{ atLeast: 36 }, { below: 8 }] } },
  },
  {
    id: 'SPO2', watches: 'spo2Percent', name: 'Oxygen saturation', unit: '%', ...adopt, cites: ['P', 'S35'],
    levels: { yellow: { below: 95 }, orange: { below: 92 }, red: { below: 90 } },
  },
  {
    id: 'MOAAS', watches: 'moaaS', name: 'Alertness (MOAA/S)', unit: '', ...adopt, cites: ['P', 'S11'],
    levels: { yellow: { atMost: 3 }, orange: { atMost: 2 }, red: { atMost: 1 } },
    lowers: { from: 'orange', to: 'yellow', while: { all: [{ flag: 'deepSedationExpected' }, { of: 'spo2Percent', is: { atLeast: 95 } }, { of: 'respiratoryRatePerMin', is: { atLeast: 10 } }] } },
  },
  {
    id: 'RASS', watches: 'rass', name: 'Agitation and sedation (RASS)', unit: '', ...adopt, cites: ['P'],
    levels: { yellow: { any: [{ atLeast: 2 }, { atMost: -3 }] }, orange: { any: [{ atLeast: 3 }, { atMost: -4 }] }, red: { any: [{ atLeast: 4 }, { atMost: -5 }] } },
  },
  {
    id: 'SX', watches: 'symptom', name: 'Symptom', unit: '', ...adopt, cites: ['P'],
    levels: {
      yellow: { symptom: ['nausea', 'headache'] },
      orange: { symptom: ['vomiting', 'severe-anxiety', 'new-confusion', 'dyspnea', 'vision-loss', 'syncope'] },
      red: { symptom: ['apnea', 'laryngeal-noise', 'chest-pain', 'focal-deficit', 'seizure', 'anaphylaxis', 'airway-loss', 'thunderclap-headache', 'suicidal-act'] },
    },
    words: { apnea: 'no breath for 20 seconds or more' },
  },
  {
    id: 'SUDS', watches: 'distress', name: 'Distress, as the person rates it', unit: 'of 10', ...adopt, cites: ['P'],
    levels: {
      yellow: { all: [{ atLeast: 8 }, { held: { atLeast: 8 }, forMin: 10 }] },
      orange: { all: [{ atLeast: 9 }, { any: [{ symptom: ['severe-anxiety'] }, { flag: 'asksToStop' }] }] },
    },
  },
  {
    id: 'TIME', watches: 'lateness', name: 'Reading late', unit: 'min', ...adopt, cites: ['P'],
    levels: { yellow: { above: 3 }, orange: { above: 8 }, red: { all: [{ above: 20 }, { flag: 'nobodyMonitoring' }] } },
  },
] as const satisfies readonly Sourced<AlertRow>[]

/** New facts, a clearance taken back, a consent taken back: what arises on the chart while somebody lies in the room. */
const hold = {
  id: 'HOLD', watches: 'hold', name: 'Hold', unit: '', levels: {}, level: 'orange', ...adopt, cites: ['P'],
  says: 'No further dose. Tell the prescriber now.',
  steps: ['Give no further dose; stop an infusion that is running', 'Call the prescriber and read out what came', 'Go on reading values, and let the person go home as the rules say', 'A dose is offered again only once the prescriber has signed the clearance anew; a consent taken back stays so for today'],
} as const satisfies Sourced<HoldRow>

/** What follows each level. Medicines appear only as "on order": which and how much is the prescriber's. */
const responses = [
  {
    id: 'response.yellow', level: 'yellow', says: 'Look again soon. This stays in the room.', ...adopt, cites: ['P'],
    steps: ['Take the reading again soon', 'Tell the other person in the room', 'No booster until it has cleared', 'Ground and reassure, if the person wants it'],
  },
  {
    id: 'response.orange', level: 'orange', says: 'Call the prescriber now.', ...adopt, cites: ['P'],
    steps: ['Pause the infusion; give no further dose', 'Call the prescriber now', 'Read all values again and again until it has cleared', 'Position, oxygen or a medicine as the standing order says', 'Write down what was seen as a side effect'],
  },
  {
    id: 'response.red', level: 'red', says: 'Treat this as an emergency.', ...adopt, cites: ['P'],
    steps: ['Stop the medicine', 'Call 911', 'Airway, breathing, circulation; fetch the defibrillator', 'Prescriber to the bedside', 'Open the emergency card and follow it', 'Leaving is decided by the prescriber, not by this screen'],
  },
] as const satisfies readonly Sourced<ResponseRow>[]

/** Counted from the start of the dose. A booster starts the schedule again. */
const schedules = [
  {
    id: 'schedule.IV', route: 'IV', beforeMin: [-15], fromStartMin: [0, 10, 20, 30], infusion: { plannedEndMin: 40, everyMinUntilEnd: 10, fromEndMin: [0, 15, 30, 45, 60] },
    thenEveryMin: 15, continuous: 'Saturation and pulse, throughout', ...adopt, cites: ['P', 'S38'],
  },
  { id: 'schedule.IM', route: 'IM', beforeMin: [-15], fromStartMin: [0, 10, 20, 30, 45, 60, 90, 120], thenEveryMin: 30, continuous: 'Saturation throughout; pulse for the first hour', ...adopt, cites: ['P'] },
  { id: 'schedule.SL', route: 'SL', beforeMin: [-15], fromStartMin: [0, 15, 30, 45, 60, 90, 120], thenEveryMin: 30, continuous: 'Saturation throughout', ...adopt, cites: ['P'] },
  { id: 'schedule.PO', route: 'PO', beforeMin: [-15], fromStartMin: [0, 15, 30, 45, 60, 90, 120], thenEveryMin: 30, continuous: 'Saturation throughout', ...adopt, cites: ['P'] },
  { id: 'schedule.IN-esketamine', route: 'IN-esketamine', beforeMin: [-15], fromStartMin: [0, 40, 60, 90, 120], thenEveryMin: 30, continuous: 'Saturation throughout', ...adopt, cites: ['P', 'S11'] },
] as const satisfies readonly Sourced<ScheduleRow>[]

const sixValues = ['systolicMmHg', 'diastolicMmHg', 'heartRatePerMin', 'respiratoryRatePerMin', 'spo2Percent', 'moaaS'] as const

const reading = { id: 'reading', needs: sixValues, togetherMin: 5, earlyMin: 3, afterAlertEveryMin: 5, ...adopt, cites: ['P'] } as const satisfies Sourced<ReadingRow>
const clearing = { id: 'clearing', readings: 2, apartMin: 5, ...adopt, cites: ['P'] } as const satisfies Sourced<ClearingRow>
const escalation = { id: 'escalation', levels: ['orange', 'red'], afterSec: [0, 30, 60], prescriberAnswersWithinSec: 120, ...adopt, cites: ['P'] } as const satisfies Sourced<EscalationRow>

/** Off unless a practice switches it on; then somebody credentialed for anesthesia watches, with continuous saturation. */
const deepSedation = { id: 'deep-sedation', expected: false, asks: 'Staff credentialed for anesthesia and continuous saturation', ...adopt, cites: ['P'] } as const satisfies Sourced<MonitoringRows['deepSedation']>

const rule = { ...adopt, cites: ['P'] } as const

/**
 * What stops a dose before it is given. Pressure cuts follow the label's warning above 140/90, which nobody here
 * has read in its current edition. The sentences name no figure, so that a practice's own figure cannot contradict them.
 */
const preDoseRules = [
  { id: 'PRE-SYS-180', watches: 'systolicMmHg', gate: 'no_dose', when: { atLeast: 180 }, says: 'Systolic pressure is far too high. No dose today; the prescriber evaluates it now, and with symptoms this is an emergency.', overridable: false, ...rule },
  { id: 'PRE-DIA-110', watches: 'diastolicMmHg', gate: 'no_dose', when: { atLeast: 110 }, says: 'Diastolic pressure is far too high. No dose today; the prescriber evaluates it now, and with symptoms this is an emergency.', overridable: false, ...rule },
  { id: 'PRE-SYS-160', watches: 'systolicMmHg', gate: 'hold', when: { atLeast: 160 }, says: 'Systolic pressure is too high. Rest, and read it again.', overridable: false, ...rule },
  { id: 'PRE-DIA-100', watches: 'diastolicMmHg', gate: 'hold', when: { atLeast: 100 }, says: 'Diastolic pressure is too high. Rest, and read it again.', overridable: false, ...rule },
  { id: 'PRE-SYS-140', watches: 'systolicMmHg', gate: 'caution', when: { atLeast: 140 }, says: 'Systolic pressure is raised. Rest, read it again, and let the prescriber write why the benefit outweighs the risk.', overridable: true, ...rule },
  { id: 'PRE-DIA-90', watches: 'diastolicMmHg', gate: 'caution', when: { atLeast: 90 }, says: 'Diastolic pressure is raised. Rest, read it again, and let the prescriber write why the benefit outweighs the risk.', overridable: true, ...rule },
  { id: 'PRE-SYS-LOW', watches: 'systolicMmHg', gate: 'hold', when: { below: 90 }, says: 'Systolic pressure is too low.', overridable: false, ...rule },
  { id: 'PRE-HR', watches: 'heartRatePerMin', gate: 'hold', when: { any: [{ above: 110 }, { below: 50 }] }, says: 'The pulse is outside its limits.', overridable: true, ...rule },
  { id: 'PRE-SPO2', watches: 'spo2Percent', gate: 'hold', when: { below: 94 }, says: 'Oxygen saturation is too low.', overridable: false, ...rule },
  { id: 'PRE-OXYGEN', watches: 'on-oxygen', gate: 'hold', says: 'The saturation was read with oxygen running. Read it on room air.', overridable: false, ...rule },
  { id: 'PRE-RR', watches: 'respiratoryRatePerMin', gate: 'hold', when: { any: [{ above: 24 }, { below: 10 }] }, says: 'The breathing rate is outside its limits.', overridable: false, ...rule },
  { id: 'PRE-TEMP', watches: 'temperatureDeciC', gate: 'hold', when: { atLeast: 380 }, says: 'There is a fever.', overridable: false, ...rule },
  { id: 'PRE-MOAAS', watches: 'moaaS', gate: 'hold', when: { below: 5 }, says: 'The person is not fully awake.', overridable: false, ...rule },
  {
    id: 'PRE-SX', watches: 'symptom', gate: 'hold', overridable: false, says: 'There is a symptom that has to settle or be looked at first.', ...rule,
    when: { symptom: ['vomiting', 'new-confusion', 'dyspnea', 'vision-loss', 'syncope', 'apnea', 'laryngeal-noise', 'chest-pain', 'focal-deficit', 'seizure', 'anaphylaxis', 'airway-loss', 'thunderclap-headache', 'suicidal-act'] },
  },
  { id: 'PRE-ALCOHOL', watches: 'intoxicated', gate: 'hold', says: 'The person has alcohol in the breath or seems intoxicated.', overridable: false, ...rule },
  { id: 'PRE-CSSRS', watches: 'suicide-risk-high', gate: 'hold', says: 'The suicide screen is high. Stay with the person and open the crisis path.', overridable: false, ...rule },
] as const satisfies readonly Sourced<PreDoseRule>[]

const preDose = {
  id: 'pre-dose', rules: preDoseRules, needs: sixValues, pressureReadings: 2, apartMin: 5, notOlderMin: 30, recheckMin: { caution: [15], hold: [15, 30] },
  words: {
    go: 'Vitals within limits',
    caution: 'Wait and read again; the prescriber decides',
    hold: 'Not now',
    no_dose: 'No dose today',
  },
  ...adopt, cites: ['P', 'S11'],
} as const satisfies Sourced<PreDoseRow>

const injected = { foodMin: 360, fluidMin: 120, says: 'Six hours after a light meal, eight after a fatty one, two after clear fluids.' } as const
const taken = { foodMin: 120, fluidMin: 30, says: 'Two hours after food, half an hour after fluids.' } as const

/** The list of the emergency cards, asked for before a session and before each dose. */
const kit = { id: 'gates.kit', withinHours: emergencyKit.checkedWithinHours, items: emergencyKit.items, ...adopt, tag: 'M', cites: ['P', 'S7'] } as const satisfies Sourced<GateRow['kit']>

/** Into a vein or a muscle from within the building, otherwise reachable: proposed in the reference. For the spray `prescriberOnSite` asks for more. */
const prescriber = { id: 'gates.prescriber', answersWithinSec: 120, onSite: ['IV', 'IM'], ...adopt, cites: ['P'] } as const satisfies Sourced<GateRow['prescriber']>

const gates = {
  id: 'gates', pregnancyTestDays: 7, pregnancyStatus, childbearingAge: [12, 55], consentDays: 365, fewestPeople: 2, prescriberOnSite: ['IN-esketamine'], kit, prescriber, dayOf,
  fasting: { IM: injected, IV: injected, SL: taken, PO: taken, 'IN-esketamine': taken },
  ...adopt, cites: ['P', 'S11', 'S2'],
} as const satisfies Sourced<GateRow>

export const monitoring = { alerts, hold, responses, schedules, reading, clearing, escalation, deepSedation, preDose, gates } as const satisfies MonitoringRows
