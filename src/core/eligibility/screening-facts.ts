import type { Chart } from '../chart/chart.ts'
import type { Instant } from '../shared/time.ts'
import { answeredFacts } from './answered-facts.ts'
import { bodyFacts } from './body-facts.ts'
import { endOf } from './clearance-end.ts'
import { known, missing, type ScreeningFacts } from './facts.ts'
import type { ScreeningLimits } from './limits.ts'
import { listedFacts } from './listed-facts.ts'
import { measuredFacts } from './measured-facts.ts'

/**
 * Reads a chart into the facts that the rules ask about, each with the entries it came from. What nobody
 * asked, what was declined and what is too old is missing, with the reason; nothing is filled in.
 */
export function screeningFacts(chart: Chart, now: Instant, limits: ScreeningLimits): ScreeningFacts {
  return {
    ...answeredFacts(chart, now, limits),
    ...listedFacts(chart, now, limits),
    ...measuredFacts(chart, now, limits),
    ...bodyFacts(chart, now, limits),
    protocolTarget: protocolTarget(chart, limits),
    clearanceSigned: clearanceSigned(chart, now, limits),
  }
}

function protocolTarget(chart: Chart, limits: ScreeningLimits): ScreeningFacts['protocolTarget'] {
  const chosen = chart.latest('course-chosen.v1')
  const isAlcohol = chosen !== undefined && limits.alcoholProtocols.includes(chosen.body.protocol)
  return known(isAlcohol ? 'AUD' : 'other', chosen ? [chosen.id] : [])
}

function clearanceSigned(chart: Chart, now: Instant, limits: ScreeningLimits): ScreeningFacts['clearanceSigned'] {
  const latest = chart.latest('clearance.v1')
  if (!latest) return missing('not-asked')
  if (latest.body.decision === 'cleared' && now > endOf(latest, limits)) return missing('stale', [latest.id])
  return known(latest.body.decision === 'cleared', [latest.id])
}
