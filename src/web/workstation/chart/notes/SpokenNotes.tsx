import type { EntryOf } from '../../../../core/chart/entry.ts'
import { saySpoken, spokenNow } from '../../../../core/files/spoken.ts'
import { instant } from '../../../../core/shared/time.ts'
import { keepFile } from '../../../sync/index.ts'
import { RecorderPart } from '../../files/RecorderPart.tsx'
import { Sound } from '../../files/Sound.tsx'
import type { Spoken } from '../../../sync/making/use-recorder.ts'
import { useOpenChart } from '../open-chart.ts'
import { ActLine, useAct } from '../parts/act.tsx'
import { Part } from '../parts/Room.tsx'
import { WriteOut } from '../spoken/WriteOut.tsx'
import { exactTime } from '../words.ts'

type Recording = EntryOf<'psychotherapy-recording.v1'>
type Written = EntryOf<'psychotherapy-recording-written.v1'>

/** A psychotherapy note that is spoken: on its author's own stream as the written ones are, and read by nobody else. */
export function SpeakNote() {
  const { used, chartId } = useOpenChart()
  const act = useAct()
  const keep = ({ bytes, type, lengthMs, startedAtMs }: Spoken) => void act.run(async () => used.write('psychotherapy-recording.v1', { file: await keepFile(used.me.person, chartId, bytes, type), lengthMs }, { at: instant(startedAtMs) }))
  return <><RecorderPart onSpoken={keep} /><ActLine act={act} said="Kept in your own notes, to be written out." /></>
}

/** Spoken and not written out yet first. */
export function SpokenToOneself({ recordings, written }: { readonly recordings: readonly Recording[]; readonly written: readonly Written[] }) {
  const { chartId, used, zone } = useOpenChart()
  if (recordings.length === 0) return null
  const all = recordings.map((one) => spokenNow(one, written)).toReversed().toSorted((a, b) => Number(a.state !== 'not-written') - Number(b.state !== 'not-written'))
  return (
    <Part title="Spoken to yourself">
      {all.map((note) => (
        <div key={note.spoken.id} className="c-past">
          <p className="c-note">{saySpoken(note)}</p>
          <p className="c-written">{exactTime(note.spoken.at, zone)}</p>
          <Sound chartId={chartId} entry={note.spoken} connected={used.connection === 'live'} />
          <WriteOut of={note.spoken.id} text={note.text} written={note.state !== 'not-written'} onWrite={(body) => used.write('psychotherapy-recording-written.v1', body, note.written ? { amends: note.written.id } : {})} />
        </div>
      ))}
    </Part>
  )
}
