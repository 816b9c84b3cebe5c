import type { Protocol } from '../course/protocol.ts'
import { ok, refuse, type Result } from '../shared/result.ts'
import { showMoney } from '../shared/units.ts'
import { feesFor, type FeeRow } from './fee.ts'

export interface EstimateRules {
  /** Billed this much or more above the estimate, the person may dispute the bill. */
  readonly disputeCents: number
  /** Scheduled and billed apart from the course: shown with what is known, outside the total. */
  readonly separate: readonly string[]
  /** Needed once a course although they are no visit of the protocol. */
  readonly once: readonly string[]
  /** Never charged, so a missing price is no gap. */
  readonly free: readonly string[]
  readonly names: Readonly<Record<string, string>>
}

export interface EstimateLine {
  readonly visitType: string
  /** The practice's descriptor, or the plain name of the visit. */
  readonly service: string
  readonly code: string
  readonly visits: number
  readonly units: number
  readonly unitCents: number
  readonly chargeCents: number
}

export interface SeparateLine {
  readonly visitType: string
  readonly service: string
  readonly code: string
  readonly visits: number
  readonly units: number
  /** Null when somebody else bills it and the practice does not know the price. */
  readonly chargeCents: number | null
}

export interface Estimate {
  readonly protocol: string
  readonly lines: readonly EstimateLine[]
  readonly separate: readonly SeparateLine[]
  readonly totalCents: number
  readonly separateCents: number
  /** A bill at or above this may be disputed. */
  readonly disputeFromCents: number
}

export interface Unpriced {
  readonly problem: 'unpriced'
  readonly visitType: string
  readonly says: string
}

/**
 * The whole course as lines × units, in whole cents. A planned visit without a price is refused rather than
 * counted as nothing; visits that are decided one at a time (maintenance) are not part of it.
 */
export function estimate(protocol: Protocol, fees: readonly FeeRow[], rules: EstimateRules): Result<Estimate, readonly Unpriced[]> {
  const planned = protocol.phases.filter((phase) => phase.count > 0).map((phase) => ({ visitType: phase.type as string, visits: phase.count }))
  const wanted = [...planned, ...rules.once.map((visitType) => ({ visitType, visits: 1 }))]
  const name = (visitType: string) => rules.names[visitType] ?? visitType
  const together = wanted.filter((one) => !rules.separate.includes(one.visitType))
  const unpriced = together.filter((one) => feesFor(fees, one.visitType).length === 0 && !rules.free.includes(one.visitType))
  if (unpriced.length > 0) return refuse(unpriced.map((one): Unpriced => ({ problem: 'unpriced', visitType: one.visitType, says: `There is no price for: ${name(one.visitType)}.` })))
  const lines = together.flatMap((one) => feesFor(fees, one.visitType).map((fee) => lineOf(fee, one.visits, name(one.visitType))))
  const separate = wanted.filter((one) => rules.separate.includes(one.visitType)).flatMap((one) => separateLines(one, fees, name(one.visitType)))
  const totalCents = lines.reduce((sum, line) => sum + line.chargeCents, 0)
  const separateCents = separate.reduce((sum, line) => sum + (line.chargeCents ?? 0), 0)
  return ok({ protocol: protocol.id, lines, separate, totalCents, separateCents, disputeFromCents: totalCents + rules.disputeCents })
}

/** Whether a bill stands so far above the estimate that the person may dispute it. */
export const mayDispute = (made: Pick<Estimate, 'disputeFromCents'>, billedCents: number): boolean => billedCents >= made.disputeFromCents

/** The sentences that go with the figures, with the amounts put in. */
export function estimateSentences(made: Estimate, sentences: readonly string[], rules: Pick<EstimateRules, 'disputeCents'>): string[] {
  return sentences.map((sentence) => sentence.replaceAll('{total}', showMoney(made.totalCents)).replaceAll('{dispute}', showMoney(rules.disputeCents)).replaceAll('{from}', showMoney(made.disputeFromCents)))
}

function lineOf(fee: FeeRow, visits: number, name: string): EstimateLine {
  const units = visits * fee.unitsPerVisit
  return { visitType: fee.visitType, service: fee.descriptor || name, code: fee.code, visits, units, unitCents: fee.chargeCents, chargeCents: units * fee.chargeCents }
}

function separateLines(one: { readonly visitType: string; readonly visits: number }, fees: readonly FeeRow[], name: string): SeparateLine[] {
  const known = feesFor(fees, one.visitType)
  if (known.length === 0) return [{ visitType: one.visitType, service: name, code: '', visits: one.visits, units: one.visits, chargeCents: null }]
  return known.map((fee) => {
    const { visitType, service, code, visits, units, chargeCents } = lineOf(fee, one.visits, name)
    return { visitType, service, code, visits, units, chargeCents }
  })
}
