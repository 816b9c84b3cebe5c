import type { FactName as ChartFact } from '../../../../core/chart/facts.ts'
import type { Place } from '../open-chart.ts'

/** How a single fact is asked for, and what its answers are. The bounds stand in the chart's own vocabulary. */
export type Question =
  | { readonly kind: 'yes-no'; readonly asks: string; readonly hint?: string }
  | { readonly kind: 'choice'; readonly asks: string; readonly hint?: string; readonly choices: readonly { readonly value: string; readonly label: string }[] }
  | { readonly kind: 'number'; readonly asks: string; readonly hint?: string; readonly unit: string; readonly decimals?: number }
  | { readonly kind: 'substances'; readonly asks: string; readonly hint?: string }
  | { readonly kind: 'names'; readonly asks: string; readonly hint?: string }
  | { readonly kind: 'moment'; readonly asks: string; readonly hint?: string }
  /** Asked medicine by medicine in the session room, and by the person in the portal; here it is only read. */
  | { readonly kind: 'in-the-room'; readonly asks: string; readonly hint?: string }

const choice = (asks: string, choices: readonly (readonly [value: string, label: string])[], hint?: string): Question => ({ kind: 'choice', asks, choices: choices.map(([value, label]) => ({ value, label })), ...(hint ? { hint } : {}) })
const yesNo = (asks: string, hint?: string): Question => ({ kind: 'yes-no', asks, ...(hint ? { hint } : {}) })
const number = (asks: string, unit: string, hint?: string, decimals?: number): Question => ({ kind: 'number', asks, unit, ...(hint ? { hint } : {}), ...(decimals ? { decimals } : {}) })

export const questions: Readonly<Record<ChartFact, Question>> = {
  sexAtBirth: choice('What sex was recorded at birth?', [['F', 'Female'], ['M', 'Male'], ['other', 'Other']]),
  psychosis: choice('Has there ever been psychosis: hearing or seeing what others do not, firm beliefs nobody shares?', [['none', 'Never'], ['family', 'In the family only'], ['past', 'In the past'], ['active', 'Now']]),
  mania: choice('Has there ever been mania or hypomania?', [['none', 'Never'], ['past', 'In the past'], ['current', 'Now']]),
  moodStabilizer: yesNo('Does the person take a mood stabilizer?'),
  substanceUse: { kind: 'substances', asks: 'Which substances are used, or were?', hint: 'Alcohol, cannabis, nicotine and everything else. “None” is an answer of its own.' },
  urineDrugScreenPositive: { kind: 'names', asks: 'Did a urine drug screen show anything unexpected?', hint: 'Only if one was made.' },
  ketamineMisuse: yesNo('Has ketamine or PCP ever been misused?'),
  hoursSinceAlcohol: number('How many hours since the last drink?', 'hours'),
  intoxicated: yesNo('Is the person intoxicated or in withdrawal now?'),
  weeksSinceCardiovascularEvent: number('How many weeks since a heart attack, stroke, TIA or unstable angina?', 'weeks', 'Only if there was one. Time goes on by itself from this answer.'),
  nyhaClass: number('Which NYHA class, if there is heart failure?', 'class 1 to 4'),
  qtcMs: number('What is the QTc, if an ECG was made?', 'ms'),
  ecgDone: yesNo('Was an ECG made, and has the prescriber seen it?'),
  transaminaseTimesUpperLimit: number('How high is the higher of ALT and AST?', 'times the upper limit', 'Only if measured.', 1),
  childPugh: choice('Which Child-Pugh class, if there is liver disease?', [['A', 'A'], ['B', 'B'], ['C', 'C']]),
  tsh: number('What is the TSH, if measured?', 'mIU/L', undefined, 2),
  bpicSs: number('What is the BPIC-SS total, if asked?', 'points'),
  childbearingPotential: yesNo('Could the person become pregnant?', '“No” means that pregnancy is not possible, as the person says.'),
  lactating: yesNo('Is the person breastfeeding?'),
  lorazepamEquivalentMg: number('Benzodiazepines: how much a day, in lorazepam equivalents?', 'mg a day', undefined, 2),
  morphineEquivalentMg: number('Opioids: how much a day, in morphine equivalents?', 'mg a day', undefined, 1),
  opioidAgonistTreatment: yesNo('Is the person in treatment with methadone or buprenorphine?'),
  hasCapacity: yesNo('Can the person decide about this treatment, freely and in a clear mind?'),
  escortAvailable: yesNo('Is there an adult to go home with?'),
  pdmpChecked: yesNo('Was the prescription monitoring program looked up?', 'The date of this answer counts.'),
  daysSincePsychiatricAdmission: number('How many days since a psychiatric admission?', 'days', 'Only if there was one. Time goes on by itself from this answer.'),
  untreatedSleepApnea: yesNo('Is there moderate or severe sleep apnea that is not treated?'),
  homeOxygen: yesNo('Does the person use oxygen at home?'),
  seizureUncontrolled: yesNo('Are there seizures that are not controlled?'),
  ketamineFromAnotherPrescriber: yesNo('Does somebody else prescribe ketamine or esketamine?'),
  adequateTrials: number('How many adequate antidepressant trials in this episode?', 'trials'),
  lastFoodAt: { kind: 'moment', asks: 'When did the person last eat?' },
  lastFluidAt: { kind: 'moment', asks: 'When did the person last drink?' },
  alcoholOrCannabisWithin48h: yesNo('Any alcohol or cannabis in the last two days?'),
  medicinesOnTheDay: { kind: 'in-the-room', asks: 'Which medicines were taken as needed, one by one?' },
}

