import { proportion, type ProportionRow } from '../proportion.ts'
import { funnelFigure, type FunnelStep } from './funnel.ts'
import { keptFigure, type KeptFigure } from './kept-figure.ts'
import type { PracticeOutcomeRows } from './rows.ts'
import { isIn, shownGroups, type Group } from './small-groups.ts'
import type { CourseTally, MeasureTally, Tallies } from './tallies.ts'

export const verdictNames = ['response', 'remission', 'reliable', 'worse'] as const
export type VerdictName = (typeof verdictNames)[number]

export interface Share {
  readonly events: number
  readonly n: number
  readonly p: number
  readonly lo: number
  readonly hi: number
}

/** One share, among those who finished and among all who began. Null where it may not be shown, or where no row says such a thing. */
export interface VerdictFigure {
  readonly verdict: VerdictName
  /** Who finished and has both scores. */
  readonly completers: Share | null
  /** Whoever has no score is counted as not better; as worse, from nobody of them to all of them. */
  readonly everybody: Share | null
  readonly everybodyAtMost: Share | null
}

export interface MeasureFigure {
  readonly instrument: string
  /** Of all courses counted here: who is in the figure and who is not, so that they come to `begun`. */
  readonly begun: number | null
  readonly completers: number | null
  readonly endedEarly: number | null
  readonly noBaseline: number | null
  readonly noEnd: number | null
  /** Those below the cut-off from the beginning: neither response nor remission is said of them. */
  readonly notACase: number | null
  readonly verdicts: readonly VerdictFigure[]
}

export interface EventFigure {
  readonly term: string
  /** How many people had it at that grade at worst. */
  readonly grades: readonly { readonly grade: number; readonly people: number }[]
  readonly any: Share
}

export interface PracticeFigures {
  readonly group: Group
  /** Courses begun that may be counted now, and those whose last score may still come; null where too few to say. */
  readonly begun: number | null
  readonly underWay: number | null
  readonly finished: number | null
  readonly measures: readonly MeasureFigure[]
  readonly kept: KeptFigure | null
  readonly events: readonly EventFigure[] | null
  readonly funnel: readonly FunnelStep[]
}

export interface FigureRows {
  readonly practice: PracticeOutcomeRows
  readonly proportion: ProportionRow
  readonly survival: { readonly criticalValue: number }
}

/** All figures of one group. Nothing is said about fewer people than the row allows, also by what is left between two groups. */
export function practiceFigures(tallies: Tallies, group: Group, rows: FigureRows): PracticeFigures {
  const inside = tallies.cells.map((cell) => isIn(cell, group))
  const inGroup = <Row extends { readonly cell: number }>(list: readonly Row[]) => list.filter(({ cell }) => inside[cell]!)
  const counted = tallies.courses.filter(({ underWay }) => !underWay)
  const known = (name: string, list: Counted) => shownIn(tallies, name, list, rows.proportion.fewest)(group)
  const [here, allHere] = [inGroup(counted), inGroup(tallies.courses)]
  const canSay = known('counted', counted)
  return {
    group, begun: canSay ? count(here) : null, underWay: canSay ? count(allHere) - count(here) : null, finished: canSay ? count(here.filter(({ finished }) => finished === true)) : null,
    measures: canSay ? rows.practice.instruments.flatMap(({ instrument }) => measureFigure(tallies, { group, inside }, instrument, rows)) : [],
    kept: known('kept', tallies.kept) ? keptFigure(here, { kept: inGroup(tallies.kept), toResponse: inGroup(tallies.toResponse), inResponse: inGroup(tallies.inResponse) }, rows) : null,
    events: known('begun', tallies.courses) ? eventFigures(inGroup(tallies.events), allHere, rows.proportion) : null,
    funnel: funnelFigure(tallies.funnel, group.year, rows.proportion.fewest),
  }
}

export const count = (list: readonly { readonly people: number }[]): number => list.reduce((sum, { people }) => sum + people, 0)

type Counted = readonly { readonly cell: number; readonly people: number }[]
const judged = new WeakMap<Tallies, Map<string, (group: Group) => boolean>>()

