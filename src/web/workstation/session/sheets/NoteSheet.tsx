import { useState } from 'react'
import { notePhrases } from '../../../../knowledge/scales.ts'
import { Button, Sheet, TextArea } from '../../../kit/index.ts'
import type { Room } from '../room.ts'
import { useInRoom } from '../room-context.tsx'
import { atOf, useWhen } from './when.tsx'

/** What was seen and said, in a word or in sentences. */
export function NoteSheet({ room, draft, onDraft }: { readonly room: Room; readonly draft: string; readonly onDraft: (text: string) => void }) {
  const { show, run } = useInRoom()
  const { when, field } = useWhen()
  const [tried, setTried] = useState(false)
  const how = atOf(when, room.now, room.zone)
  const record = () => {
    setTried(true)
    if (draft.trim()) void run(async () => { await room.write('session-note.v1', { text: draft.trim() }, how); onDraft('') })
  }
  return (
    <Sheet open title="Note" reach="100%" onClose={() => show(null)}>
      <form className="r-form" onSubmit={(event) => { event.preventDefault(); record() }}>
        <div className="r-tiles" role="group" aria-label="One touch">{notePhrases.map((phrase) => <Button key={phrase} size="room" onClick={() => void run(() => room.write('session-note.v1', { text: phrase }, how))}>{`Note: ${phrase}`}</Button>)}</div>
        <TextArea label="Note in words" optional value={draft} onChange={onDraft} maxLength={4000} problem={tried && !draft.trim() ? 'There is nothing to record yet.' : undefined} onKeyDown={(event) => { if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) record() }} />
        {field}
        <div className="k-buttons"><Button kind="primary" size="room" type="submit">Record note</Button></div>
      </form>
    </Sheet>
  )
}
