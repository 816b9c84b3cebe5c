import { useState } from 'react'
import { symptomName } from '../../../../core/session/describe.ts'
import { findEffects, gradeByNumber, signOf, type Grade, type SideEffectRow } from '../../../../core/session/effects.ts'
import { measured } from '../../../../core/session/readings.ts'
import { alertRow, type Symptom, type VitalName } from '../../../../core/session/rows.ts'
import { sideEffects } from '../../../../knowledge/effects.ts'
import { monitoring } from '../../../../knowledge/monitoring.ts'
import type { WriteHow, Written } from '../../../sync/index.ts'
import { Button, Checkbox, RadioTiles, Sheet, TextField } from '../../../kit/index.ts'
import type { Room } from '../room.ts'
import { useInRoom } from '../room-context.tsx'
import { atOf, momentOf, useWhen } from './when.tsx'

const rows: readonly SideEffectRow[] = sideEffects
/** What is seen most, one touch away; everything else is found by name. */
const QUICK = ['nausea', 'dizziness', 'headache', 'anxiety', 'vomiting', 'somnolence', 'blurred-vision', 'dissociation'] as const
/** Signs that raise an alert by themselves. */
const SYMPTOMS: readonly Symptom[] = ['chest-pain', 'dyspnea', 'apnea', 'laryngeal-noise', 'airway-loss', 'syncope', 'seizure', 'new-confusion', 'severe-anxiety', 'focal-deficit', 'vision-loss', 'thunderclap-headache', 'anaphylaxis', 'suicidal-act']
const words = alertRow(monitoring, 'SX')?.words
const NUMBERS: readonly VitalName[] = ['systolicMmHg', 'diastolicMmHg', 'heartRatePerMin', 'spo2Percent', 'respiratoryRatePerMin']

/** A side effect with its grade, or a sign that calls for somebody. The same word never has to be written twice. */
export function EffectSheet({ room }: { readonly room: Room }) {
  const { show, run } = useInRoom()
  const { when, field } = useWhen()
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<SideEffectRow>()
  const how = atOf(when, room.now, room.zone)
  if (chosen) return <Graded row={chosen} room={room} onBack={() => setChosen(undefined)} />
  return (
    <Sheet open title="Side effect" reach="100%" onClose={() => show(null)}>
      <div className="r-form">
        <fieldset className="k-field">
          <legend className="k-field__label">Mild, one touch</legend>
          <div className="r-tiles">{QUICK.map((id) => { const row = rows.find((one) => one.id === id)!; return <Button key={id} size="room" onClick={() => void run(() => room.writeAct(effect(room, row, 1, how)))}>{`${row.label}, mild`}</Button> })}</div>
        </fieldset>
        <Open room={room} how={how} />
        <fieldset className="k-field">
          <legend className="k-field__label">Signs that call for somebody</legend>
          <div className="r-tiles">{SYMPTOMS.map((symptom) => <Button key={symptom} size="room" kind="danger" onClick={() => void run(() => room.write('symptom.v1', { symptom, present: true }, how))}>{`Sign: ${words?.[symptom] ?? symptomName(symptom)}`}</Button>)}</div>
        </fieldset>
        <TextField label="Find a side effect" optional value={typed} onChange={setTyped} />
        {typed.trim().length > 1 && <div className="r-tiles">{findEffects(rows, typed).slice(0, 12).map((row) => <Button key={row.id} size="room" onClick={() => setChosen(row)}>{row.label}</Button>)}</div>}
        {field}
      </div>
    </Sheet>
  )
}

/** What is there now can go away, and its grade can change: a new line, the old one stands. */
function Open({ room, how }: { readonly room: Room; readonly how: WriteHow }) {
  const { run } = useInRoom()
  const { openSymptoms } = room.session
  if (openSymptoms.length === 0) return null
  return (
    <fieldset className="k-field">
      <legend className="k-field__label">Here now</legend>
      <div className="r-tiles">{openSymptoms.map(({ symptom }) => <Button key={symptom} size="room" onClick={() => void run(() => room.write('symptom.v1', { symptom, present: false }, how))}>{`Gone: ${symptomName(symptom)}`}</Button>)}</div>
    </fieldset>
  )
}

