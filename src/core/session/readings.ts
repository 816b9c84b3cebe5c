import type { EntryOf } from '../chart/entry.ts'
import { minutesBetween, type Instant } from '../shared/time.ts'
import { compare, type SessionEntries } from './entries.ts'
import type { Baseline } from './judge.ts'
import type { Parameter, PreDoseRow, ReadingRow } from './rows.ts'

/** One number as somebody wrote it down. */
export interface Measured {
  readonly value: number
  readonly at: Instant
  readonly entry: string
}

const vitals: readonly Parameter[] = ['systolicMmHg', 'diastolicMmHg', 'heartRatePerMin', 'respiratoryRatePerMin', 'spo2Percent', 'temperatureDeciC']
const mental: readonly Parameter[] = ['moaaS', 'rass', 'orientation']
export const isVital = (parameter: string): boolean => (vitals as readonly string[]).includes(parameter)

/** Every value of one parameter in this session, oldest first. */
export function measured(entries: SessionEntries, parameter: Parameter): Measured[] {
  const found = isVital(parameter) ? entries.all('vitals.v1') : entries.all('mental-status.v1')
  return found.flatMap((entry) => {
    const value = (entry.body as Partial<Record<Parameter, number>>)[parameter]
    return value === undefined ? [] : [{ value, at: entry.at, entry: entry.id }]
  })
}

/** The parameters that one entry holds a value of. */
export function parametersOf(entry: EntryOf<'vitals.v1'> | EntryOf<'mental-status.v1'>): Parameter[] {
  const body = entry.body as Partial<Record<Parameter, number>>
  return [...vitals, ...mental].filter((parameter) => body[parameter] !== undefined)
}

export interface Mean {
  readonly value: number
  readonly at: Instant
  readonly facts: readonly string[]
  /** Whether there were as many readings, as far apart, as the row asks for. */
  readonly enough: boolean
}

/** The mean of the last readings, each at least so many minutes before the one after it. */
export function lastMean(values: readonly Measured[], row: Pick<PreDoseRow, 'pressureReadings' | 'apartMin'>): Mean | undefined {
  const newest = values.at(-1)
  if (!newest) return undefined
  const taken = [newest]
  for (const one of values.toReversed()) {
    const last = taken.at(-1)!
    if (taken.length < row.pressureReadings && minutesBetween(one.at, last.at) >= row.apartMin) taken.push(one)
  }
  return { value: taken.reduce((sum, one) => sum + one.value, 0) / taken.length, at: newest.at, facts: taken.map((one) => one.entry), enough: taken.length >= row.pressureReadings }
}

/** What later readings are compared with: the last values before the first dose. Nobody's screening of last month. */
export function baselineOf(entries: SessionEntries, firstDoseAt: Instant | undefined, row: PreDoseRow): Baseline {
  const before = (parameter: Parameter) => measured(entries, parameter).filter((one) => firstDoseAt === undefined || one.at <= firstDoseAt)
  const systolic = lastMean(before('systolicMmHg'), row)
  const diastolic = lastMean(before('diastolicMmHg'), row)
  const spo2 = before('spo2Percent').at(-1)
  return {
    ...(systolic ? { systolicMmHg: systolic.value } : {}), ...(diastolic ? { diastolicMmHg: diastolic.value } : {}), ...(spo2 ? { spo2Percent: spo2.value } : {}),
    facts: [...new Set([...(systolic?.facts ?? []), ...(diastolic?.facts ?? []), ...(spo2 ? [spo2.entry] : [])])],
  }
}

/** The moments at which a reading became complete: all values that belong to it, written within minutes of each other. */
export function completions(entries: SessionEntries, row: ReadingRow): Instant[] {
  const taken = takenValues(entries)
  return taken.flatMap(({ at }, index) => {
    if (taken[index + 1]?.at === at) return []
    const held = new Set<Parameter>()
    for (let back = index; back >= 0; back -= 1) {
      const one = taken[back]
      if (!one || !together(one.at, at, row)) break
      for (const parameter of one.parameters) held.add(parameter)
    }
    return row.needs.every((need) => held.has(need)) ? [at] : []
  })
}

const together = (at: Instant, end: Instant, row: ReadingRow) => at <= end && minutesBetween(at, end) <= row.togetherMin

/** What is still missing of the reading that is being taken at this moment. */
export function missingAt(entries: SessionEntries, row: ReadingRow, since: Instant, at: Instant): Parameter[] {
  const taken = takenValues(entries).filter((one) => one.at >= since && together(one.at, at, row))
  return row.needs.filter((need) => !taken.some((one) => one.parameters.includes(need)))
}

function takenValues(entries: SessionEntries): { at: Instant; parameters: readonly Parameter[] }[] {
  return [...entries.all('vitals.v1'), ...entries.all('mental-status.v1')].map((entry) => ({ at: entry.at, parameters: parametersOf(entry) })).toSorted((a, b) => compare(a.at, b.at))
}
