import { responsibleToTell } from '../../core/access/whom-to-tell.ts'
import type { StoredEntry } from '../../core/chart/entry.ts'
import { sayDay, sayTime } from '../../core/shared/local-day.ts'
import { tell } from '../store/charts.ts'
import type { Situation } from './follow.ts'

/** After a session somebody said that they need a person to talk to. */
export const asksForSomebody = (entry: StoredEntry): boolean => entry.kind === 'afterwards.v1' && entry.body.how === 'need-somebody'

/** Those who treat hear it by name, and the desk as well, which can call: who says so is not left until the next visit. */
export async function tellAfterwards({ client, practice, chart, now, name, zone, everybody, clinicians }: Situation, fresh: readonly StoredEntry[]): Promise<void> {
  const desk = everybody.filter(({ active, roles }) => active && roles.includes('coordinator')).map(({ person }) => person)
  const treating = clinicians.length > 0 ? clinicians : responsibleToTell(everybody)
  for (const entry of fresh.filter(asksForSomebody)) {
    const said = `${sayTime(entry.at, zone)} on ${sayDay(entry.at, zone)}`
    await tell(client, practice, treating, { chart, kind: 'message', entry: entry.id, says: `${name} wrote at ${said}, after a session, that they need somebody. Call them.`, at: now })
    await tell(client, practice, desk.filter((person) => !treating.includes(person)), { chart, kind: 'message', entry: entry.id, says: `${name} wrote at ${said} that they need somebody. See that one of those who treat them calls.`, at: now })
  }
}
