import { both, either, type Truth } from '../shared/truth.ts'
import type { AlertLevel, AlertRow, Bound, Flag, Level, Parameter, Symptom, Test } from './rows.ts'

/** Everything one threshold may look at, at one moment. What is left out is not known. */
export interface Subject {
  readonly values: Readonly<Partial<Record<Parameter, number>>>
  /** The number judged where the row watches distress or lateness. */
  readonly value?: number
  /** Before the first dose there is no baseline yet, which is not the same as a baseline that nobody took. */
  readonly baseline: Baseline | 'before-dose'
  readonly symptoms: readonly Symptom[]
  readonly flags: Readonly<Partial<Record<Flag, boolean>>>
  /** For how many minutes the number has stayed within a bound. */
  readonly heldMin?: (bound: Bound) => number
}

export interface Baseline {
  readonly systolicMmHg?: number
  readonly diastolicMmHg?: number
  readonly spo2Percent?: number
  readonly facts: readonly string[]
}

export interface Judgement {
  /** The highest level that the facts support. */
  readonly level: Level
  /** The highest level that the facts do not rule out: equal to `level` when nothing is missing. */
  readonly ceiling: Level
}

const levels: readonly AlertLevel[] = ['red', 'orange', 'yellow']

/** Judges one row. Missing facts widen the ceiling, they never lower the level. */
export function judge(row: AlertRow, subject: Subject): Judgement {
  const own = ownValue(row, subject)
  const truths = levels.map((level) => ({ level, truth: truthOf(row.levels[level], row, own, subject) }))
  const level = truths.find(({ truth }) => truth === 'yes')?.level ?? 'green'
  const ceiling = truths.find(({ truth }) => truth !== 'no')?.level ?? 'green'
  return { level: lowered(level, row, own, subject), ceiling: lowered(ceiling, row, own, subject) }
}

/** An exception counts only when every one of its facts is there. */
function lowered(level: Level, row: AlertRow, own: number | undefined, subject: Subject): Level {
  const { lowers } = row
  return lowers && level === lowers.from && truthOf(lowers.while, row, own, subject) === 'yes' ? lowers.to : level
}

export function ownValue(row: Pick<AlertRow, 'watches'>, subject: Subject): number | undefined {
  if (row.watches === 'symptom' || row.watches === 'hold') return undefined
  return row.watches === 'distress' || row.watches === 'lateness' ? subject.value : subject.values[row.watches]
}

function truthOf(test: Test | undefined, row: Pick<AlertRow, 'watches'>, own: number | undefined, subject: Subject): Truth {
  if (!test) return 'no'
  if ('any' in test) return either(test.any.map((part) => truthOf(part, row, own, subject)))
  if ('all' in test) return both(test.all.map((part) => truthOf(part, row, own, subject)))
  if ('symptom' in test) return test.symptom.some((symptom) => subject.symptoms.includes(symptom)) ? 'yes' : 'no'
  if ('flag' in test) return subject.flags[test.flag] ? 'yes' : 'no'
  if ('of' in test) return within(test.is, subject.values[test.of])
  if ('riseAtLeast' in test) return rise(test.riseAtLeast, row, own, subject.baseline)
  if ('held' in test) return subject.heldMin ? yesIf(subject.heldMin(test.held) >= test.forMin) : 'no'
  return within(test, own)
}

/** Whether any level of a row compares with the baseline. */
export const looksAtRise = (row: AlertRow): boolean => Object.values(row.levels).some(hasRise)
const hasRise = (test: Test): boolean => 'riseAtLeast' in test || ('any' in test && test.any.some(hasRise)) || ('all' in test && test.all.some(hasRise))

/** Whether any level of a row speaks of a symptom. One that it does not name it says nothing about, which is not the same as calm. */
export const namesSymptom = ({ levels }: Pick<AlertRow, 'levels'>, symptom: Symptom): boolean => Object.values(levels).some((test) => hasSymptom(test, symptom))
const hasSymptom = (test: Test, symptom: Symptom): boolean => ('symptom' in test && test.symptom.includes(symptom)) || ('any' in test && test.any.some((part) => hasSymptom(part, symptom))) || ('all' in test && test.all.some((part) => hasSymptom(part, symptom)))

/** One test of one number, for rules outside the alert table. */
export const holdsFor = (test: Test, watches: AlertRow['watches'], subject: Subject): Truth => truthOf(test, { watches }, ownValue({ watches }, subject), subject)

function rise(atLeast: number, row: Pick<AlertRow, 'watches'>, own: number | undefined, baseline: Subject['baseline']): Truth {
  if (baseline === 'before-dose') return 'no'
  const from = row.watches === 'systolicMmHg' || row.watches === 'diastolicMmHg' ? baseline[row.watches] : undefined
  return own === undefined || from === undefined ? 'unknown' : yesIf(own - from >= atLeast)
}

export function within(bound: Bound, value: number | undefined): Truth {
  if (value === undefined || Number.isNaN(value)) return 'unknown'
  if ('atLeast' in bound) return yesIf(value >= bound.atLeast)
  if ('above' in bound) return yesIf(value > bound.above)
  if ('below' in bound) return yesIf(value < bound.below)
  return yesIf(value <= bound.atMost)
}

const yesIf = (condition: boolean): Truth => (condition ? 'yes' : 'no')
