import type { DoseRoute } from '../chart/kinds/clearance.ts'
import { isAtLeast } from '../session/level.ts'
import type { Level } from '../session/rows.ts'
import { both, either } from '../shared/truth.ts'
import { amountUg, limitsFor, type Limits } from './limits.ts'
import { doseRowOf, type DoseRow, type DosingRows } from './rows.ts'
import { holds, judged, measured, missingIn, needsWeight, type JudgedRule, type TitrationRows } from './titration.ts'

/** What the last session left behind. What is not known is undefined, and never reads as fine. */
export interface LastSession {
  readonly route: DoseRoute
  readonly lastUg: number
  /** The weight the dose was computed with, as it was stored then. */
  readonly weightG: number | undefined
  readonly age: number | undefined
  /** Whether a screening lets somebody go on. */
  readonly cleared: boolean | undefined
  readonly worstAlert: Level | undefined
  /** The worst grade of what came of the medicine: unexpected, or 3 and above; 0 for none. */
  readonly worstGrade: number | undefined
  readonly minMoaaS: number | undefined
  /** 0 to 10, as the person rates it, and the window that the prescriber chose. */
  readonly intensity: number | undefined
  readonly target: readonly [low: number, high: number] | undefined
  readonly responsePercent: number | undefined
}

export type ProposedAction = 'REFUSE' | 'PRESCRIBER_REVIEW' | 'DECREASE' | 'MAINTAIN' | 'INCREASE' | 'NOT_EVALUABLE'

export interface DoseProposal {
  readonly action: ProposedAction
  readonly doseUg?: number
  readonly flag?: 'AT_FLOOR' | 'AT_HARD_MAX' | 'ABOVE_HARD_MAX' | 'ENTRY_ERROR' | 'YELLOW_ALERT'
  /** Above the soft maximum the prescriber writes why. */
  readonly requiresReason?: boolean
  readonly rules: readonly JudgedRule[]
  readonly missing: readonly string[]
}

/**
 * What might be ordered next, with the rules that led there. Nobody is dosed by it: a prescriber decides and
 * signs. A rule that stops holds whatever else is missing; any other proposal waits until all before it is known.
 */
export function proposeDose(last: LastSession, rows: Pick<DosingRows, 'doses'>, titration: TitrationRows): DoseProposal {
  const row = doseRowOf(rows, last.route)
  if (!row) return { action: 'REFUSE', rules: [], missing: [] }
  const rules = judgedRules(last, titration)
  const answer = (proposal: Omit<DoseProposal, 'rules' | 'missing'>, missing: readonly string[] = []): DoseProposal => ({ ...proposal, rules, missing })
  const isMet = (id: JudgedRule['id']) => rules.some((rule) => rule.id === id && rule.state === 'met')
  if (isMet('not-adult') || isMet('not-cleared')) return answer({ action: 'REFUSE' })
  if (isMet('red-or-severe')) return answer({ action: 'PRESCRIBER_REVIEW' })
  if (row.unitUg !== undefined && last.lastUg % row.unitUg !== 0) return answer({ action: 'PRESCRIBER_REVIEW', flag: 'ENTRY_ERROR' })

  const decides = rules.findIndex(({ state }) => state === 'met')
  const before = rules.slice(0, decides === -1 ? rules.length : decides).filter(({ state }) => state === 'not-evaluable')
  const weightMissing = needsWeight(row) && last.weightG === undefined ? ['weightG'] : []
  if (before.length > 0 || weightMissing.length > 0) return answer({ action: 'NOT_EVALUABLE' }, [...missingIn(before), ...weightMissing])
  return answer(amount(rules[decides]?.id, last, row, titration))
}

/** In the order in which they decide. */
function judgedRules(last: LastSession, { adult, review, lower, keep }: TitrationRows): JudgedRule[] {
  const { age, cleared, worstAlert, worstGrade, minMoaaS, intensity, target, responsePercent } = last
  const isBelow = intensity === undefined || target === undefined ? 'unknown' : intensity < target[0] ? 'yes' : 'no'
  const isAbove = intensity === undefined || target === undefined ? 'unknown' : intensity > target[1] ? 'yes' : 'no'
  const alert = (level: Level) => holds(worstAlert, (worst) => isAtLeast(worst, level))
  return [
    judged('not-adult', holds(age, (years) => years < adult.fromYears), { age }),
    judged('not-cleared', holds(cleared, (yes) => !yes), { cleared }),
    judged('red-or-severe', either([alert(review.alert), holds(worstGrade, (grade) => grade >= review.grade)]), { worstAlert, worstGrade }),
    judged('orange-grade-or-sedation', either([alert(lower.alert), holds(worstGrade, (grade) => grade >= lower.grade), holds(minMoaaS, (moaaS) => moaaS <= lower.moaaSAtMost)]), { worstAlert, worstGrade, minMoaaS }),
    judged('too-intense', isAbove, { intensity, target }),
    judged('enough-response', holds(responsePercent, (percent) => percent >= keep.responsePercent), { responsePercent }),
    judged('yellow', both([alert(keep.alert), isBelow]), { worstAlert, intensity, target }),
    judged('too-little', isBelow, { intensity, target }),
  ]
}

type Amount = Omit<DoseProposal, 'rules' | 'missing'>

function amount(rule: JudgedRule['id'] | undefined, last: LastSession, row: DoseRow, titration: TitrationRows): Amount {
  const weightG = last.weightG ?? 0
  const limits = limitsFor(row, weightG)
  const proposal = rule === 'orange-grade-or-sedation' || rule === 'too-intense' ? lowered(last, row, weightG, titration)
    : rule === 'too-little' ? raised(last, row, weightG, limits, titration)
    : { action: 'MAINTAIN' as const, doseUg: last.lastUg, ...(rule === 'yellow' && { flag: 'YELLOW_ALERT' as const }) }
  if (proposal.doseUg > limits.hardUg) return { action: 'PRESCRIBER_REVIEW', flag: 'ABOVE_HARD_MAX' }
  return { ...proposal, requiresReason: proposal.doseUg > limits.softUg }
}

type Step = Amount & { readonly doseUg: number }

/** One step down, and never below the floor. The floor never raises a dose: at or below it the dose stays. */
function lowered({ lastUg }: LastSession, row: DoseRow, weightG: number, titration: TitrationRows): Step {
  const floorUg = amountUg(row.start, weightG) * titration.floor.shareOfStart
  const nextUg = lastUg - amountUg(row.step, weightG)
  const steppedUg = measured(row, nextUg, { atLeastUg: floorUg, atMostUg: lastUg }, titration.rounding)
  const doseUg = steppedUg < floorUg ? lastUg : steppedUg
  return { action: 'DECREASE', doseUg, ...(nextUg < floorUg && { flag: 'AT_FLOOR' }) }
}

function raised({ lastUg }: LastSession, row: DoseRow, weightG: number, { softUg, hardUg }: Limits, titration: TitrationRows): Step {
  const nextUg = lastUg + amountUg(row.step, weightG)
  if (nextUg > hardUg) return { action: 'MAINTAIN', doseUg: lastUg, flag: 'AT_HARD_MAX' }
  const doseUg = measured(row, nextUg, { atLeastUg: 0, atMostUg: nextUg <= softUg ? softUg : hardUg }, titration.rounding)
  return doseUg > lastUg ? { action: 'INCREASE', doseUg } : { action: 'MAINTAIN', doseUg: lastUg }
}
