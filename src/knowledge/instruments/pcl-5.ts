import type { AnswerScale, Instrument, InstrumentItem } from '../../core/measures/instrument.ts'

const bothered = {
  kind: 'choice',
  options: [
    { value: 0, text: 'Not at all' },
    { value: 1, text: 'A little bit' },
    { value: 2, text: 'Moderately' },
    { value: 3, text: 'Quite a bit' },
    { value: 4, text: 'Extremely' },
  ],
} as const satisfies AnswerScale

const wording = [
  'Repeated, disturbing, and unwanted memories of the stressful experience?',
  'Repeated, disturbing dreams of the stressful experience?',
  'Suddenly feeling or acting as if the stressful experience were actually happening again (as if you were actually back there reliving it)?',
  'Feeling very upset when something reminded you of the stressful experience?',
  'Having strong physical reactions when something reminded you of the stressful experience (for example, heart pounding, trouble breathing, sweating)?',
  'Avoiding memories, thoughts, or feelings related to the stressful experience?',
  'Avoiding external reminders of the stressful experience (for example, people, places, conversations, activities, objects, or situations)?',
  'Trouble remembering important parts of the stressful experience?',
  'Having strong negative beliefs about yourself, other people, or the world (for example, having thoughts such as: I am bad, there is something seriously wrong with me, no one can be trusted, the world is completely dangerous)?',
  'Blaming yourself or someone else for the stressful experience or what happened after it?',
  'Having strong negative feelings such as fear, horror, anger, guilt, or shame?',
  'Loss of interest in activities that you used to enjoy?',
  'Feeling distant or cut off from other people?',
  'Trouble experiencing positive feelings (for example, being unable to feel happiness or have loving feelings for people close to you)?',
  'Irritable behavior, angry outbursts, or acting aggressively?',
  'Taking too many risks or doing things that could cause you harm?',
  'Being “superalert” or watchful or on guard?',
  'Feeling jumpy or easily startled?',
  'Having difficulty concentrating?',
  'Trouble falling or staying asleep?',
] as const

const ids = wording.map((_, i) => `q${i + 1}`)
const items = wording.map((text, i): InstrumentItem => ({ id: `q${i + 1}`, text, answer: bothered, required: true }))

export const pcl5 = {
  id: 'pcl-5',
  version: '2026-1',
  title: 'PCL-5',
  says: 'Twenty questions about the month past, with one very stressful experience in mind.',
  stem: 'In the past month, how much were you bothered by:',
  items,
  scoring: { kind: 'sum', items: ids, subscales: { reexperiencing: ids.slice(0, 5), avoidance: ids.slice(5, 7), 'cognition-and-mood': ids.slice(7, 14), arousal: ids.slice(14) } },
  // No severity bands: none have been validated.
  bands: [],
  loinc: { panel: '101697-1', total: '101698-9' },
  recallDays: 30,
  minDaysBetween: 14,
  answeredBy: ['patient', 'clinician'],
  moments: ['baseline', 'follow-up'],
  validated: true,
  licence: {
    tier: 'T1',
    terms: 'Work of the United States government (Department of Veterans Affairs): not copyrighted.',
    source: 'Standard wording, not yet compared with the copy of the National Center for PTSD.',
    text: 'shipped',
    textVerified: false,
    unverifiedParts: ['stem', 'items'],
  },
  tags: { items: 'M', stem: 'M', subscales: 'V', loinc: 'M', minDaysBetween: 'P' },
  cites: ['S34'],
  verified: false,
  reviewBy: '2027-05-31',
} as const satisfies Instrument
