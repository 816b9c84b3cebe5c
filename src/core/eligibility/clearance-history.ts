import type { Chart } from '../chart/chart.ts'
import type { Entry, EntryOf } from '../chart/entry.ts'
import type { Instant } from '../shared/time.ts'
import { clearanceNow } from './clearance.ts'
import { endOf } from './clearance-end.ts'
import type { ScreeningLimits } from './limits.ts'
import { replay } from './replay.ts'
import type { EligibilityRule } from './rule.ts'
import type { MetRule } from './screen.ts'

export type ClearanceEvent =
  /** A decision somebody signed; its entry holds who, when, in which edition and why. */
  | { readonly what: 'signed'; readonly at: Instant; readonly entry: EntryOf<'clearance.v1'> }
  /** Rules met by what came after the signature, with the entries that met them. */
  | { readonly what: 'reopened'; readonly at: Instant; readonly rules: readonly MetRule[]; readonly entries: readonly Entry[] }
  /** What had reopened it was put right, or no longer holds: the signature counts again. */
  | { readonly what: 'counts-again'; readonly at: Instant; readonly entries: readonly Entry[] }
  | { readonly what: 'expired'; readonly at: Instant }

/**
 * Everything that happened to the clearance of a chart, oldest first. What was signed is read from its entry; that it
 * was reopened, counted again or ended is told again from the entries, by the rules as they read today.
 */
export function clearanceHistory(chart: Chart, rules: readonly EligibilityRule[], now: Instant, limits: ScreeningLimits): readonly ClearanceEvent[] {
  const events: ClearanceEvent[] = []
  let signed: EntryOf<'clearance.v1'> | undefined
  let open: readonly string[] = []
  let ended = false
  for (const step of replay(chart, now, limits)) {
    const latest = step.chart.latest('clearance.v1')
    if (signed && !ended && endOf(signed, limits) < step.at && signed.body.decision === 'cleared') {
      events.push({ what: 'expired', at: endOf(signed, limits) })
      ended = true
    }
    for (const entry of step.fresh) if (entry.kind === 'clearance.v1') events.push({ what: 'signed', at: entry.body.signature.signedAt, entry })
    if (latest && latest.id !== signed?.id) [signed, open, ended] = [latest, [], false]
    if (ended) continue
    const { newlyMet } = clearanceNow(step.chart, rules, step.at, limits)
    const more = newlyMet.filter(({ rule, facts }) => !open.includes(rule.id) || facts.some(({ entries }) => step.fresh.some(({ id }) => entries.includes(id))))
    if (more.length > 0) events.push({ what: 'reopened', at: step.at, rules: more, entries: step.fresh.filter(({ id }) => more.some(({ facts }) => facts.some(({ entries }) => entries.includes(id)))) })
    if (open.length > 0 && newlyMet.length === 0) events.push({ what: 'counts-again', at: step.at, entries: step.fresh })
    open = newlyMet.map(({ rule }) => rule.id)
  }
  return events
}
