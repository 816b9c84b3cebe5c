import { useState, type FormEvent } from 'react'
import { Button, Checkbox, CheckboxGroup, EmptyState, Notice, Row, RowOpen, Rows, Stack, TextField } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { clock } from '../../sync/clock.ts'
import { newId } from '../../sync/new-id.ts'
import { Told } from '../desk/parts.tsx'
import { useAct } from '../desk/use-act.ts'
import { FormTitle } from './FormTitle.tsx'
import { KeepBar } from './KeepBar.tsx'
import type { Practice } from './PracticePage.tsx'

type RoomRow = Practice['rooms'][number]
const featureNames: Record<string, string> = { recliner: 'Recliner', 'emergency-kit': 'Emergency kit', quiet: 'Quiet' }

/** The rooms, and what stands in each: the planner puts medicine only where the protocol's things are. */
export function Rooms({ rooms, onKept }: { readonly rooms: readonly RoomRow[]; readonly onKept: () => Promise<void> }) {
  const [open, setOpen] = useState<RoomRow>()
  const [said, setSaid] = useState('')
  if (open) return <RoomForm key={open.id} room={open} isNew={!rooms.some(({ id }) => id === open.id)} onLeave={() => setOpen(undefined)} onKept={async () => { setOpen(undefined); setSaid('The room is kept.'); await onKept() }} />
  return (
    <Stack>
      {said && <Told><Notice what={said} /></Told>}
      {rooms.length === 0
        ? <EmptyState what="No room has been entered yet." begin="Visits in person, and every medicine session, need one before they can be planned." />
        : <Rows label="Rooms">{rooms.map((room) => <Row key={room.id} who={<RowOpen onOpen={() => setOpen(room)}>{room.name}</RowOpen>} where={room.dosing ? 'for medicine sessions too' : 'for talking'} missing={room.features.map((feature) => featureNames[feature] ?? feature).join(', ') || 'nothing special in it'} />)}</Rows>}
      <Button onClick={() => setOpen({ id: newId(clock.ms()), name: '', features: [], dosing: false })}>Add a room</Button>
    </Stack>
  )
}

function RoomForm({ room, isNew, onLeave, onKept }: { readonly room: RoomRow; readonly isNew: boolean; readonly onLeave: () => void; readonly onKept: () => Promise<void> }) {
  const [draft, setDraft] = useState(room)
  const { pending, refusal, act } = useAct()
  const choices = [...new Set([...Object.keys(featureNames), ...room.features])].map((value) => ({ value, label: featureNames[value] ?? value }))
  const keep = (event: FormEvent) => {
    event.preventDefault()
    void act(() => call('keepRoom', { body: { ...draft, features: [...draft.features] } })).then((done) => done && onKept())
  }
  return (
    <form onSubmit={keep} aria-label={isNew ? 'A new room' : `Room ${room.name}`} className="p-form">
      <Stack>
        <FormTitle>{isNew ? 'A new room' : room.name}</FormTitle>
        <TextField label="Name of the room" maxLength={120} value={draft.name} onChange={(name) => setDraft({ ...draft, name })} />
        <CheckboxGroup label="What is in it" optional tile="11rem" choices={choices} value={draft.features} onChange={(features) => setDraft({ ...draft, features: [...features] })} />
        <Checkbox label="Medicine sessions may be held here" checked={draft.dosing} onChange={(dosing) => setDraft({ ...draft, dosing })} />
        <KeepBar refusal={refusal} pending={pending} kept={false} onLeave={onLeave}>Keep this room</KeepBar>
      </Stack>
    </form>
  )
}
