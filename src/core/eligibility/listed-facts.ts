import type { Chart } from '../chart/chart.ts'
import type { EntryOf } from '../chart/entry.ts'
import type { BodyOf } from '../chart/kinds.ts'
import { daysBetween, type Instant } from '../shared/time.ts'
import { known, missing, type Diagnosis, type KnownList, type Missing, type NamedSubstance, type ScreeningFacts } from './facts.ts'
import { isFresh, type ScreeningLimits } from './limits.ts'
import { holdsPhrase, ingredientsIn, plainName, sameName } from './medicine.ts'

/** Which names nobody could read is known of every chart, if there are none. */
export type ListedFacts = Pick<ScreeningFacts, 'diagnoses' | 'medications' | 'medicinesToJudge' | 'medicinesStoppedUndated' | 'medicationsReconciled' | 'allergies'> & { readonly medicationsUnread: KnownList<string> }
type ListName = Extract<BodyOf<'list-reviewed.v1'>['list'], 'conditions' | 'medications' | 'allergies'>
const kindOf = { conditions: 'condition.v1', medications: 'medication.v1', allergies: 'allergy.v1' } as const
type Items<Value> = KnownList<Value>['items']

/** Reads conditions, medications and allergies. A list that nobody went through is missing, never empty. */
export function listedFacts(chart: Chart, now: Instant, limits: ScreeningLimits): ListedFacts {
  const { taken: medications, toJudge } = medicinesOn(chart, now, limits)
  const read = medications.map((entry) => ({ entry, ingredients: ingredientsOf(entry, limits) }))
  const unread = read.filter((one) => one.ingredients === undefined).map((one) => one.entry)
  const medicationItems = read.map(({ entry, ingredients }) => ({ value: { name: sayStopped(entry), plain: plainName(entry.body.name), ingredients: ingredients ?? [] }, entries: [entry.id] }))
  return {
    diagnoses: diagnosesOn(chart, limits),
    medications: listOf(chart, 'medications', medicationItems, unread.map((entry) => [entry.id, entry.body.name])),
    medicationsUnread: { state: 'known', items: unread.map((entry) => ({ value: entry.body.name, entries: [entry.id] })), entries: [] },
    medicinesToJudge: namesOf(toJudge.filter(({ body }) => body.stoppedOn !== undefined)),
    medicinesStoppedUndated: namesOf(toJudge.filter(({ body }) => body.stoppedOn === undefined)),
    medicationsReconciled: reconciled(chart, now, limits),
    allergies: listOf(chart, 'allergies', allergyItems(chart, limits), []),
  }
}

/**
 * Diagnoses by ICD-10-CM code. A condition without one cannot be read by a rule, and leaves the list known in
 * part: what matches counts, what does not match is unknown. An operation needs no code.
 */
function diagnosesOn(chart: Chart, limits: ScreeningLimits): KnownList<Diagnosis> | Missing {
  const conditions = latestByName(chart.all('condition.v1'), (entry) => entry.body.name)
  const coded = conditions.map((entry) => ({ entry, codes: codesIn(entry.body.codes, limits.codeSystems.icd10cm) }))
  const uncoded = coded.filter(({ entry, codes }) => codes.length === 0 && entry.body.category !== 'surgery')
  const intake = chart.latest('intake.v1')
  const indications = intake ? codesIn(intake.body.indications, limits.codeSystems.icd10cm) : []
  const items = [
    ...coded.flatMap(({ entry, codes }) => codes.map((code) => ({ value: { code, status: entry.body.status }, entries: [entry.id] }))),
    ...indications.map((code) => ({ value: { code, status: 'active' as const }, entries: [intake!.id] })),
  ]
  return listOf(chart, 'conditions', items, uncoded.map(({ entry }) => [entry.id, entry.body.name]))
}

function allergyItems(chart: Chart, limits: ScreeningLimits): Items<NamedSubstance> {
  const active = latestByName(chart.all('allergy.v1'), (entry) => entry.body.substance).filter((entry) => entry.body.status === 'active')
  return active.map(({ id, body }) => ({
    value: { name: body.substance, plain: plainName(body.substance), ingredients: ingredientsIn(plainName(body.substance), codesIn(body.codes, limits.codeSystems.rxnorm), limits.medicines) },
    entries: [id],
  }))
}

type Medicine = EntryOf<'medication.v1'>

