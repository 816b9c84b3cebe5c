import type { PlausibleWeightRow, WeightRow } from './rows.ts'

export type WeightBasis = 'actual' | 'ibw' | 'adjusted'
/** `other` and unknown use the lower of the two ideal weights, so that not knowing never raises a dose. */
export type SexForWeight = 'M' | 'F' | 'other' | 'unknown'

export interface Body {
  readonly weightG: number
  readonly heightMm: number
  readonly sex: SexForWeight
}

export interface DosingWeight {
  readonly weightG: number
  readonly basis: WeightBasis
  readonly bmiTenths: number
}

const MM_PER_INCH = 25.4

/**
 * The weight a dose is computed with: the actual one, and from the row's body mass index on the ideal one.
 * A practice may choose the adjusted weight instead; the actual weight is never used at or above that index.
 * Weights in whole grams, rounded down.
 */
export function dosingWeight(body: Body, row: WeightRow, above: 'ibw' | 'adjusted' = 'ibw'): DosingWeight {
  const bmiTenths = bmiTenthsOf(body)
  if (!usesIdealWeight(body, row)) return { weightG: body.weightG, basis: 'actual', bmiTenths }
  const weightG = above === 'ibw' ? idealWeightG(body, row) : adjustedWeightG(body, row)
  return { weightG, basis: above, bmiTenths }
}

/** Judged on the exact index, not the rounded one: 29.97 is still below 30. */
export const usesIdealWeight = (body: Body, row: WeightRow): boolean => bmiOf(body) * 10 >= row.idealFromBmiTenths

const bmiOf = ({ weightG, heightMm }: Pick<Body, 'weightG' | 'heightMm'>) => (weightG * 1_000) / (heightMm * heightMm)
export const bmiTenthsOf = (body: Pick<Body, 'weightG' | 'heightMm'>): number => Math.round(bmiOf(body) * 10)

/** Devine's ideal weight; below the row's height it goes on downwards by the same step. */
export function idealWeightG({ heightMm, sex }: Pick<Body, 'heightMm' | 'sex'>, row: WeightRow): number {
  const base = sex === 'M' ? row.maleBaseG : row.femaleBaseG
  return Math.max(0, Math.floor(base + row.perInchG * (heightMm / MM_PER_INCH - row.fromInches)))
}

export function adjustedWeightG(body: Body, row: WeightRow): number {
  const ideal = idealWeightG(body, row)
  return Math.floor(ideal + row.adjustedShare * (body.weightG - ideal))
}

/** Lean body weight after Janmahasatian, for display beside the others. */
export function leanWeightG(body: Body, row: WeightRow): number {
  const { scale, base, perBmi } = body.sex === 'M' ? row.leanMale : row.leanFemale
  return Math.floor((scale * body.weightG) / (base + perBmi * bmiOf(body)))
}

export type WeightDoubt = 'differs-from-last' | 'unlikely-for-height'

/** Reasons to ask for a weight again: 222 typed into a field of kilograms looks like one of these. */
export function weightDoubts(weightG: number, known: { readonly lastWeightG?: number; readonly heightMm?: number }, row: PlausibleWeightRow): WeightDoubt[] {
  const doubts: WeightDoubt[] = []
  if (known.lastWeightG !== undefined && Math.abs(weightG - known.lastWeightG) * 100 > known.lastWeightG * row.changePercent) doubts.push('differs-from-last')
  if (known.heightMm !== undefined) {
    const bmi = bmiOf({ weightG, heightMm: known.heightMm }) * 10
    if (bmi < row.bmiTenths[0] || bmi > row.bmiTenths[1]) doubts.push('unlikely-for-height')
  }
  return doubts
}
