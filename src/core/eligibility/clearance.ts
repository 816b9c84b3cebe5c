import type { Chart } from '../chart/chart.ts'
import type { Entry, EntryOf } from '../chart/entry.ts'
import { canonical } from '../shared/canonical.ts'
import type { Instant } from '../shared/time.ts'
import { endOf } from './clearance-end.ts'
import type { UsedFact } from './judge.ts'
import type { ScreeningLimits } from './limits.ts'
import type { EligibilityRule } from './rule.ts'
import { screen, type MetRule, type Override, type Screening } from './screen.ts'
import { screeningFacts } from './screening-facts.ts'

export type ClearanceState = 'none' | 'cleared' | 'held' | 'refused' | 'expired' | 'reopened'

export interface ClearanceNow {
  readonly state: ClearanceState
  /** The clearance that the state is about: always the latest one. */
  readonly entry?: Clearance
  /** The last moment at which it counts. */
  readonly endsAt?: Instant
  /** The rules that reopened it, with the facts behind each. */
  readonly newlyMet: readonly MetRule[]
}

type Clearance = EntryOf<'clearance.v1'>

/**
 * How the prescriber's clearance stands now. A signed clearance is reopened by a block, hold or override
 * that is met now and that the prescriber did not have before them when signing: one that the stored
 * screening does not list as met (for an override: that was not overridden), or one that now rests on an
 * entry which came later. Rules of the session day are judged on that day and never reopen it.
 */
export function clearanceNow(chart: Chart, rules: readonly EligibilityRule[], now: Instant, limits: ScreeningLimits): ClearanceNow {
  const entry = chart.latest('clearance.v1')
  if (!entry) return { state: 'none', newlyMet: [] }
  const endsAt = endOf(entry, limits)
  if (entry.body.decision !== 'cleared') return { state: entry.body.decision, entry, endsAt, newlyMet: [] }
  if (now > endsAt) return { state: 'expired', entry, endsAt, newlyMet: [] }
  const { met } = screen(rules, screeningFacts(chart, now, limits))
  const newlyMet = met.filter((one) => reopens(one, chart, entry))
  return { state: newlyMet.length > 0 ? 'reopened' : 'cleared', entry, endsAt, newlyMet }
}

/** Screens a chart, with the overrides that still stand: those of a clearance in date whose facts have not changed. */
export function screenChart(chart: Chart, rules: readonly EligibilityRule[], now: Instant, limits: ScreeningLimits): Screening {
  const facts = screeningFacts(chart, now, limits)
  const screening = screen(rules, facts)
  const standing = standingOverrides(chart, screening, now, limits)
  return standing.length > 0 ? screen(rules, facts, standing) : screening
}

function standingOverrides(chart: Chart, screening: Screening, now: Instant, limits: ScreeningLimits): Override[] {
  const clearance = chart.latest('clearance.v1')
  if (!clearance || clearance.body.decision !== 'cleared' || now > endOf(clearance, limits)) return []
  return screening.met.flatMap((one) => {
    const override = overrideIn(clearance, one.rule.id, limits)
    return override && !restsOnNews(one, chart, clearance) ? [{ ...override, entry: clearance.id }] : []
  })
}

const overrideIn = (clearance: Clearance, rule: string, limits: ScreeningLimits) =>
  clearance.body.overrides.find((one) => one.rule === rule && one.reason.trim().length >= limits.overrides.reasonCharacters)

function reopens(one: MetRule, chart: Chart, clearance: Clearance): boolean {
  const { action, id, moment } = one.rule
  if (moment === 'session-day' || action === 'missing' || action === 'caution') return false
  const { screening, overrides } = clearance.body
  const isAccepted = action === 'override' ? overrides.some((override) => override.rule === id) : screening.met.some((met) => met.rule === id)
  return !isAccepted || restsOnNews(one, chart, clearance)
}

const restsOnNews = (one: MetRule, chart: Chart, clearance: Clearance) =>
  one.facts.some((used: UsedFact) => used.entries.some((id) => isNews(chart.entry(id), chart, clearance)))

/** An entry that came after the signature and says something that no entry before it said. */
function isNews(entry: Entry | undefined, chart: Chart, clearance: Clearance): boolean {
  if (!entry || isBefore(entry, clearance)) return false
  const said = canonical(entry.body)
  const saysTheSame = (other: Entry | undefined) => other !== undefined && other.kind === entry.kind && isBefore(other, clearance) && canonical(other.body) === said
  if (entry.amends !== undefined && saysTheSame(chart.entry(entry.amends))) return false
  return !chart.all(entry.kind).some(saysTheSame)
}

/** `lastSeq` is the last entry that the prescriber had read; one that the server has not numbered yet cannot be among them. */
const isBefore = (entry: Entry, clearance: Clearance) => entry.seq !== undefined && entry.seq <= clearance.body.lastSeq
