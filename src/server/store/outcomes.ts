import type pg from 'pg'
import type { CourseRow } from '../../core/outcomes/practice/course-row.ts'
import { milestoneNames, type Milestones } from '../../core/outcomes/practice/milestones.ts'
import type { Verdict } from '../../core/outcomes/practice/verdict.ts'
import { cellOf, daysAfter, type Tallies } from '../../core/outcomes/practice/tallies.ts'
import { dimensions, type Cell } from '../../core/outcomes/practice/small-groups.ts'

const BETWEEN = '\u001F'
const cellWord = (row: CourseRow): string => { const cell = cellOf(row); return [...dimensions.map((by) => cell[by]), cell.year].join(BETWEEN) }
function cellIn(word: string): Cell {
  const [protocol = '', indication = '', route = '', dose = '', year = ''] = word.split(BETWEEN)
  return { protocol, indication, route, dose, year }
}

/** A letter each, in this order. */
const SAYS = ['finished', 'hasBaseline', 'hasEnd', 'isCase', 'response', 'remission', 'reliable', 'worse'] as const
const letter = (value: boolean | null): string => (value === null ? '-' : value ? 'y' : 'n')
const truth = (text: string | undefined): boolean | null => (text === 'y' ? true : text === 'n' ? false : null)
const says = (finished: boolean | null, baseline: number | null, end: number | null, verdict: Verdict | null): string =>
  [finished, baseline !== null, end !== null, ...(['isCase', 'response', 'remission', 'reliable', 'worse'] as const).map((name) => verdict?.[name] ?? null)].map(letter).join('')

/** What a chart comes to, as it is kept. */
export interface CountedChart {
  readonly chart: string
  readonly upTo: number
  readonly rules: string
  readonly askedAt: string | null
  readonly reached: Milestones
  readonly courses: readonly CourseRow[]
  readonly scores: readonly { readonly entry: string; readonly instrument: string; readonly at: string; readonly total: number }[]
}

/** Charts on which something was appended since they were counted, or that were counted by other rules; those never counted first. */
export async function chartsToCount(client: pg.PoolClient, practice: string, rules: string, most: number): Promise<string[]> {
  const { rows } = await client.query<{ chart: string }>(
    `select s.chart_id as chart from app.stream s left join app.outcome_chart o using (practice_id, chart_id)
      where s.practice_id = $1 and s.type = 'chart' and (s.last_seq > coalesce(o.up_to, -1) or o.rules <> $2) order by o.up_to nulls first limit $3`, [practice, rules, most])
  return rows.map(({ chart }) => chart)
}

export async function chartsWaiting(client: pg.PoolClient, practice: string, rules: string): Promise<number> {
  const { rows } = await client.query<{ waiting: number }>(
    `select count(*)::int as waiting from app.stream s left join app.outcome_chart o using (practice_id, chart_id) where s.practice_id = $1 and s.type = 'chart' and (s.last_seq > coalesce(o.up_to, -1) or o.rules <> $2)`, [practice, rules])
  return rows[0]!.waiting
}

/** Grows with every chart that is counted. */
export async function countedRevision(client: pg.PoolClient, practice: string): Promise<string> {
  const { rows } = await client.query<{ revision: string }>('select coalesce(max(revision), 0)::text as revision from app.outcome_chart where practice_id = $1', [practice])
  return rows[0]!.revision
}

/** Holds a chart's row until the transaction ends, so that two servers count it one after the other. */
export async function lockCounted(client: pg.PoolClient, practice: string, chart: string): Promise<void> {
  await client.query(`insert into app.outcome_chart (practice_id, chart_id, up_to, rules) values ($1, $2, -1, '') on conflict do nothing`, [practice, chart])
  await client.query('select up_to from app.outcome_chart where practice_id = $1 and chart_id = $2 for update', [practice, chart])
}

/** When the chart was opened, and when the person first asked. */
export async function askedAndOpened(client: pg.PoolClient, practice: string, chart: string): Promise<{ openedAt: string; askedAt: string | null }> {
  const { rows } = await client.query<{ openedAt: string; askedAt: string | null }>(
    `select c.opened_at as "openedAt", (select min(i.received_at) from app.inquiry i where i.practice_id = c.practice_id and i.chart_id = c.chart_id) as "askedAt" from app.chart c where c.practice_id = $1 and c.chart_id = $2`, [practice, chart])
  return rows[0]!
}

