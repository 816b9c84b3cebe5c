import type { Chart } from '../chart/chart.ts'
import type { EntryOf } from '../chart/entry.ts'

/** A page, a photo or a recording of a journal as the team was shown it. */
export type Shared = EntryOf<'journal-shared.v1'> | EntryOf<'journal-file-shared.v1'>
export type TakenBack = EntryOf<'journal-taken-back.v1'>

/** What takes this back. Shared once more it is another entry, and stands again. */
export const journalTakenBack = (shared: Pick<Shared, 'id'>, chart: Pick<Chart, 'all'>): TakenBack | undefined => chart.all('journal-taken-back.v1').find(({ body }) => body.shared === shared.id)

/** Everything that was shared from the journal, oldest first, with what takes it back. */
export const sharedFromJournal = (chart: Pick<Chart, 'all'>): { readonly shared: Shared; readonly back: TakenBack | undefined }[] =>
  [...chart.all('journal-shared.v1'), ...chart.all('journal-file-shared.v1')].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).map((shared) => ({ shared, back: journalTakenBack(shared, chart) }))

/** What of one entry of the journal is shared now: the newest, unless it was taken back. */
export function sharedNow(journal: string, chart: Pick<Chart, 'all'>): Shared | undefined {
  const newest = sharedFromJournal(chart).findLast(({ shared }) => shared.body.journal === journal)
  return newest && !newest.back ? newest.shared : undefined
}
