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
  /** Where it is the practice's tablet that was handed over: these forms and no other, on this device and no other. */
  readonly tablet?: Tablet
}
export interface Tablet {
  readonly forms: readonly string[]
  /** The entry that says who handed it over. */
  readonly handed: string
  readonly by: string
  readonly device: string
  /** From then on it shows nothing, until it is handed over again. */
  readonly coveredAt: string
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

interface Handing extends Pick<Making, 'practice' | 'chart' | 'expiresAt'>, Tablet {
  readonly person: string
}

/** A link for the practice's tablet. It ends the one that was out for this chart, and covers whatever was out on this device. */
export async function makeTabletLink(client: pg.PoolClient, { key }: Pick<Database, 'key'>, { practice, chart, person, forms, handed, by, device, coveredAt, expiresAt }: Handing, now: string): Promise<string> {
  const token = newToken()
  await client.query('select app.make_tablet_link($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)', [key, practice, chart, person, forms, handed, by, device, token, now, coveredAt, expiresAt])
  return token
}

/** Moves on from when it shows nothing; what is covered already stays so. */
export async function coverTablet({ pool, key }: Pick<Database, 'pool' | 'key'>, { practice, link }: NarrowLink, now: string, coveredAt: string): Promise<void> {
  await pool.query('select app.cover_tablet($1, $2, $3, $4, $5)', [key, practice, link, now, coveredAt])
}

interface LinkRow {
  readonly practice_id: string
  readonly link_id: string
  readonly purpose: NarrowLink['purpose']
  readonly chart_id: string
  readonly visit_id: string | null
  readonly starts_at: Date | null
  readonly named: string | null
  readonly forms: readonly string[] | null
  readonly handed: string
  readonly handed_by: string
  readonly handed_on: string
  readonly covered_at: Date
}

/** What a link that holds is about. One that is unknown, used, too old, or whose visit has moved is all the same: nothing. */
export async function narrowLink({ pool, key }: Pick<Database, 'pool' | 'key'>, token: string, now: string): Promise<NarrowLink | undefined> {
  const { rows } = await pool.query<LinkRow>('select * from app.narrow_link($1, $2, $3)', [key, token, now])
  const row = rows[0]
  if (!row) return undefined
  const any = { practice: row.practice_id, link: row.link_id, chart: row.chart_id }
  if (row.purpose === 'questions') return { ...any, purpose: row.purpose, ...(row.forms && { tablet: { forms: row.forms, handed: row.handed, by: row.handed_by, device: row.handed_on, coveredAt: row.covered_at.toISOString() } }) }
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
