import type pg from 'pg'
import type { CourseRow } from '../../core/outcomes/practice/course-row.ts'
import { milestoneNames } from '../../core/outcomes/practice/milestones.ts'
import { dimensions, type Cell } from '../../core/outcomes/practice/small-groups.ts'
import { cellOf, type Tallies } from '../../core/outcomes/practice/tallies.ts'

const BETWEEN = '\u001F'
export const wordOf = (cell: Cell): string => [...dimensions.map((by) => cell[by]), cell.year].join(BETWEEN)
export const cellWord = (row: CourseRow): string => wordOf(cellOf(row))
function cellIn(word: string): Cell {
  const [protocol = '', indication = '', route = '', dose = '', year = ''] = word.split(BETWEEN)
  return { protocol, indication, route, dose, year }
}

/** A letter each, in this order. */
export const SAYS = ['finished', 'hasBaseline', 'hasEnd', 'isCase', 'response', 'remission', 'reliable', 'worse'] as const
type Said = Pick<Tallies['measures'][number], (typeof SAYS)[number]>
export const letter = (value: boolean | null): string => (value === null ? '-' : value ? 'y' : 'n')
export const truth = (text: string | undefined): boolean | null => (text === 'y' ? true : text === 'n' ? false : null)
const letterOf = (column: string) => `case when ${column} then 'y' when not ${column} then 'n' else '-' end`

/** What the rows of one chart, or of all, come to: what is counted, where, and in what those counted together agree. */
function counting(of: 'one' | 'all'): string {
  const rows = `practice_id = $1${of === 'one' ? ' and chart_id = $3' : ''}`
  const settled = `${rows} and settles_on <= $2::date`
  const days = (what: string, says: string) => `select '${what}' as what, cell, ${says} as says from app.outcome_course where ${settled} and kept = 'followed'`
  return `select what, cell, says, count(*)::int as people from (
      select 'course' as what, cell, ${letterOf('settles_on > $2::date')} || ${letterOf('finished')} || ${letterOf('maintained')} || kept as says from app.outcome_course where ${rows}
      union all ${days('kept', `${letterOf('relapsed')} || kept_days`)}
      union all ${days('to-response', 'to_response_days::text')}
      union all ${days('in-response', 'response_days::text')}
      union all select 'measure', cell, says || instrument from app.outcome_measure where ${settled}
      union all select 'event', cell, grade || '${BETWEEN}' || term from app.outcome_event where ${rows}
      union all select 'reached', asked_year, u.step || '${BETWEEN}' || u.days from app.outcome_chart, unnest(reached_days) with ordinality as u(days, step) where ${rows} and asked_year is not null and u.days is not null
    ) each group by 1, 2, 3`
}

/** Holds what a practice is counted to until the transaction ends, and says that it changes. Answers its day; nothing where all was never counted. */
export async function lockTallies(client: pg.PoolClient, practice: string): Promise<string | null> {
  const { rows } = await client.query<{ day: string | null }>(
    { name: 'lock-tallies', text: 'insert into app.outcome_practice as p (practice_id, revision) values ($1, 1) on conflict (practice_id) do update set revision = p.revision + 1 returning day::text as day', values: [practice] })
  return rows[0]!.day
}

/** Takes away what a chart comes to now; before its rows change. */
export async function takeAway(client: pg.PoolClient, practice: string, chart: string, day: string): Promise<void> {
  await client.query({ name: 'take-away', text: `update app.outcome_tally t set people = t.people - s.people from (${counting('one')}) s where t.practice_id = $1 and (t.what, t.cell, t.says) = (s.what, s.cell, s.says)`, values: [practice, day, chart] })
}

/** Adds what a chart comes to; after its rows changed. */
export async function addUp(client: pg.PoolClient, practice: string, chart: string, day: string): Promise<void> {
  await client.query({ name: 'add-up', text: `insert into app.outcome_tally as t (practice_id, what, cell, says, people) select $1, s.* from (${counting('one')}) s on conflict (practice_id, what, cell, says) do update set people = t.people + excluded.people`, values: [practice, day, chart] })
}

/** Counts all of a practice anew from its rows, as of this local day, where it is not counted as of that day. */
export async function countAnew(client: pg.PoolClient, practice: string, day: string): Promise<void> {
  if ((await dayCounted(client, practice)) === day || (await lockTallies(client, practice)) === day) return
  await client.query('delete from app.outcome_tally where practice_id = $1', [practice])
  await client.query(`insert into app.outcome_tally (practice_id, what, cell, says, people) select $1, s.* from (${counting('all')}) s`, [practice, day])
  await client.query('update app.outcome_practice set day = $2::date where practice_id = $1', [practice, day])
}

