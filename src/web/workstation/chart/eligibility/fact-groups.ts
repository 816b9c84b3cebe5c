import type { FactName } from '../../../../core/eligibility/facts.ts'

/** The facts as a clinician goes through a person. Each stands in one group only. */
export const factGroups: readonly (readonly [title: string, facts: readonly FactName[]])[] = [
  ['About the person', ['age', 'sexAtBirth', 'protocolTarget']],
  ['Body', [
    'systolicMmHg', 'diastolicMmHg', 'bmi', 'diagnoses', 'allergies', 'ecgDone', 'qtcMs', 'weeksSinceCardiovascularEvent', 'nyhaClass', 'untreatedSleepApnea', 'homeOxygen', 'seizureUncontrolled',
    'transaminaseTimesUpperLimit', 'childPugh', 'tsh', 'bpicSs', 'bpicSsRise', 'visibleBloodInUrine', 'urinaryTrouble', 'cystitisGrade',
  ]],
  ['Mind', [
    'psychosis', 'mania', 'phq9', 'itemNineOpen', 'cSsrsComplete', 'cSsrsQ1', 'cSsrsQ2', 'cSsrsQ3', 'cSsrsQ4', 'cSsrsQ5', 'cSsrsQ6Lifetime', 'cSsrsQ6PastThreeMonths', 'daysSincePsychiatricAdmission', 'adequateTrials',
  ]],
  ['Medicines', [
    'medications', 'medicationsReconciled', 'medicationsUnread', 'medicinesToJudge', 'medicinesStoppedUndated', 'moodStabilizer', 'lorazepamEquivalentMg', 'morphineEquivalentMg', 'opioidAgonistTreatment', 'ketamineFromAnotherPrescriber', 'pdmpChecked',
  ]],
  ['Substances', ['substanceUse', 'ketamineMisuse', 'urineDrugScreenPositive', 'hoursSinceAlcohol', 'intoxicated']],
  ['Pregnancy', ['childbearingPotential', 'pregnancyTest', 'pregnancyTestAgeDays', 'pregnancyStatus', 'lactating']],
  ['Readiness', ['hasCapacity', 'escortAvailable', 'clearanceSigned']],
]
