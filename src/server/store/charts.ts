import type pg from 'pg'
import type { EntryOf, StoredEntry } from '../../core/chart/entry.ts'
import type { BodyOf, EntryKind } from '../../core/chart/kinds.ts'
import type { RoomLook } from '../../core/contract/charting.ts'
import { lookedAt } from '../../core/session/room-gates.ts'
import type { Role } from '../../core/access/roles.ts'
import { auditStatement, type AuditLine } from './audit.ts'
import type { Context } from './database.ts'

const columns = 'seq, id, kind, at, written_at, received_at, by_person, device, session_id, amends, body, digest'

/** Entries of a stream after a number, oldest first; or the newest so many, also oldest first. */
export async function readEntries({ client, actor }: Pick<Context, 'client' | 'actor'>, stream: string, { after = 0, newest }: { after?: number; newest?: number | undefined } = {}): Promise<StoredEntry[]> {
  const { rows } = newest
    ? await client.query({ name: 'entries-newest', text: `select * from (select ${columns} from app.entry where practice_id = $1 and stream_id = $2 order by seq desc limit $3) e order by seq`, values: [actor.practice, stream, newest] })
    : await client.query({ name: 'entries-after', text: `select ${columns} from app.entry where practice_id = $1 and stream_id = $2 and seq > $3 order by seq`, values: [actor.practice, stream, after] })
  return rows.map(fromRow)
}

/** The entries of several streams, each after a number of its own: one question, however many are asked about. */
export async function readEntriesOf({ client, actor }: Pick<Context, 'client' | 'actor'>, asked: readonly { readonly stream: string; readonly after: number }[]): Promise<ReadonlyMap<string, readonly StoredEntry[]>> {
  const found = new Map<string, StoredEntry[]>(asked.map(({ stream }) => [stream, []]))
  if (asked.length === 0) return found
  const { rows } = await client.query({
    name: 'entries-of', values: [actor.practice, asked.map(({ stream }) => stream), asked.map(({ after }) => after)],
    text: `select e.stream_id, ${columns} from unnest($2::uuid[], $3::integer[]) as w(stream, after) join app.entry e on e.practice_id = $1 and e.stream_id = w.stream and e.seq > w.after order by e.stream_id, seq`,
  })
  for (const row of rows) found.get(row.stream_id)!.push(fromRow(row))
  return found
}

export async function entryById({ client, actor }: Pick<Context, 'client' | 'actor'>, stream: string, id: string): Promise<StoredEntry | undefined> {
  const { rows } = await client.query({ name: 'entry-by-id', text: `select ${columns} from app.entry where practice_id = $1 and stream_id = $2 and id = $3`, values: [actor.practice, stream, id] })
  return rows[0] && fromRow(rows[0])
}

/** The entries of one kind on a stream, oldest first. */
export async function entriesOfKind<Kind extends EntryKind>({ client, actor }: Pick<Context, 'client' | 'actor'>, stream: string, kind: Kind): Promise<EntryOf<Kind>[]> {
  const { rows } = await client.query({ name: 'entries-of-kind', text: `select ${columns} from app.entry where practice_id = $1 and stream_id = $2 and kind = $3 order by seq`, values: [actor.practice, stream, kind] })
  return rows.map(fromRow) as EntryOf<Kind>[]
}

/** The newest look through a room's emergency kit since a moment, on any chart whose entries this person may read. */
export async function lookOfRoom({ client, actor }: Pick<Context, 'client' | 'actor'>, room: string, since: string): Promise<RoomLook | null> {
  const { rows } = await client.query<{ at: string; person: string; name: string; body: BodyOf<'room-checked.v1'> }>(
    { name: 'look-of-room', text: `select e.at, e.by_person as person, coalesce(p.given_name || ' ' || p.family_name, '') as name, e.body
       from app.entry e left join app.person p on p.practice_id = e.practice_id and p.person_id = e.by_person
      where e.practice_id = $1 and e.kind = 'room-checked.v1' and e.at >= $3 and e.body->'room'->>'id' = $2
        and not exists (select from app.entry a where a.practice_id = e.practice_id and a.stream_id = e.stream_id and a.amends = e.id and a.kind = e.kind)
      order by e.at desc, e.id desc limit 1`, values: [actor.practice, room, since] })
  const [newest] = rows
  if (!newest) return null
  const { items, earliestExpiry, confirms } = newest.body
  const { person, name } = confirms ?? newest
  return { at: lookedAt(newest), person, name, items, earliestExpiry }
}

export function fromRow(row: Record<string, unknown>): StoredEntry {
  return {
    id: row.id, kind: row.kind, at: row.at, writtenAt: row.written_at, device: row.device,
    ...(row.session_id ? { session: row.session_id } : {}), ...(row.amends ? { amends: row.amends } : {}),
    body: row.body, by: row.by_person, seq: row.seq, receivedAt: row.received_at, digest: row.digest,
  } as StoredEntry
}

/** Takes the lock on the chart's head: whoever judges after this judges what stands. Answers the newest number. */
export async function lockHead({ client }: Context, stream: string): Promise<number | undefined> {
  const { rows } = await client.query<{ last_seq: number | null }>('select app.lock_head($1) as last_seq', [stream])
  return rows[0]?.last_seq ?? undefined
}

export async function lastSeqOf({ client, actor }: Context, stream: string): Promise<number> {
  const { rows } = await client.query<{ last_seq: number }>('select last_seq from app.stream where practice_id = $1 and stream_id = $2', [actor.practice, stream])
  return rows[0]?.last_seq ?? 0
}

