import type { Instrument, InstrumentItem } from '../../core/measures/instrument.ts'
import { frequency, stem } from './phq.ts'

const asked = (id: string, loinc: string, text: string): InstrumentItem => ({ id, loinc, text, answer: frequency, required: true })

export const gad7 = {
  id: 'gad-7',
  version: '2026-1',
  title: 'GAD-7',
  says: 'Seven questions about worry over the last two weeks.',
  stem,
  items: [
    asked('q1', '69725-0', 'Feeling nervous, anxious, or on edge'),
    asked('q2', '68509-9', 'Not being able to stop or control worrying'),
    asked('q3', '69733-4', 'Worrying too much about different things'),
    asked('q4', '69734-2', 'Trouble relaxing'),
    asked('q5', '69735-9', 'Being so restless that it is hard to sit still'),
    asked('q6', '69689-8', 'Becoming easily annoyed or irritable'),
    asked('q7', '69736-7', 'Feeling afraid as if something awful might happen'),
  ],
  scoring: { kind: 'sum', items: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7'] },
  bands: [
    { from: 0, to: 4, name: 'minimal' },
    { from: 5, to: 9, name: 'mild' },
    { from: 10, to: 14, name: 'moderate' },
    { from: 15, to: 21, name: 'severe' },
  ],
  loinc: { panel: '69737-5', total: '70274-6' },
  recallDays: 14,
  minDaysBetween: 7,
  answeredBy: ['patient', 'clinician'],
  moments: ['screening', 'baseline', 'weekly', 'follow-up', 'maintenance'],
  validated: true,
  licence: {
    tier: 'T1',
    terms: 'Published by the same owners under the same terms as the PHQ-9: no permission is needed to reproduce, translate, display or distribute it.',
    source: 'Standard wording, not yet compared with a primary copy. Codes: LOINC as listed in HL7 guides.',
    text: 'shipped',
    textVerified: false,
    unverifiedParts: ['stem', 'items'],
  },
  tags: { items: 'M', stem: 'M', bands: 'V', loinc: 'V', minDaysBetween: 'P' },
  cites: ['S34', 'S48'],
  verified: false,
  reviewBy: '2027-05-31',
} as const satisfies Instrument
