import { dayNumber } from '../outcomes/practice/day-number.ts'
import { plusDaysOf } from '../shared/local-day.ts'
import type { Day } from '../shared/time.ts'
import type { RegistryRows } from './rows.ts'

/** A keyed digest in hex, by a key that the practice keeps: given from outside, since the core holds no cryptography. */
export type Keyed = (text: string) => string

/** Under what name and in what calendar a person leaves. */
export interface Alias {
  readonly person: string
  /** The day of the calendar on which their chart is taken to have opened. */
  readonly opensOn: Day
}

/** Hex digits of a name: more persons than any practice has, and none of them twice. */
const NAME = 20
const LOT = 12

/**
 * The same person gets the same name and the same days in every export of a practice, and nobody without its key can
 * work out either. The day is drawn evenly from the whole calendar and does not hang on the true one, so that neither
 * season nor year shows through, also not at the ends; what lies between two days of one person stays what it was.
 */
export function aliasOf(chart: string, keyed: Keyed, { from, days }: RegistryRows['calendar']): Alias {
  const lot = Number.parseInt(keyed(`day ${chart}`).slice(0, LOT), 16) % days
  return { person: keyed(`person ${chart}`).slice(0, NAME), opensOn: plusDaysOf(from, lot) }
}

/** By how many days a person is moved: what the practice can work out again, and nobody else. */
export const shiftOf = ({ opensOn }: Alias, openedOn: Day): number => dayNumber(opensOn) - dayNumber(openedOn)
