import { interactions } from '../interactions.ts'
import { atScreening, ifRecorded, ingredientsOf, type RuleRow } from './row.ts'

const onTheList = { codes: [], firedBy: 'test', screenedBy: 'medications' } as const
const opioids = { taking: ingredientsOf(interactions.opioids), called: 'an opioid' }
const benzodiazepines = { taking: ingredientsOf(interactions.benzodiazepines), called: 'a benzodiazepine' }

/** Cautions about what is taken. No row ever tells anybody to stop a scheduled medicine. */
export const cautionsAboutMedicines = [
  {
    id: 'C04', action: 'caution', ...atScreening, when: { taking: ingredientsOf(interactions.lamotrigine), called: 'lamotrigine' },
    says: 'Lamotrigine may weaken the effect; it goes on unless its prescriber decides otherwise.', plainly: 'One of your medicines may make ketamine work a little less. Keep taking it.', ...onTheList, basis: 'Two of five studies in a review; a guideline lets it go on without comment.', cites: ['S13', 'S14'], tag: 'V', verified: true,
  },
  {
    id: 'C05', action: 'caution', ...atScreening,
    when: { all: [{ any: [benzodiazepines, { fact: 'lorazepamEquivalentMg', moreThan: 0, ...ifRecorded }] }, { fact: 'lorazepamEquivalentMg', atMost: 3 }] },
    says: 'Benzodiazepine up to 3 mg lorazepam equivalent a day: may shorten the effect. As-needed doses are left out for 24 hours, better 72, if that is safe; daily ones go on.', plainly: 'One of your medicines may make the effect shorter. Do not stop it by yourself; your prescriber tells you what to do.', ...onTheList, basis: 'Two reviews and a guideline. Members beyond those named are from memory.', cites: ['S13', 'S14', 'S15'], tag: 'V', verified: false,
  },
  {
    id: 'C06', action: 'caution', ...atScreening,
    when: { all: [{ taking: ingredientsOf(interactions.stimulants), called: 'a stimulant' }, { fact: 'systolicMmHg', below: 140 }, { fact: 'diastolicMmHg', below: 90 }] },
    says: 'Stimulant or modafinil with a pressure below 140/90: left out the day before and on the day, if its prescriber agrees.', plainly: 'One of your medicines raises blood pressure. Your prescriber tells you what to do around a session.', ...onTheList, basis: 'A guideline; the label warns. Members beyond those named are from memory.', cites: ['S15', 'S11'], tag: 'V', verified: false,
  },
  {
    id: 'C07', action: 'caution', ...atScreening,
    when: { any: [
      { taking: ingredientsOf(interactions.sedatives, interactions.sedatingAntihistamines, interactions.barbituratesAndOxybate, interactions.kratom, interactions.alcoholAndCannabis), called: 'something that sedates' },
      { all: [opioids, { not: { fact: 'opioidAgonistTreatment', is: true } }, { not: { fact: 'morphineEquivalentMg', atLeast: 50, noWhen: ['not-asked', 'not-known'] } }] },
    ] },
    says: 'Another medicine that sedates, or an opioid below 50 mg morphine equivalent: no as-needed dose on the day; alcohol and cannabis not for 48 hours. Scheduled ones go on.', plainly: 'One of the things you take makes you sleepy. Your prescriber tells you what to do around a session.', ...onTheList, basis: 'A guideline; the label warns of adding to other sedatives. Members beyond those named are from memory.', cites: ['S15', 'S11'], tag: 'V', verified: false,
  },
  {
    id: 'C08', action: 'caution', ...atScreening, when: { taking: ingredientsOf(interactions.cyp3a4Inhibitors, interactions.cyp2b6Inhibitors), called: 'an inhibitor of CYP3A4 or CYP2B6' },
    says: 'Inhibitor of CYP3A4 or CYP2B6: start by mouth at about one third, under the tongue at half.', plainly: 'One of your medicines makes ketamine stronger. Your prescriber starts lower.', ...onTheList, basis: 'The direction was read, the size is ours, most of the members are from memory.', cites: ['S14', 'P'], tag: 'P', verified: false,
  },
  {
    id: 'C09', action: 'caution', ...atScreening, when: { taking: ingredientsOf(interactions.inducers), called: 'an inducer of CYP3A4 or CYP2B6' },
    says: 'Inducer of CYP3A4 or CYP2B6: the exposure may be low.', plainly: 'One of your medicines may make ketamine weaker.', ...onTheList, basis: 'The direction was read. Members beyond those named are from memory.', cites: ['S14'], tag: 'V', verified: false,
  },
  {
    id: 'C16', action: 'caution', ...atScreening, when: { taking: ingredientsOf(interactions.levothyroxine), called: 'levothyroxine' },
    says: 'Levothyroxine: look at pulse and pressure.', plainly: 'Because of your thyroid medicine, your pulse and pressure are watched.', ...onTheList, basis: 'The interaction is named in a guideline.', cites: ['S50'], tag: 'V', verified: true,
  },
  {
    id: 'C17', action: 'caution', ...atScreening, when: { taking: ingredientsOf(interactions.antipsychotics), called: 'an antipsychotic' },
    says: 'Antipsychotic: may weaken the effect; findings differ.', plainly: 'One of your medicines may make ketamine work a little less. Keep taking it.', ...onTheList, basis: 'A review, with mixed findings for haloperidol, risperidone and clozapine. Members beyond those named are from memory.', cites: ['S13'], tag: 'V', verified: false,
  },
  {
    id: 'C18', action: 'caution', ...atScreening, when: { taking: ingredientsOf(interactions.naltrexone), called: 'naltrexone' },
    says: 'Naltrexone: the effect on mood may be lost; findings differ.', plainly: 'One of your medicines may make ketamine work a little less. Keep taking it.', ...onTheList, basis: 'From memory.', cites: ['P'], tag: 'M', verified: false,
  },
  {
    id: 'C21', action: 'caution', ...atScreening, when: { taking: ingredientsOf(interactions.serotoninReuptakeInhibitors), called: 'an SSRI or SNRI' },
    says: 'SSRI or SNRI: the peak of the pressure may be higher; it goes on.', plainly: 'Keep taking your antidepressant. Your blood pressure is watched closely.', ...onTheList, basis: 'A study saw higher peaks; two guides let it go on. Members beyond those named are from memory.', cites: ['S38', 'S14', 'S15'], tag: 'V', verified: false,
  },
  {
    id: 'C23', action: 'caution', ...atScreening, when: { taking: ingredientsOf(interactions.glp1Agonists), called: 'a GLP-1 agonist' },
    says: 'GLP-1 agonist: the stomach empties slowly; the usual fast may be too short.', plainly: 'One of your medicines keeps food in the stomach longer. Your prescriber tells you when to stop eating.', ...onTheList, basis: 'Added by a safety review.', cites: ['P'], tag: 'P', verified: false,
  },
  {
    id: 'C25', action: 'caution', ...atScreening, when: { taking: ingredientsOf(interactions.glucoseLowering), called: 'insulin or a sulfonylurea' },
    says: 'Insulin or a sulfonylurea: sugar may fall while fasting. The prescriber writes how it is taken on the day.', plainly: 'Fasting and your diabetes medicine need a plan. Your prescriber writes it down for you.', ...onTheList, basis: 'Added by a safety review, from memory.', cites: ['P'], tag: 'M', verified: false,
  },
  {
    id: 'C26', action: 'caution', ...atScreening, when: { taking: ingredientsOf(interactions.anticoagulants), called: 'an anticoagulant' },
    says: 'Anticoagulant: an injection into muscle may bleed; choose another route or ask. It is never stopped for a session.', plainly: 'Because of your blood thinner, your prescriber chooses how ketamine is given. Keep taking it.', ...onTheList, basis: 'Added by a safety review, from memory.', cites: ['P'], tag: 'M', verified: false,
  },
  {
    id: 'C28', action: 'caution', ...atScreening, when: { taking: ingredientsOf(interactions.otherNmdaBlockers), called: 'another NMDA blocker' },
    says: 'Dextromethorphan, memantine or amantadine: acts at the same receptor.', plainly: 'One of your medicines works like ketamine does. Your prescriber looks at the two together.', ...onTheList, basis: 'Added by a safety review, from memory.', cites: ['P'], tag: 'M', verified: false,
  },
  {
    id: 'C29', action: 'caution', ...atScreening, when: { taking: ingredientsOf(interactions.reversibleMonoamineOxidaseInhibitors), called: 'linezolid, methylene blue or moclobemide' },
    says: 'Reversible MAO inhibitor: pressure may rise; wait until the treatment is over, or decide.', plainly: 'One of your medicines can raise blood pressure together with ketamine. Your prescriber decides when to go on.', ...onTheList, basis: 'Added by a safety review, from memory.', cites: ['P'], tag: 'M', verified: false,
  },
  {
    id: 'C30', action: 'caution', ...atScreening, when: { taking: ingredientsOf(interactions.psychedelics), called: 'ayahuasca or another psychedelic' },
    says: 'Ayahuasca or another psychedelic: ask when, how much and what is planned.', plainly: 'Tell us openly what else you use and when. Your prescriber plans the distance.', ...onTheList, basis: 'Added by a safety review, from memory.', cites: ['P'], tag: 'M', verified: false,
  },
  {
    id: 'C31', action: 'caution', ...atScreening, when: { anyIn: 'medicinesToJudge' },
    says: 'Irreversible MAO inhibitor that was stopped: whether enough time has passed is for the prescriber to judge. No source that was read gives a figure.', plainly: 'A medicine that you no longer take may still act. Your prescriber decides when it is time.', ...onTheList, basis: 'From memory: the effect outlasts the last dose. For how long was found in no source.', cites: ['P'], tag: 'M', verified: false,
  },
] as const satisfies readonly RuleRow[]
