import type pg from 'pg'
import type { EntryKind } from '../../core/chart/kinds.ts'

/** Where it is written down up to which entry a job has looked through each chart, and when it looks again without a new one. */
export type LookedThrough = 'asked_to' | 'care_looked'

interface Looking {
  readonly practice: string
  readonly now: string
  /** What can change what there is to see. */
  readonly kinds: readonly EntryKind[]
  readonly most: number
  /** Only charts that somebody signs in to as the patient. */
  readonly ofPatients?: boolean
}

/** Charts on which one of these kinds was appended since they were looked through, or whose next look has come. The others are passed over at once. */
export async function chartsToLookThrough(client: pg.PoolClient, table: LookedThrough, { practice, now, kinds, most, ofPatients = false }: Looking): Promise<string[]> {
  const { rows } = await client.query<{ chart: string }>(
    `with grown as (
       select s.practice_id, s.chart_id, s.last_seq, coalesce(a.up_to, 0) as up_to,
              exists (select from app.entry e where e.practice_id = s.practice_id and e.stream_id = s.stream_id and e.seq > coalesce(a.up_to, 0) and (e.kind = any($3) or e.amends is not null)) as matters
         from app.stream s join app.chart c using (practice_id, chart_id) left join app.${table} a using (practice_id, chart_id)
        where s.practice_id = $1 and s.type = 'chart'${ofPatients ? ' and c.patient_id is not null' : ''} and c.deceased_on is null and s.last_seq > coalesce(a.up_to, 0)),
     passed as (
       insert into app.${table} as a (practice_id, chart_id, up_to) select practice_id, chart_id, last_seq from grown where not matters order by chart_id
       on conflict (practice_id, chart_id) do update set up_to = excluded.up_to where a.up_to < excluded.up_to)
     select chart_id as chart from grown where matters
     union select chart_id from app.${table} where practice_id = $1 and look_at <= $2
     limit $4`, [practice, now, kinds, most])
  return rows.map(({ chart }) => chart)
}

/** Holds a chart's row until the transaction ends: a second server waits, and then finds what was written down. */
export async function lockLook(client: pg.PoolClient, table: LookedThrough, practice: string, chart: string): Promise<void> {
  await client.query(`insert into app.${table} (practice_id, chart_id, up_to) values ($1, $2, 0) on conflict do nothing`, [practice, chart])
  await client.query(`select up_to from app.${table} where practice_id = $1 and chart_id = $2 for update`, [practice, chart])
}

/** Looked through up to this entry; never set back to an earlier one. */
export async function keepLook(client: pg.PoolClient, table: LookedThrough, practice: string, chart: string, upTo: number, lookAt: string | null): Promise<void> {
  await client.query(`update app.${table} set up_to = greatest(up_to, $3), look_at = $4 where practice_id = $1 and chart_id = $2`, [practice, chart, upTo, lookAt])
}
