import { corrects } from '../../../core/chart/corrections.ts'
import type { Entry, EntryOf, StoredEntry } from '../../../core/chart/entry.ts'

/** What a session has to say about these entries, worked out a second time and in another way. */
export interface Expected {
  readonly main: ReadonlySet<string>
  readonly late: ReadonlyMap<string, 'arrived-after-close' | 'happened-after-close'>
  readonly conflicts: readonly number[]
  readonly totalUg: number | undefined
  readonly stands: ReadonlyMap<number, string>
  /** Alerts that have to be there, with whoever answered them. */
  readonly alerts: ReadonlyMap<string, readonly string[]>
  /** The last look through the emergency kit, and the last word of whom to reach. */
  readonly room: readonly [kit: string | undefined, reachable: string | undefined]
  /** Each hand-over with the read-back that counts. */
  readonly handOvers: readonly (readonly [handed: string, taken: string | undefined])[]
  readonly paper: 'none' | 'unchecked' | 'differs' | 'checked'
}

const spokenAbout: readonly string[] = ['alert-answered.v1', 'dose-conflict-resolved.v1', 'session-transcribed.v1', 'transcription-checked.v1', 'late-reviewed.v1', 'entries-adopted.v1']

export function expected(entries: readonly StoredEntry[], session: string): Expected {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const correctedBy = new Map<string, StoredEntry[]>()
  for (const entry of entries) {
    const target = entry.amends === undefined ? undefined : byId.get(entry.amends)
    if (target && corrects(entry, target)) correctedBy.set(target.id, [...(correctedBy.get(target.id) ?? []), entry])
  }
  const standing = entries.filter((entry) => entry.session === session && !correctedBy.has(entry.id))
  const close = standing.filter(({ kind }) => kind === 'session-closed.v1').toSorted(earlier)[0]
  const why = latenessBy(close, byId, entries)
  const late = new Map(standing.flatMap((entry) => { const reason = why(entry); return reason ? [[entry.id, reason] as const] : [] }))
  const takenIn = takenBy(standing)
  const inside = standing.filter(({ id }) => !late.has(id) || takenIn(id))
  const main = new Map(inside.map((entry) => [entry.id, entry]))
  // What came late corrects nothing until it is taken in: the newest version that was there in time, or was taken in, goes on standing.
  for (const entry of standing.filter(({ id }) => late.has(id) && !takenIn(id))) {
    const kept = before(entry, byId).find((version) => why(version) === undefined || takenIn(version.id))
    if (kept && kept.session === session && !inside.some(({ amends }) => amends === kept.id)) {
      main.set(kept.id, kept)
      if (why(kept)) late.set(kept.id, why(kept)!)
    }
  }
  const inOrder = [...main.values()].toSorted((a, b) => earlier(a, b))
  return { main: new Set(main.keys()), late, ...dosesOf(inOrder), alerts: alertsOf(inOrder), room: roomOf(inOrder), handOvers: handOversOf(inOrder), paper: paperOf(entries, session, correctedBy, byId) }
}

const earlier = (a: Entry, b: Entry) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1)

function before(entry: StoredEntry, byId: ReadonlyMap<string, StoredEntry>): StoredEntry[] {
  const older = entry.amends === undefined ? undefined : byId.get(entry.amends)
  return older ? [older, ...before(older, byId)] : []
}

/** A session on paper is being written until a second person has compared it. */
function latenessBy(close: StoredEntry | undefined, byId: ReadonlyMap<string, StoredEntry>, entries: readonly StoredEntry[]) {
  if (!close) return () => undefined
  const versions = [close, ...before(close, byId)]
  const typed = entries.find((entry) => entry.kind === 'session-transcribed.v1' && entry.body.lines.some((line) => versions.some(({ id }) => id === line.entry)))
  const checks = entries.filter((entry) => entry.kind === 'transcription-checked.v1' && entry.body.transcription === typed?.id)
  const closedAt = (typed ? checks : versions).map(({ receivedAt }) => receivedAt).toSorted()[0] ?? '9999'
  return (entry: StoredEntry) => {
    if (entry.id === close.id || spokenAbout.includes(entry.kind)) return undefined
    if (entry.at > close.at) return 'happened-after-close' as const
    return entry.receivedAt > closedAt ? ('arrived-after-close' as const) : undefined
  }
}

