import type { AskedRefusal } from '../shared/asked.ts'
import { ok, type Result } from '../shared/result.ts'
import type { FactName, GapReason } from './facts.ts'
import { factsFromCase } from './facts-from-case.ts'
import { judge } from './judge.ts'
import type { ScreeningLimits } from './limits.ts'
import type { EligibilityRule } from './rule.ts'
import { screen, type Decision } from './screen.ts'

export interface EligibilityAnswer {
  readonly decision: Decision
  /** Every rule that fired. */
  readonly rules: readonly string[]
  readonly urgent: boolean
  readonly crisis: boolean
  /** Rules that nobody can judge on what was told, and the facts they wait for. */
  readonly notEvaluable: readonly string[]
  readonly missing: readonly FactName[]
  /** Every rule as it was judged, where that is asked for. */
  readonly judged?: readonly JudgedCase[]
}

export interface JudgedCase {
  readonly rule: string
  readonly action: EligibilityRule['action']
  readonly state: 'met' | 'not-met' | 'not-evaluable'
  readonly facts: readonly { readonly fact: FactName; readonly value?: unknown; readonly missing?: GapReason }[]
  readonly overridden?: boolean
}

/** The shape of `kap decide eligibility`: a chart as people write one down, screened as a chart is. */
export function answerEligibility(input: unknown, rules: readonly EligibilityRule[], limits: Pick<ScreeningLimits, 'overrides' | 'medicines'>, everyRule = false): Result<EligibilityAnswer, AskedRefusal> {
  const read = factsFromCase(input, limits)
  if (!read.ok) return read
  const { facts, overrides } = read.value
  const { decision, urgent, crisis, met, unknown } = screen(rules, facts, overrides)
  return ok({
    decision, rules: met.map((one) => one.rule.id), urgent, crisis, notEvaluable: unknown.map((one) => one.rule.id), missing: [...new Set(unknown.flatMap((one) => one.gaps.map((gap) => gap.fact)))],
    ...(everyRule && { judged: rules.map((rule) => judgedCase(rule)) }),
  })

  function judgedCase(rule: EligibilityRule): JudgedCase {
    const judgement = judge(rule.when, facts)
    const isOverridden = met.some((one) => one.rule.id === rule.id && one.override)
    const used = judgement.because.map(({ fact, value, missing }) => ({ fact, ...(missing ? { missing } : { value }) }))
    const waiting = judgement.gaps.map(({ fact, why }) => ({ fact, missing: why }))
    return { rule: rule.id, action: rule.action, state: states[judgement.truth], facts: [...used, ...waiting], ...(isOverridden && { overridden: true }) }
  }
}

const states = { yes: 'met', no: 'not-met', unknown: 'not-evaluable' } as const
