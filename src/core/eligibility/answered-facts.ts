import type { Chart } from '../chart/chart.ts'
import type { EntryOf } from '../chart/entry.ts'
import type { FactName as ChartFact } from '../chart/facts.ts'
import { daysBetween, type Instant } from '../shared/time.ts'
import { known, missing, type FactValues, type Known, type KnownList, type ListItems, type Missing, type ScreeningFacts } from './facts.ts'
import { isFresh, type ScreeningLimits } from './limits.ts'
import { plainName } from './medicine.ts'

/** Facts that stand on the chart under the name and with the value that the rules ask for. */
const direct = [
  'sexAtBirth', 'psychosis', 'mania', 'moodStabilizer', 'ketamineMisuse', 'hoursSinceAlcohol', 'intoxicated', 'nyhaClass', 'qtcMs', 'ecgDone',
  'transaminaseTimesUpperLimit', 'childPugh', 'tsh', 'bpicSs', 'childbearingPotential', 'lactating', 'lorazepamEquivalentMg',
  'morphineEquivalentMg', 'opioidAgonistTreatment', 'hasCapacity', 'escortAvailable', 'pdmpChecked', 'untreatedSleepApnea', 'homeOxygen',
  'seizureUncontrolled', 'ketamineFromAnotherPrescriber', 'adequateTrials',
] as const satisfies readonly (ChartFact & keyof FactValues)[]
type Direct = (typeof direct)[number]

/** Times that grow by themselves, with the days in their unit. Only whole units are added: rounding never lifts a rule early. */
const growing = { weeksSinceCardiovascularEvent: 7, daysSincePsychiatricAdmission: 1 } as const
type Growing = keyof typeof growing

const lists = ['substanceUse', 'urineDrugScreenPositive'] as const

type FactEntry = EntryOf<'fact.v1'>
export type AnsweredFacts = Pick<ScreeningFacts, Direct | Growing | (typeof lists)[number]>

/** Reads `fact.v1` entries. The latest answer to each question counts, also when it is "I would rather not say". */
export function answeredFacts(chart: Chart, now: Instant, limits: ScreeningLimits): AnsweredFacts {
  const latest = new Map<string, FactEntry>(chart.all('fact.v1').map((entry) => [entry.body.fact, entry]))
  const read = (name: Direct | Growing) => readOne(name, latest.get(name), now, limits)
  const grown = (Object.keys(growing) as Growing[]).map((name) => [name, grow(read(name), latest.get(name), growing[name], now)])
  return {
    ...Object.fromEntries(direct.map((name) => [name, read(name)])),
    ...Object.fromEntries(grown),
    substanceUse: readList(latest.get('substanceUse'), (item: ListItems['substanceUse']) => ({ ...item, substance: plainName(item.substance) })),
    urineDrugScreenPositive: readList(latest.get('urineDrugScreenPositive'), (item: string) => item),
  } as AnsweredFacts
}

function readOne(name: Direct | Growing, entry: FactEntry | undefined, now: Instant, limits: ScreeningLimits): Known<unknown> | Missing {
  if (!entry) return missing('not-asked')
  if (entry.body.state !== 'answered') return missing(entry.body.state, [entry.id])
  return isFresh(name, entry.at, now, limits) ? known<unknown>(entry.body.value, [entry.id]) : missing('stale', [entry.id])
}

function grow(read: Known<unknown> | Missing, entry: FactEntry | undefined, unitDays: number, now: Instant): Known<unknown> | Missing {
  if (read.state === 'missing' || !entry) return read
  const units = Math.max(0, Math.floor(daysBetween(entry.at, now) / unitDays))
  return { ...read, value: Number(read.value) + units }
}

function readList<Item>(entry: FactEntry | undefined, read: (item: Item) => Item): KnownList<Item> | Missing {
  if (!entry) return missing('not-asked')
  if (entry.body.state !== 'answered') return missing(entry.body.state, [entry.id])
  const items = entry.body.value as unknown as readonly Item[]
  return { state: 'known', items: items.map((item) => ({ value: read(item), entries: [entry.id] })), entries: [entry.id] }
}
