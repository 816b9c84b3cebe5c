import { useState } from 'react'
import { EmptyState, Button, NumberField, Select, Stack } from '../../../kit/index.ts'
import { call } from '../../../sync/client.ts'
import { clock } from '../../../sync/clock.ts'
import { newId } from '../../../sync/new-id.ts'
import { useAct } from '../../desk/use-act.ts'
import { FormTitle } from '../FormTitle.tsx'
import { KeepBar } from '../KeepBar.tsx'
import type { PartProps } from './Begin.tsx'
import { decimalsOf, quantityTyped, saysContainer, saysWhat, unitOf } from './words.ts'

/** Counted blind: what the ledger expects is not shown before it was typed. What is left empty was not counted, and is not said to be there. */
export function Count({ ledger, onLeave, onKept }: PartProps) {
  const [place, setPlace] = useState<string | null>(ledger.places.length === 1 ? ledger.places[0]!.id : null)
  const [typed, setTyped] = useState<Readonly<Record<string, number | null>>>({})
  // What was on hand when the counting began: where it moves meanwhile, the server says so.
  const [shown] = useState(ledger.containers)
  const [act_] = useState(() => newId(clock.ms()))
  const [ids] = useState<Readonly<Record<string, string>>>(() => Object.fromEntries(shown.map(({ id }) => [id, newId(clock.ms())])))
  const { pending, refusal, act } = useAct()
  const here = shown.filter((one) => one.place === place)
  const counted = here.filter(({ id }) => typeof typed[id] === 'number')
  const keep = async () => {
    if (!place || counted.length === 0) return
    const done = await act(() => call('countStock', { body: { id: act_, place, at: clock.now(), counts: counted.map(({ id, label, onHand }) => ({ id: ids[id]!, container: id, counted: quantityTyped(typed[id]!, label.form), expected: onHand })) } }))
    if (!done) return
    const apart = counted.filter(({ id, label, onHand }) => quantityTyped(typed[id]!, label.form) !== onHand).length
    await onKept(`${counted.length} of ${here.length} counted. ${apart === 0 ? 'All of them are as expected.' : `${apart} ${apart === 1 ? 'is' : 'are'} not as expected, and ${apart === 1 ? 'waits' : 'wait'} to be explained.`}`)
  }
  return (
    <form className="p-form" aria-label="Count" onSubmit={(event) => { event.preventDefault(); void keep() }}>
      <Stack>
        <FormTitle>Count</FormTitle>
        <p>Look at each container and type what is in it. What the ledger expects is not shown until you have counted.</p>
        {ledger.places.length > 1 && <Select label="In which place" choices={ledger.places.map(({ id, name }) => ({ value: id, label: name }))} value={place} onChange={setPlace} />}
        {place && here.length === 0 && <EmptyState what="Nothing is in this place." />}
        <div className="d-fields">
          {here.map(({ id, label }) => <NumberField key={id} label={saysContainer({ label })} hint={saysWhat(label)} optional unit={unitOf(label.form)} decimals={decimalsOf(label.form)} min={0} value={typed[id] ?? null} onChange={(value) => setTyped({ ...typed, [id]: value })} />)}
        </div>
        {place && <p className="soft" role="status">{counted.length} of {here.length} counted.{counted.length < here.length ? ' What stays empty is written down as not counted.' : ''}</p>}
        {counted.length === 0 ? <div className="k-buttons"><Button onClick={onLeave}>Leave without keeping</Button></div> : <KeepBar refusal={refusal} pending={pending} kept={false} onLeave={onLeave}>Write the count down</KeepBar>}
      </Stack>
    </form>
  )
}
