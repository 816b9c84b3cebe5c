import type { BodyOf } from '../chart/kinds.ts'
import type { DoseRoute } from '../chart/kinds/clearance.ts'
import type { Cited } from '../shared/cited.ts'
import type { PregnancyStatusRow } from '../eligibility/pregnancy.ts'
import type { DayOfRow } from './day-medicines.ts'

export type VitalName = 'systolicMmHg' | 'diastolicMmHg' | 'heartRatePerMin' | 'respiratoryRatePerMin' | 'spo2Percent' | 'temperatureDeciC'
export type MentalName = 'moaaS' | 'rass' | 'orientation'
export type Parameter = VitalName | MentalName
export type Symptom = BodyOf<'symptom.v1'>['symptom']

export type AlertLevel = 'yellow' | 'orange' | 'red'
/** `green` means that no row raised anything; what could not be judged is listed beside it and never part of it. */
export type Level = 'green' | AlertLevel
/** Facts that are neither a number nor a symptom. */
export type Flag = 'deepSedationExpected' | 'nobodyMonitoring' | 'asksToStop'

/**
 * The closed language of thresholds. Bands are half-open on the real line: `atLeast 160` holds at 160, and
 * `below 92` holds at 91.5. A test whose facts are missing is neither true nor false.
 */
export type Test =
  | Bound
  | { readonly riseAtLeast: number }
  | { readonly of: Parameter; readonly is: Bound }
  | { readonly symptom: readonly Symptom[] }
  | { readonly flag: Flag }
  | { readonly held: Bound; readonly forMin: number }
  | { readonly any: readonly Test[] }
  | { readonly all: readonly Test[] }

export type Bound = { readonly atLeast: number } | { readonly above: number } | { readonly below: number } | { readonly atMost: number }

/** One line of the alert table. */
export interface AlertRow extends Cited {
  readonly watches: Parameter | 'symptom' | 'distress' | 'lateness' | 'hold'
  readonly name: string
  readonly unit: string
  readonly levels: Readonly<Partial<Record<AlertLevel, Test>>>
  /** A symptom in the words of the row, where its name alone does not say from when on it counts. */
  readonly words?: Readonly<Partial<Record<Symptom, string>>>
  /** An exception that lowers one level to another. Where its facts are missing it does not hold. */
  readonly lowers?: { readonly from: AlertLevel; readonly to: AlertLevel; readonly while: Test }
}

/** What people do at a level. */
export interface ResponseRow extends Cited {
  readonly level: AlertLevel
  readonly says: string
  readonly steps: readonly string[]
}

/** When readings are due on one route, in minutes. `fromEndMin` counts from the end of an infusion. */
export interface ScheduleRow extends Cited {
  readonly route: DoseRoute
  readonly beforeMin: readonly number[]
  readonly fromStartMin: readonly number[]
  readonly infusion?: { readonly plannedEndMin: number; readonly everyMinUntilEnd: number; readonly fromEndMin: readonly number[] }
  /** After the last planned reading, for as long as the person is here. */
  readonly thenEveryMin: number
  readonly continuous: string
}

export interface ReadingRow extends Cited {
  /** A reading is complete when it holds all of these; until then it stays due. */
  readonly needs: readonly Parameter[]
  /** Values written within this many minutes of each other are one reading. */
  readonly togetherMin: number
  /** How long before its time a reading may be taken and still count. */
  readonly earlyMin: number
  /** An orange or red level asks for readings at this interval until it has cleared; a first yellow for one. */
  readonly afterAlertEveryMin: number
}

export interface ClearingRow extends Cited {
  /** A level clears after this many consecutive readings below it … */
  readonly readings: number
  /** … that lie at least so many minutes apart. The same distance makes an orange alert persistent. */
  readonly apartMin: number
}

export interface EscalationRow extends Cited {
  readonly levels: readonly AlertLevel[]
  /** Seconds without an answer after which the next circle of people is told. */
  readonly afterSec: readonly number[]
  readonly prescriberAnswersWithinSec: number
}

export type GateWord = 'go' | 'caution' | 'hold' | 'no_dose'

export interface PreDoseRule extends Cited {
  /** A number or the symptoms are judged by `when`; the last three fire as soon as they are so. */
  readonly watches: Parameter | 'symptom' | 'intoxicated' | 'on-oxygen' | 'suicide-risk-high'
  readonly gate: Exclude<GateWord, 'go'>
  readonly when?: Test
  readonly says: string
  /** Whether a prescriber may go on with a written reason. */
  readonly overridable: boolean
}

export interface PreDoseRow extends Cited {
  readonly rules: readonly PreDoseRule[]
  readonly needs: readonly Parameter[]
  /** Pressures are judged by the mean of the last readings, so many and so far apart. */
  readonly pressureReadings: number
  readonly apartMin: number
  readonly notOlderMin: number
  readonly recheckMin: Readonly<Record<'caution' | 'hold', readonly number[]>>
  readonly words: Readonly<Record<GateWord, string>>
}

export interface GateRow extends Cited {
  readonly pregnancyTestDays: number
  readonly pregnancyStatus: PregnancyStatusRow
  readonly childbearingAge: readonly [number, number]
  readonly consentDays: number
  readonly fewestPeople: number
  /** Routes where the prescriber has to be in the building while medicine works. */
  readonly prescriberOnSite: readonly DoseRoute[]
  /** What belongs to the emergency kit of a dosing room, and for how long one look through it counts. */
  readonly kit: Cited & { readonly withinHours: number; readonly items: readonly { readonly id: string; readonly name: string }[] }
  /** How quickly the prescriber who answers for a session answers, and by which routes of the medicine only from within the building. */
  readonly prescriber: Cited & { readonly answersWithinSec: number; readonly onSite: readonly DoseRoute[] }
  /** Medicines that are asked about on the day, by class. */
  readonly dayOf: readonly DayOfRow[]
  readonly fasting: Readonly<Record<DoseRoute, { readonly foodMin: number; readonly fluidMin: number; readonly says: string }>>
}

/** What stops the next dose while a session runs. It is called about like an alert of its level, and no reading raises or clears it. */
export interface HoldRow extends AlertRow {
  readonly watches: 'hold'
  readonly level: AlertLevel
  readonly says: string
  readonly steps: readonly string[]
}

export interface MonitoringRows {
  readonly alerts: readonly AlertRow[]
  readonly hold: HoldRow
  readonly responses: readonly ResponseRow[]
  readonly schedules: readonly ScheduleRow[]
  readonly reading: ReadingRow
  readonly clearing: ClearingRow
  readonly escalation: EscalationRow
  readonly deepSedation: Cited & { readonly expected: boolean; readonly asks: string }
  readonly preDose: PreDoseRow
  readonly gates: GateRow
}

export const alertRow = (rows: Pick<MonitoringRows, 'alerts'>, id: string): AlertRow | undefined => rows.alerts.find((row) => row.id === id)
