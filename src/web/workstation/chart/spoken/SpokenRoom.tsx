import { saySpoken, spokenNotes, type SpokenNow } from '../../../../core/files/spoken.ts'
import { EmptyState, Tag } from '../../../kit/index.ts'
import { Sound } from '../../files/Sound.tsx'
import { useOpenChart } from '../open-chart.ts'
import { Part, Room, Written } from '../parts/Room.tsx'
import { exactTime } from '../words.ts'
import { WriteOut } from './WriteOut.tsx'

/** Every spoken note of this chart, those that nobody has written out first. */
export function SpokenRoom() {
  const { chart } = useOpenChart()
  const notes = spokenNotes(chart).toReversed().toSorted((a, b) => Number(a.state !== 'not-written') - Number(b.state !== 'not-written'))
  return (
    <Room title="Spoken notes" says="What was spoken in the room, to be listened to and written out by whoever spoke it. The record reads the words.">
      {notes.length === 0 && <EmptyState what="Nobody has spoken a note about this person." begin="In the session room, the note key also takes a spoken one." />}
      {notes.map((note) => <One key={note.spoken.id} note={note} />)}
    </Room>
  )
}

function One({ note }: { readonly note: SpokenNow }) {
  const { chart, chartId, used, name, zone, mayWrite } = useOpenChart()
  const { spoken, written, state } = note
  const session = chart.all('session-started.v1').find(({ id }) => id === spoken.session)
  const mine = spoken.by === used.me.person && mayWrite('spoken-note-written.v1')
  const how = { ...(spoken.session ? { session: spoken.session } : {}), ...(written ? { amends: written.id } : {}) }
  return (
    <Part title={`${name(spoken.by)}, ${exactTime(spoken.at, zone)}`} end={<Tag>{state === 'not-written' ? 'not yet written out' : state === 'words' ? 'written out' : 'holds nothing'}</Tag>}>
      <p className="c-note">{saySpoken(note)}{session && <span className="soft"> · session {session.body.number}</span>}</p>
      <Sound chartId={chartId} entry={spoken} connected={used.connection === 'live'} />
      {written && <Written entry={written} what="what was written out" />}
      {mine ? <WriteOut of={spoken.id} text={note.text} written={state !== 'not-written'} onWrite={(body) => used.write('spoken-note-written.v1', body, how)} /> : state === 'not-written' && <p className="soft">{name(spoken.by)} spoke it and writes it out.</p>}
    </Part>
  )
}
