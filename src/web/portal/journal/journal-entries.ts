import type { Entry, EntryOf } from '../../../core/chart/entry.ts'
import type { Instant } from '../../../core/shared/time.ts'
import type { Act } from '../../sync/device-store.ts'
import { call, type UsedChart } from '../../sync/index.ts'

/** One page of a journal: written, a photo, or spoken. */
export type JournalPage = EntryOf<'journal.v1'> | EntryOf<'journal-photo.v1'> | EntryOf<'journal-voice.v1'>

export interface JournalEntry {
  readonly id: string
  readonly at: Instant
  readonly page: JournalPage
  /** Still only on this device, or refused by the server and kept here. */
  readonly stands: 'here' | 'saved' | 'problem'
}

const entryOf = (page: JournalPage, stands: JournalEntry['stands']): JournalEntry => ({ id: page.id, at: page.at, page, stands })

/** The journal as the server has it. It is a record of its own, which nobody else can open, and is not copied onto this device. */
export async function readJournal(chart: string): Promise<readonly JournalEntry[]> {
  const { entries } = await call('journal', { params: { chart }, query: {} })
  return entries.map((entry) => entryOf(entry as unknown as JournalPage, 'saved'))
}

/** What the server has and what still waits here, newest first. What has arrived since it was read is shown as well. */
export function together(read: readonly JournalEntry[], waiting: readonly Act[], written: readonly Entry[]): readonly JournalEntry[] {
  const here = waiting.flatMap(({ entries, problem }) => entries.map((entry) => entryOf(entry as JournalPage, problem ? 'problem' : 'here')))
  const byId = new Map([...written.map((entry) => entryOf(entry as JournalPage, 'saved')), ...here, ...read].map((entry) => [entry.id, entry]))
  return [...byId.values()].toSorted((a, b) => (a.at < b.at ? 1 : -1))
}

/** Shows one page to those who treat, as it stands. What is shared of a photo or a recording names its bytes, and copies none. */
export function share({ id, at, kind, body }: JournalPage, used: Pick<UsedChart, 'write'>): Promise<Entry> {
  const from = { journal: id, writtenAt: at, text: body.text }
  if (kind === 'journal.v1') return used.write('journal-shared.v1', from)
  return used.write('journal-file-shared.v1', { ...from, file: body.file, ...(kind === 'journal-photo.v1' ? { alt: body.alt } : { alt: '', lengthMs: body.lengthMs }) })
}

export const AWAY = 'Sharing needs the connection. Nothing was shared; try again when it is back.'

/** Who can open what she shares, by name. */
export const readersOf = ({ head }: Pick<UsedChart, 'head'>): string => {
  const names = [...new Set((head?.team ?? []).filter(({ role }) => role !== 'coordinator').map(({ name }) => name))]
  return names.length > 0 ? names.join(', ') : 'Those who treat you'
}
