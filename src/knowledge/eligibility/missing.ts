import { interactions } from '../interactions.ts'
import { datedEvent } from './blocks.ts'
import { atScreening, ingredientsOf, type RuleRow } from './row.ts'

const cardiacCodes = ['I20', 'I21', 'I22', 'I25', 'I42', 'I47', 'I48', 'I49', 'I50'] as const
const ours = { tag: 'P', verified: false } as const

/** What has to be on the chart, and how fresh. How long each fact counts stands in `limits.ts`. */
export const missingData = [
  {
    id: 'M01', action: 'missing', ...atScreening, when: { any: [{ absent: 'clearanceSigned' }, { fact: 'clearanceSigned', is: false }] },
    says: 'No clearance signed by a prescriber, or older than 90 days.', plainly: 'A prescriber still has to meet you and sign.', liftedBy: 'A prescriber’s signed clearance.', codes: [], firedBy: 'test', screenedBy: 'chart',
    basis: 'A practice asks for clearance before the first session; the 90 days are ours.', cites: ['S1', 'P'], ...ours,
  },
  {
    id: 'M02', action: 'missing', ...atScreening,
    when: { all: [
      { any: [
        { all: [{ not: { absent: 'childbearingPotential' } }, { fact: 'childbearingPotential', is: true }] },
        { all: [{ absent: 'childbearingPotential' }, { any: [
          { all: [{ fact: 'sexAtBirth', is: 'F' }, { fact: 'age', atLeast: 12, atMost: 55 }] },
          { absent: 'sexAtBirth' }, { fact: 'sexAtBirth', is: 'other' },
        ] }] },
      ] },
      { any: [{ absent: 'pregnancyTest' }, { all: [{ fact: 'pregnancyTest', is: 'negative' }, { any: [{ absent: 'pregnancyTestAgeDays' }, { fact: 'pregnancyTestAgeDays', moreThan: 7 }] }] }] },
    ] },
    says: 'A pregnancy test is due, and there is none of the last 7 days.', plainly: 'A pregnancy test of the last week is still needed.', liftedBy: 'A negative test, at most 7 days old, or the statement that pregnancy is not possible.', codes: [], firedBy: 'test', screenedBy: 'hCG',
    basis: 'Due when pregnancy is possible, and also when nobody has said that it is not: F aged 12 to 55, or the sex at birth not known.', cites: ['S1', 'S11', 'P'], ...ours,
  },
  {
    id: 'M03', action: 'missing', ...atScreening, when: { any: [{ absent: 'systolicMmHg' }, { absent: 'diastolicMmHg' }] },
    says: 'No pressure of the last 30 days.', plainly: 'Your blood pressure still has to be measured.', liftedBy: 'Two seated readings.', codes: [], firedBy: 'test', screenedBy: 'vital signs', basis: 'The 30 days are ours.', cites: ['P'], ...ours,
  },
  {
    id: 'M04', action: 'missing', ...atScreening,
    when: { any: [
      { absent: 'medicationsReconciled' }, { fact: 'medicationsReconciled', is: false }, { anyIn: 'medicationsUnread' },
      { all: [{ taking: ingredientsOf(interactions.benzodiazepines), called: 'a benzodiazepine' }, { absent: 'lorazepamEquivalentMg' }] },
      { all: [{ taking: ingredientsOf(interactions.opioids), called: 'an opioid' }, { absent: 'morphineEquivalentMg' }, { not: { fact: 'opioidAgonistTreatment', is: true } }] },
    ] },
    says: 'Medications not reconciled in the last 30 days, a name that could not be read, or a benzodiazepine or opioid without its daily equivalent.', plainly: 'We still have to go through your medicines together.', liftedBy: 'The list gone through, with every name and daily amount.', codes: [], firedBy: 'test', screenedBy: 'medications', basis: 'The 30 days are ours.', cites: ['P'], ...ours,
  },
  {
    id: 'M05', action: 'missing', ...atScreening, when: { any: [{ absent: 'cSsrsComplete' }, { fact: 'cSsrsComplete', is: false }, { fact: 'itemNineOpen', is: true }] },
    says: 'No complete C-SSRS of the last 30 days, or PHQ-9 item 9 above 0 without one since.', plainly: 'There are some questions about your safety that somebody still asks you.', liftedBy: 'A complete C-SSRS.', codes: [], firedBy: 'test', screenedBy: 'C-SSRS', basis: 'The 30 days are ours; item 9 asks for the interview on the same day.', cites: ['S32', 'P'], ...ours,
  },
  {
    id: 'M06', action: 'missing', ...atScreening,
    when: { all: [{ any: [{ fact: 'age', atLeast: 50 }, { diagnosis: cardiacCodes, recorded: 'ever' }] }, { any: [{ absent: 'ecgDone' }, { fact: 'ecgDone', is: false }] }] },
    says: 'No ECG at 50 years or older, or with a heart diagnosis.', plainly: 'An ECG is still needed.', liftedBy: 'An ECG that the prescriber has seen.', codes: cardiacCodes, firedBy: 'either', screenedBy: 'ECG', basis: 'The age is ours.', cites: ['P'], ...ours,
  },
  {
    id: 'M07', action: 'missing', ...atScreening, when: { absent: 'phq9' },
    says: 'No complete PHQ-9 as a baseline.', plainly: 'A questionnaire about your mood is still open.', liftedBy: 'A complete PHQ-9.', codes: [], firedBy: 'test', screenedBy: 'PHQ-9', basis: 'Without a baseline no change can be shown.', cites: ['S19', 'P'], ...ours,
  },
  {
    id: 'M08', action: 'missing', ...atScreening, when: { any: [{ absent: 'pdmpChecked' }, { fact: 'pdmpChecked', is: false }] },
    says: 'No query of the prescription monitoring program in the last 30 days.', plainly: 'Your prescriber still looks up your prescriptions in the state’s register.', liftedBy: 'The query.', codes: [], firedBy: 'test', screenedBy: 'PDMP', basis: 'State rules differ; the 30 days are ours.', cites: ['P'], ...ours,
  },
  {
    id: 'M09', action: 'missing', ...atScreening,
    when: { any: [
      { absent: 'age' }, { absent: 'sexAtBirth' }, { absent: 'psychosis' }, { absent: 'mania' }, { absent: 'substanceUse' }, { absent: 'allergies' }, { absent: 'medications' },
      { all: [datedEvent, { absent: 'weeksSinceCardiovascularEvent' }] },
    ] },
    says: 'Age, sex at birth, psychosis, mania, substance use, allergies or medications not recorded, or a heart attack or stroke without its date. "None" has to be said.', plainly: 'Some questions about your health are still open.', liftedBy: 'Each of them answered.', codes: ['I21', 'I22', 'I63'], firedBy: 'either', screenedBy: 'intake', basis: 'Added by a safety review: silence is not a no.', cites: ['P'], ...ours,
  },
  {
    id: 'M10', action: 'missing', ...atScreening, when: { anyIn: 'medicinesStoppedUndated' },
    says: 'Irreversible MAO inhibitor that was stopped, and the day it was stopped is not recorded.', plainly: 'We still need to know when you stopped one of your medicines.', liftedBy: 'The day it was stopped.', codes: [], firedBy: 'test', screenedBy: 'medications', basis: 'Without the day nobody can judge whether enough time has passed.', cites: ['P'], ...ours,
  },
] as const satisfies readonly RuleRow[]
