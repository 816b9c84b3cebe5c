import type { BodyOf } from '../../../../core/chart/kinds.ts'
import type { EntryOf } from '../../../../core/chart/entry.ts'
import { doubtsAbout } from '../../../../core/session/plausible.ts'
import { hoursBetween } from '../../../../core/shared/time.ts'
import { plausibleVitals } from '../../../../knowledge/plausible-vitals.ts'
import { NumberField, RadioTiles, Table } from '../../../kit/index.ts'
import { vitalsSay } from '../ledger/say-entry.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { BasisOf } from '../parts/Basis.tsx'
import { Correcting, Part, When, inPlaceOf, useAmending } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'

type Vitals = BodyOf<'vitals.v1'>
interface Draft {
  readonly systolicMmHg: number | null
  readonly diastolicMmHg: number | null
  readonly heartRatePerMin: number | null
  readonly spo2Percent: number | null
  readonly position: 'seated' | 'reclined' | 'standing' | null
}
const NUMBERS = ['systolicMmHg', 'diastolicMmHg', 'heartRatePerMin', 'spo2Percent'] as const

/** Readings at rest: two seated ones make a sitting, and its mean is what the rules read. */
export function PressurePart() {
  const { chart, facts, now, mayWrite, book: { screening } } = useOpenChart()
  const readings = chart.all('vitals.v1').filter(({ session }) => session === undefined).toReversed()
  const { sittingHours } = screening.pressure
  const last = readings[0]
  const sitting = last === undefined ? [] : readings.filter(({ at }) => hoursBetween(at, last.at) < sittingHours)
  const isToday = last !== undefined && hoursBetween(last.at, now) < sittingHours
  return (
    <Part title="Pressure at rest">
      <p>{sitting.length === 0 ? 'No reading yet. Two seated readings are asked for.' : `${isToday ? 'This sitting' : 'The last sitting'}: ${sitting.length === 1 ? 'one reading' : `${sitting.length} readings`}, mean ${meanOf(sitting)}.${isToday && sitting.length < 2 ? ' A second one is asked for.' : ''}`}</p>
      {facts.systolicMmHg.state === 'known' && facts.diastolicMmHg.state === 'known' && <p>The rules read <strong>{Math.round(facts.systolicMmHg.value)}/{Math.round(facts.diastolicMmHg.value)} mmHg</strong>: the higher mean of the last {screening.pressure.sittings} sittings. <RoomLink step="clearance">What they say</RoomLink></p>}
      {facts.systolicMmHg.state === 'missing' && readings.length > 0 && <p>The last reading is too old to count.</p>}
      <BasisOf id={screening.pressure.id} tag={screening.pressure.tag} cites={screening.pressure.cites} verified={screening.pressure.verified} basis={screening.pressure.says} />
      {readings.length > 0 && <Table caption="Readings at rest" rows={readings.slice(0, 12)} rowKey={(row) => row.id} columns={[{ key: 'when', head: 'When', cell: (row) => <When at={row.at} /> }, { key: 'says', head: 'Reading', cell: (row) => vitalsSay(row) }, { key: 'act', head: <span className="heard">Correct</span>, cell: (row) => (mayWrite('vitals.v1') ? <RoomLink step="measurements" amends={row.id} label={`Correct the reading ${vitalsSay(row)}`}>correct</RoomLink> : '') }]} />}
      {mayWrite('vitals.v1') && <ReadingForm last={last?.body} />}
    </Part>
  )
}

function meanOf(sitting: readonly EntryOf<'vitals.v1'>[]): string {
  const mean = (key: 'systolicMmHg' | 'diastolicMmHg') => {
    const values = sitting.flatMap(({ body }) => (body[key] === undefined ? [] : [body[key]]))
    return values.length === 0 ? '–' : String(Math.round(values.reduce((sum, value) => sum + value, 0) / values.length))
  }
  return `${mean('systolicMmHg')}/${mean('diastolicMmHg')} mmHg`
}

function ReadingForm({ last }: { readonly last: Vitals | undefined }) {
  const { used, chartId, go } = useOpenChart()
  const amending = useAmending('vitals.v1')
  const before = amending?.body
  const draft = useDraft<Draft>(`${chartId} reading ${amending?.id ?? ''}`, { systolicMmHg: before?.systolicMmHg ?? null, diastolicMmHg: before?.diastolicMmHg ?? null, heartRatePerMin: before?.heartRatePerMin ?? null, spo2Percent: before?.spo2Percent ?? null, position: before?.position ?? null })
  const { value, set } = draft
  const measured = Object.fromEntries(NUMBERS.flatMap((key) => (value[key] === null ? [] : [[key, value[key]]])))
  const problems = {
    systolic: value.systolicMmHg === null ? 'The systolic pressure is missing.' : undefined, diastolic: value.diastolicMmHg === null ? 'The diastolic pressure is missing.' : undefined,
    position: value.position === null ? 'Say how the person sat or lay.' : undefined,
  }
  const lastValues = amending || !last ? {} : Object.fromEntries(NUMBERS.flatMap((key) => (last[key] === undefined ? [] : [[key, last[key]]])))
  const doubts = doubtsAbout(measured, lastValues, plausibleVitals).map(({ says }) => says)
  const save = () => used.write('vitals.v1', { ...before, ...measured, ...(value.position ? { position: value.position } : {}) } as Vitals, inPlaceOf(amending))
  return (
    <SaveForm label="A reading at rest" save={amending ? 'Save the corrected reading' : 'Write the reading'} problems={problems} doubts={doubts} onSave={save} onDone={() => { draft.clear(); if (amending) go({ step: 'measurements' }) }}>
      {(wrong) => <>
        <Correcting entry={amending} />
        <div className="c-four">
          <NumberField label="Systolic at rest" unit="mmHg" min={30} max={300} value={value.systolicMmHg} onChange={(systolicMmHg) => set({ systolicMmHg })} problem={wrong('systolic')} />
          <NumberField label="Diastolic at rest" unit="mmHg" min={20} max={200} value={value.diastolicMmHg} onChange={(diastolicMmHg) => set({ diastolicMmHg })} problem={wrong('diastolic')} />
          <NumberField label="Pulse at rest" unit="/min" min={20} max={300} optional value={value.heartRatePerMin} onChange={(heartRatePerMin) => set({ heartRatePerMin })} />
          <NumberField label="Saturation at rest" unit="%" min={30} max={100} optional value={value.spo2Percent} onChange={(spo2Percent) => set({ spo2Percent })} />
        </div>
        <RadioTiles label="Position" tile="8rem" choices={[{ value: 'seated', label: 'Seated' }, { value: 'reclined', label: 'Reclined' }, { value: 'standing', label: 'Standing' }]} value={value.position} onChange={(position) => set({ position })} problem={wrong('position')} />
      </>}
    </SaveForm>
  )
}
