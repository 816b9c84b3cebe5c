import { perKgTimes } from '../shared/units.ts'
import type { Amount, DoseRow } from './rows.ts'

export interface Limits {
  readonly softUg: number
  readonly hardUg: number
  readonly slipUg: number
}

/** An amount for one person: of a per-kilogram figure and a fixed one the lower holds. */
export function amountUg(amount: Amount, weightG: number): number {
  const perKg = amount.ugPerKg === undefined ? Infinity : perKgTimes(amount.ugPerKg, weightG)
  return Math.min(perKg, amount.ug ?? Infinity)
}

/** The ceilings for one weight. A soft maximum above the hard one would be no maximum, so the lower holds. */
export function limitsFor(row: DoseRow, weightG: number): Limits {
  const hardUg = amountUg(row.hard, weightG)
  return { hardUg, softUg: Math.min(amountUg(row.soft, weightG), hardUg), slipUg: row.slip ? amountUg(row.slip, weightG) : Infinity }
}

export type Entered = { readonly action: 'OK' } | { readonly action: 'ASK_REASON' } | { readonly action: 'REFUSE'; readonly flag: 'ENTRY_ERROR' | 'ABOVE_HARD_MAX' }

/** What to say to a number typed as a dose, before anybody signs it. */
export function checkEntry(doseUg: number, row: DoseRow, weightG: number): Entered {
  const limits = limitsFor(row, weightG)
  if (doseUg <= 0 || doseUg >= limits.slipUg) return { action: 'REFUSE', flag: 'ENTRY_ERROR' }
  if (row.unitUg !== undefined && doseUg % row.unitUg !== 0) return { action: 'REFUSE', flag: 'ENTRY_ERROR' }
  if (doseUg > limits.hardUg) return { action: 'REFUSE', flag: 'ABOVE_HARD_MAX' }
  return doseUg > limits.softUg ? { action: 'ASK_REASON' } : { action: 'OK' }
}

/** Volume times strength, which a second person checks. One microlitre more or less is the width of a line on a syringe. */
export const doseFromVolumeUg = (volumeUl: number, strengthUgPerMl: number): number => (volumeUl * strengthUgPerMl) / 1_000
export const volumeFits = (doseUg: number, volumeUl: number, strengthUgPerMl: number): boolean =>
  Math.abs(doseFromVolumeUg(volumeUl, strengthUgPerMl) - doseUg) <= strengthUgPerMl / 1_000
