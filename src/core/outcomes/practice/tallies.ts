import type { CourseRow } from './course-row.ts'
import type { Kept } from './kept.ts'
import { milestoneNames, type Milestone, type Milestones } from './milestones.ts'
import { dimensions, type Cell } from './small-groups.ts'

/** Courses that say the same, counted together. `cell` is a place in the list of cells. */
interface Counted {
  readonly cell: number
  readonly people: number
}
export interface CourseTally extends Counted {
  readonly underWay: boolean
  readonly finished: boolean | null
  readonly maintained: boolean
  readonly kept: Kept['state']
}
export interface MeasureTally extends Counted {
  readonly instrument: string
  readonly finished: boolean | null
  readonly hasBaseline: boolean
  readonly hasEnd: boolean
  /** Null while a score is missing. */
  readonly isCase: boolean | null
  readonly response: boolean | null
  readonly remission: boolean | null
  readonly reliable: boolean | null
  readonly worse: boolean | null
}
export interface KeptTally extends Counted {
  readonly days: number
  readonly relapsed: boolean
}
export interface DaysTally extends Counted {
  readonly days: number
}
export interface EventTally extends Counted {
  readonly term: string
  readonly grade: number
}
export interface FunnelTally {
  /** Of the inquiry. */
  readonly year: string
  readonly step: 'asked' | 'called' | Milestone
  /** From the inquiry; null where only that it happened is known. */
  readonly days: number | null
  readonly people: number
}

/** A practice counted. Everything but `courses` and `events` leaves out courses whose last score may still come. */
export interface Tallies {
  readonly cells: readonly Cell[]
  readonly courses: readonly CourseTally[]
  readonly measures: readonly MeasureTally[]
  readonly kept: readonly KeptTally[]
  readonly toResponse: readonly DaysTally[]
  readonly inResponse: readonly DaysTally[]
  readonly events: readonly EventTally[]
  readonly funnel: readonly FunnelTally[]
}

export const yearOf = (row: Pick<CourseRow, 'firstDose'>): string => row.firstDose.slice(0, 4)
export const cellOf = (row: CourseRow): Cell => ({ protocol: row.protocol ?? '', indication: row.indication ?? '', route: row.route, dose: row.doseRange ?? '', year: yearOf(row) })
export const funnelSteps = ['asked', 'called', ...milestoneNames] as const

export interface Asked {
  readonly receivedAt: string
  readonly called: boolean
  readonly reached: Milestones | null
}

/** Counted one by one: what a database counts together has to come to the same. `today` is a local day. */
export function tally(rows: readonly CourseRow[], asked: readonly Asked[], today: string): Tallies {
  const at = new Map<string, number>()
  const cells: Cell[] = []
  const cell = (row: CourseRow) => {
    const own = cellOf(row)
    const key = [...dimensions.map((by) => own[by]), own.year].join('\u001F')
    if (!at.has(key)) at.set(key, cells.push(own) - 1)
    return at.get(key)!
  }
  const all = rows.map((row) => ({ row, cell: cell(row), people: 1 }))
  const settled = all.filter(({ row }) => row.settlesOn <= today)
  const followed = settled.flatMap(({ row: { kept }, ...counted }) => (kept.state === 'followed' ? [{ ...counted, ...kept }] : []))
  return {
    cells,
    courses: all.map(({ row, ...counted }) => ({ ...counted, underWay: row.settlesOn > today, finished: row.finished, maintained: row.maintained, kept: row.kept.state })),
    measures: settled.flatMap(({ row, ...counted }) => row.measures.map(({ instrument, baseline, end, verdict }) => ({
      ...counted, instrument, finished: row.finished, hasBaseline: baseline !== null, hasEnd: end !== null, isCase: verdict?.isCase ?? null, response: verdict?.response ?? null, remission: verdict?.remission ?? null, reliable: verdict?.reliable ?? null, worse: verdict?.worse ?? null,
    }))),
    kept: followed.map(({ cell: of, people, days, relapsed }) => ({ cell: of, people, days, relapsed })),
    toResponse: followed.map(({ cell: of, people, toResponseDays }) => ({ cell: of, people, days: toResponseDays })),
    inResponse: followed.map(({ cell: of, people, responseDays }) => ({ cell: of, people, days: responseDays })),
    events: all.flatMap(({ row, ...counted }) => row.events.map((event) => ({ ...counted, ...event }))),
    funnel: asked.flatMap(funnelOf),
  }
}

function funnelOf({ receivedAt, called, reached }: Asked): FunnelTally[] {
  const one = (step: FunnelTally['step'], days: number | null): FunnelTally => ({ year: receivedAt.slice(0, 4), step, days, people: 1 })
  const steps = milestoneNames.flatMap((name) => { const when = reached?.[name]; return when ? [one(name, daysAfter(receivedAt, when))] : [] })
  return [one('asked', null), ...(called ? [one('called', null)] : []), ...steps]
}

const DAY_MS = 86_400_000
/** Whole days gone by; never less than none. */
export const daysAfter = (from: string, to: string): number => Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / DAY_MS))
