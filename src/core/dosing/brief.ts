import type { Chart } from '../chart/chart.ts'
import type { DoseRoute } from '../chart/kinds/clearance.ts'
import { clearanceNow } from '../eligibility/clearance.ts'
import { listedFacts } from '../eligibility/listed-facts.ts'
import { ingredientsIn, type Medicine } from '../eligibility/medicine.ts'
import { dosedSessions } from '../measures/doses.ts'
import type { Instrument } from '../measures/instrument.ts'
import type { Rulebook } from '../rulebook/book.ts'
import { factValue } from '../session/chart-gates.ts'
import type { Clock } from '../session/session.ts'
import { localDay } from '../shared/local-day.ts'
import { ageOn } from '../shared/time.ts'
import { lastSessionOf, type Gaps } from './last-session.ts'
import { proposeDose, type DoseProposal, type ProposedAction } from './propose.ts'
import { doseRowOf } from './rows.ts'
import { startingDose } from './starting.ts'
import { holds, judged, needsWeight, type JudgedRule, type TitrationRows } from './titration.ts'
import type { WeightBasis } from './weight.ts'

export interface BriefRows {
  readonly book: Rulebook
  readonly titration: TitrationRows
  /** Ingredients that slow the breakdown of a swallowed dose. */
  readonly inhibitors: readonly Medicine[]
  /** The questionnaire whose fall is the response. */
  readonly response: Instrument
}

/** What only the prescriber can say. It is written down with the decision, and never assumed. */
export interface Stated {
  /** How a first dose would be given; a later one goes by the way of the last. */
  readonly route?: DoseRoute | undefined
  /** How strong it is meant to be, from 0 to 10. Nothing here says that deeper is better. */
  readonly window?: readonly [low: number, high: number] | undefined
  /** That somebody asked, and there was no side effect. It counts only while none is written. */
  readonly noSideEffects?: boolean | undefined
}

export interface DoseBrief {
  readonly about: 'first' | 'next'
  readonly route: DoseRoute | undefined
  /** The session it goes on from. */
  readonly after?: string
  readonly action: ProposedAction | 'START'
  readonly doseUg?: number
  readonly flag?: NonNullable<DoseProposal['flag']>
  readonly requiresReason?: boolean
  /** The weight it was computed with, and which one that is where it was computed anew. */
  readonly weight?: { readonly weightG: number; readonly basis?: WeightBasis }
  readonly rules: readonly JudgedRule[]
  /** Why there is no proposal, in words for the prescriber. */
  readonly missing: readonly { readonly fact: string; readonly says: string }[]
}

/**
 * Reads a chart into what the two dose rules ask, and asks them. What the chart does not hold stays unknown, with
 * the reason: then there is no proposal. Nobody is dosed by it; a prescriber accepts, changes or declines, and signs.
 */
export function doseBrief(chart: Chart, stated: Stated, rows: BriefRows, clock: Clock): DoseBrief {
  return dosedSessions(chart).length > 0 ? nextDose(chart, stated, rows, clock) : firstDose(chart, stated, rows, clock)
}

function nextDose(chart: Chart, stated: Stated, rows: BriefRows, clock: Clock): DoseBrief {
  const last = lastSessionOf(chart, stated, rows, clock)
  const { age, cleared, gaps } = known(chart, rows, clock)
  const why: Gaps = { ...gaps, ...last.gaps }
  // Without one certain dose nothing is stepped from; a rule that stops needs none.
  const { action, doseUg, flag, requiresReason, rules, missing } = proposeDose({ ...last.facts, age, cleared, lastUg: last.facts.lastUg ?? 0 }, rows.book.dosing, rows.titration)
  const brief = { about: 'next' as const, route: last.facts.route, after: last.session, rules }
  if (!doseRowOf(rows.book.dosing, last.facts.route)) return { ...brief, action, missing: [noTable(last.facts.route)] }
  const stops = action === 'REFUSE' || (action === 'PRESCRIBER_REVIEW' && flag === undefined)
  if (!stops && last.facts.lastUg === undefined) return { ...brief, action: 'NOT_EVALUABLE', missing: said(['lastUg', ...missing], why) }
  return {
    ...brief, action, ...(doseUg !== undefined && { doseUg }), ...(flag && { flag }), ...(requiresReason && { requiresReason }),
    ...(last.facts.weightG !== undefined && { weight: { weightG: last.facts.weightG } }), missing: said(missing, why),
  }
}

