import type { EntryDraft } from '../../core/chart/entry.ts'
import { asStored, type Append, type Numbered } from '../store/append.ts'
import type { Door } from './shell.ts'

/** Appends through the queue that commits many charts together, and lets the room hear of it right after. */
export async function heldEntries({ entries, chart }: { entries: readonly EntryDraft[]; chart: string }, door: Door): Promise<Numbered[]> {
  const { shell, token, now } = door
  const actor = await door.shell.actors.of(token)
  const item: Append = { token, actor, stream: chart, entries, receivedAt: now, action: 'entries.append' }
  const stored = await shell.append(item)
  shell.live.publish(chart, asStored(item, stored))
  return stored
}
