import type pg from 'pg'
import type { EntryKind } from '../../core/chart/kinds.ts'
import type { Given } from '../../core/measures/given.ts'

/** What became of one message about an open questionnaire; `seen` says that it was found open, `told` that a person was told nobody answered. */
export type AskingOutcome = 'seen' | 'sent' | 'unreachable' | 'not-wanted' | 'told'

export interface AskingRow {
  readonly ask: string
  readonly step: string
  readonly outcome: AskingOutcome
  readonly at: string
}

/** Charts of people on which something of these kinds was appended since they were looked through, or whose next moment has come. The others are passed over at once. */
export async function chartsToAsk(client: pg.PoolClient, practice: string, now: string, kinds: readonly EntryKind[], most: number): Promise<string[]> {
  const { rows } = await client.query<{ chart: string }>(
    `with grown as (
       select s.practice_id, s.chart_id, s.last_seq, coalesce(a.up_to, 0) as up_to,
              exists (select from app.entry e where e.practice_id = s.practice_id and e.stream_id = s.stream_id and e.seq > coalesce(a.up_to, 0) and (e.kind = any($3) or e.amends is not null)) as matters
         from app.stream s join app.chart c using (practice_id, chart_id) left join app.asked_to a using (practice_id, chart_id)
        where s.practice_id = $1 and s.type = 'chart' and c.patient_id is not null and c.deceased_on is null and s.last_seq > coalesce(a.up_to, 0)),
     passed as (
       insert into app.asked_to as a (practice_id, chart_id, up_to) select practice_id, chart_id, last_seq from grown where not matters order by chart_id
       on conflict (practice_id, chart_id) do update set up_to = excluded.up_to where a.up_to < excluded.up_to)
     select chart_id as chart from grown where matters
     union select chart_id from app.asked_to where practice_id = $1 and look_at <= $2
     limit $4`, [practice, now, kinds, most])
  return rows.map(({ chart }) => chart)
}

/** Holds a chart's row until the transaction ends: a second server waits, and then finds what was written down. */
export async function lockAsked(client: pg.PoolClient, practice: string, chart: string): Promise<void> {
  await client.query('insert into app.asked_to (practice_id, chart_id, up_to) values ($1, $2, 0) on conflict do nothing', [practice, chart])
  await client.query('select up_to from app.asked_to where practice_id = $1 and chart_id = $2 for update', [practice, chart])
}

export async function keepAsked(client: pg.PoolClient, practice: string, chart: string, upTo: number, lookAt: string | null): Promise<void> {
  await client.query('update app.asked_to set up_to = $3, look_at = $4 where practice_id = $1 and chart_id = $2', [practice, chart, upTo, lookAt])
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
