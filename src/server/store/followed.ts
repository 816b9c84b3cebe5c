import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { digestParts } from '../../core/chart/digest.ts'
import { theServer, type StoredEntry } from '../../core/chart/entry.ts'
import { kinds, type BodyOf, type EntryKind } from '../../core/chart/kinds.ts'

/** Up to which number everything that follows from a chart's entries was seen to. */
export async function followedTo(client: pg.PoolClient, practice: string, chart: string): Promise<number> {
  const { rows } = await client.query<{ to: number }>({ name: 'followed-to', text: 'select up_to as to from app.followed where practice_id = $1 and chart_id = $2', values: [practice, chart] })
  return rows[0]?.to ?? 0
}

/** The same under the lock: whoever follows next waits until this transaction has ended, and then goes on from where it came to. */
export async function lockFollowed(client: pg.PoolClient, practice: string, chart: string): Promise<number> {
  await client.query({ name: 'begin-following', text: 'insert into app.followed (practice_id, chart_id, up_to) values ($1, $2, 0) on conflict do nothing', values: [practice, chart] })
  const { rows } = await client.query<{ to: number }>({ name: 'lock-followed', text: 'select up_to as to from app.followed where practice_id = $1 and chart_id = $2 for update', values: [practice, chart] })
  return rows[0]!.to
}

export async function moveFollowed(client: pg.PoolClient, practice: string, chart: string, to: number): Promise<void> {
  await client.query({ name: 'move-followed', text: 'update app.followed set up_to = $3 where practice_id = $1 and chart_id = $2', values: [practice, chart, to] })
}

/** Those of these sessions that are closed. */
export async function closedAmong(client: pg.PoolClient, practice: string, sessions: readonly string[]): Promise<string[]> {
  if (sessions.length === 0) return []
  const { rows } = await client.query<{ session: string }>({ name: 'closed-among', text: 'select session_id as session from app.session_claim where practice_id = $1 and session_id = any($2) and closed', values: [practice, [...new Set(sessions)]] })
  return rows.map(({ session }) => session)
}

/**
 * Passes over what nothing can follow from, on all charts at once: entries of none of these kinds, readings of a running
 * session, and nothing that takes another entry back or belongs to a session that is closed. What was appended meanwhile lies beyond the head that is read here.
 */
export async function passOver(client: pg.PoolClient, practice: string, kinds: readonly EntryKind[]): Promise<void> {
  await client.query({
    name: 'pass-over', values: [practice, kinds],
    text: `insert into app.followed as f (practice_id, chart_id, up_to)
      select s.practice_id, s.chart_id, s.last_seq from app.stream s left join app.followed k using (practice_id, chart_id)
       where s.practice_id = $1 and s.type = 'chart' and s.last_seq > coalesce(k.up_to, 0)
         and not exists (select 1 from app.entry e where e.practice_id = s.practice_id and e.stream_id = s.stream_id and e.seq > coalesce(k.up_to, 0)
           and (e.amends is not null or (e.kind = any($2) and not (e.kind = 'vitals.v1' and e.session_id is not null))
             or exists (select 1 from app.session_claim c where c.practice_id = e.practice_id and c.session_id = e.session_id and c.closed)))
       order by s.chart_id
      on conflict (practice_id, chart_id) do update set up_to = excluded.up_to where f.up_to < excluded.up_to`,
  })
}

/** Charts on which something was appended that nobody has followed up. */
export async function chartsToFollow(client: pg.PoolClient, practice: string): Promise<string[]> {
  const { rows } = await client.query<{ chart: string }>(
    { name: 'charts-to-follow', text: `select s.chart_id as chart from app.stream s left join app.followed f using (practice_id, chart_id) where s.practice_id = $1 and s.type = 'chart' and s.last_seq > coalesce(f.up_to, 0)`, values: [practice] })
  return rows.map(({ chart }) => chart)
}

export interface Found<Kind extends EntryKind> {
  readonly chart: string
  readonly kind: Kind
  readonly at: string
  readonly body: BodyOf<Kind>
  /** The newest number it was judged by. */
  readonly judgedTo: number
  readonly session?: string
}

/**
 * Writes what the server found, in nobody's name. Nothing, when it was overtaken: when a clearance was signed meanwhile,
 * then somebody has looked again; when another of us called people meanwhile, then they are called.
 */
export async function appendFound<Kind extends EntryKind>(client: pg.PoolClient, practice: string, { chart, kind, at, body, judgedTo, session }: Found<Kind>, now: string): Promise<StoredEntry | undefined> {
  const entry = { id: randomUUID(), kind, at, writtenAt: now, device: theServer, ...(session && { session }), body: kinds[kind].body.parse(body) }
  const [p0, p1, p2] = digestParts({ ...entry, by: theServer, chart, practice, receivedAt: now })
  const { rows } = await client.query<{ written: { seq: number; digest: string } | null }>('select app.append_found($1, $2, $3, $4) as written', [chart, JSON.stringify({ ...entry, p0, p1, p2 }), judgedTo, now])
  const { written } = rows[0]!
  return written ? ({ ...entry, by: theServer, receivedAt: now, ...written } as unknown as StoredEntry) : undefined
}
