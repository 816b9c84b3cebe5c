import { isEntryKind, kinds } from '../../core/chart/kinds.ts'
import type { EntryDraft } from '../../core/chart/entry.ts'
import { lentOf } from '../../core/chart/lent.ts'
import { mayRead } from '../../core/access/policy.ts'
import type { Answer, Parsed } from '../../core/contract/contract.ts'
import type { Role } from '../../core/access/roles.ts'
import { MINUTE_MS } from '../../core/shared/time.ts'
import { appendWithin, asStored, type Append, type Numbered } from '../store/append.ts'
import { auditLines } from '../store/audit.ts'
import { chartRow, hiddenStream, joinTeam, lastSeqOf, readEntries, team } from '../store/charts.ts'
import { heldEntries, refuseUngated } from './consequences.ts'
import { refuseUnfounded } from './corrections.ts'
import { letGuestIn, storedBefore, whileIn } from './guests.ts'
import { Problem } from './problems.ts'
import { aboutChart, noteRefusal } from './refusals.ts'
import type { Door, Handlers, Here } from './shell.ts'

const AHEAD_MS = 5 * MINUTE_MS

/** The append route: judged kind by kind, committed with whatever else is on its way, answered when durable. */
export async function appendEntries({ params, body }: Parsed<'append'>, door: Door): Promise<Answer<'append'>> {
  door.shell.database.touch(door.token)
  const entries = await auditingRefusal(params.chart, door, async () => {
    if (body.by !== undefined) refuseOther(body.by, (await door.shell.actors.of(door.token)).person)
    return body.entries.map(judgeDraft)
  })
  if (entries.some(lentOf)) return { stored: await appendOfGuest(entries, params.chart, door) }
  return { stored: await appendAs(door, entries, params.chart) }
}

async function appendAs(door: Door, entries: readonly EntryDraft[], chart: string): Promise<Numbered[]> {
  await auditingRefusal(chart, door, async () => {
    await refuseUnfounded(entries, chart, door)
    await refuseUngated(entries, chart, door)
  })
  return heldEntries({ entries, chart }, door)
}

/** Signed by a second person on this person's device: proven, and then judged as if that person had sent it. */
async function appendOfGuest(entries: readonly EntryDraft[], chart: string, door: Door): Promise<Numbered[]> {
  const { practice, person } = await door.shell.actors.of(door.token)
  const proving = { entries, chart, practice, sender: person, now: door.now, shell: door.shell }
  const before = await storedBefore(entries, proving)
  if (before) return before
  const { token } = await auditingRefusal(chart, door, () => letGuestIn(proving))
  return whileIn(door.shell, token, () => appendAs({ ...door, token }, entries, chart))
}

/** The database writes the audit line of what it refuses itself; what is refused before it is asked needs one too. */
async function auditingRefusal<T>(chart: string, { shell, token, now }: Door, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (failure) {
    if (failure instanceof Problem) {
      const standings = await shell.database.inContext(token, { chart, durable: false }, async (context) => context.standings)
      await noteRefusal(shell, token, { at: now, action: 'entries.append', outcome: 'refused', ...aboutChart(chart, standings) }, failure)
    }
    throw failure
  }
}

/** Whatever was written under one name is never stored under another. */
export function refuseOther(by: string | undefined, person: string | undefined | null): void {
  if (by !== undefined && by !== person) throw new Problem('sign-in.other')
}

/** A draft's shape by its kind, and by its own device's clock; nothing here looks at the chart. */
export function judgeDraft(draft: Parsed<'append'>['body']['entries'][number]): EntryDraft {
  if (!isEntryKind(draft.kind)) throw new Problem('entry.unknown-kind', { detail: { entry: draft.id } })
  const body = kinds[draft.kind].body.safeParse(draft.body)
  if (!body.success) throw new Problem('request.malformed', { detail: { entry: draft.id, kind: draft.kind }, list: body.error.issues.slice(0, 20).map((issue) => ({ code: `${draft.kind}: ${issue.path.join('.')}`, says: issue.message })) })
  if (Date.parse(draft.at) > Date.parse(draft.writtenAt) + AHEAD_MS) throw new Problem('entry.from-the-future', { detail: { entry: draft.id } })
  return { ...draft, body: body.data } as EntryDraft
}

/** Appends inside the request's own transaction and lets the room hear of it once it is durable. */
export async function write(here: Here, stream: string, entries: readonly EntryDraft[], action: string, act = false) {
  const item: Append = { token: here.token, actor: here.actor, stream, entries, receivedAt: here.now, action, act }
  const numbered = await appendWithin(here.client, item)
  const stored = asStored(item, numbered)
  here.afterCommit(() => here.shell.live.publish(stream, stored))
  return { numbered, stored }
}

async function readStream(here: Here, chart: string, stream: string, { after, newest }: { after: number; newest?: number | undefined }) {
  // The number was read before the entries: one that came between is told with them, or asked for next time.
  const lastSeq = stream === chart ? here.lastSeq : await lastSeqOf(here, stream)
  const entries = await readEntries(here, stream, { after, newest })
  return { entries: entries.filter((entry) => mayRead(entry.kind, here.standings)), lastSeq: Math.max(lastSeq, entries.at(-1)?.seq ?? 0) }
}

const inHidden = (type: 'notes' | 'journal') => async ({ params, body }: Parsed<'keepNote'>, here: Here) => {
  refuseOther(body.by, here.actor.person)
  const stream = await hiddenStream(here, params.chart, type)
  const { numbered } = await write(here, stream, body.entries.map(judgeDraft), `${type}.append`)
  return { stored: numbered }
}

export const chartHandlers: Handlers<'chart' | 'entries' | 'notes' | 'keepNote' | 'journal' | 'keepJournal' | 'access' | 'audit' | 'joinTeam'> = {
  async chart({ params }, here) {
    const row = await chartRow(here, params.chart)
    if (!row) throw new Problem('chart.unseen')
    const roles = new Set<Role>(here.standings.flatMap((standing) => (standing.relation === 'practice' ? standing.roles.filter((role) => role === 'coordinator' || role === 'owner') : [...standing.roles])))
    return { ...row, team: await team(here, params.chart), myRoles: [...roles] }
  },
  entries: ({ params, query }, here) => readStream(here, params.chart, params.chart, query),
  async notes({ params, query }, here) {
    return readStream(here, params.chart, await hiddenStream(here, params.chart, 'notes'), query)
  },
  keepNote: inHidden('notes'),
  async journal({ params, query }, here) {
    return readStream(here, params.chart, await hiddenStream(here, params.chart, 'journal'), query)
  },
  keepJournal: inHidden('journal'),
  access: ({ params, query }, here) => auditLines(here, { ...query, chart: params.chart }),
  audit: ({ query }, here) => auditLines(here, query),
  async joinTeam({ params, body }, here) {
    // A team lends nobody a role they do not hold in this practice.
    const { rowCount } = await here.client.query('select from app.membership where practice_id = $1 and person_id = $2 and role = $3', [here.actor.practice, body.person, body.role])
    if (!rowCount) throw new Problem('not-found')
    await joinTeam(here, params.chart, body.person, body.role, here.now)
    return { team: await team(here, params.chart) }
  },
}
