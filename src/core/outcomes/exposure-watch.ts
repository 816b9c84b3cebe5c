import type { Chart } from '../chart/chart.ts'
import { answeredAt } from '../measures/asks.ts'
import { doseOfAll, dosedSessions, type DosedSession } from '../measures/doses.ts'
import { instrumentOf, type Instruments } from '../measures/instrument.ts'
import { plusDays, type Instant } from '../shared/time.ts'
import type { OutcomeRows } from './rows.ts'

/** What repeated doses ask to be looked at, with how much it was that asks for it. */
export interface ExposureDue {
  readonly topics: readonly string[]
  /** Sessions with medicine since the last look, and the medicine of all sessions; unknown while one stands in two records. */
  readonly sessions: number
  readonly totalUg: number | undefined
  /** Since when it is due: the session or the day that made it so. */
  readonly since: Instant
  readonly dueBy: Instant
  /** A clinician asks about the bladder; the rest is a prescriber's. */
  readonly whose: 'bladder' | 'prescriber'
  readonly facts: readonly string[]
}

export interface ExposureRows {
  readonly outcomes: OutcomeRows
  readonly instruments: Instruments
}

/**
 * The look that so many sessions, or so much time while medicine goes on, asks for: the bladder often, everything that
 * long use may harm more rarely. Counted from the last look; a prescriber's review also answers for the bladder. Time alone
 * asks for nothing once no more medicine is planned.
 */
export function exposureDue(chart: Chart, goesOn: boolean, { outcomes, instruments }: ExposureRows, now: Instant): ExposureDue | undefined {
  const { maintenance, exposure } = outcomes
  const all = dosedSessions(chart)
  const reviewed = chart.latest('exposure-reviewed.v1')?.at
  const asked = [reviewed, ...exposure.bladder.flatMap((name) => { const instrument = instrumentOf(instruments, name); return instrument ? answeredAt(chart, instrument, { instruments }) : [] })].flatMap((at) => at ?? []).toSorted().at(-1)
  const whole = lookDue(all, reviewed, maintenance.reviewDoses, maintenance.reviewDays, goesOn, now)
  if (whole) return { topics: maintenance.reviews, totalUg: doseOfAll(all), whose: 'prescriber', ...whole, dueBy: plusDays(whole.since, exposure.lookWithinDays) }
  const bladder = goesOn ? lookDue(all, asked, exposure.bladderSessions, exposure.bladderDays, goesOn, now) : undefined
  return bladder && { topics: ['bladder'], totalUg: doseOfAll(all), whose: 'bladder', ...bladder, dueBy: plusDays(bladder.since, exposure.lookWithinDays) }
}

function lookDue(all: readonly DosedSession[], last: Instant | undefined, sessions: number, days: number, goesOn: boolean, now: Instant): Pick<ExposureDue, 'sessions' | 'since' | 'facts'> | undefined {
  const fresh = all.filter(({ firstDoseAt }) => last === undefined || firstDoseAt > last)
  const from = last ?? fresh[0]?.firstDoseAt
  if (from === undefined || fresh.length === 0) return undefined
  const [byCount, byTime] = [fresh[sessions - 1]?.firstDoseAt, plusDays(from, days)]
  const since = [byCount, ...(goesOn && byTime <= now ? [byTime] : [])].flatMap((at) => at ?? []).toSorted()[0]
  return since === undefined ? undefined : { sessions: fresh.length, since, facts: fresh.flatMap(({ facts }) => facts) }
}
