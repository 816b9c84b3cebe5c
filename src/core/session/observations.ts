import type { Entry, EntryOf } from '../chart/entry.ts'
import { minutesBetween, type Instant } from '../shared/time.ts'
import type { SessionEntries } from './entries.ts'
import { judge, looksAtRise, within, type Baseline, type Subject } from './judge.ts'
import { isAbove } from './level.ts'
import { parametersOf } from './readings.ts'
import type { AlertRow, Bound, Level, MonitoringRows, Parameter, Symptom } from './rows.ts'

/** One row judged at one moment: by a reading, by a symptom that came or went, or by a rating. */
export interface Observation {
  readonly row: AlertRow
  /** What clears together: a row by itself, or one symptom of the symptom row. */
  readonly series: string
  readonly entry: string
  readonly at: Instant
  readonly level: Level
  readonly ceiling: Level
  readonly value?: number
  readonly symptom?: Symptom
  readonly facts: readonly string[]
  /** A symptom that went away is gone at once; numbers have to stay below for a while. */
  readonly gone?: true
}

interface Known {
  readonly values: Map<Parameter, { readonly value: number; readonly at: Instant; readonly entry: string }>
  readonly symptoms: Map<Symptom, string>
  readonly ratings: { readonly at: Instant; readonly value: number; readonly entry: string }[]
  askedToStopAt: Instant | undefined
}

interface Watching {
  readonly rows: MonitoringRows
  readonly baseline: Baseline
  readonly firstDoseAt: Instant | undefined
}

/** Judges every entry by what was known at its own time, in the order in which things happened. */
export function observe(entries: SessionEntries, watching: Watching): Observation[] {
  const known: Known = { values: new Map(), symptoms: new Map(), ratings: [], askedToStopAt: undefined }
  return entries.list.flatMap((entry) => observeOne(entry, known, watching))
}

function observeOne(entry: Entry, known: Known, watching: Watching): Observation[] {
  if (entry.kind === 'vitals.v1' || entry.kind === 'mental-status.v1') return reading(entry, known, watching)
  if (entry.kind === 'symptom.v1') return symptom(entry, known, watching)
  if (entry.kind === 'rating.v1' && entry.body.scale === 'distress') return rating(entry, known, watching)
  return entry.kind === 'signal.v1' && entry.body.signal === 'stop' ? stopSignal(entry, known, watching) : []
}

const mental: readonly AlertRow['watches'][] = ['moaaS', 'rass']
const notNumbers: readonly AlertRow['watches'][] = ['symptom', 'distress', 'lateness', ...mental]

function reading(entry: EntryOf<'vitals.v1'> | EntryOf<'mental-status.v1'>, known: Known, watching: Watching): Observation[] {
  const held = parametersOf(entry)
  const body = entry.body as Partial<Record<Parameter, number>>
  for (const parameter of held) known.values.set(parameter, { value: body[parameter]!, at: entry.at, entry: entry.id })
  // Every vitals entry is judged by every vitals row, so that a value that is not there shows as not judged.
  const rows = watching.rows.alerts.filter((row) => (entry.kind === 'vitals.v1' ? !notNumbers.includes(row.watches) : mental.includes(row.watches) && held.includes(row.watches as Parameter)))
  const values = entry.kind === 'vitals.v1' ? onlyOwn(body, held) : recent(known, entry.at, watching.rows.reading.togetherMin)
  const subject = subjectOf(entry.at, values, known, watching)
  return rows.map((row) => ({ row, series: row.id, entry: entry.id, at: entry.at, ...judge(row, subject), ...valueOf(row, values), facts: [entry.id, ...baselineFacts(row, subject)] }))
}

function symptom(entry: EntryOf<'symptom.v1'>, known: Known, watching: Watching): Observation[] {
  const { symptom: name, present } = entry.body
  const rows = watching.rows.alerts.filter((row) => row.watches === 'symptom')
  const series = (row: AlertRow) => `${row.id}:${name}`
  if (!present) {
    known.symptoms.delete(name)
    return rows.map((row) => ({ row, series: series(row), entry: entry.id, at: entry.at, level: 'green', ceiling: 'green', symptom: name, facts: [entry.id], gone: true }))
  }
  const before = [...known.symptoms.keys()]
  known.symptoms.set(name, entry.id)
  const own = { ...subjectOf(entry.at, {}, known, watching), symptoms: [name] }
  return [...rows.map((row): Observation => ({ row, series: series(row), entry: entry.id, at: entry.at, ...judge(row, own), symptom: name, facts: [entry.id] })), ...raisedBy(entry, before, known, watching)]
}

