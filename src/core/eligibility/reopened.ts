import { merge, readChart, type Chart } from '../chart/chart.ts'
import { theServer, type Entry, type EntryOf, type StoredEntry } from '../chart/entry.ts'
import type { BodyOf } from '../chart/kinds.ts'
import type { MisuseRows } from '../misuse/rows.ts'
import { misuseNow, tellsOfMisuse } from '../misuse/signs.ts'
import type { Instant } from '../shared/time.ts'
import { metSince, reopeningsIn, type Reopening } from './clearance.ts'
import { endOf } from './clearance-end.ts'
import type { ScreeningLimits } from './limits.ts'
import { asReceived, byReceipt, isRead } from './replay.ts'
import type { EligibilityRule } from './rule.ts'
import type { MetRule } from './screen.ts'
import { screeningFacts } from './screening-facts.ts'

/** That the clearance in force was reopened, and that nothing on the chart says so yet. */
export interface Reopened {
  readonly clearance: EntryOf<'clearance.v1'>
  /** When the record received the entry by which it was found. */
  readonly at: Instant
  /** Every rule that was met at some moment and that no entry remembers with these facts. */
  readonly rules: readonly MetRule[]
  /** Those of them that an entry brought about, and neither time nor another edition of the rules. */
  readonly news: readonly MetRule[]
}

/** The rows it is judged by, and the name of their edition. */
export interface ReopeningRows {
  readonly rules: readonly EligibilityRule[]
  readonly limits: ScreeningLimits
  readonly edition: string
  /** Signs that a prescriber alone reads. Where they stop dosing, the clearance is reopened and says no more than that. */
  readonly misuse?: MisuseRows
}

/** Whether an entry can reopen a clearance: by what it says, or by what it takes back. */
export const mayReopen = (entry: Pick<Entry, 'kind' | 'session' | 'amends'>): boolean => isRead(entry) || tellsOfMisuse(entry) || (entry.amends !== undefined && entry.session === undefined)

/**
 * Whether the clearance in force was reopened by any of the entries after a number. Each is judged on the chart as it
 * stood when the record received it, so that what was entered and stopped in one go has reopened it all the same.
 * Just before each it is judged as well: what time alone had reopened is not lifted by the next entry either.
 */
export function reopenedSince(written: readonly StoredEntry[], after: number, rows: ReopeningRows): Reopened | undefined {
  const chart = readChart(written)
  const clearance = chart.latest('clearance.v1')
  if (clearance?.seq === undefined || clearance.body.decision !== 'cleared') return undefined
  const signed = clearance.seq
  const remembered = chart.all('clearance-reopened.v1').filter(({ body }) => body.clearance === clearance.id).flatMap(reopeningsIn)
  const rules = new Map<string, MetRule>()
  const news = new Map<string, MetRule>()
  let at: Instant | undefined
  const told = written.filter(mayReopen).toSorted((a, b) => a.seq - b.seq)
  for (const [place, entry] of told.entries()) {
    if (entry.seq <= after || entry.seq < signed) continue
    const before = metAt(readChart(told.slice(0, place)), clearance, entry.receivedAt, rows)
    const since = metAt(readChart(told.slice(0, place + 1)), clearance, entry.receivedAt, rows)
    for (const one of [...before, ...since]) {
      if (isRemembered(one, remembered)) continue
      at ??= entry.receivedAt
      rules.set(one.rule.id, one)
      if (since.includes(one) && (restsOn(one, entry) || !before.some(({ rule }) => rule.id === one.rule.id))) news.set(one.rule.id, one)
    }
  }
  return at === undefined ? undefined : { clearance, at, rules: [...rules.values()], news: [...news.values()] }
}

function metAt(chart: Chart, clearance: EntryOf<'clearance.v1'>, at: Instant, { rules, limits, misuse }: ReopeningRows): MetRule[] {
  if (chart.latest('clearance.v1')?.id !== clearance.id || at > endOf(clearance, limits)) return []
  return [...metSince(chart, clearance, screeningFacts(chart, at, limits), rules, limits), ...(misuse && misuseNow(chart, misuse).level === 'hold' ? [waitsForPrescriber(misuse)] : [])]
}

