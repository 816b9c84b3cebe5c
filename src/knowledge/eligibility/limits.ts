import type { FreshnessRow, ScreeningLimits, WashoutRow } from '../../core/eligibility/limits.ts'
import { interactionRows, interactions } from '../interactions.ts'
import { namesWithoutRule } from './names-without-rule.ts'
import { pregnancyStatus } from './pregnancy-status.ts'

const ours = { cites: ['P'], tag: 'P', verified: false, reviewBy: '2027-11-30' } as const

/** For how long a fact counts. A fact that is not named here counts until something newer is written. */
export const freshness = [
  { id: 'fresh.pressure', facts: ['systolicMmHg', 'diastolicMmHg'], withinDays: 30, says: 'A pressure counts for 30 days.', basis: 'Our own choice.', ...ours },
  { id: 'fresh.medications', facts: ['medicationsReconciled'], withinDays: 30, says: 'A medication list that was gone through counts for 30 days.', basis: 'Our own choice.', ...ours },
  {
    id: 'fresh.interview', facts: ['cSsrsComplete', 'cSsrsQ1', 'cSsrsQ2', 'cSsrsQ3', 'cSsrsQ4', 'cSsrsQ5', 'cSsrsQ6Lifetime', 'cSsrsQ6PastThreeMonths'], withinDays: 30,
    says: 'A C-SSRS counts for 30 days. A high one counts until a clinician has closed its path.', basis: 'Our own choice.', ...ours,
  },
  { id: 'fresh.monitoring-program', facts: ['pdmpChecked'], withinDays: 30, says: 'A query of the prescription monitoring program counts for 30 days.', basis: 'Our own choice; state rules differ.', ...ours },
  { id: 'fresh.clearance', facts: ['clearanceSigned'], withinDays: 90, says: 'A clearance counts for 90 days, or until the day the prescriber named, if that is sooner.', basis: 'Our own choice.', ...ours },
  { id: 'fresh.today', facts: ['intoxicated', 'hoursSinceAlcohol'], withinDays: 1, says: 'What was seen or said about alcohol counts for one day.', basis: 'Our own choice.', ...ours },
] as const satisfies readonly FreshnessRow[]

const ingredientsIn = (...rows: readonly { readonly medicines: readonly { readonly ingredient: string }[] }[]): readonly string[] => rows.flatMap(({ medicines }) => medicines.map(({ ingredient }) => ingredient))

/** What still counts after it was stopped. Where no source that was read says for how long, the prescriber judges it. */
export const washouts = [
  {
    id: 'washout.monoamine-oxidase-inhibitors', ingredients: ingredientsIn(interactions.monoamineOxidaseInhibitors),
    says: 'An irreversible MAO inhibitor acts on after it is stopped. For how long one has to wait stands in no source that was read, so the prescriber judges each time.', basis: 'No figure was found; that it is asked is our choice.', ...ours, tag: 'M',
  },
  {
    id: 'washout.benzodiazepines', ingredients: ingredientsIn(interactions.benzodiazepines), stillCountsDays: 3,
    says: 'A benzodiazepine that was stopped counts for three more days.', basis: 'Two reviews and a guideline leave it out for 24 hours, better 72, before a dose; that a stopped one counts as long is ours.', ...ours, cites: ['S13', 'S14', 'S15', 'P'],
  },
  {
    id: 'washout.stimulants', ingredients: ingredientsIn(interactions.stimulants), stillCountsDays: 1,
    says: 'A stimulant that was stopped counts for one more day.', basis: 'A guideline leaves it out the day before and the day of a dose; that a stopped one counts as long is ours.', ...ours, cites: ['S15', 'P'],
  },
] as const satisfies readonly WashoutRow[]

/** How a chart is read into the facts of the screening. */
export const screeningLimits: ScreeningLimits = {
  freshness,
  pressure: {
    id: 'reading.pressure', sittingHours: 12, sittings: 2,
    says: 'Readings within 12 hours are one sitting, and its mean counts. The higher of the last two sittings decides, so a high one is only lifted by two lower ones on different days.', basis: 'The two days are how H01 is lifted; the 12 hours are ours.', ...ours,
  },
  itemNine: {
    id: 'reading.item-nine', instrument: 'phq-9', items: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9'], item: 'q9', positiveFrom: 1, hoursBefore: 12,
    says: 'An answer above 0 to item 9 asks for a complete C-SSRS, from 12 hours before the answer on.', basis: 'The same day, without leaning on a time zone.', ...ours,
  },
  cSsrs: { id: 'reading.interview', instrument: 'c-ssrs', says: 'The answers of the C-SSRS, read one by one and never as a sum.', basis: 'The triage of the screener.', ...ours, cites: ['S32', 'P'] },
  bladder: { id: 'reading.bladder', instrument: 'urinary-check', item: 'blood', positiveFrom: 1, others: ['frequency', 'urgency', 'pain', 'night', 'pelvis'], sideEffect: 'cystitis', says: 'Visible blood in the latest bladder check is a fact of the chart, until a later check says otherwise.', basis: 'The label names the bladder; that one answer is enough is our choice.', ...ours, cites: ['P', 'S12'] },
  pregnancyStatus,
  overrides: { id: 'reading.overrides', reasonCharacters: 20, says: 'A reason of fewer than 20 characters is no reason.', basis: 'Our own choice.', ...ours },
  alcoholProtocols: ['kare-aud'],
  codeSystems: { icd10cm: 'http://hl7.org/fhir/sid/icd-10-cm', rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm' },
  medicines: interactionRows.flatMap((row) => row.medicines),
  washouts,
  namesWithoutRule,
}
