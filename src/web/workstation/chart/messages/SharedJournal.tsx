import { useState } from 'react'
import type { EntryOf } from '../../../../core/chart/entry.ts'
import { sharedFromJournal, type Shared } from '../../../../core/files/journal.ts'
import { minutesAndSeconds } from '../../../../core/files/spoken.ts'
import { Button, EmptyState, StatusLine } from '../../../kit/index.ts'
import { useFile } from '../../../sync/index.ts'
import '../../files/files.css'
import { useOpenChart } from '../open-chart.ts'
import { Part, Written } from '../parts/Room.tsx'
import { exactTime } from '../words.ts'

/** What the patient showed of the journal, newest first. What was taken back is said to have been, and not shown. */
export function SharedJournal() {
  const { chart, zone } = useOpenChart()
  const all = sharedFromJournal(chart).toReversed()
  return (
    <Part title="Journal pages the patient shared">
      {all.length === 0 && <EmptyState what="The journal is private. Pages the patient chooses to show appear here." />}
      {all.map(({ shared, back }) => (
        <div key={shared.id} className="c-past">
          {back ? <p className="soft">{whatWas(shared)} The patient took it back on {exactTime(back.at, zone)}. It is not shown any more.</p> : <Page shared={shared} />}
          <Written entry={shared} what="this journal page" />
        </div>
      ))}
    </Part>
  )
}

const whatWas = (shared: Shared) => (shared.kind === 'journal-shared.v1' ? 'A page.' : isPhoto(shared) ? 'A photo.' : 'A recording.')
const isPhoto = ({ body }: EntryOf<'journal-file-shared.v1'>) => body.file.type === 'image/jpeg'

function Page({ shared }: { readonly shared: Shared }) {
  const [open, setOpen] = useState(false)
  if (shared.kind === 'journal-shared.v1') return <p className="c-note">{shared.body.text}</p>
  const { alt, text, lengthMs = 0 } = shared.body
  const what = isPhoto(shared) ? 'photo' : 'recording'
  return <>
    <p><strong>{isPhoto(shared) ? 'A photo' : `A recording, ${minutesAndSeconds(lengthMs)}`}</strong>{alt && `: ${alt}`}</p>
    {text && <p className="c-note">{text}</p>}
    {open ? <Opened entry={shared} /> : <p><Button onClick={() => setOpen(true)}>{isPhoto(shared) ? 'Look at the photo' : 'Listen'}<span className="heard"> ({what} of the journal{alt && `: ${alt}`})</span></Button> <span className="soft small">The patient can see that it was opened.</span></p>}
  </>
}

/** Asked of the server each time, and kept on no device: each opening is written down, and what is taken back is gone from here. */
function Opened({ entry }: { readonly entry: EntryOf<'journal-file-shared.v1'> }) {
  const { chartId, used } = useOpenChart()
  const file = useFile(chartId, entry, used.connection === 'live', { copies: false })
  if (file.state === 'looking') return <p className="soft">Looking for it …</p>
  if (file.state === 'missing') return <StatusLine waiting>{file.say}</StatusLine>
  if (isPhoto(entry)) return <img className="f-page" src={file.url} alt={entry.body.alt || 'A photo of the journal; the patient has not described it'} />
  // The patient speaks here: nobody writes it out for her.
  // oxlint-disable-next-line jsx-a11y/media-has-caption
  return <audio className="f-sound" controls preload="metadata" src={file.url} aria-label="The patient’s recording" />
}
