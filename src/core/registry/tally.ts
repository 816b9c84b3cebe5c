import { classesOf, quasiIn, quasiKey, type Classes } from './k-anonymous.ts'
import { OTHER, type RegistryRows } from './rows.ts'
import type { Told } from './told.ts'

/** How many persons say each value, and who they are while they are few. */
type Counts = Map<string, { people: number; few: number[] | undefined }>

/** What is held of people who are looked through one by one: numbers of people, by value. However many there are, only the few are held by name. */
export interface Tally {
  persons: number
  readonly quasi: Counts
  readonly terms: Counts
  readonly grades: Counts
  readonly instruments: Counts
}

export const newTally = (): Tally => ({ persons: 0, quasi: new Map(), terms: new Map(), grades: new Map(), instruments: new Map() })

export function countPerson(tally: Tally, told: Told, { fewest: { people: fewest } }: Pick<RegistryRows, 'fewest'>): void {
  const person = tally.persons
  tally.persons += 1
  // Those who leave in nothing are fewer than `fewest`: where twice as many say a value, enough are left without them.
  const add = (into: Counts, values: readonly string[]) => { for (const value of new Set(values)) addOne(into, value, person, fewest * 2) }
  add(tally.quasi, [quasiKey(told.quasi)])
  add(tally.terms, told.events.map(({ term }) => term))
  add(tally.grades, told.events.map(gradeKey))
  add(tally.instruments, [...told.scores.map(({ instrument }) => instrument), ...told.courses.flatMap(({ measures }) => measures.map(({ instrument }) => instrument))])
}

function addOne(into: Counts, value: string, person: number, most: number): void {
  const known = into.get(value) ?? { people: 0, few: [] }
  known.people += 1
  if (known.people >= most) known.few = undefined
  else known.few?.push(person)
  into.set(value, known)
}

const gradeKey = ({ term, grade }: { readonly term: string; readonly grade: number }): string => `${term} ${grade}`

/** What of these people may leave. */
export interface Shareable {
  readonly classes: Classes
  /** Persons who leave. */
  readonly people: number
  /** The term to tell; `other` for those that too few had; null where even together they are too few. */
  readonly term: (written: string) => string | null
  readonly grade: (written: string, grade: number) => number | null
  readonly instrument: (id: string) => boolean
  /** How many values too few people share. */
  readonly hidden: { readonly terms: number; readonly instruments: number }
}

export function shareable(tally: Tally, rows: Pick<RegistryRows, 'fewest' | 'coarser' | 'ages'>): Shareable {
  const fewest = rows.fewest.people
  const classes = classesOf(new Map([...tally.quasi].map(([key, { people }]) => [key, people])), rows)
  const gone = new Set([...tally.quasi].filter(([key]) => classes(quasiIn(key)) === null).flatMap(([, { few }]) => few ?? []))
  const left = ({ people, few }: { people: number; few: number[] | undefined }) => (few ? few.filter((person) => !gone.has(person)).length : people - gone.size)
  const enough = (counts: Counts) => { const shown = new Set([...counts].filter(([, one]) => left(one) >= fewest).map(([value]) => value)); return (value: string) => shown.has(value) }
  const [termShown, gradeShown, instrumentShown] = [enough(tally.terms), enough(tally.grades), enough(tally.instruments)]
  const rare = [...tally.terms.keys()].filter((term) => !termShown(term))
  const union = (keys: readonly string[], counts: Counts) => new Set(keys.flatMap((key) => counts.get(key)?.few ?? []).filter((person) => !gone.has(person))).size
  const others = union(rare, tally.terms)
  const otherGrade = (grade: number) => union(rare.map((term) => gradeKey({ term, grade })), tally.grades) >= fewest
  return {
    classes, people: tally.persons - gone.size, instrument: instrumentShown,
    term: (written) => (termShown(written) ? written : others >= fewest ? OTHER : null),
    grade: (written, grade) => ((termShown(written) ? gradeShown(gradeKey({ term: written, grade })) : otherGrade(grade)) ? grade : null),
    hidden: { terms: rare.length, instruments: [...tally.instruments.keys()].filter((id) => !instrumentShown(id)).length },
  }
}
