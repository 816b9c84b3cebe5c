import type { BoosterRow, DoseRow, DosingRows, PlausibleWeightRow, RouteRow, WeightRow } from '../core/dosing/rows.ts'
import { kg, mg, mgPerKg } from '../core/shared/units.ts'
import type { SourceId } from './sources.ts'

type Sourced<Row> = Row & { readonly cites: readonly [SourceId, ...SourceId[]] }

/** A product default: a medical director has to adopt it before anybody is dosed by it. */
const adopt = { tag: 'P', verified: false, reviewBy: '2027-05-31' } as const
const seen = { tag: 'V', verified: true, reviewBy: '2027-05-31' } as const
const recalled = { tag: 'M', verified: false, reviewBy: '2027-05-31' } as const

/** How much of a dose arrives, and when. Ranges are the lowest and highest figure found. */
const routes = [
  {
    id: 'route.IV', route: 'IV', name: 'into a vein, over 40 minutes', bioavailability: [1, 1], onsetMin: [5, 10], peakMin: [30, 45], acuteEndMin: [80, 100],
    says: 'It builds up while the infusion runs, is strongest around its end, and eases within the hour after.', ...recalled, cites: ['S30', 'P'],
  },
  {
    id: 'route.IM', route: 'IM', name: 'into a muscle', bioavailability: [0.93, 0.93], onsetMin: [3, 5], peakMin: [15, 25], acuteEndMin: [60, 90],
    says: 'It begins within minutes, is strongest about twenty minutes in, and eases within an hour or an hour and a half.', ...recalled, cites: ['S30', 'S12', 'S50'],
  },
  {
    id: 'route.SL', route: 'SL', name: 'under the tongue', bioavailability: [0.24, 0.32], onsetMin: [5, 15], peakMin: [15, 60], acuteEndMin: [60, 120],
    says: 'It comes on slowly while the lozenge dissolves, is strongest within the first hour, and eases over one to two hours.', ...recalled, cites: ['S30'],
  },
  {
    id: 'route.PO', route: 'PO', name: 'swallowed', bioavailability: [0.08, 0.23], onsetMin: [20, 45], peakMin: [45, 75], acuteEndMin: [120, 240],
    says: 'It comes on late, is strongest about an hour in, and can take up to four hours to pass.', ...recalled, cites: ['S30'],
  },
  {
    id: 'route.IN-esketamine', route: 'IN-esketamine', name: 'esketamine nasal spray', bioavailability: [0.4, 0.54], onsetMin: [10, 15], peakMin: [36, 40], acuteEndMin: [90, 120],
    says: 'It begins within a quarter of an hour, is strongest at about forty minutes, and is watched for two hours.', ...recalled, cites: ['S29', 'S11'],
  },
] as const satisfies readonly Sourced<RouteRow>[]

