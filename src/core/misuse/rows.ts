import type { FactName } from '../chart/facts.ts'
import type { Cited } from '../shared/cited.ts'

/**
 * Where a sign is read from, beside what somebody reported of it. A fact says it by being yes, by listing something or by
 * lying below a number; `suggests` only makes it open, since the question also asks about something else. An answer to a questionnaire says it from a value
 * on. `own-supply` is
 * the count of what a person brings along, from one session to the next.
 */
export type SignSource =
  | { readonly fact: FactName; readonly is: 'yes' | 'not-empty' | 'suggests' }
  | { readonly fact: FactName; readonly below: number }
  | { readonly instrument: string; readonly item: string; readonly atLeast: number }
  | { readonly count: 'own-supply' }

export interface MisuseSignRow extends Cited {
  readonly says: string
  readonly reads: readonly SignSource[]
}

/** Signs that are counted, one each, and what so many of them ask for. */
export interface MisuseRows extends Cited {
  readonly signs: readonly MisuseSignRow[]
  readonly reviewFrom: number
  readonly holdFrom: number
  /** What everybody on the team reads while dosing waits: that it waits for a prescriber, and not what for. */
  readonly hold: { readonly id: string; readonly says: string }
  /** What the prescriber is told. */
  readonly asks: string
  readonly reasonCharacters: number
}
