import { readChart, type Chart } from '../chart/chart.ts'
import type { Entry, EntryOf } from '../chart/entry.ts'
import type { EntryKind } from '../chart/kinds.ts'
import { canonical } from '../shared/canonical.ts'
import type { Instant } from '../shared/time.ts'
import { endOf } from './clearance-end.ts'
import { judge } from './judge.ts'
import type { ScreeningLimits } from './limits.ts'
import { asReceived, kindsRead } from './replay.ts'
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

/** What a prescriber has to have read before signing: all that the rules read, what another prescriber decided meanwhile, and what was told or taken back in words. */
export const readBeforeSigning: readonly EntryKind[] = [...kindsRead, 'medical-history.v1', 'consent-withdrawn.v1']

/**
 * How the prescriber's clearance stands now. A signed clearance is reopened by a block, hold or override
 * that is met now and that the prescriber did not have before them when signing: one that the stored
 * screening does not list as met (for an override: that was not overridden), or one that now rests on
 * something else than it rested on then. Rules of the session day are judged on that day and never reopen it.
 */
export function clearanceNow(chart: Chart, rules: readonly EligibilityRule[], now: Instant, limits: ScreeningLimits): ClearanceNow {
  const entry = chart.latest('clearance.v1')
  if (!entry) return { state: 'none', newlyMet: [] }
  const endsAt = endOf(entry, limits)
  if (entry.body.decision !== 'cleared') return { state: entry.body.decision, entry, endsAt, newlyMet: [] }
  if (now > endsAt) return { state: 'expired', entry, endsAt, newlyMet: [] }
  const { met } = screen(rules, screeningFacts(chart, now, limits))
  const newlyMet = met.filter((one) => reopens(one, chart, entry, limits))
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
    return override && !restsOnNews(one, chart, clearance, limits) ? [{ ...override, entry: clearance.id }] : []
  })
}

/** A reason counts only for a rule that was met when it was signed: nobody signs ahead for what has not happened yet. */
const overrideIn = ({ body: { overrides, screening } }: Clearance, rule: string, limits: ScreeningLimits) =>
  screening.met.some((met) => met.rule === rule) ? overrides.find((one) => one.rule === rule && one.reason.trim().length >= limits.overrides.reasonCharacters) : undefined

function reopens(one: MetRule, chart: Chart, clearance: Clearance, limits: ScreeningLimits): boolean {
  const { action, id, moment } = one.rule
  if (moment === 'session-day' || action === 'missing' || action === 'caution') return false
  const isAccepted = action === 'override' ? overrideIn(clearance, id, limits) !== undefined : clearance.body.screening.met.some((met) => met.rule === id)
  return !isAccepted || restsOnNews(one, chart, clearance, limits)
}

/** Whether a rule that is met now rests on an entry that came after the signature and says something else than what it rested on then. */
function restsOnNews({ rule, facts }: MetRule, chart: Chart, clearance: Clearance, limits: ScreeningLimits): boolean {
  const since = facts.flatMap(({ entries }) => entries).flatMap((id) => chart.entry(id) ?? []).filter((entry) => !isBefore(entry, clearance))
  if (since.length === 0) return false
  const then = readChart(asReceived(chart).filter((entry) => isBefore(entry, clearance)))
  const said = new Set(judge(rule.when, screeningFacts(then, clearance.body.signature.signedAt, limits)).because.flatMap(({ entries }) => entries).flatMap((id) => then.entry(id) ?? []).map(saying))
  return since.some((entry) => !said.has(saying(entry)))
}

const saying = ({ kind, body }: Entry) => canonical({ kind, body })

/** `lastSeq` is the last entry that the prescriber had read; one that the server has not numbered yet cannot be among them. */
const isBefore = (entry: Entry, clearance: Clearance) => entry.seq !== undefined && entry.seq <= clearance.body.lastSeq