/** A pressure read before the symptom came may be an emergency now: it is judged again, under the symptom's own entry. */
function raisedBy(entry: EntryOf<'symptom.v1'>, before: readonly Symptom[], known: Known, watching: Watching): Observation[] {
  return watching.rows.alerts.filter((row) => !notNumbers.includes(row.watches)).flatMap((row) => {
    const newest = known.values.get(row.watches as Parameter)
    if (!newest) return []
    const now = subjectOf(newest.at, { [row.watches]: newest.value }, known, watching)
    const judged = judge(row, now)
    if (!isAbove(judged.level, judge(row, { ...now, symptoms: before }).level)) return []
    return [{ row, series: row.id, entry: entry.id, at: entry.at, ...judged, value: newest.value, facts: [entry.id, newest.entry, ...baselineFacts(row, now)] }]
  })
}

function rating(entry: EntryOf<'rating.v1'>, known: Known, watching: Watching): Observation[] {
  const before = known.ratings.at(-1)?.at ?? ''
  known.ratings.push({ at: entry.at, value: entry.body.value, entry: entry.id })
  const subject = distressed(entry.at, entry.body.value, known.askedToStopAt !== undefined && known.askedToStopAt > before, known, watching)
  return distressRows(watching).map((row) => ({ row, series: row.id, entry: entry.id, at: entry.at, ...judge(row, subject), value: entry.body.value, facts: [entry.id] }))
}

/** Whoever was rated as very distressed a moment ago and asks to stop now is in the same need as in the other order: the last rating is judged again, under the signal's own entry. */
function stopSignal(entry: EntryOf<'signal.v1'>, known: Known, watching: Watching): Observation[] {
  known.askedToStopAt = entry.at
  const last = known.ratings.at(-1)
  if (!last) return []
  const judged = (asks: boolean) => { const subject = distressed(entry.at, last.value, asks, known, watching); return (row: AlertRow) => judge(row, subject) }
  const [without, withIt] = [judged(false), judged(true)]
  return distressRows(watching).filter((row) => isAbove(withIt(row).level, without(row).level)).map((row) => ({ row, series: row.id, entry: entry.id, at: entry.at, ...withIt(row), value: last.value, facts: [entry.id, last.entry] }))
}

const distressRows = ({ rows }: Watching): readonly AlertRow[] => rows.alerts.filter((row) => row.watches === 'distress')
const distressed = (at: Instant, value: number, asksToStop: boolean, known: Known, watching: Watching): Subject => ({ ...subjectOf(at, {}, known, watching), value, heldMin: (bound) => heldMin(known, bound), flags: { asksToStop } })

/** For how long the ratings, up to the last one, have stayed within a bound without a break. */
function heldMin(known: Known, bound: Bound): number {
  const broken = known.ratings.findLastIndex((one) => within(bound, one.value) !== 'yes')
  const first = known.ratings[broken + 1]
  const last = known.ratings.at(-1)
  return first && last ? minutesBetween(first.at, last.at) : 0
}

function subjectOf(at: Instant, values: Subject['values'], known: Known, watching: Watching): Subject {
  const beforeDose = watching.firstDoseAt === undefined || at <= watching.firstDoseAt
  return {
    values, baseline: beforeDose ? 'before-dose' : watching.baseline, symptoms: [...known.symptoms.keys()],
    flags: { deepSedationExpected: watching.rows.deepSedation.expected },
  }
}

const onlyOwn = (body: Partial<Record<Parameter, number>>, held: readonly Parameter[]): Subject['values'] =>
  Object.fromEntries(held.map((parameter) => [parameter, body[parameter]]))

/** The newest values that still belong to this moment; an older saturation excuses nobody's deep sleep. */
function recent(known: Known, at: Instant, togetherMin: number): Subject['values'] {
  return Object.fromEntries([...known.values].filter(([, one]) => minutesBetween(one.at, at) <= togetherMin).map(([parameter, one]) => [parameter, one.value]))
}

function valueOf(row: AlertRow, values: Subject['values']): { value?: number } {
  const value = values[row.watches as Parameter]
  return value === undefined ? {} : { value }
}

const baselineFacts = (row: AlertRow, { baseline }: Subject): readonly string[] =>
  baseline === 'before-dose' || !looksAtRise(row) ? [] : baseline.facts
