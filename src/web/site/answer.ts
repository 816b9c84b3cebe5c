import type { BodyOf } from '../../core/chart/kinds.ts'
import { dayAnswers, type DayAnswers } from '../../core/chart/kinds/day.ts'
import { dayNumber, wallOf } from '../../core/scheduling/zone.ts'
import { isWhereabouts } from '../../core/shared/us-states.ts'
import { localDay, plusDaysOf } from '../../core/shared/local-day.ts'
import { instant, type Instant } from '../../core/shared/time.ts'
import { one, type FormValues } from './practice.ts'

export interface AnswerAsked {
  readonly asks: 'day-before' | 'morning' | 'ride' | 'moved' | 'where'
  /** What the practice calls itself towards a stranger, and its telephone. */
  readonly from: string
  readonly phone: string
  readonly givenName: string
  readonly startsAt: Instant
  readonly zone: string
  readonly now: Instant
  /** Whether an adult is named already; who, is not shown. */
  readonly rideNamed: boolean
  readonly pressure: boolean
  /** Times that would change, or that have changed, and until when they are asked about. */
  readonly moved?: { readonly way: 'asked' | 'moved' | 'offered' | 'first-yes'; readonly until?: Instant | undefined; readonly changes: readonly { readonly from: Instant; readonly to: Instant; readonly online?: boolean | undefined }[] } | undefined
}

export type WhereSaid = Pick<BodyOf<'whereabouts.v1'>, 'state' | 'place' | 'phone' | 'company'>

export interface SaidByLink {
  readonly said: DayAnswers
  readonly ride?: { readonly name: string; readonly phone: string } | undefined
}
export type ReadAnswer =
  | { readonly ok: true; readonly answer: { readonly comes: boolean } | { readonly suits: boolean } | { readonly where: WhereSaid } | SaidByLink }
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> }

const yesNo = [{ value: 'yes', label: 'Yes' }, { value: 'no', label: 'No' }] as const
export const answerChoices = {
  comes: [{ value: 'yes', label: 'Yes, I will bring them home' }, { value: 'no', label: 'No, I cannot' }],
  suits: yesNo,
  company: [{ value: 'alone', label: 'Yes, nobody can hear me' }, { value: 'not-alone', label: 'No, somebody is near' }],
  fastingClear: yesNo, medicinesClear: yesNo,
  day: [{ value: 'today', label: 'Today' }, { value: 'yesterday', label: 'Yesterday' }],
  medicines: [{ value: 'as-told', label: 'Yes, as I was told' }, { value: 'not-as-told', label: 'No, not quite' }, { value: 'not-sure', label: 'I am not sure' }],
  alcohol: [{ value: 'no', label: 'No' }, { value: 'yes', label: 'Yes' }, { value: 'in-person', label: 'I would rather say it in person' }],
  /** Where nobody is named yet there is nobody who could still be coming. */
  ride: [{ value: 'coming', label: 'The adult I named is coming' }, { value: 'other', label: 'An adult I name below' }, { value: 'nobody', label: 'Nobody yet' }],
} as const

type Choice = keyof typeof answerChoices
const chosen = <Name extends Choice>(values: FormValues, name: Name, field: string = name): (typeof answerChoices)[Name][number]['value'] | undefined =>
  answerChoices[name].find(({ value }) => value === one(values, field))?.value

/** Reads what was sent. Each question is answered or the page comes back with all that was written; what is on no list is no answer. */
export function readAnswer(asked: AnswerAsked, values: FormValues): ReadAnswer {
  const problems: Record<string, string> = {}
  if (asked.asks === 'ride') {
    const comes = chosen(values, 'comes')
    return comes === undefined ? { ok: false, problems: { comes: 'Please say yes or no.' } } : { ok: true, answer: { comes: comes === 'yes' } }
  }
  if (asked.asks === 'moved') {
    const suits = chosen(values, 'suits')
    // Times that stand already need no yes.
    return suits === undefined || (suits === 'yes' && asked.moved?.way === 'moved') ? { ok: false, problems: { suits: 'Please press one of the buttons.' } } : { ok: true, answer: { suits: suits === 'yes' } }
  }
  if (asked.asks === 'where') {
    const where = readWhere(values, problems)
    return where ? { ok: true, answer: { where } } : { ok: false, problems }
  }
  const said = asked.asks === 'day-before' ? readDayBefore(values, problems) : readMorning(asked, values, problems)
  const { ride, named } = readRide(asked, values, problems)
  if (Object.keys(problems).length > 0) return { ok: false, problems }
  return { ok: true, answer: { said: { ...said, ...(ride === undefined ? {} : { ride }) }, ...(named ? { ride: named } : {}) } }
}

