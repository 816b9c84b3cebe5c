import type { AnswerScale, Instrument } from '../../core/measures/instrument.ts'
import { leansOn, ours, reviewBy, seenIn, upTo } from './row.ts'

const often: AnswerScale = { kind: 'choice', options: ['Not at all', 'Only occasionally', 'Sometimes', 'Often', 'Most or all the time'].map((text, value) => ({ value, text })) }
const wording = [
  'I have felt tense, anxious or nervous', 'I have felt I have someone to turn to for support when needed', 'I have felt able to cope when things go wrong', 'Talking to people has felt too much for me', 'I have felt panic or terror',
  'I made plans to end my life', 'I have had difficulty getting to sleep or staying asleep', 'I have felt despairing or hopeless', 'I have felt unhappy', 'Unwanted images or memories have been distressing me',
] as const

/** Two of the ten say that things go well and count from the other end. Bands differ between copies, so only the cut-off that they share is here. */
export const core10: Instrument = {
  id: 'core-10', version: '2026-1', language: 'en', title: 'CORE-10', says: 'Ten statements about the last week.',
  stem: 'Please read each statement and think how often you felt that way last week.',
  items: wording.map((text, place) => ({ id: `q${place + 1}`, text, answer: often, required: true })),
  scoring: { kind: 'sum', items: upTo(10), reversed: ['q2', 'q3'] },
  bands: [{ from: 0, to: 10, name: 'below the cut-off' }, { from: 11, to: 40, name: 'at or above the cut-off' }],
  risk: { kind: 'item', item: 'q6', atLeast: 1, callFrom: 1, followedBy: 'c-ssrs' },
  recallDays: 7, minDaysBetween: 7, answeredBy: ['patient', 'clinician'], moments: ['weekly', 'follow-up'], validated: true,
  licence: {
    tier: 'T1', holder: 'CORE System Trust', terms: 'CC BY-ND 4.0: free to use in software, unaltered, with its owner named. One public page says that it may not be used commercially; ask the owner where that matters.', collecting: 'free',
    source: 'Two public pages that print all ten statements alike. The owner’s own form was not read.', text: 'shipped', textVerified: false, unverifiedParts: ['stem', 'items'],
  },
  ...leansOn({ items: seenIn('Two public pages, word for word alike.'), stem: seenIn('One of the two pages.'), reversed: seenIn('A page that scores it, and another that marks the two with a star.'), bands: seenIn('Two pages that give 11 as the cut-off; their bands above it differ.'), risk: ours, minDaysBetween: ours }),
  cites: ['S54'], verified: false, reviewBy,
}
