import type { Chart } from '../../../../core/chart/chart.ts'
import type { EntryOf } from '../../../../core/chart/entry.ts'
import { plainName } from '../../../../core/eligibility/medicine.ts'

/** The last word on each thing of a list: a medicine stopped later is stopped, an illness that came back is back. */
function latestOf<Listed extends { readonly id: string }>(entries: readonly Listed[], nameOf: (entry: Listed) => string): Listed[] {
  return [...new Map(entries.map((entry) => [plainName(nameOf(entry)), entry])).values()]
}

export type ListName = EntryOf<'list-reviewed.v1'>['body']['list']

/** When somebody last went through a list, and whether "none" was said. */
export const reviewOf = (chart: Chart, list: ListName) => chart.latest('list-reviewed.v1', ({ body }) => body.list === list)

export const medicinesOf = (chart: Chart) => latestOf(chart.all('medication.v1'), ({ body }) => body.name)
export const allergiesOf = (chart: Chart) => latestOf(chart.all('allergy.v1'), ({ body }) => body.substance)
export const conditionsOf = (chart: Chart) => latestOf(chart.all('condition.v1'), ({ body }) => body.name)

type Category = EntryOf<'condition.v1'>['body']['category']
const CATEGORIES: Readonly<Partial<Record<ListName, readonly Category[]>>> = { conditions: ['problem', 'indication'], surgeries: ['surgery'], genetic: ['genetic'] }

/** What stands on a list now, in a word each. */
export function namesOn(chart: Chart, list: ListName): string[] {
  if (list === 'medications') return medicinesOf(chart).filter(({ body }) => body.status === 'active').map(({ body }) => body.name)
  if (list === 'allergies') return allergiesOf(chart).filter(({ body }) => body.status === 'active').map(({ body }) => body.substance)
  return conditionsOf(chart).filter(({ body }) => CATEGORIES[list]?.includes(body.category) && body.status !== 'resolved').map(({ body }) => body.name)
}

/** A list in one line. Silence is never shown as "none". */
export function listInWords(chart: Chart, list: ListName): { readonly says: string; readonly known: boolean } {
  const names = namesOn(chart, list)
  const review = reviewOf(chart, list)
  if (names.length > 0) return { says: names.join(', '), known: review !== undefined }
  if (review?.body.none) return { says: 'none, as said', known: true }
  return { says: review ? 'gone through, nothing listed' : 'not asked yet', known: false }
}

/** The way a person goes home: named for the visit ahead, or for none in particular. */
export const escortOf = (chart: Chart, visit: string | undefined) => chart.latest('escort-named.v1', ({ body }) => body.visit === undefined || body.visit === visit)

/** A consent as it stands: signed, in the version of today or an older one, or taken back since. */
interface ConsentNow {
  readonly state: 'signed' | 'older-version' | 'withdrawn' | 'not-signed'
  readonly signed: EntryOf<'consent.v1'> | undefined
  readonly withdrawn: EntryOf<'consent-withdrawn.v1'> | undefined
}

export function consentNow(chart: Chart, { form, version }: { readonly form: string; readonly version: string }): ConsentNow {
  const signed = chart.latest('consent.v1', ({ body }) => body.form === form)
  const withdrawn = chart.latest('consent-withdrawn.v1', ({ body }) => body.form === form)
  const state = withdrawn && (!signed || withdrawn.at >= signed.at) ? 'withdrawn' : !signed ? 'not-signed' : signed.body.version === version ? 'signed' : 'older-version'
  return { state, signed, withdrawn }
}

export const consentWords: Record<ConsentNow['state'], string> = { signed: 'signed', 'older-version': 'signed in an older version', withdrawn: 'taken back', 'not-signed': 'not signed' }
export const touchWords: Record<EntryOf<'agreements.v1'>['body']['touch'], string> = { none: 'no touch', 'hands-only': 'hands only', 'hands-and-shoulders': 'hands and shoulders', 'as-agreed': 'as agreed in words' }

/** What holds about touch now. Taking the consent back outweighs whatever was agreed, and silence is no agreement. */
export function touchNow(chart: Chart, form: { readonly form: string; readonly version: string } | undefined): { readonly says: string; readonly note: string; readonly consent: ConsentNow['state'] | undefined } {
  const consent = form && consentNow(chart, form).state
  const agreed = chart.latest('agreements.v1')?.body
  if (consent === 'withdrawn') return { says: 'taken back: no touch', note: '', consent }
  return agreed ? { says: touchWords[agreed.touch], note: agreed.touchNote, consent } : { says: 'not agreed yet', note: '', consent }
}
