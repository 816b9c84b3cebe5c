import type { MadrsRow, QidsRow, ReliabilityRow, TraumaRow } from '../core/outcomes/change.ts'
import type { ProportionRow } from '../core/outcomes/proportion.ts'
import type { BaselineRow, CareRow, ChangeRow, ExposureRow, MaintenanceRow, OutcomeRows, RelapseRow, WarningRow } from '../core/outcomes/rows.ts'
import type { Tag } from '../core/shared/cited.ts'
import { baselineDays } from './instruments/timing.ts'
import { askingRows } from './reminders.ts'
import type { SourceId } from './sources.ts'

interface Cited {
  readonly id: string
  readonly tags: Readonly<Record<string, Tag>>
  readonly cites: readonly [SourceId, ...SourceId[]]
  readonly verified: boolean
  readonly reviewBy: string
}

const reviewBy = '2027-05-31'

/** Response, remission, reliable change and recovery, one row an instrument. */
export const changes = [
  {
    id: 'change.phq-9', instrument: 'phq-9', responsePercent: 50, partialPercent: 25, remissionBelow: 5, reliablePoints: 6, caseFrom: 10,
    tags: { responsePercent: 'V', partialPercent: 'P', remissionBelow: 'V', reliablePoints: 'M', caseFrom: 'V' },
    cites: ['S34', 'S21', 'S19'], verified: false, reviewBy,
  },
  {
    id: 'change.gad-7', instrument: 'gad-7', responsePercent: 50, partialPercent: 25, remissionBelow: 5, reliablePoints: 4, caseFrom: 8,
    tags: { responsePercent: 'V', partialPercent: 'P', remissionBelow: 'V', reliablePoints: 'M', caseFrom: 'M' },
    cites: ['S34', 'S19'], verified: false, reviewBy,
  },
] as const satisfies readonly (ChangeRow & Cited)[]

export const relapseRow = {
  id: 'relapse.phq-9', instrument: 'phq-9', fromScore: 10, improvementBelowPercent: 50, confirmedAfterDays: 5,
  tags: { fromScore: 'P', improvementBelowPercent: 'P', confirmedAfterDays: 'P' }, cites: ['P', 'S34'], verified: false, reviewBy,
} as const satisfies RelapseRow & Cited

export const warningRow = {
  id: 'warning.phq-9', instrument: 'phq-9', risePoints: 5, item: 'q9', contactWithinDays: 2,
  tags: { risePoints: 'P', item: 'P', contactWithinDays: 'P' }, cites: ['P'], verified: false, reviewBy,
} as const satisfies WarningRow & Cited

export const baselineRow = {
  id: 'baseline', withinDays: baselineDays.value, tags: { withinDays: 'P' }, cites: ['P'], verified: false, reviewBy,
} as const satisfies BaselineRow & Cited

export const maintenanceRow = {
  id: 'maintenance.phq-9', instrument: 'phq-9', ladderDays: [7, 14, 21, 28, 42], stableVisits: 2, stableRisePoints: 3,
  reviewDoses: 12, reviewDays: 182, reviews: ['bladder', 'liver', 'cognition', 'misuse', 'benefit'],
  maxDosesPerSevenDays: 2, afterDays: 28,
  tags: { ladderDays: 'P', stableVisits: 'P', stableRisePoints: 'P', reviewDoses: 'P', reviewDays: 'P', reviews: 'P', maxDosesPerSevenDays: 'P', afterDays: 'P' },
  cites: ['P', 'S7'], verified: false, reviewBy,
} as const satisfies MaintenanceRow & Cited

/** Until when an answer is waited for stands with the messages that ask for it, so that a person calls when those have come to their end. The questions of the day after a dose leave no lasting task: who does not answer them is told of as their two days end, and the integration that follows has a clock of its own. */
export const careRow = {
  id: 'care.watch', answerBy: askingRows.answerBy, moments: askingRows.moments.filter((moment) => moment !== 'day-after' && moment !== 'after-visit'), contactWithinDays: warningRow.contactWithinDays, againWithinDays: 7, decideWithinDays: 2, passOnAfterDays: 2, placeWithinDays: 14,
  tags: { contactWithinDays: 'P', againWithinDays: 'P', decideWithinDays: 'P', passOnAfterDays: 'P', placeWithinDays: 'P' }, cites: ['P'], verified: false, reviewBy,
} as const satisfies CareRow & Cited

