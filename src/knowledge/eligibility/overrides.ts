import { interactions } from '../interactions.ts'
import { datedEvent, psychosisCodes } from './blocks.ts'
import { atScreening, ifMeasured, ifRecorded, ingredientsOf, type RuleRow } from './row.ts'

const signed = 'A prescriber’s signed reason'
const eventThisHalfYear = { fact: 'weeksSinceCardiovascularEvent', moreThan: 6, atMost: 26 } as const
const manyOpioids = { fact: 'morphineEquivalentMg', atLeast: 50 } as const
const manyBenzodiazepines = { fact: 'lorazepamEquivalentMg', moreThan: 3 } as const

/** A prescriber may go on with a signed reason of their own; nobody else may. */
export const overrides = [
  {
    id: 'O01', action: 'override', ...atScreening, when: { any: [{ fact: 'psychosis', is: 'past' }, { diagnosis: psychosisCodes, recorded: 'resolved' }] },
    says: 'Psychosis in the past, resolved.', plainly: 'Because of something in your past, a prescriber thinks this through with you before anything is planned.',
    liftedBy: `${signed} and a psychiatrist’s consultation.`, codes: ['Z86.59'], firedBy: 'either', screenedBy: 'interview',
    basis: 'A practice advises against it, others decide case by case. A practice may set it to block.', cites: ['S1', 'P'], tag: 'P', verified: false,
  },
  {
    id: 'O02', action: 'override', ...atScreening, when: { all: [{ fact: 'mania', is: 'past' }, { fact: 'moodStabilizer', is: false }] },
    says: 'Past mania without a mood stabilizer.', plainly: 'Because your mood has been very high before, a prescriber looks first at how to keep it steady.',
    liftedBy: `${signed}, or a mood stabilizer.`, codes: ['F31'], firedBy: 'test', screenedBy: 'interview, MDQ', basis: 'A home study excluded past mania; the line at the stabilizer is ours.', cites: ['S19', 'P'], tag: 'P', verified: false,
  },
  {
    id: 'O03', action: 'override', ...atScreening,
    when: { any: [
      { ...eventThisHalfYear, ...ifRecorded }, { all: [datedEvent, eventThisHalfYear] },
      { diagnosis: ['I25.1', 'I20.9', 'I35'], recorded: 'current' },
    ] },
    says: 'Cardiovascular event more than 6 and up to 26 weeks ago, symptomatic coronary disease, or valve disease.', plainly: 'Because of your heart, a prescriber asks your cardiologist first.',
    liftedBy: `${signed} and a cardiologist’s letter.`, codes: ['I25.1', 'I20.9', 'I35'], firedBy: 'either', screenedBy: 'history', basis: 'A practice names heart problems; the window is ours.', cites: ['S1', 'P'], tag: 'P', verified: false,
  },
  {
    id: 'O04', action: 'override', ...atScreening, when: { any: [{ diagnosis: ['I47', 'I48', 'I49'], recorded: 'current' }, { fact: 'qtcMs', moreThan: 500, ...ifMeasured }] },
    says: 'Significant arrhythmia, or QTc above 500 ms.', plainly: 'Because of your heart rhythm, a prescriber looks at your ECG first.',
    liftedBy: `${signed} and an ECG.`, codes: ['I47', 'I48', 'I49'], firedBy: 'either', screenedBy: 'history, ECG', basis: 'Excluded from the trial. The codes are from memory.', cites: ['S36', 'P'], tag: 'V', verified: false,
  },
  {
    id: 'O05', action: 'override', ...atScreening, when: { fact: 'seizureUncontrolled', is: true },
    says: 'Seizures that are not controlled.', plainly: 'Because of your seizures, a prescriber asks your neurologist first.',
    liftedBy: `${signed} and neurology.`, codes: ['G40'], firedBy: 'test', screenedBy: 'history', basis: 'From memory; the label names seizures only with theophylline.', cites: ['S12', 'P'], tag: 'M', verified: false,
  },
  {
    id: 'O06', action: 'override', ...atScreening, when: { any: [{ fact: 'untreatedSleepApnea', is: true }, { fact: 'homeOxygen', is: true }] },
    says: 'Untreated moderate or severe sleep apnea, oxygen at home, or severe lung disease.', plainly: 'Because of your breathing, a prescriber looks first at how you would be watched.',
    liftedBy: `${signed}.`, codes: ['G47.33', 'J44', 'Z99.81'], firedBy: 'test', screenedBy: 'history', basis: 'The label warns of slowed breathing; the cut is ours.', cites: ['S11', 'P'], tag: 'P', verified: false,
  },
  {
    id: 'O07', action: 'override', ...atScreening, when: { any: [{ fact: 'transaminaseTimesUpperLimit', moreThan: 3, atMost: 5, ...ifMeasured }, { fact: 'childPugh', is: 'B', ...ifMeasured }] },
    says: 'ALT or AST above 3 and up to 5 times the upper limit, or Child-Pugh B.', plainly: 'Because of your liver, a prescriber decides, and the tests are repeated.',
    liftedBy: `${signed}; liver tests again in four weeks.`, codes: ['K70', 'K71', 'K72', 'K73', 'K74', 'K75', 'K76', 'K77', 'R74.01'], firedBy: 'test', screenedBy: 'liver tests', basis: 'The label names liver injury by the drug; the cut is ours.', cites: ['S12', 'P'], tag: 'P', verified: false,
  },
  {
    id: 'O08', action: 'override', ...atScreening, when: { diagnosis: ['G93.2', 'G91', 'S06'], recorded: 'current' },
    says: 'Raised pressure in the skull, hydrocephalus, or a symptomatic head injury within three months.', plainly: 'Because of your head, a prescriber decides first.',
    liftedBy: `${signed}.`, codes: ['G93.2', 'G91', 'S06'], firedBy: 'codes', screenedBy: 'history', basis: 'The label names pressure of the spinal fluid; a clinic excludes head injury. The codes are from memory.', cites: ['S12', 'S49', 'P'], tag: 'V', verified: false,
  },
  {
    id: 'O09', action: 'override', ...atScreening, when: { diagnosis: ['H40.2'], recorded: 'current' },
    says: 'Angle-closure glaucoma or raised pressure in the eye.', plainly: 'Because of your eyes, a prescriber asks your eye doctor first.',
    liftedBy: `${signed} and ophthalmology.`, codes: ['H40.2'], firedBy: 'codes', screenedBy: 'history', basis: 'The label names pressure in the eye. The code is from memory.', cites: ['S12', 'P'], tag: 'V', verified: false,
  },
  {
    id: 'O10', action: 'override', ...atScreening, when: { any: [{ fact: 'bpicSs', atLeast: 19, ...ifMeasured }, { fact: 'visibleBloodInUrine', is: true, ...ifRecorded }, { fact: 'cystitisGrade', atLeast: 2, ...ifRecorded }, { diagnosis: ['N30.1', 'N30.2', 'R31.0'], recorded: 'current' }] },
    says: 'Bladder disease: BPIC-SS 19 or more, interstitial or chronic cystitis, a bladder inflamed as a side effect of grade 2 or more, or visible blood in the urine.', plainly: 'Because of your bladder, a prescriber asks a urologist first.',
    liftedBy: `${signed} and a urologist’s letter.`, codes: ['N30.1', 'N30.2', 'R31.0'], firedBy: 'either', screenedBy: 'bladder check, BPIC-SS, urinalysis', basis: 'The label names cystitis; the cut at 19 is from memory.', cites: ['S12', 'P'], tag: 'M', verified: false,
  },
  {
    id: 'O11', action: 'override', ...atScreening,
    when: { any: [
      { uses: 'any', except: ['nicotine', 'tobacco', 'cigarettes', 'vaping', 'caffeine', 'coffee'], status: ['early-remission'] },
      { uses: ['ketamine', 'esketamine', 'pcp', 'phencyclidine'], status: ['remission'] },
      { fact: 'ketamineMisuse', is: true },
    ] },
    says: 'Substance use disorder in remission for less than 12 months, or any misuse of ketamine or PCP.', plainly: 'Because of what you have come through, a prescriber plans with you how to protect it.',
    liftedBy: `${signed}; a urine screen at each session.`, codes: ['F10.11', 'F10.21', 'F11.11', 'F11.21', 'F12.11', 'F12.21', 'F13.11', 'F13.21', 'F14.11', 'F14.21', 'F15.11', 'F15.21', 'F16', 'F18.11', 'F18.21', 'F19.11', 'F19.21'], firedBy: 'test', screenedBy: 'interview, PDMP', basis: 'The label warns of abuse; the window is ours.', cites: ['S11', 'P'], tag: 'P', verified: false,
  },
  {
    id: 'O12', action: 'override', ...atScreening,
    when: { any: [
      { fact: 'opioidAgonistTreatment', is: true }, { ...manyOpioids, ...ifRecorded },
      { all: [{ taking: ingredientsOf(interactions.opioids), called: 'an opioid' }, manyOpioids] },
    ] },
    says: 'Opioid agonist treatment, or 50 mg morphine equivalent a day or more. Never stopped for a session.', plainly: 'Because of your opioid medicine, a prescriber plans how your breathing is watched. Keep taking it as prescribed.',
    liftedBy: `${signed}; saturation throughout.`, codes: ['F11.20'], firedBy: 'test', screenedBy: 'medications, PDMP', basis: 'The label warns of adding to other sedatives; the cut is ours.', cites: ['S11', 'P'], tag: 'P', verified: false,
  },
  {
    id: 'O13', action: 'override', ...atScreening,
    when: { any: [{ all: [{ not: { absent: 'lactating' } }, { fact: 'lactating', is: true }] }, { all: [{ not: { fact: 'sexAtBirth', is: 'M' } }, { fact: 'lactating', is: true }] }] },
    says: 'Breastfeeding.', plainly: 'Because you breastfeed, a prescriber decides with you and plans how your child is fed around a session.',
    liftedBy: `${signed} and a plan to pump and discard.`, codes: ['Z39.1'], firedBy: 'test', screenedBy: 'history', basis: 'Not recommended by the label; excluded from a home study.', cites: ['S11', 'S19'], tag: 'V', verified: true,
  },
  {
    id: 'O14', action: 'override', ...atScreening, when: { taking: ingredientsOf(interactions.monoamineOxidaseInhibitors), called: 'an irreversible MAO inhibitor' },
    says: 'Irreversible MAO inhibitor.', plainly: 'Because of one of your medicines, a prescriber decides first. Keep taking it as prescribed.',
    liftedBy: `${signed}; pressure every five minutes in the first hour.`, codes: [], firedBy: 'test', screenedBy: 'medications', basis: 'Named in the label’s patient information; case reports with tranylcypromine saw no change in vital signs.', cites: ['S11', 'S13'], tag: 'V', verified: true,
  },
  {
    id: 'O15', action: 'override', ...atScreening,
    when: { any: [{ ...manyBenzodiazepines, ...ifRecorded }, { all: [{ taking: ingredientsOf(interactions.benzodiazepines), called: 'a benzodiazepine' }, manyBenzodiazepines] }] },
    says: 'Benzodiazepine above 3 mg lorazepam equivalent a day. Never stopped abruptly.', plainly: 'Because of one of your medicines, a prescriber decides first. Do not stop it by yourself: that can be dangerous.',
    liftedBy: `${signed} and a plan for tapering.`, codes: [], firedBy: 'test', screenedBy: 'medications', basis: 'Excluded from the trial; two reviews name the weaker effect. Members beyond those named are from memory.', cites: ['S36', 'S13', 'S14'], tag: 'V', verified: false,
  },
  {
    id: 'O16', action: 'override', ...atScreening, when: { taking: ingredientsOf(interactions.theophylline), called: 'theophylline or aminophylline' },
    says: 'Theophylline or aminophylline: the threshold for seizures may fall.', plainly: 'Because of one of your medicines, a prescriber decides first. Keep taking it as prescribed.',
    liftedBy: `${signed}.`, codes: [], firedBy: 'test', screenedBy: 'medications', basis: 'Named on the label.', cites: ['S12'], tag: 'V', verified: true,
  },
  {
    id: 'O17', action: 'override', ...atScreening, when: { diagnosis: ['E80.0', 'E80.1', 'E80.2'], recorded: 'ever' },
    says: 'Porphyria.', plainly: 'Because of your porphyria, a prescriber decides first.', liftedBy: `${signed}.`, codes: ['E80.0', 'E80.1', 'E80.2'], firedBy: 'codes', screenedBy: 'history', basis: 'From memory.', cites: ['P'], tag: 'M', verified: false,
  },
  {
    id: 'O18', action: 'override', ...atScreening, when: { diagnosis: ['F44.81'], recorded: 'current' },
    says: 'Dissociative identity disorder.', plainly: 'Ketamine loosens the sense of self. A prescriber and a trauma specialist think this through with you.', liftedBy: `${signed} and a trauma specialist.`, codes: ['F44.81'], firedBy: 'codes', screenedBy: 'interview, DES-II', basis: 'Our own choice.', cites: ['P'], tag: 'P', verified: false,
  },
  {
    id: 'O19', action: 'override', ...atScreening,
    when: { all: [{ taking: ingredientsOf(interactions.stimulants), called: 'a stimulant' }, { any: [{ fact: 'systolicMmHg', atLeast: 140 }, { fact: 'diastolicMmHg', atLeast: 90 }] }] },
    says: 'Stimulant together with a pressure of 140/90 or more.', plainly: 'One of your medicines and your blood pressure add up. A prescriber decides first.', liftedBy: `${signed}; the stimulant is left out the day before and on the day, if its prescriber agrees.`, codes: [], firedBy: 'test', screenedBy: 'medications, pressure', basis: 'A guideline leaves stimulants out for two days; the label warns. That it needs a signature is our choice.', cites: ['S15', 'S11', 'P'], tag: 'P', verified: false,
  },
  {
    id: 'O20', action: 'override', ...atScreening, when: { fact: 'ketamineFromAnotherPrescriber', is: true },
    says: 'Ketamine or esketamine from another prescriber.', plainly: 'Somebody else gives you ketamine too. The two of them speak first.', liftedBy: `${signed} after speaking with the other prescriber.`, codes: [], firedBy: 'test', screenedBy: 'PDMP, interview', basis: 'Our own choice.', cites: ['P'], tag: 'P', verified: false,
  },
  {
    id: 'O21', action: 'override', ...atScreening, when: { fact: 'escortAvailable', is: false },
    says: 'No adult to go home with. May be signed for now, never on the day: without an escort no session starts.', plainly: 'You need an adult to take you home after a session. Tell us if that is hard; we look for a way together.', liftedBy: `${signed}; the session itself needs a named adult.`, codes: [], firedBy: 'test', screenedBy: 'intake', basis: 'The label and a clinic ask for a responsible adult.', cites: ['S12', 'S49', 'P'], tag: 'V', verified: true,
  },
  {
    id: 'O22', action: 'override', ...atScreening, when: { diagnosis: ['D35.0', 'C74.1'], recorded: 'current' },
    says: 'Pheochromocytoma, or another tumor of the adrenal gland: ask which.', plainly: 'Because of a growth that can raise blood pressure, a prescriber decides first.', liftedBy: `${signed} and endocrinology.`, codes: ['D35.0', 'C74.1'], firedBy: 'codes', screenedBy: 'history', basis: 'Added by a safety review, from memory.', cites: ['P'], tag: 'M', verified: false,
  },
  {
    id: 'O23', action: 'override', ...atScreening, when: { diagnosis: ['I27.0', 'I27.2'], recorded: 'current' },
    says: 'Pulmonary hypertension.', plainly: 'Because of the pressure in your lungs, a prescriber asks your specialist first.', liftedBy: `${signed} and a cardiologist’s letter.`, codes: ['I27.0', 'I27.2'], firedBy: 'codes', screenedBy: 'history', basis: 'Added by a safety review, from memory.', cites: ['P'], tag: 'M', verified: false,
  },
] as const satisfies readonly RuleRow[]