function firstDose(chart: Chart, { route }: Stated, rows: BriefRows, clock: Clock): DoseBrief {
  const { age, cleared, gaps } = known(chart, rows, clock)
  const about = { about: 'first' as const, route }
  if (route === undefined) return { ...about, action: 'NOT_EVALUABLE', rules: [], missing: [{ fact: 'route', says: 'Nobody has said how it would be given.' }] }
  const row = doseRowOf(rows.book.dosing, route)
  if (!row) return { ...about, action: 'REFUSE', rules: [], missing: [noTable(route)] }
  const weight = chart.latest('weight.v1')?.body.weightG
  const height = chart.latest('height.v1')?.body.heightMm
  const start = startingDose({
    route, age, inhibitor: takesInhibitor(chart, rows, clock), body: { sex: factValue(chart, 'sexAtBirth') ?? 'unknown', ...(weight !== undefined && { weightG: weight }), ...(height !== undefined && { heightMm: height }) },
  }, rows.book.dosing, rows.titration)
  const notCleared = judged('not-cleared', holds(cleared, (yes) => !yes), { cleared })
  const rules = [notCleared, ...start.rules.filter(({ id }) => id !== 'ideal-weight' || needsWeight(row))]
  const missing = said([...(notCleared.state === 'not-evaluable' ? ['cleared'] : []), ...start.missing], gaps)
  if (notCleared.state === 'met' || start.action === 'REFUSE') return { ...about, action: 'REFUSE', rules, missing: [] }
  if (missing.length > 0 || start.doseUg === undefined) return { ...about, action: 'NOT_EVALUABLE', rules, missing }
  return { ...about, action: 'START', doseUg: start.doseUg, ...(start.weight && { weight: start.weight }), rules, missing }
}

/** What both rules ask, with the words for what is not known. */
function known(chart: Chart, { book }: BriefRows, { now, zone }: Clock) {
  const who = chart.latest('demographics.v1')
  const { state } = clearanceNow(chart, book.eligibility, now, book.screening)
  const gaps: Gaps = {
    age: 'The birth date is not on the chart.', cleared: 'Nobody has signed a medical clearance yet.', weightG: 'The weight is not on the chart.', heightMm: 'The height is not on the chart.',
    inhibitor: 'The list of medicines has not been gone through, or holds one that no rule can read.',
  }
  return { age: who && ageOn(who.body.birthDate, localDay(now, zone)), cleared: state === 'none' ? undefined : state === 'cleared', gaps }
}

/** One that is listed counts, however incomplete the list; that there is none is known only from a whole list. */
function takesInhibitor(chart: Chart, { book, inhibitors }: BriefRows, { now }: Clock): boolean | undefined {
  const { medications, medicationsReconciled } = listedFacts(chart, now, book.screening)
  if (medications.state !== 'known') return undefined
  const slows = ({ plain, ingredients }: { readonly plain: string; readonly ingredients: readonly string[] }) => inhibitors.some(({ ingredient }) => ingredients.includes(ingredient)) || ingredientsIn(plain, [], inhibitors).length > 0
  if (medications.items.some(({ value }) => slows(value))) return true
  return medications.gap || medicationsReconciled.state !== 'known' ? undefined : false
}

const noTable = (route: DoseRoute) => ({ fact: 'route', says: `This practice has no dose table for the route ${route}, so nothing is proposed.` })
const said = (facts: readonly string[], why: Gaps) => [...new Map(facts.map((fact) => [why[fact]!, fact]))].map(([says, fact]) => ({ fact, says }))
