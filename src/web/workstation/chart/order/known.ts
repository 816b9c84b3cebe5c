import type { Chart } from '../../../../core/chart/chart.ts'
import type { DoseRoute } from '../../../../core/chart/kinds/clearance.ts'
import { adjustedWeightG, bmiTenthsOf, idealWeightG, leanWeightG, usesIdealWeight, type Body } from '../../../../core/dosing/weight.ts'
import { factValue } from '../../../../core/session/chart-gates.ts'
import { showKg } from '../../../../core/shared/units.ts'
import { dosing } from '../../../../knowledge/dosing.ts'

/** What the chart knows of the body; nothing while any of the three is missing. */
export function bodyOf(chart: Chart): Body | undefined {
  const weight = chart.latest('weight.v1')
  const height = chart.latest('height.v1')
  const sex = factValue(chart, 'sexAtBirth')
  return weight && height && sex !== undefined ? { weightG: weight.body.weightG, heightMm: height.body.heightMm, sex } : undefined
}

/** A weight a dose may be computed with, and how it comes about. */
export interface WeightChoice {
  readonly id: 'actual' | 'ideal' | 'adjusted'
  readonly weightG: number
  readonly says: string
  readonly allowed: boolean
}

/** Below the row's body mass index the actual weight; from it on the ideal or the adjusted one. Lean weight is shown and never used. */
export function weightChoices(body: Body): { readonly choices: readonly WeightChoice[]; readonly bmi: string; readonly lean: string } {
  const row = dosing.weight
  const heavy = usesIdealWeight(body, row)
  const cut = row.idealFromBmiTenths / 10
  const [ideal, adjusted] = [idealWeightG(body, row), adjustedWeightG(body, row)]
  return {
    bmi: String(bmiTenthsOf(body) / 10), lean: showKg(Math.round(leanWeightG(body, row) / 100) * 100),
    choices: [
      { id: 'actual', weightG: body.weightG, allowed: !heavy, says: heavy ? `As weighed. Not used from a BMI of ${cut} on.` : `As weighed. Used below a BMI of ${cut}.` },
      { id: 'ideal', weightG: ideal, allowed: heavy, says: heavy ? 'Ideal weight for this height and sex, after Devine.' : `Ideal weight. Only from a BMI of ${cut} on.` },
      { id: 'adjusted', weightG: adjusted, allowed: heavy, says: heavy ? `Ideal weight and ${row.adjustedShare * 100} % of what lies above it.` : `Adjusted weight. Only from a BMI of ${cut} on.` },
    ],
  }
}

export const medicationFor = (route: DoseRoute) => (route === 'IN-esketamine' ? 'esketamine' : 'racemic-ketamine') as 'esketamine' | 'racemic-ketamine'
export const routeNames = Object.fromEntries(dosing.routes.map(({ route, name }) => [route, name])) as Record<DoseRoute, string>
