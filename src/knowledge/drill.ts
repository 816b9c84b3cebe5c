import type { DrillDepthRow, DrillEventRow, DrillMoveRow, DrillPersonRow, DrillRows } from '../core/drill/rows.ts'
import type { SourceId } from './sources.ts'

type Sourced<Row> = Row & { readonly cites: readonly [SourceId, ...SourceId[]] }

/** Made up for training, to look like what the sources describe. Nobody's real chart is read with it. */
const invented = { tag: 'P', verified: false, reviewBy: '2027-05-31' } as const

const person = {
  id: 'drill.person', ...invented, cites: ['P'],
  weightKg: [54, 98], sensitivity: [0.7, 1.35],
  at: { systolicMmHg: [106, 130], diastolicMmHg: [64, 82], heartRatePerMin: [58, 82], respiratoryRatePerMin: [13, 17], spo2Percent: [97, 99], temperatureDeciC: [362, 371] },
  unsteady: { systolicMmHg: 4, diastolicMmHg: 3, heartRatePerMin: 3, respiratoryRatePerMin: 1, spo2Percent: 1 },
} as const satisfies Sourced<DrillPersonRow>

/** The spans are chosen so that as many people rise by 40 over 25 as the label counts, 8 to 19 of a hundred (S11). */
const moves = [
  { id: 'drill.systolic', moves: 'systolicMmHg', most: [8, 74], halfNgPerMl: 120, ...invented, cites: ['P', 'S11', 'S38'] },
  { id: 'drill.diastolic', moves: 'diastolicMmHg', most: [5, 44], halfNgPerMl: 120, ...invented, cites: ['P', 'S11', 'S38'] },
  { id: 'drill.pulse', moves: 'heartRatePerMin', most: [4, 34], halfNgPerMl: 120, ...invented, cites: ['P', 'S38'] },
  { id: 'drill.breathing', moves: 'respiratoryRatePerMin', most: [-1, 3], halfNgPerMl: 120, ...invented, cites: ['P'] },
  { id: 'drill.saturation', moves: 'spo2Percent', most: [-2, 0], halfNgPerMl: 150, ...invented, cites: ['P'] },
  { id: 'drill.intensity', moves: 'intensity', most: [7, 11], halfNgPerMl: 70, ...invented, cites: ['P', 'S30'] },
  { id: 'drill.dissociation', moves: 'dissociation', most: [7, 12], halfNgPerMl: 90, ...invented, cites: ['P', 'S30'] },
  { id: 'drill.nausea', moves: 'nausea', most: [0, 4], halfNgPerMl: 100, ...invented, cites: ['P'] },
  { id: 'drill.distress', moves: 'distress', most: [0, 6], halfNgPerMl: 100, ...invented, cites: ['P'] },
] as const satisfies readonly Sourced<DrillMoveRow>[]

const depths = [
  { id: 'drill.awake', fromNgPerMl: 0, moaaS: 5, rass: 0, orientation: 4, ...invented, cites: ['P'] },
  { id: 'drill.drowsy', fromNgPerMl: 110, moaaS: 4, rass: -1, orientation: 3, ...invented, cites: ['P', 'S30'] },
  { id: 'drill.deep', fromNgPerMl: 260, moaaS: 3, rass: -2, orientation: 1, ...invented, cites: ['P', 'S30'] },
  { id: 'drill.very-deep', fromNgPerMl: 520, moaaS: 2, rass: -4, orientation: 0, ...invented, cites: ['P', 'S30'] },
] as const satisfies readonly Sourced<DrillDepthRow>[]

const acting = ['rescue-given.v1', 'emergency-step.v1'] as const