/** As `bladder.when` says it: every fourth session or every three months. */
export const exposureRow = {
  id: 'exposure.bladder', bladder: ['urinary-check', 'bpic-ss'], bladderSessions: 4, bladderDays: 91, lookWithinDays: 7,
  tags: { bladder: 'P', bladderSessions: 'P', bladderDays: 'P', lookWithinDays: 'P' }, cites: ['P', 'S11', 'S12'], verified: false, reviewBy,
} as const satisfies ExposureRow & Cited

export const outcomeRows = { changes, relapse: relapseRow, warning: warningRow, baseline: baselineRow, maintenance: maintenanceRow, care: careRow, exposure: exposureRow } as const satisfies OutcomeRows

export const traumaRow = {
  id: 'change.pcl-5', meaningfulPoints: 10, reliablePoints: [15, 18], clinicallySignificantAtMost: 28,
  tags: { meaningfulPoints: 'V', reliablePoints: 'V', clinicallySignificantAtMost: 'V' }, cites: ['S34'], verified: true, reviewBy,
} as const satisfies TraumaRow & Cited

export const madrsRow = {
  id: 'change.madrs', responsePercent: 50, remissionAtMost: [12, 10],
  tags: { responsePercent: 'V', remissionAtMost: 'V' }, cites: ['S24', 'S34', 'S22'], verified: true, reviewBy,
} as const satisfies MadrsRow & Cited

export const qidsRow = {
  id: 'change.qids-sr16', responsePercent: 50, noBenefitAtMostPercent: 30,
  tags: { responsePercent: 'V', noBenefitAtMostPercent: 'V' }, cites: ['S23', 'S34'], verified: true, reviewBy,
} as const satisfies QidsRow & Cited

/** Used until a practice has fifty baselines of its own; each is from memory and has to be checked. */
export const reliability = [
  { id: 'reliability.phq-9', instrument: 'phq-9', sd: 5.8, reliability: 0.84, criticalValue: 1.96, tags: { sd: 'M', reliability: 'M', criticalValue: 'V' }, cites: ['S34'], verified: false, reviewBy },
  { id: 'reliability.gad-7', instrument: 'gad-7', sd: 4.9, reliability: 0.83, criticalValue: 1.96, tags: { sd: 'M', reliability: 'M', criticalValue: 'V' }, cites: ['S34'], verified: false, reviewBy },
  { id: 'reliability.pcl-5', instrument: 'pcl-5', sd: 15, reliability: 0.84, criticalValue: 1.96, tags: { sd: 'M', reliability: 'M', criticalValue: 'V' }, cites: ['S34'], verified: false, reviewBy },
] as const satisfies readonly (ReliabilityRow & Cited)[]

/** How figures of many people are shown. The quantile is that of 95 % limits. */
export const reporting = {
  change: { id: 'reporting.change', criticalValue: 1.96, tags: { criticalValue: 'V' }, cites: ['S34'], verified: true, reviewBy },
  proportion: { id: 'reporting.proportion', fewest: 10, criticalValue: 1.959963984540054, tags: { fewest: 'P', criticalValue: 'D' }, cites: ['P'], verified: false, reviewBy },
  survival: { id: 'reporting.survival', criticalValue: 1.959963984540054, decimals: 4, tags: { criticalValue: 'D', decimals: 'P' }, cites: ['P'], verified: false, reviewBy },
} as const satisfies { readonly change: Cited & { readonly criticalValue: number }; readonly proportion: ProportionRow & Cited; readonly survival: Cited & { readonly criticalValue: number; readonly decimals: number } }

/** Which scale is drawn first on a chart: that of what the person came for, by the beginning of its ICD-10-CM code. */
export const indicationScales = {
  id: 'scales.indication', usual: 'phq-9', rows: [{ codes: ['F43.1'], instrument: 'pcl-5' }, { codes: ['F40', 'F41'], instrument: 'gad-7' }],
  tags: { rows: 'P', usual: 'P' }, cites: ['P'], verified: false, reviewBy,
} as const

/** The reasons of a proposal, in words a clinician reads. */
export const maintenanceWords = {
  relapse: 'The response was lost, and a second score or an event bears it out.',
  'warning-rise': 'The latest score stands well above the lowest since the course.',
  'warning-item': 'Thoughts of death or self-harm are newly reported.',
  stable: 'The last scores have stayed where they were.',
  'not-yet-stable': 'There are not yet enough steady scores to widen the interval.',
  'open-risk': 'A risk path is open. It comes first.',
  'no-trigger': 'Nothing in the scores asks for more now.',
  'no-dose-yet': 'No dose was given yet.',
  'no-baseline': 'There is no score from shortly before the first dose.',
  'no-score-after-dose': 'There is no complete score after a dose.',
  'no-change-row': 'This questionnaire has no row that says what a change is.',
} as const
