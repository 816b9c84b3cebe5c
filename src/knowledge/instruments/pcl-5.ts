import type { FindingRule } from '../../core/measures/counting.ts'
import type { AnswerScale, Instrument, InstrumentItem } from '../../core/measures/instrument.ts'
import { leansOn, ours, recalled, seenIn } from './row.ts'

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

const cluster = (from: number, to: number) => ({ kind: 'sum', items: ids.slice(from, to) }) as const
const present = (from: number, to: number, howMany: number) => ({ items: ids.slice(from, to), from: 2, howMany })
const findings: readonly FindingRule[] = [
  { id: 'pcl-5.pattern', says: 'The pattern that the authors read as provisional PTSD. An interview has to follow.', when: { all: [present(0, 5, 1), present(5, 7, 1), present(7, 14, 2), present(14, 20, 2)] } },
  { id: 'pcl-5.cut-off', says: 'At or above 31, the lower end of the authors’ cut-off of 31 to 33.', when: { score: 'total', atLeast: 31 } },
]

export const pcl5 = {
  id: 'pcl-5',
  version: '2026-1',
  language: 'en',
  title: 'PCL-5',
  says: 'Twenty questions about the month past, with one very stressful experience in mind.',
  stem: 'In the past month, how much were you bothered by:',
  items,
  scoring: { kind: 'sum', items: ids, subscales: { reexperiencing: cluster(0, 5), avoidance: cluster(5, 7), 'cognition-and-mood': cluster(7, 14), arousal: cluster(14, 20) } },
  findings,
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
    holder: 'United States Department of Veterans Affairs',
    terms: 'Work of the United States government (Department of Veterans Affairs): not copyrighted.',
    collecting: 'free',
    source: 'Standard wording, not yet compared with the copy of the National Center for PTSD.',
    text: 'shipped',
    textVerified: false,
    unverifiedParts: ['stem', 'items'],
  },
  ...leansOn({ items: recalled, stem: recalled, subscales: seenIn('Papers on the scale.'), findings: seenIn('Papers on the scale: one, one, two and two at 2 or more; a total of 31 to 33.'), loinc: recalled, minDaysBetween: ours }),
  cites: ['S34'],
  verified: false,
  reviewBy: '2027-05-31',
} as const satisfies Instrument

/** The same twenty questions about one week. Its codes were not seen, so it has none. */
export const pcl5Weekly = {
  ...pcl5,
  id: 'pcl-5-weekly',
  title: 'PCL-5, weekly',
  says: 'Twenty questions about the past week, with one very stressful experience in mind.',
  stem: 'In the past week, how much were you bothered by:',
  findings: [],
  loinc: {},
  recallDays: 7,
  minDaysBetween: 7,
  moments: ['weekly'],
  ...leansOn({ items: recalled, stem: recalled, subscales: seenIn('Papers on the monthly form.'), minDaysBetween: ours }),
} as const satisfies Instrument
