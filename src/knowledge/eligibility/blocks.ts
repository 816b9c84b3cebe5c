import { atScreening, ifMeasured, ifRecorded, type RuleRow } from './row.ts'

/** Psychotic illness, and psychosis brought on by a substance or by childbirth. */
export const psychosisCodes = [
  'F20', 'F22', 'F23', 'F25', 'F28', 'F29', 'F32.3', 'F33.3', 'F31.2', 'F31.5', 'F31.64', 'F53.1',
  'F10.15', 'F10.25', 'F10.95', 'F11.15', 'F11.25', 'F11.95', 'F12.15', 'F12.25', 'F12.95', 'F13.15', 'F13.25', 'F13.95', 'F14.15', 'F14.25', 'F14.95',
  'F15.15', 'F15.25', 'F15.95', 'F16.15', 'F16.25', 'F16.95', 'F18.15', 'F18.25', 'F18.95', 'F19.15', 'F19.25', 'F19.95',
] as const
const vesselCodes = ['I71', 'I72', 'I67.1', 'Q28.2', 'Q28.0', 'Q27.3', 'I77.0', 'Q28.1', 'Q28.3', 'I25.3', 'I25.41', 'I28.1', 'I67.0'] as const
const bleedCodes = ['I61', 'I69.1', 'I60', 'I62', 'I69.0', 'I69.2'] as const
const pregnancyCodes = ['Z33.1', 'O', 'Z34', 'Z3A', 'Z32.01'] as const
const dementiaCodes = ['F01', 'F02', 'F03', 'F05', 'G30'] as const
const eventCodes = ['I21', 'I22', 'I20.0', 'I63', 'G45.9'] as const

/** A diagnosis that needs its date, or its class, leaves the rule unknown without it; nobody else is asked. */
export const datedEvent = { diagnosis: ['I21', 'I22', 'I63'], recorded: 'ever' } as const
const recentEvent = { fact: 'weeksSinceCardiovascularEvent', atMost: 6 } as const
const severeFailure = { fact: 'nyhaClass', atLeast: 3 } as const

