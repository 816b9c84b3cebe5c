import { useEffect, useRef, useState } from 'react'
import { instant } from '../../../../core/shared/time.ts'
import { notePhrases } from '../../../../knowledge/scales.ts'
import { Button, Sheet, TextArea } from '../../../kit/index.ts'
import { keepFile, useDevice } from '../../../sync/index.ts'
import { RecorderPart } from '../../files/RecorderPart.tsx'
import type { Spoken } from '../../../sync/making/use-recorder.ts'
import type { Room } from '../room.ts'
import { useInRoom } from '../room-context.tsx'
import { atOf, useWhen } from './when.tsx'

/** What was seen and said, in a word or in sentences. */
export function NoteSheet({ room, draft, onDraft }: { readonly room: Room; readonly draft: string; readonly onDraft: (change: (text: string) => string) => void }) {
  const { show, run } = useInRoom()
  const { when, field } = useWhen()
  const [tried, setTried] = useState(false)
  const how = atOf(when, room.now, room.zone)
  const record = () => {
    setTried(true)
    if (draft.trim()) void run(async () => { await room.write('session-note.v1', { text: draft.trim() }, how); onDraft((now) => (now === draft ? '' : now)) })
  }
  const { simulated } = useDevice() // In a drill nothing is recorded of anybody.
  const here = useRef(true)
  useEffect(() => { here.current = true; return () => { here.current = false } }, [])
  /** Pinned to the moment at which somebody began to speak. Kept after this sheet has closed as well, and then nothing else is closed by it. */
  const speak = ({ bytes, type, lengthMs, startedAtMs }: Spoken) =>
    void run(async () => room.write('spoken-note.v1', { file: await keepFile(room.used.me.person, room.chartId, bytes, type), lengthMs }, { at: instant(Date.parse(room.now) - Math.max(0, Date.now() - startedAtMs)) }), here.current ? null : 'stay')
  return (
    <Sheet open title="Note" reach="100%" onClose={() => show(null)}>
      {!simulated && <div className="r-form r-speak"><RecorderPart size="room" onSpoken={speak} /></div>}
      <form className="r-form" onSubmit={(event) => { event.preventDefault(); record() }}>
        <div className="r-tiles" role="group" aria-label="One touch">{notePhrases.map((phrase) => <Button key={phrase} size="room" onClick={() => void run(() => room.write('session-note.v1', { text: phrase }, how))}>{`Note: ${phrase}`}</Button>)}</div>
        <TextArea label="Note in words" optional value={draft} onChange={(text) => onDraft(() => text)} maxLength={4000} problem={tried && !draft.trim() ? 'There is nothing to record yet.' : undefined} onKeyDown={(event) => { if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) record() }} />
        {field}
        <div className="k-buttons"><Button kind="primary" size="room" type="submit">Record note</Button></div>
      </form>
    </Sheet>
  )
}
