import type pg from 'pg'
import type { Given } from '../../core/measures/given.ts'

/** What became of one message about an open questionnaire; `seen` says that it was found open, `told` that a person was told nobody answered. */
export type AskingOutcome = 'seen' | 'sent' | 'unreachable' | 'not-wanted' | 'told'

export interface AskingRow {
  readonly ask: string
  readonly step: string
  readonly outcome: AskingOutcome
  readonly at: string
}

export async function askingOf(client: pg.PoolClient, practice: string, chart: string): Promise<AskingRow[]> {
  const { rows } = await client.query<AskingRow>('select ask, step, outcome, made_at as at from app.asking where practice_id = $1 and chart_id = $2 order by made_at, step', [practice, chart])
  return rows
}

export async function noteAsking(client: pg.PoolClient, practice: string, chart: string, { ask, step, outcome, at }: AskingRow, mail: string | null = null): Promise<void> {
  await client.query('insert into app.asking (practice_id, chart_id, ask, step, outcome, mail_id, made_at) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing', [practice, chart, ask, step, outcome, mail, at])
}

/** Everybody who was told that an answer was missing on this chart has been answered. */
export async function endUnanswered(client: pg.PoolClient, practice: string, chart: string, now: string): Promise<void> {
  await client.query(`update app.notice set done_at = $3 where practice_id = $1 and chart_id = $2 and kind = 'unanswered-questions' and done_at is null`, [practice, chart, now])
}

/** What somebody has answered of a form and not sent yet. */
export interface BegunAnswer {
  readonly instrument: string
  readonly version: string
  readonly given: Given
  readonly begunAt: string
  readonly toldEntry: string | null
}

export async function begunAnswers(client: pg.PoolClient, practice: string, chart: string): Promise<BegunAnswer[]> {
  const { rows } = await client.query<BegunAnswer>('select instrument, version, given, begun_at as "begunAt", told_entry as "toldEntry" from app.begun_answer where practice_id = $1 and chart_id = $2', [practice, chart])
  return rows
}

/** Answers of one form, added to what was answered before, by whichever came last. Holds the row until the transaction ends. */
export async function keepBegun(client: pg.PoolClient, practice: string, chart: string, { instrument, version, given }: Pick<BegunAnswer, 'instrument' | 'version' | 'given'>, now: string): Promise<BegunAnswer> {
  const { rows } = await client.query<BegunAnswer>(
    `insert into app.begun_answer as b (practice_id, chart_id, instrument, version, given, begun_at, changed_at) values ($1, $2, $3, $4, $5, $6, $6)
     on conflict (practice_id, chart_id, instrument) do update set given = case when b.version = excluded.version then b.given else '{}' end || excluded.given, version = excluded.version, changed_at = excluded.changed_at
     returning instrument, version, given, begun_at as "begunAt", told_entry as "toldEntry"`, [practice, chart, instrument, version, JSON.stringify(given), now])
  return rows[0]!
}

export async function toldBegun(client: pg.PoolClient, practice: string, chart: string, instrument: string, entry: string): Promise<void> {
  await client.query('update app.begun_answer set told_entry = $4 where practice_id = $1 and chart_id = $2 and instrument = $3', [practice, chart, instrument, entry])
}

export async function forgetBegun(client: pg.PoolClient, practice: string, chart: string, instrument: string): Promise<void> {
  await client.query('delete from app.begun_answer where practice_id = $1 and chart_id = $2 and instrument = $3', [practice, chart, instrument])
}

/** What nobody went on with since then is not kept: the link that led to it has ended. */
export async function forgetBegunBefore(client: pg.PoolClient, practice: string, before: string): Promise<void> {
  await client.query('delete from app.begun_answer where practice_id = $1 and changed_at < $2', [practice, before])
}
