import { mayWrite, type Standing } from '../../core/access/policy.ts'
import { corrects } from '../../core/chart/corrections.ts'
import type { EntryDraft } from '../../core/chart/entry.ts'
import { kinds } from '../../core/chart/kinds.ts'
import { isPassable } from '../../core/session/gates.ts'
import { entryById, team } from '../store/charts.ts'
import { asJob } from './job.ts'
import { Problem } from './problems.ts'
import type { Door } from './shell.ts'

/**
 * What nothing on the chart could ever bear: a dose without its session, a reason for a gate that nobody may pass, a
 * signature or a presence of somebody else, somebody as the prescriber to reach who is none here, and a correction that would only make something else disappear. The device
 * keeps what is refused and shows why.
 */
export async function refuseUnfounded(entries: readonly EntryDraft[], chart: string, door: Door): Promise<void> {
  const suspect = entries.filter((entry) => entry.amends !== undefined || entry.kind === 'gate-passed.v1' || entry.kind === 'dose-given.v1' || entry.kind === 'checked-in.v1' || entry.kind === 'prescriber-reachable.v1' || signedIn(entry) || entry.session === entry.id)
  if (suspect.length === 0) return
  const { actor, standings } = await door.shell.database.inContext(door.token, { chart, durable: false }, async (context) => context)
  const stored = (id: string) => asJob(door.shell, actor.practice, (client) => entryById({ client, actor }, chart, id))
  const isPrescriber = (person: string) => door.shell.database.inContext(door.token, { chart, durable: false }, async (context) => (await team(context, chart)).some((one) => one.person === person && one.role === 'prescriber'))
  for (const entry of suspect) {
    // Whoever may not write this here is refused as such, and learns nothing about the chart. What was stored already is only sent again.
    if (!mayWrite(entry.kind, standings)) return
    if (await stored(entry.id)) continue
    const about = { detail: { entry: entry.id } }
    if (entry.session === entry.id || (entry.kind === 'dose-given.v1' && entry.session === undefined)) throw new Problem('session.unknown', about)
    if (entry.kind === 'gate-passed.v1' && !isPassable(entry.body.gate)) throw new Problem('gate.never-passed', about)
    // Two people are two only where each of them said so with their own sign-in.
    if (kinds[entry.kind].through === 'entries' && (isAnothers(entry, actor.person) || !holdsRole(entry, standings))) throw new Problem('signature.anothers', about)
    if (entry.kind === 'prescriber-reachable.v1' && !(await isPrescriber(entry.body.person))) throw new Problem('reachable.not-prescriber', about)
    if (entry.amends === undefined) continue
    const before = entries.find(({ id }) => id === entry.amends) ?? (await stored(entry.amends))
    if (before && !corrects(entry, before)) throw new Problem('entry.corrects-another', about)
  }
}

const signedIn = (entry: EntryDraft) => ('signature' in entry.body ? entry.body.signature : undefined)
const isAnothers = (entry: EntryDraft, person: string | null) =>
  (signedIn(entry) !== undefined && signedIn(entry)!.person !== person) || (entry.kind === 'checked-in.v1' && entry.body.person !== person)

/** A prescriber signs as one only where they are one for this person. Who is a nurse stands in no team, and is confirmed by whoever signs. */
function holdsRole(entry: EntryDraft, standings: readonly Standing[]): boolean {
  const as = entry.kind === 'discharge-signed.v1' || entry.kind === 'checked-in.v1' ? entry.body.role : undefined
  return as === undefined || as === 'rn' || standings.some(({ relation, roles }) => relation === 'team' && ( roles.includes(as) || (as === 'monitor' && roles.includes('therapist'))))
}
