import { useState } from 'react'
import type { EntryOf } from '../../../../core/chart/entry.ts'
import { vitalsBody } from '../../../../core/chart/kinds/session.ts'
import { doubtsAbout, type Doubt } from '../../../../core/session/plausible.ts'
import { measured } from '../../../../core/session/readings.ts'
import type { VitalName } from '../../../../core/session/rows.ts'
import { plusMinutes } from '../../../../core/shared/time.ts'
import { monitoring } from '../../../../knowledge/monitoring.ts'
import { plausibleVitals } from '../../../../knowledge/plausible-vitals.ts'
import type { Written } from '../../../sync/index.ts'
import { Button, Notice, RadioTiles, Sheet } from '../../../kit/index.ts'
import type { Bedside, FromDevice } from '../bluetooth/bedside.ts'
import { FromDevices } from '../bluetooth/FromDevices.tsx'
import type { Room } from '../room.ts'
import { useInRoom } from '../room-context.tsx'
import { NumberPad, type PadField } from './number-pad.tsx'
import { atOf, momentOf, useWhen } from './when.tsx'

const FIELDS: readonly (PadField & { readonly name: VitalName | 'moaaS' })[] = [
  { name: 'systolicMmHg', label: 'Systolic (mmHg)', digits: 3 }, { name: 'diastolicMmHg', label: 'Diastolic (mmHg)', digits: 3 }, { name: 'heartRatePerMin', label: 'Pulse (/min)', digits: 3 },
  { name: 'respiratoryRatePerMin', label: 'Breathing (/min)', digits: 2 }, { name: 'spo2Percent', label: 'Saturation (%)', digits: 3 }, { name: 'moaaS', label: 'MOAA/S (0–5)', digits: 1 },
]
const NOT_TAKEN = ['asleep, not disturbed', 'device failed', 'declined', 'something more urgent'] as const

export type VitalsDraft = Readonly<Record<string, string>>

interface VitalsSheetProps {
  readonly room: Room
  /** Kept by the room, so that opening an emergency card in the middle of typing loses nothing. */
  readonly draft: VitalsDraft
  readonly onDraft: (change: (draft: VitalsDraft) => VitalsDraft) => void
  /** A cuff and an oximeter that help with typing, where this device uses them. */
  readonly bedside?: Bedside | undefined
  /** The reading that this one corrects: it keeps that one's time. */
  readonly corrects?: EntryOf<'vitals.v1'>
}

/** A reading by numbers: asked about where it looks like a slip, never changed, never converted. */
export function VitalsSheet({ room, draft, onDraft, bedside, corrects }: VitalsSheetProps) {
  const { show, run } = useInRoom()
  const { when, field } = useWhen()
  const [air, setAir] = useState<'air' | 'oxygen' | null>(corrects?.body.onRoomAir === undefined ? null : corrects.body.onRoomAir ? 'air' : 'oxygen')
  const [tried, setTried] = useState(false)
  const [doubts, setDoubts] = useState<readonly Doubt[]>([])
  const values = numbersOf(draft)
  const problems = Object.fromEntries(FIELDS.flatMap(({ name }) => { const problem = impossible(name, draft[name] ?? ''); return problem ? [[name, problem]] : [] }))
  const empty = Object.keys(values).length === 0

  const write = () => run(async () => {
    await room.writeAct(entriesOf(room, values, air, corrects ? { at: corrects.at } : atOf(when, room.now, room.zone), corrects, bedside?.sources(values) ?? []))
    bedside?.written()
    // What was written down stands there no more; of the next reading, half typed by now, nothing is lost.
    onDraft((now) => Object.fromEntries(Object.entries(now).filter(([name, text]) => draft[name] !== text)))
  })
  const record = () => {
    setTried(true)
    if (empty || Object.keys(problems).length > 0 || momentOf(when, room.now, room.zone) === undefined) return
    const asked = doubtsAbout(values, lastValues(room), plausibleVitals)
    if (asked.length > 0) setDoubts(asked)
    else void write()
  }

  return (
    <Sheet open title={corrects ? 'Correct the vitals' : 'Vitals'} reach="100%" onClose={() => show(null)}>
      <form className="r-form" onSubmit={(event) => { event.preventDefault(); record() }}>
        {doubts.length > 0
          ? (
            <Notice urgent level="caution" what={doubts.map(({ says }) => says).join(' ')} next="Look at the device once more. Nothing is written down yet.">
              <Button kind="primary" size="room" onClick={() => void write()}>Yes, record it as it is</Button>
              <Button size="room" onClick={() => setDoubts([])}>Change it</Button>
            </Notice>
            )
          : (
            <>
              {bedside && <FromDevices from={bedside} room={room} onTake={(taken) => onDraft((now) => ({ ...now, ...Object.fromEntries(Object.entries(taken).map(([name, value]) => [name, String(value)])) }))} />}
              <NumberPad fields={FIELDS.map((one) => ({ ...one, problem: tried || (draft[one.name] ?? '').length >= one.digits ? problems[one.name] : undefined }))} values={draft} onDone={record} onChange={(name, text) => onDraft((now) => ({ ...now, [name]: text }))}>
                <div className="k-buttons"><Button kind="primary" size="room" type="submit">Record vitals</Button>{tried && empty && <p role="alert" className="r-warn">Nothing has been typed yet.</p>}</div>
              </NumberPad>
              <RadioTiles label="Breathes" optional choices={[{ value: 'air', label: 'Room air' }, { value: 'oxygen', label: 'With oxygen' }]} value={air} onChange={setAir} tile="9rem" />
              {!corrects && field}
              {!corrects && <Missed room={room} />}
              {corrects && <div className="k-buttons"><Button size="room" onClick={() => void run(() => room.write('session-note.v1', { text: 'Written by mistake' }, { amends: corrects.id, at: corrects.at }))}>This was written by mistake</Button></div>}
            </>
            )}
      </form>
    </Sheet>
  )
}

