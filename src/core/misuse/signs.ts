import type { Chart } from '../chart/chart.ts'
import type { Entry, EntryOf } from '../chart/entry.ts'
import type { MisuseRows, MisuseSignRow, SignSource } from './rows.ts'

/** What an entry says about one sign. `open` is a finding that does not settle it. */
interface Told { readonly entry: string; readonly says: 'yes' | 'no' | 'open' }

export interface SignFound {
  readonly sign: MisuseSignRow
  /** Since the last review. Nothing that tells of it is no answer, and never a no. */
  readonly state: 'met' | 'not-met' | 'not-evaluable'
  readonly facts: readonly string[]
  /** What had told of it before, and a prescriber has looked at. */
  readonly reviewed: readonly string[]
}

export interface MisuseNow {
  readonly signs: readonly SignFound[]
  readonly count: number
  readonly level: 'none' | 'review' | 'hold'
  readonly lastReview: EntryOf<'misuse-reviewed.v1'> | undefined
}

/**
 * Signs of misuse, or of medicine going elsewhere, as a chart holds them: reported by the team, answered as a fact, or
 * counted from what a person brings along. Each counts once. What a review names as read counts no more; what reached
 * the chart without having been read does, whenever it happened. A sign judges nobody: a prescriber looks, and talks.
 */
export function misuseNow(chart: Chart, rows: MisuseRows): MisuseNow {
  const reviews = chart.all('misuse-reviewed.v1')
  const read = new Set(reviews.flatMap(({ body }) => body.read))
  const signs = rows.signs.map((sign) => found(sign, toldOf(chart, sign), read))
  const count = signs.filter(({ state }) => state === 'met').length
  return { signs, count, level: count >= rows.holdFrom ? 'hold' : count >= rows.reviewFrom ? 'review' : 'none', lastReview: reviews.at(-1) }
}

/** Whether an entry can tell of a sign, or answer them. */
export const tellsOfMisuse = ({ kind }: Pick<Entry, 'kind'>): boolean => kind === 'misuse-sign.v1' || kind === 'misuse-reviewed.v1' || kind === 'medicine-drawn.v1' || kind === 'fact.v1' || kind === 'measure-answered.v1'

function found(sign: MisuseSignRow, told: readonly Told[], read: ReadonlySet<string>): SignFound {
  const fresh = told.filter(({ entry }) => !read.has(entry))
  const met = fresh.filter(({ says }) => says === 'yes')
  const newest = fresh.at(-1)
  const reviewed = told.filter(({ entry, says }) => says !== 'no' && read.has(entry)).map(({ entry }) => entry)
  if (met.length > 0) return { sign, state: 'met', facts: met.map(({ entry }) => entry), reviewed }
  return { sign, state: newest?.says === 'no' ? 'not-met' : 'not-evaluable', facts: newest ? [newest.entry] : [], reviewed }
}

/** In the order of the chart, so that the newest word comes last. */
function toldOf(chart: Chart, { id, reads }: MisuseSignRow): readonly Told[] {
  const reported = chart.all('misuse-sign.v1').filter(({ body }) => body.sign === id).map((entry): Told => ({ entry: entry.id, says: entry.body.seen ? 'yes' : 'no' }))
  const place = new Map(chart.entries.map((entry, at) => [entry.id, at]))
  return [...reported, ...reads.flatMap((source) => readOf(chart, source))].toSorted((a, b) => place.get(a.entry)! - place.get(b.entry)!)
}

function readOf(chart: Chart, source: SignSource): readonly Told[] {
  if ('count' in source) return suppliesOf(chart)
  if ('instrument' in source) return answersOf(chart, source)
  return chart.all('fact.v1').flatMap(({ id, body }): Told[] => {
    if (body.fact !== source.fact || body.state !== 'answered') return []
    const value: unknown = body.value
    if ('below' in source) return typeof value === 'number' ? [{ entry: id, says: value < source.below ? 'yes' : 'no' }] : []
    const yes = Array.isArray(value) ? value.length > 0 : value === true
    return [{ entry: id, says: !yes ? 'no' : source.is === 'suggests' ? 'open' : 'yes' }]
  })
}

/** A question that was left open tells of nothing. */
function answersOf(chart: Chart, { instrument, item, atLeast }: Extract<SignSource, { readonly instrument: string }>): readonly Told[] {
  return chart.all('measure-answered.v1').flatMap(({ id, body }): Told[] => {
    const value = body.instrument === instrument ? body.answers[item] : undefined
    return typeof value === 'number' ? [{ entry: id, says: value >= atLeast ? 'yes' : 'no' }] : []
  })
}

/**
 * What a person brings along, counted before and after. Fewer than were left over last time, or another difference than
 * the pieces that were taken, is a sign; more than were left over may be a new supply, and leaves it open. Without a count there is no answer.
 */
function suppliesOf(chart: Chart): readonly Told[] {
  const drawn = chart.all('medicine-drawn.v1').filter(({ body }) => body.from === 'own-supply')
  return drawn.flatMap(({ id, body: { countedBefore: before, countedAfter: after, measure, quantity } }, at): Told[] => {
    const left = drawn[at - 1]?.body.countedAfter
    const between = before === undefined || left === undefined ? undefined : before < left ? 'yes' : before > left ? 'open' : 'no'
    const within = before === undefined || after === undefined || quantity === undefined || measure !== 'piece' ? undefined : before - after === quantity ? 'no' : 'yes'
    const both = [between, within]
    if (both.every((one) => one === undefined)) return []
    return [{ entry: id, says: both.includes('yes') ? 'yes' : both.includes('open') ? 'open' : 'no' }]
  })
}
