import type pg from 'pg'
import { newToken } from '../sign-in/secrets.ts'
import type { Database } from './database.ts'

/** What somebody may do by a link, without signing in: one of these, for one visit, once. */
export type NarrowPurpose = 'day-before' | 'morning' | 'ride' | 'moved' | 'offered' | 'where'

export interface NarrowLink {
  readonly practice: string
  readonly link: string
  readonly purpose: NarrowPurpose
  readonly chart: string
  readonly visit: string
  /** When the visit began as the link was made. It holds only while the visit stands there. */
  readonly startsAt: string
  /** The entry that named the adult it went to, or that says which times it is about or offers one. */
  readonly named: string | null
}

interface Making {
  readonly practice: string
  readonly purpose: NarrowPurpose
  readonly chart: string
  readonly visit: string
  readonly startsAt: string
  readonly person: string | null
  readonly named: string | null
  readonly expiresAt: string
}

/** A new link, and what stands in its address: the database keeps only the digest of that. */
export async function makeNarrowLink(client: pg.PoolClient, { key }: Pick<Database, 'key'>, one: Making, now: string): Promise<string> {
  const token = newToken()
  await client.query('select app.make_narrow_link($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)', [key, one.practice, one.purpose, one.chart, one.visit, one.startsAt, one.person, one.named, token, now, one.expiresAt])
  return token
}

/** What a link that holds is about. One that is unknown, used, too old, or whose visit has moved is all the same: nothing. */
export async function narrowLink({ pool, key }: Pick<Database, 'pool' | 'key'>, token: string, now: string): Promise<NarrowLink | undefined> {
  const { rows } = await pool.query<{ practice_id: string; link_id: string; purpose: NarrowPurpose; chart_id: string; visit_id: string; starts_at: Date; named: string | null }>('select * from app.narrow_link($1, $2, $3)', [key, token, now])
  const row = rows[0]
  return row && { practice: row.practice_id, link: row.link_id, purpose: row.purpose, chart: row.chart_id, visit: row.visit_id, startsAt: row.starts_at.toISOString(), named: row.named }
}

/** Uses it, once: false for whoever comes second. */
export async function takeNarrowLink(client: pg.PoolClient, { key }: Pick<Database, 'key'>, { practice, link }: NarrowLink, now: string): Promise<boolean> {
  const { rows } = await client.query<{ used: boolean }>('select app.use_narrow_link($1, $2, $3, $4) as used', [key, practice, link, now])
  return rows[0]?.used ?? false
}

/** Whether the person whose link this is was let in, with this token, for the one act that follows. */
export async function enterByLink({ pool, key }: Pick<Database, 'pool' | 'key'>, link: string, token: string, now: string): Promise<boolean> {
  const { rows } = await pool.query<{ entered: boolean }>('select app.enter_by_link($1, $2, $3, $4) as entered', [key, link, token, now])
  return rows[0]?.entered ?? false
}
