import type { Chart } from '../../../../core/chart/chart.ts'
import type { EntryOf } from '../../../../core/chart/entry.ts'
import { sameName } from '../../../../core/eligibility/medicine.ts'
import type { ConsentNow } from '../../../../core/course/consent.ts'

/** The last word on each thing of a list: a medicine stopped later is stopped, an illness that came back is back. */
function latestOf<Listed extends { readonly id: string }>(entries: readonly Listed[], nameOf: (entry: Listed) => string): Listed[] {
  return [...new Map(entries.map((entry) => [sameName(nameOf(entry)), entry])).values()]
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

export const consentWords: Record<ConsentNow['state'], string> = { signed: 'signed', 'older-version': 'signed in an older version', withdrawn: 'taken back', 'not-signed': 'not signed' }
