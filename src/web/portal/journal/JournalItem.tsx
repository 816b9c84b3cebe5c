import { useState } from 'react'
import { sharedNow, type Shared } from '../../../core/files/journal.ts'
import { Button, Notice, Tag } from '../../kit/index.ts'
import { usePatient } from '../patient.tsx'
import { dayAndTime, fullDay } from '../times.ts'
import { FileOfPage } from './FileOfPage.tsx'
import { AWAY, readersOf, share, type JournalEntry, type JournalPage } from './journal-entries.ts'

/** One page of the journal, whose it is to see, and how it stands. */
export function JournalItem({ entry }: { readonly entry: JournalEntry }) {
  const { used, zone } = usePatient()
  const [asking, setAsking] = useState<'share' | 'take-back'>()
  const { page, stands } = entry
  const shared = sharedNow(entry.id, used.chart)
  const at = dayAndTime(entry.at, zone)
  const done = () => setAsking(undefined)
  return (
    <li>
      <div className="k-heading"><strong>{at}</strong><span><Tag>{stands === 'here' ? 'saved here, not sent yet' : stands === 'problem' ? 'problem: kept here, see above' : shared ? `shared on ${fullDay(shared.at, zone)}` : 'only for me'}</Tag></span></div>
      {page.kind !== 'journal.v1' && <FileOfPage page={page} when={at} />}
      {page.body.text && <p className="p-said">{page.body.text}</p>}
      {page.kind === 'journal.v1' && page.body.mood !== undefined && <p className="soft small">How I was: {page.body.mood} of 10</p>}
      {stands === 'saved' && !asking && <p><Button kind="plain" onClick={() => setAsking(shared ? 'take-back' : 'share')}>{shared ? 'Take back' : 'Share'}<span className="heard"> {whatItIs(page)} of {at}</span></Button></p>}
      {asking === 'share' && !shared && <Share page={page} onDone={done} />}
      {asking === 'take-back' && shared && <TakeBack shared={shared} onDone={done} />}
    </li>
  )
}

const whatItIs = ({ kind }: JournalPage) => (kind === 'journal-photo.v1' ? 'the photo' : kind === 'journal-voice.v1' ? 'the recording' : 'the entry')

/** Says who will be able to read it before it happens, by name. */
function Share({ page, onDone }: { readonly page: JournalPage; readonly onDone: () => void }) {
  const { used } = usePatient()
  const [problem, setProblem] = useState('')
  async function yes() {
    if (used.connection === 'away') { setProblem(AWAY); return }
    await share(page, used).then(onDone, () => setProblem('It could not be shared. Nothing has left your journal.'))
  }
  return (
    <div className="k-card k-stack">
      <p><strong>Share {whatItIs(page)}?</strong> {readersOf(used)} can then {page.kind === 'journal.v1' ? 'read' : 'open'} it, and whoever joins your care team later. Each opening is written down, and you can see it. You may take it back; what was seen until then stays seen.</p>
      {problem && <Notice urgent level="caution" what={problem} />}
      <div className="k-buttons"><Button kind="primary" onClick={() => void yes()}>Yes, share it</Button><Button onClick={onDone}>Keep it to myself</Button></div>
    </div>
  )
}

function TakeBack({ shared, onDone }: { readonly shared: Shared; readonly onDone: () => void }) {
  const { used } = usePatient()
  const [problem, setProblem] = useState('')
  const yes = () => void used.write('journal-taken-back.v1', { shared: shared.id }).then(onDone, () => setProblem('It could not be written down on this device. It is still shared.'))
  return (
    <div className="k-card k-stack">
      <p><strong>Take it back?</strong> {shared.kind === 'journal-shared.v1' ? 'It is then no longer shown among what you shared. What was read stays read, and its words stay in the record of your chart.' : 'Nobody but you can open it then. What was seen or heard stays so, and your record keeps that it was shared, with the line beside it.'}{used.connection === 'away' && ' It counts once the connection is back.'}</p>
      {problem && <Notice urgent level="caution" what={problem} />}
      <div className="k-buttons"><Button kind="primary" onClick={yes}>Yes, take it back</Button><Button onClick={onDone}>Leave it shared</Button></div>
    </div>
  )
}
