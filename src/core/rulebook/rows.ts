import type { Cited } from '../shared/cited.ts'

/** A figure that stands in a row by name: where, which way is tighter, and between what it may lie. */
export interface FigureRow {
  /** From the top of the book, parts apart by `/`; a row by its id, and `*` for any. */
  readonly at: string
  readonly name: string
  readonly unit: string
  readonly tighter: 'higher' | 'lower'
  readonly between: readonly [number, number]
  readonly step: number
}

/**
 * Between what a threshold of one fact may lie, wherever a rule compares it: one span for rules that speak from a
 * value up, one for rules that speak from a value down. A pressure typed into the other pressure's field lies outside.
 */
export interface BoundRow {
  readonly of: string
  readonly name: string
  readonly unit: string
  readonly upwards?: readonly [number, number]
  readonly downwards?: readonly [number, number]
  readonly step: number
}

/** Dials that may never stand looser than they ship, whoever signs. */
export interface FloorRow extends Cited {
  /** Dials by id, `*` for any part. */
  readonly holds: readonly string[]
  readonly because: string
}

/** What may be turned at all, how far, and what may not. */
export interface DialRows {
  readonly figures: readonly FigureRow[]
  readonly bounds: readonly BoundRow[]
  readonly floors: readonly FloorRow[]
  /** Mildest first. */
  readonly strengths: { readonly rule: readonly string[]; readonly gate: readonly string[] }
  /** What a rule must not leave open: fewer characters are no reason. */
  readonly reasonCharacters: number
}
