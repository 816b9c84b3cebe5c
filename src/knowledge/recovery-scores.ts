import type { SourceId } from './sources.ts'

interface RecoveryScore {
  readonly id: string
  readonly name: string
  readonly items: readonly { readonly key: string; readonly asks: string; readonly steps: readonly [two: string, one: string, none: string] }[]
  readonly tag: 'V' | 'M'
  readonly cites: readonly [SourceId, ...SourceId[]]
  readonly verified: boolean
  readonly reviewBy: string
}

/** Two recovery scores, item by item: 2, 1 or 0. The items of the modified PADSS were seen at the source; the steps of Aldrete's are recalled. */
export const recoveryScores = {
  aldrete: {
    id: 'recovery.aldrete', name: 'Aldrete', tag: 'M', cites: ['S31'], verified: false, reviewBy: '2027-05-31',
    items: [
      { key: 'activity', asks: 'moves', steps: ['all four limbs', 'two limbs', 'none'] }, { key: 'respiration', asks: 'breathes', steps: ['deeply, and coughs', 'short of breath', 'not by itself'] },
      { key: 'circulation', asks: 'pressure against before', steps: ['within 20 %', '20 to 49 % away', '50 % or more away'] }, { key: 'consciousness', asks: 'awake', steps: ['fully', 'can be woken', 'cannot be woken'] },
      { key: 'saturation', asks: 'saturation', steps: ['above 92 % on room air', 'needs oxygen to stay above 90 %', 'below 90 % with oxygen'] },
    ],
  },
  padss: {
    id: 'recovery.padss', name: 'PADSS', tag: 'V', cites: ['S31'], verified: true, reviewBy: '2027-05-31',
    items: [
      { key: 'vitals', asks: 'vitals against before', steps: ['within 20 %', '20 to 40 % away', 'more than 40 % away'] }, { key: 'activity', asks: 'walks', steps: ['steadily', 'with help', 'not'] },
      { key: 'nausea', asks: 'nausea or vomiting', steps: ['little or none', 'moderate', 'severe'] }, { key: 'pain', asks: 'pain', steps: ['little or none', 'moderate', 'severe'] },
      { key: 'bleeding', asks: 'bleeding where injected', steps: ['little or none', 'moderate', 'severe'] },
    ],
  },
} as const satisfies Record<string, RecoveryScore>
