import { useState } from 'react'
import { forms, type Form } from '../../../../core/ledger/container.ts'
import { localDay } from '../../../../core/shared/local-day.ts'
import { Checkbox, DateField, NumberField, Select, Stack, TextField } from '../../../kit/index.ts'
import { call } from '../../../sync/client.ts'
import { clock } from '../../../sync/clock.ts'
import { newId } from '../../../sync/new-id.ts'
import { useAct } from '../../desk/use-act.ts'
import { FormTitle } from '../FormTitle.tsx'
import { KeepBar } from '../KeepBar.tsx'
import type { PartProps } from './Begin.tsx'
import { containersOf, decimalsOf, formNames, momentOn, quantityTyped, saysMany, unitOf } from './words.ts'

const sources = [{ value: 'manufacturer', label: 'Manufacturer or distributor' }, { value: 'outsourcing-facility', label: '503B outsourcing facility' }, { value: 'opening-count', label: 'Counted at the beginning' }] as const
const medicines = [{ value: 'racemic-ketamine', label: 'Racemic ketamine' }, { value: 'esketamine', label: 'Esketamine' }] as const

/** A delivery, or what was counted at the beginning: one label, so many containers of it. */
export function Receive({ ledger, zone, onLeave, onKept }: PartProps) {
  const now = clock.now()
  const [place, setPlace] = useState<string | null>(ledger.places.length === 1 ? ledger.places[0]!.id : null)
  const [medicine, setMedicine] = useState<(typeof medicines)[number]['value'] | null>(null)
  const [form, setForm] = useState<Form | null>('vial')
  const [strength, setStrength] = useState<number | null>(null)
  const [each, setEach] = useState<number | null>(null)
  const [many, setMany] = useState<number | null>(null)
  const [lot, setLot] = useState('')
  const [expires, setExpires] = useState<string | null>(null)
  const [singleUse, setSingleUse] = useState(false)
  const [source, setSource] = useState<(typeof sources)[number]['value'] | null>(null)
  const [supplier, setSupplier] = useState('')
  const [paper, setPaper] = useState('')
  const [day, setDay] = useState<string | null>(localDay(now, zone))
  // Made once: the same delivery sent again is the same vials.
  const [ids] = useState(() => Array.from({ length: MOST }, () => newId(clock.ms())))
  const { pending, refusal, act } = useAct()
  const whole = place && medicine && form && strength && each && many && lot.trim() && expires && source && day
  const keep = async () => {
    if (!whole) return
    const done = await act(() => call('receiveStock', { body: { place, at: momentOn(day, now, zone), quantity: quantityTyped(each, form), containers: ids.slice(0, many), label: { medicine, form, strengthUg: Math.round(strength * 1_000), lot: lot.trim(), expires, singleUse, source, supplier: supplier.trim(), paper: paper.trim() } } }))
    if (done) await onKept(`${saysMany(many, form)} of lot ${lot.trim()} ${many === 1 ? 'is' : 'are'} in the ledger.`)
  }
  const named = form ?? 'vial'
  return (
    <form className="p-form" aria-label="Receive medicine" onSubmit={(event) => { event.preventDefault(); void keep() }}>
      <Stack>
        <FormTitle>Receive medicine</FormTitle>
        <p className="soft">What was made for one person belongs to that person: it is counted on their chart and never stands here.</p>
        <div className="d-fields">
          {ledger.places.length > 1 && <Select label="Into which place" choices={ledger.places.map(({ id, name }) => ({ value: id, label: name }))} value={place} onChange={setPlace} />}
          <Select label="Medicine" choices={medicines} value={medicine} onChange={setMedicine} />
          <Select label="Container" choices={forms.map((value) => ({ value, label: formNames[value] }))} value={form} onChange={setForm} />
          <NumberField label="Strength on the label" unit={named === 'vial' ? 'mg/mL' : 'mg a piece'} decimals={1} min={0} value={strength} onChange={setStrength} />
        </div>
        <div className="d-fields">
          <TextField label="Lot" maxLength={60} value={lot} onChange={setLot} />
          <DateField label="Expires" value={expires} onChange={setExpires} hint="Where the label says a month, its last day" />
          <NumberField label={`In each ${containersOf[named][0]}`} unit={unitOf(named)} decimals={decimalsOf(named)} min={0} value={each} onChange={setEach} />
          <NumberField label="How many" unit={containersOf[named][1]} min={1} max={MOST} value={many} onChange={setMany} />
        </div>
        <Checkbox label="The label says single use: each is for one person" checked={singleUse} onChange={setSingleUse} />
        <div className="d-fields">
          <Select label="Where from" choices={sources} value={source} onChange={setSource} />
          <TextField label="Supplier" optional maxLength={120} value={supplier} onChange={setSupplier} />
          <TextField label="Delivery note or form" optional maxLength={80} value={paper} onChange={setPaper} />
          <DateField label="On which day" value={day} onChange={setDay} max={localDay(now, zone)} />
        </div>
        <KeepBar refusal={refusal} pending={pending} kept={false} onLeave={onLeave}>Into the ledger</KeepBar>
      </Stack>
    </form>
  )
}

/** So many at once; the next ones are a delivery of their own. */
const MOST = 100
