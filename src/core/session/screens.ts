import type { Chart } from '../chart/chart.ts'
import { instrumentOf, type Instruments } from '../measures/instrument.ts'
import { isAtLeast, riskOf, type Risk } from '../measures/risk.ts'
import type { Instant } from '../shared/time.ts'

/** One suicide interview as it stands on the chart. */
export interface RiskScreen {
  readonly entry: string
  readonly at: Instant
  readonly risk: Risk
  readonly complete: boolean
  readonly high: boolean
}

/** Every interview whose answers are triaged, oldest first. A questionnaire with one item about it is not one. */
export function riskScreens(chart: Chart, instruments: Instruments): RiskScreen[] {
  return chart.all('measure-answered.v1').flatMap((entry) => {
    const instrument = instrumentOf(instruments, entry.body.instrument)
    if (instrument?.risk?.kind !== 'triage') return []
    const risk = riskOf(instrument, entry.body.answers)
    return [{ entry: entry.id, at: entry.at, risk, complete: risk.missing.length === 0, high: isAtLeast(risk.atLeast, 'high') }]
  })
}

/** Whether an interview found a thought, at moderate level or worse, that the one before it had not found. */
export function hasNewThoughts(screen: RiskScreen, before: RiskScreen | undefined): boolean {
  if (!isAtLeast(screen.risk.atLeast, 'moderate')) return false
  return screen.risk.because.some((item) => !before?.risk.because.includes(item))
}

/** Whether a clinician reached the person about this interview, and did more than try. */
export const wasReviewed = (chart: Chart, screen: RiskScreen): boolean =>
  chart.all('risk-contact.v1').some(({ at, body }) => body.opened === screen.entry && at >= screen.at && body.reached && body.decided !== 'tried-again')
