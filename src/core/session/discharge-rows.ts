import type { DoseRoute } from '../chart/kinds/clearance.ts'
import type { Cited } from '../shared/cited.ts'

export type DischargeRuleId = 'D1' | 'D2' | 'D3' | 'D4' | 'D5' | 'D6' | 'D7' | 'D8' | 'D9' | 'D10' | 'D11' | 'D12' | 'D13'

export interface DischargeRow extends Cited {
  readonly id: DischargeRuleId
  /** What has to be so, for a person to read. */
  readonly asks: string
}

/** The thirteen rules. All have to be met; every figure is here and none in the code. */
export interface DischargeRows {
  readonly D1: DischargeRow & {
    /** A route that is not here has no way out through these rules. */
    readonly minimum: Readonly<Partial<Record<DoseRoute, { readonly minutes: number; readonly from: 'dose' | 'end' }>>>
    readonly afterRescueMin: number
  }
  readonly D2: DischargeRow & {
    readonly systolicAtLeast: number
    readonly systolicBelow: number
    readonly diastolicBelow: number
    readonly atMostPercentOfBaseline: number
    readonly atLeastPercentOfBaseline: number
    /** A systolic pressure of at least this is high enough, whatever the baseline was. */
    readonly orSystolicAtLeast: number
  }
  readonly D3: DischargeRow & { readonly heartRate: readonly [number, number]; readonly respiratoryRate: readonly [number, number]; readonly spo2AtLeast: number; readonly orSpo2AtLeast: number; readonly notBelowBaselineBy: number }
  readonly D4: DischargeRow & { readonly moaaS: number; readonly rass: readonly [number, number] }
  readonly D5: DischargeRow & { readonly orientation: number; readonly cadssAtMost: number }
  readonly D6: DischargeRow
  readonly D7: DischargeRow & { readonly padssAtLeast: number; readonly aldreteAtLeast: number }
  readonly D8: DischargeRow & { readonly quietMin: number }
  readonly D9: DischargeRow
  readonly D10: DischargeRow
  readonly D11: DischargeRow
  readonly D12: DischargeRow & { readonly integrationWithinHours: number }
  readonly D13: DischargeRow
  /** How old the last reading and the assessment may be. */
  readonly fresh: Cited & { readonly notOlderMin: number }
  readonly overdue: Cited & { readonly prescriberAfterMin: number; readonly transferAfterMin: number }
  /** What was given to rescue, and whether leaving has to wait after it. What is not listed makes people wait. */
  readonly rescues: readonly (Cited & { readonly name: string; readonly also: readonly string[]; readonly waits: boolean })[]
}

export const dischargeRuleIds: readonly DischargeRuleId[] = ['D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7', 'D8', 'D9', 'D10', 'D11', 'D12', 'D13']
