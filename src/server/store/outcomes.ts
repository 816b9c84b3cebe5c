import type pg from 'pg'
import type { CourseRow } from '../../core/outcomes/practice/course-row.ts'
import { milestoneNames, type Milestones } from '../../core/outcomes/practice/milestones.ts'
import type { Verdict } from '../../core/outcomes/practice/verdict.ts'
import { daysAfter } from '../../core/outcomes/practice/tallies.ts'
import { cellWord, letter } from './outcome-tallies.ts'

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
  await client.query(`update app.outcome_chart set up_to = $3, rules = $4, asked_year = $5, reached_days = $6 where practice_id = $1 and chart_id = $2`, [practice, chart, upTo, rules, askedAt?.slice(0, 4) ?? null, days])
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
  for (const table of ['outcome_score', 'outcome_event', 'outcome_measure', 'outcome_course', 'outcome_chart', 'outcome_tally', 'outcome_practice']) await client.query(`delete from app.${table} where practice_id = $1`, [practice])
}
