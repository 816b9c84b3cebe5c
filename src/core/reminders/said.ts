import type { Chart } from '../chart/chart.ts'
import type { EntryOf } from '../chart/entry.ts'
import type { DayAnswers } from '../chart/kinds/day.ts'
import { dosedSessions } from '../measures/doses.ts'
import { daysFrom, localClock, localDay, plusDaysOf } from '../shared/local-day.ts'
import type { Instant } from '../shared/time.ts'
import type { CheckName } from './ladder.ts'

/** What the adult who was named has said last about this visit at this hour; nothing where somebody else was named since, or the visit has moved. */
export const rideSaid = (named: EntryOf<'escort-named.v1'> | undefined, answers: readonly EntryOf<'ride-answered.v1'>[], asked?: Asked): EntryOf<'ride-answered.v1'> | undefined =>
  named && answers.findLast(({ body }) => body.named === named.id && (asked === undefined || (body.visit === asked.visit && body.startsAt === asked.startsAt)))

/** The adult named for this visit, or for none in particular since the last dose. */
export function rideOf(chart: Chart, visit: string): EntryOf<'escort-named.v1'> | undefined {
  const lastDose = dosedSessions(chart).at(-1)?.firstDoseAt
  return chart.latest('escort-named.v1', ({ body, at }) => (body.visit === undefined ? lastDose === undefined || at > lastDose : body.visit === visit))
}

interface Asked {
  readonly visit: string
  readonly startsAt: Instant
}

/** Whether everything that a check has to know was answered; where something was left open, somebody asks. */
const isWhole = (check: CheckName, { fastingClear, medicinesClear, lastFoodAt, lastFluidAt, alcohol }: DayAnswers): boolean =>
  check === 'morning' ? lastFoodAt !== undefined && lastFluidAt !== undefined && alcohol !== undefined : fastingClear !== undefined && medicinesClear !== undefined

/**
 * The person's newest whole answers to a check of this visit. One that was given before the day on which it is asked belongs to
 * another hour: a visit that was moved is asked about anew.
 */
export function answersTo(chart: Chart, { visit, startsAt }: Asked, check: CheckName, zone: string): EntryOf<'day-answers.v1'> | undefined {
  const asked = plusDaysOf(localDay(startsAt, zone), check === 'morning' ? 0 : -1)
  return chart.latest('day-answers.v1', ({ body, at }) => body.visit === visit && body.check === check && isWhole(check, body.said) && localDay(at, zone) >= asked && at <= startsAt)
}

/** The answers as sentences, in the order in which they were asked. Hours are told from the day on which they were said. */
export function sayAnswers(said: DayAnswers, saidAt: Instant, zone: string): string[] {
  const days = (at: Instant) => daysFrom(localDay(at, zone), localDay(saidAt, zone))
  const time = (at: Instant) => `${localClock(at, zone)}${days(at) === 0 ? '' : days(at) === 1 ? ' the day before' : ` on ${localDay(at, zone)}`}`
  const say = <Said>(asked: Said | undefined, words: (said: Said) => string): string[] => (asked === undefined ? [] : [words(asked)])
  return [
    ...say(said.fastingClear, (clear) => (clear ? 'Knows when to stop eating and drinking.' : 'Does not know when to stop eating and drinking.')),
    ...say(said.medicinesClear, (clear) => (clear ? 'Knows which medicines to take.' : 'Does not know which medicines to take.')),
    ...say(said.lastFoodAt, (at) => `Last ate at ${time(at)}.`), ...say(said.lastFluidAt, (at) => `Last drank at ${time(at)}.`),
    ...say(said.medicines, (taken) => ({ 'as-told': 'Took the medicines as told.', 'not-as-told': 'Did not take the medicines as told.', 'not-sure': 'Is not sure about the medicines.' })[taken]),
    ...say(said.alcohol, (answer) => ({ no: 'No alcohol or cannabis in the two days before.', yes: 'Alcohol or cannabis in the two days before.', 'in-person': 'Says in person whether there was alcohol or cannabis.' })[answer]),
    ...say(said.ride, (ride) => (ride === 'coming' ? 'The adult named takes them home.' : 'Nobody takes them home.')),
    ...say(said.systolicMmHg ?? said.diastolicMmHg, () => `${said.systolicMmHg ?? '–'}/${said.diastolicMmHg ?? '–'} mmHg, measured at home.`),
  ]
}

export interface SaidBefore {
  readonly at: Instant
  readonly check: CheckName
  readonly via: 'link' | 'portal'
  readonly answers: DayAnswers
  readonly says: readonly string[]
}

/** All that the person said before this visit as it stands, newest first, in their own words' order: it informs, and somebody here confirms it. */
export function saidBefore(chart: Chart, { visit, startsAt }: Asked, zone: string): SaidBefore[] {
  const from = plusDaysOf(localDay(startsAt, zone), -1)
  const answers = chart.all('day-answers.v1').filter(({ body, at }) => body.visit === visit && localDay(at, zone) >= from)
  return answers.toReversed().map(({ at, body: { check, via, said } }) => ({ at, check, via, answers: said, says: sayAnswers(said, at, zone) }))
}
