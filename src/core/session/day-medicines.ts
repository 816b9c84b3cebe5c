import type { Chart } from '../chart/chart.ts'
import type { DoseRoute } from '../chart/kinds/clearance.ts'
import type { FactValue } from '../chart/facts.ts'
import type { ScreeningLimits } from '../eligibility/limits.ts'
import { listedFacts } from '../eligibility/listed-facts.ts'
import { holdsPhrase, sameName, type Medicine } from '../eligibility/medicine.ts'
import type { Cited } from '../shared/cited.ts'
import { dayStart, localDay, plusDaysOf } from '../shared/local-day.ts'
import { plusMinutes, type Instant } from '../shared/time.ts'
import { gateOf, met, notKnown, notMet, type Gate } from './gates.ts'
import type { Clock } from './session.ts'

/** A class of medicines that is asked about on the day of a session: from when on, and what holds. */
export interface DayOfRow extends Cited {
  readonly name: string
  readonly medicines: readonly Medicine[]
  /** From the beginning of the day, or of one so many days before it; or from so many hours before the dose. */
  readonly since: { readonly daysBefore: number } | { readonly hoursBefore: number }
  /** Only where the medicine is given so; without it, however it is given. */
  readonly routes?: readonly DoseRoute[]
  readonly says: string
}

/** One medicine of the list, or whatever else there may have been, with the moment from which on it is asked about. */
export interface MedicineToAsk {
  readonly medicine: string
  readonly since: Instant
  /** The rows it belongs to. A medicine whose name nobody could read may belong to any. */
  readonly rows: readonly DayOfRow[]
}

/** What is asked for everybody, since not everything that is taken stands on a list. */
export const ANYTHING_ELSE = 'anything else'

interface Reading {
  readonly rows: readonly DayOfRow[]
  readonly route: DoseRoute | undefined
  readonly limits: ScreeningLimits
  readonly clock: Clock
}

/** The medicines on the list that a row asks about, those that no rule can read, and last whatever else there was. Without a route the rows that hold for all of them. */
export function medicinesToAsk(chart: Chart, { rows: all, route, limits, clock }: Reading): readonly MedicineToAsk[] {
  const rows = all.filter(({ routes }) => routes === undefined || (route !== undefined && routes.includes(route)))
  const { medications, medicationsUnread } = listedFacts(chart, clock.now, limits)
  const asked = (medicine: string, own: readonly DayOfRow[]): MedicineToAsk[] => (own.length === 0 ? [] : [{ medicine, rows: own, since: own.map((row) => sinceOf(row, clock)).toSorted()[0]! }])
  const listed = medications.state === 'missing' ? [] : medications.items.flatMap(({ value }) => asked(value.name, rows.filter(({ medicines }) => medicines.some(({ ingredient, names = [] }) => value.ingredients.includes(ingredient) || [ingredient, ...names].some((name) => holdsPhrase(value.plain, name))))))
  const unread = medicationsUnread.items.flatMap(({ value }) => asked(value, rows))
  const named = [...new Map([...listed, ...unread].map((one) => [sameName(one.medicine), one])).values()]
  return [...named, ...asked(ANYTHING_ELSE, rows)]
}

const sinceOf = ({ since }: DayOfRow, { now, zone }: Clock): Instant =>
  'hoursBefore' in since ? plusMinutes(now, -since.hoursBefore * 60) : dayStart(plusDaysOf(localDay(now, zone), -since.daysBefore), zone)

/**
 * What was taken as needed too close to a dose, by the medicines on the list and by what was asked today. What is taken as
 * its prescriber says is shown and stops nothing: nobody here changes it. What nobody asked is not known, an answer counts
 * for its day, for the time it was asked about and no further, and the list itself has to be there.
 */
export function dayMedicinesGate(chart: Chart, reading: Reading): Gate {
  const { clock, limits } = reading
  const gate = (said: Parameters<typeof gateOf>[1]) => gateOf('day-medicines', said, true)
  const answer = chart.latest('fact.v1', ({ body }) => body.fact === 'medicinesOnTheDay')
  const facts = answer ? [answer.id] : []
  const ofToday = answer !== undefined && localDay(answer.at, clock.zone) === localDay(clock.now, clock.zone) && answer.at <= clock.now
  if (ofToday && answer.body.state !== 'answered') return gate(notMet('Which medicines were taken as needed is not known: the question was not answered.', facts))
  const said = ofToday && answer.body.state === 'answered' ? (answer.body.value as FactValue<'medicinesOnTheDay'>) : []
  const judged = medicinesToAsk(chart, reading).map((one) => ({ ...one, ...answerTo(one, said, answer?.at) }))
  const asNeeded = said.filter(({ taken }) => taken === 'as-needed').map(({ medicine }) => medicine)
  const unsure = said.filter(({ taken }) => taken === 'not-known').map(({ medicine }) => medicine)
  if (asNeeded.length > 0) return gate(notMet(`Taken as needed: ${asNeeded.join(', ')}. ${saysOf(judged, asNeeded)}`.trim(), facts))
  if (unsure.length > 0) return gate(notMet(`Nobody knows whether it was taken as needed: ${unsure.join(', ')}. ${saysOf(judged, unsure)}`.trim(), facts))
  const { medications } = listedFacts(chart, clock.now, limits)
  if (medications.state === 'missing' || medications.gap?.why === 'not-asked') return gate(notKnown('Nobody has gone through the list of medicines, so it is not known what to ask about.'))
  const open = judged.filter(({ state }) => state === undefined)
  if (open.length > 0) return gate(notKnown(`Nobody has asked today about: ${open.map(({ medicine }) => medicine).join(', ')}. ${saysOf(judged, open.map(({ medicine }) => medicine))}`.trim()))
  const prescribed = said.filter(({ taken }) => taken === 'as-prescribed').map(({ medicine }) => medicine)
  return gate(met(`Nothing was taken as needed in the time that was asked about.${prescribed.length > 0 ? ` As prescribed: ${prescribed.join(', ')}.` : ''}`, facts))
}

type Taken = FactValue<'medicinesOnTheDay'>[number]['taken']

/** A no counts for the time that was asked about; one that was said before that time began says nothing about it. */
function answerTo({ medicine, since }: MedicineToAsk, said: FactValue<'medicinesOnTheDay'>, at: Instant | undefined): { readonly state: Taken | undefined } {
  const one = said.find((each) => sameName(each.medicine) === sameName(medicine))
  const reaches = one !== undefined && at !== undefined && at >= since && one.since <= since
  return { state: one && (one.taken !== 'no' || reaches) ? one.taken : undefined }
}

const saysOf = (judged: readonly MedicineToAsk[], names: readonly string[]): string =>
  [...new Set(judged.filter(({ medicine }) => medicine !== ANYTHING_ELSE && names.includes(medicine)).flatMap(({ rows }) => (rows.length === 1 ? rows.map(({ says }) => says) : [])))].join(' ')

/** What was answered, as people say it. */
export const sayTaken: Readonly<Record<Taken, string>> = { no: 'no', 'as-needed': 'as needed', 'as-prescribed': 'as prescribed', 'not-known': 'not known' }
export const sayMedicines = (said: FactValue<'medicinesOnTheDay'>): string => (said.length === 0 ? 'none asked about' : said.map(({ medicine, taken }) => `${medicine}: ${sayTaken[taken]}`).join(', '))
