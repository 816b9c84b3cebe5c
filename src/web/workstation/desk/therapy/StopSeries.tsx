import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import type { BookedVisit, CancelReason } from '../../../../core/chart/kinds/aftercare.ts'
import type { SeriesRow } from '../../../../core/contract/therapy.ts'
import { localDay } from '../../../../core/shared/local-day.ts'
import { Dialog } from '../../../kit/aria.ts'
import { Button, DateField, RadioTiles, Select, Stack, TextArea } from '../../../kit/index.ts'
import { call } from '../../../sync/client.ts'
import { clock } from '../../../sync/clock.ts'
import { sendAct } from '../../../sync/send-act.ts'
import { ofPatient, ofPractice, reasonWords } from '../CancelDialog.tsx'
import { Refused } from '../parts.tsx'
import { useAct } from '../use-act.ts'
import { visitDay } from '../visits.ts'

interface StopProps {
  readonly chart: string
  readonly series: SeriesRow
  /** From which visit on it ends; without one it pauses. */
  readonly from?: { readonly visit: string; readonly scope: 'following' | 'all' }
  /** The weeks of the course, offered as the first and the last day of a pause. */
  readonly weeks?: { readonly from: string; readonly to: string } | undefined
  readonly gone: readonly BookedVisit[]
  readonly which?: ReactNode
  readonly onClose: () => void
  readonly onDone: (count: number) => void
}

/** Therapy that ends from a visit on, or is left out from a day to a day, with who says so and why. The patient is told once. */
export function StopSeries({ chart, series, from, weeks, gone, which, onClose, onDone }: StopProps) {
  const queries = useQueryClient()
  const [who, setWho] = useState<'patient' | 'practice' | null>(null)
  const [reason, setReason] = useState<CancelReason | null>(null)
  const [why, setWhy] = useState('')
  const [first, setFirst] = useState(weeks?.from ?? null)
  const [last, setLast] = useState(weeks?.to ?? null)
  const { pending, refusal, actAs } = useAct()
  const pauses = from === undefined
  const backwards = first !== null && last !== null && last < first
  const inside = pauses ? gone.filter(({ localStart }) => first !== null && last !== null && first <= localStart.slice(0, 10) && localStart.slice(0, 10) <= last) : gone
  const how = from ? { stops: 'ends' as const, from } : first && last && !backwards ? { stops: 'pauses' as const, from: first, to: last } : undefined
  const ready = how && who && reason && why.trim().length >= 3
  const stop = () => {
    if (!how || !who || !reason) return
    const said = { how, why: why.trim(), told: { by: who, reason } }
    void actAs((me) => sendAct([me.person, chart, 'stop therapy', series.series, said], (id) => call('stopTherapy', { params: { chart, series: series.series }, body: { id, device: me.device, ...said } }))).then(async (done) => {
      if (!done) return
      await queries.invalidateQueries({ queryKey: ['therapy', chart] })
      onDone(inside.length)
    })
  }
  const count = inside.length === 1 ? 'One visit' : `${inside.length} visits`
  return (
    <Dialog open title={pauses ? 'Leave out some weeks?' : 'End therapy?'} onClose={onClose} end={<><Button onClick={onClose}>Leave it as it is</Button><Button kind="danger" pending={pending} disabled={!ready} onClick={stop}>{pauses ? 'Leave them out' : gone.length === 1 ? 'Cancel this visit' : `Cancel ${gone.length} visits`}</Button></>}>
      <Stack>
        {which}
        {pauses && <div className="d-fields"><DateField label="From" min={localDay(clock.now(), series.rule.zone)} value={first} onChange={setFirst} /><DateField label="To" {...(first ? { min: first } : {})} value={last} onChange={setLast} problem={backwards ? 'This lies before the first day.' : undefined} /></div>}
        <p>{pauses && !how ? 'Say the first and the last day. Visits between them are cancelled, and therapy goes on afterwards.' : inside.length === 0 ? 'No visit is booked in these days. None will be.' : `${count} will not take place, ${inside.length === 1 ? `on ${visitDay(inside[0]!)}` : `from ${visitDay(inside[0]!)} to ${visitDay(inside.at(-1)!)}`}. ${pauses ? 'Therapy goes on afterwards.' : 'Nothing of it is booked after that.'} The patient gets one message${inside.length === 1 ? '' : ' about all of them'}.`}</p>
        <RadioTiles label="Who says so" tile="11rem" choices={[{ value: 'patient', label: 'The patient' }, { value: 'practice', label: 'The practice' }]} value={who} onChange={(next) => { setWho(next); setReason(null) }} />
        {who && <Select<CancelReason> label="Reason" choices={(who === 'patient' ? ofPatient : ofPractice).map((value) => ({ value, label: reasonWords[value] }))} value={reason} onChange={setReason} />}
        <TextArea label="In words" rows={2} minLength={3} maxLength={1000} value={why} onChange={setWhy} />
        <Refused refusal={refusal} />
      </Stack>
    </Dialog>
  )
}
