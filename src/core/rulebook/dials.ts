import type { Condition } from '../eligibility/rule.ts'
import type { Bound, Test } from '../session/rows.ts'
import type { Rulebook } from './book.ts'
import type { BoundRow, DialRows, FloorRow } from './rows.ts'

export type Path = readonly (string | number)[]
export type DialValue = number | string
type Compare = 'atLeast' | 'moreThan' | 'above' | 'below' | 'atMost'

/** One figure or one strength that a practice may turn. */
export interface Dial {
  /** Where it stands, in words that stay: chapter, row, and what is compared how. */
  readonly id: string
  /** The row it stands in. */
  readonly row: string
  readonly name: string
  readonly unit: string
  /** How a threshold is compared; a plain figure and a strength have none. */
  readonly compare?: Compare
  readonly shipped: DialValue
  /** Which way is tighter: more is asked, fewer are let through, somebody is called sooner. */
  readonly tighter: 'higher' | 'lower'
  /** A number between two ends; or one of these words, mildest first. */
  readonly takes: { readonly between: readonly [number, number]; readonly step: number } | { readonly choices: readonly string[] }
  readonly floor?: FloorRow
  /** Everywhere the same figure stands in this row: a rule that names it twice is turned once. */
  readonly at: readonly Path[]
  readonly rowAt: Path
  /** Of a threshold: the fact, and whether the rule speaks from it upwards or downwards. */
  readonly speaks?: { readonly of: string; readonly from: 'upwards' | 'downwards' }
}

type Found = Omit<Dial, 'id' | 'floor' | 'at' | 'takes' | 'name' | 'unit' | 'tighter'> & { readonly base: string; readonly path: Path; readonly of: string; readonly fires: 'tighter' | 'looser'; readonly compare: Compare }

const known = new WeakMap<Rulebook, readonly Dial[]>()

/**
 * Every number a practice may turn, and how strongly a rule speaks, read out of the rows themselves: a new rule brings
 * its dials along. A number that has no span in the rows of dials is none, and a test of content names it.
 */
export function dialsOf(shipped: Rulebook, rows: DialRows): readonly Dial[] {
  const before = known.get(shipped)
  if (before) return before
  const dials = [...thresholds(shipped, rows), ...strengths(shipped, rows), ...figures(shipped, rows)].map((dial) => {
    const floor = rows.floors.find(({ holds }) => holds.some((pattern) => isLike(dial.id, pattern)))
    return floor ? { ...dial, floor } : dial
  })
  known.set(shipped, dials)
  return dials
}

const UPWARDS: readonly Compare[] = ['atLeast', 'moreThan', 'above']
const COMPARES: readonly Compare[] = ['atLeast', 'moreThan', 'above', 'below', 'atMost']

/** Every place where a rule compares a number, with what has no span yet. */
export function comparisonsIn(book: Rulebook): readonly Found[] {
  return [
    ...book.eligibility.flatMap((rule, place) => {
      const row = { row: rule.id, rowAt: ['eligibility', place] }
      return [...inCondition(rule.when, `eligibility/${rule.id}`, ['eligibility', place, 'when'], 'tighter', row), ...(rule.raises ? inCondition(rule.raises.when, `eligibility/${rule.id}/${rule.raises.flag}`, ['eligibility', place, 'raises', 'when'], 'tighter', row) : [])]
    }),
    ...book.monitoring.alerts.flatMap((alert, place) => {
      const at = ['monitoring', 'alerts', place]
      const row = { row: alert.id, rowAt: at }
      return [
        ...Object.entries(alert.levels).flatMap(([level, test]) => inTest(test, alert.watches, `alerts/${alert.id}/${level}`, [...at, 'levels', level], 'tighter', row)),
        // What lowers a level is looser the more often it holds.
        ...(alert.lowers ? inTest(alert.lowers.while, alert.watches, `alerts/${alert.id}/lowers`, [...at, 'lowers', 'while'], 'looser', row) : []),
      ]
    }),
    ...book.monitoring.preDose.rules.flatMap((rule, place) => {
      const at = ['monitoring', 'preDose', 'rules', place]
      return rule.when ? inTest(rule.when, rule.watches, `pre-dose/${rule.id}`, [...at, 'when'], 'tighter', { row: rule.id, rowAt: at }) : []
    }),
  ]
}

