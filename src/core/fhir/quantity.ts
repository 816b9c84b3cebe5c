import { z } from 'zod'
import { refuse, ok, type Result } from '../shared/result.ts'
import { UCUM } from './codes.ts'

export const quantitySchema = z.object({
  value: z.number().optional(), comparator: z.string().optional(), unit: z.string().optional(), system: z.string().optional(), code: z.string().optional(),
})
export type Quantity = z.infer<typeof quantitySchema>
export type Dimension = keyof typeof spellings

/**
 * A measured amount in the chart's own unit of its dimension (mmHg, per minute, %, tenths of °C, g, mm), not
 * yet rounded. Refused: no value, no unit, a unit of another kind, a unit and a code that contradict each
 * other, and "less than" or "more than", since a bound is not a reading.
 */
export function readAmount(quantity: Quantity, dimension: Dimension): Result<number, string> {
  if (quantity.value === undefined) return refuse('the amount has no value')
  if (quantity.comparator !== undefined) return refuse(`the amount is a bound (${quantity.comparator} ${quantity.value}), not a reading`)
  const byCode = quantity.code === undefined ? undefined : convert(quantity.code, dimension)
  const byUnit = quantity.unit === undefined ? undefined : convert(quantity.unit, dimension)
  const named = quantity.code ?? quantity.unit
  if (named === undefined || named.trim() === '') return refuse(`${quantity.value} has no unit`)
  if (quantity.code !== undefined && !byCode) return refuse(`the unit ${quantity.code} is not known here for this measurement`)
  const toOwn = byCode ?? byUnit
  if (!toOwn) return refuse(`the unit ${named} is not known here for this measurement`)
  const contradicts = quantity.unit !== undefined && (byUnit ? byUnit(quantity.value) !== toOwn(quantity.value) : isOtherUnit(quantity.unit, dimension))
  if (contradicts) return refuse(`the unit says ${quantity.unit} and its code says ${quantity.code}`)
  return ok(toOwn(quantity.value))
}

/** How the chart's own units are written in UCUM. */
export const ucum = (value: number, unit: string, code: string) => ({ value, unit, system: UCUM, code })

const same = (value: number) => value
const times = (factor: number) => (value: number) => value * factor

/** Spellings in use, in lower case: UCUM's own first, then what systems write in its place. */
const spellings = {
  pressure: { 'mm[hg]': same, mmhg: same, 'mm hg': same },
  rate: { '/min': same, '{beats}/min': same, '{breaths}/min': same, 'beats/min': same, 'beats/minute': same, 'beats per minute': same, bpm: same, 'breaths/min': same, 'breaths/minute': same, 'breaths per minute': same, 'per minute': same },
  percent: { '%': same, '%o2': same, percent: same },
  temperature: { cel: times(10), '°c': times(10), degc: times(10), '[degf]': fahrenheit, '°f': fahrenheit, degf: fahrenheit },
  weight: { kg: times(1_000), g: same, '[lb_av]': times(453.592_37), lb: times(453.592_37), lbs: times(453.592_37), '[oz_av]': times(28.349_523_125) },
  height: { cm: times(10), m: times(1_000), mm: same, '[in_i]': times(25.4), in: times(25.4), inch: times(25.4), inches: times(25.4) },
} as const

function fahrenheit(value: number): number {
  return ((value - 32) * 50) / 9
}

function convert(spelling: string, dimension: Dimension): ((value: number) => number) | undefined {
  const known: Record<string, (value: number) => number> = spellings[dimension]
  const key = spelling.trim().toLowerCase()
  return Object.hasOwn(known, key) ? known[key] : undefined
}

const isOtherUnit = (spelling: string, dimension: Dimension) =>
  (Object.keys(spellings) as Dimension[]).some((other) => other !== dimension && convert(spelling, other) !== undefined)
