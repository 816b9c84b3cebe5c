import type { Database } from '../store/database.ts'

/** Which of these tokens no longer let anybody in: revoked here or on another node, expired, or left idle. */
export async function endedTokens(database: Database, tokens: readonly string[]): Promise<string[]> {
  if (tokens.length === 0) return []
  const { rows } = await database.pool.query<{ token: string }>('select token from unnest($1::text[]) token where not app.is_live(token)', [tokens])
  return rows.map(({ token }) => token)
}

/** Those of these readers who stand otherwise to their chart than when they began to read it: off its care team, in it with another role, or with other roles in the practice. */
export async function standingOtherwise<Reader extends { readonly token: string; readonly stream: string; readonly standing: string }>(database: Database, readers: readonly Reader[]): Promise<Reader[]> {
  if (readers.length === 0) return []
  const { rows } = await database.pool.query<{ place: string }>(
    { name: 'standing-otherwise', text: 'select place from unnest($1::text[], $2::uuid[], $3::text[]) with ordinality as one (token, chart, known, place) where app.stands_as(token, chart) is distinct from known', values: [readers.map(({ token }) => token), readers.map(({ stream }) => stream), readers.map(({ standing }) => standing)] })
  return rows.map(({ place }) => readers[Number(place) - 1]!)
}
