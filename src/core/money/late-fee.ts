import type { CancelReason, VisitType } from '../chart/kinds/aftercare.ts'
import type { Chart } from '../chart/chart.ts'
import type { EntryOf } from '../chart/entry.ts'
import { HOUR_MS, type Instant } from '../shared/time.ts'
import { feesFor, type FeeRow } from './fee.ts'

/** Reasons that a patient gives for their own visit; the other ones are the practice's to give, and cost nothing. */
export const ownReasons = ['patient-ill', 'weather', 'no-ride', 'other'] as const satisfies readonly CancelReason[]

/** What one kind of visit costs when it is cancelled late or nobody comes: an amount, or a share of its price. */
export type LateCharge = { readonly cents: number } | { readonly percent: number }

/** The practice's own rule. A kind of visit that it does not name costs nothing. */
export interface LateFeeRule {
  readonly freeUntilHours: number
  readonly charges: Readonly<Partial<Record<VisitType, LateCharge>>>
}

export const MOST_FREE_HOURS = 336
const MOST_CENTS = 100_000_00

/** The rule as the practice left it in its settings. What cannot be read charges nobody. */
export function lateFeeRule(settings: Readonly<Record<string, unknown>>): LateFeeRule {
  const kept = asObject(settings['lateFee'])
  const hours = kept['freeUntilHours']
  if (!isWhole(hours, 0, MOST_FREE_HOURS)) return { freeUntilHours: 0, charges: {} }
  const charges = Object.entries(asObject(kept['charges'])).flatMap(([type, row]): [string, LateCharge][] => {
    const { cents, percent } = asObject(row)
    if (isWhole(cents, 1, MOST_CENTS)) return [[type, { cents }]]
    return isWhole(percent, 1, 100) ? [[type, { percent }]] : []
  })
  return { freeUntilHours: hours, charges: Object.fromEntries(charges) }
}
const asObject = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {})
const isWhole = (value: unknown, least: number, most: number): value is number => typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most

export interface Cancelled {
  readonly type: VisitType
  readonly startsAt: Instant
  readonly outcome: 'cancelled' | 'no-show'
  readonly by: 'patient' | 'practice'
  readonly reason: CancelReason
  readonly knownAt: Instant
}

/** Nothing is charged by itself: this is what a person is asked to decide about. */
export type LateFee =
  | { readonly applies: false; readonly why: 'no-rule' | 'in-time' | 'practice' | 'clinical-hold' }
  /** Null where a share is asked of a visit that has no price. */
  | { readonly applies: true; readonly amountCents: number | null }

/** What the practice's rule proposes. Never for what the practice cancelled, and never for a clinical hold. */
export function lateFee(told: Cancelled, rule: LateFeeRule, fees: readonly FeeRow[]): LateFee {
  if (told.reason === 'clinical-hold') return { applies: false, why: 'clinical-hold' }
  if (told.by === 'practice' || told.reason === 'practice') return { applies: false, why: 'practice' }
  const charge = rule.charges[told.type]
  if (!charge) return { applies: false, why: 'no-rule' }
  if (told.outcome === 'cancelled' && told.knownAt <= freeUntil(told, rule)) return { applies: false, why: 'in-time' }
  if ('cents' in charge) return { applies: true, amountCents: charge.cents }
  const priced = feesFor(fees, told.type)
  const priceCents = priced.reduce((sum, { unitsPerVisit, chargeCents }) => sum + unitsPerVisit * chargeCents, 0)
  return { applies: true, amountCents: priced.length === 0 ? null : Math.round((priceCents * charge.percent) / 100) }
}

/** Up to and including this moment a visit is cancelled for nothing. */
export const freeUntil = ({ startsAt }: Pick<Cancelled, 'startsAt'>, { freeUntilHours }: LateFeeRule): Instant => new Date(Date.parse(startsAt) - freeUntilHours * HOUR_MS).toISOString()

export interface ToldFee {
  readonly told: EntryOf<'cancellation-told.v1'>
  readonly decided: EntryOf<'late-fee-decided.v1'> | undefined
}

/** Every visit that did not take place and was told so, with the decision about its fee, oldest first. The first decision stands. */
export function toldFees(chart: Chart): readonly ToldFee[] {
  const decided = chart.all('late-fee-decided.v1')
  return chart.all('cancellation-told.v1').map((told) => ({ told, decided: decided.find(({ body }) => body.told === told.id) }))
}
