import type { DoseRoute } from '../chart/kinds/clearance.ts'
import { amountUg, limitsFor } from './limits.ts'
import { doseRowOf, type DosingRows } from './rows.ts'
import { holds, judged, measured, missingIn, needsWeight, type JudgedRule, type TitrationRows } from './titration.ts'
import { dosingWeight, type Body, type DosingWeight } from './weight.ts'

export interface StartingFacts {
  readonly route: DoseRoute
  readonly age: number | undefined
  /** Takes an inhibitor of CYP3A4 or CYP2B6. */
  readonly inhibitor: boolean | undefined
  readonly body: Partial<Pick<Body, 'weightG' | 'heightMm'>> & Pick<Body, 'sex'>
  /** Which weight the practice uses at a high body mass index. */
  readonly aboveIndex?: 'ibw' | 'adjusted'
}

export interface Starting {
  readonly action: 'START' | 'REFUSE' | 'NOT_EVALUABLE'
  readonly doseUg?: number
  /** Set where the dose was computed per kilogram: to be stored, and used for every later step and ceiling. */
  readonly weight?: DosingWeight
  readonly rules: readonly JudgedRule[]
  readonly missing: readonly string[]
}

/**
 * What the dose table gives for a first session, for the prescriber to look at. Older people, and people whose
 * medicines slow the breakdown of a swallowed dose, get a share of it; of two shares the smaller.
 */
export function startingDose(facts: StartingFacts, rows: Pick<DosingRows, 'doses' | 'weight'>, titration: TitrationRows): Starting {
  const row = doseRowOf(rows, facts.route)
  if (!row) return { action: 'REFUSE', rules: [], missing: [] }
  const { older, inhibited } = titration.start
  const inhibitedShare = inhibited.share[facts.route]
  const weight = needsWeight(row) ? weightOf(facts, rows) : undefined
  const weightKnown = !needsWeight(row) || weight !== undefined
  const rules = [
    judged('not-adult', holds(facts.age, (age) => age < titration.adult.fromYears), { age: facts.age }),
    judged('older', holds(facts.age, (age) => age >= older.fromYears), { age: facts.age }),
    judged('inhibitor', inhibitedShare === undefined ? 'no' : holds(facts.inhibitor, (takes) => takes), { inhibitor: facts.inhibitor }),
    judged('ideal-weight', !weightKnown ? 'unknown' : weight === undefined || weight.basis === 'actual' ? 'no' : 'yes', { weightG: facts.body.weightG, heightMm: facts.body.heightMm }),
  ]
  const isMet = (id: JudgedRule['id']) => rules.some((rule) => rule.id === id && rule.state === 'met')
  if (isMet('not-adult')) return { action: 'REFUSE', rules, missing: [] }
  if (rules.some(({ state }) => state === 'not-evaluable')) return { action: 'NOT_EVALUABLE', rules, missing: missingIn(rules) }
  const weightG = weight?.weightG ?? 0
  const share = Math.min(isMet('older') ? older.share : 1, inhibitedShare !== undefined && isMet('inhibitor') ? inhibitedShare : 1)
  const doseUg = measured(row, Math.floor(amountUg(row.start, weightG) * share), { atLeastUg: 0, atMostUg: limitsFor(row, weightG).softUg }, titration.rounding)
  return { action: 'START', doseUg, ...(weight && { weight }), rules, missing: [] }
}

function weightOf({ body, aboveIndex }: StartingFacts, rows: Pick<DosingRows, 'weight'>): DosingWeight | undefined {
  const { weightG, heightMm, sex } = body
  return weightG === undefined || heightMm === undefined ? undefined : dosingWeight({ weightG, heightMm, sex }, rows.weight, aboveIndex)
}
