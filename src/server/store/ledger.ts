import type pg from 'pg'
import { lineParts } from '../../core/ledger/digest.ts'
import type { Line, LineDraft } from '../../core/ledger/line.ts'
import type { MedicineEntry } from '../../core/ledger/take-over.ts'
import type { Context } from './database.ts'

type Asked = { readonly client: pg.PoolClient; readonly actor: { readonly practice: string } }

/** The end of a ledger: what the next line follows. */
export interface LedgerHead {
  readonly seq: number
  readonly digest: string
  /** When the newest line was written; empty before the first. No line is ever written before it. */
  readonly at: string
  /** What reached a chart from then on is taken over. */
  readonly begunAt: string
}
interface HeadRow { last_seq: number | null; last_digest: string; last_at: string; begun_at: string }
const headOf = (row: HeadRow | undefined): LedgerHead | undefined => (row?.begun_at ? { seq: row.last_seq!, digest: row.last_digest, at: row.last_at, begunAt: row.begun_at } : undefined)

/** Waits for everybody else who writes, and then holds the ledger until this transaction ends. Nothing, where none was begun. */
export async function lockLedger({ client }: Pick<Context, 'client'>, beginAt?: string): Promise<LedgerHead | undefined> {
  return headOf((await client.query<HeadRow>({ name: 'ledger-lock', text: 'select (app.ledger_lock($1)).*', values: [beginAt ?? null] })).rows[0])
}

export async function ledgerHead({ client, actor }: Asked): Promise<LedgerHead | undefined> {
  return headOf((await client.query<HeadRow>({ name: 'ledger-head', text: 'select last_seq, last_digest, last_at, begun_at from app.ledger where practice_id = $1', values: [actor.practice] })).rows[0])
}

export async function ledgerLines({ client, actor }: Asked): Promise<Line[]> {
  const { rows } = await client.query<Record<string, unknown>>({ name: 'ledger-lines', values: [actor.practice], text: `select seq, id, kind, at, received_at as "receivedAt", by_person as by, place_id as place, container_id as container, quantity, of_line as of,
    chart_id as chart, session_id as session, entry_id as entry, fits, body, digest from app.ledger_line where practice_id = $1 order by seq` })
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as Line)
}

/** Writes lines after the head that is held, and answers them with their numbers. */
export async function appendLines({ client, actor }: Asked, drafts: readonly LineDraft[]): Promise<Line[]> {
  if (drafts.length === 0) return []
  const sent = drafts.map((line) => { const [p0, p1, p2] = lineParts(line, actor.practice); return { ...line, p0, p1, p2 } })
  const { rows } = await client.query<{ written: { seq: number; digest: string }[] }>('select app.ledger_append($1) as written', [JSON.stringify(sent)])
  return drafts.map((line, at) => ({ ...line, ...rows[0]!.written[at]! }))
}

/**
 * What charts say about medicine since the ledger began and is not in it yet, in the order in which the server received it.
 * Medicine that the person brought along is on the chart alone. With what was ordered, so that one is never taken for another.
 * What is in it already is set aside before anything else is looked up: all doses there ever were are asked about each time.
 */
export async function entriesToTakeOver({ client, actor }: Asked, head: LedgerHead, until?: string): Promise<(MedicineEntry & { readonly receivedAt: string })[]> {
  const { rows } = await client.query<Record<string, unknown>>({ name: until === undefined ? 'ledger-pending' : 'ledger-pending-until', values: [actor.practice, head.begunAt, ...(until === undefined ? [] : [until])], text: `
    with pending as materialized (
      select e.practice_id, e.stream_id, e.seq, e.id, e.kind, e.at, e.received_at, e.by_person, e.chart_id, e.session_id, e.amends, e.body from app.entry e
       where e.practice_id = $1 and e.received_at >= $2 ${until === undefined ? '' : 'and e.received_at < $3'} and e.kind in ('medicine-drawn.v1', 'dose-given.v1', 'medicine-wasted.v1', 'waste-witnessed.v1')
         and not exists (select from app.ledger_line l where l.practice_id = e.practice_id and l.entry_id = e.id and l.chart_id = e.chart_id))
    select e.id as entry, e.kind, e.at, e.received_at as "receivedAt", e.by_person as by, e.chart_id as chart, e.session_id as session, e.amends, e.body, o.body->>'medication' as medication
      from pending e
      left join app.entry p on p.practice_id = e.practice_id and p.stream_id = e.stream_id and p.id = (e.body->>'prepared')::uuid and p.kind = 'dose-prepared.v1'
      left join app.entry o on o.practice_id = e.practice_id and o.stream_id = e.stream_id and o.id = (p.body->>'order')::uuid and o.kind = 'order.v1'
     where not exists (select from app.entry d where d.practice_id = e.practice_id and d.stream_id = e.stream_id and d.kind = 'medicine-drawn.v1' and d.body->>'from' = 'own-supply' and d.body->>'prepared' = e.body->>'prepared')
     order by e.received_at, e.stream_id, e.seq limit 500` })
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as unknown as MedicineEntry & { receivedAt: string })
}

/** Doses that stand on charts from before the ledger began: nobody should take their absence for order. */
export async function dosesBefore({ client, actor }: Asked, begunAt: string | undefined): Promise<number> {
  const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from app.entry where practice_id = $1 and kind = 'dose-given.v1' and ($2::text is null or received_at < $2)`, [actor.practice, begunAt ?? null])
  return rows[0]!.n
}

/** Names of those whose chart whoever asks may see at all. Everybody else stays a word. */
export async function chartNames({ client, actor }: Asked, charts: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await client.query<{ chart: string; name: string }>('select chart_id as chart, display_name as name from app.chart where practice_id = $1 and chart_id = any($2)', [actor.practice, charts])
  return new Map(rows.map(({ chart, name }) => [chart, name]))
}
