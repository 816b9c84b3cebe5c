import type { Chart } from '../../core/chart/chart.ts'
import type { Entry } from '../../core/chart/entry.ts'
import { fileNamedBy, notArrived } from '../../core/files/file-named.ts'
import { journalTakenBack } from '../../core/files/journal.ts'
import { photoNow, takenBack } from '../../core/files/photo.ts'
import { escapeXml as safe } from '../../core/fhir/export/resource.ts'
import type { ExportSetting } from '../../core/fhir/export/writing.ts'

type Files = ExportSetting['files']

/** The picture or the sound that an entry names, inside the page itself; or, in its place, that it has not arrived, or is not shown. */
export function fileOnPage(entry: Entry, chart: Chart, files: Files): string {
  const named = fileNamedBy(entry)
  if (!named) return ''
  if (entry.kind === 'photo-taken.v1' && takenBack(entry, chart.all('photo-taken-back.v1'))) return '<p class="notice">This photo was taken back and is not shown. It stays in the record.</p>'
  if (entry.kind === 'journal-file-shared.v1' && journalTakenBack(entry, chart)) return '<p class="notice">The patient took this back, and it is not shown. That it was shared stays in the record.</p>'
  const data = files?.get(named.sha256)
  if (data === undefined) return `<p class="notice">${notArrived(named.type)}</p>`
  return named.type === 'image/jpeg' ? `<img class="photo" alt="${safe(pictured(entry))}" src="data:${named.type};base64,${data}">` : `<audio controls src="data:${named.type};base64,${data}"></audio>`
}

const pictured = (entry: Entry) => (entry.kind === 'journal-file-shared.v1' ? entry.body.alt || 'A photo of the journal, without a description' : 'Photo of the patient')

/** The face beside the name, or that there is none to know it by. */
export function photoOnPage(chart: Chart, files: Files): string {
  const now = photoNow(chart)
  if (now.state === 'there') return fileOnPage(now.photo, chart, files)
  return `<p class="small">${now.state === 'none' ? 'There is no photo on record.' : 'The photo was taken back, and is not shown.'}</p>`
}
