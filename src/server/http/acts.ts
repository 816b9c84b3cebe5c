import type { EntryDraft, StoredEntry } from '../../core/chart/entry.ts'
import type { BodyOf, EntryKind } from '../../core/chart/kinds.ts'
import { kinds } from '../../core/chart/kinds.ts'
import { canonical } from '../../core/shared/canonical.ts'
import { entryById } from '../store/charts.ts'
import { write } from './charts.ts'
import { Problem } from './problems.ts'
import type { Here } from './shell.ts'

/** An entry that the server makes for a person's act, dated by the server's clock. */
export function entry<Kind extends EntryKind>(kind: Kind, id: string, device: string, here: Pick<Here, 'now'>, body: BodyOf<Kind>, more: { session?: string; amends?: string } = {}): EntryDraft {
  return { id, kind, at: here.now, writtenAt: here.now, device, ...more, body: kinds[kind].body.parse(body) } as EntryDraft
}

type Written = { entry: Omit<StoredEntry, 'body'> & { body: Record<string, unknown> } }

/** Writes a person's act within its own transaction, and answers the entry as it now stands. An id that was used for something else is refused, with all that was done before. */
export async function writeAct(here: Here, chart: string, action: string, act: EntryDraft, alongside: readonly EntryDraft[] = []): Promise<Written> {
  const { numbered } = await write(here, chart, [act, ...alongside], action, true)
  const { seq, receivedAt, digest } = numbered[0]!
  return { entry: { ...act, by: here.actor.person!, seq, receivedAt, digest, body: act.body as Record<string, unknown> } }
}

/**
 * The act as this person wrote it already, when its answer was lost on the way and it is sent again: asked before
 * anything else is done. The same id with something else in it is refused, and never answered by what it was first.
 */
export async function written<Kind extends EntryKind>(here: Here, chart: string, id: string, kind: Kind, sent: { readonly [Field in keyof BodyOf<Kind>]?: BodyOf<Kind>[Field] | undefined }): Promise<{ entry: Omit<StoredEntry, 'body'> & { body: BodyOf<Kind> } } | undefined> {
  const entry = await entryById(here, chart, id)
  if (!entry || entry.kind !== kind || entry.by !== here.actor.person) return undefined
  const body = entry.body as BodyOf<Kind>
  for (const [field, value] of Object.entries(sent)) {
    if (value !== undefined && canonical(value) !== canonical(body[field as keyof BodyOf<Kind>] ?? null)) throw new Problem('entry.rewritten', { detail: { entry: id } })
  }
  return { entry: { ...entry, body } }
}
