import { missingItems, valueOf, type Answers, type Instrument, type RiskLevel, type RiskRule } from './instrument.ts'

export interface Risk {
  /**
   * `not-asked`: this form has no question about it. `unknown`: it was asked, and what was answered does not
   * settle the level. Neither of the two is ever "none".
   */
  readonly level: RiskLevel | 'unknown' | 'not-asked'
  /** The level that the answers already given support, whatever the missing ones would say. */
  readonly atLeast: RiskLevel
  /** The items answered with a yes, or above nothing. */
  readonly because: readonly string[]
  readonly missing: readonly string[]
}

/** What one set of answers says about the danger of suicide. Levels, never sums. */
export function riskOf(instrument: Instrument, answers: Answers): Risk {
  const rule = instrument.risk
  if (!rule) return { level: 'not-asked', atLeast: 'none', because: [], missing: [] }
  return rule.kind === 'item' ? itemRisk(instrument, rule, answers) : triage(instrument, rule, answers)
}

const ranks: Record<RiskLevel, number> = { none: 0, low: 1, moderate: 2, high: 3 }
export const isAtLeast = (level: RiskLevel, floor: RiskLevel): boolean => ranks[level] >= ranks[floor]

/** One item cannot give a level: a positive answer leaves it unknown until a clinician has asked. */
function itemRisk(instrument: Instrument, rule: Extract<RiskRule, { kind: 'item' }>, answers: Answers): Risk {
  const value = valueById(instrument, rule.item, answers)
  if (value === null) return { level: 'unknown', atLeast: 'none', because: [], missing: [rule.item] }
  if (value < rule.atLeast) return { level: 'none', atLeast: 'none', because: [], missing: [] }
  return { level: 'unknown', atLeast: 'low', because: [rule.item], missing: [] }
}

function triage(instrument: Instrument, rule: Extract<RiskRule, { kind: 'triage' }>, answers: Answers): Risk {
  const missing = missingItems(instrument, answers)
  const because = instrument.items.filter((item) => valueOf(item, answers) === 1).map((item) => item.id)
  const atLeast = rule.levels.find((row) => row.anyOf.some((id) => because.includes(id)))?.level ?? 'none'
  const settled = missing.length === 0 || atLeast === worst(rule)
  return { level: settled ? atLeast : 'unknown', atLeast, because, missing }
}

const worst = (rule: Extract<RiskRule, { kind: 'triage' }>): RiskLevel | undefined => rule.levels[0]?.level

export function valueById(instrument: Instrument, id: string, answers: Answers): number | null {
  const item = instrument.items.find((one) => one.id === id)
  return item ? valueOf(item, answers) : null
}
