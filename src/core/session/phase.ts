import type { RouteRow } from '../dosing/rows.ts'

export type Phase = 'before-onset' | 'onset' | 'peak' | 'easing' | 'after'

export interface PhaseNow {
  readonly phase: Phase
  readonly says: string
  /** The whole expected course in minutes since the dose, to draw as a pale band. */
  readonly band: { readonly onsetMin: number; readonly peakMin: readonly [number, number]; readonly endMin: number }
}

const words: Readonly<Record<Phase, string>> = {
  'before-onset': 'It has usually not begun yet', onset: 'Usually coming on', peak: 'Usually strongest about now', easing: 'Usually easing', after: 'The acute effect has usually passed',
}

/** Where most people are by now on this route. An expectation from the literature, never a measurement. */
export function phaseOf(row: RouteRow, minutes: number): PhaseNow {
  const phase = phaseAt(row, minutes)
  return { phase, says: words[phase], band: { onsetMin: row.onsetMin[0], peakMin: row.peakMin, endMin: row.acuteEndMin[1] } }
}

function phaseAt(row: RouteRow, minutes: number): Phase {
  if (minutes < row.onsetMin[0]) return 'before-onset'
  if (minutes < row.peakMin[0]) return 'onset'
  if (minutes <= row.peakMin[1]) return 'peak'
  return minutes <= row.acuteEndMin[1] ? 'easing' : 'after'
}
