import type pg from 'pg'
import type { EntryDraft } from '../../core/chart/entry.ts'
import { digestParts } from '../../core/chart/digest.ts'
import { Problem, problems, type ProblemCode } from '../http/problems.ts'
import type { Numbered } from './append.ts'
import type { Context, Database } from './database.ts'

/** What a device brought, as it lies here: sealed, and with who decided what about it. */
export interface QuarantineRow {
  readonly act: string
  readonly chart: string
  readonly session: string | null
  readonly person: string
  readonly name: string
  readonly device: string
  readonly entries: readonly string[]
  readonly from: string
  readonly to: string
  readonly key: string
  readonly sealed: Buffer
  readonly receivedAt: string
  readonly decision: 'adopted' | 'discarded' | null
  readonly decidedBy: string | null
  readonly decidedAt: string | null
  readonly reason: string | null
  /** Which of its entries stand on the chart, however they came there. */
  readonly onChart: readonly string[]
}

const select = `select q.act_id as act, q.chart_id as chart, q.session_id as session, q.person_id as person, p.given_name || ' ' || p.family_name as name, q.device, q.entries, q.first_at as "from", q.last_at as "to", q.key_id as key, q.received_at as "receivedAt",
    d.decision, d.at as "decidedAt", d.reason, by.given_name || ' ' || by.family_name as "decidedBy", array(select e.id from app.entry e where e.practice_id = q.practice_id and e.stream_id = q.chart_id and e.id = any(q.entries)) as "onChart"`
const from = `from app.quarantine q join app.person p on p.practice_id = q.practice_id and p.person_id = q.person_id
    left join app.quarantine_decision d on d.practice_id = q.practice_id and d.act_id = q.act_id left join app.person by on by.practice_id = d.practice_id and by.person_id = d.by_person where q.practice_id = $1`

/** What was brought for these charts, as far as whoever asks may see it, oldest first; what it says stays sealed. */
export async function quarantineRows({ client, actor }: Pick<Context, 'client' | 'actor'>, chart: string | null = null): Promise<Omit<QuarantineRow, 'sealed'>[]> {
  const { rows } = await client.query<Omit<QuarantineRow, 'sealed'>>(`${select} ${from} and ($2::uuid is null or q.chart_id = $2) order by q.first_at, q.act_id`, [actor.practice, chart])
  return rows
}

export async function quarantineRow({ client, actor }: Pick<Context, 'client' | 'actor'>, chart: string, act: string): Promise<QuarantineRow | undefined> {
  const { rows } = await client.query<QuarantineRow>(`${select}, q.sealed ${from} and q.chart_id = $2 and q.act_id = $3`, [actor.practice, chart, act])
  return rows[0]
}

export interface Deposit {
  readonly credential: string
  readonly act: string
  readonly chart: string
  readonly session: string | null
  readonly entries: readonly string[]
  readonly from: string
  readonly to: string
  readonly key: string
  readonly sealed: Buffer
}
const MOST_ACTS = 500
const MOST_BYTES = 8_000_000
const REFUSED: Readonly<Record<string, ProblemCode>> = { needed: 'quarantine.refused', unseen: 'quarantine.refused', rewritten: 'quarantine.refused', 'not-ended': 'quarantine.not-ended', full: 'quarantine.full' }

/** Keeps what a device brought, once. The database judges the credential: nobody else is known here. */
export async function deposit({ pool, key }: Pick<Database, 'pool' | 'key'>, one: Deposit, receivedAt: string): Promise<{ again: boolean }> {
  const { rows } = await pool.query<{ said: string }>('select app.deposit($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) as said', [key, one.credential, one.act, one.chart, one.session, one.entries, one.from, one.to, one.key, one.sealed, receivedAt, MOST_ACTS, MOST_BYTES])
  return { again: saidOf(rows) === 'again' }
}

/** The bytes of a file as a device brought them: sealed, and under the digest it gave. */
export interface SealedFile {
  readonly sha256: string
  readonly key: string
  readonly sealed: Buffer
}
const MOST_FILES = 100
const MOST_FILE_BYTES = 60_000_000

