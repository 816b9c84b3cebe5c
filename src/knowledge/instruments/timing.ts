import type { BetweenRow, DayAfterRow } from '../../core/measures/asks.ts'
import type { WhenHereRow } from '../../core/measures/when-here.ts'
import type { WeeklyRow } from '../../core/measures/weekly.ts'
import type { FollowUpWindow } from '../../core/measures/windows.ts'

/** How many days before the first dose a score still counts as the baseline. */
export const baselineDays = { id: 'timing.baseline', value: 14, tag: 'P', cites: ['P'], verified: false, reviewBy: '2027-05-31' } as const

/** How far from its day a follow-up score still counts as that follow-up. */
export const followUpWindows = {
  id: 'timing.follow-up',
  windows: [
    { day: 7, plusMinusDays: 3 },
    { day: 14, plusMinusDays: 4 },
    { day: 28, plusMinusDays: 7 },
    { day: 56, plusMinusDays: 7 },
    { day: 84, plusMinusDays: 10 },
    { day: 180, plusMinusDays: 21 },
  ],
  tag: 'P', cites: ['P'], verified: false, reviewBy: '2027-05-31',
} as const satisfies { readonly windows: readonly FollowUpWindow[] } & Record<string, unknown>

/**
 * The label of esketamine warns that young adults on antidepressants think of suicide more often and asks that they be
 * watched; the reference makes that every week. What counts as asked, and that it goes on for a week after the last dose, is ours.
 */
export const weekly = {
  id: 'timing.weekly', rule: 'C03', everyDays: 7, answeredBy: ['c-ssrs', 'phq-9'],
  says: 'Ask about thoughts of suicide, every week at this age', plainly: 'Weekly word with the therapist',
  tag: 'P', cites: ['S11', 'P'], verified: false, reviewBy: '2027-05-31',
} as const satisfies WeeklyRow

/** The days after a dose on which its questions are open: the reference asks after 24 hours, and one more day is given for the answer. */
export const dayAfter = { id: 'timing.day-after', fromDay: 1, toDay: 2, tag: 'P', cites: ['P'], verified: false, reviewBy: '2027-05-31' } as const satisfies DayAfterRow & Record<string, unknown>

/** How often is asked where no dose and no follow-up asks: of every week or two that the reference names for maintenance, the longer. */
export const between = { id: 'timing.between', everyDays: 14, tag: 'P', cites: ['P'], verified: false, reviewBy: '2027-05-31' } as const satisfies BetweenRow & Record<string, unknown>

/**
 * What a practice may ask once it has its words or its licence, and when: well-being and working together between visits, what a
 * session was like on the day after it, and the four lines about a talking visit on the evening of that visit alone.
 */
export const whenHere = {
  id: 'timing.when-here',
  asks: { baseline: ['who-5'], dayAfter: ['wai-sr', 'edi', 'ebi', 'meq-30'], between: ['who-5', 'wai-sr'], followUp: ['who-5'], afterVisit: ['srs'] },
  afterVisit: { types: ['preparation', 'integration', 'therapy'], throughDay: 0 },
  tag: 'P', cites: ['P'], verified: false, reviewBy: '2027-05-31',
} as const satisfies WhenHereRow & Record<string, unknown>

/** How somebody and their therapist work together, in the order in which it is drawn beside the symptoms. */
export const allianceForms = ['alliance-check', 'wai-sr', 'srs'] as const
