/** How sure a figure is: V seen in the source named, M from memory and not checked, D worked out from sources, P our own proposal for a medical director to adopt. */
export type Tag = 'V' | 'M' | 'D' | 'P'

/** What every row of the rulebook carries: where it comes from, whether somebody has verified it, and when it is looked at again. */
export interface Provenance {
  readonly cites: readonly [string, ...string[]]
  readonly verified: boolean
  /** ISO day. */
  readonly reviewBy: string
}

/** A row with one tag for all of it. */
export interface Cited extends Provenance {
  readonly id: string
  readonly tag: Tag
}