/** Nobody is dosed here while one of these is met, and no signature changes that for one person. */
export const blocks = [
  {
    id: 'B01', action: 'block', ...atScreening, when: { allergicTo: ['ketamine', 'esketamine'] },
    says: 'Hypersensitivity to ketamine or esketamine.', plainly: 'Your record says that you react badly to ketamine. It will not be given to you here.',
    codes: ['Z88.4'], firedBy: 'test', screenedBy: 'allergy list', basis: 'A contraindication on both labels.', cites: ['S11', 'S12'], tag: 'V', verified: true,
  },
  {
    id: 'B02', action: 'block', ...atScreening, when: { diagnosis: vesselCodes, recorded: 'ever' },
    says: 'Aneurysm or malformation of arteries and veins, at any time.', plainly: 'Your record names a weak or unusual blood vessel. Ketamine raises blood pressure, so it is not given here.',
    codes: vesselCodes, firedBy: 'codes', screenedBy: 'history, imaging report', basis: 'A contraindication on the esketamine label. The codes are from memory.', cites: ['S11', 'P'], tag: 'V', verified: false,
  },
  {
    id: 'B03', action: 'block', ...atScreening, when: { diagnosis: bleedCodes, recorded: 'ever' },
    says: 'Bleeding inside the skull, at any time.', plainly: 'Your record names a bleed in or around the brain. Ketamine raises blood pressure, so it is not given here.',
    codes: bleedCodes, firedBy: 'codes', screenedBy: 'history', basis: 'Intracerebral hemorrhage is a contraindication on the esketamine label; the neighboring codes were added by review.', cites: ['S11', 'P'], tag: 'V', verified: false,
  },
  {
    id: 'B04', action: 'block', ...atScreening, when: { any: [{ fact: 'psychosis', is: 'active' }, { diagnosis: psychosisCodes, recorded: 'current' }] },
    says: 'Psychosis now, or an illness of the schizophrenia spectrum.', plainly: 'Ketamine can make it harder to tell what is real. With what your record says, it is not given here; your team will talk with you about other help.',
    codes: psychosisCodes, firedBy: 'either', screenedBy: 'interview, PQ-16', basis: 'Two practices exclude it, a trial excluded it, and symptoms were seen to worsen. The codes are from memory.', cites: ['S1', 'S49', 'S36', 'S30', 'P'], tag: 'V', verified: false,
  },
  {
    id: 'B05', action: 'block', ...atScreening, version: 2, when: { any: [{ fact: 'pregnancyTest', is: 'positive', ...ifRecorded }, { fact: 'pregnancyStatus', is: 'pregnant', ...ifRecorded }, { diagnosis: pregnancyCodes, recorded: 'active' }] },
    says: 'Pregnancy.', plainly: 'Ketamine is not given during pregnancy. Your team will help you find care that fits now.',
    codes: pregnancyCodes, firedBy: 'either', screenedBy: 'hCG', basis: 'Excluded by the label, a practice and two trials. The codes are from memory.', cites: ['S1', 'S11', 'S19', 'S36', 'P'], tag: 'V', verified: false,
  },
  {
    id: 'B06', action: 'block', ...atScreening, when: { fact: 'age', below: 18 },
    says: 'Under 18 years.', plainly: 'This treatment is for adults only.',
    codes: [], firedBy: 'test', screenedBy: 'date of birth', basis: 'Esketamine is not approved below 18; a large home study and a clinic start there too.', cites: ['S11', 'S19', 'S49'], tag: 'V', verified: true,
  },
  {
    id: 'B07', action: 'block', ...atScreening,
    when: { any: [{ ...recentEvent, ...ifRecorded }, { all: [datedEvent, recentEvent] }] },
    says: 'Heart attack, stroke, transient ischemic attack or unstable angina within 6 weeks.', plainly: 'Your heart or brain needs more time to recover first.',
    liftedBy: 'More than six weeks since the event; then O03 applies.', codes: eventCodes, firedBy: 'test', screenedBy: 'history', basis: 'Six weeks after a major event, as on the European label, from memory.', cites: ['S11', 'P'], tag: 'M', verified: false,
  },
  {
    id: 'B08', action: 'block', ...atScreening,
    when: { any: [{ ...severeFailure, ...ifRecorded }, { all: [{ diagnosis: ['I50'], recorded: 'current' }, severeFailure] }] },
    says: 'Heart failure of NYHA class III or IV, or decompensated.', plainly: 'Your heart has too much work already. Ketamine would add to it, so it is not given here.',
    codes: ['I50'], firedBy: 'test', screenedBy: 'history', basis: 'A practice names severe heart problems; the class is our cut.', cites: ['S1', 'P'], tag: 'P', verified: false,
  },
  {
    id: 'B09', action: 'block', ...atScreening, when: { fact: 'hasCapacity', is: false },
    says: 'Cannot decide about this treatment, or refuses it.', plainly: 'This treatment is only given to somebody who can decide about it freely, and wants it.',
    codes: [], firedBy: 'test', screenedBy: 'interview', basis: 'Excluded from the trial, and a condition of any consent.', cites: ['S36', 'S49'], tag: 'V', verified: true,
  },
  {
    id: 'B10', action: 'block', ...atScreening, when: { fact: 'childPugh', is: 'C', ...ifMeasured },
    says: 'Severe liver impairment (Child-Pugh C).', plainly: 'Your liver could not clear the medicine as it should, so it is not given here.',
    codes: ['K72', 'K74.6'], firedBy: 'test', screenedBy: 'liver tests, history', basis: 'Not recommended by the label, from memory.', cites: ['S11', 'P'], tag: 'M', verified: false,
  },
  {
    id: 'B11', action: 'block', ...atScreening, when: { fact: 'mania', is: 'current' },
    says: 'Mania or hypomania now.', plainly: 'Ketamine can lift a high mood further. Your team will help you to steady it first.',
    codes: ['F30', 'F31.0', 'F31.1', 'F31.2'], firedBy: 'test', screenedBy: 'interview, MDQ or YMRS', basis: 'Excluded from the trial.', cites: ['S36'], tag: 'V', verified: true,
  },
  {
    id: 'B12', action: 'block', ...atScreening, when: { diagnosis: dementiaCodes, recorded: 'current' },
    says: 'Delirium or a major neurocognitive disorder.', plainly: 'Ketamine can add to confusion. With what your record says, it is not given here.',
    codes: dementiaCodes, firedBy: 'codes', screenedBy: 'interview, MoCA', basis: 'Excluded by a clinic. The codes are from memory.', cites: ['S49', 'P'], tag: 'V', verified: false,
  },
] as const satisfies readonly RuleRow[]
