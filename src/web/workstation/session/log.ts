import type { Chart } from '../../../core/chart/chart.ts'
import type { Entry } from '../../../core/chart/entry.ts'
import { kindRow } from '../../../core/chart/kinds.ts'
import { lentOf } from '../../../core/chart/lent.ts'
import type { LateEntry } from '../../../core/session/lanes.ts'
import type { SessionNow } from '../../../core/session/session.ts'
import { onDeviceOf } from '../../../core/session/signatures.ts'
import { sayHand } from '../../../core/session/transcribed.ts'
import type { Instant } from '../../../core/shared/time.ts'
import type { Kept } from '../../sync/chart-copy.ts'
import { say } from './say.ts'

/** One line of the log: what happened, when, by whose hand, and what it corrects. */
export interface LogLine {
  readonly id: string
  readonly at: Instant
  readonly says: string
  readonly by: string
  /** Doses and starts stand out. */
  readonly weight: 'plain' | 'mark'
  readonly kept: Kept
  /** Written down later than it happened, so that nobody takes it for a note of the moment. */
  readonly transcribed: boolean
  /** What a clinician made of it, where it came after the close. */
  readonly review: string | undefined
  /** What it replaces, newest first, shown struck through with its own author. */
  readonly struck: readonly { readonly id: string; readonly says: string; readonly by: string }[]
  readonly late: LateEntry['why'] | undefined
  readonly mayCorrect: boolean
  /** Spoken: by this person, who may write it out, or by another, to be listened to. */
  readonly spoken: 'own' | 'another’s' | undefined
}

interface LogParts {
  readonly chart: Chart
  readonly session: SessionNow
  readonly name: (person: string) => string
  readonly kept: (entry: string) => Kept
  readonly me: string
}

/** A reading is often written a moment after it was taken; only a real delay is worth a word. */
const TRANSCRIBED_MS = 2 * 60_000

/** Everything of this session and of no other, newest first, in one order for all who look. */
export function logOf({ chart, session, name, kept, me }: LogParts): readonly LogLine[] {
  const late = new Map(session.late.map((one) => [one.entry.id, one]))
  const { marks } = session.paper
  const hand = (entry: Entry) => { const mark = marks.get(entry.id); return mark ? sayHand(mark, name) : `${name(entry.by)}${onDeviceOf(lentOf(entry))}` }
  const entries = [session.started, ...chart.entries.filter((entry) => entry.session === session.session && entry.id !== session.session)]
  const line = (entry: Entry): LogLine => ({
    id: entry.id, at: entry.at, says: say(entry, { session, name }), by: hand(entry), weight: heavy.has(entry.kind) ? 'mark' : 'plain', kept: kept(entry.id),
    transcribed: !marks.has(entry.id) && Date.parse(entry.writtenAt) - Date.parse(entry.at) > TRANSCRIBED_MS, review: reviewed(late.get(entry.id), name),
    struck: struckBy(chart, entry).map((before) => ({ id: before.id, says: say(before, { session, name }), by: hand(before) })),
    late: late.get(entry.id)?.why, mayCorrect: entry.by === me && correctable(entry.kind), spoken: entry.kind === 'spoken-note.v1' ? (entry.by === me ? 'own' : 'another’s') : undefined,
  })
  return entries.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? 1 : -1)).map(line)
}

const reviewed = (late: LateEntry | undefined, name: LogParts['name']): string | undefined =>
  late?.review && (late.review.found === 'taken' ? `taken into the record by ${name(late.review.by.by)}` : `left aside by ${name(late.review.by.by)}: ${late.review.reason}`)

const heavy = new Set<Entry['kind']>(['session-started.v1', 'dose-given.v1', 'dose-ended.v1', 'session-closed.v1', 'rescue-given.v1', 'emergency-step.v1'])

/** What its own author may take back or write again. Doses and who was there are never rewritten, only resolved. */
const correctable = (kind: Entry['kind']): boolean => kindRow(kind).corrected === 'note'

function struckBy(chart: Chart, entry: Entry): Entry[] {
  const chain: Entry[] = []
  for (let one = entry.amends; one !== undefined; ) {
    const before = chart.entry(one)
    if (!before || chain.includes(before)) break
    chain.push(before)
    one = before.amends
  }
  return chain
}
