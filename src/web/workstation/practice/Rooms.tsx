import { useState, type FormEvent } from 'react'
import { Button, Checkbox, CheckboxGroup, DateField, EmptyState, Notice, NumberField, Row, RowOpen, Rows, Stack, TextField } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { clock } from '../../sync/clock.ts'
import { newId } from '../../sync/new-id.ts'
import { Told } from '../desk/parts.tsx'
import { useAct } from '../desk/use-act.ts'
import { FormTitle } from './FormTitle.tsx'
import { KeepBar } from './KeepBar.tsx'
import { plainDay } from '../times.ts'
import type { Practice } from './PracticePage.tsx'

type RoomRow = Practice['rooms'][number]
export const locationsOf = (rooms: readonly RoomRow[]): readonly string[] => [...new Set(rooms.flatMap(({ planning }) => planning.location || []))].toSorted()
/** What does not come to an end by a date. */
const lasting: readonly string[] = ['recliner', 'quiet']
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
        : <Rows label="Rooms">{rooms.map((room) => <Row key={room.id} who={<RowOpen onOpen={() => setOpen(room)}>{room.name}</RowOpen>} where={[room.planning.location, room.dosing ? 'for medicine sessions too' : 'for talking'].filter(Boolean).join(', ')} missing={room.features.map((feature) => withEnd(feature, room)).join(', ') || 'nothing special in it'} />)}</Rows>}
      <Button onClick={() => setOpen({ id: newId(clock.ms()), name: '', features: [], dosing: false, planning: { location: '', capacity: 1, turnoverMin: 0, featuresUntil: {} } })}>Add a room</Button>
    </Stack>
  )
}

const withEnd = (feature: string, { planning }: RoomRow): string => {
  const until = planning.featuresUntil[feature]
  return `${featureNames[feature] ?? feature}${until ? `, good until ${plainDay(until)}` : ''}`
}

function RoomForm({ room, isNew, onLeave, onKept }: { readonly room: RoomRow; readonly isNew: boolean; readonly onLeave: () => void; readonly onKept: () => Promise<void> }) {
  const [draft, setDraft] = useState(room)
  const [capacity, setCapacity] = useState<number | null>(room.planning.capacity)
  const [turnoverMin, setTurnoverMin] = useState<number | null>(room.planning.turnoverMin)
  const planned = (more: Partial<RoomRow['planning']>) => setDraft((before) => ({ ...before, planning: { ...before.planning, ...more } }))
  const ends = (feature: string, until: string | null) => planned({ featuresUntil: { ...Object.fromEntries(Object.entries(draft.planning.featuresUntil).filter(([name]) => name !== feature)), ...(until ? { [feature]: until } : {}) } })
  const { pending, refusal, act } = useAct()
  const choices = [...new Set([...Object.keys(featureNames), ...room.features])].map((value) => ({ value, label: featureNames[value] ?? value }))
  const keep = (event: FormEvent) => {
    event.preventDefault()
    if (capacity === null || turnoverMin === null) return
    // What no longer stands in the room has no end either.
    const featuresUntil = Object.fromEntries(Object.entries(draft.planning.featuresUntil).filter(([feature]) => draft.features.includes(feature)))
    void act(() => call('keepRoom', { body: { ...draft, features: [...draft.features], planning: { ...draft.planning, featuresUntil, capacity, turnoverMin } } })).then((done) => done && onKept())
  }
  return (
    <form onSubmit={keep} aria-label={isNew ? 'A new room' : `Room ${room.name}`} className="p-form">
      <Stack>
        <FormTitle>{isNew ? 'A new room' : room.name}</FormTitle>
        <TextField label="Name of the room" maxLength={120} value={draft.name} onChange={(name) => setDraft({ ...draft, name })} />
        <CheckboxGroup label="What is in it" optional tile="11rem" choices={choices} value={draft.features} onChange={(features) => setDraft({ ...draft, features: [...features] })} />
        {draft.features.filter((feature) => !lasting.includes(feature)).map((feature) => <DateField key={feature} label={`${featureNames[feature] ?? feature}: good until`} optional hint="After this day no visit that asks for it is planned here." value={draft.planning.featuresUntil[feature] ?? null} onChange={(until) => ends(feature, until)} />)}
        <div className="d-fields">
          <TextField label="Where it is" optional hint="Only where the practice has more than one place." maxLength={80} value={draft.planning.location} onChange={(location) => planned({ location })} />
          <NumberField label="Patients at once" unit="people" min={1} max={60} value={capacity} onChange={setCapacity} />
          <NumberField label="Making it ready afterwards" unit="min" min={0} max={240} value={turnoverMin} onChange={setTurnoverMin} />
        </div>
        <Checkbox label="Medicine sessions may be held here" checked={draft.dosing} onChange={(dosing) => setDraft({ ...draft, dosing })} />
        <KeepBar refusal={refusal} pending={pending} kept={false} onLeave={onLeave}>Keep this room</KeepBar>
      </Stack>
    </form>
  )
}
