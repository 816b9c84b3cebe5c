import type { VisitType } from '../chart/kinds/aftercare.ts'

/** What the practice charges for one kind of visit. Code and descriptor are typed by the practice. */
export interface FeeRow {
  readonly id: string
  readonly visitType: string
  readonly code: string
  readonly descriptor: string
  /** Two-character modifiers, separated by blanks. */
  readonly modifier: string
  readonly placeOfService: string
  readonly unitsPerVisit: number
  readonly chargeCents: number
  /** An invented line: never on a real bill. */
  readonly demonstration: boolean
}

/** Things that a visit needs and that are not a visit. */
export type FeeFor = VisitType | 'laboratory'

export const feesFor = (fees: readonly FeeRow[], visitType: string): FeeRow[] => fees.filter((fee) => fee.visitType === visitType)

export const modifiersOf = (text: string): string[] => text.split(/[\s,]+/).filter((one) => one !== '')
