import { useId } from 'react'
import { DateField, RadioTiles, TextField } from '../../../kit/index.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { Correcting, inPlaceOf, useAmending } from '../parts/Room.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { isRead, medicineChoices, medicineCodings, rxnormCoding } from './codes.ts'

interface Draft {
  readonly name: string
  readonly dosage: string
  readonly rxnorm: string
  readonly status: 'active' | 'stopped' | null
  readonly startedOn: string | null
  readonly stoppedOn: string | null
}
const blank: Draft = { name: '', dosage: '', rxnorm: '', status: null, startedOn: null, stoppedOn: null }

/** A medicine: taken now, or stopped. A medicine that was stopped is written again under its name; the list then shows it so. */
export function MedicineForm() {
  const { used, chartId, go, mayWrite } = useOpenChart()
  const amending = useAmending('medication.v1')
  const known = useId()
  const before = amending?.body
  const first: Draft = before ? { name: before.name, dosage: before.dosage, rxnorm: before.codes[0]?.code ?? '', status: before.status, startedOn: before.startedOn ?? null, stoppedOn: before.stoppedOn ?? null } : blank
  const draft = useDraft<Draft>(`${chartId} medicine ${amending?.id ?? ''}`, first)
  const { value, set } = draft
  if (!mayWrite('medication.v1')) return null

  const problems = {
    name: value.name.trim() ? undefined : 'The name of the medicine is missing.', status: value.status === null ? 'Say whether it is taken now.' : undefined,
    rxnorm: value.rxnorm.trim() && !/^\d{1,8}$/.test(value.rxnorm.trim()) ? 'An RxNorm code is a number.' : undefined,
  }
  const save = () => used.write('medication.v1', {
    name: value.name.trim(), dosage: value.dosage.trim(), status: value.status ?? 'active', codes: value.rxnorm.trim() ? [rxnormCoding(value.rxnorm, value.name.trim())] : medicineCodings(value.name),
    ...(value.startedOn ? { startedOn: value.startedOn } : {}), ...(value.stoppedOn && value.status === 'stopped' ? { stoppedOn: value.stoppedOn } : {}),
  }, inPlaceOf(amending))
  const unread = value.name.trim().length > 2 && !value.rxnorm.trim() && !isRead(value.name)

  return (
    <SaveForm label="A medicine" save={amending ? 'Save the corrected medicine' : 'Write the medicine'} problems={problems} onSave={save} onDone={() => { draft.clear(); if (amending) go({ step: 'lists' }) }}>
      {(wrong) => <>
        <Correcting entry={amending} />
        <div className="c-pair">
          <TextField label="Medicine" list={known} autoComplete="off" hint={unread ? 'No rule can read this name. Write its ingredient, or add the code.' : 'The ingredient, or the brand. Anything may be written.'} value={value.name} onChange={(name) => set({ name })} problem={wrong('name')} />
          <TextField label="Dose and times" optional value={value.dosage} onChange={(dosage) => set({ dosage })} />
        </div>
        <datalist id={known}>{medicineChoices.map((choice) => <option key={choice.value} value={choice.value}>{choice.hint}</option>)}</datalist>
        <RadioTiles label="Taken now?" tile="9rem" choices={[{ value: 'active', label: 'Taken now' }, { value: 'stopped', label: 'Stopped' }]} value={value.status} onChange={(status) => set({ status })} problem={wrong('status')} />
        <div className="c-pair">
          <DateField label="Medicine since" optional value={value.startedOn} onChange={(startedOn) => set({ startedOn })} />
          {value.status === 'stopped' && <DateField label="Medicine stopped on" optional value={value.stoppedOn} onChange={(stoppedOn) => set({ stoppedOn })} />}
          <TextField label="RxNorm code" optional inputMode="numeric" value={value.rxnorm} onChange={(rxnorm) => set({ rxnorm })} problem={wrong('rxnorm')} />
        </div>
      </>}
    </SaveForm>
  )
}