function readWhere(values: FormValues, problems: Record<string, string>): WhereSaid | undefined {
  const [state, place, phone, company] = [one(values, 'state'), one(values, 'place'), one(values, 'phone'), chosen(values, 'company')]
  if (!isWhereabouts(state)) problems['state'] = 'Choose the state you are in, or that you are outside the United States.'
  if (place.length < 3 || place.length > 300) problems['place'] = 'Write where you are, so that help would find you: street, number and town.'
  if (phone.replaceAll(/\D/g, '').length < 7 || phone.length > 40) problems['phone'] = 'Write a phone number with its area code.'
  if (!company) problems['company'] = 'Say whether you are alone.'
  return isWhereabouts(state) && company && Object.keys(problems).length === 0 ? { state, place, phone, company } : undefined
}

function readDayBefore(values: FormValues, problems: Record<string, string>): DayAnswers {
  const [fasting, medicines] = [chosen(values, 'fastingClear'), chosen(values, 'medicinesClear')]
  if (!fasting) problems['fastingClear'] = 'Please say whether eating and drinking is clear.'
  if (!medicines) problems['medicinesClear'] = 'Please say whether your medicines are clear.'
  return { fastingClear: fasting === 'yes', medicinesClear: medicines === 'yes' }
}

function readMorning(asked: AnswerAsked, values: FormValues, problems: Record<string, string>): DayAnswers {
  const medicines = chosen(values, 'medicines')
  const alcohol = chosen(values, 'alcohol')
  if (!medicines) problems['medicines'] = 'Please say whether you took your medicines as you were told.'
  if (!alcohol) problems['alcohol'] = 'Please answer about alcohol and cannabis, or say it in person.'
  const lastFoodAt = readMoment('food', asked, values, problems)
  const lastFluidAt = readMoment('fluid', asked, values, problems)
  const pressure = asked.pressure ? readPressure(values, problems) : {}
  return { ...(lastFoodAt ? { lastFoodAt } : {}), ...(lastFluidAt ? { lastFluidAt } : {}), ...(medicines ? { medicines } : {}), ...(alcohol ? { alcohol } : {}), ...pressure }
}

/** A day and an hour on the practice's wall. One that lies ahead is a slip. */
function readMoment(field: 'food' | 'fluid', { now, zone }: AnswerAsked, values: FormValues, problems: Record<string, string>): Instant | undefined {
  const day = chosen(values, 'day', `${field}Day`)
  const clock = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(one(values, `${field}Time`))
  const did = { food: 'ate', fluid: 'drank' }[field]
  if (!day) problems[`${field}Day`] = `Please choose the day on which you last ${did}.`
  if (!clock) problems[`${field}Time`] = `Please write the time at which you last ${did}, such as 21:30.`
  if (!day || !clock) return undefined
  const today = localDay(now, zone)
  const at = instant(wallOf(zone).edge(dayNumber(day === 'today' ? today : plusDaysOf(today, -1)), Number(clock[1]) * 60 + Number(clock[2])))
  if (at > now) problems[`${field}Time`] = 'This time lies ahead. Was it yesterday?'
  return at
}

function readPressure(values: FormValues, problems: Record<string, string>): DayAnswers {
  const [upper, lower] = [one(values, 'upper'), one(values, 'lower')]
  if (upper === '' && lower === '') return {}
  const read = pressure.safeParse({ systolicMmHg: Number(upper), diastolicMmHg: Number(lower) })
  if (read.success && read.data.systolicMmHg > read.data.diastolicMmHg) return read.data
  problems['upper'] = 'Please write both numbers as your device shows them, the higher one first, or leave both empty.'
  return {}
}
/** What may be written down at all; whether it is high is a rule's to say. */
const pressure = dayAnswers.pick({ systolicMmHg: true, diastolicMmHg: true }).required()

function readRide({ rideNamed }: AnswerAsked, values: FormValues, problems: Record<string, string>): { ride?: DayAnswers['ride']; named?: SaidByLink['ride'] } {
  const ride = chosen(values, 'ride')
  if (ride === 'nobody') return { ride }
  if (ride === 'coming' && rideNamed) return { ride }
  if (ride !== 'other') {
    problems['ride'] = 'Please say who brings you home, or that nobody does yet.'
    return {}
  }
  const [name, phone] = [one(values, 'rideName'), one(values, 'ridePhone')]
  if (name === '' || name.length > 200) problems['rideName'] = 'Please write the name of the adult.'
  if (phone.replaceAll(/\D/g, '').length < 7 || phone.length > 40) problems['ridePhone'] = 'Please write the phone number with its area code.'
  if (one(values, 'rideAdult') !== 'yes') problems['rideAdult'] = 'It has to be an adult.'
  return { ride: 'coming', named: { name, phone } }
}
