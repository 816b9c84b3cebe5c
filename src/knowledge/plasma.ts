import type { AvailabilityRow, PlasmaModelRow, PlasmaRows } from '../core/plasma/rows.ts'
import type { SourceId } from './sources.ts'

type Sourced<Row> = Row & { readonly cites: readonly [SourceId, ...SourceId[]] }

const read = { tag: 'V', cites: ['S27'], verified: true, reviewBy: '2027-05-31' } as const
/** Chosen so that the peak comes when it was seen to come; nobody measured these rates. */
const calibrated = { eliminationPerMin: 'V', absorptionPerMin: 'D' } as const

const models = [
  {
    id: 'plasma.clements1981', name: 'Clements 1981', ...read, tags: calibrated,
    says: 'Two volumes, from healthy people given 0.25 mg/kg. The curve that is shown first; by muscle it comes out too low.',
    centralLPerKg: 1.7522, eliminationPerMin: 0.0109, exchangesPerMin: [{ out: 0.0186, back: 0.0137 }],
    absorptionPerMin: { IM: 0.0739, SL: 0.0234, PO: 0.0164 },
  },
  {
    id: 'plasma.domino1982', name: 'Domino 1982', ...read, tags: { eliminationPerMin: 'V' },
    says: 'Three volumes. It comes out too high at the end of an infusion and falls fast; only for doses into a vein.',
    centralLPerKg: 0.063, eliminationPerMin: 0.4381, exchangesPerMin: [{ out: 0.5921, back: 0.247 }, { out: 0.59, back: 0.0146 }],
    absorptionPerMin: {},
  },
  {
    // Litres an hour and litres at 70 kg: clearance 84, exchanges 161 and 79, volumes 25, 56 and 157.
    id: 'plasma.kamp2020', name: 'Kamp 2020, arterial', tag: 'V', cites: ['S27', 'S28'], verified: false, reviewBy: '2027-05-31', tags: calibrated,
    says: 'Three volumes, in arteries. Fits what was measured two hours after an infusion. Whether it follows weight in proportion, as here, has to be checked.',
    centralLPerKg: 25 / 70, eliminationPerMin: 84 / 60 / 25, exchangesPerMin: [{ out: 161 / 60 / 25, back: 161 / 60 / 56 }, { out: 79 / 60 / 25, back: 79 / 60 / 157 }],
    absorptionPerMin: { IM: 0.0212, SL: 0.012, PO: 0.0094 },
  },
] as const satisfies readonly Sourced<PlasmaModelRow>[]

const availability = [
  { id: 'plasma.share.IM', route: 'IM', share: 0.93, tag: 'V', cites: ['S30'], verified: true, reviewBy: '2027-05-31' },
  { id: 'plasma.share.SL', route: 'SL', share: 0.29, tag: 'V', cites: ['S30'], verified: true, reviewBy: '2027-05-31' },
  { id: 'plasma.share.PO', route: 'PO', share: 0.23, tag: 'V', cites: ['S30'], verified: true, reviewBy: '2027-05-31' },
] as const satisfies readonly Sourced<AvailabilityRow>[]

/** For understanding a session afterwards and for teaching. No gate, order or proposal reads it. */
export const plasma = {
  models, availability,
  caveat: {
    id: 'plasma.caveat', band: [0.5, 2], says: 'An estimate for many people, not a measurement of one. Do not dose from it.',
    tag: 'P', cites: ['P', 'S30'], verified: false, reviewBy: '2027-05-31',
  },
} as const satisfies PlasmaRows & { readonly caveat: Sourced<PlasmaRows['caveat']> }