/** Which groups of these people may be shown. It hangs on the people alone, so each kind is judged once for one counting. */
function shownIn(tallies: Tallies, name: string, list: Counted, fewest: number): (group: Group) => boolean {
  const mine = judged.get(tallies) ?? new Map<string, (group: Group) => boolean>()
  judged.set(tallies, mine)
  const found = mine.get(name)
  if (found) return found
  const people = tallies.cells.map(() => 0)
  for (const { cell, people: more } of list) people[cell]! += more
  const may = shownGroups(tallies.cells, people, fewest)
  mine.set(name, may)
  return may
}

const isScored = ({ hasBaseline, hasEnd }: MeasureTally) => hasBaseline && hasEnd

interface Asked {
  readonly group: Group
  /** Of each cell, whether it is in the group. */
  readonly inside: readonly boolean[]
}

function measureFigure(tallies: Tallies, { group, inside }: Asked, instrument: string, rows: FigureRows): MeasureFigure[] {
  const { measures } = tallies
  const all = measures.filter((row) => row.instrument === instrument)
  const here = all.filter(({ cell }) => inside[cell]!)
  if (here.length === 0) return []
  const may = (name: string, list: Counted) => shownIn(tallies, `${instrument} ${name}`, list, rows.proportion.fewest)(group)
  const canSay = may('all', all)
  const say = (list: readonly MeasureTally[]) => (canSay ? count(list) : null)
  const scored = here.filter(isScored)
  return [{
    instrument, begun: say(here), completers: say(scored.filter(({ finished }) => finished === true)), endedEarly: say(scored.filter(({ finished }) => finished !== true)),
    noBaseline: say(here.filter(({ hasBaseline }) => !hasBaseline)), noEnd: say(here.filter(({ hasBaseline, hasEnd }) => hasBaseline && !hasEnd)), notACase: say(scored.filter(({ isCase }) => isCase === false)),
    verdicts: canSay ? verdictNames.flatMap((name) => verdictFigure(all, name, { may, here: ({ cell }) => inside[cell]!, row: rows.proportion })) : [],
  }]
}

interface Judging {
  readonly may: (name: string, list: Counted) => boolean
  readonly here: (row: MeasureTally) => boolean
  readonly row: ProportionRow
}

/** Scores that say nothing of this kind are in neither share; scores that are missing are in the share of everybody. */
function verdictFigure(all: readonly MeasureTally[], verdict: VerdictName, { may, here, row }: Judging): VerdictFigure[] {
  const counts = (one: MeasureTally) => !isScored(one) || (one[verdict] !== null && (one.isCase !== false || verdict === 'reliable' || verdict === 'worse'))
  const within = all.filter(counts)
  const answered = within.filter(isScored)
  if (!answered.some(here)) return []
  const finished = answered.filter((one) => one.finished === true)
  const events = (list: readonly MeasureTally[]) => count(list.filter((one) => here(one) && one[verdict] === true))
  const people = (list: readonly MeasureTally[]) => count(list.filter(here))
  const canSay = may(`${verdict} answered`, answered) && may(`${verdict} within`, within)
  const missing = people(within) - people(answered)
  return [{
    verdict, completers: may(`${verdict} finished`, finished) ? share(events(finished), people(finished), row) : null, everybody: canSay ? share(events(answered), people(within), row) : null,
    everybodyAtMost: canSay && verdict === 'worse' ? share(events(answered) + missing, people(within), row) : null,
  }]
}

/** With Wilson's limits; nothing where too few people stand behind it. */
export function share(events: number, n: number, row: ProportionRow): Share | null {
  const found = proportion(events, n, row)
  return 'suppressed' in found ? null : { events, n, ...found }
}

/** The commonest first. Courses that are still under way are counted: what happened in them has happened. */
function eventFigures(events: Tallies['events'], begun: readonly CourseTally[], row: ProportionRow): EventFigure[] {
  const n = count(begun)
  return [...grouped(events, ({ term }) => term)].flatMap(([term, list]) => {
    const any = share(count(list), n, row)
    const grades = [...grouped(list, ({ grade }) => grade)].map(([grade, some]) => ({ grade, people: count(some) })).toSorted((a, b) => a.grade - b.grade)
    return any ? [{ term, grades, any }] : []
  }).toSorted((a, b) => b.any.events - a.any.events || (a.term < b.term ? -1 : 1))
}

function grouped<Row, Key>(list: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>()
  for (const row of list) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}
