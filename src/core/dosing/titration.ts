import type { DoseRoute } from '../chart/kinds/clearance.ts'
import type { Cited } from '../shared/cited.ts'
import type { AlertLevel } from '../session/rows.ts'
import type { Truth } from '../shared/truth.ts'
import type { DoseRow } from './rows.ts'

/** When a dose goes up, stays, goes down or is left to the prescriber, as figures. The steps and ceilings stand in the dose table. */
export interface TitrationRows {
  readonly adult: Cited & { readonly fromYears: number }
  readonly review: Cited & { readonly alert: AlertLevel; readonly grade: number }
  readonly lower: Cited & { readonly alert: AlertLevel; readonly grade: number; readonly moaaSAtMost: number }
  readonly keep: Cited & { readonly responsePercent: number; readonly alert: AlertLevel }
  readonly floor: Cited & { readonly shareOfStart: number }
  readonly start: {
    readonly older: Cited & { readonly fromYears: number; readonly share: number }
    readonly inhibited: Cited & { readonly share: Readonly<Partial<Record<DoseRoute, number>>> }
  }
  readonly rounding: Cited & { readonly down: readonly DoseRoute[] }
}

export type TitrationRule =
  | 'not-adult' | 'not-cleared' | 'red-or-severe' | 'orange-grade-or-sedation' | 'too-intense' | 'enough-response' | 'yellow' | 'too-little'
  | 'ideal-weight' | 'older' | 'inhibitor'

/** One rule as it was judged, with the facts it looked at; what is not known stands among them as null. */
export interface JudgedRule {
  readonly id: TitrationRule
  readonly state: 'met' | 'not-met' | 'not-evaluable'
  readonly facts: Readonly<Record<string, unknown>>
}

export const judged = (id: TitrationRule, truth: Truth, facts: Readonly<Record<string, unknown>>): JudgedRule => ({
  id, state: truth === 'yes' ? 'met' : truth === 'no' ? 'not-met' : 'not-evaluable',
  facts: Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, value ?? null])),
})

/** What of the facts is missing, where a rule could not be judged. */
export const missingIn = (rules: readonly JudgedRule[]): string[] =>
  [...new Set(rules.flatMap(({ state, facts }) => (state === 'not-evaluable' ? Object.keys(facts).filter((name) => facts[name] === null) : [])))]

export const holds = <Value>(value: Value | undefined, test: (known: Value) => boolean): Truth => (value === undefined ? 'unknown' : test(value) ? 'yes' : 'no')

/** A dose that can be given, between two bounds that rounding never crosses; the upper one holds where they leave nothing between. */
export function measured(row: DoseRow, doseUg: number, { atLeastUg, atMostUg }: { readonly atLeastUg: number; readonly atMostUg: number }, rounding: TitrationRows['rounding']): number {
  const whole = rounding.down.includes(row.route) ? Math.floor : Math.round
  const step = row.roundToUg
  const nearest = Math.max(whole(doseUg / step), Math.ceil(atLeastUg / step))
  return Math.min(nearest, Math.floor(atMostUg / step)) * step
}

/** Whether the dose table needs a weight for this route at all. */
export const needsWeight = ({ start, step, soft, hard }: DoseRow): boolean => [start, step, soft, hard].some(({ ugPerKg }) => ugPerKg !== undefined)