const events = [
  {
    id: 'drill.high-pressure', name: 'The pressure climbs', says: 'The pressure rises far and stays there, without any other sign, until somebody acts.', ...invented, cites: ['P', 'S11', 'S10'],
    startsMin: [18, 40], overMin: 6, reaches: { systolicMmHg: 192, diastolicMmHg: 114, heartRatePerMin: 112 }, symptoms: [], raises: ['BP-S', 'BP-D'],
    eases: { after: acting, overMin: 15 }, asks: ['Was the pressure read again within five minutes?', 'Was the person asked about pain, breath, sight, weakness and confusion?', 'Was the prescriber called within two minutes?'],
  },
  {
    id: 'drill.chest-pain', name: 'Pain in the chest', says: 'High pressure, and a tight feeling in the chest.', ...invented, cites: ['P'],
    startsMin: [15, 45], overMin: 4, reaches: { systolicMmHg: 188, diastolicMmHg: 108, heartRatePerMin: 118 }, symptoms: ['chest-pain'], raises: ['BP-S', 'SX'],
    eases: { after: acting, overMin: 20 }, asks: ['Was 911 called?', 'Was the emergency card opened and every step written down?'],
  },
  {
    id: 'drill.saturation', name: 'The saturation falls', says: 'Breathing becomes slow and shallow, and the saturation falls.', ...invented, cites: ['P', 'S37'],
    startsMin: [6, 25], overMin: 3, reaches: { spo2Percent: 84, respiratoryRatePerMin: 7, moaaS: 2, rass: -4 }, symptoms: [], raises: ['SPO2', 'RR', 'MOAAS'],
    eases: { after: acting, overMin: 4 }, asks: ['Was the person woken and the jaw lifted at once?', 'Was oxygen given, and written down?'],
  },
  {
    id: 'drill.laryngospasm', name: 'A noise from the throat', says: 'A high noise with every breath, then hardly any air.', ...invented, cites: ['P', 'S35'],
    startsMin: [5, 25], overMin: 2, reaches: { spo2Percent: 82, heartRatePerMin: 126 }, symptoms: ['laryngeal-noise'], raises: ['SX', 'SPO2'],
    eases: { after: acting, overMin: 3 }, asks: ['Was the noise written down as a symptom, before the saturation fell?', 'Was 911 called?'],
  },
  {
    id: 'drill.vomiting', name: 'Vomiting while half asleep', says: 'Nausea grows, and the person vomits lying on the back.', ...invented, cites: ['P'],
    startsMin: [20, 50], overMin: 4, reaches: { nausea: 9, heartRatePerMin: 104, spo2Percent: 93 }, symptoms: ['vomiting'], raises: ['SX'],
    eases: { after: acting, overMin: 10 }, asks: ['Was the person turned onto the side?', 'Was the next dose held back?'],
  },
  {
    id: 'drill.panic', name: 'Terror', says: 'The person sits up, cries out and wants to leave.', ...invented, cites: ['P'],
    startsMin: [10, 35], overMin: 3, reaches: { distress: 10, rass: 3, heartRatePerMin: 128, systolicMmHg: 166 }, symptoms: ['severe-anxiety'], raises: ['SX', 'RASS'],
    eases: { after: [...acting, 'comfort.v1'], overMin: 8 }, asks: ['Did one voice speak, and the room become quiet?', 'Was touch kept to what was agreed beforehand?'],
  },
  {
    id: 'drill.faint', name: 'Fainting', says: 'Getting up for the bathroom, the person turns pale and goes down.', ...invented, cites: ['P'],
    startsMin: [55, 80], overMin: 2, reaches: { systolicMmHg: 74, diastolicMmHg: 44, heartRatePerMin: 38 }, symptoms: ['syncope'], raises: ['BP-LOW', 'HR', 'SX'],
    eases: { after: acting, overMin: 6 }, asks: ['Was the person laid flat and the fall written down?', 'Was discharge put off?'],
  },
  {
    id: 'drill.too-deep', name: 'Too deep', says: 'The person no longer answers, even when shaken gently.', ...invented, cites: ['P', 'S11'],
    startsMin: [8, 25], overMin: 3, reaches: { moaaS: 1, rass: -5, orientation: 0, spo2Percent: 93 }, symptoms: [], raises: ['MOAAS', 'RASS'],
    eases: { after: acting, overMin: 20 }, asks: ['Did somebody stay at the head and watch every breath?', 'Was the prescriber called to the bedside?'],
  },
  {
    id: 'drill.seizure', name: 'A seizure', says: 'Stiffening, then jerking of all limbs.', ...invented, cites: ['P', 'S12'],
    startsMin: [12, 40], overMin: 1, reaches: { heartRatePerMin: 148, spo2Percent: 88, moaaS: 0, rass: -5 }, symptoms: ['seizure'], raises: ['SX', 'MOAAS'],
    eases: { after: acting, overMin: 5 }, asks: ['Was the time noted when it began?', 'Was nothing put between the teeth, and 911 called?'],
  },
  {
    id: 'drill.anaphylaxis', name: 'An allergic reaction', says: 'Hives, a swelling face, and the pressure falls away.', ...invented, cites: ['P'],
    startsMin: [4, 15], overMin: 4, reaches: { systolicMmHg: 72, diastolicMmHg: 40, heartRatePerMin: 152, spo2Percent: 86 }, symptoms: ['anaphylaxis'], raises: ['SX', 'BP-LOW', 'SPO2', 'HR'],
    eases: { after: acting, overMin: 8 }, asks: ['Was epinephrine asked for and written down?', 'Was 911 called?'],
  },
] as const satisfies readonly Sourced<DrillEventRow>[]

/** What a drill is made of. The concentrations follow the published model that is shown first. */
export const drill = { person, moves, depths, events, model: 'clements1981', routes: ['IM', 'SL', 'IV', 'PO'] } as const satisfies DrillRows
