import type { Database } from '../store/database.ts'

/** Which of these tokens no longer let anybody in: revoked here or on another node, expired, or left idle. */
export async function endedTokens(database: Database, tokens: readonly string[]): Promise<string[]> {
  if (tokens.length === 0) return []
  const { rows } = await database.pool.query<{ token: string }>('select token from unnest($1::text[]) token where not app.is_live(token)', [tokens])
  return rows.map(({ token }) => token)
}