/** The dose table. Racemic ketamine by nose has no row: it stays switched off (see the alert of 2022). */
const doses = [
  {
    id: 'dose.IV', route: 'IV', medication: 'racemic-ketamine',
    start: { ugPerKg: mgPerKg(0.5) }, usual: [{ ugPerKg: mgPerKg(0.5) }, { ugPerKg: mgPerKg(0.8) }], step: { ugPerKg: mgPerKg(0.1) },
    soft: { ugPerKg: mgPerKg(0.8) }, hard: { ugPerKg: mgPerKg(1), ug: mg(100) }, roundToUg: mg(1), slip: { ugPerKg: mgPerKg(2) },
    literature: 'Single-dose arms from 0.1 to 1.0 mg/kg; three infusions of 0.8 mg/kg in alcohol use disorder. Anesthesia begins at 1 mg/kg as a bolus.',
    tags: { start: 'V', slip: 'P' }, ...adopt, cites: ['P', 'S7', 'S22', 'S40', 'S17', 'S12'],
  },
  {
    id: 'dose.IM', route: 'IM', medication: 'racemic-ketamine',
    start: { ugPerKg: mgPerKg(0.5) }, usual: [{ ugPerKg: mgPerKg(0.5) }, { ugPerKg: mgPerKg(1) }], step: { ugPerKg: mgPerKg(0.1) },
    soft: { ugPerKg: mgPerKg(1) }, hard: { ugPerKg: mgPerKg(1.5), ug: mg(130) }, roundToUg: mg(1), slip: { ugPerKg: mgPerKg(6.5) },
    literature: 'A first dose of 0.25 to 0.5 mg/kg is common; 2 mg/kg was given to inpatients. Anesthesia begins at 6.5 mg/kg.',
    tags: { slip: 'P' }, ...adopt, cites: ['P', 'S16', 'S12'],
  },
  {
    id: 'dose.SL', route: 'SL', medication: 'racemic-ketamine',
    start: { ug: mg(100) }, usual: [{ ug: mg(100) }, { ug: mg(300) }], step: { ug: mg(50) }, soft: { ug: mg(300) }, hard: { ug: mg(400) }, roundToUg: mg(25),
    literature: 'From 10 mg in one series to 300 to 450 mg at home in another; lozenges of 100 to 400 mg in practice.',
    tags: {}, ...adopt, cites: ['P', 'S4', 'S19', 'S40'],
  },
  {
    id: 'dose.PO', route: 'PO', medication: 'racemic-ketamine',
    start: { ugPerKg: mgPerKg(0.5) }, usual: [{ ugPerKg: mgPerKg(1) }, { ugPerKg: mgPerKg(2.5) }], step: { ugPerKg: mgPerKg(0.5) },
    soft: { ugPerKg: mgPerKg(2.5) }, hard: { ug: mg(300) }, roundToUg: mg(5),
    literature: 'From 0.25 to 7 mg/kg, or 25 to 300 mg whatever the weight.',
    tags: {}, ...adopt, cites: ['P', 'S40'],
  },
  {
    id: 'dose.IN-esketamine', route: 'IN-esketamine', medication: 'esketamine',
    start: { ug: mg(56) }, usual: [{ ug: mg(56) }, { ug: mg(84) }], step: { ug: mg(28) }, soft: { ug: mg(84) }, hard: { ug: mg(84) }, roundToUg: mg(28), unitUg: mg(28),
    literature: 'As on the label: 56 mg on the first day, then 56 or 84 mg, in devices of 28 mg.',
    tags: { start: 'V', usual: 'V', step: 'V', hard: 'V' }, ...seen, cites: ['S11'],
  },
] as const satisfies readonly Sourced<DoseRow>[]

const booster = { quietMin: 10, moaaSAtLeast: 4, ageBelow: 65, notInFirstSession: true, ...adopt, cites: ['P'] } as const

/** By vein, by mouth and by nose there is no second dose in a session. */
const boosters = [
  { id: 'booster.IM', route: 'IM', windowMin: [10, 20], ...booster },
  { id: 'booster.SL', route: 'SL', windowMin: [20, 30], ...booster },
] as const satisfies readonly Sourced<BoosterRow>[]

/** Formulas after Devine and Janmahasatian; the cut at a body mass index of 30 follows the consensus letter. */
const weight = {
  id: 'dosing.weight', maleBaseG: kg(50), femaleBaseG: kg(45.5), perInchG: kg(2.3), fromInches: 60, idealFromBmiTenths: 300, adjustedShare: 0.4,
  leanMale: { scale: 9270, base: 6680, perBmi: 216 }, leanFemale: { scale: 9270, base: 8780, perBmi: 244 },
  ...recalled, cites: ['S7', 'P'],
} as const satisfies Sourced<WeightRow>

const plausibleWeight = {
  id: 'dosing.plausible-weight', changePercent: 15, bmiTenths: [130, 700], ...adopt, cites: ['P'],
} as const satisfies Sourced<PlausibleWeightRow>

export const dosing = { routes, doses, boosters, weight, plausibleWeight } as const satisfies DosingRows
