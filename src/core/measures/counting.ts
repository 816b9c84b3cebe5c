import { both, either, opposite, type Truth } from '../shared/truth.ts'

/**
 * How answers become numbers, as data. `reversed` items count from the other end of their own scale; `times` multiplies
 * the result; `mayMiss` items may be without an answer where the author of a scale says so, and the mean is then of the others.
 * An item that was not asked, because an earlier answer closed its gate, has no value unless the author gives it one.
 */
export type Counting =
  | { readonly kind: 'sum'; readonly items: readonly string[]; readonly reversed?: readonly string[]; readonly times?: number; readonly unaskedCountsAs?: number }
  | { readonly kind: 'mean'; readonly items: readonly string[]; readonly reversed?: readonly string[]; readonly times?: number; readonly mayMiss?: number }
  /** The highest answer of each group, added up: several questions about one thing count once. */
  | { readonly kind: 'highest'; readonly groups: readonly (readonly string[])[] }
  /** How many of the items are answered with `from` or more. */
  | { readonly kind: 'count'; readonly items: readonly string[]; readonly from: number }

export type Scoring = (Counting | { readonly kind: 'none' }) & { readonly subscales?: Readonly<Record<string, Counting>> }

/** A sign in the answers. What is missing leaves it unknown, never no. */
export type Sign =
  /** Of these items at least `howMany` are answered with `from` or more. */
  | { readonly items: readonly string[]; readonly from: number; readonly howMany: number }
  /** The total, or the named subscale, reaches `atLeast`, or stays below `below`. */
  | { readonly score: string; readonly atLeast: number }
  | { readonly score: string; readonly below: number }
  | { readonly any: readonly Sign[] }
  | { readonly all: readonly Sign[] }
  | { readonly not: Sign }

/** What an author's own rule reads in the answers, beside any total. It is a finding of a scale, never a diagnosis. */
export interface FindingRule { readonly id: string; readonly says: string; readonly when: Sign }

/** What the counting needs to know of one item. */
export interface Counted {
  /** The value given, or null without a usable answer. */
  readonly value: number | null
  readonly min: number
  readonly max: number
  readonly asked: boolean
}
export type LookUp = (item: string) => Counted | undefined

/** The number that the answers amount to, or null where an item that the author needs has none. */
export function count(counting: Counting, of: LookUp): number | null {
  if (counting.kind === 'highest') return added(counting.groups.map((group) => highestOf(group, of)))
  if (counting.kind === 'count') return added(counting.items.map((item) => { const value = of(item)?.value ?? null; return value === null ? null : Number(value >= counting.from) }))
  const values = counting.items.map((item) => worth(counting, item, of(item)))
  const times = counting.times ?? 1
  if (counting.kind === 'sum') return scaled(added(values), times)
  const given = values.filter((value) => value !== null)
  if (given.length === 0 || values.length - given.length > (counting.mayMiss ?? 0)) return null
  return scaled(added(given), times / given.length)
}

/** The items that a counting reads. */
export const itemsOf = (counting: Counting | { readonly kind: 'none' }): readonly string[] =>
  counting.kind === 'none' ? [] : counting.kind === 'highest' ? counting.groups.flat() : counting.items

/** The lowest and the highest number that can come out, with every item answered. */
export function rangeOf(counting: Counting, of: LookUp): { readonly min: number; readonly max: number } | null {
  const turned = new Set('reversed' in counting ? counting.reversed : [])
  const end = (low: boolean) => count(counting, (id) => { const item = of(id); return item && { ...item, asked: true, value: low === turned.has(id) ? item.max : item.min } })
  const [min, max] = [end(true), end(false)]
  return min === null || max === null ? null : { min, max }
}

/** Judged by Kleene's strong logic over what is known. */
export function judgeSign(sign: Sign, of: LookUp, scores: Readonly<Record<string, number | null>>): Truth {
  if ('any' in sign) return either(sign.any.map((part) => judgeSign(part, of, scores)))
  if ('all' in sign) return both(sign.all.map((part) => judgeSign(part, of, scores)))
  if ('not' in sign) return opposite(judgeSign(sign.not, of, scores))
  if ('items' in sign) return enough(sign, of)
  const score = Object.hasOwn(scores, sign.score) ? scores[sign.score] : null
  if (score === null || score === undefined) return 'unknown'
  return ('atLeast' in sign ? score >= sign.atLeast : score < sign.below) ? 'yes' : 'no'
}

/** Items that were not asked count for nothing here: their gate said that they do not apply. */
function enough({ items, from, howMany }: Extract<Sign, { items: unknown }>, of: LookUp): Truth {
  const asked = items.map(of).filter((item) => item?.asked !== false)
  const sure = asked.filter((item) => (item?.value ?? -Infinity) >= from).length
  if (sure >= howMany) return 'yes'
  return sure + asked.filter((item) => (item?.value ?? null) === null).length >= howMany ? 'unknown' : 'no'
}

function worth(counting: Extract<Counting, { kind: 'sum' | 'mean' }>, id: string, item: Counted | undefined): number | null {
  if (!item) return null
  if (!item.asked && counting.kind === 'sum' && counting.unaskedCountsAs !== undefined) return counting.unaskedCountsAs
  if (item.value === null) return null
  return counting.reversed?.includes(id) ? item.min + item.max - item.value : item.value
}

function highestOf(group: readonly string[], of: LookUp): number | null {
  const values = group.map((id) => of(id)?.value ?? null)
  return values.reduce<number | null>((best, value) => (best === null || value === null ? null : Math.max(best, value)), values[0] ?? null)
}

function added(values: readonly (number | null)[]): number | null {
  let sum = 0
  for (const value of values) {
    if (value === null) return null
    sum += value
  }
  return sum
}

const scaled = (value: number | null, times: number): number | null => (value === null ? null : value * times)
