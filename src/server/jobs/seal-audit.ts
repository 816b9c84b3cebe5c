import { createHash } from 'node:crypto'
import type { PoolClient } from 'pg'
import { canonical } from '../../core/shared/canonical.ts'
import { GENESIS } from '../../core/chart/digest.ts'

/** The text a seal covers: the audit row as it was written, its place, and the seal before. */
export const sealText = (row: Record<string, unknown>, seq: number, previous: string) => canonical({ ...row, seq, previous })

const columns = `audit_id as id, at, person_id as person, sign_in as "signIn", action, outcome, chart_id as chart, subject, detail`

/** Rows are numbered when they begin to be written and may be committed later: this far back one is looked for. */
const LOOK_BACK = 100_000

/**
 * Chains the audit rows that came since: after their commit, outside the charting transaction, one sealer at a time.
 * `whole` looks through everything, as a process does once when it starts; after that it looks back a bounded way, however old the practice is. Nothing when another one is at it.
 */
export async function sealAudit(client: PoolClient, practice: string, { most = 2_000, whole = true } = {}): Promise<number | undefined> {
  const { rows: locked } = await client.query<{ got: boolean }>(`select pg_try_advisory_xact_lock(7203, hashtext($1)) as got`, [practice])
  if (!locked[0]?.got) return undefined
  const { rows: last } = await client.query<{ seq: string; digest: string; audit: string }>('select seq, digest, audit_id as audit from app.audit_seal where practice_id = $1 order by seq desc limit 1', [practice])
  const { rows } = await client.query<{ id: string }>(`select ${columns} from app.audit a where practice_id = $1 and audit_id > $3 and not exists (select 1 from app.audit_seal s where s.practice_id = a.practice_id and s.audit_id = a.audit_id) order by audit_id limit $2`,
    [practice, most, whole ? 0 : Number(last[0]?.audit ?? 0) - LOOK_BACK])
  let seq = Number(last[0]?.seq ?? 0)
  let previous = last[0]?.digest ?? GENESIS
  const seals = rows.map((row) => {
    seq += 1
    previous = createHash('sha256').update(sealText(row, seq, previous)).digest('hex')
    return { seq, audit_id: row.id, digest: previous }
  })
  if (seals.length > 0) await client.query('insert into app.audit_seal (practice_id, seq, audit_id, digest) select $1, seq, audit_id, digest from jsonb_to_recordset($2) as s(seq bigint, audit_id bigint, digest text)', [practice, JSON.stringify(seals)])
  return seals.length
}

/** Walks the chain and names the first row that does not fit, or nothing when all do. */
export async function firstBrokenSeal(client: PoolClient, practice: string): Promise<{ seq: number; audit: string } | undefined> {
  const { rows } = await client.query<Record<string, unknown> & { seal_seq: string; digest: string; id: string }>(`select s.seq as seal_seq, s.digest, ${columns} from app.audit_seal s left join app.audit a using (practice_id, audit_id) where s.practice_id = $1 order by s.seq`, [practice])
  let previous = GENESIS
  for (const [at, { seal_seq, digest, ...row }] of rows.entries()) {
    const expected = createHash('sha256').update(sealText(row, at + 1, previous)).digest('hex')
    if (Number(seal_seq) !== at + 1 || digest !== expected) return { seq: at + 1, audit: row.id }
    previous = digest
  }
  return undefined
}