/** Inquiries by their year, and whether the person was called. */
export async function countAsked(client: pg.PoolClient, practice: string): Promise<void> {
  const { rowCount } = await client.query(
    `with now as (select left(received_at, 4) as cell, ${letterOf(`(call->>'outcome' is not null)`)} as says, count(*)::int as people from app.inquiry where practice_id = $1 group by 1, 2),
      gone as (update app.outcome_tally t set people = 0 where practice_id = $1 and what = 'asked' and people > 0 and not exists (select from now where (now.cell, now.says) = (t.cell, t.says)) returning 1),
      more as (insert into app.outcome_tally as t (practice_id, what, cell, says, people) select $1, 'asked', now.* from now on conflict (practice_id, what, cell, says) do update set people = excluded.people where t.people <> excluded.people returning 1)
     select from gone union all select from more`, [practice])
  if (rowCount) await lockTallies(client, practice)
}

async function dayCounted(client: pg.PoolClient, practice: string): Promise<string | null | undefined> {
  const { rows } = await client.query<{ day: string | null }>('select day::text as day from app.outcome_practice where practice_id = $1', [practice])
  return rows[0]?.day
}

export interface CountedTo {
  /** The local day as of which courses are settled. */
  readonly day: string
  readonly revision: string
  /** When every chart was last looked at for something new. */
  readonly lookedAt: string
  /** Charts that had changed and were not counted then. */
  readonly waiting: number
}

/** As of when a practice is counted; nothing where nobody has looked yet. */
export async function countedTo(client: pg.PoolClient, practice: string): Promise<CountedTo | undefined> {
  const { rows } = await client.query<CountedTo>({ name: 'counted-to', text: 'select day::text as day, revision::text as revision, looked_at as "lookedAt", waiting from app.outcome_practice where practice_id = $1 and day is not null and looked_at is not null', values: [practice] })
  return rows[0]
}

export async function keepLooked(client: pg.PoolClient, practice: string, now: string, waiting: number): Promise<void> {
  await client.query('update app.outcome_practice set looked_at = $2, waiting = $3 where practice_id = $1', [practice, now, waiting])
}

type Row = [what: string, cell: string, says: string, people: number]

/** All that is counted. However many patients there are, these are so many numbers as there are ways in which courses differ. */
export async function readTallies(client: pg.PoolClient, practice: string): Promise<Tallies> {
  const { rows } = await client.query<Row>({ name: 'tallies', rowMode: 'array', text: 'select what, cell, says, people from app.outcome_tally where practice_id = $1 and people > 0', values: [practice] })
  const at = new Map<string, number>()
  const cells: Cell[] = []
  const cellAt = (word: string) => {
    const known = at.get(word) ?? cells.push(cellIn(word)) - 1
    at.set(word, known)
    return known
  }
  const of = <Tally>(what: string, read: (says: string, cell: string, people: number) => Tally): Tally[] => rows.flatMap(([name, cell, says, people]) => (name === what ? [read(says, cell, people)] : []))
  const inCell = <Tally>(what: string, read: (says: string) => Tally) => of(what, (says, cell, people) => ({ ...read(says), cell: cellAt(cell), people }))
  return {
    courses: inCell('course', courseIn), measures: inCell('measure', measureIn), cells,
    kept: inCell('kept', (says) => ({ relapsed: says.startsWith('y'), days: Number(says.slice(1)) })),
    toResponse: inCell('to-response', (says) => ({ days: Number(says) })), inResponse: inCell('in-response', (says) => ({ days: Number(says) })),
    events: inCell('event', (says) => { const [grade = '', term = ''] = says.split(BETWEEN); return { grade: Number(grade), term } }),
    funnel: [...askedIn(of('asked', (says, year, people) => ({ called: says === 'y', year, people }))), ...of('reached', (says, year, people) => { const [step, days] = says.split(BETWEEN).map(Number); return { year, step: milestoneNames[step! - 1]!, days: days!, people } })],
  }
}

const courseIn = (says: string) => ({ underWay: says.startsWith('y'), finished: truth(says[1]), maintained: says[2] === 'y', kept: says.slice(3) as Tallies['courses'][number]['kept'] })
/** What the letters of a row say. */
export const saidIn = (word: string): Said => Object.fromEntries(SAYS.map((name, place) => [name, truth(word[place])])) as Said
const measureIn = (says: string) => ({ instrument: says.slice(SAYS.length), ...saidIn(says) })
const askedIn = (asked: readonly { readonly called: boolean; readonly year: string; readonly people: number }[]): Tallies['funnel'] =>
  asked.flatMap(({ called, year, people }) => [{ year, step: 'asked' as const, days: null, people }, ...(called ? [{ year, step: 'called' as const, days: null, people }] : [])])
