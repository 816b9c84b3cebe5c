import { mayRead, mayWrite, type Standing } from '../../../core/access/policy.ts'
import type { Role } from '../../../core/access/roles.ts'
import { digestParts, digestText, GENESIS } from '../../../core/chart/digest.ts'
import type { Entry, EntryDraft, StoredEntry } from '../../../core/chart/entry.ts'
import { isEntryKind, kinds } from '../../../core/chart/kinds.ts'
import { instant } from '../../../core/shared/time.ts'
import { canonical } from '../../../core/shared/canonical.ts'
import { Refused } from '../client.ts'
import type { Act } from '../device-store.ts'
import type { Numbered } from '../outbox.ts'

export const PRACTICE = '00000000-0000-4000-8000-0000000000aa'
/** A kind that only newer clients and newer servers know. */
export const NEWER_KIND = 'tremor.v1'
const AHEAD_MS = 5 * 60_000

interface Stream {
  readonly entries: StoredEntry[]
  readonly byId: Map<string, StoredEntry>
}
export interface ServerRules {
  readonly knows?: (kind: string) => boolean
  /** Whether something stands against giving a dose in this session. */
  readonly gate?: (session: string) => boolean
  /** A session is known once it was started; off where a test tells of one from its middle. */
  readonly sessions?: boolean
}