function Graded({ row, room, onBack }: { readonly row: SideEffectRow; readonly room: Room; readonly onBack: () => void }) {
  const { show, run } = useInRoom()
  const { when, field } = useWhen()
  const suggested = gradeByNumber(row, Object.fromEntries(NUMBERS.flatMap((name) => { const last = measured(room.session.entries, name).at(-1); return last ? [[name, last.value]] : [] })))
  const [grade, setGrade] = useState<`${Grade}` | null>(null)
  const [action, setAction] = useState('')
  const [attributed, setAttributed] = useState<'yes' | 'no' | null>(null)
  const [ended, setEnded] = useState(false)
  const [tried, setTried] = useState(false)
  const grades = (Object.entries(row.grades) as [`${Grade}`, string][]).map(([value, says]) => ({ value, label: `Grade ${value}`, hint: says }))
  const record = () => {
    setTried(true)
    const onset = momentOf(when, room.now, room.zone)
    if (!grade || !attributed || !onset) return
    void run(() => room.writeAct(effect(room, row, Number(grade) as Grade, atOf(when, room.now, room.zone), { action, attributed: attributed === 'yes', ...(ended ? { endedAt: room.now } : {}) })))
  }
  return (
    <Sheet open title={row.label} reach="100%" onClose={() => show(null)}>
      <div className="r-form">
        <RadioTiles label="Grade" choices={grades} value={grade} onChange={setGrade} problem={tried && !grade ? 'Choose a grade.' : undefined} hint={suggested ? `The last reading alone would be grade ${suggested}.` : undefined} />
        {!row.textVerified && <p className="soft small">Not verified: the grade texts {row.tag === 'M' ? 'are from memory' : 'were read in a copy and not compared with the publication'}.</p>}
        <RadioTiles label="Because of the medicine" choices={[{ value: 'yes', label: 'Probably' }, { value: 'no', label: 'Probably not' }]} value={attributed} onChange={setAttributed} tile="9rem" problem={tried && !attributed ? 'Say which.' : undefined} />
        <TextField label="What was done" optional value={action} onChange={setAction} maxLength={400} />
        <Checkbox label="It has ended already" checked={ended} onChange={setEnded} />
        {field}
        <div className="k-buttons"><Button kind="primary" size="room" onClick={record}>Record side effect</Button><Button size="room" onClick={onBack}>Another one</Button></div>
      </div>
    </Sheet>
  )
}

/** An effect whose sign the alert table knows is written as both in one act, so that neither can be forgotten. */
function effect({ session, now }: Room, row: SideEffectRow, grade: Grade, how: WriteHow, more: { action?: string; attributed?: boolean; endedAt?: string } = {}): Written[] {
  const symptom = signOf(row, grade)
  const raised = symptom && !session.openSymptoms.some((open) => open.symptom === symptom)
  const onsetAt = how.at ?? now
  const sign = (present: boolean, at: WriteHow) => ({ kind: 'symptom.v1', body: { symptom, present }, ...how, ...at }) as Written
  const body = { term: row.id, grade, onsetAt, action: more.action?.trim() ?? '', attributed: more.attributed ?? true, ...(more.endedAt === undefined ? {} : { endedAt: more.endedAt }) }
  // One that is over was there: it calls as it did, and what is red today stays so. It begins no later than it ends.
  const signs = !raised ? [] : more.endedAt === undefined ? [sign(true, {})] : [sign(true, { at: onsetAt }), sign(false, { at: more.endedAt })]
  return [{ kind: 'side-effect.v1', body, ...how }, ...signs]
}
