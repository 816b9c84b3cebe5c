import type { SourceId } from '../sources.ts'

/** Read in a copy of the standard. */
export const read = { textVerified: false, tag: 'V', cites: ['S35'] as readonly [SourceId, ...SourceId[]], verified: true, reviewBy: '2027-05-31' } as const
/** Recalled without it: to be looked up before anybody relies on the words. */
export const recalled = { textVerified: false, tag: 'M', cites: ['S35'] as readonly [SourceId, ...SourceId[]], verified: false, reviewBy: '2027-05-31' } as const

export const groups = {
  mind: 'Psychiatric disorders', nerves: 'Nervous system disorders', gut: 'Gastrointestinal disorders', heart: 'Cardiac disorders', vessels: 'Vascular disorders',
  breath: 'Respiratory, thoracic and mediastinal disorders', bladder: 'Renal and urinary disorders', general: 'General disorders and administration site conditions',
  ear: 'Ear and labyrinth disorders', eye: 'Eye disorders', skin: 'Skin and subcutaneous tissue disorders', immune: 'Immune system disorders', tests: 'Investigations',
} as const
