import { useState } from 'react'
import type { Entry } from '../../../../core/chart/entry.ts'
import { useDevice, useShutActs } from '../../../sync/index.ts'
import { Button, DataPairs, EmptyState, Notice, Sheet, TextField } from '../../../kit/index.ts'
import { ShutNotice } from '../../files/ShutNotice.tsx'
import { broughtHere, broughtPairs, neverForget } from '../glance.ts'
import { wallTime, type Room } from '../room.ts'
import { PinField } from '../PinField.tsx'
import { useInRoom } from '../room-context.tsx'
import { say } from '../say.ts'

interface InSheet { readonly room: Room }

/** What was learned before, at the moment it is needed: what must never be forgotten, intention, agreements, and how the last session went. */
export function BeforeSheet({ room }: InSheet) {
  const { show } = useInRoom()
  return (
    <Sheet open title="Brought into today" reach="100%" onClose={() => show(null)}>
      <DataPairs wide pairs={[...neverForget(room), ...broughtPairs(broughtHere(room), room.zone)]} />
    </Sheet>
  )
}

/** What the server did not take, why, and what can be done. Nothing is thrown away without somebody saying so. */
export function ProblemsSheet({ room }: InSheet) {
  const { show, run } = useInRoom()
  const { used } = room
  const shut = useShutActs(used.me.person, room.chartId)
  return (
    <Sheet open title="Not taken by the server" reach="100%" onClose={() => show(null)}>
      <div className="r-form">
        <ShutNotice shut={shut} zone={room.zone} />
        {used.problems.length === 0 && shut.length === 0 && <EmptyState what="Nothing is waiting for you here." />}
        {used.problems.map((act) => (
          <Notice key={act.id} level="call" what={act.entries.map((entry) => say(entry, room)).join('; ')} kept={`Written ${wallTime(act.writtenAt, room.zone)} and kept on this device. ${act.problem?.say ?? ''}`} next={act.problem?.list.map(({ says }) => says).join(' ')}>
            <Button size="room" kind="primary" onClick={() => void run(() => used.retry(act.id), 'stay')}>Send it again</Button>
            <Remove onRemove={() => void run(() => used.withdraw(act.id), 'stay')} />
          </Notice>
        ))}
      </div>
    </Sheet>
  )
}

function Remove({ onRemove }: { readonly onRemove: () => void }) {
  const [sure, setSure] = useState(false)
  return sure ? <Button size="room" kind="danger" onClick={onRemove}>Yes, delete it from this device</Button> : <Button size="room" onClick={() => setSure(true)}>It did not happen</Button>
}

/** Takes back one's own line, with a reason; the old line stays, struck through. Readings are written again instead. */
export function CorrectSheet({ room, entry }: InSheet & { readonly entry: Entry }) {
  const { show, run } = useInRoom()
  const [reason, setReason] = useState('')
  const [text, setText] = useState(entry.kind === 'session-note.v1' ? entry.body.text : '')
  const amends = { amends: entry.id, at: entry.at }
  const said = say(entry, room)
  return (
    <Sheet open title="Correct" reach="100%" onClose={() => show(null)}>
      <div className="r-form">
        <p>{wallTime(entry.at, room.zone)} {said}</p>
        {entry.kind === 'session-note.v1' && (
          <>
            <TextField label="The note should say" value={text} onChange={setText} maxLength={4000} />
            <div className="k-buttons"><Button kind="primary" size="room" disabled={!text.trim() || text.trim() === entry.body.text} onClick={() => void run(() => room.write('session-note.v1', { text: text.trim() }, amends))}>Correct the note</Button></div>
          </>
        )}
        <TextField label="Why it was wrong" optional value={reason} onChange={setReason} maxLength={300} />
        <div className="k-buttons"><Button size="room" kind={entry.kind === 'session-note.v1' ? 'quiet' : 'primary'} onClick={() => void run(() => room.write('session-note.v1', { text: `Written by mistake${reason.trim() ? `: ${reason.trim()}` : ''}` }, amends))}>This was written by mistake</Button></div>
        <p className="soft">The line stays in the record, struck through, with your name on both.</p>
      </div>
    </Sheet>
  )
}

/** A PIN of one's own, which opens this screen again and signs. */
export function PinSheet() {
  const { show, run } = useInRoom()
  const device = useDevice()
  const [pin, setPin] = useState('')
  const [again, setAgain] = useState('')
  const [problem, setProblem] = useState<string>()
  const set = () => {
    if (pin !== again) { setProblem('The two are not the same.'); return }
    void run(() => device.setPin(pin))
  }
  return (
    <Sheet open title="My PIN" reach="100%" onClose={() => show(null)}>
      <form className="r-form" onSubmit={(event) => { event.preventDefault(); set() }}>
        <p>Four to eight digits that only you know. It opens this screen when it has locked, and signs. It needs the connection once.</p>
        <PinField label="New PIN" value={pin} onChange={setPin} />
        <PinField label="New PIN again" value={again} onChange={setAgain} problem={problem} />
        <div className="k-buttons"><Button kind="primary" size="room" type="submit" disabled={pin.length < 4}>Set PIN</Button></div>
      </form>
    </Sheet>
  )
}