/** Asked on the day of a session, in its room; kept here too, so that they can be looked up and corrected. */
const ofTheDay: readonly ChartFact[] = ['hoursSinceAlcohol', 'intoxicated', 'lastFoodAt', 'lastFluidAt', 'alcoholOrCannabisWithin48h', 'medicinesOnTheDay']

/** How the questions are grouped once what is missing has been asked. */
export const groups: readonly (readonly [title: string, facts: readonly ChartFact[]])[] = [
  ['Mind', ['psychosis', 'mania', 'moodStabilizer', 'daysSincePsychiatricAdmission', 'adequateTrials', 'hasCapacity']],
  ['Substances and medicines', ['substanceUse', 'ketamineMisuse', 'ketamineFromAnotherPrescriber', 'opioidAgonistTreatment', 'lorazepamEquivalentMg', 'morphineEquivalentMg', 'urineDrugScreenPositive', 'pdmpChecked']],
  ['Body', ['sexAtBirth', 'childbearingPotential', 'lactating', 'ecgDone', 'qtcMs', 'weeksSinceCardiovascularEvent', 'nyhaClass', 'untreatedSleepApnea', 'homeOxygen', 'seizureUncontrolled', 'transaminaseTimesUpperLimit', 'childPugh', 'tsh', 'bpicSs']],
  ['Going home', ['escortAvailable']],
  ['On the day of a session', ofTheDay],
]

/** Facts that the rules read elsewhere than from a question: where each is filled in. */
const roomOfFact: Readonly<Record<string, string>> = {
  age: 'person', bmi: 'measurements', systolicMmHg: 'measurements', diastolicMmHg: 'measurements', pregnancyTest: 'measurements', pregnancyTestAgeDays: 'measurements', pregnancyStatus: 'measurements', protocolTarget: 'protocol', clearanceSigned: 'clearance',
  cSsrsQ1: 'c-ssrs', cSsrsQ2: 'c-ssrs', cSsrsQ3: 'c-ssrs', cSsrsQ4: 'c-ssrs', cSsrsQ5: 'c-ssrs', cSsrsQ6Lifetime: 'c-ssrs', cSsrsQ6PastThreeMonths: 'c-ssrs', cSsrsComplete: 'c-ssrs', itemNineOpen: 'c-ssrs', phq9: 'baseline', visibleBloodInUrine: 'baseline', urinaryTrouble: 'baseline', bpicSsRise: 'facts', cystitisGrade: 'brief',
  diagnoses: 'lists', medications: 'lists', medicationsUnread: 'lists', medicinesToJudge: 'lists', medicinesStoppedUndated: 'lists', medicationsReconciled: 'lists', allergies: 'lists',
}

/** The place in the chart where a fact is filled in: a room of its own, or its question among the others. */
export const whereAsked = (fact: string): Place => (roomOfFact[fact] === undefined ? { step: 'facts', entry: fact } : { step: roomOfFact[fact] })
