import { verdicts, type AggregateCell, type AggregateCounts, type AggregateMeasure, type Told } from './file.ts'

export type Path = readonly (string | number)[]
interface Term {
  readonly path: Path
  readonly value: Told
}

/** Counts that together would tell of few people: a count, or what is left of one when others are taken away. */
export interface Breach {
  readonly terms: readonly Term[]
  readonly tells: number
  readonly says: string
}

/**
 * Everything in a cell that tells of somebody, but of fewer than `fewest`. A group is told by its count, and by every
 * difference of counts that share people: who is not missing and did not respond is counted by nobody and known to all.
 * Whoever writes a file hides until this finds nothing; whoever checks one asks it of the numbers alone.
 */
export function breaches(cell: AggregateCell, fewest: number): Breach[] {
  const whole: Term = { path: ['people'], value: cell.people }
  const rules = [
    says('people of this cell', whole),
    ...cell.measures.flatMap((measure, at) => ofMeasure(whole, measure, ['measures', at])),
    ...cell.events.flatMap((event, at) => ofEvent(whole, event, ['events', at])),
  ]
  return broken(rules, fewest)
}

/** The same of the curve of all cells together. */
export const keptBreaches = ({ cells, kept }: AggregateCounts, fewest: number): Breach[] => broken(ofKept({ path: ['cells'], value: peopleIn({ cells }) }, kept), fewest)
export const peopleIn = ({ cells }: Pick<AggregateCounts, 'cells'>): number => cells.reduce((sum, { people }) => sum + people, 0)

function broken(rules: readonly Rule[], fewest: number): Breach[] {
  return rules.flatMap((rule) => { const tells = valueOf(rule); return tells !== null && tells !== 0 && Math.abs(tells) < fewest ? [{ terms: rule.terms, tells: Math.abs(tells), says: rule.says }] : [] })
}

interface Rule {
  readonly says: string
  /** The first counts as it is, the others are taken away from it. */
  readonly terms: readonly Term[]
}
const says = (words: string, ...terms: readonly Term[]): Rule => ({ says: words, terms })

/** Null while one of them is hidden: then nobody can work it out. */
function valueOf({ terms }: Rule): number | null {
  let sum = 0
  for (const [at, { value }] of terms.entries()) {
    if (typeof value !== 'number') return null
    sum += at === 0 ? value : -value
  }
  return sum
}

function ofMeasure(whole: Term, measure: AggregateMeasure, at: Path): Rule[] {
  const term = (name: Exclude<keyof AggregateMeasure, 'instrument'>): Term => ({ path: [...at, name], value: measure[name] })
  const [people, missing] = [term('people'), term('missing')]
  const name = measure.instrument
  return [
    says(`people asked ${name}`, people), says(`people not asked ${name}`, whole, people), says(`people without both scores of ${name}`, missing), says(`people with both scores of ${name}`, people, missing),
    ...verdicts.flatMap((verdict) => [says(`${verdict} in ${name}`, term(verdict)), says(`everybody else in ${name}, ${verdict}`, people, term(verdict)), says(`both scores of ${name} and not ${verdict}`, people, missing, term(verdict))]),
    ...(['response', 'reliable'] as const).map((verdict) => says(`both scores of ${name}, neither ${verdict} nor worse`, people, missing, term(verdict), term('worse'))),
    // Whoever is in remission responded; who is reliably better is neither more nor fewer, so that difference is nobody's.
    says(`response in ${name} and not remission`, term('response'), term('remission')),
  ]
}

function ofKept(whole: Term, { people, intervals }: AggregateCounts['kept']): Rule[] {
  const followed: Term = { path: ['kept', 'people'], value: people }
  return [
    says('people in the curve', followed), says('people in no curve', whole, followed),
    ...intervals.flatMap(({ toDay, atRisk, relapses, ended }, at) => {
      const term = (name: 'atRisk' | 'relapses' | 'ended', value: number): Term => ({ path: ['kept', 'intervals', at, name], value })
      const [watched, lost, out] = [term('atRisk', atRisk), term('relapses', relapses), term('ended', ended)]
      return [says(`people watched before day ${toDay}`, watched), says(`relapses by day ${toDay}`, lost), says(`people no longer watched by day ${toDay}`, out), says(`people still watched on day ${toDay}`, watched, lost, out)]
    }),
  ]
}

function ofEvent(whole: Term, event: AggregateCell['events'][number], at: Path): Rule[] {
  const any: Term = { path: [...at, 'people'], value: event.people }
  const grades = event.grades.map(({ people }, place): Term => ({ path: [...at, 'grades', place, 'people'], value: people }))
  const shown = grades.filter(({ value }) => typeof value === 'number')
  return [
    says(`people with ${event.term}`, any), says(`people without ${event.term}`, whole, any), ...grades.map((grade, place) => says(`${event.term} of grade ${event.grades[place]!.grade}`, grade)),
    says(`${event.term} of the grades that are hidden`, any, ...shown),
  ]
}

/** What does not add up: parts that are more than their whole. */
export function misfits(cell: AggregateCell): { readonly path: Path; readonly says: string }[] {
  const known = (value: Told) => (typeof value === 'number' ? value : 0)
  return [
    ...cell.measures.flatMap((measure, at) => [
      ...(known(measure.people) > cell.people ? [{ path: ['measures', at, 'people'], says: 'is more people than the cell' }] : []),
      ...(typeof measure.people === 'number' ? verdicts.filter((verdict) => known(measure[verdict]) + known(measure.missing) > known(measure.people)).map((verdict) => ({ path: ['measures', at, verdict], says: 'and those missing are more people than were asked' })) : []),
    ]),
    ...cell.events.flatMap((event, at) => [
      ...(known(event.people) > cell.people ? [{ path: ['events', at, 'people'], says: 'is more people than the cell' }] : []),
      ...(typeof event.people === 'number' && event.grades.reduce((sum, { people }) => sum + known(people), 0) > event.people ? [{ path: ['events', at, 'grades'], says: 'come to more people than had it' }] : []),
      ...(typeof event.people === 'number' && event.grades.every(({ people }) => typeof people === 'number') && event.grades.reduce((sum, { people }) => sum + known(people), 0) < event.people ? [{ path: ['events', at, 'grades'], says: 'come to fewer people than had it' }] : []),
    ]),
  ]
}

/** Steps of a curve that do not follow each other. */
export function keptMisfits({ cells, kept }: AggregateCounts): { readonly path: Path; readonly says: string }[] {
  const faults: { path: Path; says: string }[] = []
  if (typeof kept.people === 'number' && kept.people > peopleIn({ cells })) faults.push({ path: ['kept', 'people'], says: 'is more people than all cells' })
  if (typeof kept.people !== 'number' && kept.intervals.length > 0) faults.push({ path: ['kept', 'intervals'], says: 'are told though the people in them are hidden' })
  let [watched, day] = [kept.people, 0]
  for (const [at, { fromDay, toDay, atRisk, relapses, ended }] of kept.intervals.entries()) {
    if (fromDay !== day || toDay <= fromDay) faults.push({ path: ['kept', 'intervals', at, 'fromDay'], says: 'does not follow the interval before it' })
    if (atRisk !== watched) faults.push({ path: ['kept', 'intervals', at, 'atRisk'], says: 'is not what the interval before it left' })
    if (relapses + ended > atRisk) faults.push({ path: ['kept', 'intervals', at, 'relapses'], says: 'and those no longer watched are more people than were watched' })
    ;[watched, day] = [atRisk - relapses - ended, toDay]
  }
  return faults
}