/** Puts what a chart comes to in the place of what it came to before. */
export async function keepCounted(client: pg.PoolClient, practice: string, { chart, upTo, rules, askedAt, reached, courses, scores }: CountedChart): Promise<void> {
  for (const table of ['outcome_score', 'outcome_event', 'outcome_measure', 'outcome_course']) await client.query(`delete from app.${table} where practice_id = $1 and chart_id = $2`, [practice, chart])
  const days = askedAt === null ? [] : milestoneNames.map((name) => { const when = reached[name]; return when === null ? null : daysAfter(askedAt, when) })
  await client.query(`update app.outcome_chart set up_to = $3, rules = $4, asked_year = $5, reached_days = $6, revision = nextval('app.outcome_revision') where practice_id = $1 and chart_id = $2`, [practice, chart, upTo, rules, askedAt?.slice(0, 4) ?? null, days])
  for (const row of courses) await keepCourse(client, practice, chart, row)
  if (scores.length === 0) return
  await client.query(
    'insert into app.outcome_score (practice_id, chart_id, entry_id, instrument, at, total) select $1, $2, * from unnest($3::uuid[], $4::text[], $5::timestamptz[], $6::numeric[])',
    [practice, chart, scores.map(({ entry }) => entry), scores.map(({ instrument }) => instrument), scores.map(({ at }) => at), scores.map(({ total }) => total)])
}

