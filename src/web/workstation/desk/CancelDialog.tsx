import { useState, type ReactNode } from 'react'
import type { BookedVisit, CancelReason } from '../../../core/chart/kinds/aftercare.ts'
import { isOfCourse } from '../../../core/course/dosing-visit.ts'
import { instantOf } from '../../../core/scheduling/zone.ts'
import { localDay } from '../../../core/shared/local-day.ts'
import { Dialog } from '../../kit/aria.ts'
import { Button, DateField, RadioTiles, Select, Stack, TextArea, TimeField } from '../../kit/index.ts'
import { call } from '../../sync/client.ts'
import { clock } from '../../sync/clock.ts'
import { newId } from '../../sync/new-id.ts'
import { Refused } from './parts.tsx'
import { useAct } from './use-act.ts'
import { visitTitle, visitWhen } from './visits.ts'

export const reasonWords: Record<CancelReason, string> = { 'patient-ill': 'The patient is ill', 'no-ride': 'No ride', weather: 'The weather', other: 'Something else', practice: 'The practice cannot', 'clinical-hold': 'A clinical hold' }
export const ofPatient: readonly CancelReason[] = ['patient-ill', 'no-ride', 'weather', 'other']
export const ofPractice: readonly CancelReason[] = ['practice', 'clinical-hold', 'weather', 'other']

/** A visit is cancelled with who, why and since when it was known; the visits around it stay where they are. */
export function CancelDialog({ chart, visit, which, onClose, onCancelled }: { readonly chart: string; readonly visit: BookedVisit; readonly which?: ReactNode; readonly onClose: () => void; readonly onCancelled: () => void }) {
  const [who, setWho] = useState<'patient' | 'practice' | null>(null)
  const [reason, setReason] = useState<CancelReason | null>(null)
  const [day, setDay] = useState<string | null>(null)
  const [time, setTime] = useState<string | null>(null)
  const [why, setWhy] = useState('')
  const { pending, refusal, actAs } = useAct()
  const known = day && time ? instantOf(`${day}T${time}`, visit.zone) : undefined
  const half = (day === null) !== (time === null)
  const told = who && reason ? { by: who, reason, ...(known ? { knownAt: known } : {}) } : undefined
  const cancel = () => {
    if (!told) return
    void actAs((me) => call('cancelVisit', { params: { chart, visit: visit.visit }, body: { id: newId(clock.ms()), device: me.device, why, told } })).then((done) => done && onCancelled())
  }
  return (
    <Dialog
      open title={`Cancel ${visitTitle(visit)}?`} onClose={onClose}
      end={<><Button onClick={onClose}>Keep the visit</Button><Button kind="danger" pending={pending} disabled={!told || half || why.trim().length < 3} onClick={cancel}>Cancel this visit</Button></>}
    >
      <Stack>
        {which}
        <p>{visitWhen(visit)}. The other visits stay where they are{isOfCourse(visit) ? '; plan again to fill what is missing' : ''}.</p>
        <RadioTiles label="Who cancels" choices={[{ value: 'patient', label: 'The patient' }, { value: 'practice', label: 'The practice' }]} value={who} onChange={(next) => { setWho(next); setReason(null) }} />
        {who && <Select<CancelReason> label="Reason" choices={(who === 'patient' ? ofPatient : ofPractice).map((value) => ({ value, label: reasonWords[value] }))} value={reason} onChange={setReason} />}
        <TextArea label="In words" rows={2} minLength={3} maxLength={1000} value={why} onChange={setWhy} />
        <div className="d-fields">
          <DateField label="Known since" optional hint="Left open, it is now." max={localDay(clock.now(), visit.zone)} value={day} onChange={setDay} />
          <TimeField label="At" optional stepMinutes={5} value={time} onChange={setTime} problem={half ? 'Please give both, or neither.' : undefined} />
        </div>
        <Refused refusal={refusal} />
      </Stack>
    </Dialog>
  )
}