/** A server in memory that judges and numbers as the real one does. It never fails by itself: the network around it does. */
export function simServer(nowMs: () => number, teams: ReadonlyMap<string, ReadonlyMap<string, Role>>, { knows = () => false, gate = () => false, sessions = false }: ServerRules = {}) {
  const streams = new Map<string, Stream>()
  const heard = new Set<(stream: string, fresh: readonly StoredEntry[]) => void>()
  const streamOf = (name: string): Stream => {
    const known = streams.get(name) ?? { entries: [], byId: new Map() }
    streams.set(name, known)
    return known
  }
  const entriesOf = (stream: string): readonly StoredEntry[] => streamOf(stream).entries
  const standingOf = (chart: string, person: string): Standing | undefined => {
    const role = teams.get(chart)?.get(person)
    return role && (role === 'patient' ? { relation: 'own', roles: [role] } : { relation: 'team', roles: [role] })
  }

  /** All of the act or nothing of it; the same act again stores nothing again. */
  function append(person: string, { chart, entries, stream = 'chart' }: Pick<Act, 'chart' | 'entries'> & Partial<Pick<Act, 'stream'>>): readonly Numbered[] {
    const standing = standingOf(chart, person)
    if (!standing) throw new Refused(404, 'chart.unseen', 'There is no such chart.')
    const name = stream === 'chart' ? chart : hiddenStream(chart, stream, person)
    const kept = streamOf(name)
    const fresh: StoredEntry[] = []
    const numbered = entries.map((draft) => {
      const known = kept.byId.get(draft.id) ?? fresh.find(({ id }) => id === draft.id)
      if (known && !same(known, draft, person)) throw new Refused(409, 'entry.rewritten', 'This id says something else.')
      const entry = known ?? number(kept, fresh, standing, person, name, draft as EntryDraft)
      if (!known) fresh.push(entry)
      return { id: entry.id, seq: entry.seq, digest: entry.digest, receivedAt: entry.receivedAt }
    })
    keep(name, fresh)
    return numbered
  }

  function keep(name: string, fresh: readonly StoredEntry[]) {
    const kept = streamOf(name)
    for (const entry of fresh) { kept.entries.push(entry); kept.byId.set(entry.id, entry) }
    if (fresh.length > 0) for (const tell of heard) tell(name, fresh)
  }

  function number(kept: Stream, fresh: readonly StoredEntry[], standing: Standing, person: string, name: string, { by: _by, ...draft }: EntryDraft & { readonly by?: string }): StoredEntry {
    const here = (id: string) => kept.byId.get(id) ?? fresh.find((one) => one.id === id)
    if (isEntryKind(draft.kind) ? !kinds[draft.kind].body.safeParse(draft.body).success : !knows(draft.kind)) throw new Refused(422, isEntryKind(draft.kind) ? 'request.malformed' : 'entry.unknown-kind', 'This could not be read.')
    if (Date.parse(draft.at) > Date.parse(draft.writtenAt) + AHEAD_MS) throw new Refused(422, 'entry.from-the-future', 'This is dated after it was written.')
    if (draft.amends && !here(draft.amends)) throw new Refused(422, 'entry.amends-unknown', 'What this corrects is not here.')
    if (sessions && draft.session && here(draft.session)?.kind !== 'session-started.v1') throw new Refused(422, 'session.unknown', 'There is no such session here.')
    if (isEntryKind(draft.kind) && (kinds[draft.kind].through === 'act' || !mayWrite(draft.kind, [standing]))) throw new Refused(403, 'entry.forbidden', 'Your role may not write this.')
    if (draft.kind === 'dose-given.v1' && draft.session && (gate(draft.session) || (sessions && !here(draft.body.prepared))) && !claimed(kept, draft)) throw new Refused(409, 'dose.gates', 'Not yet.', [{ code: 'people', says: 'Two people' }])
    const receivedAt = instant(nowMs())
    const seq = kept.entries.length + fresh.length + 1
    const parts = digestParts({ ...draft, by: person, chart: name, practice: PRACTICE, receivedAt })
    return { ...draft, by: person, seq, receivedAt, digest: short(digestText(parts, (fresh.at(-1) ?? kept.entries.at(-1))?.digest ?? GENESIS, seq)) } as StoredEntry
  }

  /** What stands on a chart before anybody opens it, acts included, and what is done by a route of its own. */
  function seed(chart: string, entries: readonly (EntryDraft & { readonly by: string })[]) {
    for (const { by, ...draft } of entries) keep(chart, [{ ...draft, by, seq: entriesOf(chart).length + 1, receivedAt: instant(nowMs()), digest: short(draft.id) } as StoredEntry])
  }

  /** In the name of whoever wrote them, and beside them who answers for it. */
  function adopt(chart: string, fresh: readonly StoredEntry[], adoption: EntryDraft & { readonly by: string }) {
    for (const entry of [...fresh, adoption]) keep(chart, [{ ...entry, seq: entriesOf(chart).length + 1, receivedAt: instant(nowMs()), digest: short(entry.id) } as StoredEntry])
  }

  return {
    append, seed, adopt, entriesOf, standingOf,
    /** What this person may read of a chart after a number. */
    readAfter: (chart: string, person: string, after: number) => entriesOf(chart).slice(after).filter((entry) => reads(entry, standingOf(chart, person))),
    onNews(listener: (stream: string, fresh: readonly StoredEntry[]) => void) { heard.add(listener); return () => heard.delete(listener) },
  }
}
export type SimServer = ReturnType<typeof simServer>

/** Every psychotherapist's notes and the patient's journal are streams of their own. */
export const hiddenStream = (chart: string, stream: string, person: string) => `${chart} ${stream} ${person}`

/** A kind that only a newer version knows is read by whoever treats. */
export const reads = ({ kind }: Pick<Entry, 'kind'>, standing: Standing | undefined) => standing !== undefined && (isEntryKind(kind) ? mayRead(kind, [standing]) : standing.relation === 'team')

const same = (known: StoredEntry, draft: Entry, person: string) =>
  known.by === person && known.kind === draft.kind && known.at === draft.at && known.amends === draft.amends && known.session === draft.session && canonical(known.body) === canonical(draft.body)

/** A step that another device recorded first is stored all the same: two claims are a conflict for people to resolve. */
const claimed = ({ entries }: Stream, dose: EntryDraft) => dose.kind === 'dose-given.v1' && entries.some((one) => one.kind === 'dose-given.v1' && one.session === dose.session && one.body.step === dose.body.step)

/** Enough of a digest to see a chain break; the real one is SHA-256. */
function short(text: string): string {
  let hash = 0x811c9dc5
  for (let place = 0; place < text.length; place += 1) hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0').repeat(8)
}
