import { useRef, useState, type FormEvent } from 'react'
import { Button, Notice, Row, Rows, Stack, TextField } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { useNow } from '../../sync/clock.ts'
import { Refused } from '../desk/parts.tsx'
import { useAct } from '../desk/use-act.ts'
import { ago, dayAndTime } from '../times.ts'
import { isWaiting, type OwnCalendars, type PartProps } from './MyCalendars.tsx'

type Outer = OwnCalendars['outer'][number]

/** Other calendars in which somebody is busy. Of each the server keeps from when to when, and nothing else. */
export function OuterCalendars({ own: { outer }, onKept }: PartProps) {
  const now = useNow(60_000)
  const { pending, refusal, act } = useAct()
  const remove = (calendar: string) => void act(() => call('removeOuterCalendar', { params: { calendar }, body: {} })).then(async (done) => { if (done) await onKept() })
  return (
    <Stack>
      <p>Nothing is planned for you while another calendar of yours says that you are busy. From when to when is all that is kept; the desk sees “busy elsewhere” and no more.</p>
      {outer.length > 0 && (
        <Rows label="Calendars that are looked at">
          {outer.map((one) => <Row key={one.id} who={one.label} where={says(one, now)} act={<Button kind="plain" pending={pending} aria-label={`Take away ${one.label}`} onClick={() => remove(one.id)}>Take away</Button>} />)}
        </Rows>
      )}
      {outer.filter(({ failing }) => failing !== null).map((one) => <Failing key={one.id} calendar={one} />)}
      <Refused refusal={refusal} />
      <Add files={outer.filter(({ from }) => from === 'file')} onKept={onKept} />
    </Stack>
  )
}

function says(one: Outer, now: string): string {
  if (isWaiting(one)) return 'Being read in a moment'
  if (one.readAt === null) return 'Not read yet'
  return `${one.times === 1 ? 'One busy time' : `${one.times} busy times`}, ${one.from === 'file' ? 'from a file' : 'last read'} ${ago(one.readAt, now)}`
}

const Failing = ({ calendar: { label, readAt, failing } }: { readonly calendar: Outer }) => failing && (
  <Notice level="caution" what={`“${label}” could not be read since ${dayAndTime(failing.since)}. ${failing.says}`} kept={readAt === null ? 'Nothing is known of it yet, so you count as free.' : `What was known on ${dayAndTime(readAt)} still counts.`} next="It is tried again every hour. If its address has changed, take it away and add the new one." />
)

/** By the address it is shared under, or as a file that was saved from it. */
function Add({ files, onKept }: { readonly files: readonly Outer[]; readonly onKept: () => Promise<void> }) {
  const [label, setLabel] = useState('')
  const [address, setAddress] = useState('')
  const picker = useRef<HTMLInputElement>(null)
  const { pending, refusal, act } = useAct()
  const added = async (done: unknown) => { if (done) { setLabel(''); setAddress(''); await onKept() } }
  const name = label.trim()
  const add = (event: FormEvent) => {
    event.preventDefault()
    if (name !== '' && address.trim() !== '') void act(() => call('addOuterCalendar', { body: { label: name, address: address.trim() } })).then(added)
  }
  const bring = (file: File) => {
    const called = name || file.name.replace(/\.ics$/i, '').slice(0, 80)
    const older = files.find((one) => one.label === called)
    void act(async () => call('importCalendar', { body: { label: called, text: await file.text(), ...(older ? { calendar: older.id } : {}) } })).then(added)
  }
  return (
    <form onSubmit={add} aria-label="Another calendar" className="p-form">
      <Stack>
        <TextField label="What it is called" hint="Only you see this, such as Family or Hospital" maxLength={80} value={label} onChange={setLabel} />
        <TextField label="Its secret address" hint="From the other calendar’s sharing settings; it ends in .ics in most of them. It is kept sealed and read every quarter of an hour." type="url" value={address} onChange={setAddress} />
        <Refused refusal={refusal} />
        <div className="k-buttons">
          <Button type="submit" pending={pending}>Add this calendar</Button>
          <Button pending={pending} onClick={() => picker.current?.click()}>Bring a file instead</Button>
        </div>
        <p className="soft">A file is read once, for the eighteen months ahead. Bring it again under the same name, and it takes the old one’s place.</p>
        <input ref={picker} type="file" accept=".ics,text/calendar" hidden aria-label="A calendar file" onChange={(event) => { const [file] = event.target.files ?? []; event.target.value = ''; if (file) bring(file) }} />
      </Stack>
    </form>
  )
}