/** Everybody who treats reads that it waits for a prescriber. What for stands in entries that prescribers alone read, and is not repeated here. */
const waitsForPrescriber = ({ hold, tag, cites, verified, reviewBy }: MisuseRows): MetRule =>
  ({ rule: { ...hold, action: 'hold', version: 1, moment: 'screening', when: { any: [] }, plainly: '', codes: [], firedBy: 'test', screenedBy: '', basis: '', tag, cites, verified, reviewBy }, facts: [] })

const entriesOf = ({ facts }: Pick<Reopening, 'facts'>) => facts.flatMap(({ entries }) => entries)
const restsOn = (met: MetRule, { id }: Entry) => entriesOf(met).includes(id)

/** A rule that rests on something else than it rested on whenever it was written down is written down again. */
const isRemembered = (met: MetRule, remembered: readonly Reopening[]) => remembered.some((one) => one.rule.id === met.rule.id && entriesOf(met).every((id) => entriesOf(one).includes(id)))

/** What these rules find now on a chart to which nothing has to have come: a practice may have adopted them meanwhile. */
export function reopenedNow(written: readonly StoredEntry[], now: Instant, rows: ReopeningRows): Reopened | undefined {
  const chart = readChart(written)
  const clearance = chart.latest('clearance.v1')
  if (clearance?.body.decision !== 'cleared') return undefined
  const remembered = chart.all('clearance-reopened.v1').filter(({ body }) => body.clearance === clearance.id).flatMap(reopeningsIn)
  const met = metAt(chart, clearance, now, rows).filter((one) => !isRemembered(one, remembered))
  return met.length > 0 ? { clearance, at: now, rules: met, news: met } : undefined
}

/** What the server writes down of it. */
export const reopenedBody = ({ clearance, rules }: Reopened, edition: string): BodyOf<'clearance-reopened.v1'> => ({
  clearance: clearance.id, edition,
  rules: rules.map(({ rule, facts }) => ({
    rule: rule.id, says: rule.says, action: rule.action,
    facts: facts.map(({ fact, value, missing, entries }) => ({ fact, value: JSON.parse(JSON.stringify(value ?? null)), ...(missing && { missing }), entries: [...entries] })),
  })),
})

/**
 * The entries of a chart with what the server has yet to write down of a reopening. Between the commit of a fact and what
 * follows from it, and on a device before its entries are sent, a permission is judged as if that had been done.
 */
export function withReopening(written: readonly Entry[], after: number, rows: ReopeningRows): readonly Entry[] {
  const reopened = reopenedSince(numberedOn(written), after, rows)
  if (!reopened) return written
  const { at, clearance } = reopened
  return [...written, { id: `reopened ${clearance.id}`, kind: 'clearance-reopened.v1', at, writtenAt: at, by: theServer, device: theServer, body: reopenedBody(reopened, rows.edition) }]
}

/** What has no number yet, as the server will number it: on from the last one, in the order in which it was written. */
function numberedOn(written: readonly Entry[]): readonly StoredEntry[] {
  if (written.every(isStored)) return written
  let last = 0
  return merge(written).toSorted(byReceipt).map((entry) => {
    last = entry.seq ?? last + 1
    return { digest: '', ...entry, seq: last, receivedAt: entry.receivedAt ?? entry.writtenAt } as StoredEntry
  })
}

const isStored = (entry: Entry): entry is StoredEntry => entry.seq !== undefined && entry.receivedAt !== undefined

interface JudgedBy {
  readonly eligibility: readonly EligibilityRule[]
  readonly screening: ScreeningLimits
  readonly misuse?: MisuseRows
}
const judged = new WeakMap<Chart, WeakMap<JudgedBy['eligibility'], { readonly limits: ScreeningLimits; readonly chart: Chart }>>()

/**
 * A chart on a device as a permission is judged on it. A device does not know how far the server has come, so it goes
 * from the signature on; what the server has written down is found on the chart and counts once. Worked out once for
 * each state of the chart, since the rooms ask every second.
 */
export function judgedChart(chart: Chart, { eligibility: rules, screening: limits, misuse }: JudgedBy): Chart {
  const held = judged.get(chart)?.get(rules)
  if (held?.limits === limits) return held.chart
  const written = asReceived(chart)
  const more = withReopening(written, 0, { rules, limits, edition: 'on this device', ...(misuse && { misuse }) })
  const read = more === written ? chart : readChart(more)
  const known = judged.get(chart) ?? new WeakMap()
  judged.set(chart, known.set(rules, { limits, chart: read }))
  return read
}
