import { readChart, type Chart } from '../chart/chart.ts'
import type { Entry } from '../chart/entry.ts'
import type { EntryKind } from '../chart/kinds.ts'
import type { Instant } from '../shared/time.ts'
import type { ScreeningFacts } from './facts.ts'
import type { ScreeningLimits } from './limits.ts'
import { screeningFacts } from './screening-facts.ts'

/** One moment at which something the rules read came onto a chart, or the moment of asking, at which nothing did. */
export interface Step {
  readonly at: Instant
  /** What came: nothing at the moment of asking. */
  readonly fresh: readonly Entry[]
  /** The facts of this moment without what came, so that what an entry did is told apart from what time did. */
  readonly before: ScreeningFacts
  readonly after: ScreeningFacts
  /** The chart as it stood then, of what the rules read. */
  readonly chart: Chart
}

/** The kinds that the facts are read from. What is of none of them cannot change a rule, and a replay passes it by. */
export const kindsRead: readonly EntryKind[] = [
  'demographics.v1', 'course-chosen.v1', 'intake.v1', 'condition.v1', 'medication.v1', 'allergy.v1', 'list-reviewed.v1', 'fact.v1', 'vitals.v1', 'weight.v1', 'height.v1',
  'pregnancy-test.v1', 'observation.v1', 'measure-answered.v1', 'side-effect.v1', 'risk-contact.v1', 'clearance.v1',
]

/** Whether the rules read it. A reading of a medicine session is watched in the room. */
export const isRead = ({ kind, session }: Pick<Entry, 'kind' | 'session'>): boolean => kindsRead.includes(kind) && !(kind === 'vitals.v1' && session !== undefined)

/**
 * A chart told again from its first entry, in the order in which the record received it: what the rules were asked on
 * at each moment. Corrected entries are there until their correction came. Facts that grow old do so as they did then.
 */
export function replay(chart: Chart, now: Instant, limits: ScreeningLimits): readonly Step[] {
  const told = stepsOf(chart, limits)
  const last = told.at(-1)
  const whole = last?.chart ?? nothing
  const facts = screeningFacts(whole, now, limits)
  return [...told.filter(({ at }) => at <= now), { at: now, fresh: [], before: facts, after: facts, chart: whole }]
}

const nothing = readChart([])
const known = new WeakMap<Chart, { readonly limits: ScreeningLimits; readonly steps: readonly Step[] }>()

function stepsOf(chart: Chart, limits: ScreeningLimits): readonly Step[] {
  const held = known.get(chart)
  if (held?.limits === limits) return held.steps
  const steps: Step[] = []
  const written = asReceived(chart).filter(isRead)
  for (let from = 0; from < written.length;) {
    const at = receivedAt(written[from]!)
    let to = from + 1
    while (to < written.length && receivedAt(written[to]!) <= at) to += 1
    const then = readChart(written.slice(0, to))
    const earlier = steps.at(-1)?.chart ?? nothing
    steps.push({ at, fresh: written.slice(from, to), before: screeningFacts(earlier, at, limits), after: screeningFacts(then, at, limits), chart: then })
    from = to
  }
  known.set(chart, { limits, steps })
  return steps
}

/** Everything that was ever written and can be asked for, corrected entries too, as the record received it; what still waits on a device comes last. */
export function asReceived(chart: Chart): readonly Entry[] {
  const found = new Map<string, Entry>()
  const left = [...chart.entries]
  for (let one = left.pop(); one; one = left.pop()) {
    if (found.has(one.id)) continue
    found.set(one.id, one)
    const corrected = one.amends === undefined ? undefined : chart.entry(one.amends)
    if (corrected) left.push(corrected)
  }
  return [...found.values()].toSorted(byReceipt)
}

export const byReceipt = (a: Entry, b: Entry): number => (a.seq ?? Infinity) - (b.seq ?? Infinity) || compare(a.writtenAt, b.writtenAt) || compare(a.id, b.id)

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const receivedAt = (entry: Entry): Instant => entry.receivedAt ?? entry.writtenAt
