import type { DoseRoute } from '../../../../core/chart/kinds/clearance.ts'
import type { Stated } from '../../../../core/dosing/brief.ts'
import { checkOrder, type OrderChecked, type OrderRefused } from '../../../../core/dosing/check-order.ts'
import type { Seen } from '../../../../core/dosing/decide.ts'
import type { Body } from '../../../../core/dosing/weight.ts'
import type { Result } from '../../../../core/shared/result.ts'
import { kg, mg } from '../../../../core/shared/units.ts'
import type { DosingRows } from '../../../../core/dosing/rows.ts'
import { medicationFor, weightChoices, type WeightChoice } from './known.ts'

/** What stands in the fields of an order. Nothing is filled in by itself: a dose only where the prescriber accepted a proposal. */
export interface OrderDraft {
  readonly route: DoseRoute | null
  readonly doseMg: number | null
  readonly boosterMg: number | null
  readonly maxTotalMg: number | null
  readonly strengthMgPerMl: number | null
  readonly basis: WeightChoice['id'] | 'typed' | null
  readonly typedKg: number | null
  readonly validFrom: string | null
  readonly validUntil: string | null
  readonly instructions: string
  readonly reason: string
  readonly code: string
  /** The proposal of the titration brief that this order answers, as the prescriber saw it. */
  readonly titration: { readonly how: 'accept' | 'change'; readonly stated: Stated; readonly seen: Seen; readonly reason: string } | null
}
export const blankOrder: OrderDraft = { route: null, doseMg: null, boosterMg: null, maxTotalMg: null, strengthMgPerMl: null, basis: null, typedKg: null, validFrom: null, validUntil: null, instructions: '', reason: '', code: '', titration: null }

/** The weight the order names; a typed one only where the chart does not know the body. */
export function weightOf(draft: OrderDraft, body: Body | undefined): number | undefined {
  if (draft.basis === 'typed') return draft.typedKg === null ? undefined : kg(draft.typedKg)
  return body && weightChoices(body).choices.find(({ id, allowed }) => id === draft.basis && allowed)?.weightG
}

type OrderBody = NonNullable<ReturnType<typeof orderBody>>

/** The order as it will be signed; nothing while a needed field is empty. */
export function orderBody(draft: OrderDraft, body: Body | undefined) {
  const weightG = weightOf(draft, body)
  const { route, doseMg, maxTotalMg, validFrom, validUntil } = draft
  if (route === null || doseMg === null || maxTotalMg === null || weightG === undefined || !validFrom || !validUntil) return undefined
  return {
    medication: medicationFor(route), route, doseUg: mg(doseMg), boosterUg: mg(draft.boosterMg ?? 0), maxTotalUg: mg(maxTotalMg), weightG, validFrom, validUntil,
    ...(draft.strengthMgPerMl === null ? {} : { strengthUgPerMl: mg(draft.strengthMgPerMl) }), instructions: draft.instructions.trim(), reason: draft.reason.trim(),
  }
}

/** What the rulebook says to an order. The server asks the same function again before it stores anything. */
const judged = (order: OrderBody | undefined, body: Body | undefined, dosing: DosingRows): Result<OrderChecked, OrderRefused> | undefined => order && checkOrder(order, dosing, body)

const day = (value: string | null, says: string) => (value ? undefined : says)

/** What is missing, field by field, and what the rulebook refuses. */
export function orderProblems(draft: OrderDraft, body: Body | undefined, today: string, dosing: DosingRows): Record<string, string | undefined> {
  const check = judged(orderBody(draft, body), body, dosing)
  const refused = check && !check.ok ? check.refusal : undefined
  return {
    route: draft.route ? undefined : 'Choose how it is given.', dose: draft.doseMg === null || draft.doseMg <= 0 ? 'Write the dose in mg.' : refused && refused.code !== 'reason-needed' ? refused.says : undefined, total: draft.maxTotalMg === null ? 'Write the most that may be given in one session, booster included.' : undefined,
    weight: weightOf(draft, body) === undefined ? 'Choose the weight this order is computed with.' : undefined, validFrom: day(draft.validFrom, 'Say from which day it holds.'), validUntil: day(draft.validUntil, 'Say until which day it holds.') ?? (draft.validUntil! < today ? 'An order that has run out before it is signed helps nobody.' : undefined),
    reason: refused?.code === 'reason-needed' ? refused.says : undefined, code: /^\d{6}$/.test(draft.code) ? undefined : 'The one-time code has six digits.',
  }
}