/** A step counts once. Claimed twice it is open until everybody who decided said the same, having seen all of it. */
function dosesOf(main: readonly StoredEntry[]): Pick<Expected, 'conflicts' | 'totalUg' | 'stands'> {
  const given = main.filter((entry): entry is EntryOf<'dose-given.v1'> & StoredEntry => entry.kind === 'dose-given.v1')
  const stands = new Map<number, string>()
  const conflicts: number[] = []
  let totalUg = 0
  for (const step of new Set(given.map(({ body }) => body.step))) {
    const claims = given.filter(({ body }) => body.step === step)
    const decisions = main.filter((entry): entry is EntryOf<'dose-conflict-resolved.v1'> & StoredEntry => entry.kind === 'dose-conflict-resolved.v1' && entry.body.step === step)
    const one = claims.length === 1 ? claims[0] : decided(claims, decisions)
    if (one) { stands.set(step, one.id); totalUg += one.body.doseUg } else conflicts.push(step)
  }
  return { conflicts: conflicts.toSorted((a, b) => a - b), totalUg: conflicts.length > 0 ? undefined : totalUg, stands }
}

function decided(claims: readonly EntryOf<'dose-given.v1'>[], decisions: readonly EntryOf<'dose-conflict-resolved.v1'>[]) {
  if (new Set(decisions.map(({ body }) => body.stands)).size !== 1) return undefined
  const lastWord = decisions.reduce((last, { writtenAt }) => (writtenAt > last ? writtenAt : last), '')
  return claims.every(({ writtenAt }) => writtenAt <= lastWord) ? claims.find(({ id }) => id === decisions[0]!.body.stands) : undefined
}

function alertsOf(main: readonly StoredEntry[]): Map<string, string[]> {
  const low = main.filter((entry) => entry.kind === 'vitals.v1' && entry.body.spo2Percent === 82)
  return new Map(low.map(({ id }) => {
    const alert = `${id}/SPO2`
    return [alert, main.filter((entry) => entry.kind === 'alert-answered.v1' && entry.body.alert === alert).map((entry) => entry.id).toSorted()]
  }))
}

/** The last word of a clinician about an entry, by the moment it was said. */
function takenBy(standing: readonly StoredEntry[]) {
  const words = new Map<string, string>()
  for (const entry of standing.toSorted(earlier)) if (entry.kind === 'late-reviewed.v1') for (const one of entry.body.reviewed) words.set(one.entry, one.found)
  return (id: string) => words.get(id) === 'taken'
}

function roomOf(main: readonly StoredEntry[]): Expected['room'] {
  let [kit, reachable]: (string | undefined)[] = []
  for (const { kind, id } of main) {
    if (kind === 'room-checked.v1') kit = id
    if (kind === 'prescriber-reachable.v1') reachable = id
  }
  return [kit, reachable]
}

function handOversOf(main: readonly StoredEntry[]): Expected['handOvers'] {
  const found = new Map<string, string | undefined>()
  for (const handed of main) if (handed.kind === 'hand-over.v1') {
    found.set(handed.id, undefined)
    for (const back of main.toReversed()) {
      if (back.kind !== 'hand-over-taken.v1' || back.body.handOver !== handed.id || back.by !== handed.body.to) continue
      if (!handed.body.items.some(({ item }) => !back.body.readBack.includes(item))) found.set(handed.id, back.id)
    }
  }
  return [...found]
}

/** How far it was compared: each typed line in its standing version, by the last word about exactly that one. */
function paperOf(entries: readonly StoredEntry[], session: string, correctedBy: ReadonlyMap<string, unknown>, byId: ReadonlyMap<string, StoredEntry>): Expected['paper'] {
  const typed = entries.find((entry): entry is EntryOf<'session-transcribed.v1'> & StoredEntry => entry.kind === 'session-transcribed.v1' && entry.session === session)
  if (!typed) return 'none'
  const words = new Map<string, string>()
  for (const check of entries.toSorted(earlier)) if (check.kind === 'transcription-checked.v1' && check.body.transcription === typed.id && check.by !== typed.by) for (const { entry, found } of check.body.compared) words.set(entry, found)
  const lines = new Set(typed.body.lines.map((line) => line.entry))
  const standing = entries.filter((entry) => !correctedBy.has(entry.id) && [entry, ...before(entry, byId)].some(({ id }) => lines.has(id)))
  if (standing.some(({ id }) => !words.has(id))) return 'unchecked'
  return standing.some(({ id }) => words.get(id) === 'differs') ? 'differs' : 'checked'
}
