import type { CourseRow } from '../../outcomes/practice/course-row.ts'
import type { Kept } from '../../outcomes/practice/kept.ts'

/** What people are told apart by in counts. Empty where nobody knows. */
export interface Place {
  readonly protocol: string
  readonly indication: string
  readonly route: string
}
interface Counted extends Place {
  readonly people: number
}

/** A practice counted by persons: each once, with the first course. */
export interface AggregateTally {
  readonly people: readonly (Counted & { readonly kept: Kept['state']; readonly days: number | null; readonly relapsed: boolean | null })[]
  readonly measures: readonly (Counted & { readonly instrument: string; readonly hasBaseline: boolean | null; readonly hasEnd: boolean | null; readonly response: boolean | null; readonly remission: boolean | null; readonly reliable: boolean | null; readonly worse: boolean | null })[]
  readonly events: readonly (Counted & { readonly term: string; readonly grade: number })[]
}

/** Counted one by one, from the first course of each person: what a database counts together has to come to the same. */
export function aggregateTally(first: readonly CourseRow[], today: string): AggregateTally {
  const counted = first.filter(({ settlesOn }) => settlesOn <= today)
  const place = ({ protocol, indication, route }: CourseRow) => ({ protocol: protocol ?? '', indication: indication ?? '', route, people: 1 })
  return {
    people: counted.map((row) => ({ ...place(row), kept: row.kept.state, ...(row.kept.state === 'followed' ? { days: row.kept.days, relapsed: row.kept.relapsed } : { days: null, relapsed: null }) })),
    measures: counted.flatMap((row) => row.measures.map(({ instrument, baseline, end, verdict }) => ({ ...place(row), instrument, hasBaseline: baseline !== null, hasEnd: end !== null, response: verdict?.response ?? null, remission: verdict?.remission ?? null, reliable: verdict?.reliable ?? null, worse: verdict?.worse ?? null }))),
    events: counted.flatMap((row) => row.events.map((event) => ({ ...place(row), ...event }))),
  }
}
