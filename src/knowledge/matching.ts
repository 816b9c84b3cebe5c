import type { MatchingRows } from '../core/matching/shortlist.ts'
import { conditions } from './conditions.ts'
import type { SourceId } from './sources.ts'

/** Ways of working that a person may ask for and a therapist may offer. */
export const approaches = {
  cbt: 'cognitive behavioral therapy',
  mindfulness: 'mindfulness-based work',
  act: 'acceptance and commitment therapy',
  dbt: 'skills from dialectical behavior therapy',
  emdr: 'EMDR',
  somatic: 'body-oriented work',
  ifs: 'work with inner parts',
  psychodynamic: 'psychodynamic therapy',
  existential: 'existential therapy',
  group: 'groups',
  couples: 'work with couples',
} as const

export const languageNames = { en: 'English', es: 'Spanish', zh: 'Chinese', vi: 'Vietnamese', tl: 'Tagalog', other: 'the language they named' } as const

/** How a match is weighed. What the person left open weighs nothing, and nobody is left out for a language. */
export const matching = {
  id: 'matching.weights',
  weights: { condition: 30, approach: 10, place: 20, time: 20, language: 10, soon: 15, room: 5 },
  dayParts: { morning: { from: '07:00', to: '12:00' }, afternoon: { from: '12:00', to: '17:00' }, evening: { from: '17:00', to: '21:00' } },
  minutesNeeded: 60,
  firstVisitWithinDays: 7,
  words: {
    condition: 'Works with {what}',
    'no-condition': 'Does not list {what}',
    approach: 'Offers {what}',
    'no-approach': 'Does not list {what}',
    place: 'Meets people {what}, as wished',
    'no-place': 'Does not meet people {what}',
    time: 'Works at times that suit',
    'no-time': 'No working hours at the wished times',
    language: 'Speaks {what}',
    'no-language': 'Does not list {what}',
    soon: 'Has time within {what} days',
    'no-soon': 'No free time found within {what} days',
    room: 'Has room for another course',
    'no-room': 'Has little room left',
    'not-accepting': 'Takes nobody new at present',
    full: 'Has as many people in a course as agreed',
    'not-licensed': 'Online: not entered as licensed {what}',
  },
  names: { ...approaches, ...languageNames, online: 'online', 'in-person': 'in person', ...Object.fromEntries(conditions.map((condition) => [condition.id, condition.clinicalName.charAt(0).toLowerCase() + condition.clinicalName.slice(1)])) },
  tags: { weights: 'P', dayParts: 'P', minutesNeeded: 'P', firstVisitWithinDays: 'V' },
  cites: ['P', 'S2'],
  verified: false,
  reviewBy: '2027-05-31',
} as const satisfies MatchingRows & { readonly cites: readonly [SourceId, ...SourceId[]] } & Record<string, unknown>
