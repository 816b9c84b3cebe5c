import type { Actor, Database } from '../store/database.ts'
import { Problem } from './problems.ts'

type Known = Pick<Actor, 'practice' | 'person' | 'signIn'>
const KEPT_MS = 5_000
const KEPT = 2_000

/**
 * Whose a token is. An entry's digest names its author before the database is asked, so the append route needs to
 * know; the database still judges the token within the very transaction, so an ended sign-in writes nothing.
 */
export function knownActors(database: Database) {
  const known = new Map<string, { actor: Known; until: number }>()
  return {
    async of(token: string): Promise<Known> {
      const found = known.get(token)
      if (found && found.until > performance.now()) return found.actor
      const actor = await database.inContext(token, { durable: false }, async ({ actor: { practice, person, signIn, purpose } }) => {
        if (purpose !== 'person') throw new Problem('sign-in.needed')
        return { practice, person, signIn }
      })
      if (known.size >= KEPT) known.clear()
      known.set(token, { actor, until: performance.now() + KEPT_MS })
      return actor
    },
  }
}
export type KnownActors = ReturnType<typeof knownActors>
