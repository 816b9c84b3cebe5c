import { mayWrite, type Standing } from '../../../core/access/policy.ts'
import type { Role } from '../../../core/access/roles.ts'
import { digestParts, digestText, GENESIS } from '../../../core/chart/digest.ts'
import type { EntryDraft, StoredEntry } from '../../../core/chart/entry.ts'
import { isEntryKind, kinds } from '../../../core/chart/kinds.ts'
import { instant } from '../../../core/shared/time.ts'
import { canonical } from '../../../core/shared/canonical.ts'
import { Refused } from '../client.ts'
import type { Act } from '../device-store.ts'
import type { Numbered } from '../outbox.ts'

export const PRACTICE = '00000000-0000-4000-8000-0000000000aa'

/** A server in memory that judges and numbers as the real one does. It never fails by itself: the network around it does. */
export function simServer(nowMs: () => number, teams: ReadonlyMap<string, ReadonlyMap<string, Role>>) {
  const charts = new Map<string, StoredEntry[]>()
  const heard = new Set<() => void>()
  const entriesOf = (chart: string) => charts.get(chart) ?? []

  /** All of the act or nothing of it; the same act again stores nothing again. */
  function append(person: string, { chart, entries }: Pick<Act, 'chart' | 'entries'>): readonly Numbered[] {
    const role = teams.get(chart)?.get(person)
    if (!role) throw new Refused(404, 'chart.unseen', 'There is no such chart.')
    const standing: Standing = { relation: 'team', roles: [role] }
    const stored = [...entriesOf(chart)]
    const numbered: Numbered[] = []
    for (const draft of entries) {
      const known = stored.find(({ id }) => id === draft.id)
      if (known && (known.by !== person || canonical(known.body) !== canonical(draft.body))) throw new Refused(409, 'entry.rewritten', 'This id says something else.')
      const entry = known ?? number(stored, standing, person, chart, draft as EntryDraft)
      if (!known) stored.push(entry)
      numbered.push({ id: entry.id, seq: entry.seq, digest: entry.digest, receivedAt: entry.receivedAt })
    }
    const fresh = stored.length > entriesOf(chart).length
    charts.set(chart, stored)
    if (fresh) for (const tell of heard) tell()
    return numbered
  }

  function number(stored: readonly StoredEntry[], standing: Standing, person: string, chart: string, draft: EntryDraft): StoredEntry {
    if (!isEntryKind(draft.kind) || !kinds[draft.kind].body.safeParse(draft.body).success) throw new Refused(422, 'request.malformed', 'This could not be read.')
    if (kinds[draft.kind].through === 'act' || !mayWrite(draft.kind, [standing])) throw new Refused(403, 'entry.forbidden', 'Your role may not write this.')
    if (draft.amends && !stored.some(({ id }) => id === draft.amends)) throw new Refused(422, 'entry.amends-unknown', 'What this corrects is not here.')
    const receivedAt = instant(nowMs())
    const seq = stored.length + 1
    const parts = digestParts({ ...draft, by: person, chart, practice: PRACTICE, receivedAt })
    return { ...draft, by: person, seq, receivedAt, digest: short(digestText(parts, stored.at(-1)?.digest ?? GENESIS, seq)) } as StoredEntry
  }

  /** What stands on a chart before anybody opens it, acts included. */
  function seed(chart: string, entries: readonly (EntryDraft & { readonly by: string })[]) {
    for (const { by, ...draft } of entries) {
      const stored = entriesOf(chart)
      charts.set(chart, [...stored, { ...draft, by, seq: stored.length + 1, receivedAt: instant(nowMs()), digest: short(draft.id) } as StoredEntry])
    }
  }

  return { append, seed, entriesOf, onNews(listener: () => void) { heard.add(listener); return () => heard.delete(listener) } }
}
export type SimServer = ReturnType<typeof simServer>

/** Enough of a digest to see a chain break; the real one is SHA-256. */
function short(text: string): string {
  let hash = 0x811c9dc5
  for (let place = 0; place < text.length; place += 1) hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0').repeat(8)
}
