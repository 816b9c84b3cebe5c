import type pg from 'pg'

export interface CareToldRow {
  readonly task: string
  readonly says: string
  readonly passed: boolean
  readonly ended: boolean
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

/** Whether somebody's list says it already, in a notice of another kind. */
export async function isTold(client: pg.PoolClient, practice: string, chart: string, kind: 'unanswered-questions' | 'to-prescriber'): Promise<boolean> {
  const { rows } = await client.query('select from app.notice where practice_id = $1 and chart_id = $2 and kind = $3 and done_at is null limit 1', [practice, chart, kind])
  return rows.length > 0
}
