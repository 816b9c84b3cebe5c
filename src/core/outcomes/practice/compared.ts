import { logRankOf } from '../log-rank.ts'
import { practiceFigures, type FigureRows } from './figures.ts'
import type { KeptFigure } from './kept-figure.ts'
import { isIn, type Group } from './small-groups.ts'
import type { KeptTally, Tallies } from './tallies.ts'

/** How long responses held in a second group with another value of the same thing, beside the first. */
export interface ComparedKept {
  readonly value: string
  readonly kept: KeptFigure
  /** Whether the two differ by more than chance; null where nothing could be expected in one of them. */
  readonly test: KeptTest | null
}

/** The log-rank test, as far as enough people of both groups were still watched: of the first group, and of the second. */
export interface KeptTest {
  readonly throughDay: number
  readonly people: readonly [number, number]
  readonly relapses: readonly [number, number]
  readonly chiSquare: number
  readonly p: number
}

/** Nothing where either curve may not be shown. Two values of the same thing share nobody. */
export function comparedKept(tallies: Tallies, group: Group, value: string, rows: FigureRows): ComparedKept | null {
  if (group.by === 'all' || group.value === value) return null
  const other: Group = { ...group, value }
  const [ours, kept] = [practiceFigures(tallies, group, rows).kept, practiceFigures(tallies, other, rows).kept]
  if (!ours || !kept) return null
  const throughDay = Math.min(ours.throughDay, kept.throughDay)
  const within = (of: Group) => tallies.kept.filter(({ cell }) => isIn(tallies.cells[cell]!, of)).map((one) => until(one, throughDay))
  const both = [within(group), within(other)] as const
  const found = logRankOf(both)
  const count = (list: readonly { readonly event: 0 | 1; readonly people: number }[], event: 0 | 1 | undefined) => list.reduce((sum, one) => sum + (event === undefined || one.event === event ? one.people : 0), 0)
  const each = (event?: 1) => [count(both[0], event), count(both[1], event)] as const
  return { value, kept, test: found && { throughDay, people: each(), relapses: each(1), chiSquare: found.chiSquare, p: found.p } }
}

/** What came after the day is not looked at: whoever was watched for longer was watched until then. */
const until = ({ days, relapsed, people }: KeptTally, day: number) => ({ time: Math.min(days, day), event: relapsed && days <= day ? 1 as const : 0 as const, people })
