import { readChart, type Chart } from '../chart/chart.ts'
import type { Entry, EntryOf } from '../chart/entry.ts'
import type { EntryKind } from '../chart/kinds.ts'
import { canonical } from '../shared/canonical.ts'
import type { Instant } from '../shared/time.ts'
import type { Truth } from '../shared/truth.ts'
import { endOf } from './clearance-end.ts'
import type { ScreeningFacts } from './facts.ts'
import { judge, truthOf, type UsedFact } from './judge.ts'
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
  /** The rules that reopened it, with the facts behind each: those met now, and those that an entry remembers. */
  readonly newlyMet: readonly Reopening[]
}

/** A rule that reopened a clearance. What is `past` was met once since the signature, and is not met now. */
export interface Reopening {
  readonly rule: Pick<EligibilityRule, 'id' | 'says' | 'action'>
  readonly facts: readonly UsedFact[]
  readonly past?: true
  /** What the rule says now, where it is past: only a no says that it is not so. */
  readonly truth?: Truth
}

type Clearance = EntryOf<'clearance.v1'>

/** What a prescriber has to have read before signing: all that the rules read, what another prescriber decided meanwhile, and what was told or taken back in words. */
export const readBeforeSigning: readonly EntryKind[] = [...kindsRead, 'medical-history.v1', 'consent-withdrawn.v1', 'misuse-sign.v1', 'misuse-reviewed.v1']

/**
 * How the prescriber's clearance stands now. A signed clearance is reopened by a block, hold or override
 * that is met now and that the prescriber did not have before them when signing: one that the stored
 * screening does not list as met (for an override: that was not overridden), or one that now rests on
 * something else than it rested on then. Rules of the session day are judged on that day and never reopen it.
 * Once the server has written down that it was reopened, it stays so until a prescriber signs again: that the fact
 * went away is for them to weigh.
 */
export function clearanceNow(chart: Chart, rules: readonly EligibilityRule[], now: Instant, limits: ScreeningLimits): ClearanceNow {
  const entry = chart.latest('clearance.v1')
  if (!entry) return { state: 'none', newlyMet: [] }
  const endsAt = endOf(entry, limits)
  if (entry.body.decision !== 'cleared') return { state: entry.body.decision, entry, endsAt, newlyMet: [] }
  if (now > endsAt) return { state: 'expired', entry, endsAt, newlyMet: [] }
  const facts = screeningFacts(chart, now, limits)
  const met = metSince(chart, entry, facts, rules, limits)
  const past = reopeningsOf(chart, entry).filter(({ rule }) => !met.some((one) => one.rule.id === rule.id)).map((one) => (isKept(one, rules) ? one : { ...one, past: true as const, truth: truthNow(one, rules, facts) }))
  const newlyMet = [...met, ...past]
  return { state: newlyMet.length > 0 ? 'reopened' : 'cleared', entry, endsAt, newlyMet }
}

/** One that names no rule of the book and no fact is kept to those who may read why: nobody else can say how it stands. */
const isKept = ({ rule, facts }: Reopening, rules: readonly EligibilityRule[]): boolean => facts.length === 0 && !rules.some(({ id }) => id === rule.id)

/** The rules that these facts meet and that the prescriber did not have before them: what alone would reopen the clearance. */
export function metSince(chart: Chart, clearance: Clearance, facts: ScreeningFacts, rules: readonly EligibilityRule[], limits: ScreeningLimits): MetRule[] {
  const before = asSigned(chart, clearance, limits)
  return screen(rules, facts).met.filter((one) => reopens(one, chart, clearance, limits, before))
}

/** What the server wrote down of a clearance's reopenings: each rule once, with the facts that met it last. */
export const reopeningsOf = (chart: Chart, clearance: Clearance): readonly Reopening[] =>
  [...new Map(chart.all('clearance-reopened.v1').filter(({ body }) => body.clearance === clearance.id).flatMap(reopeningsIn).map((one) => [one.rule.id, one])).values()]

