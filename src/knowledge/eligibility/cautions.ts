import { atScreening, ifMeasured, ifRecorded, type RuleRow } from './row.ts'

const high = { any: [{ fact: 'cSsrsQ4', is: true }, { fact: 'cSsrsQ5', is: true }, { fact: 'cSsrsQ6PastThreeMonths', is: true }] } as const
const noPath = { codes: [], firedBy: 'test' } as const

/** Shown with their basis and acknowledged; those about medicines stand in `cautions-medicines.ts`. */
export const cautions = [
  {
    id: 'C01', action: 'caution', ...atScreening,
    when: { all: [{ any: [{ fact: 'systolicMmHg', atLeast: 140 }, { fact: 'diastolicMmHg', atLeast: 90 }] }, { fact: 'systolicMmHg', below: 160 }, { fact: 'diastolicMmHg', below: 100 }] },
    says: 'Pressure 140–159 systolic or 90–99 diastolic: recheck, treat, and write down why the benefit outweighs the risk.', plainly: 'Your blood pressure is a little high. It is measured again before anything else.', ...noPath, screenedBy: 'two seated readings',
    basis: 'The label asks to weigh the risk above 140/90, from memory; in 8 to 19 % pressure rose by 40/25 at the peak.', cites: ['S11'], tag: 'M', verified: false,
  },
  {
    id: 'C02', action: 'caution', ...atScreening, when: { fact: 'age', atLeast: 65 },
    says: '65 years or older: start at half a step, check the pressure standing.', plainly: 'At your age we go in smaller steps.', ...noPath, screenedBy: 'date of birth',
    basis: 'In 17 % of people of this age the systolic pressure rose by 40 or more.', cites: ['S11'], tag: 'V', verified: true,
  },
  {
    id: 'C03', action: 'caution', ...atScreening, when: { fact: 'age', atLeast: 18, below: 25 },
    says: '18 to 24 years: ask about suicidal thoughts every week.', plainly: 'At your age we ask every week how you are, also about thoughts of suicide.', ...noPath, screenedBy: 'date of birth', basis: 'Boxed warning of the label.', cites: ['S11'], tag: 'V', verified: true,
  },
  {
    id: 'C10', action: 'caution', ...atScreening,
    when: { all: [{ any: [{ fact: 'mania', is: 'past' }, { diagnosis: ['F31'], recorded: 'current' }] }, { not: { fact: 'mania', is: 'current' } }, { fact: 'moodStabilizer', is: true }] },
    says: 'Bipolar disorder with a mood stabilizer: mood chart, YMRS.', plainly: 'We keep a chart of your mood together, so that a high is noticed early.', codes: ['F31'], firedBy: 'either', screenedBy: 'interview', basis: 'Our own choice; people with bipolar disorder were treated in two large reviews.', cites: ['S25', 'P'], tag: 'P', verified: false,
  },
  {
    id: 'C11', action: 'caution', ...atScreening,
    when: { all: [{ any: [{ fact: 'cSsrsQ1', is: true }, { fact: 'cSsrsQ2', is: true }, { fact: 'cSsrsQ3', is: true }, { fact: 'cSsrsQ6Lifetime', is: true }] }, { not: high }] },
    says: 'C-SSRS low or moderate: question 1, 2 or 3, or an attempt longer than three months ago. A safety plan has to exist.', plainly: 'We make a safety plan together before the first session.', ...noPath, screenedBy: 'C-SSRS', basis: 'The triage of the screener.', cites: ['S32'], tag: 'V', verified: true,
  },
  {
    id: 'C12', action: 'caution', ...atScreening, when: { any: [{ fact: 'bpicSs', atLeast: 8, below: 19, ...ifMeasured }, { fact: 'bpicSsRise', atLeast: 7, ...ifRecorded }, { fact: 'urinaryTrouble', is: true, ...ifRecorded }] },
    says: 'Urinary symptoms, BPIC-SS 8 to 18, or 7 above the first: urinalysis and culture, asked again after two weeks.', plainly: 'Ketamine can bother the bladder, so yours is checked first.', ...noPath, screenedBy: 'BPIC-SS, urinalysis', basis: 'A practice lists urinary symptoms; the lower cut is ours.', cites: ['S2', 'P'], tag: 'P', verified: false,
  },
  {
    id: 'C13', action: 'caution', ...atScreening, when: { fact: 'bmi', atLeast: 30, ...ifRecorded },
    says: 'BMI 30 or more: the dose is computed with the ideal weight.', plainly: 'The prescriber uses a different weight to work out your dose.', ...noPath, screenedBy: 'weight and height', basis: 'As a letter on the consensus statement reports it.', cites: ['S7'], tag: 'V', verified: true,
  },
  {
    id: 'C14', action: 'caution', ...atScreening, when: { fact: 'psychosis', is: 'family' },
    says: 'Psychosis in a parent, child, brother or sister: raise doses more slowly.', plainly: 'Because of your family, we go in smaller steps.', ...noPath, screenedBy: 'interview', basis: 'Our own choice.', cites: ['P'], tag: 'P', verified: false,
  },
  {
    id: 'C15', action: 'caution', ...atScreening, when: { all: [{ diagnosis: ['F32', 'F33'], recorded: 'current' }, { fact: 'adequateTrials', below: 2, ...ifRecorded }] },
    says: 'Depression with fewer than two adequate trials: most of the evidence is from people who had two.', plainly: 'Most of what is known comes from people who had tried two medicines before. Your team talks with you about what that means.', codes: ['F32', 'F33'], firedBy: 'either', screenedBy: 'treatment history', basis: 'The usual meaning of treatment-resistant.', cites: ['S2', 'S9'], tag: 'V', verified: false,
  },
  {
    id: 'C19', action: 'caution', ...atScreening, when: { diagnosis: ['F60', 'F61', 'F44', 'F48.1'], except: ['F44.81'], recorded: 'current' },
    says: 'Personality or dissociative disorder: more preparation.', plainly: 'We take more time to prepare with you.', codes: ['F60', 'F61', 'F44', 'F48.1'], firedBy: 'codes', screenedBy: 'interview, DES-II', basis: 'Our own choice.', cites: ['P'], tag: 'P', verified: false,
  },
  {
    id: 'C20', action: 'caution', ...atScreening, when: { all: [{ diagnosis: ['G47.33'], recorded: 'current' }, { fact: 'untreatedSleepApnea', is: false }] },
    says: 'Sleep apnea, mild or treated: saturation throughout.', plainly: 'Your oxygen is watched for the whole session. Bring your device.', codes: ['G47.33'], firedBy: 'either', screenedBy: 'history', basis: 'Our own choice.', cites: ['P'], tag: 'P', verified: false,
  },
  {
    id: 'C22', action: 'caution', ...atScreening, when: { fact: 'protocolTarget', is: 'AUD' },
    says: 'Alcohol protocol: the gate of 24 hours without alcohol (H08) goes on at every session.', plainly: 'Before every session we ask when you last drank.', codes: ['F10.2'], firedBy: 'test', screenedBy: 'course', basis: 'The rule of the alcohol trial.', cites: ['S17'], tag: 'V', verified: true,
  },
  {
    id: 'C24', action: 'caution', ...atScreening, when: { fact: 'bmi', below: 17.5, ...ifRecorded },
    says: 'BMI below 17.5: look for an eating disorder, electrolytes and ECG.', plainly: 'Your weight is low. Your prescriber looks at what that means for you.', ...noPath, screenedBy: 'weight and height', basis: 'Added by a safety review, from memory.', cites: ['P'], tag: 'M', verified: false,
  },
  {
    id: 'C27', action: 'caution', ...atScreening, when: { diagnosis: ['I45.81'], recorded: 'ever' },
    says: 'Long QT: no ondansetron against nausea before the prescriber has looked at the ECG.', plainly: 'Because of your heart rhythm, your prescriber chooses what is given against nausea.', codes: ['I45.81'], firedBy: 'codes', screenedBy: 'ECG', basis: 'Added by a safety review, from memory.', cites: ['P'], tag: 'M', verified: false,
  },
] as const satisfies readonly RuleRow[]
