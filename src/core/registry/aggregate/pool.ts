import { proportion, type ProportionRow } from '../../outcomes/proportion.ts'
import type { AggregateCell, AggregateFile, AggregateMeasure, Told } from './file.ts'

/** A share of several cells, where some counts are hidden: it lies between `least` and `most`, and its limits are those of both. */
export interface PooledShare {
  readonly people: number
  readonly least: number
  readonly most: number
  /** Cells whose count is hidden. */
  readonly hidden: number
  readonly p: readonly [number, number]
  readonly lo: number
  readonly hi: number
}

export interface PooledMeasure {
  readonly instrument: string
  readonly people: number
  /** Cells that do not even say how many were asked. */
  readonly cellsWithout: number
  readonly shares: Readonly<Record<Name, PooledShare | null>>
}
const names = ['response', 'remission', 'reliable', 'worse', 'missing'] as const
type Name = (typeof names)[number]

/** What of a practice is looked at: all cells, or those with one value. */
export type Within = (cell: AggregateCell) => boolean

/** Every questionnaire of these files, over everybody in the cells; what is hidden is counted from as few to as many as it can be. */
export function pooledMeasures(files: readonly AggregateFile[], within: Within, row: ProportionRow): PooledMeasure[] {
  const cells = files.flatMap((file) => file.cells.filter(within).map((cell) => ({ cell, fewest: file.fewest })))
  const instruments = [...new Set(cells.flatMap(({ cell }) => cell.measures.map(({ instrument }) => instrument)))].toSorted()
  return instruments.map((instrument) => {
    const all = cells.flatMap(({ cell, fewest }) => cell.measures.filter((one) => one.instrument === instrument).map((measure) => ({ measure, fewest })))
    const told = all.filter(({ measure }) => typeof measure.people === 'number')
    return {
      instrument, people: told.reduce((sum, { measure }) => sum + (measure.people as number), 0), cellsWithout: all.length - told.length,
      shares: Object.fromEntries(names.map((name) => [name, shareOf(told.map(({ measure, fewest }) => ({ people: measure.people as number, count: measure[name], fewest, rest: restOf(measure, name) })), row)])) as PooledMeasure['shares'],
    }
  })
}

/** Nobody is both missing and in a verdict. */
const restOf = (measure: AggregateMeasure, name: Name): number => (measure.people as number) - (name !== 'missing' && typeof measure.missing === 'number' ? measure.missing : 0)

interface Part {
  readonly people: number
  readonly count: Told
  readonly fewest: number
  /** More than these it cannot be. */
  readonly rest: number
}

function shareOf(parts: readonly Part[], row: ProportionRow): PooledShare | null {
  const people = parts.reduce((sum, part) => sum + part.people, 0)
  const bounds = parts.map(boundsOf)
  const [least, most] = [0, 1].map((side) => bounds.reduce((sum, bound) => sum + bound[side as 0 | 1], 0)) as [number, number]
  const [low, high] = [proportion(least, people, row), proportion(most, people, row)]
  if ('suppressed' in low || 'suppressed' in high) return null
  return { people, least, most, hidden: parts.filter(({ count }) => typeof count !== 'number').length, p: [low.p, high.p], lo: low.lo, hi: high.hi }
}

const boundsOf = ({ count, fewest, rest }: Part): readonly [number, number] => (typeof count === 'number' ? [count, count] : count === 'few' ? [1, Math.min(fewest - 1, rest)] : [0, rest])

export interface PooledEvent {
  readonly term: string
  readonly share: PooledShare
  readonly grades: readonly { readonly grade: number; readonly least: number; readonly most: number }[]
}

/** Side effects over everybody in the cells; a cell that does not name one had nobody with it. */
export function pooledEvents(files: readonly AggregateFile[], within: Within, row: ProportionRow): PooledEvent[] {
  const cells = files.flatMap((file) => file.cells.filter(within).map((cell) => ({ cell, fewest: file.fewest })))
  const terms = [...new Set(cells.flatMap(({ cell }) => cell.events.map(({ term }) => term)))]
  return terms.flatMap((term) => {
    const parts = cells.map(({ cell, fewest }) => { const found = cell.events.find((one) => one.term === term); return { people: cell.people, rest: typeof found?.people === 'number' ? found.people : cell.people, count: found?.people ?? 0, fewest, grades: found?.grades ?? [] } })
    const share = shareOf(parts, row)
    if (!share) return []
    const grades = [...new Set(parts.flatMap((part) => part.grades.map(({ grade }) => grade)))].toSorted((a, b) => a - b)
    const gradeOf = (grade: number) => parts.map((part) => boundsOf({ ...part, count: part.grades.find((one) => one.grade === grade)?.people ?? 0, rest: part.rest - part.grades.reduce((sum, { people }) => sum + (typeof people === 'number' ? people : 0), 0) }))
    return [{ term, share, grades: grades.map((grade) => ({ grade, least: gradeOf(grade).reduce((sum, [low]) => sum + low, 0), most: gradeOf(grade).reduce((sum, [, high]) => sum + high, 0) })) }]
  }).toSorted((a, b) => b.share.least + b.share.most - a.share.least - a.share.most || (a.term < b.term ? -1 : 1))
}

export interface PooledStep {
  readonly fromDay: number
  readonly toDay: number
  readonly atRisk: number
  readonly relapses: number
  readonly ended: number
  readonly survival: number
  readonly lower: number
  readonly upper: number
}

/**
 * How long responses held, from counts by interval: a life table, in which whoever is no longer watched counts for half
 * of the interval. Practices are put together at the days that all who are told of have in common; whose
 * curve ends earlier is in no later interval. Limits after Greenwood, on the log scale.
 */
export function pooledCurve(files: readonly AggregateFile[], criticalValue: number): PooledStep[] {
  const curves = files.map(({ kept }) => kept.intervals).filter((intervals) => intervals.length > 0)
  const days = [...new Set(curves.flatMap((intervals) => intervals.map(({ toDay }) => toDay)))].toSorted((a, b) => a - b)
  const common = days.filter((day) => curves.every((intervals) => intervals.at(-1)!.toDay < day || intervals.some(({ toDay }) => toDay === day)))
  const steps: PooledStep[] = []
  let [fromDay, survives, greenwood] = [0, 1, 0]
  for (const toDay of common) {
    const inside = curves.filter((intervals) => intervals.at(-1)!.toDay >= toDay).map((intervals) => intervals.filter((one) => one.fromDay >= fromDay && one.toDay <= toDay))
    const sum = (of: (intervals: AggregateFile['kept']['intervals']) => number) => inside.reduce((total, intervals) => total + of(intervals), 0)
    const [atRisk, relapses, ended] = [sum((all) => all[0]!.atRisk), sum((all) => all.reduce((total, one) => total + one.relapses, 0)), sum((all) => all.reduce((total, one) => total + one.ended, 0))]
    const exposed = atRisk - ended / 2
    if (exposed <= relapses) break
    survives *= 1 - relapses / exposed
    greenwood += relapses / (exposed * (exposed - relapses))
    const factor = Math.exp(criticalValue * Math.sqrt(greenwood))
    steps.push({ fromDay, toDay, atRisk, relapses, ended, survival: survives, lower: survives / factor, upper: Math.min(1, survives * factor) })
    fromDay = toDay
  }
  return steps
}
