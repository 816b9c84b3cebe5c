import type { Entry } from '../chart/entry.ts'
import { canonical } from '../shared/canonical.ts'
import { instant, type Instant } from '../shared/time.ts'
import { causesOf } from './fact-history.ts'
import type { FactName, ScreeningFacts } from './facts.ts'
import { judge, type Judgement, type UsedFact } from './judge.ts'
import type { ScreeningLimits } from './limits.ts'
import type { Step } from './replay.ts'
import type { EligibilityRule } from './rule.ts'
import { screeningFacts } from './screening-facts.ts'

export type RuleState = 'met' | 'unknown' | 'not-met'
export const stateOf: Readonly<Record<Judgement['truth'], RuleState>> = { yes: 'met', unknown: 'unknown', no: 'not-met' }

export interface RuleChange {
  readonly state: RuleState
  readonly at: Instant
  /** What the rule rested on from then on. */
  readonly facts: readonly UsedFact[]
  /** The entries that changed it; none where only time went by. */
  readonly entries: readonly string[]
  readonly by: readonly string[]
}

/**
 * What became of one rule on this chart: when it first could be judged, when it was met, when it changed and by which
 * entry, oldest first. It is asked as it reads today, so an old moment may have been judged by other words then; what
 * was signed keeps the words of its day. A change between two entries is the work of time, found to the minute.
 */
export function ruleHistory(steps: readonly Step[], rule: EligibilityRule, limits: ScreeningLimits): readonly RuleChange[] {
  const changes: RuleChange[] = []
  const add = (judgement: Judgement, at: Instant, made: readonly Entry[]) => {
    const last = changes.at(-1)
    const next: RuleChange = { state: stateOf[judgement.truth], at, facts: judgement.because, entries: made.map(({ id }) => id), by: [...new Set(made.map(({ by }) => by))] }
    const isNew = last === undefined ? next.state !== 'unknown' : tells(last) !== tells(next)
    if (isNew) changes.push(next)
  }
  let last: Step | undefined
  for (const step of steps) {
    const { before, after, at, fresh } = step
    if (last) overTime(rule, last, step, limits, add)
    if (fresh.length > 0) add(judge(rule.when, after), at, causesOfRule(rule, before, after, fresh))
    last = step
  }
  return changes
}

/** What is worth a line: the answer; and while the rule is met, on what. */
const tells = ({ state, facts }: RuleChange) => (state === 'met' ? canonical(facts.map(({ fact, value, missing }) => ({ fact, value, missing }))) : state)

const MINUTE_MS = 60_000

/** Facts grow older between two entries. Where that changed the answer, the minute is looked for by halving. */
function overTime(rule: EligibilityRule, from: Step, to: Step, limits: ScreeningLimits, add: (judgement: Judgement, at: Instant, made: readonly Entry[]) => void) {
  const { truth } = judge(rule.when, from.after)
  const later = judge(rule.when, to.before)
  if (truth === later.truth) return
  let [low, high] = [Date.parse(from.at), Date.parse(to.at)]
  while (high - low > MINUTE_MS) {
    const middle = Math.floor((low + high) / 2)
    if (judge(rule.when, screeningFacts(from.chart, instant(middle), limits)).truth === truth) low = middle
    else high = middle
  }
  add(later, instant(high), [])
}

function causesOfRule(rule: EligibilityRule, before: ScreeningFacts, after: ScreeningFacts, fresh: readonly Entry[]): readonly Entry[] {
  const [was, is] = [judge(rule.when, before), judge(rule.when, after)]
  const facts = new Set<FactName>([...is.because, ...is.gaps, ...was.because, ...was.gaps].map(({ fact }) => fact))
  const made = new Set([...facts].filter((fact) => canonical(before[fact]) !== canonical(after[fact])).flatMap((fact) => causesOf(fact, before, after, fresh)))
  return fresh.filter((entry) => made.has(entry))
}
