import type { EntryDraft, StoredEntry } from '../../core/chart/entry.ts'
import type { BodyOf, EntryKind } from '../../core/chart/kinds.ts'
import { kinds } from '../../core/chart/kinds.ts'
import { entryById } from '../store/charts.ts'
import { write } from './charts.ts'
import type { Here } from './shell.ts'

/** An entry that the server makes for a person's act, dated by the server's clock. */
export function entry<Kind extends EntryKind>(kind: Kind, id: string, device: string, here: Pick<Here, 'now'>, body: BodyOf<Kind>, more: { session?: string; amends?: string } = {}): EntryDraft {
  return { id, kind, at: here.now, writtenAt: here.now, device, ...more, body: kinds[kind].body.parse(body) } as EntryDraft
}

type Written = { entry: Omit<StoredEntry, 'body'> & { body: Record<string, unknown> } }

/** Writes a person's act within its own transaction, and answers the entry as it now stands. Sent twice, it answers the first. */
export async function writeAct(here: Here, chart: string, action: string, act: EntryDraft, alongside: readonly EntryDraft[] = []): Promise<Written> {
  const before = await written(here, chart, act.id, act.kind)
  if (before) return before
  const { numbered } = await write(here, chart, [act, ...alongside], action, true)
  const { seq, receivedAt, digest } = numbered[0]!
  return { entry: { ...act, by: here.actor.person!, seq, receivedAt, digest, body: act.body as Record<string, unknown> } }
}

/** The act as this person wrote it already, when its answer was lost on the way and it is sent again. */
export async function written(here: Here, chart: string, id: string, kind: EntryKind): Promise<Written | undefined> {
  const entry = await entryById(here, chart, id)
  return entry && entry.kind === kind && entry.by === here.actor.person ? { entry: { ...entry, body: entry.body as Record<string, unknown> } } : undefined
}
