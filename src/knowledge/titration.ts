import type { Medicine } from '../core/eligibility/medicine.ts'
import type { TitrationRows } from '../core/dosing/titration.ts'
import { interactions } from './interactions.ts'
import type { SourceId } from './sources.ts'

type Sourced<Row> = Row & { readonly cites: readonly [SourceId, ...SourceId[]] }

/** A product default: a medical director has to adopt it before anybody reads a proposal. */
const adopt = { tag: 'P', verified: false, reviewBy: '2027-05-31' } as const

/** From one session to the next. A proposal with its reasons, never an order; nothing here says that deeper is better. */
export const titration = {
  adult: { id: 'titration.adult', fromYears: 18, tag: 'V', cites: ['S11'], verified: true, reviewBy: '2027-05-31' },
  review: { id: 'titration.review', alert: 'red', grade: 3, ...adopt, cites: ['P'] },
  lower: { id: 'titration.lower', alert: 'orange', grade: 2, moaaSAtMost: 2, ...adopt, cites: ['P'] },
  keep: { id: 'titration.keep', responsePercent: 50, alert: 'yellow', ...adopt, cites: ['P', 'S19', 'S21'] },
  floor: { id: 'titration.floor', shareOfStart: 0.5, ...adopt, cites: ['P'] },
  start: {
    older: { id: 'titration.start.older', fromYears: 65, share: 0.5, ...adopt, cites: ['P', 'S11'] },
    inhibited: { id: 'titration.start.inhibited', share: { PO: 1 / 3, SL: 0.5 }, ...adopt, cites: ['P', 'S14'] },
  },
  /** The nearest dose that can be measured out; of lozenges and devices the one below. */
  rounding: { id: 'titration.rounding', down: ['SL', 'IN-esketamine'], ...adopt, cites: ['P'] },
} as const satisfies { readonly [Name in keyof TitrationRows]: Name extends 'start' ? { readonly [Part in keyof TitrationRows['start']]: Sourced<TitrationRows['start'][Part]> } : Sourced<Exclude<TitrationRows[Name], TitrationRows['start']>> }

/** Ingredients that slow the breakdown of a swallowed dose: with them it starts lower. */
export const slowingBreakdown: readonly Medicine[] = [...interactions.cyp3a4Inhibitors.medicines, ...interactions.cyp2b6Inhibitors.medicines]
