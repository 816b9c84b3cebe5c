import type { Instrument, InstrumentItem } from '../../core/measures/instrument.ts'
import { leansOn, ours, seenIn } from './row.ts'

const label = (id: string, loinc: string | undefined, text: string, askedWhen?: InstrumentItem['askedWhen']): InstrumentItem => ({
  id, text, answer: { kind: 'yes-no' }, required: true, ...(loinc === undefined ? {} : { loinc }), ...(askedWhen ? { askedWhen } : {}),
})

/**
 * A skeleton: which questions there are, which follow which, and how the answers are triaged. The labels are
 * ours and say what a question is about; the interviewer reads the words from the practice's own copy.
 */
export const cSsrs = {
  id: 'c-ssrs',
  version: '2026-1',
  language: 'en',
  title: 'C-SSRS screener',
  says: 'Asked by a clinician, from the practice’s own copy.',
  items: [
    label('q1', '93246-7', 'Question 1: wish to be dead'),
    label('q2', '93247-5', 'Question 2: thoughts of suicide'),
    label('q3', '93248-3', 'Question 3: a method in mind', { item: 'q2', is: 1 }),
    label('q4', '93249-1', 'Question 4: some intent', { item: 'q2', is: 1 }),
    label('q5', '93250-9', 'Question 5: plan and intent', { item: 'q2', is: 1 }),
    label('q6Lifetime', '93267-3', 'Question 6: behavior, ever'),
    label('q6PastThreeMonths', '93269-9', 'Question 6: behavior, within three months', { item: 'q6Lifetime', is: 1 }),
  ],
  scoring: { kind: 'none' },
  bands: [],
  risk: {
    kind: 'triage',
    levels: [
      { level: 'high', anyOf: ['q4', 'q5', 'q6PastThreeMonths'] },
      { level: 'moderate', anyOf: ['q3', 'q6Lifetime'] },
      { level: 'low', anyOf: ['q1', 'q2'] },
    ],
  },
  loinc: { panel: '93373-9' },
  recallDays: 30,
  minDaysBetween: 0,
  askedFromPaper: true,
  answeredBy: ['clinician'],
  moments: ['screening', 'before-dose', 'after-dose', 'day-after', 'follow-up'],
  validated: true,
  licence: {
    tier: 'T2',
    holder: 'Posner and the Columbia Lighthouse Project',
    terms: 'Health care providers may use the Columbia protocol in their records without cost or licence; its words stay unaltered and belong to their author.',
    condition: 'We are health care providers, use it in our own records, and leave its words unaltered.',
    collecting: 'free',
    source: 'Terms as its owners state them on their site. Codes: an example of the HL7 behavioral health profiles.',
    text: 'from-practice',
    textVerified: false,
    unverifiedParts: ['items'],
  },
  ...leansOn({ triage: seenIn('The screener and its triage, in several copies.'), askedWhen: seenIn('The same copies.'), loinc: seenIn('An example of the HL7 behavioral health profiles.'), minDaysBetween: ours }),
  cites: ['S32'],
  verified: true,
  reviewBy: '2027-05-31',
} as const satisfies Instrument
