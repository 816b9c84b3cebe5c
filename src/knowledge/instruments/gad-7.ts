import type { Instrument, Licence } from '../../core/measures/instrument.ts'
import { howOften, stem } from './phq.ts'
import { leansOn, ours, recalled, seenIn } from './row.ts'

const licence = {
  tier: 'T1',
  holder: 'Spitzer, Williams, Kroenke and Löwe',
  terms: 'Published by the same owners under the same terms as the PHQ-9: no permission is needed to reproduce, translate, display or distribute it.',
  collecting: 'free',
  source: 'Standard wording, not yet compared with a primary copy. Codes: LOINC as listed in HL7 guides.',
  text: 'shipped',
  textVerified: false,
  unverifiedParts: ['stem', 'items'],
} as const satisfies Licence

const items = [
  howOften('q1', '69725-0', 'Feeling nervous, anxious, or on edge'),
  howOften('q2', '68509-9', 'Not being able to stop or control worrying'),
  howOften('q3', '69733-4', 'Worrying too much about different things'),
  howOften('q4', '69734-2', 'Trouble relaxing'),
  howOften('q5', '69735-9', 'Being so restless that it is hard to sit still'),
  howOften('q6', '69689-8', 'Becoming easily annoyed or irritable'),
  howOften('q7', '69736-7', 'Feeling afraid as if something awful might happen'),
] as const

export const gad7 = {
  id: 'gad-7',
  version: '2026-1',
  language: 'en',
  title: 'GAD-7',
  says: 'Seven questions about worry over the last two weeks.',
  stem,
  items,
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
  licence,
  ...leansOn({ items: recalled, stem: recalled, bands: seenIn('Papers on the scale.'), loinc: seenIn('Forms that HL7 guides list.'), minDaysBetween: ours }),
  cites: ['S34', 'S48'],
  verified: false,
  reviewBy: '2027-05-31',
} as const satisfies Instrument

/** The first two questions: no code of its own was seen. */
export const gad2 = {
  ...gad7,
  id: 'gad-2',
  title: 'GAD-2',
  says: 'Two questions about worry over the last two weeks.',
  items: [items[0], items[1]],
  scoring: { kind: 'sum', items: ['q1', 'q2'] },
  bands: [
    { from: 0, to: 2, name: 'below the cut-off' },
    { from: 3, to: 6, name: 'at or above the cut-off' },
  ],
  loinc: {},
  minDaysBetween: 0,
  containedIn: ['gad-7'],
  moments: ['screening', 'before-dose'],
  ...leansOn({ items: recalled, stem: recalled, bands: recalled, minDaysBetween: ours }),
} as const satisfies Instrument
