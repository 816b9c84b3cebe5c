import type { Change } from '../../core/rulebook/changes.ts'
import type { Context } from './database.ts'

type Asked = { readonly client: Context['client']; readonly actor: { readonly practice: string } }

/** An edition as it was signed, without its book. */
export interface EditionRow {
  readonly number: number
  readonly name: string
  readonly shippedSha256: string
  readonly bookSha256: string
  readonly changes: readonly Change[]
  readonly moves: readonly MoveRow[]
  readonly reason: string
  readonly adoptedBy: string
  readonly adoptedAt: string
  readonly countersignedBy: string | null
  readonly countersignedWhy: string | null
}
export interface MoveRow { readonly dial: string; readonly from: number | string; readonly to: number | string; readonly way: 'tighter' | 'looser'; readonly beyondShipped?: boolean; readonly reason: string }

const columns = `e.number, e.name, e.shipped_sha256 as "shippedSha256", e.book_sha256 as "bookSha256", e.changes, e.moves, e.reason, coalesce(p.given_name || ' ' || p.family_name, 'somebody who has left') as "adoptedBy", e.adopted_at as "adoptedAt", case when e.countersigned_by is not null then coalesce(s.given_name || ' ' || s.family_name, 'somebody who has left') end as "countersignedBy", e.countersigned_why as "countersignedWhy"`
const from = `from app.rulebook_edition e left join app.person p on p.practice_id = e.practice_id and p.person_id = e.adopted_by left join app.person s on s.practice_id = e.practice_id and s.person_id = e.countersigned_by where e.practice_id = $1`

/** Which edition the practice says is in force; 0 is the one that ships. */
export async function numberInForce({ client, actor }: Asked): Promise<number> {
  const { rows } = await client.query<{ number: number }>({ name: 'edition-number', text: 'select rulebook_edition as number from app.practice where practice_id = $1', values: [actor.practice] })
  return rows[0]?.number ?? 0
}

/** Every edition there was, oldest first. */
export async function editionRows({ client, actor }: Asked): Promise<EditionRow[]> {
  return (await client.query<EditionRow>({ name: 'editions', text: `select ${columns} ${from} order by e.number`, values: [actor.practice] })).rows
}

export async function editionRow({ client, actor }: Asked, by: { readonly number: number } | { readonly name: string }): Promise<EditionRow | undefined> {
  const [column, value] = 'number' in by ? ['number', by.number] : ['name', by.name]
  return (await client.query<EditionRow>({ name: `edition-by-${column}`, text: `select ${columns} ${from} and e.${column} = $2`, values: [actor.practice, value] })).rows[0]
}

/** The book of an edition, with the digest of what stands there now. */
export async function editionBook({ client, actor }: Asked, number: number): Promise<{ readonly book: string; readonly sha256: string } | undefined> {
  return (await client.query<{ book: string; sha256: string }>({ name: 'edition-book', text: `select book, encode(sha256(convert_to(book, 'UTF8')), 'hex') as sha256 from app.rulebook_edition where practice_id = $1 and number = $2`, values: [actor.practice, number] })).rows[0]
}

/** The digest alone: asked again before a session starts and before a dose is recorded, whatever is remembered. */
export async function editionDigest({ client, actor }: Asked, number: number): Promise<string | undefined> {
  return (await client.query<{ sha256: string }>({ name: 'edition-digest', text: `select encode(sha256(convert_to(book, 'UTF8')), 'hex') as sha256 from app.rulebook_edition where practice_id = $1 and number = $2`, values: [actor.practice, number] })).rows[0]?.sha256
}

export interface NewEdition extends Omit<EditionRow, 'adoptedBy' | 'countersignedBy' | 'countersignedWhy'> {
  readonly book: string
  /** Where something in it is looser: the proposal, who made it, and why whoever asks signs it second. */
  readonly second?: { readonly proposal: string; readonly proposedBy: string; readonly why: string }
}
export async function addEdition({ client, actor }: Pick<Context, 'client' | 'actor'>, { second, ...edition }: NewEdition): Promise<void> {
  await client.query(
    'insert into app.rulebook_edition (practice_id, number, name, shipped_sha256, changes, moves, book, book_sha256, reason, adopted_by, adopted_at, proposal_id, countersigned_by, countersigned_why) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)',
    [actor.practice, edition.number, edition.name, edition.shippedSha256, JSON.stringify(edition.changes), JSON.stringify(edition.moves), edition.book, edition.bookSha256, edition.reason, second?.proposedBy ?? actor.person, edition.adoptedAt, second?.proposal ?? null, second ? actor.person : null, second?.why ?? null])
}
