import type { FreshnessRow, ScreeningLimits } from '../../core/eligibility/limits.ts'
import { interactionRows } from '../interactions.ts'
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
  bladder: { id: 'reading.bladder', instrument: 'urinary-check', item: 'blood', positiveFrom: 1, says: 'Visible blood in the latest bladder check is a fact of the chart, until a later check says otherwise.', basis: 'The label names the bladder; that one answer is enough is our choice.', ...ours, cites: ['P', 'S12'] },
  pregnancyStatus,
  overrides: { id: 'reading.overrides', reasonCharacters: 20, says: 'A reason of fewer than 20 characters is no reason.', basis: 'Our own choice.', ...ours },
  alcoholProtocols: ['kare-aud'],
  codeSystems: { icd10cm: 'http://hl7.org/fhir/sid/icd-10-cm', rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm' },
  medicines: interactionRows.flatMap((row) => row.medicines),
  namesWithoutRule,
}
