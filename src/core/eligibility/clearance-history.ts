import type { Chart } from '../chart/chart.ts'
import type { Entry, EntryOf } from '../chart/entry.ts'
import { compare } from '../session/entries.ts'
import type { Instant } from '../shared/time.ts'
import type { Truth } from '../shared/truth.ts'
import { metSince, reopeningsIn, truthNow, type Reopening } from './clearance.ts'
import { endOf } from './clearance-end.ts'
import type { ScreeningLimits } from './limits.ts'
import { replay } from './replay.ts'
import type { EligibilityRule } from './rule.ts'

export type ClearanceEvent =
  /** A decision somebody signed; its entry holds who, when, in which edition and why. */
  | { readonly what: 'signed'; readonly at: Instant; readonly entry: EntryOf<'clearance.v1'> }
  /** Rules met by what came after the signature, with the entries that met them. */
  | { readonly what: 'reopened'; readonly at: Instant; readonly rules: readonly Reopening[]; readonly entries: readonly Entry[] }
  /** What had reopened it is met no more: it is not so, or cannot be judged any more. It stays open: a prescriber has to sign again. */
  | { readonly what: 'awaits-signature'; readonly at: Instant; readonly truth: Truth; readonly entries: readonly Entry[] }
  /** The same, on a record from before reopenings were written down: then the signature counted again. */
  | { readonly what: 'counts-again'; readonly at: Instant; readonly truth: Truth; readonly entries: readonly Entry[] }
  | { readonly what: 'expired'; readonly at: Instant }

/**
 * Everything that happened to the clearance of a chart, oldest first. What was signed is read from its entry; that it
 * was reopened or ended is told again from the entries, by the rules as they read today. What the server wrote down of a
 * reopening is told as well, where those rules would not find it.
 */
export function clearanceHistory(chart: Chart, rules: readonly EligibilityRule[], now: Instant, limits: ScreeningLimits): readonly ClearanceEvent[] {
  const events: ClearanceEvent[] = []
  const remembered = chart.all('clearance-reopened.v1')
  let signed: EntryOf<'clearance.v1'> | undefined
  let open: readonly string[] = []
  /** Everything that reopened it since the signature: one that went unnoticed behind another is told of as well. */
  const opened = new Map<string, Reopening>()
  let ended = false
  for (const step of replay(chart, now, limits)) {
    const latest = step.chart.latest('clearance.v1')
    if (signed && !ended && endOf(signed, limits) < step.at && signed.body.decision === 'cleared') {
      events.push({ what: 'expired', at: endOf(signed, limits) })
      ended = true
    }
    for (const entry of step.fresh) if (entry.kind === 'clearance.v1') events.push({ what: 'signed', at: entry.body.signature.signedAt, entry })
    if (latest && latest.id !== signed?.id) {
      [signed, open, ended] = [latest, [], false]
      opened.clear()
    }
    if (ended || signed?.body.decision !== 'cleared') continue
    const met = metSince(step.chart, signed, step.after, rules, limits)
    for (const one of met) opened.set(one.rule.id, one)
    const more = met.filter(({ rule, facts }) => !open.includes(rule.id) || facts.some(({ entries }) => step.fresh.some(({ id }) => entries.includes(id))))
    if (more.length > 0) events.push({ what: 'reopened', at: step.at, rules: more, entries: step.fresh.filter(({ id }) => more.some(({ facts }) => facts.some(({ entries }) => entries.includes(id)))) })
    if (open.length > 0 && met.length === 0) events.push({ what: remembered.some(({ body }) => body.clearance === signed?.id) ? 'awaits-signature' : 'counts-again', at: step.at, truth: allOf([...opened.values()].map((one) => truthNow(one, rules, step.after))), entries: step.fresh })
    open = met.map(({ rule }) => rule.id)
  }
  return withRemembered(events, chart, now)
}

/** One that cannot be judged leaves open whether it is so. */
const allOf = (truths: readonly Truth[]): Truth => (truths.includes('unknown') ? 'unknown' : truths.includes('yes') ? 'yes' : 'no')

/** A reopening that the entries alone do not tell: entered and stopped in one go, or found by the rules of another edition. */
function withRemembered(events: readonly ClearanceEvent[], chart: Chart, now: Instant): readonly ClearanceEvent[] {
  const told = new Set(events.flatMap((event) => (event.what === 'reopened' ? event.rules.flatMap(tellingOf) : [])))
  const untold = chart.all('clearance-reopened.v1').filter(({ at }) => at <= now).flatMap((entry): ClearanceEvent[] => {
    const rules = reopeningsIn(entry).filter((one) => !tellingOf(one).every((telling) => told.has(telling)))
    const entries = [...new Set(rules.flatMap(({ facts }) => facts.flatMap((fact) => fact.entries)))].flatMap((id) => chart.entry(id) ?? [])
    return rules.length > 0 ? [{ what: 'reopened', at: entry.at, rules, entries }] : []
  })
  return untold.length > 0 ? [...events, ...untold].toSorted((a, b) => compare(a.at, b.at)) : events
}

/** A rule by what met it. */
const tellingOf = ({ rule, facts }: Reopening) => [rule.id, ...facts.flatMap(({ entries }) => entries).map((entry) => `${rule.id} ${entry}`)]