export const reopeningsIn = ({ body }: EntryOf<'clearance-reopened.v1'>): Reopening[] =>
  body.rules.map(({ rule, says, action, facts }) => ({ rule: { id: rule, says, action: action as EligibilityRule['action'] }, facts: facts as readonly UsedFact[] }))

/** What a rule that reopened a clearance says of these facts. One that the rules no longer hold cannot be judged by them. */
export function truthNow({ rule }: Pick<Reopening, 'rule'>, rules: readonly EligibilityRule[], facts: ScreeningFacts): Truth {
  const held = rules.find(({ id }) => id === rule.id)
  return held ? truthOf(held.when, facts) : 'unknown'
}

/** A rule can be met and past: by what the prescriber had read, or where it no longer reopens anything. */
const PAST: Readonly<Record<Truth, string>> = { no: 'That is not so any more', unknown: 'It cannot be judged any more', yes: 'It is met now by nothing that reopens the clearance' }

/** Why a clearance is open, for those who have to look again. */
export const sayReopening = ({ rule, past, truth = 'unknown' }: Reopening): string => (past ? `${rule.says} ${PAST[truth]}; it still waits for a prescriber to sign again.` : rule.says)

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
  const before = asSigned(chart, clearance, limits)
  const reopened = reopeningsOf(chart, clearance).map(({ rule }) => rule.id)
  return screening.met.flatMap((one) => {
    const override = reopened.includes(one.rule.id) ? undefined : overrideIn(clearance, one.rule.id, limits)
    return override && !restsOnNews(one, chart, clearance, before) ? [{ ...override, entry: clearance.id }] : []
  })
}

/** A reason counts only for a rule that was met when it was signed: nobody signs ahead for what has not happened yet. */
const overrideIn = ({ body: { overrides, screening } }: Clearance, rule: string, limits: ScreeningLimits) =>
  screening.met.some((met) => met.rule === rule) ? overrides.find((one) => one.rule === rule && one.reason.trim().length >= limits.overrides.reasonCharacters) : undefined

function reopens(one: MetRule, chart: Chart, clearance: Clearance, limits: ScreeningLimits, before: () => Before): boolean {
  const { action, id, moment } = one.rule
  if (moment === 'session-day' || action === 'missing' || action === 'caution') return false
  // A block is nobody's to accept: a sheet that lists it and clears all the same does not hold.
  const isAccepted = action === 'override' ? overrideIn(clearance, id, limits) !== undefined : action === 'hold' && clearance.body.screening.met.some((met) => met.rule === id)
  return !isAccepted || restsOnNews(one, chart, clearance, before)
}

interface Before { readonly chart: Chart; readonly facts: ScreeningFacts }

/** The chart and the facts as the prescriber had read them: read once, and only if somebody asks. */
function asSigned(chart: Chart, clearance: Clearance, limits: ScreeningLimits): () => Before {
  let read: Before | undefined
  return () => {
    if (!read) {
      const then = readChart(asReceived(chart).filter((entry) => isBefore(entry, clearance)))
      read = { chart: then, facts: screeningFacts(then, clearance.body.signature.signedAt, limits) }
    }
    return read
  }
}

/** Whether a rule that is met now rests on an entry that came after the signature and says something else than what it rested on then. Facts name entries of the chart they were read from. */
function restsOnNews({ rule, facts }: MetRule, chart: Chart, clearance: Clearance, before: () => Before): boolean {
  const since = facts.flatMap(({ entries }) => entries).map((id) => chart.entry(id)!).filter((entry) => !isBefore(entry, clearance))
  if (since.length === 0) return false
  const then = before()
  const said = new Set(judge(rule.when, then.facts).because.flatMap(({ entries }) => entries).map((id) => saying(then.chart.entry(id)!)))
  return since.some((entry) => !said.has(saying(entry)))
}

const saying = ({ kind, body }: Entry) => canonical({ kind, body })

/** `lastSeq` is the last entry that the prescriber had read; one that the server has not numbered yet cannot be among them. */
const isBefore = (entry: Entry, clearance: Clearance) => entry.seq !== undefined && entry.seq <= clearance.body.lastSeq
