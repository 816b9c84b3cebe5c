import type { Entry, EntryOf } from '../core/chart/entry.ts'
import { endings, fileNamedBy, notArrived } from '../core/files/file-named.ts'
import { minutesAndSeconds } from '../core/files/spoken.ts'
import { localDay, sayDay, sayTime } from '../core/shared/local-day.ts'
import type { Packed } from './outside/zip.ts'
import { hiddenStream, readEntries } from './store/charts.ts'
import type { Context } from './store/database.ts'
import { filesOf, type KeptFile } from './store/files.ts'

type Page = EntryOf<'journal.v1'> | EntryOf<'journal-photo.v1'> | EntryOf<'journal-voice.v1'>

/** A patient's own journal as she takes it along: one page of text, and beside it each photo and recording under the name it has there. */
export async function ownJournal(context: Context, chart: string, zone: string): Promise<readonly Packed[]> {
  const stream = await hiddenStream(context, chart, 'journal')
  const entries: readonly Entry[] = await readEntries(context, stream)
  const pages = entries.filter(isPage)
  if (pages.length === 0) return []
  const files = await filesOf(context, stream, pages.flatMap((page) => fileNamedBy(page)?.sha256 ?? []))
  const told = pages.map((page) => `${sayDay(page.at, zone)} ${localDay(page.at, zone).slice(0, 4)}, ${sayTime(page.at, zone)}\n${tell(page, files, zone)}\n`).join('\n')
  const beside = pages.flatMap((page) => { const file = fileOn(page, files); return file ? [{ name: nameOf(page, zone), bytes: file.bytes }] : [] })
  return [{ name: 'my-journal.txt', bytes: Buffer.from(told, 'utf8') }, ...beside]
}

const isPage = (entry: Entry): entry is Page => entry.kind === 'journal.v1' || entry.kind === 'journal-photo.v1' || entry.kind === 'journal-voice.v1'
const fileOn = (page: Page, files: ReadonlyMap<string, KeptFile>) => files.get(fileNamedBy(page)?.sha256 ?? '')

function nameOf(page: Page, zone: string): string {
  const type = fileNamedBy(page)!.type
  return `my-journal/${String(page.seq ?? 0).padStart(4, '0')} ${localDay(page.at, zone)} ${type === 'image/jpeg' ? 'photo' : 'recording'}.${endings[type]}`
}

function tell(page: Page, files: ReadonlyMap<string, KeptFile>, zone: string): string {
  if (page.kind === 'journal.v1') return page.body.text
  const what = page.kind === 'journal-photo.v1' ? `Photo${page.body.alt ? ` (${page.body.alt})` : ''}` : `Recording, ${minutesAndSeconds(page.body.lengthMs)}`
  return [`${what}: ${fileOn(page, files) ? nameOf(page, zone) : notArrived(page.body.file.type)}`, page.body.text].filter(Boolean).join('\n')
}