/** A person's own hidden stream on a chart: psychotherapy notes of an author, or the patient's journal. Begun when first asked for. */
export async function hiddenStream({ client, actor }: Context, chart: string, type: 'notes' | 'journal'): Promise<string> {
  const find = () => client.query<{ stream_id: string }>('select stream_id from app.stream where practice_id = $1 and chart_id = $2 and type = $3 and author_id = $4', [actor.practice, chart, type, actor.person])
  const found = (await find()).rows[0]
  if (found) return found.stream_id
  await client.query('insert into app.stream (practice_id, stream_id, chart_id, type, author_id) values ($1, gen_random_uuid(), $2, $3, $4) on conflict do nothing', [actor.practice, chart, type, actor.person])
  return (await find()).rows[0]!.stream_id
}

export interface ChartRow {
  readonly chart: string
  readonly name: string
  readonly birthDate: string | null
  readonly deceasedOn: string | null
  readonly protocol: string | null
  readonly patient: string | null
  readonly lastSeq: number
  readonly lastDigest: string
}

const head = `c.chart_id as chart, c.display_name as name, to_char(c.birth_date, 'YYYY-MM-DD') as "birthDate", to_char(c.deceased_on, 'YYYY-MM-DD') as "deceasedOn", c.protocol, c.patient_id as patient, s.last_seq as "lastSeq", s.last_digest as "lastDigest"
  from app.chart c join app.stream s on s.practice_id = c.practice_id and s.stream_id = c.chart_id`

export async function chartRow({ client, actor }: Context, chart: string): Promise<ChartRow | undefined> {
  const { rows } = await client.query<ChartRow>({ name: 'chart-row', text: `select ${head} where c.practice_id = $1 and c.chart_id = $2`, values: [actor.practice, chart] })
  return rows[0]
}

/** Every chart this person may see, by name. */
export async function chartRows({ client, actor }: Context): Promise<ChartRow[]> {
  const { rows } = await client.query<ChartRow>({ name: 'chart-rows', text: `select ${head} where c.practice_id = $1 order by c.display_name`, values: [actor.practice] })
  return rows
}

export interface TeamRow {
  readonly person: string
  readonly name: string
  readonly role: Role
  readonly credentials: string
}

export async function team({ client, actor }: Pick<Context, 'client' | 'actor'>, chart: string): Promise<TeamRow[]> {
  const { rows } = await client.query<TeamRow>(
    { name: 'team', text: `select t.person_id as person, p.given_name || ' ' || p.family_name as name, t.role, coalesce(f.credentials, '') as credentials
       from app.care_team t join app.person p using (practice_id, person_id) left join app.staff_profile f using (practice_id, person_id)
      where t.practice_id = $1 and t.chart_id = $2 and t.until is null order by t.role, p.family_name`, values: [actor.practice, chart] })
  return rows
}

export async function joinTeam({ client, actor }: Context, chart: string, person: string, role: Role, at: string): Promise<void> {
  await client.query(
    { name: 'join-team', text: `insert into app.care_team (practice_id, chart_id, person_id, role, since) values ($1, $2, $3, $4, $5)
     on conflict (practice_id, chart_id, person_id, role) do update set until = null`, values: [actor.practice, chart, person, role, at] })
}

export interface NewChart {
  readonly chart: string
  readonly name: string
  readonly birthDate?: string | undefined
  readonly deceasedOn?: string | undefined
  readonly identifiers?: readonly string[] | undefined
  readonly patient?: string | undefined
}

export async function openChart({ client, actor }: Context, opened: NewChart, at: string): Promise<void> {
  await client.query(
    'insert into app.chart (practice_id, chart_id, patient_id, display_name, birth_date, deceased_on, identifiers, opened_at) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [actor.practice, opened.chart, opened.patient ?? null, opened.name, opened.birthDate ?? null, opened.deceasedOn ?? null, opened.identifiers ?? [], at],
  )
  await client.query(`insert into app.stream (practice_id, stream_id, chart_id, type) values ($1, $2, $2, 'chart')`, [actor.practice, opened.chart])
}

/** One line of the audit, in the transaction it speaks of and in the name of whoever holds its token. */
export async function note({ client }: Pick<Context, 'client'>, line: AuditLine): Promise<void> {
  await client.query(auditStatement(line))
}

export interface NewNotice {
  readonly chart?: string
  readonly inquiry?: string
  readonly kind: string
  readonly says: string
  readonly entry?: string
  readonly at: string
  /** By when somebody has to have acknowledged it, or it is passed on. */
  readonly answerBy?: string
}

/** Tells people something has to be looked at: a row on their home until they have seen to it. */
export async function tell(client: pg.PoolClient, practice: string, people: readonly string[], notice: NewNotice): Promise<void> {
  for (const person of new Set(people)) {
    await client.query({ name: 'tell', text: 'insert into app.notice (practice_id, notice_id, person_id, chart_id, inquiry_id, kind, says, entry_id, created_at, answer_by) values ($1, gen_random_uuid(), $2, $3, $4, $5, $6, $7, $8, $9)', values: [practice, person, notice.chart ?? null, notice.inquiry ?? null, notice.kind, notice.says, notice.entry ?? null, notice.at, notice.answerBy ?? null] })
  }
}

/** How many people each therapist has in a course now. */
export async function courseLoads({ client, actor }: Pick<Context, 'client' | 'actor'>): Promise<Map<string, number>> {
  const { rows } = await client.query<{ person: string; load: number }>(`select person_id as person, count(*)::int as load from app.care_team where practice_id = $1 and role = 'therapist' and until is null group by person_id`, [actor.practice])
  return new Map(rows.map(({ person, load }) => [person, load]))
}
