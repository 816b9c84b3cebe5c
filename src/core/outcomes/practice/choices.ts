import type { FigureRows } from './figures.ts'
import { dimensions, shownGroups, type Cell, type Dimension } from './small-groups.ts'
import type { Tallies } from './tallies.ts'

/** By what figures can be asked for. Values that may not be shown are not offered, and are counted in nothing that is. */
export interface Choices {
  readonly years: readonly string[]
  readonly by: Readonly<Record<Dimension, readonly string[]>>
  /** How many values there are that are too few people to be offered. */
  readonly hidden: Readonly<Record<Dimension, number>>
}

export function choicesOf({ cells, courses }: Tallies, { proportion: { fewest } }: FigureRows): Choices {
  const people = cells.map(() => 0)
  for (const { cell, people: more } of courses) people[cell]! += more
  const may = shownGroups(cells, people, fewest)
  const values = (of: keyof Cell) => [...new Set(cells.map((cell) => cell[of]))].toSorted()
  const shown = (by: Dimension) => values(by).filter((value) => may({ by, value, year: '' }))
  const each = <Value>(of: (by: Dimension) => Value) => Object.fromEntries(dimensions.map((by) => [by, of(by)])) as Record<Dimension, Value>
  return { years: values('year').filter((year) => may({ by: 'all', value: '', year })), by: each(shown), hidden: each((by) => values(by).length - shown(by).length) }
}
