import { classesOf, quasiIn, quasiKey } from '../k-anonymous.ts'
import { UNKNOWN, WITHHELD, type Quasi, type RegistryRows } from '../rows.ts'
import { verdicts, type AggregateCell, type AggregateCounts, type AggregateFile, type AggregateMeasure, type Told } from './file.ts'
import { breaches, keptBreaches, type Path } from './law.ts'
import type { AggregateTally, Place } from './tally.ts'

export type AggregateRows = Pick<RegistryRows, 'fewest' | 'coarser' | 'ages' | 'cells' | 'intervals'>

/** Counts of a practice in cells that share nobody, with all that would tell of few hidden. Whoever are too few for any cell are together in one; where even these are too few, they are in none. */
export function aggregateCounts(tally: AggregateTally, rows: AggregateRows): AggregateCounts {
  const placeOf = placing(tally, rows)
  const groups = new Map<string, { at: Place; people: AggregateTally['people'][number][]; measures: AggregateTally['measures'][number][]; events: AggregateTally['events'][number][] }>()
  const cellOf = (place: Place) => {
    const at = placeOf(place)
    const key = at && JSON.stringify([at.protocol, at.indication, at.route])
    if (key && !groups.has(key)) groups.set(key, { at, people: [], measures: [], events: [] })
    return key ? groups.get(key) : undefined
  }
  for (const one of tally.people) cellOf(one)?.people.push(one)
  for (const one of tally.measures) cellOf(one)?.measures.push(one)
  for (const one of tally.events) cellOf(one)?.events.push(one)
  const cells = [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, { at, people, measures, events }]) =>
    hidden({ protocol: at.protocol, indication: at.indication, route: at.route, people: count(people), measures: measuresOf(measures), events: eventsOf(events) }, rows.fewest.people))
  const kept = keptOf([...groups.values()].flatMap(({ people }) => people), rows)
  const [breach] = keptBreaches({ cells, kept }, rows.fewest.people)
  return { cells, kept: breach ? { people: typeof kept.people === 'number' && kept.people < rows.fewest.people ? 'few' : 'beside', intervals: [] } : kept }
}

/** The same as rows about persons are made coarser, by what counts are told apart by. */
function placing({ people }: AggregateTally, rows: AggregateRows): (place: Place) => Place | null {
  const quasi = ({ protocol, indication, route }: Place): Quasi => ({ sex: 'all', ageBand: 'all', year: 'all', protocol: protocol || UNKNOWN, indication: indication || UNKNOWN, route: route || UNKNOWN })
  const counts = new Map<string, number>()
  for (const one of people) counts.set(quasiKey(quasi(one)), (counts.get(quasiKey(quasi(one))) ?? 0) + one.people)
  const classes = classesOf(counts, { ...rows, fewest: { ...rows.fewest, people: rows.cells.people } })
  const rest = [...counts].filter(([key]) => classes(quasiIn(key)) === null).reduce((sum, [, more]) => sum + more, 0)
  return (place) => classes(quasi(place)) ?? (rest >= rows.fewest.people ? { protocol: WITHHELD, indication: WITHHELD, route: WITHHELD } : null)
}

const count = (list: readonly { readonly people: number }[]): number => list.reduce((sum, { people }) => sum + people, 0)
const grouped = <Row>(list: readonly Row[], keyOf: (row: Row) => string): [string, Row[]][] => {
  const groups = new Map<string, Row[]>()
  for (const row of list) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row])
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1))
}

/** Of everybody asked: whoever has no score, or was below the cut-off from the beginning, is in no verdict. */
const measuresOf = (rows: AggregateTally['measures']): AggregateMeasure[] => grouped(rows, ({ instrument }) => instrument).map(([instrument, list]) => {
  const with2 = list.filter(({ hasBaseline, hasEnd }) => hasBaseline && hasEnd)
  const [response, remission, reliable, worse] = verdicts.map((verdict) => count(with2.filter((row) => row[verdict] === true))) as [number, number, number, number]
  return { instrument, people: count(list), missing: count(list) - count(with2), response, remission, reliable, worse }
})

const eventsOf = (rows: AggregateTally['events']): AggregateCell['events'] => grouped(rows, ({ term }) => term).map(([term, list]) => ({
  term, people: count(list), grades: grouped(list, ({ grade }) => String(grade)).map(([grade, some]) => ({ grade: Number(grade), people: count(some) })),
}))

/**
 * Intervals as short as they can be: each is let grow into the next until its relapses, those no longer watched, and
 * those still watched are nobody or enough. Where that never comes, the curve ends before it.
 */
function keptOf(rows: AggregateTally['people'], { intervals: { days }, fewest: { people: fewest } }: Pick<RegistryRows, 'intervals' | 'fewest'>): AggregateCounts['kept'] {
  const followed = rows.filter(({ kept }) => kept === 'followed')
  const people = count(followed)
  const few = (value: number) => value > 0 && value < fewest
  const intervals: AggregateCounts['kept']['intervals'] = []
  let [fromDay, atRisk] = [0, people]
  for (const toDay of days) {
    const gone = followed.filter((row) => row.days! <= toDay && (fromDay === 0 || row.days! > fromDay))
    const relapses = count(gone.filter(({ relapsed }) => relapsed))
    const ended = count(gone) - relapses
    if (few(relapses) || few(ended) || few(atRisk - relapses - ended)) continue
    intervals.push({ fromDay, toDay, atRisk, relapses, ended })
    ;[fromDay, atRisk] = [toDay, atRisk - relapses - ended]
  }
  return { people, intervals }
}

/** Which of two counts that would tell of few is rather hidden: what people look for first is kept longest. */
const RATHER = ['reliable', 'remission', 'worse', 'missing', 'response']

/** Hides until nothing tells of few. */
function hidden(cell: AggregateCell, fewest: number): AggregateCell {
  for (let now = cell; ;) {
    const [breach] = breaches(now, fewest)
    if (!breach) return now
    const mayHide = breach.terms.filter(({ path, value }) => path.length > 1 && typeof value === 'number' && value > 0)
    const rank = ({ path, value }: (typeof mayHide)[number]) => (Number(value) < fewest ? -1 : path.length === 3 && path[0] === 'measures' && path[2] !== 'people' ? RATHER.indexOf(String(path[2])) : RATHER.length)
    const smallest = mayHide.toSorted((a, b) => rank(a) - rank(b) || Number(a.value) - Number(b.value))[0]
    if (!smallest) return now
    now = hide(now, smallest.path, Number(smallest.value) < fewest ? 'few' : 'beside')
  }
}

/** One count hidden; with the people of a questionnaire everything it says. */
function hide(cell: AggregateCell, path: Path, as: Exclude<Told, number>): AggregateCell {
  const [part, at, name] = path
  if (part === 'measures') return { ...cell, measures: cell.measures.map((row, place) => (place === at ? (name === 'people' ? { ...row, people: as, missing: 'beside', response: 'beside', remission: 'beside', reliable: 'beside', worse: 'beside' } : { ...row, [String(name)]: as }) : row)) }
  return { ...cell, events: cell.events.map((row, place) => (place !== at ? row : path.length === 3 ? { ...row, people: as, grades: row.grades.map((grade) => ({ ...grade, people: 'beside' as const })) } : { ...row, grades: row.grades.map((grade, which) => (which === path[3] ? { ...grade, people: as } : grade)) })) }
}

export const withoutDigest = ({ digest: _, ...rest }: AggregateFile): Omit<AggregateFile, 'digest'> => rest