/** Keeps the bytes of a file that a device brought, once, judged as sealed acts are. */
export async function depositFile({ pool, key }: Pick<Database, 'pool' | 'key'>, one: SealedFile & { readonly credential: string; readonly chart: string }, receivedAt: string): Promise<{ again: boolean }> {
  const { rows } = await pool.query<{ said: string }>('select app.deposit_file($1, $2, $3, $4, $5, $6, $7, $8, $9) as said', [key, one.credential, one.chart, one.sha256, one.key, one.sealed, receivedAt, MOST_FILES, MOST_FILE_BYTES])
  return { again: saidOf(rows) === 'again' }
}

/** What was brought for the entries of this act, as far as whoever asks may decide about them; sealed. */
export async function sealedFilesOf({ client, actor }: Pick<Context, 'client' | 'actor'>, { chart, person, device }: Pick<QuarantineRow, 'chart' | 'person' | 'device'>, digests: readonly string[]): Promise<readonly SealedFile[]> {
  if (digests.length === 0) return []
  const { rows } = await client.query<SealedFile>('select sha256, key_id as key, sealed from app.quarantine_file where practice_id = $1 and chart_id = $2 and person_id = $3 and device = $4 and sha256 = any($5)', [actor.practice, chart, person, device, digests])
  return rows
}

/** Puts the opened bytes of an adopted entry beside its chart. The database looks once more at what they are. */
export async function adoptFile({ client }: Pick<Context, 'client'>, act: string, entry: string, { type, bytes }: { readonly type: string; readonly bytes: Buffer }, at: string): Promise<void> {
  await client.query('select app.adopt_file($1, $2, $3, $4, $5)', [act, entry, type, bytes, at])
}

function saidOf(rows: readonly { readonly said: string }[]): 'stored' | 'again' {
  const said = rows[0]?.said ?? 'needed'
  if (said === 'stored' || said === 'again') return said
  throw new Problem(REFUSED[said] ?? 'internal', { detail: { why: said } })
}

interface Adopting {
  readonly row: QuarantineRow
  readonly entries: readonly EntryDraft[]
  readonly adoption: EntryDraft
  readonly by: string
  readonly practice: string
  readonly receivedAt: string
}

/** Writes the entries in their author's name and the adoption in that of whoever answers for it, in one step or not at all. */
export async function adopt(client: pg.PoolClient, { row, entries, adoption, by, practice, receivedAt }: Adopting): Promise<Numbered[]> {
  const wire = (draft: EntryDraft, author: string) => {
    const [p0, p1, p2] = digestParts({ ...draft, by: author, chart: row.chart, practice, receivedAt })
    return { ...draft, p0, p1, p2 }
  }
  const { rows } = await client.query<{ adopt: { stored?: readonly (readonly [number, string, string?])[]; code?: string; entry?: string } }>('select app.adopt($1, $2, $3, $4)', [row.act, JSON.stringify(entries.map((one) => wire(one, row.person))), JSON.stringify(wire(adoption, by)), receivedAt])
  const { stored, code, entry } = rows[0]!.adopt
  if (!stored) throw new Problem(code && Object.hasOwn(problems, code) ? (code as ProblemCode) : 'internal', { detail: entry ? { entry } : {} })
  return [...entries, adoption].map(({ id }, at) => {
    const [seq, digest, before] = stored[at]!
    return before ? { id, seq, digest, receivedAt: before, again: true } : { id, seq, digest, receivedAt }
  })
}

/** Sets it aside for good, where nobody has decided otherwise before. */
export async function discard({ client, now }: Pick<Context, 'client'> & { readonly now: string }, act: string, reason: string): Promise<void> {
  const { rows } = await client.query<{ said: string }>('select app.discard($1, $2, $3) as said', [act, reason, now])
  if (rows[0]?.said !== 'discarded') throw new Problem('quarantine.decided')
}
