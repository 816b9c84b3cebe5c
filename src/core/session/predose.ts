import { holdsFor, type Subject } from './judge.ts'
import type { GateWord, Parameter, PreDoseRow, PreDoseRule, Symptom } from './rows.ts'

/** What is known in the minutes before a dose. Pressures are the mean of the last readings; what is absent is missing. */
export interface PreDoseFacts {
  readonly values: Readonly<Partial<Record<Parameter, number>>>
  /** Whether there is a pressure of today that later rises can be counted from. */
  readonly baseline: 'known' | 'missing'
  readonly symptoms: readonly Symptom[]
  readonly intoxicated?: boolean
  readonly onOxygen?: boolean
  readonly suicideRiskHigh?: boolean
}

export interface PreDoseFinding {
  readonly id: string
  readonly gate: Exclude<GateWord, 'go'>
  readonly says: string
  readonly overridable: boolean
  /** Set where a value that has to be there is not. */
  readonly missing?: Parameter | 'baseline'
  readonly rule?: PreDoseRule
}

export interface PreDose {
  readonly gate: GateWord
  readonly says: string
  readonly findings: readonly PreDoseFinding[]
  /** True only where a prescriber's written reason may carry every finding. A missing value never may. */
  readonly overridable: boolean
  /** Minutes of rest after which the pressure is read again. */
  readonly recheckMin: readonly number[]
}

/** From the worst on; with none of them it is `go`. */
const order: readonly PreDoseFinding['gate'][] = ['no_dose', 'hold', 'caution']

/** Whether a dose may be given by what was measured today: the worst of everything found, and never better than `hold` with a value missing. */
export function preDoseGate(facts: PreDoseFacts, row: PreDoseRow): PreDose {
  const findings = [...missing(facts, row), ...worstOfEach(row.rules.filter((rule) => fires(rule, facts)))]
  const gate = order.find((word) => findings.some((one) => one.gate === word)) ?? 'go'
  return {
    gate, says: row.words[gate], findings, overridable: findings.length > 0 && findings.every((one) => one.overridable),
    recheckMin: gate === 'caution' || gate === 'hold' ? row.recheckMin[gate] : [],
  }
}

const names: Readonly<Record<Parameter | 'baseline', string>> = {
  systolicMmHg: 'systolic pressure', diastolicMmHg: 'diastolic pressure', heartRatePerMin: 'pulse', respiratoryRatePerMin: 'breathing rate', spo2Percent: 'oxygen saturation',
  temperatureDeciC: 'temperature', moaaS: 'MOAA/S', rass: 'RASS', orientation: 'orientation', baseline: 'pressure to compare with later',
}
export const parameterName = (parameter: Parameter): string => names[parameter]

function missing(facts: PreDoseFacts, row: PreDoseRow): PreDoseFinding[] {
  const absent = row.needs.filter((parameter) => facts.values[parameter] === undefined)
  const all: readonly (Parameter | 'baseline')[] = facts.baseline === 'missing' ? [...absent, 'baseline'] : absent
  return all.map((what) => ({ id: 'PRE-MISSING', gate: 'hold', says: `Not taken yet: ${names[what]}.`, overridable: false, missing: what }))
}

/** One finding for each thing watched: a pressure that is far too high is not also said to be raised. */
function worstOfEach(fired: readonly PreDoseRule[]): PreDoseFinding[] {
  const worst = fired.filter((rule) => !fired.some((other) => other.watches === rule.watches && order.indexOf(other.gate) < order.indexOf(rule.gate)))
  return worst.map((rule) => ({ id: rule.id, gate: rule.gate, says: rule.says, overridable: rule.overridable, rule }))
}

function fires(rule: PreDoseRule, facts: PreDoseFacts): boolean {
  if (rule.watches === 'intoxicated') return facts.intoxicated === true
  if (rule.watches === 'on-oxygen') return facts.onOxygen === true
  if (rule.watches === 'suicide-risk-high') return facts.suicideRiskHigh === true
  const subject: Subject = { values: facts.values, baseline: 'before-dose', symptoms: facts.symptoms, flags: {} }
  return rule.when !== undefined && holdsFor(rule.when, rule.watches, subject) === 'yes'
}
