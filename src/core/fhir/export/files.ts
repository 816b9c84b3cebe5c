import type { Chart } from '../../chart/chart.ts'
import { notArrived, type NamedFile } from '../../files/file-named.ts'
import { photoNow } from '../../files/photo.ts'
import { saySpoken, spokenNow } from '../../files/spoken.ts'
import { narrative, own } from './resource.ts'
import { about, type ExportSetting, type Writer } from './writing.ts'

/** A file inside the bundle, so that nothing has to be fetched; one that is not here says so. */
function attachment({ sha256, bytes, type }: NamedFile, title: string, { files }: Pick<ExportSetting, 'files'>) {
  const data = files?.get(sha256)
  return { contentType: type, data, size: bytes, title: data === undefined ? `${title}. ${notArrived(type)}` : title }
}

/** The photo that is shown; one that was taken back leaves with no patient. */
export function photoOf(chart: Chart, setting: ExportSetting) {
  const now = photoNow(chart)
  return now.state === 'there' ? [{ ...attachment(now.photo.body.file, 'Photo of the patient', setting), creation: now.photo.at }] : []
}

export const writeSpokenNote: Writer<'spoken-note.v1'> = (entry, writing) => {
  const now = spokenNow(entry, writing.chart.all('spoken-note-written.v1'))
  const { subject, encounter } = about(entry, writing)
  return [{
    resourceType: 'DocumentReference', id: entry.id, text: narrative(saySpoken(now)), status: 'current', docStatus: now.state === 'not-written' ? 'preliminary' : 'final', type: own('note', 'spoken-note', 'Spoken note'),
    subject, date: entry.at, author: [writing.person(entry.by)], description: saySpoken(now).slice(0, 200), content: [{ attachment: attachment(entry.body.file, 'Spoken note', writing.setting) }], context: encounter && { encounter: [encounter] },
  }]
}
