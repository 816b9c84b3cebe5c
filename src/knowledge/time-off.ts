import type { TimeOffRows } from '../core/scheduling/time-off.ts'

/** What a dosing visit takes of the next day, and what a note for an employer must not say. */
export const timeOffRows: TimeOffRows = {
  noDriving: { id: 'time-off.no-driving', value: 24, tag: 'V', cites: ['S11', 'S49'], verified: true, reviewBy: '2027-05-31' },
}

/** Beginnings of words that tell a stranger what somebody is treated for, or with what. */
export const tellingWords = ['ketamin', 'esketamin', 'psyche', 'psycho', 'psychi', 'therap', 'mental', 'mindful', 'trauma', 'addict', 'depress', 'anxi', 'recover', 'wellness', 'infusion', 'behavio'] as const

/** What such a note says, without a word of why. */
export const workNoteWords = {
  title: 'Confirmation of appointments',
  opening: 'This is to confirm that the person named below has appointments at the times listed, which were made for reasons of health.',
  driving: 'Until the time given in the last column they are advised not to drive and not to use machines.',
  closing: 'The reason is confidential. Nothing further is said about this person without their written consent; whoever wants to know whether this paper is genuine may ask under the telephone number above, and is told yes or no.',
  made: 'It was made from the booked appointments as they stood on the day of issue, and not signed by hand.',
} as const
