import type { Condition } from '../core/matching/condition.ts'
import type { SourceId } from './sources.ts'

type Cited = Condition & { readonly cites: readonly [SourceId, ...SourceId[]] }

const shared = { verified: false, reviewBy: '2027-05-31' } as const
/** Every code is from memory and has to be compared with the current release file. */
const tags = { codes: 'M' } as const

const depressionCodes = [
  { code: 'F32.1', says: 'major depression, single episode, moderate' },
  { code: 'F32.2', says: 'major depression, single episode, severe' },
  { code: 'F33.1', says: 'major depression, recurrent, moderate' },
  { code: 'F33.2', says: 'major depression, recurrent, severe' },
] as const

/** One catalogue: the public page, the intake's indications and the matching of therapists read these rows. */
export const conditions: readonly Cited[] = [
  { ...shared, id: 'depression', name: 'Depression', clinicalName: 'Major depressive disorder', group: 'mood', codes: depressionCodes, path: 'usual', measures: ['phq-9'], tags, cites: ['S1', 'S2', 'S19'] },
  { ...shared, id: 'treatment-resistant-depression', name: 'Depression that has not lifted with medicines', clinicalName: 'Treatment-resistant depression', group: 'mood', codes: depressionCodes, also: 'Adequate trials of antidepressants in this episode, as the eligibility rules count them.', path: 'usual', measures: ['phq-9'], tags, cites: ['S2', 'S49'] },
  {
    ...shared, id: 'bipolar-depression', name: 'Depression in bipolar disorder', clinicalName: 'Bipolar depression', group: 'mood',
    codes: [
      { code: 'F31.30', says: 'bipolar disorder, depressed, mild or moderate, unspecified' },
      { code: 'F31.31', says: 'bipolar disorder, depressed, mild' },
      { code: 'F31.32', says: 'bipolar disorder, depressed, moderate' },
      { code: 'F31.4', says: 'bipolar disorder, depressed, severe' },
      { code: 'F31.81', says: 'bipolar II disorder' },
    ],
    path: 'prescriber-decides', measures: ['phq-9'], tags, cites: ['S25', 'S19'],
  },
  { ...shared, id: 'generalized-anxiety', name: 'Worry that does not stop (generalized anxiety)', clinicalName: 'Generalized anxiety disorder', group: 'anxiety', codes: [{ code: 'F41.1', says: 'generalized anxiety disorder' }], path: 'usual', measures: ['gad-7'], tags, cites: ['S1', 'S19'] },
  {
    ...shared, id: 'social-anxiety', name: 'Fear of being with people (social anxiety)', clinicalName: 'Social anxiety disorder', group: 'anxiety',
    codes: [{ code: 'F40.10', says: 'social phobia, unspecified' }, { code: 'F40.11', says: 'social phobia, generalized' }],
    path: 'usual', measures: ['gad-7'], tags, cites: ['S1'],
  },
  {
    ...shared, id: 'obsessive-compulsive', name: 'Thoughts and acts that repeat (obsessive-compulsive)', clinicalName: 'Obsessive-compulsive disorder', group: 'anxiety',
    codes: [
      { code: 'F42.2', says: 'mixed obsessions and compulsions' },
      { code: 'F42.3', says: 'hoarding disorder' },
      { code: 'F42.4', says: 'excoriation disorder' },
      { code: 'F42.8', says: 'other obsessive-compulsive disorder' },
      { code: 'F42.9', says: 'obsessive-compulsive disorder, unspecified' },
    ],
    path: 'usual', measures: ['gad-7'], tags, cites: ['S1'],
  },
  {
    ...shared, id: 'ptsd', name: 'Trauma that comes back (PTSD)', clinicalName: 'Post-traumatic stress disorder', group: 'trauma',
    codes: [{ code: 'F43.10', says: 'post-traumatic stress disorder, unspecified' }, { code: 'F43.11', says: 'post-traumatic stress disorder, acute' }, { code: 'F43.12', says: 'post-traumatic stress disorder, chronic' }],
    path: 'usual', measures: ['pcl-5', 'phq-9'], tags, cites: ['S1', 'S2', 'S19'],
  },
  { ...shared, id: 'unresolved-trauma', name: 'Older hurts that still shape your days', clinicalName: 'Unresolved trauma without PTSD', group: 'trauma', codes: [], also: 'Not a diagnosis by itself: the intake says which of the others it is, if any.', path: 'usual', measures: ['pcl-5', 'phq-9'], tags, cites: ['S1'] },
  { ...shared, id: 'burnout', name: 'Burnout', clinicalName: 'Burnout', group: 'stress', codes: [{ code: 'Z73.0', says: 'burn-out' }], path: 'usual', measures: ['phq-9'], tags, cites: ['S1'] },
  { ...shared, id: 'chronic-stress', name: 'Long stress', clinicalName: 'Chronic stress', group: 'stress', codes: [{ code: 'Z73.3', says: 'stress, not elsewhere classified' }], path: 'usual', measures: ['gad-7'], tags, cites: ['S1'] },
  {
    ...shared, id: 'life-transitions', name: 'A great change in life', clinicalName: 'Adjustment disorder', group: 'stress',
    codes: [
      { code: 'F43.20', says: 'adjustment disorder, unspecified' },
      { code: 'F43.21', says: 'adjustment disorder with depressed mood' },
      { code: 'F43.22', says: 'adjustment disorder with anxiety' },
      { code: 'F43.23', says: 'adjustment disorder with anxiety and depressed mood' },
      { code: 'F43.24', says: 'adjustment disorder with disturbance of conduct' },
      { code: 'F43.25', says: 'adjustment disorder with mixed disturbance' },
      { code: 'F43.29', says: 'adjustment disorder with other symptoms' },
    ],
    path: 'usual', measures: ['phq-9', 'gad-7'], tags, cites: ['S1'],
  },
  { ...shared, id: 'existential-distress', name: 'Facing illness, death or a loss of meaning', clinicalName: 'Existential distress', group: 'stress', codes: [{ code: 'Z71.89', says: 'other specified counseling' }], path: 'usual', measures: ['phq-9', 'gad-7'], tags, cites: ['S1'] },
  { ...shared, id: 'chronic-pain', name: 'Long-lasting pain', clinicalName: 'Chronic pain syndrome', group: 'pain', codes: [{ code: 'G89.4', says: 'chronic pain syndrome' }], path: 'own-protocol', measures: ['phq-9'], tags, cites: ['S2'] },
  {
    ...shared, id: 'substance-use', name: 'Alcohol or drugs', clinicalName: 'Alcohol use disorder, under a protocol made for it', group: 'substance',
    codes: [{ code: 'F10.20', says: 'alcohol dependence, uncomplicated' }, { code: 'F10.21', says: 'alcohol dependence, in remission' }],
    path: 'own-protocol', measures: ['audit-c', 'phq-9'], tags, cites: ['S2', 'S16', 'S17'],
  },
]
