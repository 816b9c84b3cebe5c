import { useState } from 'react'
import { saySpoken, spokenNotes } from '../../../../core/files/spoken.ts'
import { Button, Sheet, TextArea } from '../../../kit/index.ts'
import { Sound } from '../../files/Sound.tsx'
import type { Room } from '../room.ts'
import { useInRoom } from '../room-context.tsx'

/** Listened to and written out by whoever spoke it; everybody else may listen. */
export function SpokenSheet({ room, entry }: { readonly room: Room; readonly entry: string }) {
  const { show, run } = useInRoom()
  const now = spokenNotes(room.chart).find(({ spoken }) => spoken.id === entry)
  const [text, setText] = useState(now?.text ?? '')
  if (!now) return null
  const { spoken, written } = now
  const write = (holds: 'words' | 'nothing') => void run(() => room.write('spoken-note-written.v1', { spoken: spoken.id, holds, text: holds === 'words' ? text.trim() : '' }, written ? { amends: written.id } : {}))
  return (
    <Sheet open title="A spoken note" reach="100%" onClose={() => show(null)}>
      <div className="r-form">
        <p>{saySpoken(now)}</p>
        <Sound chartId={room.chartId} entry={spoken} connected={room.used.connection === 'live'} />
        {spoken.by === room.used.me.person
          ? <><TextArea label="Written out" optional hint="This is what the record reads." value={text} onChange={setText} maxLength={20_000} /><div className="k-buttons"><Button kind="primary" size="room" disabled={text.trim() === ''} onClick={() => write('words')}>Keep the words</Button><Button size="room" onClick={() => write('nothing')}>It holds nothing</Button></div></>
          : <p className="soft">{room.name(spoken.by)} spoke it and writes it out.</p>}
      </div>
    </Sheet>
  )
}
