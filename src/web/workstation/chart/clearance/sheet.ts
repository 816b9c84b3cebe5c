import type { Chart } from '../../../../core/chart/chart.ts'
import type { Entry } from '../../../../core/chart/entry.ts'
import { readBeforeSigning } from '../../../../core/eligibility/clearance.ts'
import { judge, type FactGap, type UsedFact } from '../../../../core/eligibility/judge.ts'
import type { ScreeningFacts } from '../../../../core/eligibility/facts.ts'
import type { EligibilityRule } from '../../../../core/eligibility/rule.ts'
import type { Override, Screening } from '../../../../core/eligibility/screen.ts'

/** One rule as the sheet shows it: how it was judged, on which facts, and what is missing to judge it. */
export interface JudgedRule {
  readonly rule: EligibilityRule
  readonly state: 'met' | 'unknown' | 'not-met'
  readonly because: readonly UsedFact[]
  readonly gaps: readonly FactGap[]
  readonly override: Override | undefined
}

/** The rule that says "no clearance is signed": signing is what ends it, so it stands in nobody's way. */
const CLEARANCE_ITSELF = 'M01'

export interface Sheet {
  readonly met: readonly JudgedRule[]
  readonly unknown: readonly JudgedRule[]
  readonly notMet: readonly JudgedRule[]
  /** What keeps a clearance from being signed, as the server will say it too. */
  readonly stops: readonly JudgedRule[]
  /** What a prescriber may go on in spite of, with a written reason. */
  readonly overridable: readonly JudgedRule[]
}

/** Every rule of the screening, none left out: met, could not be judged, not met. */
export function sheetOf(screening: Screening, facts: ScreeningFacts): Sheet {
  const met = screening.met.filter(({ rule }) => rule.id !== CLEARANCE_ITSELF).map(({ rule, facts: because, override }): JudgedRule => ({ rule, state: 'met', because, gaps: [], override }))
  const unknown = screening.unknown.filter(({ rule }) => rule.id !== CLEARANCE_ITSELF).map(({ rule, gaps }): JudgedRule => ({ rule, state: 'unknown', because: [], gaps, override: undefined }))
  const notMet = screening.notMet.map((rule): JudgedRule => ({ rule, state: 'not-met', because: judge(rule.when, facts).because, gaps: [], override: undefined }))
  const ofScreening = ({ rule }: JudgedRule) => rule.moment === 'screening'
  return {
    met, unknown, notMet,
    stops: [...met.filter((one) => ofScreening(one) && (one.rule.action === 'block' || one.rule.action === 'hold' || one.rule.action === 'missing')), ...unknown.filter(ofScreening)],
    overridable: met.filter((one) => ofScreening(one) && one.rule.action === 'override'),
  }
}

/** The newest number on this copy of the chart: what has been read up to. */
export const lastSeqOf = (chart: Chart): number => chart.entries.reduce((last, { seq }) => Math.max(last, seq ?? 0), 0)

/** What reached the chart from somebody else since a number, and has to be read before signing; the server refuses a signature without it. */
export const newsSince = (chart: Chart, seq: number, me: string): readonly Entry[] => chart.entries.filter((entry) => (entry.seq ?? 0) > seq && entry.by !== me && readBeforeSigning.includes(entry.kind))
