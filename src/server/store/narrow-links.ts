import type pg from 'pg'
import { newToken } from '../sign-in/secrets.ts'
import type { Database } from './database.ts'

/** What somebody may do by a link, without signing in: one of these, for one visit, once; or answer the questionnaires that are open. */
export type VisitPurpose = 'day-before' | 'morning' | 'ride' | 'moved' | 'offered' | 'where'

interface AnyLink {
  readonly practice: string
  readonly link: string
  readonly chart: string
}
export interface VisitLink extends AnyLink {
  readonly purpose: VisitPurpose
  readonly visit: string
  /** When the visit began as the link was made. It holds only while the visit stands there. */
  readonly startsAt: string
  /** The entry that named the adult it went to, or that says which times it is about or offers one. */
  readonly named: string | null
}
/** Opens whatever questionnaires are open. It is not used up: it holds until it is too old, or a newer one is made. */
export interface QuestionsLink extends AnyLink {
  readonly purpose: 'questions'
}
export type NarrowLink = VisitLink | QuestionsLink

interface Making {
  readonly practice: string
  readonly chart: string
  readonly person: string | null
  readonly expiresAt: string
}
type MakingVisit = Making & Pick<VisitLink, 'purpose' | 'visit' | 'startsAt' | 'named'>
type MakingQuestions = Making & Pick<QuestionsLink, 'purpose'>

/** A new link, and what stands in its address: the database keeps only the digest of that. */
export async function makeNarrowLink(client: pg.PoolClient, { key }: Pick<Database, 'key'>, one: MakingVisit | MakingQuestions, now: string): Promise<string> {
  const token = newToken()
  const [visit, startsAt, named] = one.purpose === 'questions' ? [null, null, null] : [one.visit, one.startsAt, one.named]
  await client.query('select app.make_narrow_link($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)', [key, one.practice, one.purpose, one.chart, visit, startsAt, one.person, named, token, now, one.expiresAt])
  return token
}

/** A link to questionnaires that nobody mails: the check of the morning leads on by it. It ends none that was mailed. */
export async function makeLinkOn(client: pg.PoolClient, { key }: Pick<Database, 'key'>, { practice, chart, person, expiresAt }: Making, now: string): Promise<string> {
  const token = newToken()
  await client.query('select app.make_link_on($1, $2, $3, $4, $5, $6, $7)', [key, practice, chart, person, token, now, expiresAt])
  return token
}

/** What a link that holds is about. One that is unknown, used, too old, or whose visit has moved is all the same: nothing. */
export async function narrowLink({ pool, key }: Pick<Database, 'pool' | 'key'>, token: string, now: string): Promise<NarrowLink | undefined> {
  const { rows } = await pool.query<{ practice_id: string; link_id: string; purpose: NarrowLink['purpose']; chart_id: string; visit_id: string | null; starts_at: Date | null; named: string | null }>('select * from app.narrow_link($1, $2, $3)', [key, token, now])
  const row = rows[0]
  if (!row) return undefined
  const any = { practice: row.practice_id, link: row.link_id, chart: row.chart_id }
  if (row.purpose === 'questions') return { ...any, purpose: row.purpose }
  return row.visit_id && row.starts_at ? { ...any, purpose: row.purpose, visit: row.visit_id, startsAt: row.starts_at.toISOString(), named: row.named } : undefined
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
