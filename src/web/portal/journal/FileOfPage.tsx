import { minutesAndSeconds } from '../../../core/files/spoken.ts'
import { useFile } from '../../sync/index.ts'
import { usePatient } from '../patient.tsx'
import type { JournalPage } from './journal-entries.ts'
import './journal.css'

type FilePage = Exclude<JournalPage, { readonly kind: 'journal.v1' }>

/** The photo or the recording of a page, from this device while it waits here and from the journal afterwards. No copy stays. */
export function FileOfPage({ page, when }: { readonly page: FilePage; readonly when: string }) {
  const { chartId, used } = usePatient()
  const file = useFile(chartId, page, used.connection === 'live', { copies: false })
  const isPhoto = page.kind === 'journal-photo.v1'
  if (file.state === 'looking') return <p className="soft">Looking for {isPhoto ? 'the photo' : 'the recording'} …</p>
  if (file.state === 'missing') return <p className="soft">{file.say}</p>
  return isPhoto
    ? <img className="p-picture" src={file.url} alt={page.body.alt || `My photo of ${when}, without a description`} />
    : <Listen url={file.url} lengthMs={page.body.lengthMs} when={when} />
}

/** A recording to listen to. Nothing of it is written out: its length and a line beside it are what can be read. */
export function Listen({ url, lengthMs, when }: { readonly url: string; readonly lengthMs: number; readonly when: string }) {
  return (
    <div className="p-listen">
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
      <audio controls preload="metadata" src={url} aria-label={`Recording of ${when}`} />
      <span className="soft small">Recording, {minutesAndSeconds(lengthMs)}</span>
    </div>
  )
}
