import type { Chart } from '../chart/chart.ts'
import type { Entry, EntryDraft, EntryOf } from '../chart/entry.ts'
import type { EntryKind } from '../chart/kinds.ts'
import type { Instant } from '../shared/time.ts'

/** Whether a second person has held the paper beside what was typed: not yet, with something that is not so, or done. */
export type Compared = 'unchecked' | 'differs' | 'checked'

/** What stands beside an entry that was typed from paper. */
export interface Mark {
  readonly transcription: string
  /** Who wrote it on the paper, as the paper says; empty where it does not. */
  readonly paperBy: string
  readonly typedBy: string
  readonly typedAt: Instant
  readonly state: Compared
  readonly checkedBy?: string
}

export interface Transcription {
  readonly entry: EntryOf<'session-transcribed.v1'>
  readonly state: Compared
  /** The lines as they stand, corrections in the place of what they correct. */
  readonly lines: readonly { readonly entry: Entry; readonly by: string; readonly state: Compared; readonly says: string }[]
  readonly checks: readonly EntryOf<'transcription-checked.v1'>[]
}

/** What may be typed from paper. What binds somebody, or is a signature, is never among it: that takes its own act. */
export const transcribable: readonly EntryKind[] = [
  'vitals.v1', 'vitals-missed.v1', 'mental-status.v1', 'checked-in.v1', 'checked-out.v1', 'identity-checked.v1', 'photo-compared.v1', 'escort-arrived.v1', 'dose-prepared.v1', 'dose-confirmed.v1', 'dose-given.v1', 'dose-ended.v1',
  'side-effect.v1', 'symptom.v1', 'comfort.v1', 'signal.v1', 'rating.v1', 'music.v1', 'session-note.v1', 'rescue-given.v1', 'emergency-step.v1', 'discharge-assessed.v1', 'session-closed.v1',
]

/** A kind that may be typed, and in it nothing that only its author's own hand may give. */
export const mayBeTyped = ({ kind, body }: Pick<EntryDraft, 'kind' | 'body'>): boolean => transcribable.includes(kind) && !('signature' in body && body.signature !== undefined)

/** Nobody compares what they typed themselves. */
export const mayCompare = (transcription: Pick<Entry, 'by'>, person: string): boolean => transcription.by !== person

const read = new WeakMap<Chart, readonly Transcription[]>()

/** Everything on this chart that was typed from paper, oldest first. A check by whoever typed it is none. */
export function transcriptions(chart: Chart): readonly Transcription[] {
  const known = read.get(chart)
  if (known) return known
  const found = chart.all('session-transcribed.v1').map((entry) => transcriptionOf(chart, entry))
  read.set(chart, found)
  return found
}

function transcriptionOf(chart: Chart, entry: EntryOf<'session-transcribed.v1'>): Transcription {
  const checks = chart.all('transcription-checked.v1').filter((check) => check.body.transcription === entry.id && check.session === entry.session && mayCompare(entry, check.by))
  const first = new Map(entry.body.lines.map((line) => [line.entry, line.by]))
  const standing = chart.entries.flatMap((one) => {
    const origin = originOf(chart, one, first)
    return origin === undefined ? [] : [{ entry: one, origin, by: first.get(origin)!, ...comparedBy(checks, one.id) }]
  })
  const lines = standing.map(({ check: _check, origin: _origin, ...line }) => line)
  const here = new Set(standing.map(({ origin }) => origin))
  // A line that is not on this copy of the chart has been compared by nobody here.
  const state = entry.body.lines.some((line) => !here.has(line.entry)) || lines.some((line) => line.state === 'unchecked') ? 'unchecked' : lines.some((line) => line.state === 'differs') ? 'differs' : 'checked'
  return { entry, state, lines, checks }
}

/** The typed line that an entry is, or took the place of. */
function originOf(chart: Chart, entry: Entry, lines: ReadonlyMap<string, string>): string | undefined {
  const seen = new Set<string>()
  for (let one: Entry | undefined = entry; one && !seen.has(one.id); one = one.amends === undefined ? undefined : chart.entry(one.amends)) {
    if (lines.has(one.id)) return one.id
    seen.add(one.id)
  }
  return undefined
}

/** The newest word about exactly this version: one that was corrected since is compared anew. What was put right then has been compared as well. */
function comparedBy(checks: Transcription['checks'], id: string, stands = true): { readonly state: Compared; readonly says: string; readonly check: Transcription['checks'][number] | undefined } {
  for (const check of checks.toReversed()) {
    const said = check.body.compared.findLast((one) => (stands && (one.found === 'corrected' || one.found === 'struck') ? one.by === id : one.entry === id))
    if (said) return { state: said.found === 'differs' ? 'differs' : 'checked', says: said.says, check }
  }
  return { state: 'unchecked', says: '', check: undefined }
}

const marked = new WeakMap<Chart, ReadonlyMap<string, Mark>>()

/** The marks of all entries that were typed from paper, corrected versions too, by their ids. */
export function marksOf(chart: Chart): ReadonlyMap<string, Mark> {
  const known = marked.get(chart)
  if (known) return known
  const marks = new Map<string, Mark>()
  for (const { entry: transcription, checks } of transcriptions(chart)) {
    const first = new Map(transcription.body.lines.map((line) => [line.entry, line.by]))
    const versions = [...chart.entries, ...transcription.body.lines.flatMap((line) => chart.entry(line.entry) ?? [])]
    for (const entry of versions) {
      const origin = originOf(chart, entry, first)
      if (origin === undefined || marks.has(entry.id)) continue
      const { state, check } = comparedBy(checks, entry.id, chart.entries.includes(entry))
      marks.set(entry.id, { transcription: transcription.id, paperBy: first.get(origin)!, typedBy: entry.by, typedAt: entry.writtenAt, state, ...(check ? { checkedBy: check.by } : {}) })
    }
  }
  marked.set(chart, marks)
  return marks
}

const words: Record<Compared, string> = { unchecked: 'transcribed, not yet checked', differs: 'transcribed, differs from the paper', checked: 'transcribed' }

/** In two or three words, for a line that has little room. */
export const sayMark = (mark: Mark): string => words[mark.state]

/** By whose hand, where it was typed from paper: the paper's word for who, who typed it and who compared it. */
export function sayHand({ paperBy, typedBy, checkedBy, ...mark }: Mark, name: (person: string) => string): string {
  const checked = mark.state === 'checked' && checkedBy !== undefined ? `, checked by ${name(checkedBy)}` : ''
  return `${paperBy || 'not named on the paper'} (${sayMark({ ...mark, paperBy, typedBy })}: typed by ${name(typedBy)}${checked})`
}

/** How far one session is typed from paper; `none` where nothing of it is. The least compared speaks for all of it. */
export function comparedIn(chart: Chart, session: string): Compared | 'none' {
  const states = transcriptions(chart).filter(({ entry }) => entry.session === session).map(({ state }) => state)
  return states.length === 0 ? 'none' : states.find((state) => state === 'unchecked') ?? states.find((state) => state === 'differs') ?? 'checked'
}
