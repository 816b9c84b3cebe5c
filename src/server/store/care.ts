import type pg from 'pg'
import type { EntryKind } from '../../core/chart/kinds.ts'

export interface CareToldRow {
  readonly task: string
  readonly says: string
  readonly passed: boolean
  readonly ended: boolean
}

/** Charts on which one of these kinds was appended since they were looked through, or whose next look has come. The others are passed over at once. */
export async function chartsToWatch(client: pg.PoolClient, practice: string, now: string, kinds: readonly EntryKind[], most: number): Promise<string[]> {
  const { rows } = await client.query<{ chart: string }>(
    `with grown as (
       select s.practice_id, s.chart_id, s.last_seq, coalesce(a.up_to, 0) as up_to,
              exists (select from app.entry e where e.practice_id = s.practice_id and e.stream_id = s.stream_id and e.seq > coalesce(a.up_to, 0) and (e.kind = any($3) or e.amends is not null)) as matters
         from app.stream s join app.chart c using (practice_id, chart_id) left join app.care_looked a using (practice_id, chart_id)
        where s.practice_id = $1 and s.type = 'chart' and c.deceased_on is null and s.last_seq > coalesce(a.up_to, 0)),
     passed as (
       insert into app.care_looked as a (practice_id, chart_id, up_to) select practice_id, chart_id, last_seq from grown where not matters order by chart_id
       on conflict (practice_id, chart_id) do update set up_to = excluded.up_to where a.up_to < excluded.up_to)
     select chart_id as chart from grown where matters
     union select chart_id from app.care_looked where practice_id = $1 and look_at <= $2
     limit $4`, [practice, now, kinds, most])
  return rows.map(({ chart }) => chart)
}

/** Holds a chart's row until the transaction ends: a second server waits, and then finds what was told. */
export async function lockWatched(client: pg.PoolClient, practice: string, chart: string): Promise<void> {
  await client.query('insert into app.care_looked (practice_id, chart_id, up_to) values ($1, $2, 0) on conflict do nothing', [practice, chart])
  await client.query('select up_to from app.care_looked where practice_id = $1 and chart_id = $2 for update', [practice, chart])
}

export async function keepWatched(client: pg.PoolClient, practice: string, chart: string, upTo: number, lookAt: string): Promise<void> {
  await client.query('update app.care_looked set up_to = greatest(up_to, $3), look_at = $4 where practice_id = $1 and chart_id = $2', [practice, chart, upTo, lookAt])
}

export async function careToldOn(client: pg.PoolClient, practice: string, chart: string): Promise<CareToldRow[]> {
  const { rows } = await client.query<CareToldRow>('select task, says, passed_at is not null as passed, ended_at is not null as ended from app.care_told where practice_id = $1 and chart_id = $2', [practice, chart])
  return rows
}

/** Told, or told again where it had ended and stands once more. */
export async function noteCare(client: pg.PoolClient, practice: string, chart: string, task: string, says: string, now: string): Promise<void> {
  await client.query('insert into app.care_told (practice_id, chart_id, task, says, told_at) values ($1, $2, $3, $4, $5) on conflict (practice_id, chart_id, task) do update set says = excluded.says, told_at = excluded.told_at, passed_at = null, ended_at = null', [practice, chart, task, says, now])
}

export async function passCare(client: pg.PoolClient, practice: string, chart: string, task: string, now: string): Promise<void> {
  await client.query('update app.care_told set passed_at = $4 where practice_id = $1 and chart_id = $2 and task = $3', [practice, chart, task, now])
}

/** There is nothing left to do: it stands on nobody's list any more. */
export async function endCare(client: pg.PoolClient, practice: string, chart: string, { task, says }: Pick<CareToldRow, 'task' | 'says'>, now: string): Promise<void> {
  await client.query('update app.care_told set ended_at = $4 where practice_id = $1 and chart_id = $2 and task = $3', [practice, chart, task, now])
  await client.query(`update app.notice set done_at = $4 where practice_id = $1 and chart_id = $2 and kind = 'care' and position($3 in says) > 0 and done_at is null`, [practice, chart, says, now])
}

/** Whether somebody's list says already that questionnaires were not answered here. */
export async function isToldUnanswered(client: pg.PoolClient, practice: string, chart: string): Promise<boolean> {
  const { rows } = await client.query('select from app.notice where practice_id = $1 and chart_id = $2 and kind = $3 and done_at is null limit 1', [practice, chart, 'unanswered-questions'])
  return rows.length > 0
}