async function keepCourse(client: pg.PoolClient, practice: string, chart: string, row: CourseRow): Promise<void> {
  const cell = cellWord(row)
  const followed = row.kept.state === 'followed' ? row.kept : undefined
  await client.query(
    `insert into app.outcome_course (practice_id, chart_id, number, cell, protocol, indication, route, dose_range, first_dose, last_dose, settles_on, sessions, finished, maintained, kept, kept_days, relapsed, to_response_days, response_days)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
    [practice, chart, row.number, cell, row.protocol, row.indication, row.route, row.doseRange, row.firstDose, row.lastDose, row.settlesOn, row.sessions, row.finished, row.maintained, row.kept.state, followed?.days ?? null, followed?.relapsed ?? null, followed?.toResponseDays ?? null, followed?.responseDays ?? null])
  for (const one of row.measures) {
    await client.query('insert into app.outcome_measure (practice_id, chart_id, number, instrument, cell, settles_on, says, baseline, end_score, follow_ups) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
      [practice, chart, row.number, one.instrument, cell, row.settlesOn, says(row.finished, one.baseline, one.end, one.verdict), one.baseline, one.end, one.followUps])
  }
  for (const { term, grade } of row.events) await client.query('insert into app.outcome_event (practice_id, chart_id, number, term, cell, grade) values ($1, $2, $3, $4, $5, $6)', [practice, chart, row.number, term, cell, grade])
}

/** Forgets what was counted, so that every chart is counted anew from its entries. */
export async function forgetCounted(client: pg.PoolClient, practice: string): Promise<void> {
  for (const table of ['outcome_score', 'outcome_event', 'outcome_measure', 'outcome_course', 'outcome_chart']) await client.query(`delete from app.${table} where practice_id = $1`, [practice])
}

/** The whole practice, counted together where courses agree. `today` is a local day. */
export async function readTallies(client: pg.PoolClient, practice: string, today: string): Promise<Tallies> {
  const at = new Map<string, number>()
  const cells: Cell[] = []
  const cellAt = (word: string) => {
    if (!at.has(word)) at.set(word, cells.push(cellIn(word)) - 1)
    return at.get(word)!
  }
  const ask = async <Row extends { cell: string; people: number }>(text: string) => (await client.query<Row>(text, [practice, today])).rows.map(({ cell, ...row }) => ({ ...row, cell: cellAt(cell) }))
  const settled = 'where practice_id = $1 and settles_on <= $2::date'
  const counted = await ask<{ cell: string; people: number; underWay: boolean; finished: boolean | null; maintained: boolean; kept: Tallies['courses'][number]['kept'] }>(
    'select cell, settles_on > $2::date as "underWay", finished, maintained, kept, count(*)::int as people from app.outcome_course where practice_id = $1 group by 1, 2, 3, 4, 5')
  const measures = await ask<{ cell: string; people: number; instrument: string; says: string }>(`select cell, instrument, says, count(*)::int as people from app.outcome_measure ${settled} group by 1, 2, 3`)
  const days = (column: string, more = '') => ask<{ cell: string; people: number; days: number; relapsed: boolean }>(`select cell, ${column} as days${more}, count(*)::int as people from app.outcome_course ${settled} and kept = 'followed' group by cell, ${column}${more}`)
  return {
    cells, courses: counted,
    measures: measures.map(({ says: word, ...row }) => ({ ...row, ...saidIn(word) })),
    kept: await days('kept_days', ', relapsed'), toResponse: await days('to_response_days'), inResponse: await days('response_days'),
    events: await ask<{ cell: string; people: number; term: string; grade: number }>('select cell, term, grade, count(*)::int as people from app.outcome_event where practice_id = $1 and $2::text is not null group by 1, 2, 3'),
    funnel: await readFunnel(client, practice),
  }
}
type Said = Pick<Tallies['measures'][number], (typeof SAYS)[number]>
/** What the letters of a row say. */
export const saidIn = (word: string): Said => Object.fromEntries(SAYS.map((name, place) => [name, truth(word[place])])) as Said

async function readFunnel(client: pg.PoolClient, practice: string): Promise<Tallies['funnel']> {
  const { rows: asked } = await client.query<{ year: string; asked: number; called: number }>(
    `select left(received_at, 4) as year, count(*)::int as asked, count(*) filter (where call->>'outcome' is not null)::int as called from app.inquiry where practice_id = $1 group by 1`, [practice])
  const { rows: reached } = await client.query<{ year: string; step: number; days: number; people: number }>(
    `select asked_year as year, u.step::int, u.days, count(*)::int as people from app.outcome_chart, unnest(reached_days) with ordinality as u(days, step) where practice_id = $1 and asked_year is not null and u.days is not null group by 1, 2, 3`, [practice])
  return [
    ...asked.flatMap(({ year, asked: all, called }) => [{ year, step: 'asked' as const, days: null, people: all }, ...(called > 0 ? [{ year, step: 'called' as const, days: null, people: called }] : [])]),
    ...reached.map(({ step, ...row }) => ({ ...row, step: milestoneNames[step - 1]! })),
  ]
}

export interface BehindRow {
  readonly chart: string
  readonly name: string
  readonly number: number
  readonly firstDose: string
  readonly lastDose: string
  readonly protocol: string | null
  readonly finished: boolean | null
  readonly baseline: number | null
  readonly end: number | null
}

/** Courses behind a figure, of charts on whose team somebody treats now, newest first; of all others only how many there are. */
export async function coursesBehind(client: pg.PoolClient, practice: string, { person, roles, instrument, cells, today, most }: { readonly person: string; readonly roles: readonly string[]; readonly instrument: string; readonly cells: readonly Cell[]; readonly today: string; readonly most: number }): Promise<{ rows: BehindRow[]; others: number }> {
  const words = cells.map((cell) => [...dimensions.map((by) => cell[by]), cell.year].join(BETWEEN))
  const from = `from app.outcome_measure m join app.outcome_course c using (practice_id, chart_id, number) join app.chart h using (practice_id, chart_id)
    where m.practice_id = $1 and m.instrument = $2 and m.cell = any($3) and m.settles_on <= $4::date`
  const mine = `exists (select from app.care_team t where t.practice_id = m.practice_id and t.chart_id = m.chart_id and t.person_id = $5 and t.until is null and t.role = any($6))`
  const values = [practice, instrument, words, today, person, roles]
  const { rows } = await client.query<BehindRow>(
    `select m.chart_id as chart, h.display_name as name, m.number, c.first_dose::text as "firstDose", c.last_dose::text as "lastDose", c.protocol, c.finished, m.baseline::float8 as baseline, m.end_score::float8 as end ${from} and ${mine} order by c.first_dose desc, m.chart_id limit $7`, [...values, most])
  const { rows: others } = await client.query<{ others: number }>(`select count(*)::int as others ${from} and not ${mine}`, values)
  return { rows, others: others[0]!.others }
}
