import type { FactName, GapReason, ScreeningFacts } from './facts.ts'
import type { Truth } from '../shared/truth.ts'
import { judge, truthOf, unrecordedIn, type FactGap, type UsedFact } from './judge.ts'
import type { Condition, EligibilityRule } from './rule.ts'

/** Worst first. The names are for records; no patient is ever shown one. */
export const decisions = ['INELIGIBLE', 'DEFERRED', 'NEEDS_PRESCRIBER_OVERRIDE', 'INCOMPLETE', 'ELIGIBLE_WITH_CAUTIONS', 'ELIGIBLE'] as const
export type Decision = (typeof decisions)[number]

/** A prescriber's signed reason to go on in spite of one rule; whoever calls has checked that it still stands. */
export interface Override { readonly rule: string; readonly reason: string; readonly entry?: string }

export interface MetRule { readonly rule: EligibilityRule; readonly facts: readonly UsedFact[]; readonly override?: Override }
export interface UnknownRule { readonly rule: EligibilityRule; readonly gaps: readonly FactGap[] }

export interface Screening {
  readonly decision: Decision
  /** A pressure so high that it cannot wait. */
  readonly urgent: boolean
  /** The C-SSRS is high: the crisis path starts at once, whatever the decision. */
  readonly crisis: boolean
  /** Every rule that fired, overridden ones too. */
  readonly met: readonly MetRule[]
  readonly unknown: readonly UnknownRule[]
  readonly notMet: readonly EligibilityRule[]
  /** Facts that count only if recorded, and are not: to be shown, since nobody looked there. */
  readonly unrecorded: readonly FactName[]
}

/**
 * Screens the facts against the rules. The decision is the worst of what was met: a block, a hold, an
 * override that nobody signed, a missing or unknown fact, a caution. Nothing is ELIGIBLE while a rule of the
 * screening is unknown, nor when there are no rules at all; a rule for the session day is judged again then,
 * so its unknown is listed without deciding.
 *
 * Source: the order of 2.1 and the corrections of 0.2 in the clinical reference. Never throws.
 */
export function screen(rules: readonly EligibilityRule[], facts: ScreeningFacts, overrides: readonly Override[] = []): Screening {
  const truths = rules.map((rule) => truthOf(rule.when, facts))
  const withTruth = (truth: Truth) => rules.filter((_, place) => truths[place] === truth)
  const met = withTruth('yes').map((rule) => metRule(rule, facts, overrides))
  const unknown = withTruth('unknown').map((rule) => ({ rule, gaps: judge(rule.when, facts).gaps }))
  const raised = (flag: 'urgent' | 'crisis') =>
    rules.some((rule) => rule.raises?.flag === flag && truthOf(rule.raises.when, facts) === 'yes')
  return {
    decision: rules.length === 0 ? 'INCOMPLETE' : decide(met, unknown),
    urgent: raised('urgent'),
    crisis: raised('crisis'),
    met,
    unknown,
    notMet: withTruth('no'),
    unrecorded: unrecordedIn(conditionsOf(rules), facts),
  }
}

const conditions = new WeakMap<readonly EligibilityRule[], readonly Condition[]>()

/** One list of conditions for one list of rules, so that what is read out of it is read once. */
function conditionsOf(rules: readonly EligibilityRule[]): readonly Condition[] {
  const known = conditions.get(rules) ?? rules.map((rule) => rule.when)
  conditions.set(rules, known)
  return known
}

function metRule(rule: EligibilityRule, facts: ScreeningFacts, overrides: readonly Override[]): MetRule {
  const override = rule.action === 'override' ? overrides.find((one) => one.rule === rule.id) : undefined
  return { rule, facts: judge(rule.when, facts).because, ...(override && { override }) }
}

function decide(met: readonly MetRule[], unknown: readonly UnknownRule[]): Decision {
  const has = (action: EligibilityRule['action']) => met.some((one) => one.rule.action === action)
  if (has('block')) return 'INELIGIBLE'
  if (has('hold')) return 'DEFERRED'
  if (met.some((one) => one.rule.action === 'override' && !one.override)) return 'NEEDS_PRESCRIBER_OVERRIDE'
  if (has('missing') || unknown.some((one) => one.rule.moment === 'screening')) return 'INCOMPLETE'
  return met.length > 0 ? 'ELIGIBLE_WITH_CAUTIONS' : 'ELIGIBLE'
}

/** The same without the signature, which nobody is asked for: it is given once the rest is known. */
export const stillToAsk = (screening: Screening) => openQuestions(screening).filter(({ fact }) => fact !== 'clearanceSigned')

/** What the screening does not know yet, one line for each fact, with the rules that wait for it: the list to work through. */
export function openQuestions(screening: Screening): { readonly fact: FactName; readonly why: GapReason; readonly about: readonly string[]; readonly rules: readonly string[] }[] {
  const asked = [
    ...screening.met.filter((one) => one.rule.action === 'missing').flatMap((one) => one.facts.flatMap((used) => (used.missing ? [{ fact: used.fact, why: used.missing, about: [], rule: one.rule.id }] : []))),
    ...screening.unknown.filter((one) => one.rule.moment === 'screening').flatMap((one) => one.gaps.map((gap) => ({ fact: gap.fact, why: gap.why, about: gap.about ?? [], rule: one.rule.id }))),
  ]
  return [...new Set(asked.map((one) => one.fact))].map((fact) => {
    const same = asked.filter((one) => one.fact === fact)
    return { fact, why: same[0]!.why, about: [...new Set(same.flatMap((one) => one.about))], rules: [...new Set(same.map((one) => one.rule))] }
  })
}
