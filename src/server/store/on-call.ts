import type pg from 'pg'
import type { Circle, OnCallRota } from '../../core/access/on-call.ts'

export interface KeptRota {
  readonly version: number
  readonly rota: OnCallRota
}

export async function newestRota(client: pg.PoolClient, practice: string): Promise<KeptRota | undefined> {
  const { rows } = await client.query<KeptRota>({ name: 'newest-rota', text: 'select version, rota from app.on_call where practice_id = $1 order by version desc limit 1', values: [practice] })
  return rows[0]
}

/** A new version beside the ones before. False where somebody kept one meanwhile. */
export async function keepRota(client: pg.PoolClient, practice: string, { version, rota }: KeptRota, by: string | null, at: string): Promise<boolean> {
  const { rowCount } = await client.query('insert into app.on_call (practice_id, version, rota, kept_by, kept_at) values ($1, $2, $3, $4, $5) on conflict do nothing', [practice, version, JSON.stringify(rota), by, at])
  return rowCount === 1
}

export interface AlarmRow {
  readonly entry: string
  readonly chart: string
  readonly openedAt: string
  readonly circle: Circle
  readonly dueAt: string
  readonly takenBy: string | null
  readonly takenAt: string | null
}
const COLUMNS = 'entry_id as entry, chart_id as chart, opened_at as "openedAt", circle, due_at as "dueAt", taken_by as "takenBy", taken_at as "takenAt"'

/** Those about which the next have to be called. Held until the transaction ends; what another server holds is left to it. */
export async function alarmsToPass(client: pg.PoolClient, practice: string, now: string): Promise<AlarmRow[]> {
  const { rows } = await client.query<AlarmRow>(`select ${COLUMNS} from app.alarm where practice_id = $1 and ended_at is null and answer_by <= $2 order by answer_by limit 20 for update skip locked`, [practice, now])
  return rows
}

export async function openAlarms(client: pg.PoolClient, practice: string, chart?: string): Promise<AlarmRow[]> {
  const { rows } = await client.query<AlarmRow>(`select ${COLUMNS} from app.alarm where practice_id = $1 and ended_at is null and ($2::uuid is null or chart_id = $2) order by opened_at`, [practice, chart ?? null])
  return rows
}

export async function takenBy(client: pg.PoolClient, practice: string, entry: string): Promise<{ readonly person: string; readonly at: string } | undefined> {
  const { rows } = await client.query<{ person: string; at: string }>('select taken_by as person, taken_at as at from app.alarm where practice_id = $1 and entry_id = $2 and taken_by is not null', [practice, entry])
  return rows[0]
}

interface KeptAlarm {
  readonly entry: string
  readonly chart: string
  readonly at: string
  readonly circle: Circle
  readonly dueAt: string
  readonly answerBy: string
}

/** Writes down who is called now. False where it was called before already, and then nobody is called again. */
export async function keepAlarm(client: pg.PoolClient, practice: string, { entry, chart, at, circle, dueAt, answerBy }: KeptAlarm, before: AlarmRow | undefined): Promise<boolean> {
  const { rowCount } = before
    ? await client.query('update app.alarm set circle = $3, answer_by = $4 where practice_id = $1 and entry_id = $2 and ended_at is null', [practice, entry, circle, answerBy])
    : await client.query('insert into app.alarm (practice_id, entry_id, chart_id, opened_at, circle, due_at, answer_by) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing', [practice, entry, chart, at, circle, dueAt, answerBy])
  return rowCount === 1
}

/** Somebody has spoken with the person: nobody else is called about it, and until it is closed it stays open. */
export async function spokenAbout(client: pg.PoolClient, practice: string, entry: string, by: string, at: string): Promise<void> {
  await client.query('update app.alarm set taken_by = coalesce(taken_by, $3), taken_at = coalesce(taken_at, $4), answer_by = null where practice_id = $1 and entry_id = $2 and ended_at is null', [practice, entry, by, at])
  await endCalls(client, practice, entry, at)
}

/** The risk it belongs to is closed, or was taken over by another. */
export async function endAlarm(client: pg.PoolClient, practice: string, entry: string, at: string): Promise<void> {
  await client.query('update app.alarm set ended_at = $3 where practice_id = $1 and entry_id = $2 and ended_at is null', [practice, entry, at])
  await endCalls(client, practice, entry, at)
}

const endCalls = (client: pg.PoolClient, practice: string, entry: string, at: string) =>
  client.query(`update app.notice set done_at = $3 where practice_id = $1 and entry_id = $2 and kind = 'on-call' and done_at is null`, [practice, entry, at])

export interface CalledRow {
  readonly entry: string
  readonly person: string
  readonly at: string
  readonly open: boolean
}

/** Who was called about these answers, and whether that still stands on their list. Read as a job, since a list is one's own. */
export async function calledOf(client: pg.PoolClient, practice: string, entries: readonly string[]): Promise<CalledRow[]> {
  const { rows } = await client.query<CalledRow>(`select entry_id as entry, person_id as person, created_at as at, done_at is null as open from app.notice where practice_id = $1 and kind = 'on-call' and entry_id = any($2) order by created_at`, [practice, entries])
  return rows
}