type Row = Pick<Dial, 'row' | 'rowAt'>

function inCondition(condition: Condition, base: string, path: Path, fires: Found['fires'], row: Row): Found[] {
  if ('any' in condition) return condition.any.flatMap((part, place) => inCondition(part, base, [...path, 'any', place], fires, row))
  if ('all' in condition) return condition.all.flatMap((part, place) => inCondition(part, base, [...path, 'all', place], fires, row))
  if ('not' in condition) return inCondition(condition.not, base, [...path, 'not'], fires === 'tighter' ? 'looser' : 'tighter', row)
  return 'fact' in condition ? compared(condition as unknown as Record<string, unknown>, condition.fact, base, path, fires, row) : []
}

function inTest(test: Test, of: string, base: string, path: Path, fires: Found['fires'], row: Row): Found[] {
  if ('any' in test) return test.any.flatMap((part, place) => inTest(part, of, base, [...path, 'any', place], fires, row))
  if ('all' in test) return test.all.flatMap((part, place) => inTest(part, of, base, [...path, 'all', place], fires, row))
  if ('of' in test) return compared(test.is, test.of, base, [...path, 'is'], fires, row)
  if ('riseAtLeast' in test) return [{ base, ...row, of: `${of}.rise`, compare: 'atLeast', shipped: test.riseAtLeast, path: [...path, 'riseAtLeast'], fires }]
  if ('held' in test) {
    return [...compared(test.held, of, base, [...path, 'held'], fires, row), { base, ...row, of: `${of}.held`, compare: 'atLeast', shipped: test.forMin, path: [...path, 'forMin'], fires }]
  }
  return compared(test as Bound, of, base, path, fires, row)
}

const compared = (test: Readonly<Record<string, unknown>> | Bound, of: string, base: string, path: Path, fires: Found['fires'], row: Row): Found[] =>
  COMPARES.flatMap((compare) => {
    const value = (test as Readonly<Record<string, unknown>>)[compare]
    return typeof value === 'number' ? [{ base, ...row, of, compare, shipped: value, path: [...path, compare], fires }] : []
  })

