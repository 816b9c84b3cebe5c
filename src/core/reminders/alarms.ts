import type { Chart } from '../chart/chart.ts'
import type { DoseRoute } from '../chart/kinds/clearance.ts'
import type { DayAnswers } from '../chart/kinds/day.ts'
import type { Rulebook } from '../rulebook/book.ts'
import { orderInForce } from '../session/orders.ts'
import { preDoseGate } from '../session/predose.ts'
import type { GateRow, PreDoseRow } from '../session/rows.ts'
import type { Cited } from '../shared/cited.ts'
import { localClock, localDay } from '../shared/local-day.ts'
import { minutesBetween, type Instant } from '../shared/time.ts'

export interface DayAlarmWords extends Cited {
  readonly food: string
  readonly fluid: string
  readonly fastingUnclear: string
  readonly medicinesUnclear: string
  readonly medicinesNotAsTold: string
  readonly medicinesNotSure: string
  readonly alcohol: string
  readonly alcoholInPerson: string
  readonly noRide: string
  readonly rideRefused: string
}

export interface DayAlarm {
  readonly about: 'food' | 'fluid' | 'fasting' | 'medicines' | 'alcohol' | 'ride' | 'pressure'
  readonly says: string
}

export interface DayAlarmContext {
  readonly words: DayAlarmWords
  readonly fasting: GateRow['fasting']
  readonly preDose: PreDoseRow
  /** How the medicine will be given; without it the longest wait holds. */
  readonly route: DoseRoute | undefined
  readonly startsAt: Instant
  readonly zone: string
}

/** The same by the rules in force, for the order that holds on the day; without one the longest wait counts. */
export const alarmsOn = (chart: Chart, said: DayAnswers, { book, words, startsAt, zone }: Pick<DayAlarmContext, 'words' | 'startsAt' | 'zone'> & { readonly book: Pick<Rulebook, 'monitoring'> }): DayAlarm[] =>
  dayAlarms(said, { words, fasting: book.monitoring.gates.fasting, preDose: book.monitoring.preDose, route: orderInForce(chart, localDay(startsAt, zone))?.body.route, startsAt, zone })

/** Which answers a person here has to hear of at once. What was not answered alarms nobody by itself: that it is missing is said elsewhere. */
export function dayAlarms(said: DayAnswers, context: DayAlarmContext): DayAlarm[] {
  const { words } = context
  const when = <Said>(about: DayAlarm['about'], asked: Said | undefined, table: (said: Said) => string | undefined): DayAlarm[] => {
    const says = asked === undefined ? undefined : table(asked)
    return says === undefined ? [] : [{ about, says }]
  }
  return [
    ...when('food', said.lastFoodAt, (at) => tooClose(at, 'food', context)), ...when('fluid', said.lastFluidAt, (at) => tooClose(at, 'fluid', context)),
    ...when('fasting', said.fastingClear, (clear) => (clear ? undefined : words.fastingUnclear)),
    ...when('medicines', said.medicinesClear, (clear) => (clear ? undefined : words.medicinesUnclear)),
    ...when('medicines', said.medicines, (taken) => ({ 'as-told': undefined, 'not-as-told': words.medicinesNotAsTold, 'not-sure': words.medicinesNotSure })[taken]),
    ...when('alcohol', said.alcohol, (answer) => ({ no: undefined, yes: words.alcohol, 'in-person': words.alcoholInPerson })[answer]),
    ...when('ride', said.ride, (ride) => (ride === 'nobody' ? words.noRide : undefined)),
    ...pressureAlarms(said, context.preDose),
  ]
}

function tooClose(at: Instant, what: 'food' | 'fluid', { fasting, route, startsAt, zone, words }: DayAlarmContext): string | undefined {
  const row = route === undefined ? Object.values(fasting).reduce((longest, one) => (one.foodMin > longest.foodMin ? one : longest)) : fasting[route]
  const needed = what === 'food' ? row.foodMin : row.fluidMin
  return minutesBetween(at, startsAt) < needed ? `${words[what]} Last at ${localClock(at, zone)}; it begins at ${localClock(startsAt, zone)}. ${row.says}` : undefined
}

/** A pressure measured at home is held against the rules before a dose. It opens nothing: it is taken again in the room. */
function pressureAlarms({ systolicMmHg, diastolicMmHg }: DayAnswers, row: PreDoseRow): DayAlarm[] {
  const values = { ...(systolicMmHg === undefined ? {} : { systolicMmHg }), ...(diastolicMmHg === undefined ? {} : { diastolicMmHg }) }
  const found = preDoseGate({ values, baseline: 'known', symptoms: [] }, row).findings.filter(({ missing, gate }) => missing === undefined && gate !== 'caution')
  return found.map(({ says }) => ({ about: 'pressure', says: `${systolicMmHg ?? '–'}/${diastolicMmHg ?? '–'} mmHg at home. ${says}` }))
}
