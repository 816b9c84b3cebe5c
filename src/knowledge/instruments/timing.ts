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
