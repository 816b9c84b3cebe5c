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
}

const spokenAbout: readonly string[] = ['alert-answered.v1', 'dose-conflict-resolved.v1']

export function expected(entries: readonly StoredEntry[], session: string): Expected {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const correctedBy = new Map<string, StoredEntry[]>()
  for (const entry of entries) {
    const target = entry.amends === undefined ? undefined : byId.get(entry.amends)
    if (target && corrects(entry, target)) correctedBy.set(target.id, [...(correctedBy.get(target.id) ?? []), entry])
  }
  const standing = entries.filter((entry) => entry.session === session && !correctedBy.has(entry.id))
  const close = standing.filter(({ kind }) => kind === 'session-closed.v1').toSorted(earlier)[0]
  const why = latenessBy(close, byId)
  const late = new Map(standing.flatMap((entry) => { const reason = why(entry); return reason ? [[entry.id, reason] as const] : [] }))
  const onTime = standing.filter(({ id }) => !late.has(id))
  const main = new Map(onTime.map((entry) => [entry.id, entry]))
  // What came late corrects nothing: the newest version that was there in time goes on standing.
  for (const id of late.keys()) {
    const kept = before(byId.get(id)!, byId).find((version) => why(version) === undefined)
    if (kept && kept.session === session && !onTime.some((entry) => entry.amends === kept.id)) main.set(kept.id, kept)
  }
  return { main: new Set(main.keys()), late, ...dosesOf([...main.values()]), alerts: alertsOf([...main.values()]) }
}

const earlier = (a: Entry, b: Entry) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? -1 : 1)

function before(entry: StoredEntry, byId: ReadonlyMap<string, StoredEntry>): StoredEntry[] {
  const older = entry.amends === undefined ? undefined : byId.get(entry.amends)
  return older ? [older, ...before(older, byId)] : []
}

function latenessBy(close: StoredEntry | undefined, byId: ReadonlyMap<string, StoredEntry>) {
  if (!close) return () => undefined
  const closedAt = [close, ...before(close, byId)].map(({ receivedAt }) => receivedAt).toSorted()[0]!
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
