import type { DoseRoute } from '../chart/kinds/clearance.ts'
import { both, type Truth } from '../shared/truth.ts'
import { limitsFor } from './limits.ts'
import { boosterRowOf, doseRowOf, type BoosterRow, type DosingRows } from './rows.ts'

/** What is known at the moment a booster is asked for. Anything not known refuses it. */
export interface BoosterFacts {
  readonly route: DoseRoute
  readonly initialUg: number | undefined
  readonly boosterUg: number
  readonly weightG: number | undefined
  readonly age: number | undefined
  readonly firstSession: boolean | undefined
  readonly alreadyGiven: boolean
  readonly minutesSinceDose: number | undefined
  /** Minutes without any alert; undefined while one stands or a reading is missing. */
  readonly quietMin: number | undefined
  readonly orangeToday: boolean | undefined
  readonly moaaS: number | undefined
}

export interface BoosterCheck {
  readonly allowed: boolean
  readonly state: Truth
  readonly because: readonly { readonly id: string; readonly state: Truth; readonly says: string }[]
}

/** Whether a booster may be given now. Every condition has to hold; one that cannot be judged does not. */
export function checkBooster(facts: BoosterFacts, rows: DosingRows): BoosterCheck {
  const row = boosterRowOf(rows, facts.route)
  const parts = row ? [...whenParts(facts, row), ...sizeParts(facts, rows)] : [part('route', 'no', `A booster is not given by ${facts.route}.`)]
  const state = both(parts.map(({ state: truth }) => truth))
  return { allowed: state === 'yes', state, because: parts.filter(({ state: truth }) => truth !== 'yes') }
}

const part = (id: string, state: Truth, says: string) => ({ id, state, says })
const holds = <Value>(value: Value | undefined, test: (known: Value) => boolean): Truth => (value === undefined ? 'unknown' : test(value) ? 'yes' : 'no')

function whenParts(facts: BoosterFacts, row: BoosterRow) {
  const [from, to] = row.windowMin
  return [
    part('once', facts.alreadyGiven ? 'no' : 'yes', 'One booster was already given in this session.'),
    part('first-session', row.notInFirstSession ? holds(facts.firstSession, (first) => !first) : 'yes', 'There is no booster in a first session.'),
    part('age', holds(facts.age, (age) => age < row.ageBelow), `There is no booster from ${row.ageBelow} years on.`),
    part('window', holds(facts.minutesSinceDose, (minutes) => minutes >= from && minutes <= to), `A booster belongs between ${from} and ${to} minutes after the dose.`),
    part('quiet', holds(facts.quietMin, (minutes) => minutes >= row.quietMin), `The last ${row.quietMin} minutes have to be without any alert, with every value taken.`),
    part('orange', holds(facts.orangeToday, (orange) => !orange), 'There was an orange or red alert today.'),
    part('moaa-s', holds(facts.moaaS, (moaaS) => moaaS >= row.moaaSAtLeast), `MOAA/S has to be ${row.moaaSAtLeast} or more.`),
  ]
}

function sizeParts(facts: BoosterFacts, rows: DosingRows) {
  const row = doseRowOf(rows, facts.route)
  const softUg = row && softFor(row, facts.weightG)
  const total = facts.initialUg === undefined ? undefined : facts.initialUg + facts.boosterUg
  return [
    part('not-larger', holds(facts.initialUg, (initial) => facts.boosterUg <= initial), 'The booster is larger than the first dose.'),
    part('together', softUg === undefined ? 'unknown' : holds(total, (ug) => ug <= softUg), 'Dose and booster together go above the usual upper end.'),
  ]
}

/** A table in milligrams needs no weight; one per kilogram cannot be read without it. */
function softFor(row: Parameters<typeof limitsFor>[0], weightG: number | undefined): number | undefined {
  if (weightG !== undefined) return limitsFor(row, weightG).softUg
  return row.soft.ugPerKg === undefined && row.hard.ugPerKg === undefined ? limitsFor(row, 0).softUg : undefined
}
