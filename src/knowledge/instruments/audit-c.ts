import type { AnswerScale, Instrument } from '../../core/measures/instrument.ts'
import { leansOn, ours, recalled, seenIn } from './row.ts'

const choices = (...texts: readonly [string, string, string, string, string]): AnswerScale => ({ kind: 'choice', options: texts.map((text, value) => ({ value, text })) })

export const auditC = {
  id: 'audit-c',
  version: '2026-1',
  language: 'en',
  title: 'AUDIT-C',
  says: 'Three questions about alcohol over the past year.',
  items: [
    { id: 'q1', loinc: '68518-0', text: 'How often do you have a drink containing alcohol?', answer: choices('Never', 'Monthly or less', '2 to 4 times a month', '2 to 3 times a week', '4 or more times a week'), required: true },
    { id: 'q2', loinc: '68519-8', text: 'How many standard drinks containing alcohol do you have on a typical day?', answer: choices('1 or 2', '3 or 4', '5 or 6', '7 to 9', '10 or more'), required: true },
    { id: 'q3', loinc: '68520-6', text: 'How often do you have six or more drinks on one occasion?', answer: choices('Never', 'Less than monthly', 'Monthly', 'Weekly', 'Daily or almost daily'), required: true },
  ],
  scoring: { kind: 'sum', items: ['q1', 'q2', 'q3'] },
  // Four is the cut-off for men and three for women; with the sex unknown the lower one holds, so the band uses it.
  bands: [
    { from: 0, to: 2, name: 'below the cut-off' },
    { from: 3, to: 12, name: 'at or above the lower cut-off' },
  ],
  loinc: { panel: '72109-2', total: '75626-2' },
  recallDays: 365,
  minDaysBetween: 28,
  answeredBy: ['patient', 'clinician'],
  moments: ['screening', 'baseline', 'follow-up'],
  validated: true,
  licence: {
    tier: 'T1',
    holder: 'World Health Organization; Bush and others, 1998',
    terms: 'In the public domain, as the CamCOPS documentation quotes SAMHSA.',
    collecting: 'free',
    source: 'Standard wording, not yet compared with a primary copy.',
    text: 'shipped',
    textVerified: false,
    unverifiedParts: ['items'],
  },
  ...leansOn({ items: recalled, bands: seenIn('Papers on the scale.'), loinc: recalled, minDaysBetween: ours }),
  cites: ['P'],
  verified: false,
  reviewBy: '2027-05-31',
} as const satisfies Instrument