/**
 * What is taken, and what was stopped so lately that it still counts; and apart from both what was stopped and no source
 * says how long one has to wait. Stopped on a later day is still taken. Without a day it was stopped at the latest when
 * that was written down.
 */
function medicinesOn(chart: Chart, now: Instant, limits: ScreeningLimits): { readonly taken: readonly Medicine[]; readonly toJudge: readonly Medicine[] } {
  const today = now.slice(0, 10)
  const all = latestByName(chart.all('medication.v1'), (entry) => entry.body.name)
  const isTaken = ({ body: { status, stoppedOn } }: Medicine) => (stoppedOn === undefined ? status === 'active' : stoppedOn > today || (status === 'active' && stoppedOn === today))
  const stopped = all.filter((entry) => !isTaken(entry)).map((entry) => ({ entry, rows: washoutsOf(entry, limits) }))
  const counts = ({ entry, rows }: (typeof stopped)[number]) => rows.some(({ stillCountsDays: days }) => days !== undefined && daysBetween(entry.body.stoppedOn ?? entry.at.slice(0, 10), today) <= days)
  const lately = new Set(stopped.filter(counts).map(({ entry }) => entry))
  return { taken: all.filter((entry) => isTaken(entry) || lately.has(entry)), toJudge: stopped.filter(({ rows }) => rows.some(({ stillCountsDays }) => stillCountsDays === undefined)).map(({ entry }) => entry) }
}

function washoutsOf({ body }: Medicine, limits: ScreeningLimits): ScreeningLimits['washouts'] {
  const ingredients = ingredientsIn(plainName(body.name), codesIn(body.codes, limits.codeSystems.rxnorm), limits.medicines)
  return limits.washouts.filter((row) => row.ingredients.some((one) => ingredients.includes(one)))
}

const sayStopped = ({ body: { name, status, stoppedOn } }: Medicine): string => (status === 'active' ? name : `${name}, stopped${stoppedOn === undefined ? '' : ` ${stoppedOn}`}`)
const namesOf = (entries: readonly Medicine[]): KnownList<string> => ({ state: 'known', items: entries.map((entry) => ({ value: sayStopped(entry), entries: [entry.id] })), entries: [] })

/** The ingredients of a medicine; `undefined` when neither its name nor a code says what it is. */
function ingredientsOf(entry: EntryOf<'medication.v1'>, limits: ScreeningLimits): string[] | undefined {
  const { name, codes } = entry.body
  const plain = plainName(name)
  const ingredients = ingredientsIn(plain, codesIn(codes, limits.codeSystems.rxnorm), limits.medicines)
  const isRead = ingredients.length > 0 || codes.length > 0 || limits.namesWithoutRule.some((other) => holdsPhrase(plain, other))
  return isRead ? ingredients : undefined
}

function reconciled(chart: Chart, now: Instant, limits: ScreeningLimits): ScreeningFacts['medicationsReconciled'] {
  const review = reviewOf(chart, 'medications')
  if (!review) return missing('not-asked')
  return isFresh('medicationsReconciled', review.at, now, limits) ? known(true, [review.id]) : missing('stale', [review.id])
}

/** A list as far as it is known: silence, "none", complete, or in part. */
function listOf<Value>(chart: Chart, list: ListName, items: Items<Value>, unread: readonly (readonly [entry: string, name: string])[]): KnownList<Value> | Missing {
  const review = reviewOf(chart, list)
  if (items.length === 0 && chart.all(kindOf[list]).length === 0) {
    if (!review) return missing('not-asked')
    if (!review.body.none) return missing('incomplete', [review.id])
  }
  const entries = review ? [review.id] : []
  if (unread.length > 0) return { state: 'known', items, entries, gap: { why: 'incomplete', entries: unread.map(([entry]) => entry), about: unread.map(([, name]) => name) } }
  return { state: 'known', items, entries, ...(!review && { gap: { why: 'not-asked', entries: [] } }) }
}

const reviewOf = (chart: Chart, list: ListName) => chart.latest('list-reviewed.v1', (entry) => entry.body.list === list)

/** The last word on each thing: a medicine stopped later is stopped, an illness that came back is back. */
export function latestByName<Listed extends { readonly id: string }>(entries: readonly Listed[], nameOf: (entry: Listed) => string): Listed[] {
  return [...new Map(entries.map((entry) => [sameName(nameOf(entry)), entry])).values()]
}

const codesIn = (codes: readonly { readonly system: string; readonly code: string }[], system: string) =>
  codes.filter((code) => code.system === system).map((code) => code.code)
