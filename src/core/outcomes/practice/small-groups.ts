/** By what courses may be told apart. One at a time, in one year or in all: see the record of this decision. */
export const dimensions = ['protocol', 'indication', 'route', 'dose'] as const
export type Dimension = (typeof dimensions)[number]
/** Courses that agree in everything by which they may be told apart. Empty where nobody knows. */
export type Cell = Readonly<Record<Dimension | 'year', string>>

/** Everybody, or those with one value; in one year, or in all where it is empty. */
export interface Group {
  readonly by: Dimension | 'all'
  readonly value: string
  readonly year: string
}

export const groupKey = ({ by, value, year }: Group): string => JSON.stringify([by, value, year])
export const isIn = (cell: Cell, { by, value, year }: Group): boolean => (year === '' || cell.year === year) && (by === 'all' || cell[by] === value)

/**
 * Which groups may be shown, when nothing is said about fewer than `fewest` people. A group is hidden when it is small;
 * when those hidden beside it would be few and come out as what is left of the whole; and when it lies inside another
 * shown one and leaves few of it. Hiding goes on until none of these is left.
 */
export function shownGroups(cells: readonly Cell[], people: readonly number[], fewest: number): (group: Group) => boolean {
  const table = tableOf(cells, people)
  const isShown = table.sizes.map((size) => size >= fewest)
  const few = (count: number) => count > 0 && count < fewest
  for (let isOpen = true; isOpen;) {
    isOpen = false
    for (const { whole, parts } of table.lines) {
      const rest = parts.filter((part) => !isShown[part]).reduce((sum, part) => sum + table.sizes[part]!, 0)
      const smallest = parts.filter((part) => isShown[part]).toSorted((a, b) => table.sizes[a]! - table.sizes[b]!)[0]
      if (isShown[whole] && few(rest) && smallest !== undefined) isShown[smallest] = !(isOpen = true)
    }
    for (const [inner, outer] of table.nested) if (isShown[inner] && isShown[outer] && few(table.sizes[outer]! - table.sizes[inner]!)) isShown[inner] = !(isOpen = true)
  }
  return (group) => { const at = table.at.get(groupKey(group)); return at !== undefined && isShown[at]! }
}

interface GroupTable extends Places {
  readonly sizes: readonly number[]
  /** Groups that lie inside others, by their people. */
  readonly nested: readonly (readonly [inner: number, outer: number])[]
}

function tableOf(cells: readonly Cell[], people: readonly number[]): GroupTable {
  const places = placesOf(cells)
  const { groups, members } = places
  const shared = new Float64Array(groups.length ** 2)
  for (const [cell, ids] of members.entries()) {
    const count = people[cell] ?? 0
    if (count > 0) for (const one of ids) for (const other of ids) shared[one * groups.length + other]! += count
  }
  const sizes = groups.map((_, at) => shared[at * groups.length + at]!)
  return { ...places, sizes, nested: nestedIn(sizes, shared) }
}

function nestedIn(sizes: readonly number[], shared: Float64Array): GroupTable['nested'] {
  const nested: (readonly [inner: number, outer: number])[] = []
  for (const [inner, size] of sizes.entries()) {
    if (size === 0) continue
    for (let outer = 0; outer < sizes.length; outer += 1) if (outer !== inner && shared[inner * sizes.length + outer] === size) nested.push([inner, outer])
  }
  return nested
}

/** What does not depend on how many people there are. */
interface Places {
  readonly at: ReadonlyMap<string, number>
  readonly groups: readonly Group[]
  /** The groups that each cell is in. */
  readonly members: readonly (readonly number[])[]
  /** A whole and the parts that it falls into. */
  readonly lines: readonly { readonly whole: number; readonly parts: readonly number[] }[]
}
const known = new WeakMap<readonly Cell[], Places>()

function placesOf(cells: readonly Cell[]): Places {
  const held = known.get(cells)
  if (held) return held
  const at = new Map<string, number>()
  const groups: Group[] = []
  const idOf = (group: Group) => {
    const key = groupKey(group)
    if (!at.has(key)) at.set(key, groups.push(group) - 1)
    return at.get(key)!
  }
  const members = cells.map((cell) => ['', cell.year].flatMap((year) => [idOf({ by: 'all', value: '', year }), ...dimensions.map((by) => idOf({ by, value: cell[by], year }))]))
  const places = { at, groups, members, lines: linesOf(groups, at) }
  known.set(cells, places)
  return places
}

/** By value within one year or all, and by year within one value or all. */
function linesOf(groups: readonly Group[], at: ReadonlyMap<string, number>): Places['lines'] {
  const lines = new Map<string, { whole: number; parts: number[] }>()
  const add = (name: string, whole: Group, part: number) => {
    const line = lines.get(name) ?? { whole: at.get(groupKey(whole))!, parts: [] }
    line.parts.push(part)
    lines.set(name, line)
  }
  for (const [part, group] of groups.entries()) {
    if (group.by !== 'all') add(`${group.by} in ${group.year}`, { by: 'all', value: '', year: group.year }, part)
    if (group.year !== '') add(`years of ${group.by} ${group.value}`, { ...group, year: '' }, part)
  }
  return [...lines.values()]
}
