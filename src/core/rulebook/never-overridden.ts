import type { EligibilityRule } from '../eligibility/rule.ts'
import type { Rulebook } from './book.ts'
import { dialsOf } from './dials.ts'
import type { DialRows } from './rows.ts'

/**
 * The rules of the screening that no reason carries, whoever signs and in whatever edition: a block, a hold or a missing
 * fact that nobody may turn into something milder. What a signature itself ends is none of them.
 */
export function neverOverridden(shipped: Rulebook, rows: DialRows): readonly string[] {
  const mayTurn = new Set(dialsOf(shipped, rows).filter(({ floor }) => floor === undefined).map(({ id }) => id))
  return shipped.eligibility.filter((rule) => rule.moment === 'screening' && !MILD.includes(rule.action) && !endsWithSignature(rule) && !mayTurn.has(`eligibility/${rule.id}/action`)).map(({ id }) => id)
}

const MILD: readonly EligibilityRule['action'][] = ['override', 'caution']
const endsWithSignature = ({ when }: EligibilityRule): boolean => JSON.stringify(when).includes('"clearanceSigned"')
