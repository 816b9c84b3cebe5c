export interface NumberBounds {
  /** How many digits may follow the decimal mark; 0 is a whole number. */
  readonly decimals: number
  readonly min?: number
  readonly max?: number
}

export type ReadNumber = { readonly ok: true; readonly value: number | null } | { readonly ok: false; readonly problem: string }

/**
 * Reads a number as typed, and says what is wrong instead of guessing. Point and comma are both decimal
 * marks and nothing is a thousands mark, because a reader that takes "1,5" for 15 takes a tenfold dose with it.
 */
export function readNumber(text: string, { decimals, min, max }: NumberBounds): ReadNumber {
  const typed = text.trim()
  if (typed === '') return { ok: true, value: null }
  const parts = /^(-?\d+)(?:[.,](\d+))?$/.exec(typed)
  if (!parts) return { ok: false, problem: decimals > 0 ? 'Write a number, such as 36.5.' : 'Write a whole number.' }
  if ((parts[2]?.length ?? 0) > decimals) return { ok: false, problem: decimals > 0 ? `At most ${decimals} ${decimals === 1 ? 'digit' : 'digits'} after the point.` : 'Write a whole number.' }
  const value = Number(parts[2] ? `${parts[1]}.${parts[2]}` : parts[1])
  if (min !== undefined && value < min) return { ok: false, problem: `${value} is below ${min}, the least this can be. Please check it.` }
  if (max !== undefined && value > max) return { ok: false, problem: `${value} is above ${max}, the most this can be. Please check it.` }
  return { ok: true, value }
}