/** A reading that could not be taken is written down with its reason; silence would leave it due. */
function Missed({ room }: { readonly room: Room }) {
  const { run } = useInRoom()
  const { due } = room.session
  if (!due || due.why === 'before-dose' || due.at > plusMinutes(room.now, monitoring.reading.earlyMin)) return null
  return (
    <fieldset className="k-field">
      <legend className="k-field__label">This reading cannot be taken</legend>
      <div className="r-tiles">{NOT_TAKEN.map((reason) => <Button key={reason} size="room" onClick={() => void run(() => room.write('vitals-missed.v1', { plannedFor: due.at, reason }))}>{`Not taken: ${reason}`}</Button>)}</div>
    </fieldset>
  )
}

/** The same sheet over an older reading, with its numbers in place. */
export function CorrectVitals({ room, entry }: { readonly room: Room; readonly entry: EntryOf<'vitals.v1'> }) {
  const [draft, setDraft] = useState<VitalsDraft>(() => Object.fromEntries(FIELDS.flatMap(({ name }) => (name === 'moaaS' || entry.body[name] === undefined ? [] : [[name, String(entry.body[name])]]))))
  return <VitalsSheet room={room} draft={draft} onDraft={setDraft} corrects={entry} />
}

type Numbers = Partial<Record<VitalName | 'moaaS', number>>

const numbersOf = (draft: VitalsDraft): Numbers => Object.fromEntries(Object.entries(draft).flatMap(([name, text]) => (text === '' ? [] : [[name, Number(text)]])))

/** The bounds of the possible stand in the table of kinds; this asks them there. */
function impossible(name: VitalName | 'moaaS', text: string): string | undefined {
  if (text === '') return undefined
  if (name === 'moaaS') return Number(text) > 5 ? 'MOAA/S goes from 0 to 5.' : undefined
  return vitalsBody.shape[name].safeParse(Number(text)).success ? undefined : `${text} cannot be. Please check it.`
}

function lastValues({ session }: Room): Partial<Record<VitalName, number>> {
  return Object.fromEntries(FIELDS.flatMap(({ name }) => { const last = name === 'moaaS' ? undefined : measured(session.entries, name).at(-1); return last ? [[name, last.value]] : [] }))
}

function entriesOf({ session, now }: Room, { moaaS, ...vitals }: Numbers, air: 'air' | 'oxygen' | null, at: { at?: string }, corrects: EntryOf<'vitals.v1'> | undefined, fromDevices: readonly FromDevice[]): Written[] {
  const { due } = session
  const planned = corrects ? (corrects.body.plannedFor ? { plannedFor: corrects.body.plannedFor } : {}) : due && due.why !== 'before-dose' && due.at <= plusMinutes(now, monitoring.reading.earlyMin) ? { plannedFor: due.at } : {}
  return [
    ...(Object.keys(vitals).length > 0 ? [{ kind: 'vitals.v1', body: { ...vitals, ...(air === null ? {} : { onRoomAir: air === 'air' }), ...planned, ...(fromDevices.length > 0 ? { fromDevices } : {}) }, ...at, ...(corrects ? { amends: corrects.id } : {}) } as Written] : []),
    ...(moaaS === undefined ? [] : [{ kind: 'mental-status.v1', body: { moaaS }, ...at } as Written]),
  ]
}