/** One dial for each figure of a row, however often the row names it. */
function thresholds(book: Rulebook, rows: DialRows): Dial[] {
  const groups = new Map<string, Found[]>()
  for (const one of comparisonsIn(book)) {
    const key = `${one.base}|${one.of}|${one.compare}|${one.fires}|${one.shipped}`
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  const named = new Map<string, number>()
  return [...groups.values()].flatMap((group): Dial[] => {
    const { base, row, rowAt, of, compare, shipped, fires } = group[0]!
    const isUpwards = UPWARDS.includes(compare) === (fires === 'tighter')
    const bound = rows.bounds.find((one) => one.of === of)
    const between = bound && spanOf(bound, compare)
    if (!bound || !between) return []
    const plain = `${base}/${of}.${compare}`
    const times = (named.get(plain) ?? 0) + 1
    named.set(plain, times)
    return [{
      id: times === 1 ? plain : `${plain}.${times}`, row, rowAt, name: bound.name, unit: bound.unit, compare, shipped, tighter: isUpwards ? 'lower' : 'higher',
      takes: { between, step: bound.step }, at: group.map(({ path }) => path), speaks: { of, from: isUpwards ? 'upwards' : 'downwards' },
    }]
  })
}

export const spanOf = (bound: BoundRow, compare: Compare) => (UPWARDS.includes(compare) ? bound.upwards : bound.downwards)

/** How strongly a rule speaks. A rule about what is missing speaks as it does. */
function strengths(book: Rulebook, rows: DialRows): Dial[] {
  const strength = (id: string, row: string, rowAt: Path, field: string, shipped: string, choices: readonly string[]): Dial[] =>
    choices.includes(shipped) ? [{ id, row, rowAt, name: 'what it does', unit: '', shipped, tighter: 'higher', takes: { choices }, at: [[...rowAt, field]] }] : []
  return [
    ...book.eligibility.flatMap((rule, place) => strength(`eligibility/${rule.id}/action`, rule.id, ['eligibility', place], 'action', rule.action, rows.strengths.rule)),
    ...book.monitoring.preDose.rules.flatMap((rule, place) => strength(`pre-dose/${rule.id}/gate`, rule.id, ['monitoring', 'preDose', 'rules', place], 'gate', rule.gate, rows.strengths.gate)),
  ]
}

function figures(book: Rulebook, rows: DialRows): Dial[] {
  return rows.figures.flatMap(({ at, name, unit, tighter, between, step }) =>
    placesOf(book, at.split('/')).map(({ id, path, value, rowAt, row }): Dial => ({ id, row, rowAt, name, unit, shipped: value, tighter, takes: { between, step }, at: [path] })))
}

interface Place { readonly id: string; readonly path: Path; readonly value: number; readonly rowAt: Path; readonly row: string }

/** Every number that a pattern names. Of an array a part is the row's id, or its place where rows have none. */
function placesOf(node: unknown, parts: readonly string[], id: readonly string[] = [], path: Path = [], owner: Pick<Place, 'rowAt' | 'row'> = { rowAt: [], row: '' }): Place[] {
  const [part, ...rest] = parts
  if (part === undefined) return typeof node === 'number' ? [{ id: id.join('/'), path, value: node, ...owner }] : []
  if (typeof node !== 'object' || node === null) return []
  const named = Array.isArray(node) ? node.map((child: unknown, place): [string, string | number, unknown] => [idOf(child) ?? String(place), place, child]) : Object.entries(node).map(([key, child]): [string, string | number, unknown] => [key, key, child])
  return named.filter(([name]) => part === '*' || part === name).flatMap(([name, key, child]) => {
    const row = idOf(child)
    return placesOf(child, rest, [...id, name], [...path, key], row === undefined ? owner : { rowAt: [...path, key], row })
  })
}

const idOf = (node: unknown): string | undefined => (typeof node === 'object' && node !== null && typeof (node as { id?: unknown }).id === 'string' ? (node as { id: string }).id : undefined)

const isLike = (id: string, pattern: string): boolean => {
  const [parts, wanted] = [id.split('/'), pattern.split('/')]
  return parts.length === wanted.length && wanted.every((want, place) => want === '*' || want === parts[place])
}

export type Way = 'tighter' | 'looser' | 'same'

/** Which way it is from one value to another. */
export function wayOf(dial: Dial, from: DialValue, to: DialValue): Way {
  const [a, b] = 'choices' in dial.takes ? [dial.takes.choices.indexOf(String(from)), dial.takes.choices.indexOf(String(to))] : [Number(from), Number(to)]
  if (a === b) return 'same'
  return (b > a) === (dial.tighter === 'higher') ? 'tighter' : 'looser'
}

const WORDS: Record<Compare, (value: DialValue) => string> = {
  atLeast: (value) => `${value} or more`, moreThan: (value) => `above ${value}`, above: (value) => `above ${value}`, below: (value) => `below ${value}`, atMost: (value) => `${value} or less`,
}

/** A value as it is read aloud: "160 or more mmHg". */
export const sayValue = ({ compare, unit }: Pick<Dial, 'compare' | 'unit'>, value: DialValue): string =>
  `${compare ? WORDS[compare](value) : String(value).replaceAll('_', ' ')}${unit ? ` ${unit}` : ''}${unit.startsWith('µg') && typeof value === 'number' ? ` (${inMilligrams(value)} mg${unit.slice(2)})` : ''}`

/** Orders are read in milligrams. */
const inMilligrams = (micrograms: number) => micrograms / 1_000
