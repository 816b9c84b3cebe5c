import { useState } from 'react'
import type { BodyOf } from '../../../../core/chart/kinds.ts'
import { Button, Notice, RadioTiles, Sheet, TextArea } from '../../../kit/index.ts'
import type { Room } from '../room.ts'
import { useInRoom } from '../room-context.tsx'

type Closed = BodyOf<'session-closed.v1'>

/** The end of the record, apart from the end of the medicine. What arrives later is kept in its own lane. */
export function CloseSheet({ room }: { readonly room: Room }) {
  const { show, run } = useInRoom()
  const { check } = room.session.discharge
  const dosed = room.session.doses.steps.length > 0
  const [chosen, setHow] = useState<Closed['how'] | null>(null)
  const [felt, setTolerance] = useState<Closed['tolerance'] | null>(null)
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const ways = dosed
    ? [{ value: 'discharged', label: 'Discharged', hint: check.ready ? 'Every rule is met and two people have signed.' : 'Not yet: something is missing.', disabled: !check.ready }, { value: 'left-before-discharge', label: 'Left before discharge', hint: 'Call the prescriber and the person who was to come; look in on them today.' }, { value: 'transferred', label: 'Transferred' }] as const
    : [{ value: 'not-dosed', label: 'No dose was given' }, { value: 'transferred', label: 'Transferred' }] as const
  // A dose may reach this device while the sheet is open: what was chosen before, and cannot be so any more, is asked again.
  const how = ways.some(({ value }) => value === chosen) ? chosen : null
  const tolerance = dosed ? felt : 'not-dosed'
  const needsNote = how === 'left-before-discharge' || how === 'transferred'
  const blocked = how === 'discharged' && !check.ready
  const close = () => {
    setTried(true)
    if (!how || !tolerance || blocked || (needsNote && !note.trim())) return
    void run(() => room.write('session-closed.v1', { how, tolerance, note: note.trim() }))
  }
  return (
    <Sheet open title="Close the session" reach="100%" onClose={() => show(null)}>
      <div className="r-form">
        {dosed && !check.ready && <Notice level="caution" what={`Not ready to go home: ${check.failed.join(', ')}.`}><Button size="room" onClick={() => show('discharge')}>See what is missing</Button></Notice>}
        <RadioTiles label="How it ended" choices={ways} value={how} onChange={setHow} problem={tried && !how ? 'Say how it ended.' : undefined} />
        {dosed && <RadioTiles label="How the dose was" choices={[{ value: 'room-for-more', label: 'Room for more' }, { value: 'as-intended', label: 'As intended' }, { value: 'too-much', label: 'Too much' }]} value={tolerance} onChange={setTolerance} problem={tried && !tolerance ? 'Say how the dose was.' : undefined} />}
        <TextArea label="Note for the record" optional={!needsNote} value={note} onChange={setNote} maxLength={4000} problem={tried && needsNote && !note.trim() ? 'Write what happened and who was told.' : undefined} />
        <div className="k-buttons"><Button kind="primary" size="room" onClick={close}>Close it now</Button></div>
      </div>
    </Sheet>
  )
}
